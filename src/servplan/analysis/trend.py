"""The plan's figures over time: by its ledger, replayed for each period, or as commits had it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from servplan.analysis.events import concerning
from servplan.analysis.graph import Graph
from servplan.analysis.period import period_of, periods_between
from servplan.analysis.status import NO_ASSESSMENT, STATUSES, Tally
from servplan.files.git_log import LoggedCommit
from servplan.model.header import Rhythm
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.state import Standing, State, closing_day, next_change, replay

MOST_ROWS = 48
"""More commits than this are thinned to the last one of each day, month, tertial or year."""


class Figures(NamedTuple):
    """What is counted at a date.

    `postponed` is how many times the activities' due dates were moved to a later day, `reported` how many of
    the records anybody has reported.
    """

    activities: Tally
    postponed: int
    boxes: int
    ticked: int
    goals: Mapping[str, int]
    retired: int
    reported: int

    @property
    def assessed(self) -> int:
        """How many goals have an assessment."""
        return sum(number for code, number in self.goals.items() if code != NO_ASSESSMENT)

    @property
    def done_share(self) -> float | None:
        """Which part of the counted activities is done; None where nobody has reported any of them."""
        counted = self.activities.counted
        return self.activities.done / counted if counted > self.activities.unreported else None


class Row(NamedTuple):
    """The figures as of a date: of a period, or (with a `commit`) of what the plan said there."""

    name: str
    as_of: date
    figures: Figures
    unreadable: tuple[str, ...] = ()
    commit: LoggedCommit | None = None


class Only(NamedTuple):
    """What is counted: what belongs to an owner, an area and a goal (none: to any), each by all its ids."""

    owner: Sequence[str] = ()
    area: Sequence[str] = ()
    goal: Sequence[str] = ()

    def ids_in(self, plan: Plan) -> tuple[str | None, str | None, str | None]:
        """Return the ids that a plan has for them."""
        owner, area, goal = (_id_in(plan, names) for names in self)
        return owner, area, goal


def _id_in(plan: Plan, names: Sequence[str]) -> str | None:
    return next((name for name in names if name in plan.records), next(iter(names), None))


def ledger_rows(plan: Plan, span: tuple[date | None, date], every: Rhythm, only: Only) -> list[Row]:
    """Return the figures at the end of each period of a span of days, the last one up to its last day."""
    since, last = span
    facts, unreadable = _KeptFacts(), tuple(sorted(plan.unreadable))
    return [
        Row(period.name, day, _figures(Graph(Standing(plan, day)), facts, only), unreadable)
        for period in periods_between(_first_day(plan, since, last), last, every)
        for day in (min(period.end, last),)
    ]


def _first_day(plan: Plan, since: date | None, last: date) -> date:
    """Return the day to begin with: the plan's first, or a wish that is not before there was anything."""
    start = plan.header.period.start
    begin = last if start == date.min else start  # a header that could not be read says nothing
    if since is None:
        return begin
    earlier = (record.valid_from for record in plan.records.values() if record.valid_from)
    return max(since, min([begin, *earlier]))


def commit_rows(
    plans: Iterable[tuple[LoggedCommit, Plan | None]],
    names: Mapping[str, str],
    as_of: date | None,
    only: Only,
) -> list[Row]:
    """Return the figures of a plan at some commits, each as of its own day unless another is asked for.

    `names` has what each commit is called; those without a plan are left out.
    """
    facts = _KeptFacts()
    rows = []
    for commit, plan in plans:
        if plan is None:
            continue
        day = as_of or closing_day(plan, commit.day)
        found = _figures(Graph(Standing(plan, day)), facts, only)
        rows.append(Row(names[commit.id], day, found, tuple(sorted(plan.unreadable)), commit))
    return rows


class _Facts(NamedTuple):
    """What is counted of a record at a date."""

    kind: str
    status: str
    overdue: bool
    due_unreported: bool
    owned: bool
    postponed: int
    ticked: bool
    assessment: str
    reported: bool


class _KeptFacts:
    """The facts of records for one date after another, kept while nothing happens to a record."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Record, date, date, _Facts]] = {}

    def count(self, records: Iterable[Record], day: date) -> Counter[_Facts]:
        """Return how many of some records have the same facts on a day."""
        found = []
        for record in records:
            kept = self._kept.get(record.id)
            if kept is None or kept[0] is not record or not kept[1] <= day < kept[2]:
                state = replay(record, day)
                kept = record, day, next_change(record, state, day), _facts(record, state)
                self._kept[record.id] = kept
            found.append(kept[3])
        return Counter(found)


def _facts(record: Record, state: State) -> _Facts:
    return _Facts(
        kind=record.kind,
        status=state.status,
        overdue=bool(state.overdue),
        due_unreported=state.due_unreported,
        owned=bool(state.owners),
        postponed=state.postponed,
        ticked=state.ticked,
        assessment=state.assessment or NO_ASSESSMENT,
        reported=state.report is not None,
    )


def _figures(graph: Graph, facts: _KeptFacts, only: Only) -> Figures:
    """Count what is asked for in the plan of a graph, at its date; of activities the leaves."""
    standing = graph.standing
    concerns = concerning(graph, *only.ids_in(standing.plan)) if any(only) else None
    counted = [record for id_, record in standing.records.items() if id_ not in graph.with_parts]
    found = facts.count(counted if concerns is None else filter(concerns, counted), standing.as_of)
    activities, boxes, goals = (_of_kind(found, kind) for kind in ("activity", "box", "goal"))
    assessments: Counter[str] = Counter()
    for goal, number in goals.items():
        assessments[goal.assessment] += number
    return Figures(
        activities=_tally(activities),
        postponed=sum(item.postponed * number for item, number in activities.items()),
        boxes=boxes.total(),
        ticked=_sum(boxes, lambda item: item.ticked),
        goals=assessments,
        retired=sum(1 for item in standing.retired if concerns is None or concerns(item)),
        reported=_sum(found, lambda item: item.reported),
    )


def _of_kind(found: Counter[_Facts], kind: str) -> Counter[_Facts]:
    return Counter({item: number for item, number in found.items() if item.kind == kind})


def _sum(found: Counter[_Facts], test: Callable[[_Facts], bool]) -> int:
    return sum(number for item, number in found.items() if test(item))


def _tally(activities: Counter[_Facts]) -> Tally:
    """Return distinct activities by status, as `status.tally` counts them."""
    statuses: Counter[str] = Counter()
    for item, number in activities.items():
        statuses[item.status] += number
    return Tally(
        total=activities.total(),
        by_status={status: statuses[status] for status in STATUSES if statuses[status]},
        overdue=_sum(activities, lambda item: item.overdue),
        due_unreported=_sum(activities, lambda item: item.due_unreported),
        without_owner=_sum(activities, lambda item: not item.owned),
    )


def thinned(commits: Sequence[LoggedCommit], every: Rhythm | None) -> tuple[list[LoggedCommit], str]:
    """Return the commits to be shown, and of which periods they are the last.

    Where no period is asked for, they are thinned as little as makes them few enough: every `commit` is shown
    if it can be, else the last one of each `day`, `month`, `tertial` or `year`.
    """
    kept, step = list(commits), "commit"
    for step in [every] if every else _STEPS:
        kept = list({_STEPS[step](commit): commit for commit in commits}.values())
        if len(kept) <= MOST_ROWS:
            break
    return kept, step


_STEPS: Mapping[str, Callable[[LoggedCommit], str]] = {
    "commit": lambda commit: commit.id,
    "day": lambda commit: commit.day.isoformat(),
    "month": lambda commit: period_of(commit.day, "month").name,
    "tertial": lambda commit: period_of(commit.day, "tertial").name,
    "year": lambda commit: period_of(commit.day, "year").name,
}
"""What two commits have in common of which only the later one is shown, from the least to the most."""
