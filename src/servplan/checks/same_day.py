"""Entries of one day agree.

Entries of one day apply in the file's order, so the last one wins. Two that set the same field differently
are most often a merge of two people's reports: the day cannot tell which of them is meant.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    log:
      - {date: 2013-03-04, status: in_progress}
      - {date: 2013-03-04, progress: 20}

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    log:
      - {date: 2013-03-04, status: in_progress}
      - {date: 2013-03-04, status: on_hold}
"""

from collections.abc import Iterator

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity
from servplan.model.contradictions import contradictions
from servplan.model.record import Entry, Record
from servplan.state import effective_date, said

CODE = "same-day"
SEVERITY = Severity.WARNING


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield entries that set a field which an earlier entry of the same day sets differently."""
    for record in plan.plan.records.values():
        if len(getattr(record, "log", ())) > 1:
            yield from _contradictions(record)


def _contradictions(record: Record) -> Iterator[Diagnostic]:
    log: tuple[Entry, ...] = getattr(record, "log", ())
    for _first, index, field in contradictions(map(said, log)):
        params = {"field": field, "date": str(effective_date(log[index]))}
        yield Diagnostic(CODE, record.path, ("log", index, field), params=params)
