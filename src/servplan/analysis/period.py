"""Reporting periods: months, tertials and years, and when a report of one is due."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from servplan.diagnostics import UsageError
from servplan.model.header import FollowUp, Rhythm

_PERIOD = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|[Tt]([1-3])))?")
_MONTHS: dict[Rhythm, int] = {"month": 1, "tertial": 4, "year": 12}


class ReportPeriod(NamedTuple):
    """A month (`2013-03`), a tertial (`2013-T2`: May to August) or a year (`2013`)."""

    rhythm: Rhythm
    start: date
    end: date

    @property
    def name(self) -> str:
        """The period as it is written on the command line."""
        if self.rhythm == "month":
            return f"{self.start:%Y-%m}"
        if self.rhythm == "tertial":
            return f"{self.start.year}-T{self.start.month // 4 + 1}"
        return str(self.start.year)


def parse_period(text: str) -> ReportPeriod:
    """Return the period that a text names.

    Raises:
        UsageError: `bad-period`, if it names none.
    """
    match = _PERIOD.fullmatch(text)
    if not match or match[1] == "0000":
        raise UsageError("bad-period", given=text)
    year, month, tertial = int(match[1]), match[2], match[3]
    if month:
        return period_of(date(year, int(month), 1), "month")
    if tertial:
        return period_of(date(year, int(tertial) * 4, 1), "tertial")
    return period_of(date(year, 1, 1), "year")


def period_of(day: date, rhythm: Rhythm) -> ReportPeriod:
    """Return the period that a day falls in."""
    months = _MONTHS[rhythm]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    end = date(day.year, last, monthrange(day.year, last)[1])
    return ReportPeriod(rhythm, date(day.year, first, 1), end)


def previous_period(period: ReportPeriod) -> ReportPeriod:
    """Return the period before."""
    return period_of(period.start - timedelta(days=1), period.rhythm)


def last_reported_period(follow_up: FollowUp, today: date, first: date, last: date) -> ReportPeriod:
    """Return the last period whose grace is over, kept within the plan's own days."""
    period = period_of(min(today, last), follow_up.every)
    while period.end + timedelta(days=follow_up.grace_days) >= today and period.start > first:
        period = previous_period(period)
    return period
