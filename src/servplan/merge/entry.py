"""One entry of a log in three versions: its day, and what becomes of it where both sides changed it."""

from typing import TYPE_CHECKING

from servplan.analysis.ledger import DAYS
from servplan.merge.pairing import canon
from servplan.merge.versions import Held, Side, canon_of, counting

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value


def is_torn(base: "Value", ours: "Value", theirs: "Value") -> bool:
    """Tell whether the sides made of an entry what cannot go together, whichever fields they touched.

    One side voided it and the other changed what it says: what was voided was another one. Or both gave it
    another day, one as `date` and the other as `known_by`. Or both together leave nothing of what it said:
    each may have taken it away and written another one.
    """
    if not isinstance(ours, dict) or not isinstance(theirs, dict):
        return False
    both_changed = canon(base) not in (canon(ours), canon(theirs))
    if ("voided" in ours) != ("voided" in theirs):
        return both_changed and not _is_completed(base, theirs if "voided" in ours else ours)
    left = base.items() if isinstance(base, dict) else ()
    if both_changed and not any(ours.get(key) == value == theirs.get(key) for key, value in left):
        return True
    mine, other = _days(ours), _days(theirs)
    return mine.keys() != other.keys() and _days(base) not in (mine, other)


def _is_completed(base: "Value", entry: "Data") -> bool:
    """Tell whether an entry says all that it said, and at most explains it further."""
    from servplan.model.record import Entry  # noqa: PLC0415 (100 ms, only where an entry was voided)

    before = base if isinstance(base, dict) else {}
    changed = {key for key in before | entry if canon(before.get(key)) != canon(entry.get(key))}
    return changed <= set(Entry.completions) - before.keys()


def _days(entry: "Value") -> "Data":
    return {key: entry[key] for key in DAYS if key in entry} if isinstance(entry, dict) else {}


def merged_entry(base: Held, ours: Held, theirs: Held, side: Side) -> "Value":
    """Return an entry merged field by field, with one side of each conflict; None where it is removed."""
    mine, other = (held[0] if held else None for held in (ours, theirs))
    was = base[0] if base else {}
    whole = counting(*map(canon_of, (base, ours, theirs)))
    if whole or not (isinstance(mine, dict) and isinstance(other, dict)) or is_torn(was, mine, other):
        return mine if (whole or side) == "ours" else other
    before = was if isinstance(was, dict) else {}
    merged: Data = {}
    for key in {**mine, **other}:
        versions = [(version[key],) if key in version else () for version in (before, mine, other)]
        if taken := versions[1 if (counting(*map(canon_of, versions)) or side) == "ours" else 2]:
            merged[key] = taken[0]
    return merged
