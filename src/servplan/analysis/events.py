"""The ledger as a dated list: every entry of every record."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from servplan.analysis.graph import Graph
from servplan.model.plan import Plan
from servplan.model.record import Entry, Record
from servplan.state import effective_date


class Event(NamedTuple):
    """One entry of one record. `exact` is False where only a latest day is known."""

    date: date
    exact: bool
    id: str
    kind: str
    title: str
    entry: Entry
    position: int


def build_events(plan: Plan, until: date, since: date | None = None) -> tuple[Event, ...]:
    """Return the entries of a span of days, by day; within a day by record and the file's order.

    Voided entries are left out, as everywhere; `show` lists them with their reason.
    """
    found = [
        event
        for record in plan.records.values()
        for event in _events(record)
        if event.date <= until and (since is None or event.date >= since)
    ]
    return tuple(sorted(found, key=lambda event: (event.date, event.id, event.position)))


def _events(record: Record) -> Iterable[Event]:
    log: tuple[Entry, ...] = getattr(record, "log", ())
    for index, entry in enumerate(log):
        day = effective_date(entry)
        if day is not None and entry.voided is None:
            exact = entry.date is not None
            yield Event(day, exact, record.id, record.kind, record.title, entry, index)


def concerning(
    graph: Graph, owner: str | None, area: str | None, goal: str | None
) -> Callable[[Record], bool]:
    """Return a test of whether a record belongs to an owner, an area and a goal (None: to any)."""
    plan = graph.standing.plan

    def concerns(record: Record) -> bool:
        if owner and owner not in map(plan.resolve, owners_at(graph, record)):
            return False
        if area and not _in_area(plan, record, area):
            return False
        return not goal or goal == record.id or goal in graph.above(record.id)

    return concerns


def owners_at(graph: Graph, record: Record) -> tuple[str, ...]:
    """Return a record's owners at the graph's date."""
    return graph.standing.state(record.id).owners


def _in_area(plan: Plan, record: Record, area: str) -> bool:
    named: Iterable[str] | str = getattr(record, "area", ()) or ()
    named = (named,) if isinstance(named, str) else tuple(named)
    return record.id == area or "all" in named or area in map(plan.resolve, named)
