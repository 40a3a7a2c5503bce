"""A goal stands on one of the plan's levels.

The levels are the plan's own, listed in `data/plan.yaml`; a goal on none of them has no place in reports.

PASS data/goals/service-2013.yaml
    title: Service i byarna
    level: sub-goal
    supports: [servicepunkter-2013]

FAIL data/goals/service-2013.yaml
    title: Service i byarna
    level: delmål
    supports: [servicepunkter-2013]
"""

from collections.abc import Iterator
from difflib import get_close_matches

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity
from servplan.model.goal import Goal

CODE = "unknown-level"
SEVERITY = Severity.ERROR


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield goals whose level the plan does not list."""
    if not plan.loaded.has_header:
        return
    known = {level.id: level.title for level in plan.plan.header.levels}
    for goal in plan.plan.of(Goal):
        if goal.level not in known:
            close = get_close_matches(goal.level, known, 1, 0.5)
            params = {
                "level": goal.level,
                "known": ", ".join(known),
                "closest": close[0] if close else "",
            }
            yield Diagnostic(CODE, goal.path, ("level",), params=params)
