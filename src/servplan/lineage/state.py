"""The records' files of a plan as a commit leaves them, and the lines of those records."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from servplan.blobs import File
from servplan.files.layout import HEADER_PATH
from servplan.files.merge_commit import MergedFile
from servplan.identity import id_of, is_record
from servplan.lineage.files import FilesById, first_file, put_file


class LastSeen(NamedTuple):
    """A version of a record's file, and a commit that has it."""

    file: File
    commit: str


class State:
    """The files of a plan by a commit, and the lines of the records in them and of those that are gone.

    `lines` has the last line that bore an id, `gone` by line where a record was before it went; `header` is
    the object id of the plan's header. `unread` has the files, by path, that were changed since then in a
    format that is not known.
    """

    def __init__(self) -> None:
        self.files: FilesById = {}
        self.lines: dict[str, int] = {}
        self.gone: dict[int, LastSeen] = {}
        self.header: str | None = None
        self.unread: dict[str, str | None] = {}

    def copy(self) -> "State":
        """Return a state that goes another way from here."""
        other = State()
        other.files, other.lines = dict(self.files), dict(self.lines)
        other.gone, other.unread = dict(self.gone), dict(self.unread)
        other.header = self.header
        return other

    def file(self, id_: str) -> File | None:
        """Return the file that bears an id; the first of several."""
        return first_file(self.files, id_)

    def put(self, path: str, object_id: str | None) -> None:
        """Note what stands at a path, None for nothing; a header that goes stays known."""
        if path == HEADER_PATH:
            self.header = object_id or self.header
        elif is_record(path):
            put_file(self.files, path, object_id)


class Around(NamedTuple):
    """The files of the ids that a commit touched, before (by each parent), in common, and after.

    `resumed` has the ids that were touched before in a format that is not known.
    """

    ids: tuple[str, ...]
    base: Mapping[str, File | None]
    before: tuple[Mapping[str, File | None], ...]
    after: Mapping[str, File | None]
    resumed: frozenset[str]

    def went(self) -> dict[str, File]:
        """Return the files of ids that all parents had and that are there no more."""
        found = {}
        for id_ in self.ids:
            had = [side[id_] for side in self.before]
            if had and all(had) and not self.after[id_]:
                found[id_] = next(file for file in had if file)
        return found

    def came(self) -> dict[str, File]:
        """Return the files of ids that no parent had."""
        new = ((id_, file) for id_, file in self.after.items() if file)
        return {id_: file for id_, file in new if not any(side[id_] for side in self.before)}


def bases(files: Iterable[MergedFile]) -> dict[str, File | None]:
    """Return what the parents of a merge had in common, by id; the first of several files that bear one."""
    there = sorted(File(file.path, file.base) for file in files if file.base and is_record(file.path))
    return {id_of(file.path): file for file in reversed(there)}
