"""Who owes a report for a period: the records that await one, from whom, and what has been reported.

Awaited are the things that are done and followed in the plan's rhythm: leaf activities whose start has come,
and open boxes. Goals are judged by what serves them when they are due, and documents, cases and questions
move when something happens to them: no rhythm awaits them.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from servplan.analysis.graph import Graph
from servplan.analysis.period import ReportPeriod, grace_end, shifted
from servplan.diagnostics import UsageError
from servplan.model.activity import Activity
from servplan.model.plan import Plan
from servplan.model.programme import Box
from servplan.model.record import Entry, Record
from servplan.state import Standing, entries_until, replay


class Awaited(NamedTuple):
    """A record that a report is awaited of; `report` is the last one that came, or None.

    `owner` is who was accountable at the period's end, or None.
    """

    record: Record
    owner: str | None
    due: date | None
    report: Entry | None


class OwnerReports(NamedTuple):
    """What awaits reports from one owner; `owner` is None for what nobody answers for."""

    owner: str | None
    awaited: tuple[Awaited, ...]

    @property
    def missing(self) -> tuple[Awaited, ...]:
        """What has not been reported."""
        return tuple(item for item in self.awaited if item.report is None)


class Reporting(NamedTuple):
    """Who has reported a period and who has not, by the entries up to a day."""

    period: ReportPeriod
    grace_end: date
    as_of: date
    owners: tuple[OwnerReports, ...]

    @property
    def missing(self) -> tuple[Awaited, ...]:
        """What has not been reported, owner by owner."""
        return tuple(item for group in self.owners for item in group.missing)

    @property
    def total(self) -> int:
        """How many reports are awaited, those that came included."""
        return sum(len(group.awaited) for group in self.owners)

    @property
    def stage(self) -> str:
        """Where the period is: `running`, in its `grace`, or `over`."""
        if self.as_of <= self.period.end:
            return "running"
        return "grace" if self.as_of <= self.grace_end else "over"


def reporting_graph(plan: Plan, period: ReportPeriod, as_of: date) -> Graph:
    """Return the plan as it stood at a period's end, or on a day within it.

    Raises:
        UsageError: `period-to-come`, if the period had not begun by the day.
    """
    if period.own_start > as_of:
        raise UsageError("period-to-come", period=period.name, start=str(period.own_start))
    return Graph(Standing(plan, min(period.end, as_of)))


def build_reporting(graph: Graph, period: ReportPeriod, as_of: date, owner: str | None = None) -> Reporting:
    """Return who owes a report for a period, and who has made one by a day; of one owner where told.

    A report counts for a period if it is dated in it or in its grace, since that is when owners report; one
    that is dated in the grace counts for its own period too: nobody has to say the same thing twice.
    """
    until = grace_end(period, graph.standing.plan.header.rhythm)
    found = [
        _awaited(graph, record, period, min(until, as_of))
        for record in graph.standing.records.values()
        if _awaits(graph, record, period)
    ]
    kept = [item for item in found if owner is None or item.owner == owner]
    return Reporting(period, until, as_of, tuple(_by_owner(kept)))


def report_in(record: Record, first: date, last: date) -> Entry | None:
    """Return the last report among a record's entries of a span of days, or None."""
    log: tuple[Entry, ...] = getattr(record, "log", ())
    earlier = len(entries_until(log, shifted(first, -timedelta(days=1))))
    within = entries_until(log, last)[earlier:]
    return next((entry for entry in reversed(within) if _is_report(entry)), None)


def _is_report(entry: Entry) -> bool:
    return any(getattr(entry, name) is not None for name in entry.reports)


def _awaits(graph: Graph, record: Record, period: ReportPeriod) -> bool:
    """Tell whether a report is awaited: what was finished before the period, and stayed so, is left out."""
    if not _is_followed(graph, record, period.end):
        return False
    if not graph.standing.state(record.id).finished:
        return True
    return not replay(record, shifted(period.own_start, -timedelta(days=1))).finished


def _is_followed(graph: Graph, record: Record, day: date) -> bool:
    if isinstance(record, Activity):
        return (record.start is None or record.start <= day) and graph.is_leaf(record)
    return isinstance(record, Box)


def _awaited(graph: Graph, record: Record, period: ReportPeriod, until: date) -> Awaited:
    state = graph.standing.state(record.id)
    owner = state.owners[0] if state.owners else None
    return Awaited(
        record=record,
        owner=owner and (graph.standing.plan.resolve(owner) or owner),
        due=state.due,
        report=report_in(record, period.own_start, until),
    )


def _by_owner(found: Iterable[Awaited]) -> Iterable[OwnerReports]:
    """Yield what awaits reports by owner: what has none first, then by id; the earliest due date first."""
    ordered = sorted(found, key=lambda item: (item.owner or "", item.due or date.max, item.record.id))
    for owner, group in groupby(ordered, key=lambda item: item.owner):
        yield OwnerReports(owner, tuple(group))
