"""Where in a record a merge is, and what stands together there: the merged items of a list, in order."""

from typing import TYPE_CHECKING, NamedTuple

from servplan.merge.days import Clash, with_clashes
from servplan.merge.entry import day_of
from servplan.merge.pairing import Slot, by_item, canon
from servplan.merge.versions import Versions

if TYPE_CHECKING:
    from servplan.files.oracle import Value

LOG = ("log",)
"""The way to a record's log."""


class Place(NamedTuple):
    """Where in a record a merge is: the way there, the record's folder, and whether there was a base at all.

    In an entry of the log, `day` is the entry's. `kept` are the values that one side removed and the other
    only commented, each by the way to it and what it says: whether they go is a person's choice.
    """

    keys: tuple[str, ...]
    folder: str
    has_base: bool
    kept: frozenset[tuple[tuple[str, ...], str | None]] = frozenset()
    is_entry: bool = False
    day: str = ""

    def in_item(self, item: "Value") -> "Place":
        """Return the place of a list's item."""
        return self._replace(is_entry=True, day=day_of(item)) if self.is_log else self

    @property
    def is_log(self) -> bool:
        """Whether this is the log as a whole."""
        return self.keys == LOG and not self.is_entry

    @property
    def counts_twice(self) -> bool:
        """Whether what both sides added alike is two things: two may have made the same visit on one day.

        Without a base both sides have the file from one origin, and what is alike in them is one.
        """
        return self.is_log and self.has_base

    def at(self, name: str) -> "Place":
        """Return the place one key further down."""
        return self._replace(keys=(*self.keys, name))


def items_of(versions: Versions, place: Place) -> list[Slot | Clash] | None:
    """Return the slots of lists; None where both sides moved items, and their order means something."""
    if place.keys[-1:] == ("owners",) and _disagree_on_first(versions):
        return None
    slots = by_item(*versions, join_added=not place.counts_twice, any_order=place.is_log)
    if slots is None:
        return None
    return list(with_clashes(slots, versions, place.folder)) if place.is_log else [*slots]


def _disagree_on_first(versions: Versions) -> bool:
    """Tell whether each side made another owner the first one, who is accountable."""
    first = [canon(side[0]) if side else None for side in versions]
    return len(set(first)) == len(first)
