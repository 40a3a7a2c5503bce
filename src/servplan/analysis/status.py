"""Where the plan stands: totals, and each goal with its activities by status."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from servplan.analysis.graph import Graph, sibling_key
from servplan.model.goal import Goal
from servplan.model.header import Level
from servplan.state import State

STATUSES = ("done", "in_progress", "on_hold", "not_started", "unreported", "cancelled")
NO_ASSESSMENT = "none"


class Tally(NamedTuple):
    """Distinct activities by status; `counted` leaves the cancelled out, as every share does."""

    total: int
    by_status: Mapping[str, int]
    overdue: int
    due_unreported: int
    without_owner: int

    @property
    def counted(self) -> int:
        """How many a share is a share of."""
        return self.total - self.by_status.get("cancelled", 0)

    @property
    def unreported(self) -> int:
        """How many nobody has reported."""
        return self.by_status.get("unreported", 0)

    @property
    def done(self) -> int:
        """How many are done."""
        return self.by_status.get("done", 0)


class GoalStatus(NamedTuple):
    """One goal with its three axes, which are never melted into one.

    `assessment` is the last one reported; `evidenced` tells whether that report carries evidence (None
    without a report); `on_schedule` is None where it cannot be known.
    """

    id: str
    title: str
    level: str
    supports: tuple[str, ...]
    activities: Tally
    assessment: str | None
    outlook: str | None
    evidenced: bool | None
    on_schedule: bool | None
    due: date | None
    owners: tuple[str, ...]


class PlanStatus(NamedTuple):
    """The whole plan at a date."""

    as_of: date
    activities: Tally
    goals: tuple[GoalStatus, ...]
    goals_by_level: Mapping[str, int]
    goals_by_assessment: Mapping[str, int]
    retired: int


def build_status(graph: Graph) -> PlanStatus:
    """Return the plan's status: goals by level, then in their siblings' order."""
    standing = graph.standing
    levels = level_order(standing.plan.header.levels)
    goals = [record for record in standing.records.values() if isinstance(record, Goal)]
    goals.sort(key=lambda goal: (levels.get(goal.level, len(levels)), sibling_key(goal)))
    rows = tuple(goal_status(graph, goal) for goal in goals)
    return PlanStatus(
        as_of=standing.as_of,
        activities=tally(graph, graph.all_leaves),
        goals=rows,
        goals_by_level=Counter(row.level for row in rows),
        goals_by_assessment=Counter(row.assessment or NO_ASSESSMENT for row in rows),
        retired=len(standing.retired),
    )


def level_order(levels: Iterable[Level]) -> dict[str, int]:
    """Return each level's place, the highest first."""
    return {level.id: index for index, level in enumerate(levels)}


def goal_status(graph: Graph, goal: Goal) -> GoalStatus:
    """Return one goal's status."""
    state = graph.standing.state(goal.id)
    activities = tally(graph, graph.leaves(goal.id))
    return GoalStatus(
        id=goal.id,
        title=goal.title,
        level=goal.level,
        supports=graph.parents.get(goal.id, ()),
        activities=activities,
        assessment=state.assessment,
        outlook=state.outlook,
        evidenced=bool(state.evidence) if state.claim else None,
        on_schedule=on_schedule(activities),
        due=state.due,
        owners=state.owners,
    )


def on_schedule(activities: Tally) -> bool | None:
    """Tell whether no leaf is overdue; None where there is none, or one whose due date nobody answered."""
    if activities.overdue:
        return False
    return None if activities.due_unreported or not activities.total else True


def tally(graph: Graph, leaves: Iterable[str]) -> Tally:
    """Count distinct leaves by status."""
    states = [graph.standing.state(leaf) for leaf in leaves]
    return Tally(
        total=len(states),
        by_status=_by_status(states),
        overdue=sum(1 for state in states if state.overdue),
        due_unreported=sum(1 for state in states if state.due_unreported),
        without_owner=sum(1 for state in states if not state.owners),
    )


def _by_status(states: Iterable[State]) -> dict[str, int]:
    counts = Counter(state.status for state in states)
    return {status: counts[status] for status in STATUSES if counts[status]}
