"""The journal of a change of several files: what was begun, and how it will end."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from servplan.files.tree import write_atomic

FOLDER = ".servplan"
NAME = f"{FOLDER}/journal.json"


class Edit(NamedTuple):
    """A file's text before and after; None where the file is not there."""

    path: str
    before: str | None
    after: str | None


def journalled(root: Path) -> list[Edit]:
    """Return the edits of a change that was begun and not ended; none as a rule."""
    try:
        return [Edit(**row) for row in json.loads((root / NAME).read_text("utf-8"))]
    except FileNotFoundError:
        return []


def pending(root: Path) -> Mapping[str, str | None]:
    """Return the texts that a change begun and not ended will leave, so that reading sees it whole."""
    return {edit.path: edit.after for edit in journalled(root)}


def begin(root: Path, edits: Sequence[Edit]) -> None:
    """Write a change down: from here on it will happen."""
    rows = [edit._asdict() for edit in edits]
    write_atomic(root / NAME, json.dumps(rows, ensure_ascii=False).encode())


def end(root: Path) -> None:
    """Forget a change that has happened."""
    (root / NAME).unlink(missing_ok=True)
