"""Writing a plan's files: one at a time under a lock, all of them or none.

`<plan>/.servplan/` holds the lock, which the system frees when its holder dies, and the journal. A change of
several files is first written whole into the journal; once that stands on disk, the change will happen: if
the machine stops before it is done, the next write command does it again from the journal.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from servplan.diagnostics import ServplanError
from servplan.files.journal import FOLDER, NAME, Edit, begin, end, journalled
from servplan.files.tree import write_atomic

PATIENCE = 20.0
"""How many seconds a write waits for another one to end."""


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the plan's lock; what an earlier run had begun to write is finished first.

    Raises:
        ServplanError: `locked`, if another command holds it too long; `half-written`, if the journal meets a
            file that is neither as before nor as after.
    """
    folder = root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n", "utf-8")
        lock = FileLock(folder / "lock", timeout=PATIENCE)
        with lock:
            _redo(root)
            yield
    except Timeout:
        raise ServplanError("locked", seconds=f"{PATIENCE:.0f}") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServplanError("cannot-write", path=str(folder), reason=reason) from None


def write_edits(root: Path, edits: Sequence[Edit]) -> None:
    """Write a change: every file, or none. The caller holds the lock.

    Raises:
        ServplanError: `file-changed`, if a file is not as it was when the change was made up; `cannot-write`,
            if the system refuses one. Every file is as before then.
    """
    for edit in edits:
        if _text(root / edit.path) != edit.before:
            raise ServplanError("file-changed", path=edit.path)
    if len(edits) > 1:
        begin(root, edits)
    _apply_all(root, edits)
    end(root)


def put_back(root: Path, edits: Sequence[Edit]) -> None:
    """Write the texts that stood before a change, whatever stands there since. The caller holds the lock.

    Raises:
        ServplanError: `cannot-write`, if the system refuses.
    """
    _apply_all(root, [Edit(edit.path, edit.after, edit.before) for edit in reversed(edits)])


def _apply_all(root: Path, edits: Sequence[Edit]) -> None:
    """Write every file; where one cannot be written, put those before it back."""
    for number, edit in enumerate(edits):
        try:
            _apply(root, edit)
        except (ServplanError, OSError):
            for done in edits[:number]:
                _apply(root, Edit(done.path, done.after, done.before))
            end(root)
            raise


def _redo(root: Path) -> None:
    edits = journalled(root)
    for edit in edits:
        if _text(root / edit.path) not in (edit.before, edit.after):
            raise ServplanError("half-written", path=edit.path, journal=NAME)
    for edit in edits:
        _apply(root, edit)
    end(root)


def _apply(root: Path, edit: Edit) -> None:
    if edit.after is None:
        (root / edit.path).unlink(missing_ok=True)
    else:
        write_atomic(root / edit.path, edit.after.encode())


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode(errors="surrogateescape")
    except FileNotFoundError:
        return None
