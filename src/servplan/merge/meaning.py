"""What a merged file has to say: its data, made from the data of three versions alone.

Nothing here knows how a file is written. `merge/writing.py` makes the text, from pieces; that the text says
just this is the proof that it lost nothing.
"""

from typing import TYPE_CHECKING

from servplan.merge.arrangement import Position, items_of
from servplan.merge.days import Clash
from servplan.merge.entry import is_torn
from servplan.merge.versions import Held, Lists, Side, canon_of, counting

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value


def merged_data(base: "Value", ours: "Value", theirs: "Value", position: Position, side: Side) -> "Value":
    """Return the data of three versions of a file merged, with one side of every conflict."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _group(base if isinstance(base, dict) else {}, ours, theirs, position, side)
    (rows,) = _list(Lists(*(_items((version,)) for version in (base, ours, theirs))), position, side)
    return rows


def merged_value(base: Held, ours: Held, theirs: Held, position: Position, side: Side) -> Held:
    """Return the value of three versions merged; nothing where it is removed."""
    was, mine, other = map(canon_of, (base, ours, theirs))
    if bool(ours) != bool(theirs) and (position.keys, was) in position.kept:
        return ours if side == "ours" else theirs
    whole = counting(was, mine, other)
    if whole and not (position.counts_twice and mine == other != was):
        return ours if whole == "ours" else theirs
    together = _both_changed(base, ours, theirs, position, side) if ours and theirs else ()
    return together or (ours if side == "ours" else theirs)


def _both_changed(base: Held, ours: Held, theirs: Held, position: Position, side: Side) -> Held:
    """Return groups and lists that both sides changed, merged; nothing where they are a conflict."""
    (mine,), (other,), was = ours, theirs, base[0] if base else None
    if mine is None or other is None:
        return ()
    if isinstance(mine, dict) and isinstance(other, dict):
        if position.is_one_value or (position.is_entry and is_torn(was, mine, other)):
            return ()
        return (_group(was if isinstance(was, dict) else {}, mine, other, position, side),)
    if any(isinstance(value, list) for value in (was, mine, other)):
        return _list(Lists(_items(base), _items(ours), _items(theirs)), position, side)
    return ()


def _group(base: "Data", ours: "Data", theirs: "Data", position: Position, side: Side) -> "Data":
    merged: Data = {}
    for name in {**ours, **theirs}:
        was, mine, other = (_held(version, name) for version in (base, ours, theirs))
        for value in merged_value(was, mine, other, position.at(name), side):
            merged[name] = value
    return merged


def _held(version: "Data", name: str) -> Held:
    return (version[name],) if name in version else ()


def _list(versions: Lists, position: Position, side: Side) -> Held:
    slots = items_of(versions, position)
    if slots is None:
        return ()
    merged: list[Value] = []
    for slot in slots:
        if isinstance(slot, Clash):
            merged += slot.values(versions, side)
        else:
            merged += merged_value(*versions.held(slot), position.in_item(None), side)
    return (merged,)


def _items(held: Held) -> "list[Value]":
    """Return a field's items: a single one may stand without a list."""
    value = held[0] if held else None
    return value if isinstance(value, list) else [] if value is None else [value]
