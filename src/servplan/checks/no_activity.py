"""Every goal has an activity or a goal under it.

A goal that nothing supports is a wish. It is found at any level, since each goal needs something to rest on.

PASS data/goals/service-2013.yaml
    title: Service i byarna
    level: sub-goal
    supports: [servicepunkter-2013]

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [service-2013, servicepunkter-2013]
    owners: [landsbygd]

FAIL data/goals/service-2013.yaml
    title: Service i byarna
    level: sub-goal
    supports: [servicepunkter-2013]
"""

from collections.abc import Iterator

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity
from servplan.model.goal import Goal

CODE = "no-activity"
SEVERITY = Severity.WARNING


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield goals in use that no record in use supports."""
    supported = {
        use.target.id
        for use in plan.uses
        if use.target and not use.record.retired and use.reference.keys[0] == "supports"
    }
    for goal in plan.plan.of(Goal):
        if not goal.retired and goal.id not in supported and not plan.is_named_unread(goal.id):
            yield Diagnostic(CODE, goal.path, ("title",))
