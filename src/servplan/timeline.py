"""The whole plan at many commits of the main line, each file read once however many of them have it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from servplan.files.git import Objects
from servplan.files.git_log import LoggedCommit
from servplan.files.tree import MemoryTree
from servplan.load import HEADER_PATH, header_of, records_in
from servplan.model.header import Header
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.revisions import id_of, is_record


class Stage(NamedTuple):
    """What the files of a plan have become by a commit since the stage before: object ids, None for gone."""

    commit: LoggedCommit
    files: Mapping[str, str | None]


def read_plans(
    root: Path, commits: Iterable[LoggedCommit], wanted: Collection[str]
) -> Iterator[tuple[LoggedCommit, Plan]]:
    """Yield the plan at each wanted commit of a main line, which is told whole and oldest first.

    Commits before the plan's header was there are left out.

    Raises:
        ServplanError: `newer-format`, if a plan is written in a format that is not known here.
    """
    stages = list(_stages(commits, wanted))
    objects = Objects(root)
    objects.fetch(blob for stage in stages for blob in stage.files.values() if blob)
    files = _Files(objects)
    for stage in stages:
        files.follow(stage.files)
        plan = files.plan()
        if plan is not None:
            yield stage.commit, plan


def _stages(commits: Iterable[LoggedCommit], wanted: Collection[str]) -> Iterator[Stage]:
    """Yield the wanted commits, each with all that was changed since the one before."""
    changed: dict[str, str | None] = {}
    for commit in commits:
        changed.update((file.path, file.new) for file in commit.touched if is_plan_file(file.path))
        if commit.id in wanted:
            yield Stage(commit, changed)
            changed = {}


def is_plan_file(path: str) -> bool:
    """Tell whether a path from the plan's folder is that of its header or of a record."""
    return path == HEADER_PATH or is_record(path)


class _Files:
    """The files of a plan as they are by a commit, and the records in them."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._header: Header | None = None
        self._version = 0
        self._blobs: dict[str, str] = {}
        self._paths: dict[str, set[str]] = {}
        self._known: dict[tuple[str, str, int], Record | None] = {}
        self._records: dict[str, Record] = {}
        self._unreadable: dict[str, str] = {}

    def follow(self, changed: Mapping[str, str | None]) -> None:
        """Go on to the next stage: read the records whose files changed, and all if the format did."""
        touched = {id_of(path) for path in changed if path != HEADER_PATH}
        for path, blob in changed.items():
            if path != HEADER_PATH:
                self._put(path, blob)
            elif self._read_header(blob):
                touched.update(self._paths)
        self._read(touched)

    def _read_header(self, blob: str | None) -> bool:
        """Read the plan's header, and tell whether its records are in another format than before."""
        if blob is None:
            self._header = None
            return False
        before = self._version
        self._header, self._version = header_of(MemoryTree({HEADER_PATH: self._objects[blob]}))
        return self._version != before

    def _put(self, path: str, blob: str | None) -> None:
        paths = self._paths.setdefault(id_of(path), set())
        if blob is None:
            self._blobs.pop(path, None)
            paths.discard(path)
        else:
            self._blobs[path] = blob
            paths.add(path)

    def _read(self, ids: Iterable[str]) -> None:
        """Read records, each from the first of the files that bear its id, as `load_plan` does."""
        paths = {id_: min(self._paths[id_]) for id_ in ids if self._paths[id_]}
        self._learn(paths.values())
        for id_ in ids:
            self._records.pop(id_, None)
            self._unreadable.pop(id_, None)
        for id_, path in paths.items():
            record = self._known[self._key(path)]
            if record is None:
                self._unreadable[id_] = path
            else:
                self._records[id_] = record

    def _learn(self, paths: Iterable[str]) -> None:
        """Read the files that have not been read yet, each content at its place once."""
        unknown = {
            path: self._objects[self._blobs[path]] for path in paths if self._key(path) not in self._known
        }
        records = records_in(unknown, self._version)
        self._known.update((self._key(path), records.get(id_of(path))) for path in unknown)

    def _key(self, path: str) -> tuple[str, str, int]:
        return path, self._blobs[path], self._version

    def plan(self) -> Plan | None:
        """Return the plan; None where there is none yet."""
        if self._header is None:
            return None
        return Plan(self._header, dict(sorted(self._records.items())), dict(self._unreadable))
