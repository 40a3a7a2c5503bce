"""The assessment that a goal's own condition proposes, and what it rests on.

A proposal is made only for a goal with one condition of a kind that records can answer. `expected…` is
never proposed: only a person can expect. What somebody reported is never overwritten by a proposal.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from servplan.analysis.graph import Graph
from servplan.analysis.indicators import indicators_by_goal, is_met, latest_value
from servplan.model.goal import Condition, Goal
from servplan.model.indicator import Indicator
from servplan.model.record import Entry
from servplan.state import UNREPORTED, entries_until

STARTED = ("in_progress", "done")
REACHED = ("done", "adopted")


class Input(NamedTuple):
    """One record that a proposal rests on."""

    id: str
    title: str
    status: str
    due_unreported: bool


class Proposal(NamedTuple):
    """What the rule says of a goal.

    `rule` is the condition's kind, or `several`, `unstated`, `person` where there is no rule; `result` is
    None where nothing is proposed (no rule, or before the due date).
    """

    rule: str
    conditions: tuple[Condition, ...]
    inputs: tuple[Input, ...]
    missing: tuple[str, ...]
    result: str | None


def propose(graph: Graph, goal: Goal) -> Proposal:
    """Return the proposed assessment of a goal at the graph's date, with rule and inputs."""
    conditions = goal.reached_when
    if len(conditions) != 1:
        return Proposal("several" if conditions else "unstated", conditions, (), (), None)
    rule = conditions[0].is_
    if rule not in _RULES:
        return Proposal("person", conditions, (), (), None)
    inputs = _INPUTS[rule](graph, goal)
    missing = tuple(item.id for item in inputs if item.status == UNREPORTED)
    return Proposal(rule, conditions, inputs, missing, _result(graph, goal, rule, inputs))


def has_rule(goal: Goal) -> bool:
    """Tell whether a goal has one condition, of a kind that records can answer."""
    return len(goal.reached_when) == 1 and goal.reached_when[0].is_ in _RULES


def contradicted(graph: Graph, goal: Goal, assessment: str) -> str | None:
    """Return the proposal that an assessment goes against at the graph's date; None where it does not."""
    proposed = propose(graph, goal).result
    return proposed if proposed and proposed != assessment else None


def _result(graph: Graph, goal: Goal, rule: str, inputs: tuple[Input, ...]) -> str | None:
    if _RULES[rule](graph, inputs):
        return "achieved"
    if not inputs or any(item.status == UNREPORTED for item in inputs):
        return "not_assessable"
    due = graph.standing.state(goal.id).due
    if due is None or due >= graph.standing.as_of:
        return None
    return "partly_achieved" if any(item.status in REACHED for item in inputs) else "not_achieved"


def _leaves(graph: Graph, goal: Goal) -> tuple[Input, ...]:
    return tuple(_input(graph, leaf) for leaf in graph.in_order(graph.leaves(goal.id)))


def _documents(graph: Graph, goal: Goal) -> tuple[Input, ...]:
    """Return the documents that a goal waits for: an unreadable one is missing, a retired one left out."""
    plan = graph.standing.plan
    inputs = []
    for name in goal.documents:
        found = plan.resolve(name)
        if found is None:
            inputs.append(Input(name, name, UNREPORTED, False))
        elif found in graph.standing.records:
            inputs.append(_input(graph, found))
    return tuple(inputs)


def _input(graph: Graph, record_id: str) -> Input:
    state = graph.standing.state(record_id)
    title = graph.standing.records[record_id].title
    return Input(record_id, title, state.status, state.due_unreported)


def _ever_started(graph: Graph, inputs: tuple[Input, ...]) -> bool:
    return any(_was_started(graph, item.id) for item in inputs)


def _was_started(graph: Graph, record_id: str) -> bool:
    log = getattr(graph.standing.records[record_id], "log", ())
    entries = entries_until(log, graph.standing.as_of)
    return any(_tells_of_work(entry) for entry in entries)


def _tells_of_work(entry: Entry) -> bool:
    if getattr(entry, "status", None) in STARTED:
        return True
    return bool(getattr(entry, "progress", None) or getattr(entry, "count", None))


def _all_done(_graph: Graph, inputs: tuple[Input, ...]) -> bool:
    counted = [item for item in inputs if item.status != "cancelled"]
    return bool(counted) and all(item.status == "done" for item in counted)


def _all_adopted(_graph: Graph, inputs: tuple[Input, ...]) -> bool:
    return bool(inputs) and all(item.status == "adopted" for item in inputs)


def _indicators(graph: Graph, goal: Goal) -> tuple[Input, ...]:
    """Return the indicators that measure a goal; one without value or number to reach is unreported."""
    standing = graph.standing
    measuring = indicators_by_goal(standing).get(goal.id, ())
    return tuple(_measured(item, standing.as_of) for item in measuring)


def _measured(indicator: Indicator, as_of: date) -> Input:
    met = is_met(indicator, latest_value(indicator, as_of))
    status = UNREPORTED if met is None else "done" if met else "not_started"
    return Input(indicator.id, indicator.title, status, False)


def _all_met(_graph: Graph, inputs: tuple[Input, ...]) -> bool:
    return bool(inputs) and all(item.status == "done" for item in inputs)


_INPUTS: dict[str, Callable[[Graph, Goal], tuple[Input, ...]]] = {
    "started": _leaves,
    "completed": _leaves,
    "adopted": _documents,
    "measured": _indicators,
}
_RULES: dict[str, Callable[[Graph, tuple[Input, ...]], bool]] = {
    "started": _ever_started,
    "completed": _all_done,
    "adopted": _all_adopted,
    "measured": _all_met,
}
