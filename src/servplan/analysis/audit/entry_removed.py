"""An entry that was written stays.

An entry that is taken away changes how it stood on every day since, and nobody sees that it was there. What
was wrong is voided, with a reason: it is kept, and does not count.

BEFORE data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - {date: 2013-05-20, status: cancelled, reason: Ingen tid}

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - date: 2013-05-20
        status: cancelled
        reason: Ingen tid
        voided: {date: 2013-05-22, reason: Resan blev av ändå}

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit import entry_rewritten
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data

CODE = "entry-removed"
AMENDABLE = False
WAYS = ("write", "void-then")


def find(step: Step) -> Sequence[Found]:
    """Return the entries that were taken away."""
    return [Found("log", entry, None) for entry in step.log.removed]


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the entry stands again, or is voided."""
    return entry_rewritten.answer(step, found, end, earlier)
