"""What may lawfully happen to an entry once it is written.

The facts of an entry are what was reported, on which day and by whom: they stay. What explains it may be
completed (`Entry.completions`), and a slip in its words may be corrected (`Entry.remarks`), as long as it
says anything besides: of an entry that is nothing but a note, the note is the fact. `recorded` may be set
right; what it then says is judged by rules of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from servplan.analysis.audit.step import Step
from servplan.analysis.diff import Data
from servplan.analysis.found import without
from servplan.analysis.ledger import DAYS
from servplan.model.record import Entry

FRAME = (*DAYS, "visibility")
"""What frames an entry and says nothing of what happened."""


def is_completion(kind: type[Entry], old: Data, new: Data) -> bool:
    """Tell whether an entry says all that it said, and at most explains it further."""
    return not changed_facts(kind, old, new)


def changed_facts(kind: type[Entry], old: Data, new: Data) -> list[str]:
    """Return the keys of an entry that changed otherwise than by completing or correcting it."""
    says_more = any(key not in kind.completions and key not in FRAME for key in old)
    correctable = {"recorded", *(kind.remarks if says_more else ())}
    return [key for key in dict.fromkeys((*old, *new)) if not _is_lawful(kind, key, old, new, correctable)]


def _is_lawful(kind: type[Entry], key: str, old: Data, new: Data, correctable: set[str]) -> bool:
    if old.get(key) == new.get(key):
        return True
    if key not in old:
        return key in kind.completions
    if key == "evidence":
        return set(old[key]) <= set(new.get(key, ()))
    return key in correctable and key in new


def rewritten(step: Step) -> Iterator[tuple[Data, Data]]:
    """Yield the entries whose facts a commit changed, before and after."""
    for old, new in step.log.rewritten:
        if not is_completion(step.entry, old, new):
            yield old, new


def arrived(step: Step) -> Iterator[Data]:
    """Yield the entries that a commit brought, without those that only came back."""
    for entry in step.log.added:
        if not _came_back(step, entry):
            yield entry


def _came_back(step: Step, entry: Data) -> bool:
    """Tell whether an entry was there before, and at most has been completed."""
    return any(is_completion(step.entry, old, entry) for old in step.gone)


def living_on(step: Step, wanted: Sequence[Data], log: Sequence[Data]) -> list[Data]:
    """Return the entries of a log in which one of some entries lives on, completed or as it was."""
    kind = step.entry
    return [entry for entry in log if any(is_completion(kind, old, entry) for old in wanted)]


def set_right(
    step: Step, said: Data, end: Data, is_wrong: Callable[[Step, Data], bool]
) -> Literal["back", "voided", "recorded"] | None:
    """Return how an entry that came with a wrong day is right at last: it is gone, voided, or says when."""
    before = living_on(step, [said], step.before.get("log", []))
    there = without(living_on(step, [said], end.get("log", [])), before)
    if any(is_wrong(step, entry) for entry in there):
        return None
    if not there:
        return "back"
    return "voided" if all("voided" in entry for entry in there) else "recorded"
