"""What became of due dates: whether a goal was reached by its own, and what was done after it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from servplan.analysis.period import shifted
from servplan.model.record import Entry
from servplan.state import JUDGED, State, effective_date


class Outcome(NamedTuple):
    """What became of a goal's due date, as a code, and the day on which it was reached.

    `in_time`, `late`, or `reached` where only a latest day after the due date is known; `missed` or `partly`
    where it was judged so; `passed` or `passed_unreported` without a judgement; `ahead`; `undated` without a
    due date. `day` is None unless it was reached.
    """

    code: str
    day: date | None = None


class Turn(NamedTuple):
    """A value that a field got, other than the one before, and the entry that gave it."""

    value: Any
    entry: Entry


def outcome_of(state: State, as_of: date, grace: timedelta) -> Outcome:
    """Return what became of a goal's due date.

    A first judgement in the grace after the due date says how the goal stood by then, as every report does.
    Where one had been made before, that one does: another says how the goal stands since.
    """
    if state.due is None:
        return Outcome("undated")
    if state.assessment == "achieved":
        return _reached(turns(state.entries, "assessment"), state.due, grace)
    if state.assessment in JUDGED and state.due <= as_of:
        return Outcome("partly" if state.assessment == "partly_achieved" else "missed")
    if state.due_unreported:
        return Outcome("passed_unreported")
    return Outcome("passed" if state.overdue else "ahead")


def _reached(judgements: Sequence[Turn], due: date, grace: timedelta) -> Outcome:
    """Return when a goal was reached, given the assessments that it has had."""
    is_first = all(before.value not in JUDGED for before in judgements[-2:-1])
    last = shifted(due, grace) if is_first else due
    entry = judgements[-1].entry
    day = effective_date(entry)
    if day is None or day <= last:
        return Outcome("in_time", day)
    return Outcome("late" if entry.date else "reached", day)


def is_done_late(state: State) -> bool:
    """Tell whether an activity was done after its due date; a day that is not known makes nothing late."""
    if state.status != "done" or state.due is None:
        return False
    day = turns(state.entries, "status")[-1].entry.date
    return day is not None and day > state.due


def turns(entries: Sequence[Entry], field: str) -> list[Turn]:
    """Return the values that a field had, one after another."""
    found: list[Turn] = []
    for entry in entries:
        value = getattr(entry, field)
        if value is not None and (not found or value != found[-1].value):
            found.append(Turn(value, entry))
    return found
