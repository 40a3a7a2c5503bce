"""The reporting period that `--period` asks for."""

from datetime import date

from servplan.analysis.period import (
    ReportPeriod,
    grace_end,
    last_reported_period,
    parse_period,
    period_of,
    period_to_follow_up,
)
from servplan.cli.session import Session
from servplan.diagnostics import UsageError


def asked_period(session: Session, text: str) -> ReportPeriod:
    """Return the period that is asked for, by its name or as the `last` one.

    Raises:
        UsageError: `bad-period`, or `outside-period` if none of its days are the plan's.
    """
    header = session.plan.header
    first, last = header.period.start, header.period.end
    if is_last(text):
        return last_reported_period(header.rhythm, session.today, first, last)
    period = parse_period(text)
    if period.end < first or period.start > last:
        raise UsageError("outside-period", start=str(first), end=str(last))
    return period


def is_last(text: str) -> bool:
    """Tell whether the last period whose grace is over is asked for, and none by its name."""
    return text.strip().lower() in ("last", "sist", "sista", "senaste")


def period_over(session: Session, day: date) -> ReportPeriod | None:
    """Return the last period whose grace was over on a day; None before that of the first one was."""
    header = session.plan.header
    found = last_reported_period(header.rhythm, day, header.period.start, header.period.end)
    return found if grace_end(found, header.rhythm) < day else None


def period_at_work(session: Session) -> ReportPeriod:
    """Return the period that is being reported: the newest in its grace, else the one that runs.

    Of a plan that is over it is the last.
    """
    header, newest = session.plan.header, newest_period(session)
    is_over = session.today > header.period.end
    if newest and (is_over or session.today <= grace_end(newest, header.rhythm)):
        return newest
    return period_of(max(header.period.start, min(session.today, header.period.end)), header.rhythm.every)


def newest_period(session: Session) -> ReportPeriod | None:
    """Return the newest period that has ended; None before the first one has."""
    header = session.plan.header
    return period_to_follow_up(header.rhythm, session.today, header.period.start, header.period.end)
