"""The text of three versions merged, piece by piece: ours, with what theirs changed put in.

Values and comments go their own ways: a comment that one side wrote stays beside a value that the other
changed. What both sides changed, each in its own way, becomes a choice between two texts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from servplan.files.pieces import Node, Part, Sheet, UnevenError, as_inline, as_line, as_list, lines, moved
from servplan.merge.arrangement import Clash, Held, Place, Versions, is_torn, items_of
from servplan.merge.meaning import SIDES, Side
from servplan.merge.pairing import Slot, by_item, by_name, canon

REMARK = "#"
"""The last step on the way to a comment."""


class Conflict(NamedTuple):
    """What both sides said differently: the way to the field, the entry's day, and what each side says.

    A side that says nothing removed it. Where one side removed what the other only commented, `kept` is the
    way to the value, and what it says.
    """

    keys: tuple[str, ...]
    day: str
    ours: Held
    theirs: Held
    kept: tuple[tuple[str, ...], str | None] | None = None


class Choice(NamedTuple):
    """Lines of which a person has to choose: ours, theirs, or some of both."""

    ours: str
    theirs: str
    conflicts: tuple[Conflict, ...]


Segment = str | Choice
Maybe = Part | None
Nodes = tuple[Node | None, Node, Node]


def merged_segments(base: Sheet, ours: Sheet, theirs: Sheet, place: Place) -> list[Segment]:
    """Return the merged text: pieces in order, with a choice where somebody has to choose.

    Raises:
        UnevenError: if the pieces do not go together.
    """
    merged = _lines((base.node, ours.node, theirs.node), place)
    return [*(merged or ()), _lead(base.foot, ours.foot, theirs.foot)]


def taken(segments: Iterable[Segment], side: Side) -> str:
    """Return the text with one side of every choice."""
    return "".join(item if isinstance(item, str) else getattr(item, side) for item in segments)


def _as_one(segments: Sequence[Segment]) -> Segment:
    """Return segments as one: what stands on one line, or in one entry, is chosen as a whole."""
    conflicts = tuple(one for item in segments if isinstance(item, Choice) for one in item.conflicts)
    ours = taken(segments, "ours")
    return Choice(ours, taken(segments, "theirs"), conflicts) if conflicts else ours


def _lines(nodes: Nodes, place: Place) -> list[Segment] | None:
    """Return the merged lines of a list or group; None where both sides moved its items.

    They stand as ours do, or as theirs where ours are in brackets.
    """
    column = _main(nodes).parts[0].column
    slots = _slots(nodes, place)
    if slots is None:
        return None
    merged: list[Segment] = []
    for slot in slots:
        if isinstance(slot, Clash):
            merged.append(_clash([_parts(nodes, one, column) for one in slot.slots], slot, place))
        else:
            merged += _unit(_parts(nodes, slot, column), place)
    return merged


def _main(nodes: Nodes) -> Node:
    """Return the node whose form the merged one has."""
    _base, ours, theirs = nodes
    return theirs if ours.form == "inline" and theirs.form == "lines" else ours


def _slots(nodes: Nodes, place: Place) -> Sequence[Slot | Clash] | None:
    if nodes[1].sort == "group":
        return by_name(*([part.name for part in node.parts] if node else [] for node in nodes))
    values = ([part.node.data for part in node.parts] if node else [] for node in nodes)
    return items_of(Versions(*values), place)


def _parts(nodes: Nodes, slot: Slot, column: int | None) -> tuple[Maybe, Maybe, Maybe]:
    """Return the parts of a slot as they stand in lines at a margin; without one, in brackets."""
    base, ours, theirs = (
        _fitted(node, number, column) if node is not None and number is not None else None
        for node, number in zip(nodes, slot, strict=True)
    )
    return base, ours, theirs


def _fitted(node: Node, number: int, column: int | None) -> Part:
    part = node.parts[number]
    if column is None:
        return part if node.form == "inline" else as_inline(part)
    return as_line(part, column) if node.form == "inline" else moved(part, column)


def _unit(parts: tuple[Maybe, Maybe, Maybe], place: Place) -> list[Segment]:
    """Return the merged lines of one pair or item with what leads to it."""
    base, ours, theirs = parts
    lead = _lead(*(part.lead if part else "" for part in parts))
    if ours and theirs:
        inside = _place_in(place, ours)
        segments = _part(base, ours, theirs, inside)
        return [lead, *(segments if ours.name else [_as_one(segments)])]
    side = ours or theirs
    if side is None or (base and _is_same(base, side)):
        return [lead]
    if base is None:
        return [side.lead + lines(side)]
    conflict = _removal(_place_in(place, side), base, ours, theirs)
    texts = [part.lead + lines(part) if part else "" for part in (ours, theirs)]
    return [Choice(texts[0], texts[1], (conflict,))]


def _place_in(place: Place, part: Part) -> Place:
    return place.at(part.name) if part.name else place.in_item(part.node.data)


def _conflict(place: Place, ours: Maybe, theirs: Maybe) -> Conflict:
    mine, other = ((part.node.data,) if part else () for part in (ours, theirs))
    return Conflict(place.keys, place.day, mine, other)


def _removal(place: Place, base: Part, ours: Maybe, theirs: Maybe) -> Conflict:
    """Return the conflict about what one side removed, and the other changed or commented."""
    side = ours or theirs
    if side is None or canon(base.node.data) != canon(side.node.data):
        return _conflict(place, ours, theirs)
    said: Held = (" ".join(remark for remark in side.remarks if remark not in base.remarks),)
    kept = (place.keys, canon(base.node.data))
    return Conflict((*place.keys, REMARK), place.day, said if ours else (), said if theirs else (), kept)


def _clash(found: Sequence[tuple[Maybe, Maybe, Maybe]], clash: Clash, place: Place) -> Choice:
    """Return the choice between entries of one day that contradict each other."""
    sides = [[parts[number] for parts in found] for number in (1, 2)]
    ours, theirs = ("".join(part.lead + lines(part) for part in side if part) for side in sides)
    conflicts = []
    for field in clash.fields:
        mine, other = (_said_of(field, side) for side in sides)
        conflicts.append(Conflict((*place.keys, field), clash.day, mine, other))
    return Choice(ours, theirs, tuple(conflicts))


def _said_of(field: str, side: Sequence[Maybe]) -> Held:
    entries = [part.node.data for part in side if part]
    return tuple(entry[field] for entry in entries if isinstance(entry, dict) and field in entry)[:1]


def _part(base: Maybe, ours: Part, theirs: Part, place: Place) -> list[Segment]:
    """Return the merged lines of one pair or item that both sides have."""
    if (base and _is_same(base, theirs)) or (_is_same(ours, theirs) and not place.counts_twice):
        return [lines(ours)]
    if base and _is_same(base, ours) and (ours.node.form == "inline" or lines(base) == lines(ours)):
        return [lines(theirs)]
    return _collection(base, ours, theirs, place) or [_text(base, ours, theirs, place)]


def _is_same(one: Part, other: Part) -> bool:
    """Tell whether two parts say the same and have the same comments, however they are written."""
    return canon(one.node.data) == canon(other.node.data) and one.remarks == other.remarks


def _text(base: Maybe, ours: Part, theirs: Part, place: Place) -> Segment:
    """Return a value that is taken as a whole: that of the side that changed it, or a choice."""
    was, mine, other = (part and canon(part.node.data) for part in (base, ours, theirs))
    one, two = (ours, ours) if other in (mine, was) else (theirs, theirs) if mine == was else (ours, theirs)
    notes = _notes(base, ours, theirs)
    texts = [lines(replace(part, note=note)) for part, note in zip((one, two), notes, strict=True)]
    conflicts = _note_conflicts(notes, place)
    if one is not two:
        conflicts = (_conflict(place, one, two), *conflicts)
    return Choice(texts[0], texts[1], conflicts) if conflicts else texts[0]


def _notes(base: Maybe, ours: Part, theirs: Part) -> tuple[str, str]:
    """Return the comment on the first line, for each side: one where not both changed it."""
    was, mine, other = (part.note.strip() if part else "" for part in (base, ours, theirs))
    if other in (mine, was):
        return ours.note, ours.note
    return (theirs.note, theirs.note) if mine == was else (ours.note, theirs.note)


def _note_conflicts(notes: tuple[str, str], place: Place) -> tuple[Conflict, ...]:
    ours, theirs = ((note.strip(),) if note.strip() else () for note in notes)
    return (Conflict((*place.keys, REMARK), place.day, ours, theirs),) if ours != theirs else ()


def _collection(base: Maybe, ours: Part, theirs: Part, place: Place) -> list[Segment]:
    """Return lists or groups that both sides changed, merged; nothing where they are taken as a whole."""
    nodes = _alike(base, ours, theirs)
    if nodes is None or (place.is_entry and _is_torn(base, ours, theirs)):
        return []
    main = _main(nodes)
    part = replace(ours if main is nodes[1] else theirs, node=main)
    notes = _notes(base, ours, theirs)
    head = " " * part.column + part.head
    if main.form == "inline":
        inside = _brackets(nodes, place)
        return [_as_one([_spaced(head), *inside, _note(notes, place)])] if inside else []
    below = _lines(nodes, place)
    if below is None:
        return []
    if not all(taken(below, side) for side in SIDES):
        return [_emptied(head, "[]" if main.sort == "list" else "{}", _note(notes, place), below)]
    if main.is_compact:
        return [_behind(head, _as_one(below))]
    return [_as_one([head, _note(notes, place)]), *below]


def _emptied(head: str, nothing: str, note: Segment, below: Sequence[Segment]) -> Segment:
    """Return a list or group of which a side leaves nothing, as a whole."""
    texts = []
    for side in SIDES:
        inside, end = taken(below, side), taken([note], side)
        texts.append(f"{head}{end}{inside}" if inside else f"{_spaced(head)}{nothing}{end}")
    conflicts = [one for item in (note, *below) if isinstance(item, Choice) for one in item.conflicts]
    return Choice(texts[0], texts[1], tuple(conflicts)) if conflicts else texts[0]


def _note(notes: tuple[str, str], place: Place) -> Segment:
    """Return the end of a first line."""
    conflicts = _note_conflicts(notes, place)
    return Choice(f"{notes[0]}\n", f"{notes[1]}\n", conflicts) if conflicts else f"{notes[0]}\n"


def _spaced(head: str) -> str:
    """Return a key or dash with the space that its value needs."""
    return f"{head} " if head.endswith((":", "-")) else head


def _behind(head: str, below: Segment) -> Segment:
    """Return lines of which the first stands behind a dash."""
    if isinstance(below, Choice):
        return Choice(_put_before(head, below.ours), _put_before(head, below.theirs), below.conflicts)
    return _put_before(head, below)


def _put_before(head: str, below: str) -> str:
    if below[: len(head)].strip(" "):
        raise UnevenError
    return head + below[len(head) :]


def _alike(base: Maybe, ours: Part, theirs: Part) -> Nodes | None:
    """Return three nodes that are all lists, or all groups; None where the sides are neither."""
    nodes = [part.node if part and part.node.data is not None else None for part in (base, ours, theirs)]
    if any(node and node.sort == "list" for node in nodes):
        nodes = [node and as_list(node) for node in nodes]
    was, mine, other = nodes
    if mine is None or other is None or mine.sort != other.sort or mine.sort == "text":
        return None
    return (was if was and was.sort == mine.sort else None), mine, other


def _is_torn(base: Maybe, ours: Part, theirs: Part) -> bool:
    return is_torn(base.node.data if base else None, ours.node.data, theirs.node.data)


def _brackets(nodes: Nodes, place: Place) -> list[Segment]:
    """Return lists or groups in brackets, merged; nothing where both sides moved the items."""
    slots = _slots(nodes, place)
    if slots is None:
        return []
    units = [unit for slot in slots for unit in _bracket_units(nodes, slot, place)]
    ours, theirs = (
        _bracketed(nodes[1], [(gap, written) for gap, unit in units if (written := taken([unit], side))])
        for side in SIDES
    )
    conflicts = tuple(one for _gap, unit in units if isinstance(unit, Choice) for one in unit.conflicts)
    return [Choice(ours, theirs, conflicts) if conflicts else ours]


def _bracket_units(nodes: Nodes, slot: Slot | Clash, place: Place) -> list[tuple[str, Segment]]:
    """Return the items of a slot, each with what parts it from the one before in ours."""
    if isinstance(slot, Slot):
        gap = "" if slot.ours is None else nodes[1].parts[slot.ours].lead
        return [(gap, _as_one(_unit(_bare(_parts(nodes, slot, None)), place)))]
    found = [_bare(_parts(nodes, one, None)) for one in slot.slots]
    conflicts = _clash(found, slot, place).conflicts
    sides = ([lines(part) if part else "" for part in parts] for parts in found)
    return [
        ("", Choice(ours, theirs, conflicts if not number else ()))
        for number, (_was, ours, theirs) in enumerate(sides)
    ]


def _bare(parts: tuple[Maybe, Maybe, Maybe]) -> tuple[Maybe, Maybe, Maybe]:
    base, ours, theirs = (part and replace(part, lead="") for part in parts)
    return base, ours, theirs


def _bracketed(node: Node, items: Sequence[tuple[str, str]]) -> str:
    """Return items in brackets, parted as those of a node are."""
    usual = next((part.lead for part in node.parts[1:] if REMARK not in part.lead), ", ")
    parted = (
        (gap or usual if number else "") + text.removesuffix("\n") for number, (gap, text) in enumerate(items)
    )
    return node.edges[0] + "".join(parted) + node.edges[1]


def _lead(base: str, ours: str, theirs: str) -> str:
    """Return the blank lines and comments before a part: with what a side added, without what it removed."""
    if theirs in {ours, base}:
        return ours
    if base == ours:
        return theirs
    versions = [text.splitlines(keepends=True) for text in (base, ours, theirs)]
    was, mine, other = ([line.strip() for line in version] for version in versions)
    slots = by_item(was, mine, other)
    if slots is None:
        return ours + "".join(line for line in versions[2] if line.strip() not in (*was, *mine))
    return "".join(_remark(slot, versions) for slot in slots)


def _remark(slot: Slot, versions: Sequence[Sequence[str]]) -> str:
    """Return a line of a slot: the side's that changed it; both, where both did."""
    base, ours, theirs = (
        "" if number is None else version[number] for version, number in zip(versions, slot, strict=True)
    )
    was, mine, other = base.strip(), ours.strip(), theirs.strip()
    if other in (mine, was):
        return ours
    return theirs if mine == was else ours + theirs
