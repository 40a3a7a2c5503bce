"""A plan change as a plan change: two plans compared record by record, field by field.

Nothing is said of form: a reformatted, reordered or moved line is no change, and neither is a reference that
only follows a rename.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import BaseModel

from servplan.analysis.consequences import Consequence, Consequences
from servplan.analysis.ledger import NO_ENTRIES, LogChange, compare_logs
from servplan.load import stand_in_header
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.model.walk import references

NOT_COMPARED = {"id", "path", "formerly"}
NO_RENAMES: Mapping[str, str] = MappingProxyType({})
HEADER = "plan"
"""What a change of the plan's header is called, as kind and as id."""


class FieldChange(NamedTuple):
    """A field before and after; None where it was not there."""

    field: str
    old: Any
    new: Any


class Change(NamedTuple):
    """What happened to one record between two plans.

    `change` is `added`, `removed`, `changed` or `retired`; `moved` holds the file's folders if they differ.
    """

    change: str
    kind: str
    id: str
    title: str
    renamed_from: str | None
    moved: tuple[str, str] | None
    fields: tuple[FieldChange, ...]
    log: LogChange
    consequences: tuple[Consequence, ...]


class PlanDiff(NamedTuple):
    """All changes between two plans, and the records that one side could not read.

    `titles` has the title of every record that either plan holds, the later plan's words first.
    """

    changes: tuple[Change, ...]
    unreadable: tuple[str, ...]
    titles: Mapping[str, str]


def compare(before: Plan, after: Plan, renamed: Mapping[str, str] = NO_RENAMES) -> PlanDiff:
    """Return what changed from one plan to another; a record unreadable on one side is named, not removed.

    `renamed` has each new id with the old one whose record it continues.
    """
    unreadable = {*before.unreadable, *after.unreadable}
    follows = Consequences(before, after)
    changes = []
    for id_, record in after.records.items():
        old_id = renamed.get(id_, id_)
        old = before.records.get(old_id)
        if old is None and old_id not in unreadable:
            changes.append(_whole("added", record, tuple(follows.of_new(record))))
        elif old is not None:
            changes += _changed(old, record, renamed, follows)
    gone = before.records.keys() - after.records.keys() - set(renamed.values()) - unreadable
    for record in (before.records[id_] for id_ in gone):
        changes.append(_whole("removed", record, tuple(follows.of_gone(record))))
    changes.sort(key=lambda change: (change.kind, change.id))
    titles = {id_: record.title for plan in (before, after) for id_, record in plan.records.items()}
    return PlanDiff((*_header_change(before, after), *changes), tuple(sorted(unreadable)), titles)


def _header_change(before: Plan, after: Plan) -> Iterator[Change]:
    """Yield what changed in the plan's own description, as of a record of its own, where it is known."""
    if stand_in_header() in (before.header, after.header):
        return
    fields = _field_changes(_dump(before.header), _dump(after.header), (type(after.header),))
    if fields:
        yield Change("changed", HEADER, HEADER, after.header.title, None, None, fields, NO_ENTRIES, ())


def _whole(change: str, record: Record, consequences: tuple[Consequence, ...]) -> Change:
    """Return a record that came or went, with all that it says besides its title."""
    data = record_data(record, {})
    data.pop("title")
    log = data.pop("log", [])
    if change == "added":
        fields, log_change = _field_changes({}, data, (type(record),)), compare_logs([], log)
    else:
        fields, log_change = _field_changes(data, {}, (type(record),)), compare_logs(log, [])
    return Change(change, record.kind, record.id, record.title, None, None, fields, log_change, consequences)


def _changed(old: Record, new: Record, renamed: Mapping[str, str], follows: Consequences) -> Iterator[Change]:
    """Yield the change of a record that both sides have, if there is one."""
    now = {old_id: new_id for new_id, old_id in renamed.items()}
    was, is_ = record_data(old, now), record_data(new, now)
    log = compare_logs(was.pop("log", []), is_.pop("log", []))
    fields = _field_changes(was, is_, (type(new), type(old)))
    moved = _folder(old), _folder(new)
    renamed_from = old.id if old.id != new.id else None
    if fields or not log.is_empty or renamed_from or moved[0] != moved[1]:
        yield Change(
            change="retired" if new.retired and not old.retired else "changed",
            kind=new.kind,
            id=new.id,
            title=new.title,
            renamed_from=renamed_from,
            moved=moved if moved[0] != moved[1] else None,
            fields=fields,
            log=log,
            consequences=tuple(follows.of_change(old, new)),
        )


def _field_changes(
    was: Mapping[str, Any], is_: Mapping[str, Any], models: Sequence[type[BaseModel]]
) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the order in which records have them."""
    keys = (info.alias or name for model in models for name, info in model.model_fields.items())
    names = (name for name in dict.fromkeys(keys) if was.get(name) != is_.get(name))
    return tuple(FieldChange(name, was.get(name), is_.get(name)) for name in names)


def _folder(record: Record) -> str:
    return record.path.rpartition("/")[0]


def record_data(record: Record, now: Mapping[str, str]) -> dict[str, Any]:
    """Return a record's data as its file has it, with references to renamed records by their new ids."""
    data = _dump(record, exclude=NOT_COMPARED)
    for reference in references(record):
        if reference.target in now:
            _put(data, reference.keys, now[reference.target])
    return data


def _dump(model: BaseModel, exclude: set[str] | None = None) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=exclude)


def _put(data: Any, keys: tuple[str | int, ...], value: str) -> None:
    for key in keys[:-1]:
        data = data[key]
    data[keys[-1]] = value
