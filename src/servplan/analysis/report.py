"""The report of a period: everything that its sections show, computed once."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from servplan.analysis.assessment import Proposal, propose
from servplan.analysis.events import Event, build_events
from servplan.analysis.follow_up import Duty, build_duties
from servplan.analysis.graph import Graph
from servplan.analysis.health import Health, build_health
from servplan.analysis.period import ReportPeriod
from servplan.analysis.programme import ProgrammeStatus, build_programmes
from servplan.analysis.status import GoalStatus, PlanStatus, build_status
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.record import Decision, Record
from servplan.state import Move, State

AHEAD = timedelta(days=60)
"""How far ahead a report looks for what is due: about the time to a council's next meeting but one."""


class Span(NamedTuple):
    """The days that a report is about; `period` is None for free days."""

    start: date
    end: date
    period: ReportPeriod | None


class ActivityRow(NamedTuple):
    """One activity with its state."""

    record: Activity
    state: State


class GoalLine(NamedTuple):
    """A goal with what serves it: goals under it, and the activities that support it directly."""

    goal: GoalStatus
    proposal: Proposal
    goals: "tuple[GoalLine, ...]"
    activities: tuple[ActivityRow, ...]
    shown_above: bool


class Moved(NamedTuple):
    """A record whose due date was moved, with every move."""

    id: str
    title: str
    kind: str
    promised: date | None
    due: date | None
    moves: tuple[Move, ...]


class Decided(NamedTuple):
    """A decision within the span, and the record that it stands behind."""

    id: str
    title: str
    decision: Decision


class Report(NamedTuple):
    """All that a report shows."""

    span: Span
    status: PlanStatus
    health: Health
    decisions: tuple[Decided, ...]
    changed: tuple[Event, ...]
    late: tuple[Event, ...]
    goals: tuple[GoalLine, ...]
    loose: tuple[ActivityRow, ...]
    programmes: tuple[ProgrammeStatus, ...]
    overdue: tuple[Duty, ...]
    moved: tuple[Moved, ...]
    unanswered: tuple[Duty, ...]
    upcoming: tuple[Duty, ...]
    deviating: tuple[ActivityRow, ...]
    unreported: tuple[ActivityRow, ...]
    ownerless: tuple[ActivityRow, ...]
    retired: tuple[Record, ...]


def build_report(graph: Graph, span: Span) -> Report:
    """Return the report of a span of days; the graph stands at the span's last day."""
    standing = graph.standing
    status = build_status(graph)
    duties = build_duties(graph, AHEAD).duties
    rows = tuple(_row(graph, leaf) for leaf in graph.all_leaves)
    changed, late = _changes(build_events(standing.plan, span.end), span)
    return Report(
        span=span,
        status=status,
        health=build_health(graph),
        decisions=_decisions(standing.records.values(), span),
        changed=changed,
        late=late,
        goals=_goal_lines(graph, status),
        loose=tuple(row for row in rows if row.record.id not in graph.parents),
        programmes=build_programmes(standing),
        overdue=tuple(duty for duty in duties if duty.standing == "overdue"),
        moved=_moved(graph),
        unanswered=tuple(duty for duty in duties if duty.standing == "due_unreported"),
        upcoming=tuple(duty for duty in duties if duty.standing == "upcoming"),
        deviating=tuple(row for row in rows if _deviates(row.state)),
        unreported=tuple(row for row in rows if row.state.report is None),
        ownerless=tuple(row for row in rows if not row.state.owners),
        retired=standing.retired,
    )


def _deviates(state: State) -> bool:
    return state.outlook in ("at_risk", "off_track") and not state.finished


def _row(graph: Graph, record_id: str) -> ActivityRow:
    record = graph.standing.records[record_id]
    assert isinstance(record, Activity)  # noqa: S101 (leaves are activities)
    return ActivityRow(record, graph.standing.state(record_id))


def _changes(events: Iterable[Event], span: Span) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Part what was recorded in the span into what happened in it, and what had happened before."""
    recorded = [event for event in events if span.start <= (event.entry.recorded or event.date) <= span.end]
    changed = tuple(event for event in recorded if event.date >= span.start)
    return changed, tuple(event for event in recorded if event.date < span.start)


def _decisions(records: Iterable[Record], span: Span) -> tuple[Decided, ...]:
    found = [
        Decided(record.id, record.title, decision)
        for record in records
        for decision in record.decided
        if decision.date and span.start <= decision.date <= span.end
    ]
    return tuple(sorted(found, key=lambda row: (row.decision.date or date.min, row.id)))


def _goal_lines(graph: Graph, status: PlanStatus) -> tuple[GoalLine, ...]:
    by_id = {goal.id: goal for goal in status.goals}
    seen: set[str] = set()

    def line(goal: GoalStatus) -> GoalLine:
        record = graph.standing.records[goal.id]
        assert isinstance(record, Goal)  # noqa: S101 (by_id holds goals)
        proposal = propose(graph, record)
        if goal.id in seen:
            return GoalLine(goal, proposal, (), (), True)
        seen.add(goal.id)
        children = graph.children(goal.id)
        below = tuple(line(by_id[child]) for child in children if child in by_id)
        return GoalLine(goal, proposal, below, tuple(_activities(graph, children)), False)

    tops = [line(goal) for goal in status.goals if not goal.supports]
    return (*tops, *(line(goal) for goal in status.goals if goal.id not in seen))


def _activities(graph: Graph, ids: Iterable[str]) -> Iterable[ActivityRow]:
    """Yield the leaves among and under direct supporters, without passing through another goal."""
    for id_ in ids:
        record = graph.standing.records[id_]
        if isinstance(record, Activity):
            if graph.is_leaf(record):
                yield _row(graph, id_)
            else:
                yield from (_row(graph, leaf) for leaf in graph.in_order(graph.leaves(id_)))


def _moved(graph: Graph) -> tuple[Moved, ...]:
    standing = graph.standing
    found = []
    for record in standing.records.values():
        state = standing.state(record.id)
        if state.moves:
            found.append(Moved(record.id, record.title, record.kind, state.promised, state.due, state.moves))
    return tuple(sorted(found, key=lambda row: (-len(row.moves), row.id)))
