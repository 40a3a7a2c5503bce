"""What each commit did to each record, judged by the records that it found.

Files that moved and records that were renamed are followed (`lineage`). A merge is told only where it does
not simply take over what one of its sides did: what it brings was told by the commits that it brings.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from servplan.blobs import Blobs, File
from servplan.files.git_commit import Commit
from servplan.files.git_log import LoggedCommit, Touched, read_log
from servplan.files.git_tree import GitTree
from servplan.files.layout import HEADER_PATH
from servplan.files.plan_moves import plan_folders
from servplan.identity import id_of, is_plan_file, is_record
from servplan.lineage.walk import FileEdit, follow
from servplan.model.header import Header
from servplan.model.record import Record
from servplan.snapshot import Snapshot


class RecordEdit(NamedTuple):
    """What a commit did to one record; None where there was no such record.

    `id` is what the record is called at last. `before` is the record as each parent has it, `base` as they
    had it in common: for a commit with one parent both are the same. A version that cannot be read counts as
    the last one that could. `gone` is the record as it was before it went, where this commit goes on with it.
    `unreadable` is the path of what the commit left, if that cannot be read: `after` is None then.
    """

    commit: LoggedCommit
    id: str
    base: Record | None
    before: tuple[Record | None, ...]
    after: Record | None
    gone: Record | None = None
    unreadable: str | None = None

    @property
    def found(self) -> tuple[Record | None, ...]:
        """The record as each parent has it, or as it was before it went."""
        return self.before if any(self.before) else (self.gone,) * len(self.commit.parents)


class Story(NamedTuple):
    """What commits did to a plan's records, the oldest first.

    `renamed` has each former id with the one that became of it; `headers` has the plan's header by commit, of
    those too that the first ones came after; `unreadable` names the versions of files that cannot be read.
    """

    commits: Mapping[str, LoggedCommit]
    edits: tuple[RecordEdit, ...]
    renamed: Mapping[str, str]
    headers: Mapping[str, Header]
    unreadable: tuple[str, ...] = ()


class WorkFiles:
    """What the work tree holds that is not committed, as the work of a commit yet to be made."""

    def __init__(self, root: Path, head: Commit, snapshot: Snapshot, today: date) -> None:
        here, there = snapshot.objects, GitTree(root, head).objects
        paths = sorted(
            dict.fromkeys(path for path, _id in here.items() ^ there.items() if is_plan_file(path))
        )
        touched = tuple(Touched(path, (there.get(path),), here.get(path)) for path in paths)
        self.commit = LoggedCommit("", (head.id,), today, "", "", touched, plan_folders(root, [head.id]))
        self.contents = {here[path]: raw for path, raw in snapshot.contents(here.keys() & set(paths)).items()}


class Past:
    """What some commits did, and what was done since in the work tree."""

    def __init__(self, root: Path, commits: Sequence[LoggedCommit], work: WorkFiles | None = None) -> None:
        """Follow the records through commits, the oldest first."""
        self._commits = [*commits, *([work.commit] if work else [])]
        self._blobs = Blobs(root, work.contents if work else {})
        self._lineage = follow(root, self._commits, self._blobs)
        self._last_known: dict[tuple[int, File], Record] = {}

    def last_id(self, id_: str) -> str | None:
        """Return the last id of the record that bore an id, or None if no record ever did."""
        line = self._lineage.lines.get(id_)
        return None if line is None else self._lineage.names[line]

    def story(self) -> Story:
        """Return what was done to records that were there before, each version of a file read once."""
        return self._told([edit for edit in self._lineage.edits if any(edit.before) or edit.gone])

    def story_of(self, id_: str) -> Story:
        """Return what was done to the record that has an id at last, its coming too."""
        line = self._lineage.lines.get(id_)
        return self._told([edit for edit in self._lineage.edits if edit.line == line])

    def story_of_plan(self) -> Story:
        """Return what the plan's header was at each commit, without what was done to records."""
        return self._told(())

    def _told(self, edits: Sequence[FileEdit]) -> Story:
        self._blobs.fetch(file.object_id for edit in edits for file, _commit in _files(edit))
        read = [(edit, self._read(edit)) for edit in edits]
        headers = (
            _called(HEADER_PATH, commit) for commit in (*self._lineage.unread, *self._broken_headers())
        )
        unreadable = dict.fromkeys([*headers, *(name for item in read for name in self._unknown(*item))])
        known = {commit: self._blobs.header(blob) for commit, blob in self._lineage.headers.items()}
        return Story(
            commits={commit.id: commit for commit in self._commits},
            edits=tuple(edit for _files, edit in read),
            renamed=self._lineage.renamed,
            headers={commit: header for commit, header in known.items() if header},
            unreadable=tuple(unreadable),
        )

    def _broken_headers(self) -> Iterator[str]:
        """Yield the commits that have a header which cannot be read, and did not find it so."""
        headers = self._lineage.headers
        made_by = {commit.id: commit for commit in self._commits}
        for commit, blob in headers.items():
            found = [headers.get(parent) for parent in made_by[commit].parents] if commit in made_by else []
            if blob not in found and not self._blobs.header(blob) and commit not in self._lineage.unread:
                yield commit

    def _read(self, edit: FileEdit) -> RecordEdit:
        """Return what a commit did to a record."""
        commit, line = edit.commit, edit.line
        before = tuple(
            self._known(line, file, parent) for file, parent in zip(edit.before, commit.parents, strict=True)
        )
        base = (
            self._known(line, edit.base, commit.parents[0]) if len(before) > 1 else next(iter(before), None)
        )
        gone = self._known(line, *edit.gone) if edit.gone else None
        after = None if commit.id in self._lineage.unread else self._record(edit.after, commit.id)
        known = next(filter(None, (*before, gone)), None)
        if edit.after and after is None and known:
            self._last_known[line, edit.after] = known
        unreadable = edit.after.path if edit.after and after is None else None
        return RecordEdit(commit, self._lineage.names[line], base, before, after, gone, unreadable)

    def _record(self, file: File | None, commit: str) -> Record | None:
        return self._blobs.record(file, self._lineage.headers.get(commit))

    def _known(self, line: int, file: File | None, commit: str) -> Record | None:
        """Return the record in a file, or what was known of it last where it cannot be read."""
        return self._record(file, commit) or (self._last_known.get((line, file)) if file else None)

    def _unknown(self, edit: FileEdit, read: RecordEdit) -> Iterator[str]:
        """Yield what the versions are called that cannot be read, though their format is known."""
        sides = list(zip(edit.before, read.before, edit.commit.parents, strict=True))
        if edit.commit.id not in self._lineage.unread:
            sides.append((edit.after, read.after, edit.commit.id))
        for file, record, commit in sides:
            if file and not record:
                yield _called(file.path, commit)


def commits_between(root: Path, first: str | None, last: str) -> list[LoggedCommit]:
    """Return the commits that one object id has and another has not; all of its history without the other.

    Raises:
        ServplanError: `shallow-history`, if the clone ends before they do.
    """
    return read_log(root, [last, f"^{first}"] if first else [last])


def read_records(snapshot: Snapshot, ids: Sequence[str]) -> dict[str, Record]:
    """Read some records in a state of a plan; those that are not there are left out."""
    paths = {id_of(path): path for path in sorted(snapshot.objects, reverse=True) if is_record(path)}
    snapshot.read(paths[id_] for id_ in dict.fromkeys(ids) if id_ in paths)
    return {id_: record for id_ in ids if (record := snapshot.records.get(id_))}


def _called(path: str, commit: str) -> str:
    return f"{path} ({commit[:7]})" if commit else path


def _files(edit: FileEdit) -> Iterator[tuple[File, str]]:
    """Yield the versions that tell what a commit did, each with a commit that has it."""
    yield from ((file, "") for file in (edit.base, *edit.before, edit.after) if file)
    yield from filter(None, [edit.gone])
