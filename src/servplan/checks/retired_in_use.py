"""Nothing in use rests on a retired record.

What supports a retired goal has lost its reason, and a retired owner answers for nothing. The records that
stand in its place are named in the hint; where one is named beside it, each counts in its time. References
that tell a history may name retired records.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [nedlagt-mal-2013]
    owners: [landsbygd]
"""

from collections.abc import Iterator

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity
from servplan.model.walk import references

CODE = "retired-in-use"
SEVERITY = Severity.WARNING
HISTORY = ("retired", "continues", "successor", "log")


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield references from records in use to retired ones."""
    for record, reference, target in plan.uses:
        if not target or not target.retired or record.retired or reference.keys[0] in HISTORY:
            continue
        beside = {item.target for item in references(record) if item.keys[0] == reference.keys[0]}
        if beside.intersection(target.retired.superseded_by):
            continue
        params = {
            "id": target.id,
            "date": target.retired.date.isoformat(),
            "instead": ", ".join(target.retired.superseded_by),
        }
        yield Diagnostic(CODE, record.path, reference.keys, params=params)
