"""One record's story: what its ledger tells, and what commits did to it, on one line of time.

What happened stands on its own day, with the commit that wrote it down. A commit that did nothing more than
that is told there and not once again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from servplan.analysis.diff import Change, compare
from servplan.analysis.ledger import NO_ENTRIES, LogChange
from servplan.analysis.origins import Origin, Step, find_origins, lines_of, without_lines
from servplan.model.header import Header
from servplan.model.plan import Plan
from servplan.model.record import Decision, Entry, Record, Retirement
from servplan.state import effective_date, replay
from servplan.versions import Version

LEDGER, COMMIT, WORK_TREE = "ledger", "commit", "worktree"

Item = Entry | Decision | Retirement
"""What a record's ledger holds: entries, the decisions behind it, and that it was retired."""


class Event(NamedTuple):
    """One thing that happened to a record, on its day (None: not known, or in the work tree).

    What the `ledger` tells has its `item`, and as `step` who wrote it down (None where no history tells);
    `moved` is how many times its due date had been moved to a later day by then, if this moved it. What a
    `commit` or the `worktree` did is one of `added`, `restored`, `removed`, `changed`, `retired`,
    `unreadable`, `readable` (again) and `form`, with what is left of its `change` to tell.
    """

    date: date | None
    source: str
    what: str
    step: Step | None
    item: Item | None = None
    change: Change | None = None
    moved: int = 0


def steps_of(versions: Iterable[Version], header: Header) -> list[Step]:
    """Return what each commit did to a record."""
    return [
        Step(version.commit, _own_change(version, header), version.after, version.unreadable)
        for version in versions
    ]


def _own_change(version: Version, header: Header) -> Change | None:
    """Return what a commit itself changed: of a merge, what differs from all parents that had the record."""
    before, after = [record for record in version.before if record is not None], version.after
    if version.unreadable or not (before or after):
        return None
    if after is None:
        return _bare("removed", before[0])
    if not before:
        return _bare("added", after)
    return _in_all([_between(record, after, version.renamed, header) for record in before])


def _bare(change: str, record: Record) -> Change:
    return Change(change, record.kind, record.id, record.title, None, None, (), NO_ENTRIES, ())


def _between(before: Record, after: Record, renamed: Mapping[str, str], header: Header) -> Change | None:
    """Return how a record changed; what that means for others is not asked."""
    if before.id != after.id:
        renamed = {**renamed, after.id: before.id}
    found = compare(Plan(header, {before.id: before}), Plan(header, {after.id: after}), renamed).changes
    return found[0]._replace(consequences=()) if found else None


def _in_all(changes: Sequence[Change | None]) -> Change | None:
    """Return what several changes that led to one record have in common."""
    found = [change for change in changes if change is not None]
    if len(found) < len(changes):
        return None
    first, *others = found
    outcomes = [[(field.field, field.new) for field in other.fields] for other in others]
    fields = (field for field in first.fields if all((field.field, field.new) in item for item in outcomes))
    log = (_shared(parts) for parts in zip(first.log, *(other.log for other in others), strict=True))
    common = first._replace(fields=tuple(fields), log=LogChange(*log))
    return common if _tells(common) else None


def _shared(parts: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    first, *others = parts
    return tuple(item for item in first if all(item in other for other in others))


def _tells(change: Change) -> bool:
    """Tell whether a change of a record that stays has anything to say."""
    return bool(change.fields or change.renamed_from or change.moved or not change.log.is_empty)


def build_history(
    record: Record, steps: Sequence[Step], as_of: date, form_too: bool = False
) -> tuple[Event, ...]:
    """Return a record's story by day; `record` is what its ledger is now, or was at the end.

    What is dated later than `as_of` is left out; with `form_too` commits that changed only the form are told.
    On one day a record comes first, then what happened, then other changes; what has no day comes last.
    """
    origins = find_origins(lines_of(record), steps)
    told = (event for event in _told_by(steps, origins) if _is_shown(event, form_too))
    return tuple(sorted([*_ledger(record, steps, origins, as_of), *told], key=_place))


def within(events: Iterable[Event], since: date | None, until: date | None) -> tuple[Event, ...]:
    """Return the events of a span of days; what has no day comes after all days."""
    first, last = since or date.min, until or date.max
    return tuple(event for event in events if first <= (event.date or date.max) <= last)


def _place(event: Event) -> tuple[date, int]:
    return event.date or date.max, 0 if event.what in ("added", "restored") else 1 + (event.source != LEDGER)


def _ledger(
    record: Record, steps: Sequence[Step], origins: Sequence[Origin | None], as_of: date
) -> Iterator[Event]:
    """Yield what a record's ledger tells, each with the step that wrote it down."""
    moves = [move for move in replay(record, as_of).moves if move.old is None or move.new > move.old]
    moved = {id(move.entry): number for number, move in enumerate(moves, 1)}
    for (what, item), origin in zip(_items(record), origins, strict=True):
        day = effective_date(item) if isinstance(item, Entry) else item.date
        if day is None or day <= as_of:
            step = steps[origin.step] if origin else None
            yield Event(day, LEDGER, what, step, item, moved=moved.get(id(item), 0))


def _items(record: Record) -> Iterator[tuple[str, Item]]:
    """Yield what a record's ledger holds, in the order of `lines_of`."""
    log: tuple[Entry, ...] = getattr(record, "log", ())
    yield from (("entry", entry) for entry in log)
    yield from (("decision", decision) for decision in record.decided)
    if record.retired:
        yield "retirement", record.retired


def _told_by(steps: Sequence[Step], origins: Sequence[Origin | None]) -> Iterator[Event]:
    """Yield what each step did, without the lines of the ledger that it wrote down."""
    told: list[str] = []
    for number, step in enumerate(steps):
        own = [origin.first for origin in origins if origin and origin.step == number]
        change = without_lines(step.change, own) if step.change else None
        told.append(_what(step, told))
        day, source = (step.commit.day, COMMIT) if step.commit else (None, WORK_TREE)
        yield Event(day, source, told[-1], step, change=change)


def _what(step: Step, told: Sequence[str]) -> str:
    """Return the word for what a step did, after what those before it did."""
    if step.unreadable:
        return "unreadable"
    if step.change is None:
        return "readable" if told[-1:] == ["unreadable"] else "form"
    return "restored" if step.change.change == "added" and "removed" in told else step.change.change


def _is_shown(event: Event, form_too: bool) -> bool:
    """Tell whether a step has something to say that no line of the ledger says."""
    if event.what == "form":
        return form_too
    return event.what not in ("changed", "retired") or (event.change is not None and _tells(event.change))
