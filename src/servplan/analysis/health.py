"""Shares that tell whether a plan is looked after; counts beside every share."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from servplan.analysis.graph import Graph
from servplan.analysis.period import period_of, previous_period, shifted
from servplan.model.goal import Goal
from servplan.state import State, effective_date

MEASURES = ("owned", "fresh", "assessed", "evidenced", "linked")


class Share(NamedTuple):
    """So many of so many; `percent` is None where there is nothing to take a share of."""

    measure: str
    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """The share in per cent."""
        return 100 * self.part / self.whole if self.whole else None


class Health(NamedTuple):
    """The plan's shares at a date, and since when a report counts as fresh."""

    as_of: date
    fresh_since: date
    shares: tuple[Share, ...]


def build_health(graph: Graph) -> Health:
    """Return the shares with owner, fresh report, assessment, evidence and link to a goal.

    Activities are distinct leaves, the cancelled left out. A report is fresh if it was made within the last
    whole reporting period and its grace. `evidenced` is a share of what was assessed, done or ticked.
    """
    standing = graph.standing
    fresh_since = _fresh_since(graph)
    leaves = {leaf: standing.state(leaf) for leaf in graph.all_leaves}
    open_leaves = {leaf: state for leaf, state in leaves.items() if state.status != "cancelled"}
    awaited = [state for state in open_leaves.values() if state.status != "done"]
    goals = [standing.state(item.id) for item in standing.records.values() if isinstance(item, Goal)]
    claims = [standing.state(id_) for id_ in standing.records if _is_claim(standing.state(id_))]
    shares = (
        _share("owned", open_leaves.values(), lambda state: bool(state.owners)),
        _share("fresh", awaited, lambda state: _reported_since(state, fresh_since)),
        _share("assessed", goals, lambda state: state.assessment is not None),
        _share("evidenced", claims, lambda state: bool(state.evidence)),
        Share("linked", sum(1 for leaf in open_leaves if leaf in graph.parents), len(open_leaves)),
    )
    return Health(standing.as_of, fresh_since, shares)


def _share(measure: str, states: Iterable[State], holds: Callable[[State], bool]) -> Share:
    known = [holds(state) for state in states]
    return Share(measure, sum(known), len(known))


def _fresh_since(graph: Graph) -> date:
    follow_up = graph.standing.plan.header.rhythm
    as_of = graph.standing.as_of
    last = previous_period(period_of(as_of, follow_up.every))
    in_grace = as_of <= shifted(last.end, timedelta(days=follow_up.grace_days))
    return previous_period(last).own_start if in_grace else last.own_start


def _reported_since(state: State, day: date) -> bool:
    reported = effective_date(state.report) if state.report else None
    return reported is not None and reported >= day


def _is_claim(state: State) -> bool:
    return state.status == "done" or state.ticked or state.assessment is not None
