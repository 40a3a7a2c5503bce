"""When the pipeline makes its reports: the day after each grace, as cron says it."""

from collections.abc import Sequence
from datetime import date, timedelta

from servplan.analysis.period import period_of, previous_period, shifted
from servplan.model.header import FollowUp

MINUTE_AND_HOUR = "17 4"
"""In the morning, in Universal Time, and off the full hour, when forges are busy."""


def report_days(follow_up: FollowUp, year: int) -> list[date]:
    """Return the first day after the grace of each period that ends in a year."""
    period, days = period_of(date(year, 12, 31), follow_up.every), []
    while period.end.year == year:
        days.append(shifted(period.end, timedelta(days=follow_up.grace_days + 1)))
        period = previous_period(period)
    return sorted(days)


def crons(days: Sequence[date]) -> list[str]:
    """Return cron's lines for these days, every year: one for each day of the month that occurs."""
    months: dict[int, list[int]] = {}
    for day in days:
        months.setdefault(day.day, []).append(day.month)
    return [f"{MINUTE_AND_HOUR} {day} {_months(found)} *" for day, found in sorted(months.items())]


def _months(numbers: Sequence[int]) -> str:
    return "*" if len(set(numbers)) == 12 else ",".join(map(str, sorted(set(numbers))))
