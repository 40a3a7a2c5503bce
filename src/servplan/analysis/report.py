"""The report of a period: everything that its sections show, computed once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from servplan.analysis.assessment import Proposal, propose
from servplan.analysis.events import Event, build_events
from servplan.analysis.follow_up import Duty, build_duties
from servplan.analysis.graph import Graph
from servplan.analysis.health import Health, build_health
from servplan.analysis.indicators import IndicatorRow, indicator_row, indicators_by_goal
from servplan.analysis.period import ReportPeriod
from servplan.analysis.programme import ProgrammeStatus, build_programmes
from servplan.analysis.status import GoalStatus, PlanStatus, build_status
from servplan.analysis.timing import Outcome, is_done_late, outcome_of
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.indicator import Indicator
from servplan.model.programme import Box
from servplan.model.record import Decision, Record
from servplan.state import Move, State

DEVIATING_OUTLOOKS = ("at_risk", "off_track")
DEVIATING_FORECASTS = ("expected_partly", "not_expected")
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


class Deviation(NamedTuple):
    """An activity, box or goal that is not expected to come out as it should."""

    record: Record
    state: State


class GoalResult(NamedTuple):
    """What was to be reached and how it went; `done_late` counts the leaves done after their due date."""

    goal: GoalStatus
    state: State
    outcome: Outcome
    proposal: Proposal
    indicators: tuple[IndicatorRow, ...]
    done_late: int


class GoalLine(NamedTuple):
    """A goal with what serves it: goals under it, and the activities that support it directly."""

    result: GoalResult
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
    results: tuple[GoalResult, ...]
    goals: tuple[GoalLine, ...]
    loose: tuple[ActivityRow, ...]
    programmes: tuple[ProgrammeStatus, ...]
    overdue: tuple[Duty, ...]
    moved: tuple[Moved, ...]
    unanswered: tuple[Duty, ...]
    upcoming: tuple[Duty, ...]
    deviating: tuple[Deviation, ...]
    unreported: tuple[ActivityRow, ...]
    ownerless: tuple[ActivityRow, ...]
    retired: tuple[Record, ...]


def build_report(graph: Graph, span: Span) -> Report:
    """Return the report of a span of days; the graph stands at the span's last day."""
    standing = graph.standing
    status = build_status(graph)
    duties = sorted(build_duties(graph, AHEAD).duties, key=lambda duty: (duty.due, duty.id))
    results = _results(graph, status)
    rows = tuple(_row(graph, leaf) for leaf in graph.all_leaves)
    changed, late = _changes(build_events(standing.plan, span.end), span)
    return Report(
        span=span,
        status=status,
        health=build_health(graph),
        decisions=_decisions(standing.records.values(), span),
        changed=changed,
        late=late,
        results=results,
        goals=_goal_lines(graph, results),
        loose=tuple(row for row in rows if row.record.id not in graph.parents),
        programmes=build_programmes(standing),
        overdue=tuple(duty for duty in duties if duty.standing == "overdue"),
        moved=_moved(graph),
        unanswered=tuple(duty for duty in duties if duty.standing == "due_unreported"),
        upcoming=tuple(duty for duty in duties if duty.standing == "upcoming"),
        deviating=_deviations(graph),
        unreported=tuple(row for row in rows if row.state.report is None),
        ownerless=tuple(row for row in rows if not row.state.owners),
        retired=standing.retired,
    )


def _deviations(graph: Graph) -> tuple[Deviation, ...]:
    """Return what is reported to be at risk, the earliest due date first; leaves stand for their activity."""
    standing = graph.standing
    found = [
        Deviation(record, standing.state(record.id))
        for record in standing.records.values()
        if isinstance(record, Box | Goal) or graph.is_leaf(record)
    ]
    found.sort(key=lambda row: (row.state.due or date.max, row.record.id))
    return tuple(row for row in found if _deviates(row.state))


def _deviates(state: State) -> bool:
    if state.finished:
        return False
    return state.outlook in DEVIATING_OUTLOOKS or state.assessment in DEVIATING_FORECASTS


def _row(graph: Graph, record_id: str) -> ActivityRow:
    record = graph.standing.records[record_id]
    assert isinstance(record, Activity)  # noqa: S101 (leaves are activities)
    return ActivityRow(record, graph.standing.state(record_id))


def _changes(events: Sequence[Event], span: Span) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Return what happened in the span, and what had happened before and was recorded in it.

    What is dated by its day was recorded in the span as well; what is dated by a month or a year belongs to
    the span that it names, whenever it was written, and where that was later it is told there again.
    """
    within = [event for event in events if event.date >= span.start]
    before = [event for event in events if event.date < span.start]
    changed = tuple(event for event in within if not event.exact or _was_recorded_in(event, span))
    return changed, tuple(event for event in before if _was_recorded_in(event, span))


def _was_recorded_in(event: Event, span: Span) -> bool:
    return span.start <= (event.entry.recorded or event.date) <= span.end


def _decisions(records: Iterable[Record], span: Span) -> tuple[Decided, ...]:
    found = [
        Decided(record.id, record.title, decision)
        for record in records
        for decision in record.decided
        if decision.date and span.start <= decision.date <= span.end
    ]
    return tuple(sorted(found, key=lambda row: (row.decision.date or date.min, row.id)))


def _results(graph: Graph, status: PlanStatus) -> tuple[GoalResult, ...]:
    indicators = indicators_by_goal(graph.standing)
    return tuple(_result(graph, goal, indicators) for goal in status.goals)


def _result(graph: Graph, goal: GoalStatus, indicators: Mapping[str, Sequence[Indicator]]) -> GoalResult:
    standing = graph.standing
    record, state = standing.records[goal.id], standing.state(goal.id)
    assert isinstance(record, Goal)  # noqa: S101 (a goal's status is of a goal)
    grace = timedelta(days=standing.plan.header.rhythm.grace_days)
    return GoalResult(
        goal,
        state,
        outcome_of(state, standing.as_of, grace),
        propose(graph, record),
        tuple(indicator_row(item, standing.as_of) for item in indicators.get(goal.id, ())),
        sum(1 for leaf in graph.leaves(goal.id) if is_done_late(standing.state(leaf))),
    )


def _goal_lines(graph: Graph, results: Sequence[GoalResult]) -> tuple[GoalLine, ...]:
    by_id = {result.goal.id: result for result in results}
    seen: set[str] = set()

    def line(id_: str) -> GoalLine:
        if id_ in seen:
            return GoalLine(by_id[id_], (), (), True)
        seen.add(id_)
        children = graph.children(id_)
        below = tuple(line(child) for child in children if child in by_id)
        return GoalLine(by_id[id_], below, tuple(_activities(graph, children)), False)

    tops = [line(id_) for id_, result in by_id.items() if not result.goal.supports]
    return (*tops, *(line(id_) for id_ in by_id if id_ not in seen))


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
