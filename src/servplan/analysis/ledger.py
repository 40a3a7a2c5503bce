"""Two versions of a log compared: entries that came, that went, and that were rewritten.

Logs are multisets: of two equal entries one may go. Where an entry went and another came on the same day, or
with mostly the same words, it was rewritten; a `voided` or a corrected note is such a rewriting.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

EntryData = Mapping[str, Any]
"""An entry as its file has it."""


class LogChange(NamedTuple):
    """What differs between two logs; a rewritten entry is told as it was and as it is."""

    added: tuple[EntryData, ...]
    removed: tuple[EntryData, ...]
    rewritten: tuple[tuple[EntryData, EntryData], ...]

    @property
    def is_empty(self) -> bool:
        """Whether both logs say the same."""
        return not (self.added or self.removed or self.rewritten)


NO_ENTRIES = LogChange((), (), ())
"""The change between two equal logs."""


def compare_logs(old: Sequence[EntryData], new: Sequence[EntryData]) -> LogChange:
    """Return what changed from one log to another."""
    removed, added = list(old), []
    for entry in new:
        if entry in removed:
            removed.remove(entry)
        else:
            added.append(entry)
    rewritten = []
    for entry in list(removed):
        successor = _successor(entry, added)
        if successor is not None:
            rewritten.append((entry, successor))
            removed.remove(entry)
            added.remove(successor)
    return LogChange(tuple(added), tuple(removed), tuple(rewritten))


def _successor(entry: EntryData, added: Sequence[EntryData]) -> EntryData | None:
    """Return the new entry that stands in an old one's place: the one that has most in common with it."""
    alike = [(other, _in_common(entry, other)) for other in added]
    fit = [
        (common, -index)
        for index, (other, common) in enumerate(alike)
        if _day(entry) == _day(other) or 2 * common >= max(len(entry), len(other))
    ]
    return added[-max(fit)[1]] if fit else None


def _in_common(one: EntryData, other: EntryData) -> int:
    return sum(1 for key, value in one.items() if other.get(key) == value)


def _day(entry: EntryData) -> object:
    return entry.get("date") or entry.get("known_by")
