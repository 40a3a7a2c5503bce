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
        yield from self._loads((), self._after_owners(record))

    def of_gone(self, record: Record) -> Iterator[Consequence]:
        """Yield what a removed record leaves behind."""
        yield from self._emptied(record, record.id)
        yield from self._loads(self._before_owners(record), ())

    def of_change(self, old: Record, new: Record) -> Iterator[Consequence]:
        """Yield what a change means for others."""
        yield from self._emptied(old, new.id)
        before, after = self._before.standing.state(old.id), self._after.standing.state(new.id)
        if before.due != after.due or getattr(old, "supports", ()) != getattr(new, "supports", ()):
            yield from self._late(new)
        if before.owners and not after.owners:
            yield Consequence("owner-vacant", {"id": new.id})
        yield from self._loads(self._before_owners(old), self._after_owners(new))
        if before.ticked and not after.ticked and isinstance(new, Box):
            yield Consequence("box-unticked", {"id": new.id})
        if after.postponed > max(before.postponed, 2):
            yield Consequence("postponed-again", {"id": new.id, "times": str(after.postponed)})
        if isinstance(new, Goal) and old.title != new.title and (below := self._after.children(new.id)):
            yield Consequence("read-again", {"id": new.id, "below": ", ".join(below)})

    def _emptied(self, old: Record, now: str) -> Iterator[Consequence]:
        """Yield the goals that lost their last activity when this record left; `now` is its present id."""
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

    def _loads(self, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Consequence]:
        """Yield the owner who has nothing left by losing a record, and the one who gets too much by it."""
        was, is_ = before[:1], after[:1]
        if was == is_:
            return
        for owner in was:
            if not self._load_after[owner] and owner in self._after.standing.records:
                yield Consequence("owner-idle", {"id": owner})
        for owner in is_:
            if self._load_after[owner] > MANY:
                yield Consequence("owner-overloaded", {"id": owner, "number": str(self._load_after[owner])})

    @cached_property
    def _load_after(self) -> Counter[str]:
        """How many unfinished activities and boxes each owner is accountable for after the change."""
        standing = self._after.standing
        found: Counter[str] = Counter()
        for id_, record in standing.records.items():
            if isinstance(record, Activity | Box) and not standing.state(id_).finished:
                found.update(standing.state(id_).owners[:1])
        return found

    def _before_owners(self, record: Record) -> tuple[str, ...]:
        return _owners(self._before.standing, record)

    def _after_owners(self, record: Record) -> tuple[str, ...]:
        return _owners(self._after.standing, record)


def _owners(standing: Standing, record: Record) -> tuple[str, ...]:
    """Return who is responsible for an activity or box that exists; nobody for what does not."""
    if record.id not in standing.records or not isinstance(record, Activity | Box):
        return ()
    return standing.state(record.id).owners
