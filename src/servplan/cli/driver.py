"""The merge driver without the rest of the program: git starts it once for each file, so it has to be quick.

Neither Typer nor the plan's models are imported unless there is something to say.
"""

import os
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.layout import DATA, HEADER_PATH
from servplan.files.tree import write_atomic
from servplan.merge.three_way import Merged, Record, merge

if TYPE_CHECKING:
    from servplan.cli.session import Session


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
    root, record = _plan_and_record(asked.path)
    try:
        merged = _merged(asked, record)
    except ServplanError as error:
        return _session(root, language).fail(error)
    if not merged.is_silent:
        _tell(merged, asked.path, record, root, language)
    return 1 if merged.conflicts else 0


def _merged(asked: Asked, record: Record) -> Merged:
    """Merge the files and write the result over ours.

    Raises:
        ServplanError: `cannot-merge`, or what stands against a merge by lines; nothing is written then.
    """
    try:
        base, ours, theirs = (Path(name).read_bytes() for name in asked[:3])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServplanError("cannot-merge", path=asked.path, reason=reason) from None
    merged = merge(asked.path, record, (base, ours, theirs), asked.marker_length)
    if merged.content != ours:
        write_atomic(Path(asked.ours), merged.content)
    return merged


def _plan_and_record(path: str) -> tuple[Path | None, Record]:
    """Return the plan's folder that a path lies in, None if there is none here, and the record it is of."""
    parts = PurePosixPath(path).parts
    roots = [Path(*parts[:number]) for number, part in enumerate(parts) if part == DATA]
    root = next((folder for folder in roots if (folder / HEADER_PATH).is_file()), None)
    above = root or next(iter(roots), Path())
    below = parts[len(above.parts) + 1 :]
    return root, Record(PurePosixPath(path).stem, below[0] if len(below) > 1 else "")


def _tell(merged: Merged, path: str, record: Record, root: Path | None, language: str | None) -> None:
    from servplan.render.merge import merge_lines  # noqa: PLC0415 (not for what merges without a word)
    from servplan.render.words import Words  # noqa: PLC0415

    session = _session(root, language)
    words = session.words if root else Words(language or "sv")
    for line in merge_lines(path, record.id, merged, words, in_sync=_SYNC in os.environ):
        session.say(line)


def _session(root: Path | None, language: str | None) -> "Session":
    """Return a run that speaks the language that is told, else the plan's, else Swedish."""
    from servplan.cli.session import Session  # noqa: PLC0415 (100 ms, only to say something)

    session = Session()
    session.choose(str(root) if root else None, language or (None if root else "sv"))
    return session
