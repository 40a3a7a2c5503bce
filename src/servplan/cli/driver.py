"""The merge driver without the rest of the program: git starts it once for each file, so it has to be quick.

Neither Typer nor the plan's models are imported unless there is something to say.
"""

import os
import shlex
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.git import run
from servplan.files.layout import DATA, HEADER_PATH
from servplan.files.tree import write_atomic
from servplan.merge.three_way import Merged, merge
from servplan.merge.validity import FileName

if TYPE_CHECKING:
    from servplan.cli.session import Session

_MARKER_LENGTH = 7
"""How long git's marks are unless a file's attributes say otherwise."""
_SYNC = "SERVPLAN_IN_SYNC"
"""Set where `sync` has git merge: then it is known whose the sides are, and `sync` says what to do next."""


def told_by_sync(language: str | None) -> dict[str, str]:
    """Return the variables by which `sync` tells the driver how to speak; git stands between them."""
    return {_SYNC: "1"} | ({"SERVPLAN_LANG": language} if language else {})


class Asked(NamedTuple):
    """What git asks for: three files, how long its marks are, and the path that they are versions of."""

    base: str
    ours: str
    theirs: str
    marker_length: int
    path: str


def run_for_git(base: str, ours: str, theirs: str, marker_length: str, path: str) -> int:
    """Merge what git asks for, and return the exit code."""
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    told = os.environ.get("SERVPLAN_LANG")
    asked = Asked(base, ours, theirs, int(marker_length), path)
    return drive(asked, told if told in ("sv", "en") else None)


def drive(asked: Asked, language: str | None) -> int:
    """Merge three versions of a file, write the result over ours, and tell on stderr of what is doubtful.

    Returns 0; 1 where somebody has to choose between git's marks; 3 where nothing was written.
    """
    root, name = _plan_and_name(asked.path)
    is_inner = _is_inner(asked)
    try:
        merged = _merged(asked, name)
    except ServplanError as error:
        return error.exit_code if is_inner else _session(root, language).fail(error)
    if not (merged.is_silent or is_inner):
        _tell(merged, asked.path, name, root, language)
    if merged.is_left:
        return ServplanError.exit_code
    return 1 if merged.conflicts else 0


def _is_inner(asked: Asked) -> bool:
    """Tell whether git merges two bases into one, where histories cross: nobody will see what comes of it.

    Its marks are two signs longer then, for each level: `git help attributes` under conflict-marker-size.
    """
    if asked.marker_length < _MARKER_LENGTH + 2:
        return False
    try:
        told = run(Path(), "check-attr", "-z", "conflict-marker-size", "--", asked.path).split("\0")[2]
    except ServplanError:
        return False
    return asked.marker_length >= (int(told) if told.isdecimal() else _MARKER_LENGTH) + 2


def _merged(asked: Asked, name: FileName) -> Merged:
    """Merge the files and write the result over ours.

    Raises:
        ServplanError: `cannot-merge`, or what stands against a merge by lines; nothing is written then.
    """
    try:
        base, ours, theirs = (Path(name).read_bytes() for name in asked[:3])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServplanError("cannot-merge", path=asked.path, reason=reason) from None
    merged = merge(asked.path, name, (base, ours, theirs), asked.marker_length)
    if merged.content != ours:
        write_atomic(Path(asked.ours), merged.content)
    return merged


def _plan_and_name(path: str) -> tuple[Path | None, FileName]:
    """Return the plan's folder that a path lies in, None if there is none here, and the record it is of."""
    parts = PurePosixPath(path).parts
    roots = [Path(*parts[:number]) for number, part in enumerate(parts) if part == DATA]
    root = next((folder for folder in roots if (folder / HEADER_PATH).is_file()), None)
    above = root or next(iter(roots), Path())
    below = parts[len(above.parts) + 1 :]
    return root, FileName(PurePosixPath(path).stem, below[0] if len(below) > 1 else "")


def _tell(merged: Merged, path: str, name: FileName, root: Path | None, language: str | None) -> None:
    from servplan.render.merge import Work, merge_told  # noqa: PLC0415 (not for what merges without a word)
    from servplan.render.words import Words  # noqa: PLC0415

    session = _session(root, language)
    words = session.words if root else Words(language or "sv")
    work = Work(_SYNC in os.environ, _as_argument(path))
    for line in merge_told(path, name.id, merged, words, work):
        session.say(line)


def _as_argument(path: str) -> str:
    """Return a repository's path as one types it where one stands: git tells its programs where that is."""
    above = os.environ.get("GIT_PREFIX")
    return shlex.quote(f":/{path}" if above is None else Path(os.path.relpath(path, above or ".")).as_posix())


def _session(root: Path | None, language: str | None) -> "Session":
    """Return a run that speaks the language that is told, else the plan's, else Swedish."""
    from servplan.cli.session import Session  # noqa: PLC0415 (100 ms, only to say something)

    session = Session()
    session.choose(str(root) if root else None, language or (None if root else "sv"))
    return session
