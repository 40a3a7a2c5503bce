"""Reporting periods: months, tertials and years, and when a report of one is due."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from servplan.diagnostics import UsageError
from servplan.model.header import FollowUp, Rhythm

_PERIOD = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|[Tt]([1-3])))?")
_MONTHS: dict[Rhythm, int] = {"month": 1, "tertial": 4, "year": 12}


class ReportPeriod(NamedTuple):
    """A month (`2013-03`), a tertial (`2013-T2`) or a year (`2013`).

    A tertial's report is cumulative, as Swedish interim reports are: T2 covers January to August.
    """

    rhythm: Rhythm
    start: date
    end: date

    @property
    def own_start(self) -> date:
        """The first day that the period before does not cover."""
        return date(self.end.year, self.end.month - _MONTHS[self.rhythm] + 1, 1)

    @property
    def name(self) -> str:
        """The period as it is written on the command line."""
        if self.rhythm == "month":
            return f"{self.start:%Y-%m}"
        if self.rhythm == "tertial":
            return f"{self.end.year}-T{self.end.month // 4}"
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
    start = date(day.year, first if rhythm == "month" else 1, 1)
    return ReportPeriod(rhythm, start, end)


def shifted(day: date, by: timedelta) -> date:
    """Return a day so much later or earlier, kept within the calendar's first and last day."""
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min


def previous_period(period: ReportPeriod) -> ReportPeriod:
    """Return the period before."""
    return period_of(shifted(period.own_start, -timedelta(days=1)), period.rhythm)


def grace_end(period: ReportPeriod, follow_up: FollowUp) -> date:
    """Return the last day on which a period's report is in time."""
    return shifted(period.end, timedelta(days=follow_up.grace_days))


def period_to_follow_up(follow_up: FollowUp, today: date, first: date, last: date) -> ReportPeriod | None:
    """Return the newest period that has ended, kept within the plan's own days; None before the first end.

    Most often that is the one in its grace, in which owners report it.
    """
    period = period_of(min(today, last), follow_up.every)
    while period.end >= today and period.own_start > first:
        period = previous_period(period)
    return period if period.end < today else None


def periods_between(first: date, last: date, rhythm: Rhythm) -> Iterator[ReportPeriod]:
    """Yield the periods that some days fall in, oldest first; none where the last comes before the first."""
    period = period_of(first, rhythm)
    while first <= last:
        yield period
        if period.end >= last:
            return
        period = period_of(shifted(period.end, timedelta(days=1)), rhythm)


def last_reported_period(follow_up: FollowUp, today: date, first: date, last: date) -> ReportPeriod:
    """Return the last period whose grace is over, kept within the plan's own days."""
    period = period_of(max(first, min(today, last)), follow_up.every)
    while grace_end(period, follow_up) >= today and period.own_start > first:
        period = previous_period(period)
    return period
