"""A row of `data/audit.yaml` names a record and a rule that exist.

`servplan audit` shows what was changed without trace; a row says why such a change stands. One that names
nothing would answer nothing, and nobody would notice. A record that is gone may be named where a row says
that its deletion stands (`record-deleted`).

PASS data/audit.yaml
    - record: besoka-boden
      rule: due-moved
      reason: Datumet var fel avskrivet
      by: landsbygd

FAIL data/audit.yaml
    - record: besoka-boden
      rule: due-move
      reason: Datumet var fel avskrivet
      by: landsbygd
"""

from collections.abc import Iterator

from servplan.analysis.audit.registry import CODES
from servplan.analysis.diff import HEADER
from servplan.checks.examined import Examined
from servplan.checks.suggestions import Suggestions
from servplan.diagnostics import Diagnostic, Severity
from servplan.files.layout import ANSWERS_PATH

CODE = "audit-row"
SEVERITY = Severity.ERROR


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield the rows that name nothing."""
    rows = plan.loaded.answers.rows
    deleted = {row.record for row in rows.values() if row.rule == "record-deleted"}
    for index, row in rows.items():
        if row.rule not in CODES:
            params = {"problem": "rule", "given": row.rule, "closest": Suggestions(CODES).closest(row.rule)}
            yield Diagnostic(CODE, ANSWERS_PATH, (index, "rule"), params=params)
        if row.record not in deleted and not _is_known(plan, row.record):
            closest = plan.closest(row.record, ("*",))
            params = {"problem": "record", "given": row.record, "closest": closest}
            yield Diagnostic(CODE, ANSWERS_PATH, (index, "record"), params=params)


def _is_known(plan: Examined, id_: str) -> bool:
    return id_ == HEADER or plan.plan.get(id_) is not None or id_ in plan.plan.unreadable
