"""A folder that is filled for the first time: all of its files, or none."""

import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from servplan.diagnostics import ServplanError
from servplan.files.atomic import refusals
from servplan.files.tree import write_atomic

GIT = ".git"
MOST_NAMED = 10


def refuse_in_use(folder: Path, may_hold: str = "") -> None:
    """Make sure that a folder is empty or not there; only one name may lie in it.

    Raises:
        ServplanError: `folder-in-use`, with what lies there; `cannot-write`, if it is no folder.
    """
    try:
        found = sorted(item.name for item in folder.iterdir() if item.name != may_hold)
    except FileNotFoundError:
        return
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServplanError("cannot-write", path=str(folder), reason=reason) from None
    if found:
        more = ["…"] if len(found) > MOST_NAMED else []
        files = "\n".join(f"  {name}" for name in found[:MOST_NAMED] + more)
        raise ServplanError("folder-in-use", folder=str(folder), files=files)


@contextmanager
def filled(folder: Path, texts: Mapping[str, str]) -> Iterator[None]:
    """Write files into a folder, in the order given; where that or the block fails, take all away that came.

    Raises:
        ServplanError: `cannot-write`; `left-behind`, if something cannot be taken away again.
    """
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    with refusals(folder):
        before = set() if made else set(folder.iterdir())
    try:
        with refusals(folder):
            folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            write_atomic(folder / path, text.encode())
        yield
    except BaseException:
        _take_away(folder, before, made)
        raise


def _take_away(folder: Path, before: Collection[Path], made: Iterable[Path]) -> None:
    """Delete what lies in a folder and did not before, and the folders that were made for it."""
    try:
        if folder.exists():
            for path in set(folder.iterdir()) - set(before):
                _delete(path)
        for place in filter(Path.exists, made):
            place.rmdir()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServplanError("left-behind", folder=str(folder), reason=reason) from error


def _delete(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        for inner in path.iterdir():
            _delete(inner)
        path.rmdir()
    else:
        path.chmod(stat.S_IWRITE)  # git's objects are read-only, and Windows deletes no such file
        path.unlink()
