"""A plan change as a plan change: two plans compared record by record, field by field.

Nothing is said of form: a reformatted, reordered or moved line is no change, and neither is a reference that
only follows a rename.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from servplan.analysis.graph import Graph
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.plan import Plan
from servplan.model.programme import Box
from servplan.model.record import Record
from servplan.model.walk import references
from servplan.state import Standing

NOT_COMPARED = {"id", "path", "formerly"}


class FieldChange(NamedTuple):
    """A field before and after; None where it was not there."""

    field: str
    old: Any
    new: Any


class Consequence(NamedTuple):
    """What follows from a change for somebody who did not make it."""

    code: str
    params: Mapping[str, str]


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
    entries: tuple[dict[str, Any], ...]
    entries_removed: tuple[dict[str, Any], ...]
    consequences: tuple[Consequence, ...]


class PlanDiff(NamedTuple):
    """All changes between two plans, and the records that one side could not read."""

    changes: tuple[Change, ...]
    unreadable: tuple[str, ...]


def compare(before: Plan, after: Plan) -> PlanDiff:
    """Return what changed from one plan to another; a record unreadable on one side is named, not removed."""
    renamed = _renames(before, after)
    unreadable = {*before.unreadable, *after.unreadable}
    follows = _Consequences(before, after)
    changes = []
    for id_, record in after.records.items():
        old_id = renamed.get(id_, id_)
        old = before.records.get(old_id)
        if old is None and old_id not in unreadable:
            changes.append(_bare("added", record, follows.of_new(record)))
        elif old is not None:
            changes += _changed(old, record, renamed, follows)
    gone = before.records.keys() - after.records.keys() - set(renamed.values()) - unreadable
    changes += [_bare("removed", before.records[id_], follows.of_gone(before.records[id_])) for id_ in gone]
    changes.sort(key=lambda change: (change.kind, change.id))
    return PlanDiff(tuple(changes), tuple(sorted(unreadable)))


def _renames(before: Plan, after: Plan) -> dict[str, str]:
    """Return each new id with the old one that its record bore before."""
    return {
        record.id: old
        for record in after.records.values()
        for old in record.formerly
        if old in before.records and old not in after.records
    }


def _bare(change: str, record: Record, consequences: Iterable[Consequence]) -> Change:
    return Change(change, record.kind, record.id, record.title, None, None, (), (), (), tuple(consequences))


def _changed(
    old: Record, new: Record, renamed: Mapping[str, str], follows: "_Consequences"
) -> Iterator[Change]:
    """Yield the change of a record that both sides have, if there is one."""
    now = {old_id: new_id for new_id, old_id in renamed.items()}
    was, is_ = _data(old, now), _data(new, {})
    added, removed = _entries(was.pop("log", []), is_.pop("log", []))
    keys = (info.alias or name for name, info in type(new).model_fields.items())
    names = [key for key in keys if was.get(key) != is_.get(key)]
    fields = tuple(FieldChange(name, was.get(name), is_.get(name)) for name in names)
    moved = _folder(old), _folder(new)
    renamed_from = old.id if old.id != new.id else None
    if fields or added or removed or renamed_from or moved[0] != moved[1]:
        yield Change(
            change="retired" if new.retired and not old.retired else "changed",
            kind=new.kind,
            id=new.id,
            title=new.title,
            renamed_from=renamed_from,
            moved=moved if moved[0] != moved[1] else None,
            fields=fields,
            entries=added,
            entries_removed=removed,
            consequences=tuple(follows.of_change(old, new)),
        )


def _folder(record: Record) -> str:
    return record.path.rpartition("/")[0]


def _data(record: Record, now: Mapping[str, str]) -> dict[str, Any]:
    """Return a record's data with references by their present ids."""
    data: dict[str, Any] = record.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude=NOT_COMPARED
    )
    for reference in references(record):
        if reference.target in now:
            holder: Any = data
            for key in reference.keys[:-1]:
                holder = holder[key]
            holder[reference.keys[-1]] = now[reference.target]
    return data


def _entries(
    old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> tuple[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]:
    """Return the entries that came and those that went; two equal ones are two."""
    left = list(old)
    added = []
    for entry in new:
        if entry in left:
            left.remove(entry)
        else:
            added.append(entry)
    return tuple(added), tuple(left)


class _Consequences:
    """What changes mean for other records: what both plans look like when all their entries are applied."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self._before = Graph(Standing(before, date.max))
        self._after = Graph(Standing(after, date.max))

    def of_new(self, record: Record) -> Iterator[Consequence]:
        """Yield what a new record brings."""
        yield from self._late(record)

    def of_gone(self, record: Record) -> Iterator[Consequence]:
        """Yield what a removed record leaves behind."""
        yield from self._emptied(record, ())

    def of_change(self, old: Record, new: Record) -> Iterator[Consequence]:
        """Yield what a change means for others."""
        yield from self._emptied(old, getattr(new, "supports", ()))
        before, after = self._before.standing.state(old.id), self._after.standing.state(new.id)
        if before.due != after.due:
            yield from self._late(new)
        if before.owners and not after.owners:
            yield Consequence("owner-vacant", {"id": new.id})
        if before.ticked and not after.ticked and isinstance(new, Box):
            yield Consequence("box-unticked", {"id": new.id})
        if after.postponed > max(before.postponed, 2):
            yield Consequence("postponed-again", {"id": new.id, "times": str(after.postponed)})
        if isinstance(new, Goal) and old.title != new.title:
            below = self._after.children(new.id)
            if below:
                yield Consequence("read-again", {"id": new.id, "below": ", ".join(below)})

    def _emptied(self, old: Record, still: Iterable[str]) -> Iterator[Consequence]:
        """Yield the goals that have lost their last activity by this record's leaving."""
        if not isinstance(old, Activity | Goal):
            return
        for goal in self._before.parents.get(old.id, ()):
            known = self._after.standing.plan.resolve(goal)
            if known and goal not in still and self._before.leaves(goal) and not self._after.leaves(known):
                yield Consequence("last-activity-lost", {"id": known})

    def _late(self, record: Record) -> Iterator[Consequence]:
        """Yield the goals whose due date comes before that of what serves them."""
        standing = self._after.standing
        due = standing.state(record.id).due
        for goal in self._after.parents.get(record.id, ()):
            limit = standing.state(goal).due
            if due and limit and due > limit:
                yield Consequence("due-after-goal", {"id": goal, "due": str(due), "limit": str(limit)})
