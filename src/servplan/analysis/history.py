"""One record's story: what its ledger tells, and what commits did to it, on one line of time.

What happened stands on its own day, with the commit that wrote it down. A commit that did nothing more than
that is told there and not once again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from servplan.analysis.diff import Change, bare, change_of
from servplan.analysis.found import is_ordered, met
from servplan.analysis.origins import Origin, Step, find_origins, lines_of, without_lines
from servplan.commits import RecordEdit, Story
from servplan.model.record import Decision, Entry, Record, Retirement
from servplan.state import effective_date, replay

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


def steps_of(story: Story) -> list[Step]:
    """Return what each commit did to the record of a story."""
    return [
        Step(edit.commit if edit.commit.id else None, change, edit.after, edit.unreadable)
        for edit in story.edits
        for change in [_own_change(edit, story.renamed)]
        if change or edit.after or edit.unreadable
    ]


def _own_change(edit: RecordEdit, renamed: Mapping[str, str]) -> Change | None:
    """Return what a commit itself changed: of a merge, what its sides do not come to by themselves."""
    before, after = [record for record in edit.before if record is not None], edit.after
    if edit.unreadable:
        return None
    if not before:
        return bare("added", after) if after else None
    was = met(edit, renamed)
    if was is None or after is None:
        return bare("removed", before[0]) if was else None
    old = next((record for record in before if record.path == after.path), before[0])
    change = change_of(was, old, after, renamed)
    if len(edit.before) == 1:
        return change
    if edit.base and None in edit.before:  # one side removed it, and the merge kept it
        return (change or bare("added", after))._replace(change="added")
    return change if change is None or is_ordered(edit) else _without_order(change)


def _without_order(change: Change) -> Change | None:
    """Return what a merge changed without the order of entries, where its sides have none between them."""
    left = change._replace(log=change.log._replace(reordered=()))
    return left if _tells(left) else None


def build_history(
    record: Record, steps: Sequence[Step], as_of: date, form_too: bool = False
) -> tuple[Event, ...]:
    """Return a record's story by day; `record` is what its ledger is now, or was at the end.

    What is dated later than `as_of` is left out, unless a commit had written it down by then: that is told.
    With `form_too` commits that changed only the form are told. On one day a record comes first, then what
    happened, then other changes, in the order of commits; what has no day comes last.
    """
    origins = find_origins(lines_of(record), steps)
    own = [
        origin
        for (_what_it_is, item), origin in zip(_items(record), origins, strict=True)
        if origin and (_has_come(item, as_of) or _is_later(steps[origin.step], as_of))
    ]
    told = (event for event in _told_by(steps, own) if _is_shown(event, form_too))
    return tuple(sorted([*_ledger(record, steps, origins, as_of), *told], key=_place))


def titled_then(record: Record, steps: Sequence[Step], until: date | None) -> Record:
    """Return a record with the title that it was committed with at the end of a day; None: that it has."""
    known = (step.record for step in reversed(steps) if until and step.commit and step.commit.day <= until)
    then = next(filter(None, known), record)
    return record.model_copy(update={"title": then.title})


def _tells(change: Change) -> bool:
    """Tell whether a change of a record that stays has anything to say."""
    return bool(change.fields or change.renamed_from or change.moved or not change.log.is_empty)


def within(events: Iterable[Event], since: date | None, until: date | None) -> tuple[Event, ...]:
    """Return the events of a span of days; what has no day comes after all days."""
    first, last = since or date.min, until or date.max
    return tuple(event for event in events if first <= (event.date or date.max) <= last)


def _place(event: Event) -> tuple[date, int]:
    return event.date or date.max, 0 if event.what == "added" else 1 + (event.source != LEDGER)


def _day_of(item: Item) -> date | None:
    return effective_date(item) if isinstance(item, Entry) else item.date


def _has_come(item: Item, as_of: date) -> bool:
    """Tell whether what a ledger's line tells is so at a date."""
    return (_day_of(item) or date.min) <= as_of


def _is_later(step: Step, day: date) -> bool:
    return step.commit is not None and step.commit.day > day


def _ledger(
    record: Record, steps: Sequence[Step], origins: Sequence[Origin | None], as_of: date
) -> Iterator[Event]:
    """Yield what a record's ledger tells, each with the step that wrote it down."""
    moves = [move for move in replay(record, as_of).moves if move.old is None or move.new > move.old]
    moved = {id(move.entry): number for number, move in enumerate(moves, 1)}
    for (what, item), origin in zip(_items(record), origins, strict=True):
        if _has_come(item, as_of):
            step = steps[origin.step] if origin else None
            yield Event(_day_of(item), LEDGER, what, step, item, moved=moved.get(id(item), 0))


def _items(record: Record) -> Iterator[tuple[str, Item]]:
    """Yield what a record's ledger holds, in the order of `lines_of`."""
    log: tuple[Entry, ...] = getattr(record, "log", ())
    yield from (("entry", entry) for entry in log)
    yield from (("decision", decision) for decision in record.decided)
    if record.retired:
        yield "retirement", record.retired


def _told_by(steps: Sequence[Step], origins: Sequence[Origin]) -> Iterator[Event]:
    """Yield what each step did, without the lines of the ledger that have these origins."""
    told: list[str] = []
    for number, step in enumerate(steps):
        own = [origin.first for origin in origins if origin.step == number]
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
