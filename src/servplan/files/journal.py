"""The journal of a change of several files: what was begun, and how it will end."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.tree import write_atomic

FOLDER = ".servplan"
NAME = f"{FOLDER}/journal.json"
DATA = "data"


class Edit(NamedTuple):
    """A file's text before and after; None where the file is not there."""

    path: str
    before: str | None
    after: str | None


def journalled(root: Path) -> list[Edit]:
    """Return the edits of a change that was begun and not ended; none as a rule.

    Raises:
        ServplanError: `half-written`, if it is no journal, or names what is not the plan's: it may have come
            with a plan from elsewhere.
    """
    try:
        edits = [Edit(**row) for row in json.loads((root / NAME).read_bytes())]
        if all(_is_edit(root, edit) for edit in edits):
            return edits
    except FileNotFoundError:
        return []
    except (ValueError, TypeError):
        pass
    raise ServplanError("half-written", path=NAME, journal=NAME)


def _is_edit(root: Path, edit: Edit) -> bool:
    """Tell whether an edit holds texts, and stays in the plan's data when links are followed."""
    is_text = all(text is None or isinstance(text, str) for text in (edit.before, edit.after))
    return is_text and (root / edit.path).resolve().is_relative_to((root / DATA).resolve())


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
