"""Which pairs and items of three versions are the same one, and in which order the merged ones stand.

What a side has beyond the base it added; what it lacks it removed. An item is found again by what it says;
one that was edited, by its name, by what of it is left (as everywhere in the program), or by its place.
"""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from servplan.analysis.likeness import is_named_alike, likeness
from servplan.analysis.succession import find_predecessors

if TYPE_CHECKING:
    from servplan.files.oracle import Value


class Slot(NamedTuple):
    """One pair or item of the merged whole: its number in each version, None where a version has none."""

    base: int | None
    ours: int | None
    theirs: int | None


def canon(value: "Value") -> str:
    """Return what a value says, as a text: `1`, `1.0` and `true` differ, the order of keys does not count.

    A single item may stand without its list.
    """
    alone = value[0] if isinstance(value, list) and len(value) == 1 else value
    return json.dumps(value if isinstance(alone, dict | list) else alone, sort_keys=True)


def by_name(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[Slot]:
    """Return the slots of groups, by key, in ours' order; each new one of theirs after its neighbour."""
    versions = [{name: number for number, name in enumerate(names)} for names in (base, ours, theirs)]

    def slot(name: str) -> Slot:
        return Slot(*(version.get(name) for version in versions))

    return _interleaved([slot(name) for name in ours], [slot(name) for name in theirs])


def by_item(
    base: Sequence["Value"],
    ours: Sequence["Value"],
    theirs: Sequence["Value"],
    join_added: bool = True,
    any_order: bool = False,
) -> list[Slot] | None:
    """Return the slots of lists, in the order of ours, or of theirs if only that side moved items.

    What both sides added is one item where it is equal or bears the same id; without `join_added`, two.
    None where both sides moved items, each in its own way; in `any_order`, they stand as ours do.
    """
    from_ours, from_theirs = paired(base, ours), paired(base, theirs)
    added = _joined(ours, theirs, from_ours, from_theirs) if join_added else {}
    to_ours = {found: number for number, found in enumerate(from_ours) if found is not None}
    to_theirs = {found: number for number, found in enumerate(from_theirs) if found is not None}
    back = {mine: other for other, mine in added.items()}
    of_ours = [
        Slot(found, number, back.get(number) if found is None else to_theirs.get(found))
        for number, found in enumerate(from_ours)
    ]
    of_theirs = [
        Slot(found, added.get(number) if found is None else to_ours.get(found), number)
        for number, found in enumerate(from_theirs)
    ]
    if not _moved(slot.ours for slot in of_theirs):
        return _interleaved(of_ours, of_theirs)
    if not _moved(slot.base for slot in of_ours):
        return _interleaved(of_theirs, of_ours)
    if any_order or not _moved(slot.base for slot in of_theirs):
        return _interleaved(of_ours, of_theirs)
    return None


def _moved(numbers: Iterable[int | None]) -> bool:
    known = [number for number in numbers if number is not None]
    return known != sorted(known)


def _interleaved(main: Sequence[Slot], other: Sequence[Slot]) -> list[Slot]:
    """Return one side's slots with those that only the other has, each after what it follows there.

    Where both sides added something at one place, the main side's comes first.
    """
    placed, known, at = list(main), set(main), 0
    for slot in other:
        if slot in known:
            at = placed.index(slot) + 1
            continue
        while at < len(placed) and placed[at].base is None and None in placed[at][1:]:
            at += 1
        placed.insert(at, slot)
        at += 1
    return placed


def paired(base: Sequence["Value"], side: Sequence["Value"]) -> list[int | None]:
    """Return for each item of a side the number of the base's item that it is, None for an added one."""
    return find_predecessors(base, side, likeness)


def _joined(
    ours: Sequence["Value"],
    theirs: Sequence["Value"],
    from_ours: Sequence[int | None],
    from_theirs: Sequence[int | None],
) -> dict[int, int]:
    """Return the items that both sides added, theirs by number with ours: equal ones, and those of one id."""
    mine = [number for number, found in enumerate(from_ours) if found is None]
    other = [number for number, found in enumerate(from_theirs) if found is None]
    said = {number: canon(ours[number]) for number in mine}
    joined: dict[int, int] = {}
    for number in other:
        value, says = theirs[number], canon(theirs[number])
        for candidate, was_said in said.items():
            if was_said == says or is_named_alike(ours[candidate], value):
                joined[number] = candidate
                del said[candidate]
                break
    return joined
