"""A plan change as a plan change: two plans compared record by record, field by field.

Nothing is said of form: a reformatted, reordered or moved line is no change, and neither is a reference that
only follows a rename. The order of entries is told only where it counts: among those of one day that
contradict each other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import BaseModel

from servplan.analysis.consequences import TOLD_ONCE, Consequence, Consequences
from servplan.analysis.ledger import NO_ENTRIES, LogChange, compare_logs, find_reordered
from servplan.files.layout import ANSWERS_PATH
from servplan.load import stand_in_header
from servplan.model.answer import Answer
from servplan.model.defaults import counted
from servplan.model.header import Header
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.model.walk import references
from servplan.revisions import Pair

Data = Mapping[str, Any]
"""A record, or a part of one, as its file has it."""

NOT_COMPARED = {"id", "path", "formerly"}
NO_RENAMES: Mapping[str, str] = MappingProxyType({})
HEADER = "plan"
"""What a change of the plan's header is called, as kind and as id."""
ANSWERS = "answers"
"""What a change of the answers to the audit is called, as kind; its log has the rows."""
KIND = "kind"
"""What a record's kind is called where it is told as a field, though it is the file's folder that says it."""


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
    """All changes between two plans, and what could not be compared.

    `unreadable` names what one side could not read, `doubled` the ids that several files of one side bear.
    `titles` has the title of every record that either plan holds, the later plan's words first.
    """

    changes: tuple[Change, ...]
    unreadable: tuple[str, ...]
    titles: Mapping[str, str]
    doubled: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether both plans say the same, as far as anybody can tell: nothing was left uncompared."""
        return not (self.changes or self.unreadable or self.doubled)


def compare_pair(pair: Pair) -> PlanDiff:
    """Return what changed between two states: the plan, and the answers to the audit."""
    found = compare(pair.before, pair.after, pair.renamed)
    return found._replace(
        changes=(*found.changes, *(_answers_change(*pair.answers) if pair.answers else ())),
        unreadable=pair.unreadable,
        doubled=pair.doubled,
    )


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
        elif old is not None and (change := _between(old, record, now)):
            changes.append(_followed(change, follows.of_change(old, record)))
    gone = before.records.keys() - after.records.keys() - set(renamed.values()) - unreadable
    left = (before.records[id_] for id_ in gone)
    changes += [_followed(_whole("removed", record), follows.of_gone(record)) for record in left]
    changes.sort(key=lambda change: (change.kind, change.id))
    titles = {id_: record.title for plan in (before, after) for id_, record in plan.records.items()}
    told = (*_header_change(before, after), *_told_once(changes))
    return PlanDiff(told, tuple(sorted(unreadable)), titles)


def _followed(change: Change, consequences: Iterable[Consequence]) -> Change:
    return change._replace(consequences=tuple(consequences))


def _told_once(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes, what several of them lead to only with the first one."""
    told: set[tuple[str, str]] = set()
    for change in changes:
        kept = [item for item in change.consequences if (item.code, item.params["id"]) not in told]
        told.update((item.code, item.params["id"]) for item in kept if item.code in TOLD_ONCE)
        yield _followed(change, kept)


def _header_change(before: Plan, after: Plan) -> Iterator[Change]:
    """Yield what changed in the plan's own description, as of a record of its own, where it is known."""
    if stand_in_header() in (before.header, after.header):
        return
    if change := header_change(dump(before.header), dump(after.header)):
        yield change


def header_change(was: Data, is_: Data) -> Change | None:
    """Return the change of the plan's own description, if there is one."""
    fields = _field_changes(was, is_, Header, Header)
    if not fields:
        return None
    return Change("changed", HEADER, HEADER, is_["title"], None, None, fields, NO_ENTRIES, ())


def _answers_change(before: Iterable[Answer], after: Iterable[Answer]) -> Iterator[Change]:
    """Yield what changed in the answers to the audit, which silence it: the rows that came and went."""
    were, are = Counter(before), Counter(after)
    added, removed = (tuple(map(dump, rows.elements())) for rows in (are - were, were - are))
    if added or removed:
        log = LogChange(added, removed, ())
        yield Change("changed", ANSWERS, ANSWERS, ANSWERS_PATH, None, None, (), log, ())


def bare(change: str, record: Record) -> Change:
    """Return a record that came or went, without a word of what it says."""
    return Change(change, record.kind, record.id, record.title, None, None, (), NO_ENTRIES, ())


def _whole(change: str, record: Record) -> Change:
    """Return a record that came or went, with all that it says besides its title."""
    data = record_data(record, {})
    data.pop("title")
    log = data.pop("log", [])
    names = [name for name in _keys(type(record)) if name in data]
    if change == "added":
        fields, log_change = (FieldChange(name, None, data[name]) for name in names), compare_logs([], log)
    else:
        fields, log_change = (FieldChange(name, data[name], None) for name in names), compare_logs(log, [])
    return bare(change, record)._replace(fields=tuple(fields), log=log_change)


def _between(old: Record, new: Record, now: Mapping[str, str]) -> Change | None:
    """Return the change of a record that both plans hold, if there is one."""
    return change_of(record_data(old, now), old, new, now, _former_ids(old, new))


def _former_ids(old: Record, new: Record) -> tuple[FieldChange, ...]:
    """Return how the ids changed that a record still answers to, but for what its renaming brings along."""
    was, is_ = ({*record.formerly, old.id} - {new.id} for record in (old, new))
    return () if was == is_ else (FieldChange("formerly", list(old.formerly), list(new.formerly)),)


def change_of(
    was: Data, old: Record, new: Record, now: Mapping[str, str], besides: Iterable[FieldChange] = ()
) -> Change | None:
    """Return the change of a record that was there before, if there is one.

    `was` is what it said, with the references of `now`; of `old` its kind, its name and its folder are told.
    `besides` has changes of what is no part of `was`.
    """
    is_ = record_data(new, now)
    logs = was.get("log", []), is_.get("log", [])
    log = compare_logs(*logs)._replace(reordered=find_reordered(*logs, new.entry.changes))
    fields = _field_changes({**was, "log": None}, {**is_, "log": None}, type(old), type(new))
    fields = (*_kind_change(old, new), *fields, *besides)
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
    was: Data, is_: Data, old: type[BaseModel], new: type[BaseModel]
) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the order of records, each with what counts on either side."""
    names = (name for name in dict.fromkeys([*_keys(new), *_keys(old)]) if was.get(name) != is_.get(name))
    return tuple(
        FieldChange(name, counted(old, name, was.get(name)), counted(new, name, is_.get(name)))
        for name in names
    )


def _kind_change(old: Record, new: Record) -> Iterator[FieldChange]:
    if old.kind != new.kind:
        yield FieldChange(KIND, old.kind, new.kind)


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


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
