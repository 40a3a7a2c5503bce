"""The proof that edits may be written: the plan has no error after them that it had not before.

Edits that move no id are proven on their own records, and on those that new references lead to; the others
are known by their files' names. So the time a change takes does not grow with the plan. What fails that proof
gets the exact one: the whole plan is read before and after.
"""

from collections.abc import Collection, Mapping, Sequence

from servplan.checks.reference_cycle import ORDERING
from servplan.checks.registry import errors_of, is_narrow
from servplan.diagnostics import Diagnostic, ServplanError
from servplan.files.journal import Edit
from servplan.files.overlay import OverlayTree
from servplan.files.tree import Tree
from servplan.load import Loaded, load_plan, load_records, record_files
from servplan.model.walk import references


class EditRefusedError(ServplanError):
    """An edit that would bring new errors: its `findings`."""

    def __init__(self, findings: Sequence[Diagnostic], texts: Mapping[str, str]) -> None:
        super().__init__("edit-refused", path=findings[0].path)
        self.findings = tuple(findings)
        self.texts = texts


def prove(tree: Tree, edits: Sequence[Edit]) -> None:
    """Refuse edits after which the plan has an error that it had not.

    Raises:
        EditRefusedError: with the new errors.
    """
    changed = [edit for edit in edits if edit.after != edit.before]
    if changed and not _proven_narrowly(tree, changed):
        refuse_new_errors(load_plan(tree), changed)


def refuse_new_errors(before: Loaded, edits: Sequence[Edit]) -> None:
    """Refuse edits after which a loaded plan has an error that it has not, read whole.

    Raises:
        EditRefusedError: with the new errors, or because the plan is written in another format than ours.
    """
    if foreign := _of_another_format(before):
        raise EditRefusedError(foreign, {foreign[0].path: before.text(foreign[0].path)})
    after = load_plan(_after(before.tree, edits))
    if new := _new_errors(before, after):
        placed = [after.placed(item) for item in new]
        raise EditRefusedError(placed, {item.path: after.text(item.path) for item in new})


def refuse_unread(loaded: Loaded) -> None:
    """Refuse what needs the whole plan where the system does not let us read a part of it.

    Raises:
        EditRefusedError: with the files and folders that cannot be read.
    """
    if unread := [item for item in loaded.diagnostics if item.code == "cannot-read"]:
        raise EditRefusedError(unread, {item.path: "" for item in unread})


def _of_another_format(loaded: Loaded) -> list[Diagnostic]:
    """Return the finding that a plan is written in a format which is not ours to write."""
    return [item for item in loaded.diagnostics if item.code in ("newer-format", "unknown-format")]


def _after(tree: Tree, edits: Sequence[Edit]) -> OverlayTree:
    return OverlayTree(tree, {edit.path: edit.after for edit in edits})


def _new_errors(before: Loaded, after: Loaded) -> list[Diagnostic]:
    known = {_identity(finding) for finding in errors_of(before)}
    return [finding for finding in errors_of(after) if _identity(finding) not in known]


def _identity(finding: Diagnostic) -> tuple[object, ...]:
    return finding.code, finding.path, finding.keys, tuple(sorted(finding.params.items()))


def _proven_narrowly(tree: Tree, edits: Sequence[Edit]) -> bool:
    """Tell whether edits bring no error for certain, without a look at records that they do not touch."""
    if any(edit.before is None or edit.after is None for edit in edits):
        return False
    paths = {edit.path for edit in edits}
    names = {id_: file.path for id_, file in record_files(tree).items()}
    before = load_records(tree, paths, names)
    after = load_records(_after(tree, edits), paths, names)
    if _of_another_format(before) or not is_narrow(before.plan.header) or _former(before) != _former(after):
        return False
    led = _led_to(after, _ordering(after) - _ordering(before), names)
    if led is None:
        return False
    if not led <= paths:
        before = load_records(tree, paths | led, names)
        after = load_records(_after(tree, edits), paths | led, names)
    return not _new_errors(before, after)


def _former(loaded: Loaded) -> Mapping[str, tuple[str, ...]]:
    return {id_: record.formerly for id_, record in loaded.plan.records.items()}


def _ordering(loaded: Loaded) -> set[tuple[str, str, str]]:
    """Return the references that put records into an order: by whom, in which field, to whom."""
    return {
        (record.id, str(reference.keys[0]), reference.target)
        for record in loaded.plan.records.values()
        for reference in references(record)
        if reference.keys[0] in ORDERING
    }


def _led_to(
    after: Loaded, new: Collection[tuple[str, str, str]], names: Mapping[str, str]
) -> set[str] | None:
    """Return the paths of all that new references lead to, near and far; None where a name is no record's.

    It may be a record's former name then, or nobody's: only the whole plan tells.
    """
    found: set[str] = set()
    targets = {target for _id, _field, target in new}
    while targets:
        if not targets <= names.keys():
            return None
        near = {names[target] for target in targets} - found
        found |= near
        further = load_records(after.tree, near, names)
        targets = {target for _id, _field, target in _ordering(further)}
        targets = {target for target in targets if names.get(target) not in found}
    return found
