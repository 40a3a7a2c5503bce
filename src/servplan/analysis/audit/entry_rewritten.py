"""An entry that was written keeps what it reported.

The log is a ledger: what was reported, its day and who reported it stay. What was wrong is voided, with a
reason, and the right thing gets an entry of its own. An entry may be completed (evidence, a reason,
`recorded`, `voided`), and a slip in its note may be corrected; of an entry that is nothing but a note, the
note is what was reported. What was made of it, if it is kept beside it, is an entry that came with that.

BEFORE data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - {date: 2013-05-20, status: done}

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - {date: 2013-05-20, status: done, voided: {date: 2013-05-22, reason: Fel aktivitet}}
      - {date: 2013-05-20, status: in_progress, recorded: 2013-05-22}

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - {date: 2013-05-20, status: in_progress}
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.entries import living_on, rewritten
from servplan.analysis.audit.entry_late import is_late
from servplan.analysis.audit.fields import BACK
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data
from servplan.analysis.found import without

CODE = "entry-rewritten"
AMENDABLE = False
WAYS = ("put-back", "void-then")


def find(step: Step) -> Sequence[Found]:
    """Return the entries whose facts were changed."""
    return [Found("log", old, new) for old, new in rewritten(step)]


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the entry stands again, or is voided, and what was made of it would not be late."""
    log = end.get("log", [])
    there = living_on(step, earlier, log)
    if len(there) < len(living_on(step, earlier, step.before["log"])):
        return None
    made = living_on(step, [found.new], without(log, there)) if found.new else []
    if any(is_late(step, entry) for entry in made):
        return None
    return "voided" if any("voided" in entry for entry in there) else BACK
