"""Days, periods and shares as a language writes them (Babel's CLDR data)."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_percent

from servplan.analysis.period import ReportPeriod


class Formats:
    """One language's way of writing days and figures."""

    def __init__(self, language: str) -> None:
        self._locale = {"sv": "sv_SE", "en": "en_GB"}[language]

    def day(self, value: date) -> str:
        """Return a day in words: `15 april 2013`."""
        return format_date(value, "d MMMM y", self._locale)

    def period(self, period: ReportPeriod) -> str:
        """Return a reporting period in words: `mars 2013`, `maj–augusti 2013`, `2013`."""
        if period.rhythm == "month":
            return format_date(period.start, "LLLL y", self._locale)
        if period.rhythm == "year":
            return format_date(period.start, "y", self._locale)
        first = format_date(period.start, "LLLL", self._locale)
        return f"{first}–{format_date(period.end, 'LLLL y', self._locale)}"

    def share(self, part: int, whole: int) -> str:
        """Return a share in whole per cent, `7 %`; a dash where there is nothing to share."""
        return format_percent(part / whole, "#,##0 %", self._locale) if whole else "–"
