"""`recorded` says when an entry was written, and nothing else.

Nobody can write down what has not happened, and nothing can be in a commit before it was written: a
`recorded` before the entry's date or after its commit is a slip, or covers a late entry. So does one that is
set back afterwards. A commit's day is told where it was made, so that a day more is borne with.

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
from functools import partial
from typing import Any

from servplan.analysis.audit.entries import arrived, set_right
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data

CODE = "recorded-untrue"
AMENDABLE = False
WAYS = ("record", "void")


def find(step: Step) -> Sequence[Found]:
    """Return the entries that came, or whose `recorded` was set, with a day that cannot be."""
    came = [Found("log", None, entry) for entry in arrived(step)]
    set_now = [Found("log", old, new) for old, new in step.log.rewritten if _recorded(old) != _recorded(new)]
    return [found for found in (*came, *set_now) if _is_untrue(found.old, step, found.new)]


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the entry has a day by now that can be, or has been voided or removed."""
    del earlier
    said = {key: value for key, value in found.new.items() if key != "recorded"}
    return set_right(step, said, end, partial(_is_untrue, found.old))


def _is_untrue(old: Data | None, step: Step, entry: Data) -> bool:
    """Tell whether an entry's `recorded` cannot be; `old` is the entry as it stood before, if it did."""
    if "recorded" not in entry or "voided" in entry:
        return False
    recorded = _recorded(entry)
    if old and "recorded" in old and _recorded(old) <= step.latest:
        return recorded < _recorded(old)
    return recorded > step.latest or recorded < entry.get("date", recorded)


def _recorded(entry: Data) -> str:
    return str(entry.get("recorded", ""))
