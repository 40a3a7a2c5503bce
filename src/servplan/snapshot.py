"""One state of a plan, of which only what is asked for is read."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from servplan.files.git_tree import GitTree
from servplan.files.layout import ANSWERS_PATH, DATA, HEADER_PATH
from servplan.files.tree import Tree
from servplan.identity import id_of, is_plan_file, is_record
from servplan.load import Answers, header_of, load_answers, load_record, stand_in_header
from servplan.model.plan import Plan
from servplan.model.record import Record


class Snapshot:
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


def _object_id(raw: bytes) -> str:
    """Return the id that git gives to a file's bytes."""
    return hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()
