"""A field that holds a promise, corrected on purpose: the change, and the entry that says why."""

from typing import TYPE_CHECKING

from servplan.analysis.audit.beforehand import needs_amending
from servplan.edit import stands_written
from servplan.files.journal import Edit
from servplan.files.overlay import OverlayTree
from servplan.files.splice import append_entry
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


def with_reason(tree: Tree, file: RecordFile, edit: Edit, entry: "Data") -> Edit:
    """Return an edit of a record that adds to its log why it was made, or was: a change may stand already.

    Where the log says just this of what stands already, nothing is added.

    Raises:
        EditRefusedError: if the record would have a new error.
        SpliceError: if the file's form does not allow the edit.
    """
    if edit.after is None:
        return edit
    if edit.after == edit.before and stands_written(load_records(tree, [edit.path], {}), file, entry):
        return edit
    told = edit._replace(after=append_entry(edit.path, edit.after, entry))
    prove(tree, [told])
    return told
