"""A reference names a record of a kind that fits.

An activity cannot be the owner of another: such a reference would be read as nothing at all.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [landsbygd]
    owners: [landsbygd]
"""

from collections.abc import Iterator

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity
from servplan.model.kinds import BY_FOLDER

CODE = "wrong-kind"
SEVERITY = Severity.ERROR


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield references whose target is of another kind than the field names."""
    for record, reference, target in plan.uses:
        kinds = reference.ref.kinds
        kind = target.kind if target else _kind_by_folder(plan, reference.target)
        if kind and kind not in kinds and "*" not in kinds:
            params = {"id": reference.target, "kind": kind, "wanted": ", ".join(kinds)}
            yield Diagnostic(CODE, record.path, reference.keys, params=params)


def _kind_by_folder(plan: Examined, id_: str) -> str | None:
    """Return the kind of a record whose file was not read, by the folder that it lies in."""
    path = plan.plan.unreadable.get(id_)
    kind = BY_FOLDER.get(path.split("/")[1]) if path else None
    return kind.kind if kind else None
