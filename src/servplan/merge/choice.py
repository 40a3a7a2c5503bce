"""What a merge leaves to a person: lines to choose between, and the fields that they are about."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from servplan.merge.versions import Held, Side

REMARK = "#"
"""The last step on the way to a comment."""


class Conflict(NamedTuple):
    """What both sides said differently: the way to the field, the entry's day, and what each side says.

    A side that says nothing removed it, if it `was_there` before. Where one side removed what the other only
    commented, `kept` is the way to the value, and what it says.
    """

    keys: tuple[str, ...]
    day: str
    ours: Held
    theirs: Held
    kept: tuple[tuple[str, ...], str | None] | None = None
    was_there: bool = True


class Choice(NamedTuple):
    """Lines of which a person has to choose: ours, theirs, or some of both."""

    ours: str
    theirs: str
    conflicts: tuple[Conflict, ...]


Segment = str | Choice
"""A piece of a merged text."""


def chosen(ours: str, theirs: str, conflicts: Iterable[Conflict]) -> Segment:
    """Return a piece that is a choice if there is a conflict in it; else both sides are the same."""
    found = tuple(conflicts)
    return Choice(ours, theirs, found) if found else ours


def taken(segments: Iterable[Segment], side: Side) -> str:
    """Return the text with one side of every choice."""
    return "".join(item if isinstance(item, str) else getattr(item, side) for item in segments)


def conflicts_in(segments: Iterable[Segment]) -> tuple[Conflict, ...]:
    """Return the conflicts of all choices, in order."""
    return tuple(one for item in segments if isinstance(item, Choice) for one in item.conflicts)


def as_one(segments: Sequence[Segment]) -> Segment:
    """Return segments as one: what stands on one line, or in one entry, is chosen as a whole."""
    return chosen(taken(segments, "ours"), taken(segments, "theirs"), conflicts_in(segments))
