"""A run through commits that tells what each did to the file of each record."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from servplan.blobs import Blobs, File
from servplan.files.git_log import LoggedCommit
from servplan.files.layout import HEADER_PATH
from servplan.files.merge_commit import MergedFile, read_merge
from servplan.files.plan_folder import plan_files
from servplan.identity import id_of, is_record
from servplan.lineage.lines import Lines
from servplan.lineage.state import Around, LastSeen, State, bases
from servplan.model.record import Record
from servplan.renaming import renamed_ids


class FileEdit(NamedTuple):
    """What a commit did to the file of one record; None where there was none.

    `before` has the file of each parent, `base` what they had in common (of one parent: the same). `gone` is
    the last version of a record that went by an earlier commit, where this one goes on with it.
    """

    commit: LoggedCommit
    line: int
    base: File | None
    before: tuple[File | None, ...]
    after: File | None
    gone: LastSeen | None = None


class Lineage(NamedTuple):
    """The lines of the records of some commits.

    `edits` are the commits' in their order. `headers` has the object id of the plan's header by commit, of
    those too that the first ones came after; for one whose format is not known, listed as `unread`, the last
    one before. `names` tells what the record of a line is called at last, `lines` of which line the last
    record was that bore an id.
    """

    edits: tuple[FileEdit, ...]
    headers: Mapping[str, str]
    unread: tuple[str, ...]
    names: Mapping[int, str]
    lines: Mapping[str, int]

    @property
    def renamed(self) -> dict[str, str]:
        """Each former id with the one that became of it."""
        named = ((id_, self.names[line]) for id_, line in self.lines.items())
        return {id_: name for id_, name in named if name != id_}


def follow(root: Path, commits: Sequence[LoggedCommit], blobs: Blobs) -> Lineage:
    """Return the lines of the records that some commits, the oldest first, changed."""
    walk = _Walk(root, commits, blobs)
    edits = [edit for commit in commits for edit in walk.go_on(commit)]
    return walk.lineage(edits)


class _Walk:
    """A run through commits, with the state that each left as long as a later one needs it."""

    def __init__(self, root: Path, commits: Sequence[LoggedCommit], blobs: Blobs) -> None:
        self._root = root
        self._blobs = blobs
        self._joins = _joins(commits)
        self._waiting = Counter(parent for commit in commits for parent in commit.parents)
        self._states: dict[str, State] = {}
        self._last = State()
        self._lines = Lines()
        self._headers: dict[str, str] = {}
        self._unread: list[str] = []
        blobs.fetch(_wanted(commits))

    def go_on(self, commit: LoggedCommit) -> Iterator[FileEdit]:
        """Take the next commit, and yield what it did."""
        parents = [self._state(parent, commit.folders.at(parent)) for parent in commit.parents]
        files = {file.path: file for file in self._changed_files(commit)}
        pending = parents[0].unread if parents else {}
        ids = tuple(dict.fromkeys(id_of(path) for path in (*files, *pending) if is_record(path)))
        before = tuple({id_: state.file(id_) for id_ in ids} for state in parents)
        base = bases(files.values()) if len(parents) > 1 else next(iter(before), {})
        state = self._taken_from(commit, parents)
        now = {**pending, **{path: file.merged for path, file in files.items()}}
        if self._blobs.format_of(now.get(HEADER_PATH) or state.header) is None:
            state.unread = now
            self._unread.append(commit.id)
            yield from _unjudged(commit, state, {path: now[path] for path in files})
        else:
            state.unread = {}
            for path, object_id in now.items():
                state.put(path, object_id)
            after = {id_: state.file(id_) for id_ in ids}
            resumed = frozenset(map(id_of, pending))
            yield from self._judged(commit, state, Around(ids, base, before, after, resumed))
        self._keep(commit, state)

    def _changed_files(self, commit: LoggedCommit) -> list[MergedFile]:
        """Return the files that a commit changed; of a join those in which it, its sides or base differ."""
        if commit.id in self._joins:
            return read_merge(self._root, commit)
        return [MergedFile(path, next(iter(old), None), old, new) for path, old, new in commit.touched]

    def _state(self, commit: str, folder: str | None) -> State:
        """Return the state that a commit left; one from before the first commits is listed."""
        if commit not in self._states:
            state = self._states[commit] = State()
            for path, object_id in plan_files(self._root, commit, folder).items():
                state.put(path, object_id)
            state.lines = self._lines.outside(state.files)
            self._note_header(commit, state)
        return self._states[commit]

    def _taken_from(self, commit: LoggedCommit, parents: Sequence[State]) -> State:
        """Return the state that a commit begins with: its first parent's, with the lines of the others."""
        self._waiting.subtract(commit.parents)
        for parent in commit.parents:
            if not self._waiting[parent]:
                self._states.pop(parent, None)
        if not parents:
            return State()
        state = parents[0].copy() if self._waiting[commit.parents[0]] else parents[0]
        for other in parents[1:]:
            self._lines.join(state, other)
        return state

    def _judged(self, commit: LoggedCommit, state: State, around: Around) -> Iterator[FileEdit]:
        """Yield what a commit did to each record, after naming those that are new in its state."""
        went, came = around.went(), around.came()
        back = self._lines.name(state, commit, went, came, self._renamed(state, went, came))
        if len(commit.parents) > 1:
            self._lines.part(state, sorted(around.ids, key=lambda id_: around.before[0][id_] is None))
        taken = dict(self._taken_over(commit, state, around))
        yield from self._edits(commit, state, around, back, taken.keys())
        yield from taken.values()

    def _renamed(self, state: State, went: Mapping[str, File], came: Mapping[str, File]) -> dict[str, str]:
        """Return the ids that a commit gave to records in place of others, each with the one before."""
        if not went or not came:
            return {}
        before, after = (
            {file.path: self._blobs.raw(file.object_id) for file in side.values()} for side in (went, came)
        )
        return renamed_ids(before, after, self._with_former_ids(state, came.values()))

    def _with_former_ids(self, state: State, files: Iterable[File]) -> list[Record]:
        """Return the records of some files that name ids in `formerly`."""
        named = (file for file in files if b"formerly" in self._blobs.raw(file.object_id))
        return list(filter(None, self._blobs.records(named, state.header)))

    def _taken_over(
        self, commit: LoggedCommit, state: State, around: Around
    ) -> Iterator[tuple[str, FileEdit]]:
        """Yield the ids of records that are gone and that others, by `formerly`, now go on with."""
        if not state.gone:
            return
        for record in self._with_former_ids(state, self._claimants(state, around)):
            for old in record.formerly:
                line = self._lines.of(state, old)
                if line in state.gone:
                    place = state.gone.pop(line)
                    before = tuple(side.get(old) for side in around.before)
                    gone = None if any(before) else place
                    after = state.file(record.id)
                    yield old, FileEdit(commit, line, around.base.get(old), before, after, gone)
                    self._lines.unite(line, state.lines[record.id])

    def _claimants(self, state: State, around: Around) -> list[File]:
        """Return the files that may go on with a record that is gone: all of them if it went just now."""
        if not any(self._lines.of(state, id_) in state.gone for id_ in around.went()):
            return [file for file in around.after.values() if file]
        everywhere = [files[0] for files in state.files.values()]
        self._blobs.fetch(file.object_id for file in everywhere)
        return everywhere

    def _edits(
        self,
        commit: LoggedCommit,
        state: State,
        around: Around,
        back: Mapping[str, LastSeen],
        taken: Iterable[str],
    ) -> Iterator[FileEdit]:
        """Yield what a commit did to each record that it touched, under whatever ids."""
        by_line: dict[int, list[str]] = {}
        for id_ in around.ids:
            if id_ in state.lines and id_ not in taken:
                by_line.setdefault(self._lines.of(state, id_), []).append(id_)
        for line, ids in by_line.items():
            base, *before = (_first(side, ids) for side in (around.base, *around.before))
            after = _first(around.after, ids)
            id_ = id_of(after.path) if after else ids[0]
            self._lines.names[line] = id_
            if _is_told(base, before, after) or not around.resumed.isdisjoint(ids):
                yield FileEdit(commit, line, base, tuple(before), after, back.get(id_))

    def _note_header(self, commit: str, state: State) -> None:
        if state.header:
            self._headers[commit] = state.header

    def _keep(self, commit: LoggedCommit, state: State) -> None:
        self._note_header(commit.id, state)
        self._last = state
        if self._waiting[commit.id]:
            self._states[commit.id] = state

    def lineage(self, edits: Iterable[FileEdit]) -> Lineage:
        """Return what was found, after the last commit."""
        lines, names = self._lines.at_last(self._last)
        found = tuple(edit._replace(line=self._lines.find(edit.line)) for edit in edits)
        return Lineage(found, self._headers, tuple(self._unread), names, lines)


def _joins(commits: Iterable[LoggedCommit]) -> set[str]:
    """Return the merges of which a side has touched the plan since their base.

    The sides of all others have the same files as their base, and the log tells what the merge made of them.
    """
    touched_last: dict[str, str] = {}
    joins = set()
    for commit in commits:
        sides = {touched_last.get(parent, parent) for parent in commit.parents}
        if len(sides) > 1:
            joins.add(commit.id)
        touched_last[commit.id] = commit.id if commit.touched or len(sides) != 1 else sides.pop()
    return joins


def _unjudged(commit: LoggedCommit, state: State, files: Mapping[str, str | None]) -> Iterator[FileEdit]:
    """Yield what a commit in a format that is not known did to the records that are known."""
    for path, object_id in files.items():
        before = state.file(id_of(path)) if is_record(path) else None
        if before and object_id and before.path == path:
            sides = (before,) * len(commit.parents)
            yield FileEdit(commit, state.lines[id_of(path)], before, sides, File(path, object_id))


def _first(side: Mapping[str, File | None], ids: Iterable[str]) -> File | None:
    return next(filter(None, map(side.get, ids)), None)


def _is_told(base: File | None, before: Sequence[File | None], after: File | None) -> bool:
    """Tell whether a commit did anything itself: a merge that leaves what one side made of it did not."""
    changed = set(before) - {base}
    return len(changed) > 1 or after != next(iter(changed), base)


def _wanted(commits: Iterable[LoggedCommit]) -> Iterator[str]:
    """Yield the contents that following takes: where files went, and all that came or changed since."""
    one_went = False
    for commit in commits:
        files = [file for file in commit.touched if is_record(file.path)]
        went = [old for file in files for old in file.old if old and not file.new]
        one_went = one_went or bool(went)
        if one_went:
            yield from went
            yield from (file.new for file in files if file.new)
