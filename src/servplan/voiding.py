"""An entry that was wrong, voided: it is kept, and the replay skips it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from servplan.diagnostics import ServplanError, UsageError
from servplan.edit import own_text, present
from servplan.files.journal import Edit
from servplan.files.splice import set_in_item
from servplan.files.tree import Tree
from servplan.load import RecordFile, load_records
from servplan.model.record import Entry
from servplan.proof import prove
from servplan.state import effective_date

if TYPE_CHECKING:
    from servplan.files.oracle import Data


def log_of(tree: Tree, file: RecordFile) -> tuple[Entry, ...]:
    """Return a record's entries in the order in which its file has them.

    Raises:
        UsageError: `unreadable-id`, if the record cannot be read.
    """
    record = load_records(tree, [file.path], {}).plan.records.get(file.id)
    if record is None:
        raise UsageError("unreadable-id", asked=file.id, path=file.path)
    return getattr(record, "log", ())


def entries_of(log: Sequence[Entry], first: date, last: date) -> list[int]:
    """Return the places in a log of the entries that count from one of some days on."""
    days = map(effective_date, log)
    return [at for at, day in enumerate(days) if day is not None and first <= day <= last]


def void_edit(tree: Tree, file: RecordFile, at: int, entry: Entry, voided: "Data") -> Edit:
    """Return the edit that voids an entry, which stands at a place of a record's log.

    Raises:
        ServplanError: `file-changed`, if it does not stand there any more.
        EditRefusedError: if the plan would have a new error.
        SpliceError: if the file's form does not allow the edit.
    """
    file = present(tree, file)
    if log_of(tree, file)[at : at + 1] != (entry,):
        raise ServplanError("file-changed", path=file.path)
    text = own_text(tree, file)
    edit = Edit(file.path, text, set_in_item(file.path, text, ("log", at), "voided", voided))
    prove(tree, [edit])
    return edit
