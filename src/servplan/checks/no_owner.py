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
from servplan.state import replay

CODE = "no-owner"
SEVERITY = Severity.WARNING


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield activities in use that have no owner when all entries are applied."""
    for activity in plan.plan.of(Activity):
        changes = any(entry.owners is not None for entry in activity.log)
        owners = replay(activity, date.max).owners if changes else activity.owners
        if not owners and not activity.retired:
            yield Diagnostic(CODE, activity.path, _place(activity))


def _place(activity: Activity) -> Keys:
    """Return where it says so: the entry that left it to nobody, an empty list, else the title."""
    said = [entry for entry in replay(activity, date.max).entries if entry.owners is not None]
    if said:
        return ("log", activity.log.index(said[-1]), "owners")
    return ("owners",) if "owners" in activity.model_fields_set else ("title",)
