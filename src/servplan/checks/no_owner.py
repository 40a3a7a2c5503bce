"""Every activity has an owner.

What nobody answers for is seldom done: owned objectives are about twice as likely to be on track. It is a
warning and not an error, because a plan may honestly not say yet who is responsible.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
"""

from collections.abc import Iterator
from datetime import date

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Keys, Severity
from servplan.model.activity import Activity
from servplan.model.record import Entry
from servplan.state import replay, set_by

CODE = "no-owner"
SEVERITY = Severity.WARNING


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield activities in use that have no owner when all entries are applied."""
    for activity in plan.plan.of(Activity):
        if activity.retired or (activity.owners and not activity.log):
            continue
        state = replay(activity, date.max)
        if not state.owners:
            left = set_by(state, "owners")
            params = {"command": f"log {activity.id} --owner" if left else f"set {activity.id} owners"}
            yield Diagnostic(CODE, activity.path, _place(activity, left), params=params)


def _place(activity: Activity, left: Entry | None) -> Keys:
    """Return where it says so: the entry that left it to nobody, an empty list, else the title."""
    if left:
        return ("log", activity.log.index(left), "owners")
    return ("owners",) if "owners" in activity.model_fields_set else ("title",)
