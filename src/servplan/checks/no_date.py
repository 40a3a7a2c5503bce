"""An entry has a date, or the day by which it was known.

An entry without either never comes into force: it is in the file and in no report. One with both says two
different things about when.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    log:
      - {date: 2013-03-04, status: in_progress}

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    log:
      - {status: in_progress}
"""

from collections.abc import Iterator

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity

CODE = "no-date"
SEVERITY = Severity.ERROR


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield entries with neither `date` nor `known_by`, or with both."""
    for record in plan.plan.records.values():
        for index, entry in enumerate(getattr(record, "log", ())):
            if (entry.date is None) == (entry.known_by is None):
                both = "yes" if entry.date else ""
                yield Diagnostic(CODE, record.path, ("log", index), params={"both": both})
