"""No record leads back to itself.

A goal that supports itself over three others has no place in a tree, and an activity that waits for itself
can never begin. Looked at are the references that order records: supports, depends_on, part_of, successor,
continues.

PASS data/goals/service-2013.yaml
    title: Service i byarna
    level: sub-goal
    supports: [servicepunkter-2013]

FAIL data/goals/servicepunkter-2013.yaml
    title: Utredning kring servicepunkter
    level: sub-goal
    supports: [servicepunkter-2013]
    formerly: [servicepunkter]
"""

from collections.abc import Iterator

from servplan.checks.examined import Examined, Use
from servplan.diagnostics import Diagnostic, Severity

CODE = "reference-cycle"
SEVERITY = Severity.ERROR
ORDERING = ("supports", "depends_on", "part_of", "successor", "continues")


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield each cycle once, at the first of its records."""
    for field in ORDERING:
        uses = [use for use in plan.uses if use.reference.keys[0] == field and use.target]
        yield from _cycles(field, uses)


def _cycles(field: str, uses: list[Use]) -> Iterator[Diagnostic]:
    leads: dict[str, list[Use]] = {}
    for use in uses:
        leads.setdefault(use.record.id, []).append(use)
    finished: set[str] = set()
    for start in leads:
        for way in _closed_ways(start, leads, finished):
            ids = [use.record.id for use in way]
            first = ids.index(min(ids))
            names = " → ".join([*ids[first:], *ids[:first], ids[first]])
            use = way[first]
            params = {"field": field, "way": names}
            yield Diagnostic(CODE, use.record.path, use.reference.keys, params=params)


def _closed_ways(start: str, leads: dict[str, list[Use]], finished: set[str]) -> Iterator[list[Use]]:
    """Walk depth first from `start`; yield the way whenever it comes back to a record on it."""
    way: list[Use] = []
    on_way: list[str] = [start]
    waiting: list[Iterator[Use]] = [iter(leads.get(start, ()))] if start not in finished else []
    while waiting:
        use = next(waiting[-1], None)
        if use is None:
            waiting.pop()
            finished.add(on_way.pop())
            if way:
                way.pop()
            continue
        target = use.target.id if use.target else ""
        if target in on_way:
            yield [*way, use][on_way.index(target) :]
        elif target in leads and target not in finished:
            way.append(use)
            on_way.append(target)
            waiting.append(iter(leads[target]))
