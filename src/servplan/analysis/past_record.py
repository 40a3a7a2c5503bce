"""A record that the plan has or once had, found by what somebody calls it, with what was done to it."""

from collections.abc import Sequence
from typing import NamedTuple

from servplan.analysis.find import pick
from servplan.analysis.history import steps_of
from servplan.analysis.origins import Step
from servplan.commits import Past
from servplan.diagnostics import UsageError
from servplan.model.plan import Plan
from servplan.model.record import Record


class PastRecord(NamedTuple):
    """A record as it is now, or was last, and what was done to it."""

    record: Record
    steps: Sequence[Step]


def find_record(plan: Plan, past: Past | None, asked: str) -> PastRecord:
    """Return the record that is meant: one of the plan, or of its past where there is one.

    Raises:
        UsageError: `unknown-id`, `ambiguous-id`, or `unreadable-id` where no version can be read.
    """
    if past is None:
        return PastRecord(pick(plan, asked), ())
    id_ = _meant(plan, past, asked)
    steps = steps_of(past.story_of(id_))
    known = (plan.records.get(id_), *(step.record for step in reversed(steps)))
    record = next(filter(None, known), None)
    if record is None:
        paths = (plan.unreadable.get(id_), *(step.unreadable for step in reversed(steps)))
        raise UsageError("unreadable-id", asked=id_, path=next(filter(None, paths), ""))
    return PastRecord(record, steps)


def _meant(plan: Plan, past: Past, asked: str) -> str:
    """Return the id that is meant: one that the plan has, one that only history has, or by words."""
    if asked in plan.unreadable or asked in plan.records:
        return asked
    later = None if asked in plan.former else past.last_id(asked)
    return later or pick(plan, asked).id
