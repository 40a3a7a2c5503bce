"""Entries of one day keep their order, where another one would count.

Of entries of one day that contradict each other the last one counts: whoever lets them change places changes
how it stood, without a word of any entry. What was wrong is voided, with a reason.

BEFORE data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - {date: 2013-05-20, status: done}
      - {date: 2013-05-20, status: on_hold}

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - {date: 2013-05-20, status: done}
      - {date: 2013-05-20, status: on_hold, voided: {date: 2013-05-22, reason: Resan blev av}}

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - {date: 2013-05-20, status: on_hold}
      - {date: 2013-05-20, status: done}
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.fields import BACK
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data
from servplan.analysis.ledger import find_reordered

CODE = "entry-reordered"
AMENDABLE = False
WAYS = ("put-last",)


def find(step: Step) -> Sequence[Found]:
    """Return the entries that counted, each with the one that counts since they changed places."""
    return _reordered(step, step.after)


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether what counted before they changed places for the first time counts again."""
    return BACK if found.new == earlier[0] or found not in _reordered(step, end) else None


def _reordered(step: Step, record: Data | None) -> Sequence[Found]:
    """Return the entries that changed places; none where those of two sides were put together."""
    if record is None or not step.is_ordered:
        return ()
    pairs = find_reordered(step.before.get("log", []), record.get("log", []), step.entry.changes)
    return [Found("log", old, new) for old, new in pairs]
