"""`data/plan.yaml` speaks of what exists.

A rule's name misspelt under `checks`, or a kind's under `visibility`, would be a setting without effect; a
period that ends before it begins makes every date wrong.

PASS data/plan.yaml
    servplan: 1
    title: Testplan
    period: {start: 2013-01-01, end: 2015-12-31}
    levels: [{id: overall, title: Mål}, {id: sub-goal, title: Delmål}]
    checks: {no-owner: warning}

FAIL data/plan.yaml
    servplan: 1
    title: Testplan
    period: {start: 2013-01-01, end: 2015-12-31}
    levels: [{id: overall, title: Mål}, {id: sub-goal, title: Delmål}]
    checks: {no-owners: warning}
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from servplan.checks.examined import Examined
from servplan.diagnostics import Diagnostic, Keys, Severity
from servplan.files.layout import HEADER_PATH
from servplan.model.header import Header
from servplan.model.kinds import BY_NAME

CODE = "plan-header"
SEVERITY = Severity.ERROR


def find(plan: Examined) -> Iterator[Diagnostic]:
    """Yield settings that name nothing."""
    for keys, on_key, problem, given in _problems(plan.plan.header, plan.codes):
        params = {"problem": problem, "given": given}
        yield Diagnostic(CODE, HEADER_PATH, keys, on_key, params)


def _problems(header: Header, codes: frozenset[str]) -> Iterator[tuple[Keys, bool, str, str]]:
    for code in header.checks.keys() - codes:
        yield ("checks", code), True, "rule", code
    for kind in header.visibility.keys() - BY_NAME.keys():
        yield ("visibility", kind), True, "kind", kind
    if header.period.end < header.period.start:
        yield ("period",), False, "period", f"{header.period.start}–{header.period.end}"
    if not _is_timezone(header.timezone):
        yield ("timezone",), False, "timezone", header.timezone
    levels = [level.id for level in header.levels]
    for index, level in enumerate(levels):
        if level in levels[:index]:
            yield ("levels", index), False, "level", level


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
