"""A due date lies within the plan's period.

A due date before the plan begins or after it ends is most often a wrong year.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    due: 2013-12-31

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    due: 2031-12-31
"""

from collections.abc import Iterator
from datetime import date

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Keys, Severity
from servplan.model.record import Record

CODE = "due-outside-period"
SEVERITY = Severity.WARNING


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield due dates, first ones and moved ones, outside the period."""
    start, end = plan.plan.header.period.start, plan.plan.header.period.end
    for record in plan.plan.records.values():
        for keys, due in _dues(record):
            if not start <= due <= end:
                params = {"due": str(due), "start": str(start), "end": str(end)}
                yield Diagnostic(CODE, record.path, keys, params=params)


def _dues(record: Record) -> Iterator[tuple[Keys, date]]:
    promised: date | None = getattr(record, "due", None)
    if promised:
        yield ("due",), promised
    for index, entry in enumerate(getattr(record, "log", ())):
        if entry.due and not entry.voided:
            yield ("log", index, "due"), entry.due
