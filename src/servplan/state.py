"""A record at a date: its log replayed.

Base fields keep the original promise; entries move it. Entries apply in the order of their days, those of
one day in the file's order. What nobody has reported stays unreported: no state is ever assumed.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from servplan.model.contradictions import Said
from servplan.model.plan import Plan
from servplan.model.record import Entry, Record

UNREPORTED = "unreported"
CLAIMS = ("status", "assessment", "ticked")
"""The fields by which a report claims something that evidence can show."""

JUDGED = ("achieved", "partly_achieved", "not_achieved")
"""Assessments after which nothing more is awaited."""

FINISHED = ("done", "cancelled")


class Move(NamedTuple):
    """A due date that an entry moved."""

    old: date | None
    new: date
    entry: Entry


class State(NamedTuple):
    """What is so of one record at one date.

    `overdue` is None where nobody has reported and the due date has passed (`due_unreported`): whether it is
    late is not known then. `postponed` counts the moves to a later day; `report` is the last entry that
    reported anything; `values` holds whatever else entries of its kind set (an answer, an event).
    """

    owners: tuple[str, ...]
    due: date | None
    promised: date | None
    moves: tuple[Move, ...]
    status: str
    progress: int | None
    outlook: str | None
    counted: int
    assessment: str | None
    ticked: bool
    ticked_on: date | None
    report: Entry | None
    claim: Entry | None
    entries: tuple[Entry, ...]
    values: Mapping[str, Any]
    overdue: bool | None
    due_unreported: bool

    @property
    def postponed(self) -> int:
        """How many times the due date was moved to a later day."""
        return sum(1 for move in self.moves if move.old is None or move.new > move.old)

    @property
    def finished(self) -> bool:
        """Whether nothing more is awaited: done, cancelled, ticked or judged."""
        return _is_finished(self.status, self.ticked, self.assessment)

    @property
    def evidence(self) -> tuple[str, ...]:
        """The evidence that the last claim carries: the last status, assessment or tick."""
        return self.claim.evidence if self.claim else ()


def effective_date(entry: Entry) -> date | None:
    """Return the day from which an entry counts: its date, or the day by which it was known."""
    return entry.date or entry.known_by


def said(entry: Entry) -> Said:
    """Return the day from which an entry counts and the fields that it sets; no day if it is voided."""
    if entry.voided:
        return None, {}
    return effective_date(entry), {field: getattr(entry, field) for field in entry.changes}


def entries_until(log: Iterable[Entry], as_of: date) -> list[Entry]:
    """Return the entries that count at a date, by day and within a day in the file's order."""
    dated = [
        (day, entry)
        for entry in log
        if entry.voided is None and (day := effective_date(entry)) is not None and day <= as_of
    ]
    dated.sort(key=lambda pair: pair[0])
    return [entry for _day, entry in dated]


def exists(record: Record, plan_start: date, as_of: date) -> bool:
    """Tell whether a record exists at a date: from `valid_from` until the day it is retired."""
    return (record.valid_from or plan_start) <= as_of and not is_retired(record, as_of)


def is_retired(record: Record, as_of: date) -> bool:
    """Tell whether a record was retired by a date."""
    return record.retired is not None and record.retired.date <= as_of


def replay(record: Record, as_of: date) -> State:
    """Return a record's state at a date."""
    promised: date | None = getattr(record, "due", None)
    log: tuple[Entry, ...] = getattr(record, "log", ())
    if not log:
        return _unreported(record, promised, as_of)
    told = _Told(record, promised)
    entries = entries_until(log, as_of)
    for entry in entries:
        told.add(entry)
    values, report = told.values, told.report
    ticked, assessment = bool(values.get("ticked")), values.get("assessment")
    status = values.get("status") or _status_of_reports(report, values.get("progress"), told.counted)
    passed = values["due"] is not None and values["due"] < as_of
    late = passed and not _is_finished(status, ticked, assessment)
    return State(
        owners=values["owners"],
        due=values["due"],
        promised=promised,
        moves=tuple(told.moves),
        status=status,
        progress=values.get("progress"),
        outlook=values.get("outlook"),
        counted=told.counted,
        assessment=assessment,
        ticked=ticked,
        ticked_on=told.ticked_on if ticked else None,
        report=report,
        claim=told.claim,
        entries=tuple(entries),
        values=values,
        overdue=late if report else (None if passed else False),
        due_unreported=passed and report is None,
    )


class _Told:
    """What a record's entries have said so far, one after another."""

    def __init__(self, record: Record, promised: date | None) -> None:
        self.values: dict[str, Any] = {"due": promised, "owners": record.owners}
        self.moves: list[Move] = []
        self.report: Entry | None = None
        self.claim: Entry | None = None
        self.ticked_on: date | None = None
        self.counted = 0

    def add(self, entry: Entry) -> None:
        """Apply one entry."""
        said = entry.__dict__  # a third of the time that attributes take, and this runs for every entry
        if said["due"] is not None and said["due"] != self.values["due"]:
            self.moves.append(Move(self.values["due"], said["due"], entry))
        for name in entry.changes:
            if said[name] is not None:
                self.values[name] = said[name]
        for name in entry.reports:
            if said[name] is not None:
                self.report = entry
                self.claim = entry if name in CLAIMS else self.claim
        self.counted += said.get("count") or 0
        if said.get("ticked") is not None:
            self.ticked_on = effective_date(entry) if said["ticked"] else None
        if said.get("outlook"):
            self.values["action"] = said["action"]


def _unreported(record: Record, promised: date | None, as_of: date) -> State:
    passed = promised is not None and promised < as_of
    owners, overdue = record.owners, None if passed else False
    return State(
        owners=owners,
        due=promised,
        promised=promised,
        moves=(),
        status=UNREPORTED,
        progress=None,
        outlook=None,
        counted=0,
        assessment=None,
        ticked=False,
        ticked_on=None,
        report=None,
        claim=None,
        entries=(),
        values={"due": promised, "owners": record.owners},
        overdue=overdue,
        due_unreported=passed,
    )


def _status_of_reports(report: Entry | None, progress: int | None, count: int) -> str:
    """Read a status from reports that name none: only figures tell whether work has begun."""
    if report is None or (progress is None and not count):
        return UNREPORTED
    return "in_progress" if progress or count else "not_started"


def _is_finished(status: str, ticked: bool, assessment: str | None) -> bool:
    return status in FINISHED or ticked or assessment in JUDGED


def set_by(state: State, field: str) -> Entry | None:
    """Return the entry since which a field is as it is; None where what the record itself says counts."""
    found = None
    for entry in reversed(state.entries):
        if getattr(entry, field) not in (None, state.values[field]):
            break
        found = entry if getattr(entry, field) is not None else found
    return found


def next_change(record: Record, state: State, as_of: date) -> date:
    """Return the first day after a date on which a record's state can be another than it was then."""
    days = [effective_date(entry) for entry in getattr(record, "log", ())]
    if state.due is not None:
        days.append(min(state.due, date.max - timedelta(days=1)) + timedelta(days=1))
    return min((day for day in days if day is not None and day > as_of), default=date.max)


class Standing:
    """A plan at a date: which records exist, and the state of each, computed once."""

    def __init__(self, plan: Plan, as_of: date) -> None:
        self.plan = plan
        self.as_of = as_of
        self._states: dict[str, State] = {}

    @cached_property
    def records(self) -> dict[str, Record]:
        """The records that exist at the date, by id."""
        start, as_of = self.plan.header.period.start, self.as_of
        return {key: item for key, item in self.plan.records.items() if exists(item, start, as_of)}

    @cached_property
    def retired(self) -> tuple[Record, ...]:
        """The records that were retired by the date."""
        return tuple(item for item in self.plan.records.values() if is_retired(item, self.as_of))

    def state(self, record_id: str) -> State:
        """Return a record's state at the date, whether it exists then or not."""
        found = self._states.get(record_id)
        if found is None:
            found = self._states[record_id] = replay(self.plan.records[record_id], self.as_of)
        return found


def newest_entry_date(plan: Plan, until: date) -> date | None:
    """Return the day of the newest entry that is not later than `until`, or None without entries."""
    days = (
        day
        for record in plan.records.values()
        for entry in getattr(record, "log", ())
        if (day := effective_date(entry)) is not None and day <= until
    )
    return max(days, default=None)


def closing_day(plan: Plan, today: date) -> date:
    """Return the day that a plan is asked about on a day: a closed plan does not go on ageing.

    Once the plan's period is past, it is the later of its end and the newest entry that is not in the future.
    """
    end = plan.header.period.end
    return today if today <= end else max(end, newest_entry_date(plan, today) or end)
