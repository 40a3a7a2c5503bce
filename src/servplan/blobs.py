"""What the files of commits say, each version read once however many commits have it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from servplan.files.git_tree import Objects
from servplan.load import header_in, records_in
from servplan.model.formats import FORMAT
from servplan.model.header import Header
from servplan.model.record import Record


class File(NamedTuple):
    """A version of a file: its path from the plan's folder, and its object id."""

    path: str
    object_id: str


class Blobs:
    """Files' contents by object id, and the records and headers in them."""

    def __init__(self, root: Path, loose: Mapping[str, bytes]) -> None:
        """Read from the repository of a plan's folder; `loose` has contents that are not in it yet."""
        self._objects = Objects(root)
        self._loose = loose
        self._records: dict[tuple[File, int], Record | None] = {}
        self._headers: dict[str, tuple[Header | None, int | None]] = {}

    def fetch(self, object_ids: Iterable[str]) -> None:
        """Read some contents at once, before they are asked for one by one."""
        self._objects.fetch(id_ for id_ in object_ids if id_ not in self._loose)

    def raw(self, object_id: str) -> bytes:
        """Return the bytes of an object."""
        if object_id in self._loose:
            return self._loose[object_id]
        self._objects.fetch([object_id])
        return self._objects[object_id]

    def header(self, object_id: str | None) -> Header | None:
        """Return the header in a file; None where it cannot be read, or where there is none."""
        return self._header(object_id)[0]

    def records(self, files: Iterable[File], header: str | None) -> list[Record | None]:
        """Return the record in each file, in the format that a header says.

        None stands for what cannot be read, such as all that is in a format that is not known here.
        """
        wanted, version = list(files), self.format_of(header)
        if version is None:
            return [None] * len(wanted)
        new = [file for file in dict.fromkeys(wanted) if (file, version) not in self._records]
        self.fetch(file.object_id for file in new)
        found = records_in({file.path: self.raw(file.object_id) for file in new}, version)
        by_path = {record.path: record for record in found.values()}
        self._records.update(((file, version), by_path.get(file.path)) for file in new)
        return [self._records[file, version] for file in wanted]

    def record(self, file: File | None, header: str | None) -> Record | None:
        """Return the record in one file; None where there is no file, too."""
        return self.records([file], header)[0] if file else None

    def format_of(self, header: str | None) -> int | None:
        """Return the format that a header says; None for one that is not known here."""
        return self._header(header)[1]

    def _header(self, object_id: str | None) -> tuple[Header | None, int | None]:
        """Return a header and its records' format; without a header that of today."""
        if object_id is None:
            return None, FORMAT
        if object_id not in self._headers:
            self._headers[object_id] = header_in(self.raw(object_id))
        return self._headers[object_id]
