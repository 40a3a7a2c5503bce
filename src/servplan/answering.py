"""A row in `data/audit.yaml`: why a change that the audit found stands."""

from typing import TYPE_CHECKING

from servplan.files.journal import Edit
from servplan.files.layout import ANSWERS_PATH
from servplan.files.reading import read_list
from servplan.files.splice import append_row
from servplan.files.tree import Tree
from servplan.load import load_plan
from servplan.proof import EditRefusedError, refuse_new_errors

if TYPE_CHECKING:
    from servplan.files.oracle import Data


def answer_edit(tree: Tree, row: "Data") -> Edit:
    """Return the edit that adds a row to the answers.

    Raises:
        EditRefusedError: if the file cannot be read, or the plan would have a new error.
        SpliceError: if the file's form does not allow the edit.
    """
    _rows, fault = read_list(tree, ANSWERS_PATH)
    text = tree.read(ANSWERS_PATH).decode(errors="replace") if tree.exists(ANSWERS_PATH) else None
    if fault:
        raise EditRefusedError([fault], {ANSWERS_PATH: text or ""})
    edit = Edit(ANSWERS_PATH, text, append_row(ANSWERS_PATH, text or "", row))
    refuse_new_errors(load_plan(tree), [edit])
    return edit
