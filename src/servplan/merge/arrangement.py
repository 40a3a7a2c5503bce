"""The order in which merged items stand, and which entries of a log cannot both stand in it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from servplan.merge.pairing import Slot, by_item, canon
from servplan.model.contradictions import Said, contradictions

if TYPE_CHECKING:
    from servplan.files.oracle import Value

LOG = ("log",)
"""The way to a record's log."""

Held = tuple["Value", ...]
"""A value that a version has, or nothing: a key without a value is something."""


class Clash(NamedTuple):
    """What both sides have new on one day, where one contradicts the other in some fields.

    All of that day belongs to it: within a day the order counts.
    """

    day: str
    fields: tuple[str, ...]
    slots: tuple[Slot, ...]


class Versions(NamedTuple):
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


def canon_of(held: Held) -> str | None:
    """Return what a held value says; None where there is none."""
    return canon(held[0]) if held else None


def items_of(versions: Versions, place: Place) -> list[Slot | Clash] | None:
    """Return the slots of lists; None where both sides moved items."""
    if place.keys[-1:] == ("owners",) and _disagree_on_first(versions):
        return None
    slots = by_item(*versions, join_added=not place.counts_twice)
    if slots is None:
        return None
    return list(_with_clashes(slots, versions, place.folder)) if place.is_log else [*slots]


def _disagree_on_first(versions: Versions) -> bool:
    """Tell whether each side made another owner the first one, who is accountable."""
    first = [canon(side[0]) if side else None for side in versions]
    return len(set(first)) == len(first)


def is_torn(base: "Value", ours: "Value", theirs: "Value") -> bool:
    """Tell whether one side voided an entry that the other changed: what was voided was another one."""
    sides = [side for side in (ours, theirs) if isinstance(side, dict)]
    voided = ["voided" in side for side in sides]
    return len(sides) == 2 and voided[0] != voided[1] and canon(base) not in map(canon, sides)


def contradictory(log: "Value", folder: str) -> set[tuple[str, str, str, str]]:
    """Return what a log contradicts itself in: the day, the field, and the two things it says."""
    entries = log if isinstance(log, list) else []
    said = list(_said(entries, fields_set_in(folder)))
    return {
        (str(said[one][0]), field, str(said[one][1][field]), str(said[other][1][field]))
        for one, other, field in contradictions(said)
    }


def fields_set_in(folder: str) -> Sequence[str]:
    """Return the fields that entries of a folder's records set from their day on."""
    from servplan.model.kinds import BY_FOLDER  # noqa: PLC0415 (100 ms, only where days meet)
    from servplan.model.record import Entry  # noqa: PLC0415

    return BY_FOLDER[folder].entry.changes if folder in BY_FOLDER else Entry.changes


def _said(entries: "Iterable[Value]", fields: Sequence[str]) -> Iterator[Said]:
    for entry in entries:
        if not isinstance(entry, dict) or entry.get("voided"):
            yield None, {}
        else:
            yield day_of(entry) or None, {field: _listed(entry.get(field)) for field in fields}


def _listed(value: "Value") -> object:
    """Let one owner and a list of one mean the same."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def day_of(entry: "Value") -> str:
    """Return the day from which an entry counts, as it is written; nothing where there is none."""
    return str(entry.get("date") or entry.get("known_by") or "") if isinstance(entry, dict) else ""


def _with_clashes(slots: Sequence[Slot], versions: Versions, folder: str) -> Iterator[Slot | Clash]:
    """Yield the slots; those that contradict each other together, where the first of them stands."""
    clashes = _clashes(slots, versions, folder)
    for slot in slots:
        clash = next((clash for clash in clashes if slot in clash.slots), None)
        if clash is None:
            yield slot
        elif slot == next(item for item in slots if item in clash.slots):
            yield clash


def _clashes(slots: Sequence[Slot], versions: Versions, folder: str) -> list[Clash]:
    """Return the contradictions between what one side alone says and what the other does, one a day."""
    held = [(slot, *versions.held(slot)) for slot in slots]
    ours = [(slot, mine) for slot, base, mine, other in held if _is_news(base, mine, other)]
    theirs = [(slot, other) for slot, base, mine, other in held if _is_news(base, other, mine)]
    days = {day_of(entry) for _slot, (entry,) in ours} & {day_of(entry) for _slot, (entry,) in theirs}
    fields = fields_set_in(folder) if days - {""} else ()
    return [clash for day in sorted(days - {""}) if (clash := _clash(day, (ours, theirs), versions, fields))]


def _is_news(base: Held, side: Held, other: Held) -> bool:
    """Tell whether an entry is one side's own: added by it, or changed by it alone."""
    return bool(side) and canon_of(other) == canon_of(base) != canon_of(side)


def _clash(
    day: str, news: Sequence[Sequence[tuple[Slot, Held]]], versions: Versions, fields: Sequence[str]
) -> Clash | None:
    """Return all that is new on a day, if what is ours of it contradicts what is theirs."""
    ours, theirs = ([(slot, held[0]) for slot, held in side if day_of(held[0]) == day] for side in news)
    named = [
        field
        for one, mine in ours
        for two, other in theirs
        for field in _contradicted(mine, other, fields)
        if not _is_old(one, two, field, versions)
    ]
    slots = tuple(slot for slot, _entry in (*ours, *theirs))
    return Clash(day, tuple(dict.fromkeys(named)), slots) if named else None


def _contradicted(one: "Value", other: "Value", fields: Sequence[str]) -> list[str]:
    return [field for _first, _later, field in contradictions(_said([one, other], fields))]


def _is_old(one: Slot, two: Slot, field: str, versions: Versions) -> bool:
    """Tell whether a side contradicts itself there already."""
    held = zip(versions.held(one)[1:], versions.held(two)[1:], strict=True)
    return any(mine and other and _contradicted(mine[0], other[0], (field,)) for mine, other in held)
