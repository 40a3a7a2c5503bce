"""The reporting period that `--period` asks for."""

from servplan.analysis.period import ReportPeriod, last_reported_period, parse_period, period_to_follow_up
from servplan.cli.session import Session
from servplan.diagnostics import UsageError


def asked_period(session: Session, text: str) -> ReportPeriod:
    """Return the period that is asked for, by its name or as the `last` one.

    Raises:
        UsageError: `bad-period`, or `outside-period` if none of its days are the plan's.
    """
    header = session.plan.header
    first, last = header.period.start, header.period.end
    if text.strip().lower() in ("last", "senaste"):
        return last_reported_period(header.rhythm, session.today, first, last)
    period = parse_period(text)
    if period.end < first or period.start > last:
        raise UsageError("outside-period", start=str(first), end=str(last))
    return period


def newest_period(session: Session) -> ReportPeriod | None:
    """Return the newest period that has ended; None before the first one has."""
    header = session.plan.header
    return period_to_follow_up(header.rhythm, session.today, header.period.start, header.period.end)
