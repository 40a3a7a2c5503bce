"""A reference uses a record's present id.

After a rename old references still resolve, through `formerly`; the next edit should use the new id.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter]
    owners: [landsbygd]
"""

from collections.abc import Iterator

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity

CODE = "former-id"
SEVERITY = Severity.WARNING


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield references by an old id."""
    for record, reference, target in plan.uses:
        if target and target.id != reference.target:
            params = {"id": reference.target, "now": target.id}
            yield Diagnostic(CODE, record.path, reference.keys, params=params)
