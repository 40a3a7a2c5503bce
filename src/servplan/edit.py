"""From an intention to proven text edits: what is to be said of a record, and the file's text that says it.

An edit of one record is proven on that record; the others are known by their files' names, so that the time
it takes does not grow with the plan. Whatever an edit would break is refused with the finding.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, get_args

from servplan.checks.registry import run_checks
from servplan.diagnostics import NOTHING, Diagnostic, ServplanError, Severity, UsageError
from servplan.files.journal import Edit
from servplan.files.oracle import resolve_plain
from servplan.files.overlay import OverlayTree
from servplan.files.reading import read_one
from servplan.files.splice import append_entry, append_item, field_value, flow, remove_key, set_key
from servplan.files.tree import Tree
from servplan.load import DATA, Loaded, load_plan
from servplan.model.ids import as_id, id_fault
from servplan.model.kinds import BY_FOLDER
from servplan.model.record import Entry, Record
from servplan.state import is_retired, replay

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value


class RecordFile(NamedTuple):
    """A record known by its file: its id, path and kind."""

    id: str
    path: str
    kind: type[Record]


class EditRefusedError(ServplanError):
    """An edit that would bring new errors: its `findings`."""

    def __init__(self, findings: Sequence[Diagnostic], texts: Mapping[str, str]) -> None:
        super().__init__("edit-refused", path=findings[0].path)
        self.findings = tuple(findings)
        self.texts = texts


def record_files(tree: Tree) -> dict[str, RecordFile]:
    """Return every record file by id, from the names alone."""
    found: dict[str, RecordFile] = {}
    for path, fault, _reason in tree.files(DATA):
        parts = path.split("/")
        kind = BY_FOLDER.get(parts[1])
        if kind and not fault and len(parts) > 2 and path.endswith(".yaml"):
            id_ = parts[-1].removesuffix(".yaml")
            found.setdefault(id_, RecordFile(id_, path, kind))
    return found


def entry_edits(tree: Tree, files: Sequence[RecordFile], entry: "Data", repeats: bool = False) -> list[Edit]:
    """Return the edits that add an entry to records' logs; none for a record of which it is so already.

    With `repeats`, an entry is written that only says again what was so before: that is a report of its own
    for whoever awaits one. The very same entry is not written twice.

    Raises:
        UsageError: `not-yet` or `retired-record`, if a record does not exist on the entry's day.
        EditRefusedError: if a record would have a new error.
        SpliceError: if a file's form does not allow the edit.
    """
    paths = [file.path for file in files]
    before = load_plan(tree, paths)
    edits = []
    for file in files:
        if record := before.plan.records.get(file.id):
            refuse_outside(record, entry_day(entry))
        text = own_text(before, file)
        so = _stands_written if repeats else _is_so
        if not so(before, file, entry):
            edits.append(Edit(file.path, text, append_entry(file.path, text, entry)))
    refuse_new_errors(before, edits, paths)
    return edits


def own_text(loaded: Loaded, file: RecordFile) -> str:
    """Return a record's text, to be edited.

    Raises:
        EditRefusedError: with what is wrong with the file, if it is no readable YAML.
    """
    text = loaded.text(file.path)
    if fault := read_one(loaded.tree, file.path).fault:
        raise EditRefusedError([fault], {file.path: text})
    return text


def _is_so(loaded: Loaded, file: RecordFile, entry: "Data") -> bool:
    """Tell whether an entry only sets the state that the record has already, or stands in its log."""
    if _stands_written(loaded, file, entry):
        return True
    said = {key: value for key, value in entry.items() if key not in ("date", "known_by", "by", "recorded")}
    record = loaded.plan.records.get(file.id)
    if record is None or not said.keys() <= {"status", "ticked", "assessment", "outlook"}:
        return False
    state = replay(record, entry_day(entry))
    return state.report is not None and all(getattr(state, key) == value for key, value in said.items())


def entry_day(entry: "Data") -> date:
    """Return the day from which a new entry counts."""
    return date.fromisoformat(str(entry.get("date") or entry["known_by"]))


def refuse_outside(record: Record, day: date) -> None:
    """Refuse what is to be said of a record and is dated before it begins, or after it is retired.

    Only a `valid_from` of its own counts: what stood before the plan's first day may be told.

    Raises:
        UsageError: `not-yet`, with what the record continues; `retired-record`.
    """
    if record.valid_from and day < record.valid_from:
        begins, before = record.valid_from.isoformat(), getattr(record, "continues", None) or ""
        raise UsageError("not-yet", id=record.id, day=day.isoformat(), date=begins, instead=before)
    refuse_retired(record, day)


def refuse_retired(record: Record, day: date = date.max) -> None:
    """Refuse what is to be said of a record that is retired by a day.

    Raises:
        UsageError: `retired-record`, with what stands in its place.
    """
    if record.retired and is_retired(record, day):
        since, instead = record.retired.date.isoformat(), ", ".join(record.retired.superseded_by)
        raise UsageError("retired-record", id=record.id, date=since, instead=instead)


def _stands_written(loaded: Loaded, file: RecordFile, entry: "Data") -> bool:
    """Tell whether the log holds an entry that says just this, on whatever day it was written."""
    log: tuple[Entry, ...] = getattr(loaded.plan.records.get(file.id), "log", ())
    said = {key: value for key, value in entry.items() if key != "recorded"}
    dumped = (item.model_dump(mode="json", by_alias=True, exclude_unset=True) for item in log)
    return any({key: value for key, value in item.items() if key != "recorded"} == said for item in dumped)


def field_edit(tree: Tree, file: RecordFile, field: str, value: "Value", how: str) -> Edit:
    """Return the edit that sets a field, adds to it or removes from it; an empty value removes the key.

    Raises:
        EditRefusedError: if the plan would have a new error.
        SpliceError: if the file's form does not allow the edit.
    """
    before = load_plan(tree)
    text = own_text(before, file)
    edit = Edit(file.path, text, _with_field(file, text, field, value, how))
    if edit.after != text:
        refuse_new_errors(before, [edit])
    return edit


def _with_field(file: RecordFile, text: str, field: str, value: "Value", how: str) -> str:
    old = field_value(file.path, text, field)
    if how == "add":
        if value in listed(old):
            return text
        return append_item(file.path, text, field, value, key_order(file.kind))
    if how == "remove":
        kept = [item for item in listed(old) if item != value]
        value = kept[0] if len(kept) == 1 and not isinstance(old, list) else kept
    if value in (None, [], ""):
        return remove_key(file.path, text, field)
    if listed(value) == listed(old):
        return text
    if isinstance(old, list):
        value = listed(value)
    return set_key(file.path, text, field, value, key_order(file.kind))


def listed(value: "Value") -> list["Value"]:
    """Return a field's value as a list: one item may stand without."""
    return value if isinstance(value, list) else [] if value is None else [value]


def key_order(kind: type[Record]) -> list[str]:
    """Return a kind's keys in the order in which a file has them: what it is first, its log last."""
    common = list(Record.model_fields)
    own = [name for name in kind.model_fields if name not in common and name != "log"]
    head, tail = (
        ["title", "description"],
        [name for name in common[2:] if name not in ("title", "description")],
    )
    return [*head, *own, *tail, "log"]


def refuse_new_errors(before: Loaded, edits: Sequence[Edit], only: Collection[str] | None = None) -> None:
    """Refuse edits after which the plan has an error that it had not.

    Raises:
        EditRefusedError: with the new errors.
    """
    over = {edit.path: edit.after for edit in edits}
    after = load_plan(OverlayTree(before.tree, over), only)
    known = {_identity(finding) for finding in _errors(before)}
    new = [after.placed(item) for item in _errors(after) if _identity(item) not in known]
    if new:
        raise EditRefusedError(new, {item.path: after.text(item.path) for item in new})


def _errors(loaded: Loaded) -> list[Diagnostic]:
    return [item for item in run_checks(loaded, errors_only=True) if item.severity is Severity.ERROR]


def _identity(finding: Diagnostic) -> tuple[object, ...]:
    return finding.code, finding.path, finding.keys, tuple(sorted(finding.params.items()))


def new_record_edit(tree: Tree, kind: type[Record], id_: str, data: "Data") -> Edit:
    """Return the edit that makes a new record of a kind.

    Raises:
        UsageError: `unfit-id` or `id-taken`.
        EditRefusedError: if the plan would have a new error.
    """
    if fault := id_fault(id_):
        raise UsageError("unfit-id", id=id_, fault=fault)
    taken = record_files(tree).get(id_)
    if taken:
        raise UsageError("id-taken", id=id_, path=taken.path)
    edit = Edit(f"{DATA}/{kind.folder}/{id_}.yaml", None, new_text(kind, data))
    refuse_new_errors(load_plan(tree), [edit])
    return edit


def new_text(kind: type[Record], data: "Data", written: Mapping[str, str] = NOTHING) -> str:
    """Return the text of a new record, its keys in the order in which files have them.

    `written` holds the lines of keys that are to be taken as they are.
    """
    order = key_order(kind)
    keys = sorted(data, key=lambda key: order.index(key) if key in order else len(order))
    return "".join(written.get(key) or f"{flow(key)}: {flow(data[key])}\n" for key in keys)


def proposed_id(title: str) -> str:
    """Return the id that a title proposes: of its first six words at most."""
    return as_id(" ".join(title.split()[:6]))


def field_value_of(tree: Tree, file: RecordFile, field: str) -> "Value":
    """Return a record's field as its file has it, None where it is not there."""
    return field_value(file.path, load_plan(tree, [file.path]).text(file.path), field)


def settable_key(kind: type[Record], field: str) -> str:
    """Return a field that a person may set in records of a kind.

    Raises:
        UsageError: `unknown-field`, with those that there are.
    """
    keys = [info.alias or name for name, info in kind.model_fields.items()]
    settable = [key for key in keys if key not in ("id", "path", "log")]
    if field not in settable:
        raise UsageError("unknown-field", given=field, known=", ".join(settable))
    return field


def plain_value(kind: type[Record], key: str, text: str) -> "Value":
    """Return a typed text as the field's value: literally, unless the field holds numbers."""
    found = next((info for name, info in kind.model_fields.items() if key in (name, info.alias)), None)
    wants_text = found is None or not {int, float, bool} & _basic_types(found.annotation)
    return text if wants_text else resolve_plain(text)


def _basic_types(annotation: object) -> set[object]:
    inner = get_args(annotation)
    return set().union(*map(_basic_types, inner)) if inner else {annotation}
