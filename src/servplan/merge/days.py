"""Entries of one day that cannot all count: a person has to choose between them.

Entries of one day apply in the order of the file, so that of two that set a field differently the last one
counts. Which one that is has to be said by a side, not by a merge.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from servplan.analysis.ledger import day_of
from servplan.merge.entry import merged_entry
from servplan.merge.pairing import Slot
from servplan.merge.versions import SIDES, Held, Lists, Side, canon_of, counting

if TYPE_CHECKING:
    from servplan.files.oracle import Value

Saying = tuple[str, str]
"""A day, and the field that an entry sets from then on."""
Sayings = Mapping[Saying, object]
"""What an entry sets; nothing if it does not count."""


class Clash(NamedTuple):
    """Entries that set fields differently on one day, where no side has said so itself.

    Entries that set the same fields on that day belong to them, whosever they are: their order counts.
    """

    contested: tuple[Saying, ...]
    slots: tuple[Slot, ...]

    def of(self, side: Side) -> list[Slot]:
        """Return the slots that a side has, in its own order."""
        held = (slot for slot in self.slots if getattr(slot, side) is not None)
        return sorted(held, key=lambda slot: int(getattr(slot, side)))

    def values(self, versions: Lists, side: Side) -> "list[Value]":
        """Return the entries that a side has, in its own order."""
        return [getattr(versions, side)[getattr(slot, side)] for slot in self.of(side)]


def last_said(entries: "Sequence[Value]", day: str, field: str) -> Held:
    """Return what the last of some entries of a day says of a field."""
    said = [entry for entry in entries if isinstance(entry, dict) and day_of(entry) == day]
    return tuple(entry[field] for entry in said if field in entry)[-1:]


def contradictory(log: "Value", folder: str) -> set[tuple[Saying, str, str]]:
    """Return what a log contradicts itself in: the day and the field, and the two things it says, in order.

    Each pair counts, not the first entry's with each later one: the first may have gone to another day.
    """
    fields = fields_set_in(folder)
    values: dict[Saying, list[object]] = defaultdict(list)
    for entry in log if isinstance(log, list) else []:
        for saying, value in _sayings(entry, fields).items():
            values[saying].append(value)
    return {
        (saying, str(one), str(later))
        for saying, said in values.items()
        for one, later in combinations(said, 2)
        if one != later
    }


def fields_set_in(folder: str) -> Sequence[str]:
    """Return the fields that entries of a folder's records set from their day on."""
    from servplan.model.kinds import BY_FOLDER  # noqa: PLC0415 (100 ms, only where days meet)
    from servplan.model.record import Entry  # noqa: PLC0415

    return BY_FOLDER[folder].entry.changes if folder in BY_FOLDER else Entry.changes


def _sayings(entry: "Value", fields: Iterable[str]) -> Sayings:
    if not isinstance(entry, dict) or entry.get("voided"):
        return {}
    day = day_of(entry)
    said = {field: _listed(entry.get(field)) for field in fields}
    return {(day, field): value for field, value in said.items() if day and value is not None}


def _listed(value: "Value") -> object:
    """Let one owner and a list of one mean the same."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def with_clashes(slots: Sequence[Slot], versions: Lists, folder: str) -> Iterator[Slot | Clash]:
    """Yield the slots of a log; those that are one choice together, where the first of them stands."""
    clashes = {clash.slots[0]: clash for clash in _clashes(slots, versions, folder)}
    within = {slot for clash in clashes.values() for slot in clash.slots}
    for slot in slots:
        if slot in clashes:
            yield clashes[slot]
        elif slot not in within:
            yield slot


def _clashes(slots: Sequence[Slot], versions: Lists, folder: str) -> list[Clash]:
    """Return the choices of a log: entries that are contested, with those whose order counts beside them."""
    meeting = _meeting(slots, versions)
    if not meeting:
        return []
    fields = fields_set_in(folder)
    placed = [_placed(slot, versions, fields) for slot in meeting]
    clashes = []
    for members, contested in _connected(group for side in SIDES for group in _groups(placed, side)):
        if contested:
            found = [meeting[number] for number in sorted(members)]
            clashes.append(Clash(tuple(dict.fromkeys(contested)), _without_common_start(found, versions)))
    return clashes


def _meeting(slots: Sequence[Slot], versions: Lists) -> list[Slot]:
    """Return the entries that may come to stand on a day with others."""
    days = [{day_of(held[0]) for held in versions.held(slot)[1:] if held} for slot in slots]
    often = Counter(day for found in days for day in found)
    return [slot for slot, found in zip(slots, days, strict=True) if any(often[day] > 1 for day in found)]


class _Placed(NamedTuple):
    """What an entry sets: as each side has it, and as the merged log may have it.

    It may have either side of what the entry itself is a conflict about.
    """

    slot: Slot
    said: tuple[Sayings, Sayings]
    merged: Mapping[Side, Sayings]


def _placed(slot: Slot, versions: Lists, fields: Sequence[str]) -> _Placed:
    base, ours, theirs = versions.held(slot)
    said = (_sayings(ours[0] if ours else None, fields), _sayings(theirs[0] if theirs else None, fields))
    merged = {side: _sayings(merged_entry(base, ours, theirs, side), fields) for side in SIDES}
    return _Placed(slot, said, merged)


Group = tuple[set[int], list[Saying]]
"""Entries, by number, whose order counts, and what of it no side has said."""


def _groups(placed: Sequence[_Placed], side: Side) -> Iterator[Group]:
    """Yield the entries that set one field on one day, where not all set it alike."""
    setting: dict[Saying, list[int]] = defaultdict(list)
    for number, entry in enumerate(placed):
        for saying in entry.merged[side]:
            setting[saying].append(number)
    for saying, numbers in setting.items():
        pairs = [(placed[one], placed[later]) for one, later in combinations(numbers, 2)]
        unlike = [
            (one, later) for one, later in pairs if one.merged[side][saying] != later.merged[side][saying]
        ]
        if unlike:
            contested = not all(_is_settled(one, later, saying, side) for one, later in unlike)
            yield set(numbers), [saying] if contested else []


def _is_settled(one: _Placed, later: _Placed, saying: Saying, side: Side) -> bool:
    """Tell whether a side by itself says what two entries say together, and in this order."""
    wanted = [one.merged[side][saying], later.merged[side][saying]]
    is_said = any(
        [mine.get(saying), other.get(saying)] == wanted
        for mine, other in zip(one.said, later.said, strict=True)
    )
    return is_said and not _is_turned(one.slot, later.slot)


def _is_turned(one: Slot, later: Slot) -> bool:
    """Tell whether two entries should stand the other way round, by the side that decides on it."""
    was, mine, other = (_order(*numbers) for numbers in zip(one, later, strict=True))
    return {"ours": mine, "theirs": other, None: None}[counting(was, mine, other)] is False


def _order(one: int | None, later: int | None) -> bool | None:
    return None if one is None or later is None else one < later


def _connected(groups: Iterable[Group]) -> list[Group]:
    """Return groups, those that have an entry in common as one."""
    connected: list[Group] = []
    for members, contested in groups:
        touching = [group for group in connected if group[0] & members]
        connected = [group for group in connected if not group[0] & members]
        together = members.union(*(group[0] for group in touching))
        connected.append((together, [saying for group in touching for saying in group[1]] + contested))
    return connected


def _without_common_start(slots: Sequence[Slot], versions: Lists) -> tuple[Slot, ...]:
    """Return the slots of a choice without those that both sides have alike, before all the others."""
    for number, slot in enumerate(slots):
        _base, ours, theirs = versions.held(slot)
        is_first = all(_stands_before(slot, other, side) for other in slots[number + 1 :] for side in SIDES)
        if not ours or canon_of(ours) != canon_of(theirs) or not is_first:
            return tuple(slots[number:])
    return ()


def _stands_before(slot: Slot, other: Slot, side: Side) -> bool:
    return _order(getattr(slot, side), getattr(other, side)) is not False
