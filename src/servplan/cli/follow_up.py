"""`due`, `events` and `health`."""

import re
from datetime import date, timedelta
from typing import Annotated

import typer

from servplan.analysis.events import build_events, concerning
from servplan.analysis.follow_up import build_duties
from servplan.analysis.health import MEASURES, build_health
from servplan.analysis.reporting import Reporting, build_reporting, reporting_graph
from servplan.cli.days import parse_day
from servplan.cli.options import AreaFilter, AsOf, Format, GoalFilter, OwnerFilter, Rev
from servplan.cli.periods import asked_period, is_last, period_over
from servplan.cli.session import Session, session_of
from servplan.diagnostics import UsageError
from servplan.model.area import Area
from servplan.model.goal import Goal
from servplan.model.owner import Owner
from servplan.render.json import (
    as_json,
    duties_json,
    events_json,
    health_json,
    owed_json,
    reporting_json,
)
from servplan.render.views.follow_up import duties_blocks, events_blocks, health_blocks, reporting_blocks

_AHEAD = "30d"
"""How far `due` looks ahead unless told."""
_SPAN = re.compile(r"([0-9]{1,4})\s*([dvw]?)")
_BOUND = re.compile(r"([a-z]+)=([0-9]{1,3}(?:[.,][0-9]+)?)%?")


def due(
    ctx: typer.Context,
    owner: OwnerFilter = None,
    within: Annotated[
        str | None, typer.Option(metavar="SPAN", help="How far ahead to look: 30d, 2w, 2v; else 30d.")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            help="Who has reported it and who has not: 2013-09, 2013-T2, 2013, "
            "or last: the last one whose grace is over today. Reports count up to --as-of, else up to today.",
        ),
    ] = None,
    as_of: AsOf = None,
    rev: Rev = None,
    format: Format = "text",  # noqa: A002
) -> None:
    """Show what awaits whom: overdue, passed without a report, and due soon; or who owes a report."""
    if within and period:
        raise UsageError("within-period")
    session = session_of(ctx).at(rev)
    graph, who = session.graph(as_of), session.pick_id(owner, Owner)
    if period and is_last(period) and not period_over(session, session.today):
        if format == "text":
            session.write(session.words("No period's grace is over yet: nobody can have missed one.") + "\n")
            return
        period = None
    reporting = reporting_of(session, period, as_of, who) if period else None
    if reporting and format == "text":
        session.show(reporting_blocks(reporting, session.plan, session.words))
        return
    view = build_duties(graph, parse_span(within or _AHEAD), concerning(graph, who, None, None))
    owed = None if reporting else owed_reports(session, as_of, who)
    if format == "json":
        more = reporting_json(reporting) if reporting else owed_json(owed)
        session.write(as_json(duties_json(view) | more))
    else:
        blocks = duties_blocks(view, owed, who, session.plan, session.words)
        session.show([*blocks, *session.closing(as_of, view.as_of)])


def reporting_of(session: Session, period: str, as_of: str | None, owner: str | None) -> Reporting:
    """Return who has reported a period and who has not, by the entries up to a day, else today."""
    asked, day = asked_period(session, period), _reporting_day(session, as_of)
    return build_reporting(reporting_graph(session.plan, asked, day), asked, day, owner)


def owed_reports(session: Session, as_of: str | None, owner: str | None) -> Reporting | None:
    """Return who reported the last period whose grace is over; None before the first one's is."""
    day = _reporting_day(session, as_of)
    over = period_over(session, day)
    return build_reporting(reporting_graph(session.plan, over, day), over, day, owner) if over else None


def _reporting_day(session: Session, as_of: str | None) -> date:
    """Return the day up to which reports count; of a plan that ended too it is today."""
    return parse_day(as_of, session.today) if as_of else session.today


def events(
    ctx: typer.Context,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="From this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Up to this day.")] = None,
    owner: OwnerFilter = None,
    area: AreaFilter = None,
    goal: GoalFilter = None,
    as_of: AsOf = None,
    rev: Rev = None,
    format: Format = "text",  # noqa: A002
) -> None:
    """List what happened, by day, from all records' logs."""
    session = session_of(ctx).at(rev)
    graph = session.graph(as_of or until)
    last = min(graph.standing.as_of, parse_day(until, session.today) if until else graph.standing.as_of)
    first = parse_day(since, session.today) if since else None
    if first and first > last:
        raise UsageError("days-backwards", first=first.isoformat(), last=last.isoformat())
    concerns = concerning(
        graph,
        session.pick_id(owner, Owner),
        session.pick_id(area, Area),
        session.pick_id(goal, Goal),
    )
    found = [
        event for event in build_events(session.plan, last, first) if concerns(session.plan.records[event.id])
    ]
    if format == "json":
        session.write(as_json(events_json(last, found)))
    else:
        session.show(events_blocks(found, (first, last), session.plan, session.words))


def health(
    ctx: typer.Context,
    minimum: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="MEASURE=SHARE", help="Fail below this share: owned=60%."),
    ] = None,
    as_of: AsOf = None,
    rev: Rev = None,
    format: Format = "text",  # noqa: A002
) -> None:
    """Show how well the plan is kept: shares with owner, fresh report, assessment, evidence."""
    session = session_of(ctx).at(rev)
    bounds = dict(parse_bound(text) for text in minimum or ())
    view = build_health(session.graph(as_of))
    below = {
        share.measure: bounds[share.measure]
        for share in view.shares
        if share.percent is not None and share.percent < bounds.get(share.measure, 0)
    }
    if format == "json":
        session.write(as_json(health_json(view, below)))
    else:
        session.show(health_blocks(view, below, session.words))
    raise typer.Exit(1 if below else 0)


def parse_span(text: str) -> timedelta:
    """Return a span of time: days (`30d`, `30`) or weeks (`2w`, `2v`).

    Raises:
        UsageError: `bad-span`, if it is none.
    """
    match = _SPAN.fullmatch(text.strip().lower())
    if not match:
        raise UsageError("bad-span", given=text)
    number = int(match[1])
    return timedelta(weeks=number) if match[2] in ("v", "w") else timedelta(days=number)


def parse_bound(text: str) -> tuple[str, float]:
    """Return a measure and the least share in per cent that is asked of it.

    Raises:
        UsageError: `bad-bound`, if it is none.
    """
    match = _BOUND.fullmatch(text.strip().lower())
    share = float(match[2].replace(",", ".")) if match else -1
    fraction = 0 < share < 1 and not text.strip().endswith("%")
    if not match or match[1] not in MEASURES or not 0 <= share <= 100 or fraction:
        raise UsageError("bad-bound", given=text, known=", ".join(MEASURES))
    return match[1], share
