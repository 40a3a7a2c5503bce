"""A due date that was promised is moved by the log, not in the record.

The record keeps the original promise; an entry with `due` and a reason moves it, so that postponements are
counted. A promise that is edited where it stands is a postponement that no report shows. Where the date was
wrong from the start, an entry with `amends: [due]` and a `reason` says so. A date that was added where there
was none is no finding.

BEFORE data/activities/besoka-boden.yaml
    title: Besöka Boden
    due: 2013-06-30

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    due: 2013-06-30
    log:
      - {date: 2013-05-20, due: 2013-12-31, reason: Värdkommunen bad om det}

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    due: 2013-12-31
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.fields import is_back, moved_promises
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data

CODE = "due-moved"
AMENDABLE = True
WAYS = ("write", "postpone")


def find(step: Step) -> Sequence[Found]:
    """Return the due date that was changed or taken away."""
    return moved_promises(step, CODE)


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the promise stands again."""
    del step
    return is_back(found, end, earlier)
