"""A reference names a record that exists.

A reference that leads nowhere silently drops out of every sum, tree and report. A record whose file cannot
be read counts as known here, so that one slip in it does not cause a finding in every file that names it.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkt-2013]
    owners: [landsbygd]
"""

from collections.abc import Iterator

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity

CODE = "unknown-reference"
SEVERITY = Severity.ERROR


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield references to ids that no record bears or bore."""
    known = plan.plan
    for record, reference, target in plan.uses:
        name = reference.target
        if target or name in known.unreadable or name in reference.ref.words:
            continue
        params = {"id": name, "closest": plan.closest(name, reference.ref.kinds)}
        yield Diagnostic(CODE, record.path, reference.keys, params=params)
