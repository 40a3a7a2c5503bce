"""The findings that a share of the records earns, in a believable mix.

A real plan of this kind has findings all over: `check` must be fast with them, not without.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from frame import Frame, tick
from records import Entry, Record
from wording import Names

FLAWED_SHARE = 0.7
_BAD_LINKS = ("www.example.org/protokoll", "dokument/saknas.pdf", "ftp://example.org/bild.jpg")
_BROKEN_BOXES = 0.01  # of all records
_ALSO_UNOWNED = 0.4  # of the activities that have another flaw


@dataclass(frozen=True)
class Surroundings:
    """What a flaw can refer to."""

    rng: Random
    names: Names
    former: Mapping[str, str]  # goal id → its old id
    retired_owners: tuple[str, ...]


Flaw = Callable[[Record, Surroundings], Record]


def give_old_ids(goals: tuple[Record, ...], names: Names) -> tuple[Record, ...]:
    """Let every fifth goal have been called something else once."""
    return tuple(_renamed(goal, names) if not at % 5 else goal for at, goal in enumerate(goals))


def surroundings(rng: Random, names: Names, frame: Frame) -> Surroundings:
    """Gather what the flaws of a plan with this frame can refer to."""
    former = {
        goal.id: str(old)
        for goal in frame.sub_goals
        if isinstance(ids := goal.details.get("formerly"), tuple)
        for old in ids
    }
    return Surroundings(rng, names, former, tuple(owner.id for owner in frame.retired_owners))


def spoil_boxes(boxes: tuple[Record, ...], records: int, around: Surroundings) -> list[Record]:
    """Give some of the boxes evidence that leads nowhere."""
    number = min(len(boxes), round(records * _BROKEN_BOXES))
    chosen = set(around.rng.sample(range(len(boxes)), number))
    return [_bad_tick(box, around) if at in chosen else box for at, box in enumerate(boxes)]


def spoil_activities(
    activities: list[Record], number: int, records: int, around: Surroundings
) -> list[Record]:
    """Give so many of the activities a finding; most lose their owner."""
    flaws: list[Flaw] = [flaw for flaw, share in _SHARES for _ in range(round(records * share))]
    flaws = (flaws + [_no_owner] * (number - len(flaws)))[:number]
    unspoilt: list[Flaw] = [_unspoilt] * (len(activities) - len(flaws))
    order = flaws + unspoilt
    around.rng.shuffle(order)
    return [flaw(record, around) for flaw, record in zip(order, activities, strict=True)]


def _renamed(goal: Record, names: Names) -> Record:
    old = names.new_id(f"delmal {goal.id}")
    return replace(goal, details={**goal.details, "formerly": (old,)})


def _with(record: Record, flaw: str) -> Record:
    return replace(record, flaws=(*record.flaws, flaw))


def _unspoilt(record: Record, _around: Surroundings) -> Record:
    return record


def _no_owner(record: Record, _around: Surroundings) -> Record:
    return _with(replace(record, owners=()), "no-owner")


def _sometimes_unowned(record: Record, around: Surroundings) -> Record:
    unowned = around.rng.random() < _ALSO_UNOWNED
    return _no_owner(record, around) if unowned else record


def _due_outside_period(record: Record, around: Surroundings) -> Record:
    year, month = around.rng.choice((2012, 2016, 2016, 2031)), around.rng.randrange(1, 13)
    flawed = _with(replace(record, due=date(year, month, 15)), "due-outside-period")
    return _sometimes_unowned(flawed, around)


def _unknown_reference(record: Record, around: Surroundings) -> Record:
    misspelt = around.names.misspelt(record.supports[0])
    flawed = replace(record, supports=(*record.supports, misspelt))
    return _sometimes_unowned(_with(flawed, "unknown-reference"), around)


def _former_reference(record: Record, around: Surroundings) -> Record:
    goal = record.supports[0]
    old = around.former.get(goal) or around.rng.choice(list(around.former.values()))
    supports = (old,) if goal in around.former else (goal, old)
    return _sometimes_unowned(_with(replace(record, supports=supports), "former-reference"), around)


def _retired_reference(record: Record, around: Surroundings) -> Record:
    owner = around.rng.choice(around.retired_owners)
    return _with(replace(record, owners=(owner,)), "retired-reference")


def _same_day(record: Record, around: Surroundings) -> Record:
    day = record.log[-1].date if record.log else date(2013, 10, 1)
    log = [entry for entry in record.log if entry.date != day]
    pair = [Entry(day, status="in_progress"), Entry(day, status="on_hold", reason="Väntar på svar")]
    flawed = _with(replace(record, log=(*log, *pair)), "same-day-entries")
    return _sometimes_unowned(flawed, around)


def _bad_link(record: Record, around: Surroundings) -> Record:
    evidence = (around.rng.choice(_BAD_LINKS),)
    last = record.log[-1] if record.log else Entry(date(2013, 11, 4), status="in_progress")
    log = (*record.log[:-1], replace(last, evidence=evidence))
    return _sometimes_unowned(_with(replace(record, log=log), "bad-link"), around)


def _bad_tick(box: Record, around: Surroundings) -> Record:
    ticked = box.log[0] if box.log else tick(around.rng, box.owners[0])
    evidence = (around.rng.choice(_BAD_LINKS),)
    return _with(replace(box, log=(replace(ticked, evidence=evidence),)), "bad-link")


def _unknown_key(record: Record, around: Surroundings) -> Record:
    key = around.rng.choice(("ansvarig", "prioritet", "sourse"))
    details = {**record.details, key: "oklart"}
    return _with(replace(record, details=details), "unknown-key")


def _number_as_title(record: Record, around: Surroundings) -> Record:
    return _with(replace(record, title=around.rng.randrange(2013, 2016)), "number-as-title")


_SHARES: tuple[tuple[Flaw, float], ...] = (  # of all records
    (_due_outside_period, 0.04),
    (_unknown_reference, 0.03),
    (_former_reference, 0.03),
    (_retired_reference, 0.02),
    (_same_day, 0.02),
    (_bad_link, 0.01),
    (_unknown_key, 0.004),
    (_number_as_title, 0.004),
)
