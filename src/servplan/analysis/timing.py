"""What became of due dates: whether a goal was reached by its own, and what was done after it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

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


def outcome_of(state: State, as_of: date, grace: timedelta) -> Outcome:
    """Return what became of a goal's due date.

    An assessment in the grace after the due date says how the goal stood by then, as every report does.
    """
    if state.due is None:
        return Outcome("undated")
    if state.assessment == "achieved":
        return _reached(state, shifted(state.due, grace))
    if state.assessment in JUDGED and state.due <= as_of:
        return Outcome("partly" if state.assessment == "partly_achieved" else "missed")
    if state.due_unreported:
        return Outcome("passed_unreported")
    return Outcome("passed" if state.overdue else "ahead")


def _reached(state: State, last: date) -> Outcome:
    entry = turning_point(state.entries, "assessment")
    day = effective_date(entry) if entry else None
    if entry is None or day is None or day <= last:
        return Outcome("in_time", day)
    return Outcome("late" if entry.date else "reached", day)


def is_done_late(state: State) -> bool:
    """Tell whether an activity was done after its due date; a day that is not known makes nothing late."""
    if state.status != "done" or state.due is None:
        return False
    entry = turning_point(state.entries, "status")
    return entry is not None and entry.date is not None and entry.date > state.due


def turning_point(entries: Sequence[Entry], field: str) -> Entry | None:
    """Return the entry that gave a field the value that it has after them all; None if none did."""
    found: Entry | None = None
    for entry in reversed(entries):
        value = getattr(entry, field)
        if value is None:
            continue
        if found is not None and value != getattr(found, field):
            break
        found = entry
    return found
