"""A programme has as many boxes as it says it has points.

A "10-point programme" with fourteen boxes is worth a question. The plan keeps what its source says, so it
is a warning.

PASS data/programmes/punktprogram.yaml
    title: Punktprogrammet
    points: 1

FAIL data/programmes/punktprogram.yaml
    title: Punktprogrammet
    points: 10
"""

from collections import Counter
from collections.abc import Iterator

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Severity
from servplan.model.programme import Box, Programme

CODE = "programme-points"
SEVERITY = Severity.WARNING


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield programmes whose boxes in use are more or fewer than declared."""
    found = Counter(plan.plan.resolve(box.programme) for box in plan.plan.of(Box) if not box.retired)
    for programme in plan.plan.of(Programme):
        points = programme.points
        if points in (None, found[programme.id]) or programme.retired:
            continue
        if not plan.is_named_unread(programme.id):
            params = {"declared": str(points), "found": str(found[programme.id])}
            yield Diagnostic(CODE, programme.path, ("points",), params=params)
