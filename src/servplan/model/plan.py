"""A plan: its header and all its records, by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from servplan.model.header import Header
from servplan.model.kinds import KINDS
from servplan.model.record import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Plan:
    """A plan as its files say it.

    `unreadable` holds the ids whose files could not be read, with their paths: they exist, but what they say
    is not known. `former` maps an old id to the record that bears it in `formerly`.
    """

    header: Header
    records: Mapping[str, Record]
    unreadable: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def former(self) -> Mapping[str, str]:
        """Old ids, each with the id that it has become."""
        return {old: record.id for record in self.records.values() for old in record.formerly}

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Record, ...]]:
        grouped: dict[str, list[Record]] = {kind.kind: [] for kind in KINDS}
        for record in self.records.values():
            grouped[record.kind].append(record)
        return {kind: tuple(records) for kind, records in grouped.items()}

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """Return all records of a kind, in the order of their ids."""
        return self._by_kind[kind.kind]  # type: ignore[return-value]

    def resolve(self, reference: str) -> str | None:
        """Return the id that a reference means, following old ids; None if nothing bears it."""
        if reference in self.records:
            return reference
        return self.former.get(reference)

    def get(self, reference: str) -> Record | None:
        """Return the record that a reference means, or None."""
        found = self.resolve(reference)
        return self.records[found] if found else None
