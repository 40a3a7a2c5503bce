"""Who supports whom: the line of sight from the overall goals down to the activities."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cached_property

from servplan.analysis.collation import sort_key
from servplan.model.activity import Activity
from servplan.model.record import Record
from servplan.state import Standing


class Graph:
    """The supports between the records that exist at a date.

    A *leaf* is an activity without sub-activities. Whatever counts activities counts distinct leaves, so that
    an activity which serves two goals is one activity in every sum.
    """

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._leaves: dict[str, tuple[str, ...]] = {}

    @cached_property
    def parents(self) -> dict[str, tuple[str, ...]]:
        """What each record supports that exists, old ids followed; none without any."""
        records, resolve = self.standing.records, self.standing.plan.resolve
        parents = {}
        for record in records.values():
            named = getattr(record, "supports", ())
            if named:
                found = (name if name in records else resolve(name) for name in named)
                known = tuple(dict.fromkeys(id_ for id_ in found if id_ in records))
                if known:
                    parents[record.id] = known
        return parents

    @cached_property
    def _under(self) -> dict[str, list[str]]:
        """What supports each record, in the order of ids."""
        grouped: dict[str, list[str]] = {}
        for child, parents in self.parents.items():
            for parent in parents:
                grouped.setdefault(parent, []).append(child)
        return grouped

    def children(self, record_id: str, among: Collection[str] | None = None) -> tuple[str, ...]:
        """Return what supports a record: siblings by `order`, then kind, due date and title.

        With `among`, only those.
        """
        found = self._under.get(record_id, ())
        return self.in_order(found if among is None else [id_ for id_ in found if id_ in among])

    def in_order(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return records as siblings stand."""
        records = self.standing.records
        return tuple(sorted(ids, key=lambda id_: sibling_key(records[id_])))

    @cached_property
    def all_leaves(self) -> tuple[str, ...]:
        """Every leaf of the plan, in the order of ids."""
        return tuple(id_ for id_, record in self.standing.records.items() if self.is_leaf(record))

    @cached_property
    def _leaf_ids(self) -> frozenset[str]:
        return frozenset(self.all_leaves)

    @cached_property
    def with_parts(self) -> frozenset[str]:
        """The activities that others are parts of, found without the parents of everything."""
        records, resolve = self.standing.records, self.standing.plan.resolve
        activities = [record for record in records.values() if isinstance(record, Activity)]
        named = {name for record in activities for name in record.supports}
        found = (name if name in records else resolve(name) for name in named)
        return frozenset(id_ for id_ in found if id_ and isinstance(records.get(id_), Activity))

    def is_leaf(self, record: Record) -> bool:
        """Tell whether a record is an activity without existing sub-activities."""
        return isinstance(record, Activity) and record.id not in self.with_parts

    def leaves(self, record_id: str) -> tuple[str, ...]:
        """Return the distinct leaves that reach a record through `supports`, in no order of note."""
        if record_id not in self._leaves:
            leaves = self._leaf_ids
            self._leaves[record_id] = tuple(id_ for id_ in self.below(record_id) if id_ in leaves)
        return self._leaves[record_id]

    def below(self, record_id: str) -> Iterator[str]:
        """Yield everything under a record once, whatever circles there are."""
        under = self._under
        seen = {record_id}
        waiting = list(under.get(record_id, ()))
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                yield current
                waiting.extend(under.get(current, ()))

    def above(self, record_id: str) -> tuple[str, ...]:
        """Return everything that a record serves, near and far, nearest first."""
        found: dict[str, None] = {}
        waiting = list(self.parents.get(record_id, ()))
        while waiting:
            current = waiting.pop(0)
            if current not in found and current != record_id:
                found[current] = None
                waiting.extend(self.parents.get(current, ()))
        return tuple(found)


def sibling_key(record: Record) -> tuple[int, str, date, str, str]:
    """Return the sort key of a record among its siblings."""
    due: date | None = getattr(record, "due", None)
    order = record.order if record.order is not None else 1_000_000
    return order, record.kind, due or date.max, sort_key(record.title), record.id
