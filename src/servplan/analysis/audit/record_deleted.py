"""A record is retired, not deleted.

What is deleted disappears from every sum, and with it what was promised. `servplan retire` keeps the record,
with a reason, and reports count it. A record that was renamed, by `servplan rename` or by hand, is not gone;
one of a kind that promises is, where it turns into one of another kind.

BEFORE data/activities/besoka-boden.yaml
    title: Besöka Boden

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    retired: {date: 2013-05-20, reason: Resan ställdes in för gott}

FAIL data/activities/besoka-boden.yaml
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.fields import BACK
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import KIND, Data
from servplan.model.walk import is_promising

CODE = "record-deleted"
AMENDABLE = False
WAYS = ("restore", "retire")


def find(step: Step) -> Sequence[Found]:
    """Return the record, if it went."""
    return [Found("title", step.before["title"], None)] if _is_gone(step, step.after) else []


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return how the record is there again."""
    del found, earlier
    if _is_gone(step, end):
        return None
    return "retired" if "retired" in end else BACK


def _is_gone(step: Step, record: Data | None) -> bool:
    return record is None or (record[KIND] != step.before[KIND] and is_promising(step.model))
