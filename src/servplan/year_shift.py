"""A year closed and the next one drafted: what is not finished goes over as new records.

The old record is retired on the next year's first day and nothing else in it changes, so that any day of the
closed year shows it as it stood. The new one begins that day and `continues` it: on no day do both exist,
and nothing counts twice.
"""

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from servplan.analysis.graph import Graph
from servplan.diagnostics import Keys, UsageError
from servplan.edit import key_order, new_text
from servplan.files import oracle
from servplan.files.journal import Edit
from servplan.files.layout import DATA, HEADER_PATH
from servplan.files.reading import read_one
from servplan.files.splice import append_entry, append_item, pair_lines, replace_scalars, set_key
from servplan.files.tree import Tree
from servplan.load import Loaded, load_plan
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.header import Header, Period
from servplan.model.ids import free_id, numbered
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.proof import refuse_new_errors
from servplan.state import Standing, State, effective_date, exists, is_retired, replay

if TYPE_CHECKING:
    from servplan.files.oracle import Data

KEPT = (
    "title",
    "description",
    "supports",
    "area",
    "depends_on",
    "participants",
    "source",
    "tags",
    "order",
    "note",
    "internal_note",
    "visibility",
)
"""What the new record says as the old one does; due date and count go over as they stand, owners as they were
at the year's end."""

FOLLOWED = ("supports", "depends_on")
"""The references that lead to the new record as well, where the record that holds them goes on to exist."""


Change = tuple[str, Callable[[str], str]]
"""A file, and what is to be done with its text."""


class Closing(NamedTuple):
    """A year that is closed: its last day, and the day as of which records are judged: today if later.

    `plan_end` is the plan's last day when the year is closed.
    """

    last: date
    as_of: date
    plan_end: date

    @property
    def next_day(self) -> date:
        """The first day of the next year."""
        return self.last + timedelta(days=1)


class Open(NamedTuple):
    """An activity that is not finished, as it stands."""

    record: Activity
    state: State


class Choices(NamedTuple):
    """What is to become of unfinished activities: those that go over, and those cancelled, with the entry."""

    carried: tuple[str, ...]
    cancelled: Mapping[str, "Data"]


class Follower(NamedTuple):
    """A goal that is to be drafted: the one it follows, an id that is free, who has it, and what needs it."""

    goal: Goal
    id: str
    owners: tuple[str, ...]
    activities: tuple[str, ...]


def closing(year: int, period: Period, today: date, extend: bool = False) -> Closing:
    """Return the closing of a year; with `extend` the plan goes on for a year where it ends with it.

    Raises:
        UsageError: `outside-years`, if the plan has no such year; `last-year`, if it has not the next one;
            `year-not-over` before its December.
    """
    first, last = period.start.year, period.end.year
    if not first <= year <= last:
        years = f"{first}–{last}" if last > first else str(first)
        raise UsageError("outside-years", year=str(year), years=years)
    plan_end = period.end if year < last else date(year + 1, 12, 31)
    if year == last and not extend:
        end = period.end.isoformat()
        raise UsageError("last-year", year=str(year), end=end, longer=plan_end.isoformat())
    if today < date(year, 12, 1):
        raise UsageError("year-not-over", year=str(year))
    end_of_year = date(year, 12, 31)
    return Closing(end_of_year, max(end_of_year, today), plan_end)


def unfinished(plan: Plan, year: Closing) -> list[Open]:
    """Return the activities of a year that were due in it and are not finished, by due date.

    What was finished or given a later due date since the year ended needs no new record. An activity with
    parts is finished when its parts are.
    """
    graph = Graph(Standing(plan, year.as_of))
    found = []
    for record in plan.of(Activity):
        if record.retired or not exists(record, plan.header.period.start, year.last):
            continue
        state = graph.standing.state(record.id)
        if state.due and state.due <= year.last and not _is_finished(graph, record.id):
            found.append(Open(record, state))
    return sorted(found, key=lambda item: (item.state.due or year.last, item.record.id))


def _is_finished(graph: Graph, id_: str) -> bool:
    state = graph.standing.state
    return state(id_).finished or all(state(leaf).finished for leaf in graph.leaves(id_) or (id_,))


def reported_since(waiting: Iterable[Open], ids: Collection[str], year: Closing) -> list[str]:
    """Return those of some activities whose logs tell of days after the year: the new records do not."""
    told = {item.record.id: item.state.entries for item in waiting if item.record.id in ids}
    return [
        id_
        for id_, log in told.items()
        if any((effective_date(entry) or year.last) > year.last for entry in log)
    ]


def successors(plan: Plan) -> dict[str, str]:
    """Return the retired activities that another one continues, each with its id: what has gone over."""
    found = {plan.resolve(item.continues): item.id for item in plan.of(Activity) if item.continues}
    return {old: new for old, new in found.items() if old and plan.records[old].retired}


def new_ids(plan: Plan, ids: Iterable[str], year: Closing) -> dict[str, str]:
    """Return activities that go over, each with its id in the next year; those that have gone are out."""
    taken = {*plan.records, *plan.unreadable, *plan.former}
    gone = successors(plan)
    found: dict[str, str] = {}
    for id_ in ids:
        if id_ not in gone:
            found[id_] = free_id(numbered(id_, str(year.next_day.year)), taken)
            taken.add(found[id_])
    return found


def shift_edits(tree: Tree, year: Closing, choices: Choices, reason: str) -> list[Edit]:
    """Return the edits that close a year: what goes over, what is cancelled, and the default due date.

    `reason` says why a record is retired, with `{id}` for the new one.

    Raises:
        UsageError: `nothing-to-carry`, if a chosen record is no unfinished activity of the year.
        EditRefusedError: if the plan would have a new error.
        SpliceError: if a file's form does not allow the edit.
    """
    before = load_plan(tree)
    plan = before.plan
    waiting = {item.record.id: item for item in unfinished(plan, year)}
    carried = new_ids(plan, choices.carried, year)
    for id_ in (*carried, *choices.cancelled):
        if id_ not in waiting:
            raise UsageError("nothing-to-carry", id=id_, year=str(year.last.year))
    changes = [
        *_header_changes(plan.header, year),
        *(_retirement(plan.records[old], new, year, reason) for old, new in carried.items()),
        *_followed(plan, carried, year),
        *(_cancellation(plan.records[id_], entry) for id_, entry in choices.cancelled.items()),
    ]
    edits = _changed(before, changes)
    edits += [_new_record(before, waiting[old], carried, year) for old in carried]
    refuse_new_errors(before, edits)
    return edits


def _changed(before: Loaded, changes: Iterable[Change]) -> list[Edit]:
    """Return the edits of existing files; several changes of one file are one edit."""
    texts: dict[str, str] = {}
    for path, change in changes:
        texts[path] = change(texts.get(path) or before.text(path))
    return [Edit(path, before.text(path), text) for path, text in texts.items()]


def _header_changes(header: Header, year: Closing) -> Iterator[Change]:
    """Yield the changes that move what new records are due from the closed year into the next."""
    defaults: dict[Keys, date | None] = {("activities", "default_due"): header.activities.default_due}
    for index, level in enumerate(header.levels):
        defaults["levels", index, "default_due"] = level.default_due
    moved = {
        place: _a_year_on(day, year) for place, day in defaults.items() if day and day.year == year.last.year
    }
    if year.plan_end != header.period.end:
        moved["period", "end"] = year.plan_end
    for place, day in moved.items():
        yield HEADER_PATH, partial(replace_scalars, HEADER_PATH, places=[place], new=day.isoformat())


def _a_year_on(day: date, year: Closing) -> date:
    """Return a day of the closed year or an earlier one as it falls in the next, kept within the plan."""
    number = year.next_day.year
    return min(date(number, day.month, min(day.day, monthrange(number, day.month)[1])), year.plan_end)


def _retirement(record: Record, new: str, year: Closing, reason: str) -> Change:
    retired: Data = {
        "date": year.next_day.isoformat(),
        "reason": reason.format(id=new),
        "superseded_by": [new],
    }
    order = key_order(Activity)
    return record.path, lambda text: set_key(record.path, text, "retired", retired, order)


def _cancellation(record: Record, entry: "Data") -> Change:
    return record.path, lambda text: append_entry(record.path, text, entry)


def _followed(plan: Plan, carried: Mapping[str, str], year: Closing) -> Iterator[Change]:
    """Yield the changes by which records that stay name the new record beside the old one.

    Both are named, so that a part counts under the whole on any day, whichever of the two exists then.
    """
    for record in plan.records.values():
        if record.id in carried or is_retired(record, year.next_day):
            continue
        for field in FOLLOWED:
            for name in getattr(record, field, ()):
                if new := carried.get(plan.resolve(name) or ""):
                    yield record.path, partial(append_item, record.path, key=field, item=new)


def _new_record(before: Loaded, item: Open, carried: dict[str, str], year: Closing) -> Edit:
    """Return the edit that makes an activity's record of the next year."""
    old, state, plan = item.record, item.state, before.plan
    said = read_one(before.tree, old.path).data or {}
    data: Data = {key: said[key] for key in KEPT if said.get(key) is not None}
    follow = successors(plan) | carried
    for field in FOLLOWED:
        names = [plan.resolve(name) or name for name in getattr(old, field)]
        if any(name in follow for name in names):
            data[field] = list(dict.fromkeys(follow.get(name, name) for name in names))
    data |= {
        "valid_from": year.next_day.isoformat(),
        "continues": old.id,
        "owners": list(replay(old, year.last).owners),
        "due": _a_year_on(state.due or year.last, year).isoformat(),
    }
    if old.target_count and old.target_count > state.counted:
        data["target_count"] = old.target_count - state.counted
    path = f"{DATA}/{Activity.folder}/{year.next_day.year}/{carried[old.id]}.yaml"
    told = {key: value for key, value in data.items() if value != []}
    return Edit(path, None, _in_old_form(before.text(old.path), said, told))


def _in_old_form(text: str, said: "Data", data: "Data") -> str:
    """Return the text of a new record in which what an old one says too is written as it is there."""
    kept = {key: pair_lines(text, key) for key, value in data.items() if said.get(key) == value}
    formed = new_text(Activity, data, kept)
    return formed if oracle.read("", formed) == (data, None) else new_text(Activity, data)


def followers(plan: Plan, carried: Mapping[str, str], year: Closing) -> list[Follower]:
    """Return what is to follow the goals that new records support though their due date has passed."""
    standing = Standing(plan, year.next_day)
    needed: dict[str, list[str]] = {}
    for old, new in carried.items():
        for name in getattr(plan.records[old], "supports", ()):
            id_ = plan.resolve(name)
            if id_ in standing.records and (due := standing.state(id_).due) and due <= year.last:
                needed.setdefault(id_, []).append(new)
    taken = {*plan.records, *plan.unreadable, *plan.former, *carried.values()}
    return [
        Follower(
            goal,
            free_id(numbered(goal.id, str(year.next_day.year)), taken),
            replay(goal, year.last).owners,
            tuple(needed[goal.id]),
        )
        for goal in plan.of(Goal)
        if goal.id in needed
    ]
