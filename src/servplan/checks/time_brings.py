"""What only time brings: overdue, and due without a report. Not rules, but what `check --as-of` adds."""

from datetime import date

from servplan.diagnostics import Diagnostic, Severity
from servplan.model.plan import Plan
from servplan.state import Standing


def time_findings(plan: Plan, as_of: date) -> tuple[Diagnostic, ...]:
    """Return, as information, what is overdue or unreported at a date."""
    standing = Standing(plan, as_of)
    found = []
    for record in standing.records.values():
        state = standing.state(record.id)
        if state.overdue or state.due_unreported:
            code = "overdue" if state.overdue else "due-unreported"
            params = {"due": str(state.due)}
            place = ("due",)
            found.append(Diagnostic(code, record.path, place, False, params, Severity.INFO))
    return tuple(found)
