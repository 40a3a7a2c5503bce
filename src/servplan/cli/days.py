"""The days that people type after `--date` and `--due`: a day, days ahead, or a month or year as a whole."""

import re
from datetime import date
from typing import NamedTuple

from servplan.analysis.period import ReportPeriod, parse_period
from servplan.cli.session import parse_day
from servplan.diagnostics import UsageError

_PERIOD = re.compile(r"[0-9]{4}(-([0-9]{2}|[Tt][0-9]))?")


class When(NamedTuple):
    """When something happened, as an entry says it: on a day, or at the latest by one."""

    key: str
    day: date


def when(text: str | None, today: date) -> When:
    """Return when an entry's event happened: today where nothing is told.

    Of a month or a year (`2013-06`, `2013`) no day is known: it had happened by its last day, or by today.

    Raises:
        UsageError: `bad-date` or `bad-period`; `future-date`, if it has not come yet.
    """
    period = _period(text)
    first = period.own_start if period else today if text is None else parse_day(text, today)
    if first > today:
        day = str(text) if period else first.isoformat()
        raise UsageError("future-date", day=day, today=today.isoformat())
    return When("known_by", min(period.end, today)) if period else When("date", first)


def past_day(text: str | None, today: date) -> date:
    """Return the one day on which something happened.

    Raises:
        UsageError: `bad-date`, `bad-period`, `future-date`; `day-needed`, if a month or a year is told.
    """
    told = when(text, today)
    if told.key != "date":
        raise UsageError("day-needed", given=str(text))
    return told.day


def last_day(text: str, today: date) -> date:
    """Return a day that may lie ahead; of a month or a year it is the last one.

    Raises:
        UsageError: `bad-date` or `bad-period`, if it is none.
    """
    period = _period(text)
    return period.end if period else parse_day(text, today)


def _period(text: str | None) -> ReportPeriod | None:
    word = (text or "").strip()
    return parse_period(word) if _PERIOD.fullmatch(word) else None
