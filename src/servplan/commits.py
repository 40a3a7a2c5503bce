"""What each commit did to each record, judged by the records that it found.

Files that moved and records that were renamed are followed by id. A merge is told only where it does not
simply take over what one of its sides did: what it brings was told by the commits that it brings.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from servplan.files.git import Commit, GitTree, Objects
from servplan.files.git_log import LoggedCommit, Touched, headers_at, read_log, read_merge
from servplan.files.tree import MemoryTree
from servplan.load import HEADER_PATH, header_of, load_record
from servplan.model.formats import FORMAT
from servplan.model.header import Header
from servplan.model.record import Record
from servplan.revisions import Side, id_of, is_record, renamed_ids


class RecordEdit(NamedTuple):
    """What a commit did to one record; None where there was no such record.

    `before` is the record as each parent has it, `base` as they had it in common: for a commit with one
    parent both are the same. `id` is what the record is called at last.
    """

    commit: LoggedCommit
    id: str
    base: Record | None
    before: tuple[Record | None, ...]
    after: Record | None


class Story(NamedTuple):
    """What commits did to a plan's records, the oldest first.

    `renamed` has each former id with the one that became of it; `headers` has the plan's header by commit;
    `unreadable` names the versions of files that hold no record to read, and are not judged.
    """

    edits: tuple[RecordEdit, ...]
    renamed: Mapping[str, str]
    headers: Mapping[str, Header]
    unreadable: tuple[str, ...]


class _File(NamedTuple):
    """A version of a record's file."""

    path: str
    object_id: str


class _Change(NamedTuple):
    """What happened to the file of one record, as `RecordEdit` tells it of the record."""

    id: str
    base: _File | None
    before: tuple[_File | None, ...]
    after: _File | None


def read_story(root: Path, commits: Sequence[LoggedCommit], work: "WorkFiles | None" = None) -> Story:
    """Read what some commits did, and what was done since in the work tree, each version of a file once.

    Raises:
        ServplanError: `newer-format`, if a commit's plan is written in a format that is not known here.
    """
    told = [*commits, work.commit] if work else list(commits)
    reader = _Reader(root, told, work)
    ordinary = [(commit, list(_file_changes(commit.touched))) for commit in told if len(commit.parents) < 2]
    reader.fetch(file for _commit, changes in ordinary for file in _needed(changes))
    renamed = _resolved(
        {old: new for commit, changes in ordinary for new, old in reader.renames(commit, changes).items()}
    )
    merges = [
        (commit, list(_merge_changes(root, commit, renamed))) for commit in told if len(commit.parents) > 1
    ]
    reader.fetch(file for _commit, changes in merges for change in changes for file in _files(change))
    by_commit = {commit.id: changes for commit, changes in (*ordinary, *merges)}
    edits = [edit for commit in told for edit in reader.edits(commit, _joined(by_commit[commit.id], renamed))]
    return Story(tuple(edits), renamed, reader.headers, tuple(dict.fromkeys(reader.unreadable)))


class WorkFiles:
    """What the work tree holds that is not committed, as the work of a commit yet to be made."""

    def __init__(self, root: Path, head: Commit, side: Side, today: date) -> None:
        self.header = side.header
        here, there = side.objects, GitTree(root, head).objects
        paths = sorted(path for path, _id in here.items() ^ there.items() if is_record(path))
        touched = tuple(Touched(path, (there.get(path),), here.get(path)) for path in dict.fromkeys(paths))
        self.commit = LoggedCommit("", (head.id,), today, "", "", touched)
        self.contents = {here[path]: raw for path, raw in side.contents(here.keys() & set(paths)).items()}


def commits_between(root: Path, first: str | None, last: str) -> list[LoggedCommit]:
    """Return the commits that one object id has and another has not; all of its history without the other.

    Raises:
        ServplanError: `shallow-history`, if the clone ends before they do.
    """
    return read_log(root, [last, f"^{first}"] if first else [last])


def read_records(side: Side, ids: Iterable[str], renamed: Mapping[str, str]) -> dict[str, Record]:
    """Read the records that some ids mean in a state of a plan; those that are gone are left out.

    An id that is gone is looked for in the other records' `formerly`, too.
    """
    paths = {id_of(path): path for path in side.objects if is_record(path)}
    now = {id_: id_ if id_ in paths else renamed.get(id_, id_) for id_ in ids}
    side.read(paths[id_] for id_ in set(now.values()) if id_ in paths)
    if not set(now.values()) <= paths.keys():
        side.read(path for path, raw in side.contents(paths.values()).items() if b"formerly" in raw)
    former = {old: record.id for record in side.records.values() for old in record.formerly}
    found = {id_: side.records.get(new) or side.records.get(former.get(new, "")) for id_, new in now.items()}
    return {id_: record for id_, record in found.items() if record}


class _Reader:
    """The versions of records' files that some commits touched, each read once."""

    def __init__(self, root: Path, commits: Sequence[LoggedCommit], work: WorkFiles | None) -> None:
        self._objects = Objects(root)
        self._loose = work.contents if work else {}
        self._records: dict[_File, Record | None] = {}
        self._gone: dict[str, Record] = {}
        self.unreadable: list[str] = []
        self.headers, self._versions = self._read_headers(root, commits)
        if work:
            self.headers[""] = work.header

    def _read_headers(
        self, root: Path, commits: Sequence[LoggedCommit]
    ) -> tuple[dict[str, Header], dict[str, int]]:
        ids = dict.fromkeys(id_ for commit in commits for id_ in (*commit.parents, commit.id) if id_)
        found = headers_at(root, list(ids))
        self._objects.fetch(found.values())
        read = {id_: header_of(MemoryTree({HEADER_PATH: self._objects[id_]})) for id_ in set(found.values())}
        headers = {commit: read[id_][0] for commit, id_ in found.items()}
        return headers, {commit: read[id_][1] for commit, id_ in found.items()}

    def fetch(self, files: Iterable[_File]) -> None:
        """Read some versions at once."""
        self._objects.fetch(file.object_id for file in files if file.object_id not in self._loose)

    def renames(self, commit: LoggedCommit, changes: Sequence[_Change]) -> dict[str, str]:
        """Return the ids that a commit gave to records in place of others, each with the one before."""
        gone = [change.before[0] for change in changes if change.before[0] and not change.after]
        come = [change.after for change in changes if change.after and not change.before[0]]
        if not gone or not come:
            return {}
        records = filter(None, (self._record(file, commit.id) for file in come))
        before, after = ({file.path: self._raw(file) for file in files} for files in (gone, come))
        return renamed_ids(before, after, records)

    def edits(self, commit: LoggedCommit, changes: Iterable[_Change]) -> Iterator[RecordEdit]:
        """Yield what a commit did to records that were there before."""
        for change in changes:
            if commit.parents and (edit := self._edit(commit, change)):
                yield edit

    def _edit(self, commit: LoggedCommit, change: _Change) -> RecordEdit | None:
        """Return what a commit did to a record; None where it is new, or where a version cannot be read."""
        before = self._before(commit, change)
        known = next(filter(None, before), None)
        if known is None:
            return None
        after = self._record(change.after, commit.id)
        if change.after and after is None:
            self._name(change.after, commit.id)
            self._records[change.after] = known  # the next version is compared with what was known
            return None
        if after is None:
            self._gone[change.id] = known
        base = before[0] if len(before) == 1 else self._record(change.base, commit.parents[0])
        return RecordEdit(commit, change.id, base, before, after)

    def _before(self, commit: LoggedCommit, change: _Change) -> tuple[Record | None, ...]:
        """Return the record as each parent has it, or as it was before it went; none if one is unreadable."""
        if not any(change.before):
            return tuple(self._gone.get(change.id) for _parent in commit.parents)
        before = []
        for file, parent in zip(change.before, commit.parents, strict=True):
            before.append(self._record(file, parent))
            if file and before[-1] is None:
                self._name(file, parent)
                return ()
        return tuple(before)

    def _name(self, file: _File, commit: str) -> None:
        """Note that a version cannot be read."""
        self.unreadable.append(f"{file.path} ({commit[:7]})" if commit else file.path)

    def _record(self, file: _File | None, commit: str) -> Record | None:
        if file is None:
            return None
        if file not in self._records:
            version = self._versions.get(commit, FORMAT)
            self._records[file] = load_record(file.path, self._raw(file), version)
        return self._records[file]

    def _raw(self, file: _File) -> bytes:
        if file.object_id in self._loose:
            return self._loose[file.object_id]
        self._objects.fetch([file.object_id])
        return self._objects[file.object_id]


def _file_changes(touched: Iterable[Touched]) -> Iterator[_Change]:
    """Yield what a commit with one parent did to records' files, by id: a file that moved is one change."""
    found: dict[str, _Change] = {}
    for path, (old, *_others), new in touched:
        if is_record(path):
            known = found.get(id_of(path), _Change(id_of(path), None, (None,), None))
            before = _File(path, old) if old else known.before[0]
            found[known.id] = _Change(known.id, before, (before,), _File(path, new) if new else known.after)
    yield from found.values()


def _merge_changes(root: Path, commit: LoggedCommit, renamed: Mapping[str, str]) -> Iterator[_Change]:
    """Yield the records that a merge does not leave as just one of its sides made them."""
    found: dict[str, list[_File | None]] = {}
    for path, base, parents, merged in read_merge(root, commit):
        if is_record(path):
            id_ = renamed.get(id_of(path), id_of(path))
            sides = found.setdefault(id_, [None] * (len(parents) + 2))
            for index, object_id in enumerate((base, *parents, merged)):
                sides[index] = _File(path, object_id) if object_id else sides[index]
    for id_, (of_base, *before, after) in found.items():
        changed = set(before) - {of_base}
        if len(changed) > 1 or after != next(iter(changed), of_base):
            yield _Change(id_, of_base, tuple(before), after)


def _joined(changes: Iterable[_Change], renamed: Mapping[str, str]) -> Iterator[_Change]:
    """Yield the changes under the ids that the records have at last, a renamed record's as one."""
    grouped: dict[str, list[_Change]] = {}
    for change in changes:
        grouped.setdefault(renamed.get(change.id, change.id), []).append(change)
    for id_, group in grouped.items():
        last = next((change for change in group if change.after), group[0])
        first = next((change for change in (last, *group) if any(change.before)), last)
        yield _Change(id_, first.base, first.before, last.after)


def _resolved(renamed: Mapping[str, str]) -> dict[str, str]:
    """Return each former id with the one that became of it at last."""
    found = {}
    for old in renamed:
        now, passed = old, set[str]()
        while now in renamed and now not in passed:
            passed.add(now)
            now = renamed[now]
        if now != old:
            found[old] = now
    return found


def _needed(changes: Sequence[_Change]) -> Iterator[_File]:
    """Yield the versions that tell what a commit did: where records went, the new ones too."""
    gone = any(change.after is None for change in changes)
    for change in changes:
        if gone or (change.after and any(change.before)):
            yield from _files(change)


def _files(change: _Change) -> Iterator[_File]:
    yield from (file for file in (change.base, *change.before, change.after) if file)
