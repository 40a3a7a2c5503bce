"""A published value stays as it was published.

A value that was revised stands beside the first one, with the day on which it was published, so that a report
that used the first one can still be understood. A slip in copying is said by an entry with `amends: [values]`
and a `reason`.

BEFORE data/indicators/foretagsklimat.yaml
    title: Företagsklimat
    values: [{period: '2013', value: 61.5}]

PASS data/indicators/foretagsklimat.yaml
    title: Företagsklimat
    values:
      - {period: '2013', value: 61.5}
      - {period: '2014', value: 63.0}

FAIL data/indicators/foretagsklimat.yaml
    title: Företagsklimat
    values: [{period: '2013', value: 66.5}]
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.fields import BACK
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data
from servplan.model.walk import promises

CODE = "value-rewritten"
AMENDABLE = True
WAYS = ("write", "beside")


def find(step: Step) -> Sequence[Found]:
    """Return the values that are no longer told for their period."""
    after = step.after
    if after is None:
        return []
    return [
        Found(key, row, next((new for new in after.get(key, []) if new["period"] == row["period"]), None))
        for key in promises(step.model, CODE)
        for row in step.before.get(key, [])
        if not _is_told(row, after.get(key, []))
    ]


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the value is told again."""
    del step
    return BACK if any(_is_told(row, end.get(found.field, [])) for row in earlier) else None


def _is_told(row: Data, rows: Sequence[Data]) -> bool:
    """Tell whether rows have a value, of that period and of that day; where it was from may be put better."""
    facts = {key: row[key] for key in ("period", "value", "published") if key in row}
    return any(facts.items() <= other.items() for other in rows)
