"""Where in a record a merge is, and what stands together there: the merged items of a list, in order."""

from typing import TYPE_CHECKING, NamedTuple

from servplan.analysis.ledger import day_of
from servplan.merge.days import Clash, with_clashes
from servplan.merge.pairing import Slot, by_item, canon
from servplan.merge.versions import Lists

if TYPE_CHECKING:
    from servplan.files.oracle import Value

LOG = ("log",)
"""The way to a record's log."""
BY_KEY = frozenset({"terms", "visibility", "checks", "labels"})
"""Groups of the plan's header in which each key stands for itself: a term, a kind, a rule, a code."""


class Position(NamedTuple):
    """Where in a record a merge is: the way there, the record's folder, and whether there was a base at all.

    A list's item `is_item`, an entry of the log `is_entry` too, with its `day`. `kept` are the values that
    one side removed and the other only commented, each by the way to it and what it says: whether they go is
    a person's choice.
    """

    keys: tuple[str, ...]
    folder: str
    has_base: bool
    kept: frozenset[tuple[tuple[str, ...], str | None]] = frozenset()
    is_entry: bool = False
    day: str = ""
    is_item: bool = False

    def in_item(self, item: "Value") -> "Position":
        """Return the position of a list's item."""
        position = self._replace(is_item=True)
        return position._replace(is_entry=True, day=day_of(item)) if self.is_log else position

    @property
    def is_log(self) -> bool:
        """Whether this is the log as a whole."""
        return self.keys == LOG and not self.is_entry

    @property
    def is_one_value(self) -> bool:
        """Whether a group here is one value: of a period or a decision, a half of each side's makes a third.

        Entries of the log, and rows that a file is made of, are not: they are completed field by field.
        """
        if self.is_item:
            return bool(self.keys) and not self.is_entry
        return bool(self.keys) and self.keys[-1] not in BY_KEY

    @property
    def is_in_any_order(self) -> bool:
        """Whether the order of a list means nothing: of a log, and of the rows that a file is made of."""
        return self.is_log or not self.keys

    @property
    def counts_twice(self) -> bool:
        """Whether what both sides added alike is two things: two may have made the same visit on one day.

        Without a base both sides have the file from one origin, and what is alike in them is one.
        """
        return self.is_log and self.has_base

    def at(self, name: str) -> "Position":
        """Return the position one key further down."""
        return self._replace(keys=(*self.keys, name), is_item=False)


def items_of(versions: Lists, position: Position) -> list[Slot | Clash] | None:
    """Return the slots of lists; None where both sides moved items, and their order means something."""
    if position.keys[-1:] == ("owners",) and _disagree_on_first(versions):
        return None
    slots = by_item(*versions, join_added=not position.counts_twice, any_order=position.is_in_any_order)
    if slots is None:
        return None
    return list(with_clashes(slots, versions, position.folder)) if position.is_log else [*slots]


def _disagree_on_first(versions: Lists) -> bool:
    """Tell whether each side made another owner the first one, who is accountable."""
    first = [canon(side[0]) if side else None for side in versions]
    return len(set(first)) == len(first)
