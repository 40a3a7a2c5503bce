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

    def change_of_day(self, old: date, new: date) -> tuple[str, str]:
        """Return two days of which one replaces the other: `30 juni`, `31 december 2013`."""
        first = format_date(old, "d MMMM" if old.year == new.year else "d MMMM y", self._locale)
        return first, self.day(new)

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


class IsoFormats(Formats):
    """Days as figures, for a table that has them in other columns: `2013-04-15`."""

    def day(self, value: date) -> str:
        """Return a day as ISO 8601 has it."""
        return value.isoformat()

    def change_of_day(self, old: date, new: date) -> tuple[str, str]:
        """Return two days of which one replaces the other, both whole."""
        return self.day(old), self.day(new)
