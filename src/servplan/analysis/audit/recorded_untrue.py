"""`recorded` says when an entry was written, and nothing else.

Nobody can write down what has not happened, and nothing can be in a commit before it was written: a
`recorded` before the entry's date or after its commit is a slip, or covers a late entry.

BEFORE data/activities/besoka-boden.yaml
    title: Besöka Boden

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - {date: 2013-05-02, status: done, recorded: 2013-05-20}

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - {date: 2013-05-02, status: done, recorded: 2013-05-01}
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.entries import arrived, set_right
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data

CODE = "recorded-untrue"
AMENDABLE = False


def find(step: Step) -> Sequence[Found]:
    """Return the entries that came, or whose `recorded` was set, with a day that cannot be."""
    set_now = [new for old, new in step.log.rewritten if old.get("recorded") != new.get("recorded")]
    return [Found("log", None, entry) for entry in (*arrived(step), *set_now) if _is_untrue(step, entry)]


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the entry has a day by now that can be, or has been voided or removed."""
    del earlier
    said = {key: value for key, value in found.new.items() if key != "recorded"}
    return set_right(step, said, end, _is_untrue)


def _is_untrue(step: Step, entry: Data) -> bool:
    recorded, day = entry.get("recorded"), entry.get("date")
    if recorded is None or "voided" in entry:
        return False
    return bool(recorded > step.commit.day.isoformat() or (day and recorded < day))
