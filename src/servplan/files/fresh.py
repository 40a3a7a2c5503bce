"""A folder that is filled for the first time: all of its files, or none."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from servplan.diagnostics import ServplanError
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
    """Write files into a folder, in the order given; where that or the block fails, take them away again.

    Raises:
        ServplanError: `cannot-write`.
    """
    had_git = (folder / GIT).exists()
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        for path, text in texts.items():
            write_atomic(folder / path, text.encode())
        yield
    except BaseException:
        if not had_git:
            shutil.rmtree(folder / GIT, ignore_errors=True)
        _take_away(folder, texts, missing)
        raise


def _take_away(folder: Path, texts: Mapping[str, str], made: list[Path]) -> None:
    """Delete these files, and the folders that are empty without them."""
    for path in texts:
        with suppress(OSError):
            (folder / path).unlink()
    inside = {folder / above for path in texts for above in Path(path).parents} - {folder}
    deepest_first = sorted(inside, key=lambda place: -len(place.parts))
    for place in (*deepest_first, *made):
        with suppress(OSError):
            place.rmdir()
