"""Two states of a plan, read as far as a comparison needs them.

What two trees have in common is told by object ids and not read. Besides the records that differ, a
comparison needs those that tell what follows: what they refer to, who else serves a goal that something has
left or that was reworded, what else an owner has. These are found by looking for ids in
the bytes of the other files, and only they are read.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from servplan.files.git_tree import GitTree
from servplan.files.layout import ANSWERS_PATH, DATA, HEADER_PATH
from servplan.files.similarity import most_alike
from servplan.files.tree import Tree
from servplan.load import Answers, header_of, load_answers, load_record, stand_in_header
from servplan.model.answer import Answer
from servplan.model.goal import Goal
from servplan.model.kinds import BY_FOLDER
from servplan.model.plan import Plan
from servplan.model.programme import Box
from servplan.model.record import Entry, Record
from servplan.model.walk import references


class End(NamedTuple):
    """One of two compared states: what it is called, its commit's object id, and its day.

    The work tree has no `commit`; its day is today.
    """

    name: str
    commit: str | None
    day: date


class Pair(NamedTuple):
    """A plan before and after, and the ids that were changed: each new one with the old one.

    What differs and cannot be compared is named: in `unreadable` records by id and other files by path, in
    `doubled` the ids that several files of one side bear. `answers` has the rows of both sides'
    `data/audit.yaml`, where the file differs.
    """

    before: Plan
    after: Plan
    renamed: Mapping[str, str]
    unreadable: tuple[str, ...]
    doubled: tuple[str, ...]
    answers: tuple[tuple[Answer, ...], ...]


class Side:
    """One state of a plan: its files by object id, its header, and the records read so far."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        if isinstance(tree, GitTree):
            tree.fetch([HEADER_PATH])
        self.header, self._version = header_of(tree)
        self.records: dict[str, Record] = {}
        self.unreadable: dict[str, str] = {}

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        """The files of a tree that has no object ids of its own; what cannot be read is noted."""
        found = {}
        for path, fault, _reason in self._tree.files(DATA):
            if is_plan_file(path) or path == ANSWERS_PATH:
                try:
                    found[path] = b"" if fault else self._tree.read(path)
                except OSError:
                    found[path] = b""
        return found

    @cached_property
    def objects(self) -> Mapping[str, str]:
        """Each file's object id by its path."""
        if isinstance(self._tree, GitTree):
            return self._tree.objects
        return {path: _object_id(raw) for path, raw in self._contents.items()}

    def contents(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of some of the plan's files."""
        wanted = list(paths)
        if not isinstance(self._tree, GitTree):
            return {path: self._contents[path] for path in wanted}
        self._tree.fetch(wanted)
        return {path: self._tree.read(path) for path in wanted}

    @property
    def doubled(self) -> set[str]:
        """The ids that several files bear."""
        found = Counter(id_of(path) for path in self.objects if is_record(path))
        return {id_ for id_, number in found.items() if number > 1}

    @property
    def has_lost_header(self) -> bool:
        """Whether there is a header here that cannot be read."""
        return HEADER_PATH in self.objects and self.header == stand_in_header()

    def answers(self) -> Answers:
        """Read the answers to the audit."""
        if isinstance(self._tree, GitTree):
            self._tree.fetch([ANSWERS_PATH])
        return load_answers(self._tree)

    def naming(self, ids: Iterable[str]) -> Iterable[str]:
        """Return the files whose bytes hold one of some ids; a longer id that holds one counts too."""
        if isinstance(self._tree, GitTree):
            return self._tree.holding(sorted(ids))
        pattern = re.compile(b"|".join(re.escape(id_.encode()) for id_ in sorted(ids)))
        return [path for path, raw in self._contents.items() if pattern.search(raw)]

    def read(self, paths: Iterable[str]) -> None:
        """Read the records of some files that are not known yet."""
        known = self.records.keys() | self.unreadable.keys()
        for path, raw in self.contents(path for path in paths if id_of(path) not in known).items():
            record = load_record(path, raw, self._version)
            if record is None:
                self.unreadable[id_of(path)] = path
            else:
                self.records[record.id] = record

    def plan(self) -> Plan:
        """Return what was read as a plan."""
        return Plan(self.header, dict(sorted(self.records.items())), self.unreadable)


def read_pair(before: Tree, after: Tree) -> Pair:
    """Read two states of a plan as far as their comparison needs.

    Raises:
        ServplanError: `newer-format`, if one is written in a format that is not known here.
    """
    old, new = Side(before), Side(after)
    differ = {path for path, _id in old.objects.items() ^ new.objects.items()}
    changed = set(filter(is_record, differ))
    doubled = _set_aside_doubled(old, new, changed)
    single = {path for path in changed if id_of(path) not in doubled}
    gone, come = (side.contents(single & side.objects.keys()) for side in (old, new))
    old.read(gone)
    new.read(come)
    shared = {id_of(path): path for path in new.objects if path not in changed and is_record(path)}
    _read_around(old, new, shared)
    lost = set(map(id_of, single)) & (old.unreadable | new.unreadable).keys()
    answers = [side.answers() for side in (old, new) if ANSWERS_PATH in differ]
    if any(found.findings for found in answers):
        lost.add(ANSWERS_PATH)
        answers = []
    if HEADER_PATH in differ and (old.has_lost_header or new.header == stand_in_header()):
        lost.add(HEADER_PATH)
    return Pair(
        before=old.plan(),
        after=new.plan(),
        renamed=renamed_ids(gone, come, new.records.values()),
        unreadable=tuple(sorted(lost)),
        doubled=tuple(sorted(doubled)),
        answers=tuple(tuple(found.rows.values()) for found in answers),
    )


def _set_aside_doubled(old: Side, new: Side, changed: Iterable[str]) -> set[str]:
    """Return the ids of changed files that several files of one side bear, marked as read in vain."""
    several = old.doubled | new.doubled
    paths = {id_of(path): path for path in changed if id_of(path) in several}
    old.unreadable |= paths
    new.unreadable |= paths
    return set(paths)


def renamed_ids(
    before: Mapping[str, bytes], after: Mapping[str, bytes], records: Iterable[Record]
) -> dict[str, str]:
    """Return each new id with the old one whose record it continues.

    `before` and `after` have the files that a change touched, `records` those of `after` that can be read.
    What `formerly` tells comes first; the rest is told by how alike the files are, as git does.
    """
    there, here = set(map(id_of, before)), set(map(id_of, after))
    gone, new = there - here, here - there
    told = {item.id: old for item in records if item.id in new for old in item.formerly if old in gone}
    gone -= set(told.values())
    left = {path: raw for path, raw in before.items() if id_of(path) in gone}
    come = {path: raw for path, raw in after.items() if id_of(path) in new - told.keys()}
    return told | {id_of(path): id_of(source) for path, source in most_alike(left, come).items()}


def _read_around(old: Side, new: Side, shared: Mapping[str, str]) -> None:
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


def _read_both(old: Side, new: Side, paths: Iterable[str]) -> None:
    listed = list(paths)
    old.read(listed)
    new.read(listed)


def _named(old: Side, new: Side) -> set[str]:
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


def _asked_about(old: Side, new: Side) -> set[str]:
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


def is_plan_file(path: str) -> bool:
    """Tell whether a path is that of a plan's header or of a record's file."""
    return path == HEADER_PATH or is_record(path)


def is_record(path: str) -> bool:
    """Tell whether a path is that of a record's file."""
    parts = path.split("/")
    return len(parts) > 2 and parts[1] in BY_FOLDER and path.endswith(".yaml") and parts[-1][0] != "."


def id_of(path: str) -> str:
    """Return the id that a record's path gives it."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def _object_id(raw: bytes) -> str:
    """Return the id that git gives to a file's bytes."""
    return hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()
