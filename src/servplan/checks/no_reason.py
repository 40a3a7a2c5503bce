"""What takes something back has a reason.

A cancelled activity, a box that is unticked, a base field corrected on purpose (`amends`), and an assessment
against the one that the goal's own condition proposes: each needs a `reason`, for whoever reads it next year.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    log:
      - {date: 2013-03-04, status: cancelled, reason: Resan ställdes in}

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]
    log:
      - {date: 2013-03-04, status: cancelled}
"""

from collections.abc import Iterator

from servplan.analysis.assessment import contradicted, has_rule
from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity
from servplan.model.goal import Goal
from servplan.model.record import Entry
from servplan.state import effective_date

CODE = "no-reason"
SEVERITY = Severity.WARNING


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield entries that take something back and do not say why."""
    for record in plan.plan.records.values():
        for index, entry in enumerate(getattr(record, "log", ())):
            if entry.reason or entry.voided:
                continue
            field = _taken_back(entry) or (
                _against_proposal(plan, record, entry) if isinstance(record, Goal) else None
            )
            if field:
                yield Diagnostic(CODE, record.path, ("log", index, field), params={"field": field})


def _taken_back(entry: Entry) -> str | None:
    if getattr(entry, "status", None) == "cancelled":
        return "status"
    if getattr(entry, "ticked", None) is False:
        return "ticked"
    return "amends" if entry.amends else None


def _against_proposal(plan: Examined, goal: Goal, entry: Entry) -> str | None:
    assessment, day = getattr(entry, "assessment", None), effective_date(entry)
    if assessment is None or day is None or not has_rule(goal):
        return None
    return "assessment" if contradicted(plan.graph_at(day), goal, assessment) else None
