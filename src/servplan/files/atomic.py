"""Writing files so that each is, at any moment, as before or whole, even if the machine stops.

A text is first written to a draft beside its file and brought to the disk; then the draft takes the file's
place. A run that is killed in between leaves a draft: it is hidden, and `is_draft` knows it by its name.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from servplan.diagnostics import ServplanError

_DRAFT = re.compile(r"\.[^/]+\.[0-9]+\.tmp")
_UNSYNCABLE = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF)
"""How a system says that it cannot bring a folder to the disk."""


def is_draft(name: str) -> bool:
    """Tell whether a file's name is that of a draft."""
    return _DRAFT.fullmatch(name) is not None


def write_draft(path: Path, content: bytes) -> Path:
    """Write what a file will hold beside it, whole and on the disk; return the draft.

    Raises:
        ServplanError: `cannot-write`; no draft is left then.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with refusals(path):
        _make_folder(path.parent)
        mode = _mode(path)
        try:
            with draft.open("xb") as file:
                if mode is not None:
                    draft.chmod(mode)
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            discard(draft)
            raise
    return draft


def put(draft: Path, path: Path) -> None:
    """Let a draft take its file's place; `sync_folder` makes it last.

    Raises:
        OSError: the system does not allow it.
    """
    draft.replace(path)


def discard(draft: Path) -> None:
    """Delete a draft; one that cannot be deleted does no harm."""
    with suppress(OSError):
        draft.unlink()


def sync_folder(folder: Path) -> None:
    """Bring to the disk what files a folder holds, where the system can (Windows does it by itself)."""
    if os.name != "posix":
        return
    try:
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
    except OSError as error:
        if error.errno not in _UNSYNCABLE:
            raise


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn the system's refusal into words.

    Raises:
        ServplanError: `cannot-write`, with the path and the system's reason.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServplanError("cannot-write", path=str(path), reason=reason) from None


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each on the disk in the one that holds it."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        sync_folder(each.parent)


def _mode(path: Path) -> int | None:
    """Return the rights of a file, for the draft that will replace it; None where there is no file yet.

    Raises:
        PermissionError: the file is read-only; that a draft could replace it does not make that right.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return mode
