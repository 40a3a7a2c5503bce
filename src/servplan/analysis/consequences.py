"""What a plan change means for those who did not make it.

Both plans are looked at with all their entries applied: what counts is where they lead, not a day on the way.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from servplan.analysis.graph import Graph
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.plan import Plan
from servplan.model.programme import Box
from servplan.model.record import Record
from servplan.state import Standing

TOLD_ONCE = ("last-activity-lost", "owner-idle", "owner-overloaded")
"""What becomes of another record, however many changes lead to it."""
MANY = 10
"""An owner who is accountable for more unfinished activities and boxes than this has too much."""


class Consequence(NamedTuple):
    """What follows from a change: a code with its parameters; `id` is the record that it is about."""

    code: str
    params: Mapping[str, str]


class Consequences:
    """What changes from one plan to another mean for other records."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self._before = Graph(Standing(before, date.max))
        self._after = Graph(Standing(after, date.max))

    def of_new(self, record: Record) -> Iterator[Consequence]:
        """Yield what a new record brings."""
        yield from self._late(record)
        yield from self._overloaded((), record)

    def of_gone(self, record: Record) -> Iterator[Consequence]:
        """Yield what a removed record leaves behind."""
        yield from self._emptied(record, record.id)
        yield from self._idle(_owners(self._before.standing, record), ())

    def of_change(self, old: Record, new: Record) -> Iterator[Consequence]:
        """Yield what a change means for others."""
        yield from self._emptied(old, new.id)
        before, after = self._before.standing.state(old.id), self._after.standing.state(new.id)
        if before.due != after.due or getattr(old, "supports", ()) != getattr(new, "supports", ()):
            yield from self._late(new)
        if before.due != after.due:
            yield from self._overtaken(new)
        if before.owners and not after.owners:
            yield Consequence("owner-vacant", {"id": new.id})
        owners = _owners(self._before.standing, old)
        yield from self._idle(owners, _owners(self._after.standing, new))
        yield from self._overloaded(owners, new)
        if before.ticked and not after.ticked and isinstance(new, Box):
            yield Consequence("box-unticked", {"id": new.id})
        if after.postponed > max(before.postponed, 2):
            yield Consequence("postponed-again", {"id": new.id, "times": str(after.postponed)})
        if isinstance(new, Goal) and old.title != new.title and (below := self._after.children(new.id)):
            yield Consequence("read-again", {"id": new.id, "below": ", ".join(below)})

    def _emptied(self, old: Record, now: str) -> Iterator[Consequence]:
        """Yield the goals that lost their last activity when this record left; `now` is its present id.

        Where something cannot be read, nobody knows whether it serves them.
        """
        if self._after.standing.plan.unreadable:
            return
        kept = self._after.parents.get(now, ())
        for goal in self._before.parents.get(old.id, ()):
            known = self._after.standing.plan.resolve(goal)
            if (
                known in self._after.standing.records
                and known not in kept
                and self._has_lost_all(goal, known)
            ):
                yield Consequence("last-activity-lost", {"id": known})

    def _has_lost_all(self, goal: str, known: str) -> bool:
        return bool(self._before.leaves(goal)) and not self._after.leaves(known)

    def _late(self, record: Record) -> Iterator[Consequence]:
        """Yield the goals whose due date comes before that of what serves them."""
        standing = self._after.standing
        due = standing.state(record.id).due
        for goal in self._after.parents.get(record.id, ()):
            limit = standing.state(goal).due
            if due and limit and due > limit:
                yield Consequence("due-after-goal", {"id": goal, "due": str(due), "limit": str(limit)})

    def _overtaken(self, record: Record) -> Iterator[Consequence]:
        """Yield that a record is due before what serves it, where it is."""
        standing = self._after.standing
        limit = standing.state(record.id).due
        dues = ((id_, standing.state(id_).due) for id_ in self._after.children(record.id))
        late = [id_ for id_, due in dues if limit and due and due > limit]
        if late:
            yield Consequence(
                "due-before-parts", {"id": record.id, "limit": str(limit), "below": ", ".join(late)}
            )

    def _idle(self, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Consequence]:
        """Yield the owners who have nothing left by losing a record."""
        for owner in before:
            if owner not in self._owning.union(after) and owner in self._after.standing.records:
                yield Consequence("owner-idle", {"id": owner})

    def _overloaded(self, before: tuple[str, ...], new: Record) -> Iterator[Consequence]:
        """Yield the owner who gets too much by becoming accountable for an activity or a box."""
        if not isinstance(new, Activity | Box):
            return
        for owner in _owners(self._after.standing, new)[:1]:
            if owner not in before[:1] and self._load_after[owner] > MANY:
                yield Consequence("owner-overloaded", {"id": owner, "number": str(self._load_after[owner])})

    @cached_property
    def _owning(self) -> set[str]:
        """Who owns anything after the change, finished or not; anybody may where something cannot be read."""
        standing = self._after.standing
        if standing.plan.unreadable:
            return set(standing.records)
        return {owner for id_ in standing.records for owner in standing.state(id_).owners}

    @cached_property
    def _load_after(self) -> Counter[str]:
        """How many unfinished activities and boxes each owner is accountable for after the change."""
        standing = self._after.standing
        found: Counter[str] = Counter()
        for id_, record in standing.records.items():
            if isinstance(record, Activity | Box) and not standing.state(id_).finished:
                found.update(standing.state(id_).owners[:1])
        return found


def _owners(standing: Standing, record: Record) -> tuple[str, ...]:
    """Return who is responsible for a record that exists; nobody for one that does not."""
    return standing.state(record.id).owners if record.id in standing.records else ()
