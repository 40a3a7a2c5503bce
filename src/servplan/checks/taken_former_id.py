"""A former id is borne by nobody else.

Old ids are as unique as ids: otherwise an old reference would quietly come to mean another record.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    formerly: [resa-boden]

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    formerly: [landsbygd]
"""

from collections.abc import Iterator

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity

CODE = "taken-former-id"
SEVERITY = Severity.ERROR


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield former ids that another record bears, or bore."""
    records = plan.plan.records
    bearers: dict[str, str] = {}
    for record in records.values():
        for index, old in enumerate(record.formerly):
            other = records[old].path if old in records else bearers.get(old)
            if other:
                params = {"id": old, "other": other}
                yield Diagnostic(CODE, record.path, ("formerly", index), params=params)
            bearers.setdefault(old, record.path)
