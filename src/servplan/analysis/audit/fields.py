"""What rules about fields of the record itself have in common."""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import KIND, Data
from servplan.model.walk import promises

BACK = "back"
"""The answer of what is again as it was."""


def moved_promises(step: Step, rule: str) -> list[Found]:
    """Return the promised fields of a rule that are not as they were; one that there was not cannot move."""
    return changed_fields(step, [key for key in promises(step.model, rule) if key in step.before])


def changed_fields(step: Step, keys: Sequence[str]) -> list[Found]:
    """Return the fields that a commit changed."""
    after = step.after
    if after is None or after.get(KIND) != step.before.get(KIND):
        return []  # what turned into another kind is gone
    pairs = ((key, step.before.get(key), after.get(key)) for key in keys)
    return [Found(key, old, new) for key, old, new in pairs if old != new]


def is_back(found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether a field says at last what it said before the change."""
    return BACK if end.get(found.field) in earlier else None


def is_decided_goal(step: Step) -> bool:
    """Tell whether a record is assessed, as goals and boxes are, and a body has decided it on a day."""
    return "assessment" in step.entry.model_fields and bool(dated_decisions(step.before))


def dated_decisions(record: Data) -> list[Data]:
    """Return the decisions behind a record that name their day."""
    return [decision for decision in record.get("decided", []) if "date" in decision]
