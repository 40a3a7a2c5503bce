"""A field that holds a promise, corrected on purpose: the change, and the entry that says why."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from servplan.analysis.audit.beforehand import needs_amending
from servplan.edit import listed, stands_written
from servplan.files.candidates import flow
from servplan.files.journal import Edit
from servplan.files.overlay import OverlayTree
from servplan.files.splice import SpliceError, append_entry, field_value
from servplan.files.tree import Tree
from servplan.load import RecordFile, load_records
from servplan.proof import prove

if TYPE_CHECKING:
    from servplan.files.oracle import Data


def moves_promise(tree: Tree, edit: Edit) -> bool:
    """Tell whether the audit finds an edit of a record; what could not be read promised nothing."""
    before = load_records(tree, [edit.path], {}).plan
    after = load_records(OverlayTree(tree, {edit.path: edit.after}), [edit.path], {}).plan
    return any(
        needs_amending(before.records[id_], record, before.header)
        for id_, record in after.records.items()
        if id_ in before.records
    )


def corrected(
    tree: Tree, file: RecordFile, entry: "Data", change: Callable[[], Sequence[Edit]]
) -> list[Edit]:
    """Return the edits that change a field of a record and add to its log why it was changed, or had been.

    Where the log says just this of what stands already, nothing is added.

    Raises:
        EditRefusedError: if the record would have a new error.
        SpliceError: if the file's form does not allow the edits, with all that is to be written by hand.
    """
    try:
        edits = change()
    except SpliceError as error:
        raise _with_more(error, after=f"\n  log: […, {flow(entry)}]") from None
    return [_with_reason(tree, file, edit, entry) for edit in edits]


def _with_reason(tree: Tree, file: RecordFile, edit: Edit, entry: "Data") -> Edit:
    """Return an edit of a record that adds to its log why it was made, or was: a change may stand already."""
    if edit.after is None:
        return edit
    if edit.after == edit.before and stands_written(load_records(tree, [edit.path], {}), file, entry):
        return edit
    try:
        told = edit._replace(after=append_entry(edit.path, edit.after, entry))
    except SpliceError as error:
        [key] = map(str, listed(entry["amends"]))
        value = flow(field_value(edit.path, edit.after, key))
        raise _with_more(error, before=f"{key}: {value}\n  ") from None
    prove(tree, [told])
    return told


def _with_more(error: SpliceError, before: str = "", after: str = "") -> SpliceError:
    """Return an error that tells more to write by hand than it did, before that or after it."""
    told = error.params.get("wanted", "")
    return SpliceError(error.code, **{**error.params, "wanted": before + told + after})
