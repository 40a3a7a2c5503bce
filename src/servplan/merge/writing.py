"""The text of three versions merged, piece by piece: ours, with what theirs changed put in.

Values and comments go their own ways: a comment that one side wrote stays beside a value that the other
changed. What both sides changed, each in its own way, becomes a choice between two texts.
"""

from dataclasses import replace

from servplan.files.pieces import Part, Sheet, lines
from servplan.merge.arrangement import Position
from servplan.merge.choice import REMARK, Choice, Conflict, Segment, as_one, chosen, conflicts_in, taken
from servplan.merge.days import Clash, last_said
from servplan.merge.entry import is_torn
from servplan.merge.form import behind, bracketed, emptied, spaced
from servplan.merge.nodes import Nodes, Parts, alike
from servplan.merge.pairing import Slot, canon
from servplan.merge.remarks import common_head, line_end, merged_lead, merged_notes, note_conflicts
from servplan.merge.versions import SIDES, Held, Side, counting


def merged_segments(base: Sheet, ours: Sheet, theirs: Sheet, position: Position) -> list[Segment]:
    """Return the merged text: pieces in order, with a choice where somebody has to choose.

    Raises:
        UnevenError: if the pieces do not go together.
    """
    head = common_head(base, ours, theirs)
    base, ours, theirs = (one.below(head) for one in (base, ours, theirs))
    merged = _lines(Nodes(base.node, ours.node, theirs.node), position)
    return [head, *(merged or ()), merged_lead(base.foot, ours.foot, theirs.foot)]


def _lines(nodes: Nodes, position: Position) -> list[Segment] | None:
    """Return the merged lines of a list or group; None where both sides moved its items."""
    slots = nodes.slots(position)
    if slots is None:
        return None
    merged: list[Segment] = []
    for slot in slots:
        if isinstance(slot, Clash):
            merged.append(_clash(nodes, slot, position))
        else:
            merged += _unit(nodes.parts(slot), position)
    return merged


def _unit(parts: Parts, position: Position) -> list[Segment]:
    """Return the merged lines of one pair or item with what leads to it."""
    base, ours, theirs = parts
    lead = merged_lead(*(part.lead if part else "" for part in parts))
    if ours and theirs:
        inside = _position_in(position, base or ours)
        segments = _part(base, ours, theirs, inside)
        return [lead, *(segments if ours.name else [as_one(segments)])]
    side = ours or theirs
    if side is None or (base and _is_same(base, side)):
        return [lead]
    if base is None:
        return [side.lead + lines(side)]
    conflict = _removal(_position_in(position, base), base, ours, theirs)
    texts = [part.lead + lines(part) if part else "" for part in (ours, theirs)]
    return [Choice(texts[0], texts[1], (conflict,))]


def _position_in(position: Position, part: Part) -> Position:
    return position.at(part.name) if part.name else position.in_item(part.node.data)


def _conflict(position: Position, ours: Part | None, theirs: Part | None) -> Conflict:
    mine, other = ((part.node.data,) if part else () for part in (ours, theirs))
    return Conflict(position.keys, position.day, mine, other)


def _removal(position: Position, base: Part, ours: Part | None, theirs: Part | None) -> Conflict:
    """Return the conflict about what one side removed, and the other changed or commented."""
    side = ours or theirs
    if side is None or canon(base.node.data) != canon(side.node.data):
        return _conflict(position, ours, theirs)
    said: Held = (" ".join(remark for remark in side.remarks if remark not in base.remarks),)
    kept = (position.keys, canon(base.node.data))
    return Conflict(
        (*position.keys, REMARK), position.day, said if ours else (), said if theirs else (), kept
    )


def _clash(nodes: Nodes, clash: Clash, position: Position) -> Choice:
    """Return the choice between entries of one day that contradict each other."""
    ours, theirs = (
        "".join(part.lead + lines(part) for part in _parts_of(nodes, clash, side)) for side in SIDES
    )
    return Choice(ours, theirs, _clash_conflicts(nodes, clash, position))


def _parts_of(nodes: Nodes, clash: Clash, side: Side) -> list[Part]:
    """Return the entries that a side has of a choice, in its own order."""
    found = (nodes.parts(slot)[1 + SIDES.index(side)] for slot in clash.of(side))
    return [part for part in found if part]


def _clash_conflicts(nodes: Nodes, clash: Clash, position: Position) -> tuple[Conflict, ...]:
    """Return the conflicts of a choice: about what is contested, and those within its entries."""
    ours, theirs = (clash.values(nodes.values, side) for side in SIDES)
    contested = [
        Conflict((*position.keys, field), day, last_said(ours, day, field), last_said(theirs, day, field))
        for day, field in clash.contested
    ]
    within = (segment for slot in clash.slots for segment in _unit(nodes.parts(slot), position))
    return (*contested, *conflicts_in(within))


def _part(base: Part | None, ours: Part, theirs: Part, position: Position) -> list[Segment]:
    """Return the merged lines of one pair or item that both sides have."""
    if (base and _is_same(base, theirs)) or (_is_same(ours, theirs) and not position.counts_twice):
        return [lines(ours)]
    if base and _is_same(base, ours) and (ours.node.form == "inline" or lines(base) == lines(ours)):
        return [lines(theirs)]
    return _collection(base, ours, theirs, position) or [_text(base, ours, theirs, position)]


def _is_same(one: Part, other: Part) -> bool:
    """Tell whether two parts say the same and have the same comments, however they are written."""
    return canon(one.node.data) == canon(other.node.data) and one.remarks == other.remarks


def _text(base: Part | None, ours: Part, theirs: Part, position: Position) -> Segment:
    """Return a value that is taken as a whole: that of the side that changed it, or a choice."""
    side = counting(*(part and canon(part.node.data) for part in (base, ours, theirs)))
    one, two = theirs if side == "theirs" else ours, ours if side == "ours" else theirs
    notes = merged_notes(base, ours, theirs)
    texts = [lines(replace(part, note=note)) for part, note in zip((one, two), notes, strict=True)]
    conflicts = () if side else (_conflict(position, one, two),)
    return chosen(texts[0], texts[1], (*conflicts, *note_conflicts(notes, position)))


def _collection(base: Part | None, ours: Part, theirs: Part, position: Position) -> list[Segment]:
    """Return lists or groups that both sides changed, merged; nothing where they are taken as a whole."""
    nodes = alike(base, ours, theirs)
    if nodes is None or (nodes.ours.sort == "group" and _is_whole(base, ours, theirs, position)):
        return []
    main = nodes.main
    part = ours if main is nodes.ours else theirs
    head = " " * part.column + part.head
    end = line_end(merged_notes(base, ours, theirs), position)
    if main.form == "inline":
        inside = _brackets(nodes, position)
        return [as_one([spaced(head), *inside, end])] if inside else []
    below = _lines(nodes, position)
    if below is None:
        return []
    if not all(taken(below, side) for side in SIDES):
        return [emptied(head, main.sort, end, below)]
    if main.is_compact:
        return [behind(head, as_one(below))]
    return [as_one([head, end]), *below]


def _is_whole(base: Part | None, ours: Part, theirs: Part, position: Position) -> bool:
    """Tell whether a group is chosen as a whole."""
    was = base.node.data if base else None
    return position.is_one_value or (position.is_entry and is_torn(was, ours.node.data, theirs.node.data))


def _brackets(nodes: Nodes, position: Position) -> list[Segment]:
    """Return lists or groups in brackets, merged; nothing where both sides moved the items."""
    slots = nodes.slots(position)
    if slots is None:
        return []
    return [bracketed(nodes.ours, [unit for slot in slots for unit in _bracket_units(nodes, slot, position)])]


def _bracket_units(nodes: Nodes, slot: Slot | Clash, position: Position) -> list[tuple[str, Segment]]:
    """Return the items of a slot, each with what parts it from the one before in ours."""
    if isinstance(slot, Slot):
        gap = "" if slot.ours is None else nodes.ours.parts[slot.ours].lead
        base, ours, theirs = (part and replace(part, lead="") for part in nodes.parts(slot))
        return [(gap, as_one(_unit((base, ours, theirs), position)))]
    mine, other = ([lines(part) for part in _parts_of(nodes, slot, side)] for side in SIDES)
    conflicts = _clash_conflicts(nodes, slot, position)
    texts = [*((text, "") for text in mine), *(("", text) for text in other)]
    return [("", Choice(*sides, () if number else conflicts)) for number, sides in enumerate(texts)]
