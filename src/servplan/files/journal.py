"""The journal of a change of several files: what was begun, and how it will end.

It is a change's commit point: once it is on the disk the change will happen, and reading sees it as done.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.atomic import discard, sync_folder
from servplan.files.layout import DATA
from servplan.files.tree import write_atomic

FOLDER = ".servplan"
NAME = f"{FOLDER}/journal.json"


class Edit(NamedTuple):
    """A file's text before and after; None where the file is not there."""

    path: str
    before: str | None
    after: str | None


def journalled(root: Path) -> list[Edit]:
    """Return the edits of a change that was begun and not ended; none as a rule.

    Raises:
        ServplanError: `half-written`, if it is no journal, or names what is not the plan's: it may have come
            with a plan from elsewhere. `unreadable-journal`, if the system does not let us look.
    """
    try:
        edits = [Edit(**row) for row in json.loads((root / NAME).read_bytes())]
        if all(_is_edit(root, edit) for edit in edits):
            return edits
    except FileNotFoundError:
        return []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServplanError("unreadable-journal", path=str(root / NAME), reason=reason) from None
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


def moment(root: Path) -> int:
    """Return a number that is another one once a change of several files has begun or ended."""
    try:
        return (root / FOLDER).stat().st_mtime_ns
    except OSError:
        return 0


def begin(root: Path, edits: Sequence[Edit]) -> None:
    """Write a change down: from here on it will happen.

    Raises:
        ServplanError: `cannot-write`; it will not happen then. `unfinished`, if the system does not let the
            journal be taken back either: it will.
    """
    rows = [edit._asdict() for edit in edits]
    try:
        write_atomic(root / NAME, json.dumps(rows, ensure_ascii=False).encode())
    except ServplanError as error:
        discard(root / NAME)  # it may stand there, but not be safe on the disk
        if (root / NAME).exists():
            raise ServplanError("unfinished", **error.params) from None
        raise


def end(root: Path) -> None:
    """Forget a change that has happened."""
    (root / NAME).unlink(missing_ok=True)
    sync_folder(root / FOLDER)
