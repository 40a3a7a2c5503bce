"""The plan's period stays: it begins on its first day, and ends no sooner than was said.

A record that does not say since when it exists exists from the plan's first day, and a plan that is over is
shown as it stood on its last: another first day, or an earlier last one, changes reports that were written.
Why it was moved stands in a row of `data/audit.yaml` with `record: plan`. A plan may be prolonged.

BEFORE data/plan.yaml
    servplan: 1
    title: Tillväxtplan
    period: {start: 2013-01-01, end: 2015-12-31}

PASS data/plan.yaml
    servplan: 1
    title: Tillväxtplan
    period: {start: 2013-01-01, end: 2016-12-31}

FAIL data/plan.yaml
    servplan: 1
    title: Tillväxtplan
    period: {start: 2013-03-01, end: 2015-12-31}
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.fields import BACK, changed_fields
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data

CODE = "period-moved"
AMENDABLE = False
WAYS = ("write",)
FIELD = "period"


def find(step: Step) -> Sequence[Found]:
    """Return the period, if it begins on another day or ends sooner."""
    return [found for found in changed_fields(step, [FIELD]) if not _holds(found.old, found.new)]


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether what was the period is in it again."""
    del step, found
    return BACK if any(_holds(old, end[FIELD]) for old in earlier) else None


def _holds(old: Data, new: Data) -> bool:
    return bool(old["start"] == new["start"] and old["end"] <= new["end"])
