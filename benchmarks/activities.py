"""Activities and what was reported about them. None has a finding."""

from collections.abc import Callable
from datetime import date
from random import Random

from frame import LAST_REPORT, minutes_of, report_days
from records import Entry, Record
from wording import NOTES, REASONS, Names, activity_title

_DUE_DAYS = ((3, 31), (5, 31), (6, 30), (9, 30), (10, 31))
_LAST_DAY_OF_A_MOVE = date(2013, 11, 25)
_STORIES: tuple[tuple[str, ...], ...] = (
    ("start",), ("done",), ("note",), ("progress",), ("start", "done"), ("start", "progress"),
    ("start", "move"), ("start", "hold"), ("start", "move", "done"), ("start", "progress", "done"),
    ("start", "note", "cancel"),
)  # fmt: skip
_ENTRIES, _ENTRIES_WEIGHTS = (0, 1, 2, 3), (34, 34, 21, 11)


def draw_activity(rng: Random, names: Names, goal: Record, owner: Record) -> Record:
    """Draw an activity under a sub-goal, due within the sub-goal's year."""
    title, identifier = names.new(lambda: activity_title(rng))
    year = goal.due.year if goal.due else 2013
    return Record(
        kind="activity",
        id=identifier,
        title=title,
        supports=(goal.id,),
        owners=(owner.id,),
        due=date(year, *rng.choice(_DUE_DAYS)),
        source=f"bild {rng.randrange(8, 40)}",
        log=_draw_log(rng, owner.id, year),
        folder=str(year),
    )


def _draw_log(rng: Random, by: str, year: int) -> tuple[Entry, ...]:
    (length,) = rng.choices(_ENTRIES, _ENTRIES_WEIGHTS)
    stories = [story for story in _STORIES if len(story) == length] or [()]
    story = rng.choice(stories)
    last = _LAST_DAY_OF_A_MOVE if "move" in story else LAST_REPORT
    days = report_days(rng, length, last)
    return tuple(_EVENTS[event](rng, day, by, year) for event, day in zip(story, days, strict=True))


def _start(rng: Random, day: date, by: str, _year: int) -> Entry:
    outlook = rng.choice(("on_track", "on_track", "at_risk"))
    return Entry(day, status="in_progress", outlook=outlook, by=by)


def _progress(rng: Random, day: date, by: str, _year: int) -> Entry:
    progress = rng.randrange(10, 95, 5)
    return Entry(day, status="in_progress", progress=progress, by=by)


def _note(rng: Random, day: date, by: str, _year: int) -> Entry:
    return Entry(day, by=by, note=rng.choice(NOTES))


def _move(rng: Random, day: date, by: str, year: int) -> Entry:
    due = date(year, *rng.choice(((11, 30), (12, 31))))
    return Entry(day, due=due, by=by, reason=rng.choice(REASONS))


def _done(rng: Random, day: date, by: str, _year: int) -> Entry:
    note, evidence = rng.choice(NOTES), (minutes_of(day),)
    return Entry(day, status="done", progress=100, by=by, note=note, evidence=evidence)


def _hold(rng: Random, day: date, by: str, _year: int) -> Entry:
    return Entry(day, status="on_hold", by=by, reason=rng.choice(REASONS))


def _cancel(rng: Random, day: date, by: str, _year: int) -> Entry:
    return Entry(day, status="cancelled", by=by, reason=rng.choice(REASONS))


_EVENTS: dict[str, Callable[[Random, date, str, int], Entry]] = {
    "start": _start,
    "progress": _progress,
    "note": _note,
    "move": _move,
    "done": _done,
    "hold": _hold,
    "cancel": _cancel,
}
