"""A record's new id, in one step: its file moves, references follow, and `formerly` keeps the old one."""

from servplan.diagnostics import UsageError
from servplan.edit import key_order, listed, own_text, present
from servplan.files.journal import Edit
from servplan.files.splice import append_item, field_value, replace_scalars, set_key
from servplan.files.tree import Tree
from servplan.load import Loaded, RecordFile, load_plan, record_files
from servplan.model.ids import id_fault
from servplan.model.walk import references
from servplan.proof import refuse_new_errors, refuse_unread


def rename_edits(tree: Tree, file: RecordFile, new_id: str) -> list[Edit]:
    """Return the edits that give a record another id.

    Raises:
        UsageError: `unfit-id` or `id-taken`.
        EditRefusedError: if the plan would have a new error, or a file cannot be read that may name it.
        SpliceError: if a file's form does not allow the edit.
    """
    if fault := id_fault(new_id):
        raise UsageError("unfit-id", id=new_id, fault=fault)
    taken = record_files(tree).get(new_id)
    if taken:
        raise UsageError("id-taken", id=new_id, path=taken.path)
    file = present(tree, file)
    before = load_plan(tree)
    refuse_unread(before)
    edits = [edit for edit in _references(before, file.id, new_id) if edit.path != file.path]
    own = _own_text(before, file, new_id)
    new_path = file.path[: file.path.rindex("/") + 1] + f"{new_id}.yaml"
    edits += [Edit(file.path, before.text(file.path), None), Edit(new_path, None, own)]
    refuse_new_errors(before, edits)
    return edits


def _own_text(before: Loaded, file: RecordFile, new_id: str) -> str:
    """Return the record's own text with its old id in `formerly`, references to itself included."""
    changed = {edit.path: edit.after for edit in _references(before, file.id, new_id)}
    text = changed.get(file.path) or own_text(before.tree, file)
    old = listed(field_value(file.path, text, "formerly"))
    if old and new_id not in old:
        return append_item(file.path, text, "formerly", file.id)
    kept = [item for item in old if item != new_id]
    return set_key(file.path, text, "formerly", [*kept, file.id], key_order(file.kind))


def _references(before: Loaded, old_id: str, new_id: str) -> list[Edit]:
    """Return the edits of every file that names a record, by its id or by an older one."""
    edits = []
    for record in before.plan.records.values():
        places = [
            reference.keys
            for reference in references(record)
            if before.plan.resolve(reference.target) == old_id
        ]
        if places:
            text = before.text(record.path)
            edits.append(Edit(record.path, text, replace_scalars(record.path, text, places, new_id)))
    return edits
