"""The days that people type: a day, days ahead, or a month or year as a whole."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from servplan.analysis.period import ReportPeriod, parse_period, shifted
from servplan.diagnostics import UsageError

_AHEAD = re.compile(r"\+([0-9]{1,4})([dvw])")
_PERIOD = re.compile(r"[0-9]{4}(-([0-9]{2}|[Tt][0-9]))?")


def parse_day(text: str, today: date | None = None, fault: str = "bad-date") -> date:
    """Return the day that a person means: `2013-03-04`, `idag`, `igår`, or from today on `+30d`, `+2v`.

    Raises:
        UsageError: `fault`, if it is none.
    """
    word = text.strip().lower()
    if today and word in ("idag", "i dag", "today"):
        return today
    if today and word in ("igår", "i går", "yesterday"):
        return shifted(today, -timedelta(days=1))
    if today and (ahead := _AHEAD.fullmatch(word)):
        days = int(ahead[1]) * (1 if ahead[2] == "d" else 7)
        return shifted(today, timedelta(days=days))
    try:
        if len(word) == 10:
            return date.fromisoformat(word)
    except ValueError:
        pass
    raise UsageError(fault, given=text)


class When(NamedTuple):
    """When something happened, as an entry says it: on a day, or at the latest by one."""

    key: str
    day: date


def when(text: str | None, today: date) -> When:
    """Return when an entry's event happened: today where nothing is told.

    Of a month or a year (`2013-06`, `2013`) no day is known: it had happened by its last day, or by today.

    Raises:
        UsageError: `bad-past-date`; `future-date`, if it has not come yet.
    """
    period = _period(text, "bad-past-date") if text else None
    first = period.own_start if period else today if text is None else _day_past(text, today)
    if first > today:
        day = str(text) if period else first.isoformat()
        raise UsageError("future-date", day=day, today=today.isoformat())
    return When("known_by", min(period.end, today)) if period else When("date", first)


def _day_past(text: str, today: date) -> date:
    return parse_day(text, today, "bad-past-date")


def past_day(text: str | None, today: date) -> date:
    """Return the one day on which something happened.

    Raises:
        UsageError: `bad-past-date`, `future-date`; `day-needed`, if a month or a year is told.
    """
    told = when(text, today)
    if told.key != "date":
        raise UsageError("day-needed", given=str(text))
    return told.day


def days_meant(text: str, today: date) -> tuple[date, date]:
    """Return the first and the last of the days that are meant: one day, or those of a month or a year.

    Raises:
        UsageError: `bad-past-date`, if there are none.
    """
    if period := _period(text, "bad-past-date"):
        return period.own_start, period.end
    day = _day_past(text, today)
    return day, day


def last_day(text: str, today: date) -> date:
    """Return a day that may lie ahead; of a month or a year it is the last one.

    Raises:
        UsageError: `bad-date`, if it is none.
    """
    period = _period(text, "bad-date")
    return period.end if period else parse_day(text, today)


def _period(text: str, fault: str) -> ReportPeriod | None:
    """Return the month or the year that a text names, if it is written like one.

    Raises:
        UsageError: `fault`, if there is none of that name.
    """
    word = text.strip()
    if not _PERIOD.fullmatch(word):
        return None
    try:
        return parse_period(word)
    except UsageError:
        raise UsageError(fault, given=text) from None
