"""Entries of one day that contradict each other: each sets a field, and each sets it differently."""

from collections.abc import Iterable, Iterator, Mapping

Said = tuple[object, Mapping[str, object]]
"""An entry's day, None where it does not count, and the fields that it sets; None sets nothing."""


def contradictions(entries: Iterable[Said]) -> Iterator[tuple[int, int, str]]:
    """Yield each entry that contradicts an earlier one: the first one's number, its own, and the field."""
    first: dict[tuple[object, str], tuple[int, object]] = {}
    for number, (day, fields) in enumerate(entries):
        for field, value in fields.items():
            if day is None or value is None:
                continue
            earlier, said = first.setdefault((day, field), (number, value))
            if said != value:
                yield earlier, number, field
