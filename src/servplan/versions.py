"""One record's versions as history has them: every commit that changed its file, under whatever name.

Commits are walked from the newest to the oldest along all their parents, with the ids that the record bore
on each line: where it took another's place it is followed there, by `formerly` or by git's similarity.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.git import Commit, GitTree, Objects
from servplan.files.git_log import LoggedCommit, Touched, read_log
from servplan.files.tree import MemoryTree
from servplan.load import HEADER_PATH, header_of, load_record
from servplan.model.formats import FORMAT
from servplan.model.record import Record
from servplan.revisions import id_of, is_record, renamed_ids


class Version(NamedTuple):
    """A record as a commit left it, and as each of its parents had it (None: not there).

    `unreadable` is the path of a file that cannot be read, and `after` is None then; what the next version
    comes after is the last one that could be read. `renamed` has the ids that the commit gave to records,
    each with the one before.
    """

    commit: LoggedCommit
    before: tuple[Record | None, ...]
    after: Record | None
    unreadable: str | None
    renamed: Mapping[str, str]


class _Touching(NamedTuple):
    """A commit that changed the files of one record, under one of its ids."""

    commit: LoggedCommit
    ids: set[str]
    files: tuple[Touched, ...]
    renamed: Mapping[str, str]


class Past:
    """The commits up to one, in which records are looked for."""

    def __init__(self, root: Path, tip: Commit) -> None:
        """Read the commits; a `shallow-history` is a `ServplanError`."""
        self._root = root
        self._tip = tip
        self._objects = Objects(root)
        self._commits = read_log(root, [tip.id])
        self._renames: dict[str, Mapping[str, str]] = {}
        self._last_readable: dict[str, Record] = {}

    def later_id(self, id_: str) -> str | None:
        """Return the last id of the record that bore an id, or None if no record ever did."""
        name, known = id_, False
        for commit in self._commits:
            touched = {id_of(file.path) for file in _records_in(commit)}
            known = known or id_ in touched
            if any(id_of(file.path) == id_ and _came(file) for file in _records_in(commit)):
                name = id_
            if name in touched:
                now = {old: new for new, old in self._renamed(commit).items()}
                name = now.get(name, name)
        return name if known else None

    def versions(self, id_: str, former: Collection[str] = ()) -> list[Version]:
        """Return every version of a record, oldest first; `former` are ids that it is known to have borne."""
        touching = list(self._touching({id_, *former}))
        ids = (blob for item in touching for file in item.files for blob in (*file.old, file.new))
        self._objects.fetch(blob for blob in ids if blob)
        return [self._version(item) for item in reversed(touching)]

    def _touching(self, names: set[str]) -> Iterator[_Touching]:
        """Yield the commits that changed a record's files, newest first."""
        borne = {self._tip.id: names}
        for commit in reversed(self._commits):
            mine = borne.pop(commit.id, set())
            if any(id_of(file.path) in mine for file in _records_in(commit)):
                renamed = self._renamed(commit)
                mine -= {old for new, old in renamed.items() if new not in mine}
                earlier = {renamed.get(name, name) for name in mine}
                ids = mine | earlier
                files = tuple(file for file in _records_in(commit) if id_of(file.path) in ids)
                mine = earlier
                if files:
                    yield _Touching(commit, ids, files, renamed)
            for parent in commit.parents:
                borne[parent] = borne.get(parent, set()) | mine

    def _renamed(self, commit: LoggedCommit) -> Mapping[str, str]:
        """Return the ids that a commit gave to records in place of others, each with the one before."""
        if commit.id not in self._renames:
            self._renames[commit.id] = self._read_renames(commit)
        return self._renames[commit.id]

    def _read_renames(self, commit: LoggedCommit) -> Mapping[str, str]:
        files = _records_in(commit)
        come = {file.path: file.new for file in files if file.new and _came(file)}
        gone = {file.path: file.old[0] for file in files if file.old[0] and not file.new}
        if not come or not gone:
            return {}
        self._objects.fetch([*come.values(), *gone.values()])
        records = filter(None, (self._read(path, blob, commit.id) for path, blob in come.items()))
        before, after = (
            {path: self._objects[blob] for path, blob in blobs.items()} for blobs in (gone, come)
        )
        return renamed_ids(before, after, records)

    def _version(self, item: _Touching) -> Version:
        commit, _ids, files, renamed = item
        now = next((file for file in files if file.new), None)
        before = tuple(self._before(item, now, at) for at in range(len(files[0].old)))
        after = self._read(now.path, now.new, commit.id) if now else None
        known = next(filter(None, before), None)
        if now and now.new and after is None and known:
            self._last_readable[now.new] = known
        return Version(commit, before, after, now.path if now and after is None else None, renamed)

    def _before(self, item: _Touching, now: Touched | None, at: int) -> Record | None:
        """Return the record as a parent had it: at the same path, else at one that the commit took away."""
        if not item.commit.parents:
            return None
        had = {file.path: blob for file in item.files if (blob := file.old[at])}
        if not had and len(item.commit.parents) > 1:
            had = self._left_alone(item.commit.parents[at], item.ids)
        path = now.path if now and now.path in had else next(iter(had), "")
        blob = had.get(path, "")
        return self._read(path, blob, item.commit.parents[at]) or self._last_readable.get(blob)

    def _left_alone(self, parent: str, ids: set[str]) -> dict[str, str]:
        """Return the files that a merge's parent has for a record, where the merge tells of others."""
        objects = GitTree(self._root, Commit(parent, self._tip.day), self._objects).objects
        found = {path: blob for path, blob in objects.items() if is_record(path) and id_of(path) in ids}
        self._objects.fetch(found.values())
        return found

    def _read(self, path: str, blob: str | None, commit: str) -> Record | None:
        """Return the record in a fetched file of a commit; None where it cannot be read."""
        version = self._formats[commit]
        return load_record(path, self._objects[blob], version) if blob and version <= FORMAT else None

    @cached_property
    def _formats(self) -> dict[str, int]:
        """The format of the plan at each commit: its header's, else the newest of its parents'."""
        headers = {
            commit.id: file.new
            for commit in self._commits
            for file in commit.touched
            if file.path == HEADER_PATH and file.new
        }
        self._objects.fetch(headers.values())
        read = {blob: self._format_in(blob) for blob in set(headers.values())}
        found: dict[str, int] = {}
        for commit in self._commits:
            inherited = max((found[parent] for parent in commit.parents), default=FORMAT)
            found[commit.id] = read[headers[commit.id]] if commit.id in headers else inherited
        return found

    def _format_in(self, blob: str) -> int:
        """Return the format that a header declares; one that is not known here counts as the next."""
        try:
            return header_of(MemoryTree({HEADER_PATH: self._objects[blob]}))[1]
        except ServplanError:
            return FORMAT + 1


def _records_in(commit: LoggedCommit) -> list[Touched]:
    return [file for file in commit.touched if is_record(file.path)]


def _came(file: Touched) -> bool:
    return file.new is not None and not any(file.old)
