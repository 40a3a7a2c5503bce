"""Three versions of a value: what each of them has, and which one counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from servplan.merge.pairing import Slot, canon

if TYPE_CHECKING:
    from servplan.files.oracle import Value

Side = Literal["ours", "theirs"]
"""One of the two sides that are merged."""
SIDES: tuple[Side, Side] = ("ours", "theirs")

Held = tuple["Value", ...]
"""A value that a version has, or nothing: a key without a value is something."""


def canon_of(held: Held) -> str | None:
    """Return what a held value says; None where there is none."""
    return canon(held[0]) if held else None


def counting(base: object, ours: object, theirs: object) -> Side | None:
    """Return the side whose version counts: the one that changed it. None where both did, and differ."""
    if theirs in (ours, base):
        return "ours"
    return "theirs" if ours == base else None


class Lists(NamedTuple):
    """The items of three versions of a list."""

    base: "Sequence[Value]"
    ours: "Sequence[Value]"
    theirs: "Sequence[Value]"

    def held(self, slot: Slot) -> tuple[Held, Held, Held]:
        """Return what each version has in a slot."""
        base, ours, theirs = (
            () if number is None else (side[number],) for side, number in zip(self, slot, strict=True)
        )
        return base, ours, theirs
