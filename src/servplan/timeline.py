"""The whole plan at many commits of the main line, each file read once however many of them have it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from servplan.blobs import Blobs
from servplan.files.git_log import LoggedCommit
from servplan.files.layout import HEADER_PATH
from servplan.identity import id_of, is_plan_file
from servplan.lineage.files import FilesById, first_file, put_file
from servplan.load import stand_in_header
from servplan.model.plan import Plan
from servplan.model.record import Record


class _Stage(NamedTuple):
    """What the files of a plan have become by a commit since the stage before: object ids, None for gone."""

    commit: LoggedCommit
    files: Mapping[str, str | None]


def read_plans(
    root: Path, commits: Iterable[LoggedCommit], wanted: Collection[str]
) -> Iterator[tuple[LoggedCommit, Plan | None]]:
    """Yield the plan at each wanted commit of a main line, which is told whole and oldest first.

    Commits before the plan's header was there are left out. Of a plan that is written in a format which is
    not known here nothing can be read: it is None.
    """
    stages = list(_stages(commits, wanted))
    blobs = Blobs(root, {})
    blobs.fetch(blob for stage in stages for blob in stage.files.values() if blob)
    stand = _Stand(blobs)
    for stage in stages:
        stand.follow(stage.files)
        if stand.has_header:
            yield stage.commit, stand.plan()


def _stages(commits: Iterable[LoggedCommit], wanted: Collection[str]) -> Iterator[_Stage]:
    """Yield the wanted commits, each with all that was changed since the one before."""
    changed: dict[str, str | None] = {}
    for commit in commits:
        changed.update((file.path, file.new) for file in commit.touched if is_plan_file(file.path))
        if commit.id in wanted:
            yield _Stage(commit, changed)
            changed = {}


class _Stand:
    """A plan as it stands by a commit: its header, its files, and the records in them."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._header: str | None = None
        self._files: FilesById = {}
        self._records: dict[str, Record] = {}
        self._unreadable: dict[str, str] = {}

    @property
    def has_header(self) -> bool:
        """Whether the plan's header is there."""
        return self._header is not None

    def follow(self, changed: Mapping[str, str | None]) -> None:
        """Go on to the next stage: read the records whose files changed, and all if the format did."""
        before, self._header = self._header, changed.get(HEADER_PATH, self._header)
        touched = {id_of(path) for path in changed if path != HEADER_PATH}
        for path, blob in changed.items():
            if path != HEADER_PATH:
                put_file(self._files, path, blob)
        same = self._blobs.format_of(before) == self._blobs.format_of(self._header)
        self._read(touched if same else self._files.keys() | touched)

    def _read(self, ids: Iterable[str]) -> None:
        """Read records, each from the first of the files that bear its id, as `load_plan` does."""
        for id_ in ids:
            self._records.pop(id_, None)
            self._unreadable.pop(id_, None)
        files = {id_: file for id_ in ids if (file := first_file(self._files, id_))}
        records = self._blobs.records(files.values(), self._header)
        for (id_, file), record in zip(files.items(), records, strict=True):
            if record is None:
                self._unreadable[id_] = file.path
            else:
                self._records[id_] = record

    def plan(self) -> Plan | None:
        """Return the plan; None where its format is not known."""
        if self._blobs.format_of(self._header) is None:
            return None
        header = self._blobs.header(self._header) or stand_in_header()
        return Plan(header, dict(sorted(self._records.items())), dict(self._unreadable))
