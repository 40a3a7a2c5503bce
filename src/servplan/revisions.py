"""Two states of a plan, read as far as a comparison needs them.

What two trees have in common is told by object ids and not read. Besides the records that differ, a
comparison needs those that tell what follows: what they refer to, who else serves a goal that something has
left or that was reworded, what else an owner has. These are found by looking for ids in
the bytes of the other files, and only they are read.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from servplan.files.layout import ANSWERS_PATH, HEADER_PATH
from servplan.files.tree import Tree
from servplan.identity import id_of, is_record
from servplan.load import stand_in_header
from servplan.model.answer import Answer
from servplan.model.goal import Goal
from servplan.model.plan import Plan
from servplan.model.programme import Box
from servplan.model.record import Entry, Record
from servplan.model.walk import references
from servplan.renaming import renamed_ids
from servplan.snapshot import Snapshot


class End(NamedTuple):
    """One of two compared states: what it is called, its commit's object id, and its day.

    The work tree has no `commit`; its day is today.
    """

    name: str
    commit: str | None
    day: date


Rows = tuple[Answer, ...]
"""The rows of `data/audit.yaml`."""


class Pair(NamedTuple):
    """A plan before and after, and the ids that were changed: each new one with the old one.

    What differs and cannot be compared is named: in `unreadable` records by id and other files by path, in
    `doubled` the ids that several files of one side bear. `answers` has the rows of both sides'
    `data/audit.yaml`, where the file differs and can be read.
    """

    before: Plan
    after: Plan
    renamed: Mapping[str, str]
    unreadable: tuple[str, ...]
    doubled: tuple[str, ...]
    answers: tuple[Rows, Rows] | None


def read_pair(before: Tree, after: Tree) -> Pair:
    """Read two states of a plan as far as their comparison needs.

    Raises:
        ServplanError: `newer-format`, if one is written in a format that is not known here.
    """
    old, new = Snapshot(before), Snapshot(after)
    differ = {path for path, _id in old.objects.items() ^ new.objects.items()}
    changed = set(filter(is_record, differ))
    doubled = _set_aside_doubled(old, new, changed)
    single = {path for path in changed if id_of(path) not in doubled}
    gone, come = (side.contents(single & side.objects.keys()) for side in (old, new))
    old.read(gone)
    new.read(come)
    shared = {id_of(path): path for path in new.objects if path not in changed and is_record(path)}
    _read_around(old, new, shared)
    answers = _answers(old, new) if ANSWERS_PATH in differ else None
    lost = set(map(id_of, single)) & (old.unreadable | new.unreadable).keys()
    return Pair(
        before=old.plan(),
        after=new.plan(),
        renamed=renamed_ids(gone, come, new.records.values()),
        unreadable=(
            *_lost_files(old, new, differ, are_lost=ANSWERS_PATH in differ and answers is None),
            *sorted(lost),
        ),
        doubled=tuple(sorted(doubled)),
        answers=answers,
    )


def _answers(old: Snapshot, new: Snapshot) -> tuple[Rows, Rows] | None:
    """Return both sides' answers to the audit; None if one cannot be read."""
    before, after = old.answers(), new.answers()
    if before.findings or after.findings:
        return None
    return tuple(before.rows.values()), tuple(after.rows.values())


def _lost_files(old: Snapshot, new: Snapshot, differ: Collection[str], are_lost: bool) -> Iterator[str]:
    """Yield the files besides records that differ and that a side cannot read; `are_lost` are the answers."""
    if are_lost:
        yield ANSWERS_PATH
    if HEADER_PATH in differ and (old.has_lost_header or new.header == stand_in_header()):
        yield HEADER_PATH


def _set_aside_doubled(old: Snapshot, new: Snapshot, changed: Iterable[str]) -> set[str]:
    """Return the ids of changed files that several files of one side bear, marked as read in vain."""
    several = old.doubled | new.doubled
    paths = {id_of(path): path for path in changed if id_of(path) in several}
    old.unreadable |= paths
    new.unreadable |= paths
    return set(paths)


def _read_around(old: Snapshot, new: Snapshot, shared: Mapping[str, str]) -> None:
    """Read what tells the consequences of a change: files that are the same on both sides, by their ids."""
    named = _named(old, new)
    _read_both(old, new, (shared[id_] for id_ in named if id_ in shared))
    wanted = _asked_about(old, new) | (named - shared.keys() - old.records.keys() - new.records.keys())
    asked: set[str] = set()
    unread = set(shared.values())
    while wanted:
        asked |= wanted
        _read_both(old, new, set(new.naming(wanted)) & unread)
        known = (*old.records.values(), *new.records.values())
        below = (record for record in known if isinstance(record, Goal | Box))
        wanted = {record.id for record in below if not wanted.isdisjoint(record.supports)} - asked


def _read_both(old: Snapshot, new: Snapshot, paths: Iterable[str]) -> None:
    listed = list(paths)
    old.read(listed)
    new.read(listed)


def _named(old: Snapshot, new: Snapshot) -> set[str]:
    """Return the ids of records that may have to be named, or looked at, to tell what changed.

    A record whose place in the plan is as it was changes nothing for those that it names.
    """
    found: set[str] = set()
    for id_ in old.records.keys() | new.records.keys():
        before, after = old.records.get(id_), new.records.get(id_)
        were, are = set(_targets(before)), set(_targets(after))
        found |= were ^ are if before and after and _place(before) == _place(after) else were | are
    return found


def _targets(record: Record | None) -> list[str]:
    return [reference.target for reference in references(record)] if record else []


def _place(record: Record) -> tuple[object, ...]:
    """Return what decides where a record stands in the plan: what it serves, whose it is, since when."""
    log: tuple[Entry, ...] = getattr(record, "log", ())
    moves = [
        (entry.date, entry.known_by, entry.due, entry.owners, entry.voided)
        for entry in log
        if entry.due or entry.owners is not None
    ]
    fields = (getattr(record, name, None) for name in ("title", "supports", "due", "owners", "retired"))
    return record.kind, record.valid_from, moves, *fields


def _dues(record: Record) -> tuple[object, ...]:
    """Return what says when a record is due."""
    log: tuple[Entry, ...] = getattr(record, "log", ())
    moves = [(entry.date, entry.known_by, entry.due, entry.voided) for entry in log if entry.due]
    return getattr(record, "due", None), moves


def _asked_about(old: Snapshot, new: Snapshot) -> set[str]:
    """Return the ids of which it must be known who names them.

    These are goals that something left, goals that were reworded, whatever is due on another day, and owners
    who won or lost something.
    """
    wanted: set[str] = set()
    for id_ in old.records.keys() | new.records.keys():
        before, after = old.records.get(id_), new.records.get(id_)
        kept = None if after and after.retired else after
        left = set(_named_by(before, "supports")) - set(_named_by(kept, "supports"))
        reworded = isinstance(after, Goal) and before is not None and before.title != after.title
        wanted |= left | ({id_} if reworded or (left and isinstance(before, Goal | Box)) else set())
        if before and after and _dues(before) != _dues(after):
            wanted |= {id_, *after.formerly}
        if _named_by(before, "owners") != _named_by(kept, "owners"):
            wanted.update(_named_by(before, "owners"), _named_by(kept, "owners"))
    return wanted


def _named_by(record: Record | None, field: str) -> list[str]:
    """Return the ids that a record names in a field, in its entries too."""
    if record is None:
        return []
    return [reference.target for reference in references(record) if field in reference.keys]
