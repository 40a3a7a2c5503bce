"""Two versions of a log compared: entries that came, that went, and that were rewritten.

Logs are multisets: of two equal entries one may go. Where an entry went and another came on the same day, or
with mostly the same words, it was rewritten; a `voided` or a corrected note or date is such a rewriting.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from servplan.analysis.succession import find_predecessors

EntryData = Mapping[str, Any]
"""An entry as its file has it."""

DAYS = ("date", "known_by")
"""The fields that tell an entry's day; it has one of them."""


def day_of(entry: object) -> str:
    """Return the day from which an entry counts, as it is written; nothing where there is none."""
    return str(next((entry[key] for key in DAYS if entry.get(key)), "")) if isinstance(entry, Mapping) else ""


class LogChange(NamedTuple):
    """What differs between two logs; a rewritten entry is told as it was and as it is.

    `reordered` has entries that changed places in a way that counts (`find_reordered`), as they stand now.
    """

    added: tuple[EntryData, ...]
    removed: tuple[EntryData, ...]
    rewritten: tuple[tuple[EntryData, EntryData], ...]
    reordered: tuple[tuple[EntryData, EntryData], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether both logs say the same."""
        return not (self.added or self.removed or self.rewritten or self.reordered)


NO_ENTRIES = LogChange((), (), ())
"""The change between two equal logs."""


def compare_logs(old: Sequence[EntryData], new: Sequence[EntryData]) -> LogChange:
    """Return what changed from one log to another."""
    found = find_predecessors(old, new, kinship)
    successors = {one: entry for one, entry in zip(found, new, strict=True) if one is not None}
    return LogChange(
        tuple(entry for one, entry in zip(found, new, strict=True) if one is None),
        tuple(entry for number, entry in enumerate(old) if number not in successors),
        tuple(
            (old[one], entry)
            for one, entry in sorted(successors.items(), key=itemgetter(0))
            if old[one] != entry
        ),
    )


def find_reordered(
    old: Sequence[EntryData], new: Sequence[EntryData], sets: Sequence[str]
) -> tuple[tuple[EntryData, EntryData], ...]:
    """Return the entries that count no more because others changed places with them, each with that one.

    Of one day the last entry counts, so that their order tells what is so. `sets` has the fields that count.
    """
    if old == new:
        return ()
    found = find_predecessors(old, new, kinship)
    kept = [(one, entry) for one, entry in zip(found, new, strict=True) if one is not None]
    before = _counting([entry for _one, entry in sorted(kept, key=itemgetter(0))], sets)
    now = _counting([entry for _one, entry in kept], sets)
    pairs = [(before[at], now[at]) for at in now if before[at][at[1]] != now[at][at[1]]]
    return tuple(pair for number, pair in enumerate(pairs) if pair not in pairs[:number])


def _counting(entries: Sequence[EntryData], sets: Sequence[str]) -> dict[tuple[str, str], EntryData]:
    """Return the last entry of each day that sets each field."""
    standing = (entry for entry in entries if "voided" not in entry)
    return {(day_of(entry), key): entry for entry in standing for key in sets if key in entry}


_EXPLAINING = frozenset({"reason", "by", "recorded"})
"""What may come to an entry that is dated anew."""


def kinship(one: EntryData, other: EntryData, same_place: bool) -> int:
    """Return how much two different entries have in common if the other was made from the one; else 0.

    It was if they are of the same day, if half of the larger one is the same, or, where it stands in the
    one's place, if it says just what the one did but for the day: that was wrong, and who said it, when
    and why may stand beside it.
    """
    common = _in_common(one, other)
    is_same_day = bool(day_of(one)) and day_of(one) == day_of(other)
    is_dated_anew = same_place and common == len(one) - 1 > 0 and other.keys() - one.keys() <= _EXPLAINING
    is_kin = is_same_day or is_dated_anew or 2 * common >= max(len(one), len(other))
    return 1 + common if is_kin else 0


def _in_common(one: EntryData, other: EntryData) -> int:
    return sum(1 for key, value in one.items() if other.get(key) == value)
