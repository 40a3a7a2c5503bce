"""A record that was retired stays retired, from the day that was said.

What was retired counts in every report, so that retiring hides nothing. A retirement that is taken back or
dated otherwise changes which reports the record was in; an entry with `amends: [retired]` and a `reason` says
why. Its reason and what stands in its place may be put better.

BEFORE data/goals/levande-kommun.yaml
    title: En levande kommun
    level: overall
    retired: {date: 2013-09-01, reason: Slogs ihop}

PASS data/goals/levande-kommun.yaml
    title: En levande kommun
    level: overall
    retired: {date: 2013-09-01, reason: Slogs ihop med ett annat mål}

FAIL data/goals/levande-kommun.yaml
    title: En levande kommun
    level: overall
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.fields import BACK, changed_fields
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data

CODE = "retirement-changed"
AMENDABLE = True
WAYS = ("write",)
FIELD = "retired"


def find(step: Step) -> Sequence[Found]:
    """Return a retirement that was taken back, or whose day was changed."""
    changed = changed_fields(step, [FIELD])
    return [found for found in changed if found.old and _day(found.old) != _day(found.new)]


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the record is retired on that day again."""
    del step, found
    return BACK if _day(end.get(FIELD)) in [_day(old) for old in earlier] else None


def _day(retirement: Data | None) -> object:
    return retirement["date"] if retirement else None
