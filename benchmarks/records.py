"""A plan described neutrally: what servplan and its peers are each given in their own format."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

Value: TypeAlias = str | int | datetime.date | tuple["Value", ...] | Mapping[str, "Value"]
Fields: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class Entry:
    """One dated log entry; a field that is None or empty is not written."""

    date: datetime.date
    status: str | None = None
    progress: int | None = None
    outlook: str | None = None
    assessment: str | None = None
    ticked: bool | None = None
    due: datetime.date | None = None
    by: str | None = None
    note: str | None = None
    reason: str | None = None
    evidence: tuple[str, ...] = ()

    @property
    def state(self) -> str | None:
        """The word for what the record has become, if this entry says so."""
        return self.status or self.assessment or ("ticked" if self.ticked else None)


@dataclass(frozen=True)
class Record:
    """One record. `details` are the fields of its kind only; `flaws` name the findings it earns."""

    kind: str
    id: str
    title: str | int
    details: Fields = field(default_factory=dict)
    supports: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    due: datetime.date | None = None
    source: str | None = None
    log: tuple[Entry, ...] = ()
    folder: str = ""
    flaws: tuple[str, ...] = ()

    @property
    def replayed(self) -> list[Entry]:
        """The log in the order in which it happened; the same day in file order."""
        return sorted(self.log, key=lambda entry: entry.date)

    @property
    def state(self) -> str:
        """What the log has made of the record."""
        states = [entry.state for entry in self.replayed if entry.state]
        return states[-1] if states else "unreported"

    @property
    def progress(self) -> int:
        """The progress reported last, in per cent."""
        reported = [entry.progress for entry in self.replayed if entry.progress is not None]
        return reported[-1] if reported else 0

    @property
    def current_due(self) -> datetime.date | None:
        """The due date after all its moves."""
        moves = [entry.due for entry in self.replayed if entry.due]
        return moves[-1] if moves else self.due


@dataclass(frozen=True)
class Plan:
    """All records of a plan."""

    records: tuple[Record, ...]

    @property
    def entries(self) -> int:
        """The number of log entries in the plan."""
        return sum(len(record.log) for record in self.records)

    @property
    def flawed(self) -> int:
        """The number of records that earn a finding."""
        return sum(bool(record.flaws) for record in self.records)

    @cached_property
    def _goals(self) -> dict[str, Record]:
        """The goals under their ids, old ids included."""
        goals = {record.id: record for record in self.records if record.kind == "goal"}
        former = {old: goal for goal in goals.values() for old in _former_ids(goal)}
        return goals | former

    def goal_path(self, record: Record) -> tuple[str, ...]:
        """List the goals above the record, from the overall goal down to its nearest one."""
        goals = (self._goals.get(reference) for reference in record.supports)
        goal = next((goal for goal in goals if goal), None)
        return (*self.goal_path(goal), goal.id) if goal else ()


def _former_ids(goal: Record) -> tuple[str, ...]:
    former = goal.details.get("formerly", ())
    return tuple(map(str, former)) if isinstance(former, tuple) else ()
