"""Trees of files: the work tree on disk, and one in memory."""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from servplan.diagnostics import ServplanError
from servplan.files.atomic import discard, is_draft, put, refusals, sync_folder, write_draft
from servplan.files.layout import HEADER_PATH

_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Entry(NamedTuple):
    """A file in a tree: its path from the root, with `/`, and what is wrong with it, if anything.

    `fault` is a finding's code: `link-outside` for a symbolic link that leaves the plan, `not-a-file` for
    a pipe, a socket, a device, a linked folder or a folder that is named as a record, `cannot-read` (with the
    system's reason) for a folder that may not be listed.
    """

    path: str
    fault: str | None = None
    reason: str = ""


class Tree(Protocol):
    """A place that a plan can be read from."""

    def files(self, folder: str) -> list[Entry]:
        """Return every file at any depth below `folder`, sorted by path; none if it does not exist."""

    def read(self, path: str) -> bytes:
        """Return a file's bytes.

        Raises:
            OSError: the file is not there or cannot be read.
        """

    def exists(self, path: str) -> bool:
        """Tell whether a file or folder stands at `path`, inside the tree."""


class MemoryTree:
    """A tree made of texts, for whatever need not touch the disk."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}

    def files(self, folder: str) -> list[Entry]:
        """Return every file below `folder`, sorted by path."""
        return [Entry(path) for path in sorted(self._files) if path.startswith(f"{folder}/")]

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raises `FileNotFoundError` where there is none."""
        try:
            return self._files[path]
        except KeyError:
            raise FileNotFoundError(path) from None

    def exists(self, path: str) -> bool:
        """Tell whether a file or folder stands at `path`."""
        return path in self._files or any(name.startswith(f"{path}/") for name in self._files)


class WorkTree:
    """The files on disk below a plan's folder, listed once: what comes later is another tree's.

    `drafts` are the paths of those that a killed run left, as far as was listed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.drafts: list[str] = []
        self._base = os.path.join(root, "")  # noqa: PTH118 (joined ten thousand times a run)
        self._listed: dict[str, list[Entry]] = {}

    def files(self, folder: str) -> list[Entry]:
        """Return every file below `folder`, sorted by path; hidden files and editors' copies are left out."""
        if folder not in self._listed:
            self._listed[folder] = self._list(folder)
        return self._listed[folder]

    def _list(self, folder: str) -> list[Entry]:
        found: list[Entry] = []
        if not self._is_inside(folder):
            found.append(Entry(folder, "link-outside"))
        elif os.path.isdir(self._base + folder):  # noqa: PTH112
            self._collect(folder, found)
        found.sort()
        return found

    def _collect(self, folder: str, found: list[Entry]) -> None:
        try:
            with os.scandir(self._base + folder) as scanned:
                entries = list(scanned)
        except OSError as error:
            found.append(Entry(folder, "cannot-read", error.strerror or type(error).__name__))
            return
        for entry in entries:
            name = entry.name
            path = f"{folder}/{name}"
            if name.startswith(".") or name.endswith("~"):
                if is_draft(name):
                    self.drafts.append(path)
                continue
            if entry.is_file(follow_symlinks=False):
                found.append(Entry(path))
            elif entry.is_dir(follow_symlinks=False):
                if name.endswith((".yaml", ".yml")):
                    found.append(Entry(path, "not-a-file"))
                self._collect(path, found)
            else:
                found.append(Entry(path, self._fault(path)))

    def _fault(self, path: str) -> str | None:
        if not self._is_inside(path):
            return "link-outside"
        return None if os.path.isfile(self._base + path) else "not-a-file"  # noqa: PTH113

    def _is_inside(self, path: str) -> bool:
        """Tell whether a path stays in the plan when its symbolic links are followed, even in a circle."""
        return Path(os.path.realpath(self._base + path)).is_relative_to(os.path.realpath(self.root))

    def read(self, path: str) -> bytes:
        """Return a file's bytes.

        Raises:
            OSError: the file cannot be read, leads out of the plan, or is a pipe that would never end.
        """
        file = self._opened(path)
        try:
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EINVAL, "not an ordinary file")
            return os.read(file, status.st_size)
        finally:
            os.close(file)

    def _opened(self, path: str) -> int:
        name = self._base + path
        try:
            return os.open(name, _READING | _NO_LINK)
        except OSError:
            if self._fault(path):
                raise
            return os.open(name, _READING)

    def exists(self, path: str) -> bool:
        """Tell whether something stands at `path`, inside the tree."""
        return os.path.exists(self._base + path) and self._is_inside(path)  # noqa: PTH110


def find_plan(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds `data/plan.yaml`.

    Raises:
        ServplanError: `no-plan`, if there is none.
    """
    for folder in (start, *start.parents):
        if os.path.isfile(folder / HEADER_PATH):  # noqa: PTH113 (False for a name that is too long)
            return folder
    raise ServplanError("no-plan", folder=str(start))


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file so that at any moment it is either as before or whole.

    Raises:
        ServplanError: `cannot-write`, if the folder or the file cannot be written; nothing is left behind.
    """
    draft = write_draft(path, content)
    try:
        with refusals(path):
            put(draft, path)
            sync_folder(path.parent)
    except ServplanError:
        discard(draft)
        raise
