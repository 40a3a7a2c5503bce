"""A record exists from the day that was said.

Before `valid_from` a record is in no report: a later day takes it out of those that were written, an earlier
one puts it in. An entry with `amends: [valid_from]` and a `reason` says why. Left out, it is the plan's first
day.

BEFORE data/activities/besoka-boden.yaml
    title: Besöka Boden
    valid_from: 2013-03-01

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    valid_from: 2013-02-01
    log:
      - {date: 2013-05-20, amends: [valid_from], reason: Beslutet fattades i februari}

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    valid_from: 2014-01-01
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.fields import BACK, changed_fields
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data

CODE = "validity-moved"
AMENDABLE = True
WAYS = ("write",)
FIELD = "valid_from"


def find(step: Step) -> Sequence[Found]:
    """Return a first day that was changed."""
    was, is_ = step.starts
    pairs = [(found.old or was, found.new or is_) for found in changed_fields(step, [FIELD])]
    return [Found(FIELD, old, new) for old, new in pairs if old != new]


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the first day is again what it was."""
    del found
    return BACK if end.get(FIELD, step.starts[1]) in earlier else None
