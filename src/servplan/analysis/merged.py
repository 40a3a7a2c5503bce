"""What a commit found of a record; for a merge, what its sides should have come to.

So a merge is told, and judged, by what it did itself: by what differs from a three-way merge of its sides.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from servplan.analysis.diff import Data, record_data
from servplan.analysis.ledger import compare_logs
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
    merged = {key: _merged(base.get(key), [side.get(key) for side in sides], after.get(key)) for key in keys}
    log = _merged_log(base.get("log", []), [side.get("log", []) for side in sides], after.get("log", []))
    return {key: value for key, value in {**merged, "log": log}.items() if value not in (None, [])}


def is_ordered(edit: RecordEdit) -> bool:
    """Tell whether a commit found a log in one order: of a merge, if at most one of its sides changed it."""
    logs = [getattr(record, "log", ()) for record in edit.found if record]
    base = getattr(edit.base, "log", ())
    return len(logs) == 1 or sum(1 for log in logs if log != base) < 2


def _merged(base: Any, sides: Sequence[Any], after: Any) -> Any:
    """Return the value that a merge should have; where its sides differ, any of theirs will do."""
    changed = [side for side in sides if side != base]
    if len(changed) > 1 and after not in changed and _are_lists(base, *sides, after):
        return _merged_items(base or [], [side or [] for side in sides], after or [])
    return after if after in changed else next(iter(changed), base)


def _are_lists(*values: Any) -> bool:
    return all(value is None or isinstance(value, list) for value in values)


def _merged_items(base: list[Any], sides: Sequence[list[Any]], after: list[Any]) -> list[Any]:
    """Return what all sides left of a list and what each brought: as the merge has it, if that is all."""
    wanted = [item for item in base if all(item in side for side in sides)]
    for side in sides:
        wanted += [item for item in side if item not in base and item not in wanted]
    same = len(wanted) == len(after) and all(item in after for item in wanted)
    return after if same else wanted


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
    merged = {
        key: _merged(entry.get(key), [data.get(key) for data in versions], after.get(key)) for key in keys
    }
    return {key: value for key, value in merged.items() if value is not None}


def without(items: Sequence[Data], others: Sequence[Data]) -> list[Data]:
    """Return the items that are not among others; of equal ones as many as there are more."""
    left = list(items)
    for item in others:
        if item in left:
            left.remove(item)
    return left
