"""A record is retired, not deleted.

What is deleted disappears from every sum, and with it what was promised. `servplan retire` keeps the record,
with a reason, and reports count it. A record that was renamed, by `servplan rename` or by hand, is not gone.

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
from servplan.analysis.diff import Data

CODE = "record-deleted"
AMENDABLE = False


def find(step: Step) -> Sequence[Found]:
    """Return the record, if it went."""
    return [Found("title", step.before["title"], None)] if step.after is None else []


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return how the record is there again."""
    del step, found, earlier
    return "retired" if "retired" in end else BACK
