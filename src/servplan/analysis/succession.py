"""Which items of a list are found again in a later version of it: as they were, or rewritten."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Likeness = Callable[[Item, Item, bool], float]
"""How surely a later item is an earlier one that was rewritten; 0: it is another one. The last argument tells
whether it stands in the same place, between the same items that stayed."""


def find_predecessors(old: Sequence[Item], new: Sequence[Item], likeness: Likeness[Item]) -> list[int | None]:
    """Return for each new item the number of the old one that it is; None for one that came.

    Equal items are the same one; of the others those that are most alike, in the same place before elsewhere.
    """
    found, left = _find_equal(old, new)
    gaps = _gaps(left)
    likely = [
        (-alike, gap != came_after, one, other)
        for other, came_after in _came(found)
        for one, gap in gaps.items()
        if (alike := likeness(old[one], new[other], gap == came_after)) > 0
    ]
    gone = set(left)
    for _alike, _elsewhere, one, other in sorted(likely):
        if found[other] is None and one in gone:
            found[other] = one
            gone.remove(one)
    return found


def _find_equal(old: Sequence[Item], new: Sequence[Item]) -> tuple[list[int | None], list[int]]:
    """Return the number of the old item that each new one equals, and those of the old ones that are left."""
    left, found = list(range(len(old))), []
    for item in new:
        same = next((number for number in left if old[number] == item), None)
        if same is not None:
            left.remove(same)
        found.append(same)
    return found, left


def _gaps(left: Sequence[int]) -> dict[int, int]:
    """Return for each old item that is left, in their order, the one before it that is not; -1 for none."""
    gaps: dict[int, int] = {}
    for number in left:
        gaps[number] = gaps.get(number - 1, number - 1)
    return gaps


def _came(found: Sequence[int | None]) -> list[tuple[int, int]]:
    """Return each new item that was not found, with the old one that stands before it; -1 for none."""
    came, before = [], -1
    for number, old in enumerate(found):
        if old is None:
            came.append((number, before))
        else:
            before = old
    return came
