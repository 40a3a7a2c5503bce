"""The frame of a plan: owners, goals, programmes, boxes, areas; only idle goals earn a finding."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from records import Entry, Fields, Record
from wording import (
    NOTES,
    REASONS,
    Names,
    area_title,
    box_title,
    goal_title,
    owner_title,
    programme_title,
)

_PERIOD_END = date(2015, 12, 31)
_FIRST_REPORT = date(2013, 2, 1)
LAST_REPORT = date(2014, 2, 28)
_YEARS, _YEAR_WEIGHTS = (2013, 2014, 2015), (60, 30, 10)
_SUB_GOALS_A_TARGET = 5
_TARGETS_AN_OVERALL_GOAL = 4
_BOXES_A_PROGRAMME = 8
_TICKED_SHARE = 0.6


@dataclass(frozen=True)
class Frame:
    """The records that activities hang on. `idle` sub-goals are to stay without activities."""

    owners: tuple[Record, ...]
    retired_owners: tuple[Record, ...]
    upper_goals: tuple[Record, ...]
    sub_goals: tuple[Record, ...]
    idle: tuple[Record, ...]
    programmes: tuple[Record, ...]
    boxes: tuple[Record, ...]
    areas: tuple[Record, ...]


def draw_frame(rng: Random, names: Names, records: int) -> Frame:
    """Draw the frame of a plan of so many records; it is about a quarter of them."""
    owners = _draw_owners(rng, names, max(2, records * 4 // 100))
    retired = max(1, len(owners) // 10)
    upper_goals, sub_goals = _draw_goals(rng, names, max(4, records * 10 // 100), owners)
    idle = max(1, len(sub_goals) // 10)
    programmes, boxes = _draw_boxes(rng, names, max(4, records * 9 // 100), owners[:-retired])
    return Frame(
        owners=tuple(owners[:-retired]),
        retired_owners=tuple(_retire(owner, owners[0]) for owner in owners[-retired:]),
        upper_goals=tuple(upper_goals),
        sub_goals=tuple(sub_goals[:-idle]),
        idle=tuple(sub_goals[-idle:]),
        programmes=tuple(programmes),
        boxes=tuple(boxes),
        areas=tuple(_draw_area(rng, names) for _ in range(max(1, records * 2 // 100))),
    )


def report_days(rng: Random, number: int, last: date = LAST_REPORT) -> list[date]:
    """Draw so many different days of reports, the earliest first."""
    span = (last - _FIRST_REPORT).days
    return [_FIRST_REPORT + timedelta(days=day) for day in sorted(rng.sample(range(span), number))]


def minutes_of(day: date) -> str:
    """Link to the minutes of a day."""
    return f"https://example.org/protokoll/{day.isoformat()}"


def _draw_owners(rng: Random, names: Names, number: int) -> list[Record]:
    owners: list[Record] = []
    for position in range(number):
        owner_type = rng.choice(("unit", "role", "partner")) if position else "unit"
        owners.append(_draw_owner(rng, names, owner_type, owners))
    return owners


def _draw_owner(rng: Random, names: Names, owner_type: str, above: list[Record]) -> Record:
    title, identifier = names.new(lambda: owner_title(rng, owner_type))
    part_of = {"part_of": above[0].id} if owner_type != "partner" and above else {}
    return Record("owner", identifier, title, {"type": owner_type, **part_of})


def _retire(owner: Record, successor: Record) -> Record:
    retired: Fields = {"date": date(2013, 6, 30), "reason": "Enheten är sammanslagen med en annan"}
    details: Fields = {**owner.details, "successor": successor.id, "retired": retired}
    return Record(owner.kind, owner.id, owner.title, details)


def _draw_goals(
    rng: Random, names: Names, number: int, owners: list[Record]
) -> tuple[list[Record], list[Record]]:
    targets = max(1, number // (_SUB_GOALS_A_TARGET + 1))
    overall = max(1, targets // _TARGETS_AN_OVERALL_GOAL)
    tops = [_draw_goal(rng, names, "overall") for _ in range(overall)]
    middles = [_draw_goal(rng, names, "target", tops[position % overall]) for position in range(targets)]
    sub_goals = [
        _draw_sub_goal(rng, names, middles[position % targets], owners[0])
        for position in range(number - overall - targets)
    ]
    return tops + middles, sub_goals


def _draw_goal(rng: Random, names: Names, level: str, above: Record | None = None) -> Record:
    title, identifier = names.new(lambda: goal_title(rng))
    condition: Fields = {"is": "completed", "what": "Alla planerade aktiviteter är genomförda"}
    return Record(
        kind="goal",
        id=identifier,
        title=title,
        details={"level": level, "reached_when": (condition,)},
        supports=(above.id,) if above else (),
        due=_PERIOD_END,
        source=f"bild {rng.randrange(8, 40)}",
    )


def _draw_sub_goal(rng: Random, names: Names, target: Record, owner: Record) -> Record:
    goal = _draw_goal(rng, names, "sub-goal", target)
    (year,) = rng.choices(_YEARS, _YEAR_WEIGHTS)
    log = tuple(_draw_assessments(rng, owner.id))
    return replace(goal, due=date(year, 12, 31), log=log)


def _draw_assessments(rng: Random, by: str) -> list[Entry]:
    days = report_days(rng, rng.choice((0, 1, 1, 2)), date(2013, 11, 30))
    return [
        Entry(
            day,
            assessment=rng.choice(("expected", "expected_partly", "not_expected")),
            by=by,
            note=rng.choice(NOTES),
            reason=rng.choice(REASONS),
        )
        for day in days
    ]


def _draw_boxes(
    rng: Random, names: Names, number: int, owners: list[Record]
) -> tuple[list[Record], list[Record]]:
    boxes_in_all = number - max(1, number // (_BOXES_A_PROGRAMME + 1))
    programmes: list[Record] = []
    boxes: list[Record] = []
    for position in range(number - boxes_in_all):
        points = len(range(position, boxes_in_all, number - boxes_in_all))
        title, identifier = names.new(lambda: programme_title(rng))
        programmes.append(Record("programme", identifier, title, {"points": points}))
        boxes += [
            _draw_box(rng, names, identifier, order, rng.choice(owners)) for order in range(1, points + 1)
        ]
    return programmes, boxes


def _draw_box(rng: Random, names: Names, programme: str, order: int, owner: Record) -> Record:
    title, identifier = names.new(lambda: box_title(rng))
    details: Fields = {"programme": programme, "order": order}
    log = (tick(rng, owner.id),) if rng.random() < _TICKED_SHARE else ()
    return Record("box", identifier, title, details, owners=(owner.id,), log=log)


def tick(rng: Random, by: str) -> Entry:
    """Draw the entry that ticks a box, with evidence."""
    (day,) = report_days(rng, 1)
    return Entry(day, ticked=True, by=by, evidence=(minutes_of(day),))


def _draw_area(rng: Random, names: Names) -> Record:
    title, identifier = names.new(lambda: area_title(rng))
    return Record("area", identifier, title, {"municipalities": ("1885",)})
