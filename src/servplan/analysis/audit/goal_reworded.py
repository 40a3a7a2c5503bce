"""A decided goal keeps its words until it is decided anew.

What a body has decided cannot be reworded by whoever keeps the file: that goes for a goal's and a box's title
and for the conditions under which it counts as reached. A new decision under `decided`, beside those before
and not older than they are, or an entry with `amends` and a `reason`, answers.

BEFORE data/goals/servicepunkter-2013.yaml
    title: Servicepunkter i alla bygder
    level: sub-goal
    decided: {body: Kommunstyrelsen, date: 2013-02-12}

PASS data/goals/servicepunkter-2013.yaml
    title: Servicepunkter i tre bygder
    level: sub-goal
    decided:
      - {body: Kommunstyrelsen, date: 2013-02-12}
      - {body: Kommunstyrelsen, date: 2013-09-10}

FAIL data/goals/servicepunkter-2013.yaml
    title: Servicepunkter i tre bygder
    level: sub-goal
    decided: {body: Kommunstyrelsen, date: 2013-02-12}
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.fields import changed_fields, dated_decisions, is_back, is_decided_goal
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data
from servplan.analysis.ledger import compare_logs

CODE = "goal-reworded"
AMENDABLE = True
WAYS = ("decide", "write", "take-away")
WORDING = ("title", "reached_when")


def find(step: Step) -> Sequence[Found]:
    """Return the decided words that were changed without a new decision."""
    if not is_decided_goal(step) or (step.after and _is_decided_anew(step, step.after)):
        return []
    return changed_fields(step, WORDING)


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the words are back, or have been decided since."""
    return is_back(found, end, earlier) or ("decided" if _is_decided_anew(step, end) else None)


def _is_decided_anew(step: Step, record: Data) -> bool:
    """Tell whether a record has a decision that none of those before has become, and that is not older."""
    came = compare_logs(step.before["decided"], record.get("decided", [])).added
    latest = max(decision["date"] for decision in dated_decisions(step.before))
    return any(decision["date"] >= latest for decision in dated_decisions({"decided": came}))
