"""From an intention to proven text edits: what is to be said of records, and the files' texts that say it.

Whatever the edits would break is refused with the finding (`proof.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from servplan.analysis.ledger import DAYS, day_of
from servplan.diagnostics import NOTHING, ServplanError, UsageError
from servplan.files.candidates import flow
from servplan.files.journal import Edit
from servplan.files.layout import DATA
from servplan.files.oracle import resolve_plain
from servplan.files.reading import read_one
from servplan.files.splice import (
    append_entry,
    append_item,
    field_value,
    remove_item,
    remove_key,
    set_key,
)
from servplan.files.tree import Tree
from servplan.load import Loaded, RecordFile, load_plan, load_records, record_files
from servplan.model.contradictions import contradictions
from servplan.model.ids import as_id, id_fault
from servplan.model.record import Entry, Record
from servplan.model.shape import shape_of
from servplan.proof import EditRefusedError, prove
from servplan.state import CLAIMS, is_retired, replay, said

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value


def entry_edits(tree: Tree, files: Sequence[RecordFile], entry: "Data", repeats: bool = False) -> list[Edit]:
    """Return the edits that add an entry to records' logs; none for a record of which it is so already.

    With `repeats`, an entry is written that only says again what was so before: that is a report of its own
    for whoever awaits one. The very same entry is not written twice; one that counts is, since it adds up.

    Raises:
        UsageError: `not-yet` or `retired-record`, if a record does not exist on the entry's day.
        EditRefusedError: if a record would have a new error.
        SpliceError: if a file's form does not allow the edit.
    """
    files = [present(tree, file) for file in files]
    before = load_records(tree, {file.path for file in files}, {})
    for record in before.plan.records.values():
        refuse_outside(record, entry_day(entry))
    so = stands_written if repeats else _is_so
    wanting = [file for file in files if "count" in entry or not so(before, file, entry)]
    return _proven(tree, wanting, lambda file, text: append_entry(file.path, text, entry))


def field_edits(
    tree: Tree, files: Sequence[RecordFile], field: str, values: "Sequence[Value]", how: str = "set"
) -> list[Edit]:
    """Return the edits that set a field of records to values, add these to it, or remove them from it.

    One value stands alone, several make a list, none removes the key. Where it is so already, an edit changes
    nothing.

    Raises:
        EditRefusedError: if the plan would have a new error.
        SpliceError: if a file's form does not allow the edit.
    """
    files = [present(tree, file) for file in files]
    return _proven(tree, files, lambda file, text: CHANGES[how](file, text, field, values))


def _proven(tree: Tree, files: Sequence[RecordFile], change: Callable[[RecordFile, str], str]) -> list[Edit]:
    """Return the edits that change records' texts, proven together."""
    edits = []
    for file in files:
        text = own_text(tree, file)
        edits.append(Edit(file.path, text, change(file, text)))
    prove(tree, edits)
    return edits


def present(tree: Tree, file: RecordFile) -> RecordFile:
    """Return where a record is now: another command may have renamed it since it was looked up.

    Raises:
        ServplanError: `file-changed`, if it is gone.
    """
    if tree.exists(file.path):
        return file
    names = record_files(tree)
    now = file.id if file.id in names else load_plan(tree).plan.resolve(file.id)
    if now not in names:
        raise ServplanError("file-changed", path=file.path)
    return names[now]


def own_text(tree: Tree, file: RecordFile) -> str:
    """Return a record's text, to be edited.

    Raises:
        EditRefusedError: with what is wrong with the file, if it is no readable YAML.
    """
    document = read_one(tree, file.path)
    text = document.text or ""
    if document.fault:
        raise EditRefusedError([document.fault], {file.path: text})
    return text


def _is_so(loaded: Loaded, file: RecordFile, entry: "Data") -> bool:
    """Tell whether an entry only sets the state that the record has already, or stands in its log."""
    if stands_written(loaded, file, entry):
        return True
    aside = (*DAYS, "by", "recorded", *(["reason"] if "due" in entry else []))
    claims = {key: value for key, value in entry.items() if key not in aside}
    record = loaded.plan.records.get(file.id)
    if record is None or not claims.keys() <= {*CLAIMS, "outlook", "owners", "due"}:
        return False
    state = replay(record, entry_day(entry))
    if state.report is None and not claims.keys() <= {"owners", "due"}:
        return False
    held = state._asdict() | {"owners": list(state.owners), "due": str(state.due)}
    return all(held[key] == value for key, value in claims.items())


def entry_day(entry: "Data") -> date:
    """Return the day from which a new entry counts."""
    return date.fromisoformat(day_of(entry))


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


def stands_written(loaded: Loaded, file: RecordFile, entry: "Data") -> bool:
    """Tell whether the log holds an entry that says just this and that no later one of its day changes."""
    log: tuple[Entry, ...] = getattr(loaded.plan.records.get(file.id), "log", ())
    new = {key: value for key, value in entry.items() if key != "recorded"}
    same = [at for at, item in enumerate(log) if _without_recorded(item) == new]
    return bool(same) and not _is_changed(log[same[-1] :])


def _is_changed(entries: Sequence[Entry]) -> bool:
    """Tell whether the first of some entries is contradicted by a later one of its day."""
    return any(first == 0 for first, _later, _field in contradictions(map(said, entries)))


def _without_recorded(entry: Entry) -> "Data":
    data = entry.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return {key: value for key, value in data.items() if key != "recorded"}


def _with_set(file: RecordFile, text: str, field: str, values: "Sequence[Value]") -> str:
    if not values or (values[0] in (None, "") and len(values) == 1):
        return remove_key(file.path, text, field)
    old = field_value(file.path, text, field)
    if list(values) == listed(old):
        return text
    kept = [value for value in listed(old) if value in values]
    if kept and [*kept, *(value for value in values if value not in kept)] == list(values):
        removed = [value for value in listed(old) if value not in values]
        return _with_added(file, _with_removed(file, text, field, removed), field, values)
    shape = shape_of(file.kind, field)
    stays_list = isinstance(old, list) and shape is not None and shape.is_many
    value = list(values) if stays_list or len(values) > 1 else values[0]
    return set_key(file.path, text, field, value, key_order(file.kind))


def _with_added(file: RecordFile, text: str, field: str, values: "Sequence[Value]") -> str:
    for value in values:
        if value not in listed(field_value(file.path, text, field)):
            text = append_item(file.path, text, field, value, key_order(file.kind))
    return text


def _with_removed(file: RecordFile, text: str, field: str, values: "Sequence[Value]") -> str:
    for value in values:
        text = remove_item(file.path, text, field, value)
    return text


CHANGES = {"set": _with_set, "add": _with_added, "remove": _with_removed}
"""What can be done to a field."""


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
    prove(tree, [edit])
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
    return field_value(file.path, own_text(tree, file), field)


def settable_key(kind: type[Record], field: str) -> str:
    """Return a field that a person may set in records of a kind.

    Raises:
        UsageError: `unknown-field`, with those that there are.
    """
    keys = [info.alias or name for name, info in kind.model_fields.items()]
    settable = [key for key in keys if key not in ("id", "path", "log")]
    if field not in settable:
        raise UsageError("unknown-field", given=field, keys=", ".join(settable))
    return field


def plain_value(kind: type[Record], key: str, text: str) -> "Value":
    """Return a typed text as the field's value: literally, unless the field holds numbers."""
    shape = shape_of(kind, key)
    return resolve_plain(text) if shape and shape.is_number else text


def typed_values(file: RecordFile, key: str, texts: Sequence[str], how: str = "set") -> "list[Value]":
    """Return what was typed as a field's values, to be set, added or removed.

    Raises:
        UsageError: `holds-group`, `holds-one` or `holds-number`, if the field cannot hold them.
    """
    shape = shape_of(file.kind, key)
    if shape and shape.is_group and texts:
        raise UsageError("holds-group", field=key, path=file.path)
    if shape and not shape.is_many and (len(texts) > 1 or how == "add"):
        raise UsageError("holds-one", field=key, id=file.id, said=" ".join(texts))
    values = [plain_value(file.kind, key, text) for text in texts]
    for text, value in zip(texts, values, strict=True):
        if shape and shape.is_number and text and not _is_number(value):
            raise UsageError("holds-number", field=key, id=file.id, given=text)
    return values


def _is_number(value: "Value") -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
