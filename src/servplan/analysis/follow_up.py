"""What awaits whom: due dates ahead, passed, and passed without a word."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from servplan.analysis.graph import Graph
from servplan.analysis.period import shifted
from servplan.model.record import Record


class Duty(NamedTuple):
    """One record that somebody has to do something about; `owner` is the accountable one, or None.

    `standing` is `overdue`, `due_unreported` or `upcoming`.
    """

    id: str
    kind: str
    title: str
    owner: str | None
    owners: tuple[str, ...]
    due: date
    promised: date | None
    postponed: int
    standing: str
    status: str
    days: int


class Duties(NamedTuple):
    """Everything that is due up to a day, by owner; what has no owner comes first."""

    as_of: date
    until: date
    duties: tuple[Duty, ...]


def build_duties(
    graph: Graph, within: timedelta, concerns: Callable[[Record], bool] = lambda _record: True
) -> Duties:
    """Return what is overdue, unanswered, or due within a span from the date."""
    standing = graph.standing
    until = shifted(standing.as_of, within)
    duties = []
    for record in standing.records.values():
        state = standing.state(record.id)
        if state.due is None or state.due > until or state.finished or not concerns(record):
            continue
        where = "due_unreported" if state.due_unreported else "upcoming"
        duties.append(
            Duty(
                id=record.id,
                kind=record.kind,
                title=record.title,
                owner=state.owners[0] if state.owners else None,
                owners=state.owners,
                due=state.due,
                promised=state.promised,
                postponed=state.postponed,
                standing="overdue" if state.overdue else where,
                status=state.status,
                days=(state.due - standing.as_of).days,
            )
        )
    duties.sort(key=lambda duty: (duty.owner or "", duty.due, duty.id))
    return Duties(standing.as_of, until, tuple(duties))
