"""`trend` as CSV: a line for each period or commit, with the names that JSON has for its figures."""

import csv
from collections.abc import Callable, Iterable, Mapping
from io import StringIO

from servplan.analysis.status import STATUSES
from servplan.analysis.trend import Row

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def trend_csv(rows: Iterable[Row]) -> str:
    """Return the figures over time as comma-separated values; what is not known is an empty cell."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([cell(row) for cell in _COLUMNS.values()] for row in rows)
    return text.getvalue()


def _text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _of_status(status: str) -> Callable[[Row], int]:
    return lambda row: row.figures.activities.by_status.get(status, 0)


_COLUMNS: Mapping[str, Callable[[Row], object]] = {
    "name": lambda row: _text(row.name),
    "commit": lambda row: row.commit.id if row.commit else None,
    "as_of": lambda row: row.as_of,
    "activities": lambda row: row.figures.activities.total,
    **{status: _of_status(status) for status in STATUSES},
    "overdue": lambda row: row.figures.activities.overdue,
    "due_unreported": lambda row: row.figures.activities.due_unreported,
    "without_owner": lambda row: row.figures.activities.without_owner,
    "counted": lambda row: row.figures.activities.counted,
    "done_share": lambda row: row.figures.done_share,
    "postponed": lambda row: row.figures.postponed,
    "boxes": lambda row: row.figures.boxes,
    "ticked": lambda row: row.figures.ticked,
    "goals": lambda row: sum(row.figures.goals.values()),
    "assessed": lambda row: row.figures.assessed,
    "retired": lambda row: row.figures.retired,
    "unreadable": lambda row: " ".join(row.unreadable),
}
