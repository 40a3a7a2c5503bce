"""What a commit found of a record; for a merge, what its sides should have come to.

So a merge is told, and judged, by what it did itself: by what differs from a three-way merge of its sides.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from servplan.analysis.diff import Data, record_data
from servplan.analysis.ledger import compare_logs
from servplan.analysis.likeness import is_named_alike, likeness
from servplan.analysis.succession import find_predecessors
from servplan.commits import RecordEdit


def met(edit: RecordEdit, renamed: Mapping[str, str]) -> Data | None:
    """Return the record that a commit found: for a merge, what its sides make of what they had in common.

    None if there was none; or if a side has removed it, and the commit is the merge of that.
    """
    sides = [record_data(record, renamed) for record in edit.found if record]
    if len(edit.found) == 1 or not sides:
        return sides[0] if sides else None
    if edit.after is None and edit.base and len(sides) < len(edit.found):
        return None
    base = record_data(edit.base, renamed) if edit.base else {}
    after = record_data(edit.after, renamed) if edit.after else {}
    keys = dict.fromkeys(key for data in (base, *sides) for key in data if key != "log")
    merged = _merged_fields(keys, base, sides, after)
    log = _merged_log(base.get("log", []), [side.get("log", []) for side in sides], after.get("log", []))
    return {key: value for key, value in {**merged, "log": log}.items() if value not in (None, [])}


def is_ordered(edit: RecordEdit) -> bool:
    """Tell whether a commit found a log in one order: of a merge, if at most one of its sides changed it."""
    logs = [getattr(record, "log", ()) for record in edit.found if record]
    base = getattr(edit.base, "log", ())
    return len(logs) == 1 or sum(1 for log in logs if log != base) < 2


def _merged_fields(keys: Iterable[str], base: Data, sides: Sequence[Data], after: Data) -> dict[str, Any]:
    merged = {}
    for key in keys:
        values = [side.get(key) for side in sides]
        are_joined = _are_lists(base.get(key), *values, after.get(key)) and not (
            key == "owners" and _disagree_on_first(base.get(key), values)
        )
        of_field = _merged_items if are_joined else _merged
        merged[key] = of_field(base.get(key), values, after.get(key))
    return merged


def _are_lists(*values: Any) -> bool:
    return all(value is None or isinstance(value, list) for value in values)


def _disagree_on_first(base: list[str] | None, sides: Sequence[list[str] | None]) -> bool:
    """Tell whether each side made another owner the first one, who is accountable: one has to be chosen."""
    first = [side[0] if side else None for side in (base, *sides)]
    return len(set(first)) == len(first)


def _merged(base: Any, sides: Sequence[Any], after: Any) -> Any:
    """Return the value that a merge should have; where its sides differ, any of theirs will do."""
    changed = [side for side in sides if side != base]
    return after if after in changed else next(iter(changed), base)


def _merged_items(base: list[Any] | None, sides: Sequence[list[Any] | None], after: list[Any] | None) -> Any:
    """Return the list that a merge should have: as it has it, if it has all that it should.

    That is what the sides made of each item that they had in common, and what each of them added.
    """
    if len([side for side in sides if side != base]) < 2:
        return _merged(base, sides, after)
    items, left = base or [], after or []
    found = [find_predecessors(items, side or [], likeness) for side in (*sides, left)]
    wanted = []
    for number, item in enumerate(items):
        *versions, now = (_at(number, *side) for side in zip((*sides, left), found, strict=True))
        merged = _merged(item, versions, now)
        wanted += [] if merged is None else [merged]
    for side, numbers in zip(sides, found, strict=False):
        added = [item for item, number in zip(side or [], numbers, strict=True) if number is None]
        wanted = _joined(wanted, added, left)
    same = len(wanted) == len(left) and all(item in left for item in wanted)
    return after if same else wanted


def _at(number: int, side: list[Any] | None, found: Sequence[int | None]) -> Any:
    """Return what a side made of an item, by its number; None where it removed it."""
    return side[found.index(number)] if side and number in found else None


def _joined(items: Sequence[Any], added: Sequence[Any], after: Sequence[Any]) -> list[Any]:
    """Return items with those that a side added; of two that are one, either will do."""
    joined = list(items)
    for item in added:
        twin = next((other for other in items if other == item or is_named_alike(other, item)), None)
        if twin is None:
            joined.append(item)
        elif item in after:
            joined[joined.index(twin)] = item
    return joined


def _merged_log(base: Sequence[Data], sides: Sequence[Sequence[Data]], after: Sequence[Data]) -> list[Data]:
    """Return the entries of all sides: without what one of them removed, with what each made of the rest."""
    changed = [side for side in sides if side != base]
    if len(changed) < 2:
        return list(changed[0] if changed else base)
    changes = [compare_logs(base, side) for side in sides]
    outcome = compare_logs(base, after).rewritten
    removed = [entry for change in changes for entry in change.removed]
    merged = []
    for entry in base:
        versions = [new for change in changes for old, new in change.rewritten if old is entry]
        if not any(entry is other for other in removed):
            merged.append(_merged_entry(entry, versions, _successor(entry, outcome)))
    every = [entry for change in changes for entry in change.added]
    came: list[Data] = []
    for change in changes:
        came += without(change.added, came)
    twice = without(every, came)  # equal ones of several sides: once, or as often as the merge has them
    left = without(after, merged + came)
    return merged + came + without(twice, without(twice, left))


def _successor(entry: Data, rewritten: Iterable[tuple[Data, Data]]) -> Data:
    """Return what became of an entry of a log; itself, if it was not rewritten."""
    return next((new for old, new in rewritten if old is entry), entry)


def _merged_entry(entry: Data, versions: Sequence[Data], after: Data) -> Data:
    keys = dict.fromkeys(key for data in (entry, *versions) for key in data)
    merged = _merged_fields(keys, entry, versions, after)
    return {key: value for key, value in merged.items() if value is not None}


def without(items: Sequence[Data], others: Sequence[Data]) -> list[Data]:
    """Return the items that are not among others; of equal ones as many as there are more."""
    left = list(items)
    for item in others:
        if item in left:
            left.remove(item)
    return left
