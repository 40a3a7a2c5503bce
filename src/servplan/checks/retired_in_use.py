"""Nothing in use rests on a retired record.

What supports a retired goal has lost its reason, and a retired owner answers for nothing. The records that
stand in its place are named in the hint; where one is named beside it, each counts in its time. References
that tell a history may name retired records.

PASS data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [servicepunkter-2013]
    owners: [landsbygd]

FAIL data/activities/besoka-boden.yaml
    title: Besöka Boden
    supports: [nedlagt-mal-2013]
    owners: [landsbygd]
"""

from collections.abc import Iterator
from datetime import date

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Keys, Severity
from servplan.model.record import Record
from servplan.model.walk import Reference, references
from servplan.state import replay, set_by

CODE = "retired-in-use"
SEVERITY = Severity.WARNING
HISTORY = ("retired", "continues", "successor")


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield references from records in use to retired ones, where they count with all entries applied."""
    for record, reference, target in plan.uses:
        if not target or not target.retired or record.retired or not _counts(record, reference):
            continue
        beside = {item.target for item in references(record) if _list_of(item) == _list_of(reference)}
        if beside.intersection(target.retired.superseded_by):
            continue
        params = {
            "id": target.id,
            "date": target.retired.date.isoformat(),
            "instead": ", ".join(target.retired.superseded_by),
        }
        yield Diagnostic(CODE, record.path, reference.keys, params=params)


def _counts(record: Record, reference: Reference) -> bool:
    """Tell whether a reference still says something: owners do not where a later entry has changed them."""
    field = reference.keys[0]
    if field not in ("owners", "log"):
        return field not in HISTORY
    entry = set_by(replay(record, date.max), "owners")
    if field == "owners":
        return entry is None
    _log, at, said, *_rest = reference.keys
    return said == "owners" and getattr(record, "log", ())[int(at)] is entry


def _list_of(reference: Reference) -> Keys:
    """Return the place of the list that a reference stands in: a field, or an entry's."""
    return reference.keys[:3] if reference.keys[0] == "log" else reference.keys[:1]
