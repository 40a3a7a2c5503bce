"""An entry that arrives after its report was due says when it was written.

A month's report is due when the grace is over (`rhythm` in `data/plan.yaml`, as it was on the entry's day).
An entry that is dated in it and arrives later was not in that report: `recorded`, which the commands add by
themselves, says so. It then has to arrive in time after that day. Entries that arrive with their record's
file are not late: the record brings its history.

BEFORE data/activities/besoka-boden.yaml
    title: Besöka Boden

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - {date: 2013-03-04, status: done, recorded: 2013-05-20}

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    log:
      - {date: 2013-03-04, status: done}
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from servplan.analysis.audit.entries import arrived, set_right
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data
from servplan.analysis.ledger import day_of
from servplan.analysis.period import period_of, shifted

CODE = "entry-late"
AMENDABLE = False
WAYS = ("record",)


def find(step: Step) -> Sequence[Found]:
    """Return the entries that came after the grace of the period in which they say they were written."""
    return [Found("log", None, entry) for entry in arrived(step) if is_late(step, entry)]


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the entry says by now when it was written, or has been voided or removed."""
    del earlier
    return set_right(step, found.new, end, _is_wrong)


def _is_wrong(step: Step, entry: Data) -> bool:
    """Tell whether an entry is late still, or says that it was written after it came."""
    return is_late(step, entry) or ("voided" not in entry and entry.get("recorded", "") > step.latest)


def is_late(step: Step, entry: Data) -> bool:
    """Tell whether an entry that came with a commit came after its report was due."""
    told = entry.get("recorded") or day_of(entry)
    if not told or "voided" in entry:
        return False
    day = date.fromisoformat(told)
    rhythm = step.rhythm_on(day)
    return shifted(period_of(day, rhythm.every).end, timedelta(days=rhythm.grace_days)) < step.commit.day
