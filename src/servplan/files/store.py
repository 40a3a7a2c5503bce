"""Writing a plan's files under a lock: all of a change's files, or none.

`<plan>/.servplan/` holds the lock, which the system frees when its holder dies, and the journal. A change
goes three steps. Every new text is written to a draft, so that a full disk or a folder that may not be
written stops it before anything has happened. What is on disk is compared with what the change was made from.
Then the drafts take their files' places; a change of several files is written down in the journal before: if
the machine stops in the midst of it, the next write command brings it to its end.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from servplan.diagnostics import ServplanError
from servplan.files.atomic import discard, is_draft, put, refusals, sync_folder, write_draft
from servplan.files.journal import FOLDER, NAME, Edit, begin, end, journalled
from servplan.files.layout import DATA
from servplan.files.tree import WorkTree, write_atomic

PATIENCE = 20.0
"""How many seconds a write waits for another one to end."""


@contextmanager
def locked(root: Path) -> Iterator[WorkTree]:
    """Hold the plan's lock, and give the plan's files as they are then.

    What an earlier run had begun to write is finished first, and what a killed one left is cleared away.

    Raises:
        ServplanError: `locked`, if another command holds it too long; `half-written`, if the journal meets a
            file that is neither as before nor as after; `unfinished`, if the system refuses to finish;
            `cannot-write`, if there may be no lock.
    """
    lock = _acquired(root)
    try:
        tree = WorkTree(root)
        _tidy(tree)
        yield WorkTree(root) if _redo(root) else tree
    finally:
        lock.release()


def _acquired(root: Path) -> FileLock:
    folder = root / FOLDER
    lock = FileLock(folder / "lock", timeout=PATIENCE)
    with refusals(folder):
        folder.mkdir(exist_ok=True)
        try:
            lock.acquire()
        except Timeout:
            raise ServplanError("locked", seconds=f"{PATIENCE:.0f}") from None
    return lock


def _tidy(tree: WorkTree) -> None:
    """Delete the drafts of killed runs, and keep git out: who holds the lock is alone in writing them."""
    tree.files(DATA)
    for path in tree.drafts:
        discard(tree.root / path)
    folder = tree.root / FOLDER
    with refusals(folder):
        for file in folder.iterdir():
            if is_draft(file.name):
                discard(file)
    if not (folder / ".gitignore").exists():
        write_atomic(folder / ".gitignore", b"*\n")


def write_edits(root: Path, edits: Sequence[Edit]) -> None:
    """Write a change: every file, or none. The caller holds the lock.

    Raises:
        ServplanError: `leads-outside`, if a link leads out of the plan; `file-changed`, if a file is not as
            when the change was made up; `cannot-write`, if the system refuses one: every file is as before
            then; `unfinished`, if it refused that too: the next write command finishes the change.
    """
    _refuse_outside(root, edits)
    drafts: dict[Path, Path] = {}
    try:
        for edit in edits:
            if edit.after is not None:
                drafts[root / edit.path] = write_draft(root / edit.path, edit.after.encode())
        _refuse_changed(root, edits)
        if len(edits) > 1:
            begin(root, edits)
        _apply(root, edits, drafts)
    finally:
        for draft in drafts.values():
            discard(draft)


def _refuse_outside(root: Path, edits: Sequence[Edit]) -> None:
    """Make sure that no symbolic link leads a file out of the plan."""
    for edit in edits:
        if not (root / edit.path).resolve().is_relative_to(root.resolve()):
            raise ServplanError("leads-outside", path=edit.path)


def _refuse_changed(root: Path, edits: Sequence[Edit]) -> None:
    for edit in edits:
        if _text(root / edit.path) != edit.before:
            raise ServplanError("file-changed", path=edit.path)


def put_back(root: Path, edits: Sequence[Edit]) -> None:
    """Write the texts that stood before a change, whatever stands there since. The caller holds the lock.

    Raises:
        ServplanError: as `write_edits`.
    """
    now = {edit.path: _text(root / edit.path) for edit in edits}
    write_edits(
        root,
        [Edit(edit.path, now[edit.path], edit.before) for edit in edits if now[edit.path] != edit.before],
    )


def _apply(root: Path, edits: Sequence[Edit], drafts: dict[Path, Path]) -> None:
    """Let every draft take its file's place; where one cannot, put back those that have."""
    for number, edit in enumerate(edits):
        path = root / edit.path
        try:
            with refusals(path):
                if edit.after is None:
                    path.unlink()
                else:
                    put(drafts[path], path)
                    del drafts[path]
        except ServplanError:
            if len(edits) > 1:
                _put_back(root, edits[:number])
            raise
    _settle(root, edits)


def _put_back(root: Path, done: Sequence[Edit]) -> None:
    """Undo what was done of a change; where that fails the journal stays, and the change will happen."""
    with _unfinished():
        for edit in reversed(done):
            _write(root, edit.path, edit.before)
        with refusals(root / NAME):
            end(root)


def _settle(root: Path, edits: Sequence[Edit]) -> None:
    """Bring a change to the disk, and forget it: in this order."""
    with _unfinished(), refusals(root / DATA):
        for folder in dict.fromkeys((root / edit.path).parent for edit in edits):
            sync_folder(folder)
        if len(edits) > 1:
            end(root)


def _redo(root: Path) -> bool:
    """Bring a change that was begun to its end; tell whether there was one."""
    edits = journalled(root)
    now = [_text(root / edit.path) for edit in edits]
    for edit, text in zip(edits, now, strict=True):
        if text not in (edit.before, edit.after):
            raise ServplanError("half-written", path=edit.path, journal=NAME)
    with _unfinished():
        for edit, text in zip(edits, now, strict=True):
            if text != edit.after:
                _write(root, edit.path, edit.after)
    if edits:
        _settle(root, edits)
    return bool(edits)


@contextmanager
def _unfinished() -> Iterator[None]:
    """Say of what the system refuses that the change stands in the journal, and will happen."""
    try:
        yield
    except ServplanError as error:
        raise ServplanError("unfinished", **error.params) from None


def _write(root: Path, path: str, text: str | None) -> None:
    if text is not None:
        write_atomic(root / path, text.encode())
        return
    with refusals(root / path):
        (root / path).unlink(missing_ok=True)


def _text(path: Path) -> str | None:
    with refusals(path):
        try:
            return path.read_bytes().decode(errors="surrogateescape")
        except FileNotFoundError:
            return None
