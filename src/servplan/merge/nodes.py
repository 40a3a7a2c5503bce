"""Three versions of a written list or group in one form, so that the parts of one fit among another's."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from servplan.files.pieces import Node, Part, as_inline, as_line, as_list, moved
from servplan.merge.arrangement import Position, items_of
from servplan.merge.days import Clash
from servplan.merge.pairing import Slot, by_name
from servplan.merge.versions import Lists

Parts = tuple[Part | None, Part | None, Part | None]
"""A pair or item as the base, ours and theirs have it."""


class Nodes(NamedTuple):
    """A list or group that both sides have, and the base perhaps."""

    base: Node | None
    ours: Node
    theirs: Node

    @property
    def main(self) -> Node:
        """The one whose form the merged one has: ours, or theirs where only ours is in brackets."""
        return self.theirs if self.ours.form == "inline" and self.theirs.form == "lines" else self.ours

    @property
    def column(self) -> int | None:
        """The margin at which the merged parts stand; None in brackets."""
        if self.main.form == "inline":
            return None
        having = (node for node in (self.main, self.theirs, self.base) if node and node.parts)
        return next((node.parts[0].column for node in having), 0)

    @property
    def values(self) -> Lists:
        """What the items of a list say."""
        return Lists(*([part.node.data for part in node.parts] if node else [] for node in self))

    def slots(self, position: Position) -> Sequence[Slot | Clash] | None:
        """Return the merged pairs or items, in order; None where both sides moved them."""
        if self.ours.sort == "group":
            return by_name(*([part.name for part in node.parts] if node else [] for node in self))
        return items_of(self.values, position)

    def parts(self, slot: Slot) -> Parts:
        """Return the parts of a slot as they can stand in the merged list or group."""
        base, ours, theirs = (
            self._fitted(node, number) if node is not None and number is not None else None
            for node, number in zip(self, slot, strict=True)
        )
        return base, ours, theirs

    def _fitted(self, node: Node, number: int) -> Part:
        part, column = node.parts[number], self.column
        if column is None:
            return part if node.form == "inline" else as_inline(part)
        return as_line(part, column) if node.form == "inline" else moved(part, column)


def alike(base: Part | None, ours: Part, theirs: Part) -> Nodes | None:
    """Return three nodes that are all lists, or all groups; None where the sides are neither."""
    nodes = [part.node if part and part.node.data is not None else None for part in (base, ours, theirs)]
    if any(node and node.sort == "list" for node in nodes):
        nodes = [node and as_list(node) for node in nodes]
    was, mine, other = nodes
    if mine is None or other is None or mine.sort != other.sort or mine.sort == "text":
        return None
    before = was if was and was.sort == mine.sort else None
    found = Nodes(before, mine, other)
    if not found.main.is_compact:
        return found
    noted = _with_note(before, base.note) if before and base else None
    return Nodes(noted, _with_note(mine, ours.note), _with_note(other, theirs.note))


def _with_note(node: Node, note: str) -> Node:
    """Return a group in brackets with the comment beside it at its first pair, where a compact one has it."""
    if node.form != "inline" or not node.parts:
        return node
    return replace(node, parts=(replace(node.parts[0], note=note), *node.parts[1:]))
