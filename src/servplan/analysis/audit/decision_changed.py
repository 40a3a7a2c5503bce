"""A decision that stands behind a record stays as it was noted.

Who decided, when, and under which paragraph is what the rest rests on. What was missing may be added; a
decision that was changed or taken away needs an entry with `amends: [decided]` and a `reason`.

BEFORE data/goals/servicepunkter-2013.yaml
    title: Servicepunkter
    level: sub-goal
    decided: {body: Kommunstyrelsen, date: 2013-02-12}

PASS data/goals/servicepunkter-2013.yaml
    title: Servicepunkter
    level: sub-goal
    decided: {body: Kommunstyrelsen, date: 2013-02-12, paragraph: § 12}

FAIL data/goals/servicepunkter-2013.yaml
    title: Servicepunkter
    level: sub-goal
    decided: {body: Kommunstyrelsen, date: 2013-03-12}
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.fields import BACK
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data
from servplan.analysis.ledger import compare_logs

CODE = "decision-changed"
AMENDABLE = True
WAYS = ("write", "beside")
FIELD = "decided"


def find(step: Step) -> Sequence[Found]:
    """Return the decisions that were changed or taken away."""
    if step.after is None:
        return []
    change = compare_logs(step.before.get(FIELD, []), step.after.get(FIELD, []))
    pairs = [*change.rewritten, *((old, None) for old in change.removed)]
    return [Found(FIELD, old, new) for old, new in pairs if new is None or not old.items() <= new.items()]


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the decision is noted again."""
    del step, found
    there = end.get(FIELD, [])
    return BACK if any(old.items() <= new.items() for old in earlier for new in there) else None
