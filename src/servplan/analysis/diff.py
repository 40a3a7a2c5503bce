"""A plan change as a plan change: two plans compared record by record, field by field.

Nothing is said of form: a reformatted, reordered or moved line is no change, and neither is a reference that
only follows a rename.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import BaseModel

from servplan.analysis.consequences import Consequence, Consequences
from servplan.analysis.ledger import NO_ENTRIES, LogChange, compare_logs
from servplan.load import stand_in_header
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.model.walk import references

Data = Mapping[str, Any]
"""A record, or a part of one, as its file has it."""

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
    now = {old_id: new_id for new_id, old_id in renamed.items()}
    changes = []
    for id_, record in after.records.items():
        old_id = renamed.get(id_, id_)
        old = before.records.get(old_id)
        if old is None and old_id not in unreadable:
            changes.append(_followed(_whole("added", record), follows.of_new(record)))
        elif old is not None and (change := change_of(record_data(old, now), old, record, now)):
            changes.append(_followed(change, follows.of_change(old, record)))
    gone = before.records.keys() - after.records.keys() - set(renamed.values()) - unreadable
    left = (before.records[id_] for id_ in gone)
    changes += [_followed(_whole("removed", record), follows.of_gone(record)) for record in left]
    changes.sort(key=lambda change: (change.kind, change.id))
    titles = {id_: record.title for plan in (before, after) for id_, record in plan.records.items()}
    return PlanDiff((*_header_change(before, after), *changes), tuple(sorted(unreadable)), titles)


def _followed(change: Change, consequences: Iterable[Consequence]) -> Change:
    return change._replace(consequences=tuple(consequences))


def _header_change(before: Plan, after: Plan) -> Iterator[Change]:
    """Yield what changed in the plan's own description, as of a record of its own, where it is known."""
    if stand_in_header() in (before.header, after.header):
        return
    fields = _field_changes(dump(before.header), dump(after.header), (type(after.header),))
    if fields:
        yield Change("changed", HEADER, HEADER, after.header.title, None, None, fields, NO_ENTRIES, ())


def bare(change: str, record: Record) -> Change:
    """Return a record that came or went, without a word of what it says."""
    return Change(change, record.kind, record.id, record.title, None, None, (), NO_ENTRIES, ())


def _whole(change: str, record: Record) -> Change:
    """Return a record that came or went, with all that it says besides its title."""
    data = record_data(record, {})
    data.pop("title")
    log = data.pop("log", [])
    if change == "added":
        fields, log_change = _field_changes({}, data, (type(record),)), compare_logs([], log)
    else:
        fields, log_change = _field_changes(data, {}, (type(record),)), compare_logs(log, [])
    return bare(change, record)._replace(fields=fields, log=log_change)


def change_of(was: Data, old: Record, new: Record, now: Mapping[str, str]) -> Change | None:
    """Return the change of a record that was there before, if there is one.

    `was` is what it said, with the references of `now`; of `old` its kind, its name and its folder are told.
    """
    is_ = record_data(new, now)
    log = compare_logs(was.get("log", []), is_.get("log", []))
    fields = _field_changes({**was, "log": None}, {**is_, "log": None}, (type(new), type(old)))
    moved = _folder(old), _folder(new)
    renamed_from = old.id if old.id != new.id else None
    if not fields and log.is_empty and not renamed_from and moved[0] == moved[1]:
        return None
    return Change(
        change="retired" if new.retired and not was.get("retired") else "changed",
        kind=new.kind,
        id=new.id,
        title=new.title,
        renamed_from=renamed_from,
        moved=moved if moved[0] != moved[1] else None,
        fields=fields,
        log=log,
        consequences=(),
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
    data = dump(record, exclude=NOT_COMPARED)
    for reference in references(record):
        if reference.target in now:
            _put(data, reference.keys, now[reference.target])
    return data


def dump(model: BaseModel, exclude: set[str] | None = None) -> dict[str, Any]:
    """Return what a part of a plan says, as its file has it."""
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=exclude)


def _put(data: Any, keys: tuple[str | int, ...], value: str) -> None:
    for key in keys[:-1]:
        data = data[key]
    data[keys[-1]] = value
