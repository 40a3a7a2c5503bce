"""The registry of checks, and their run: a new rule is a module and a line here."""

from collections.abc import Collection, Iterable, Mapping

from servplan.checks import (
    audit_row,
    bad_link,
    due_outside_period,
    former_id,
    no_activity,
    no_date,
    no_owner,
    no_reason,
    plan_header,
    programme_points,
    reference_cycle,
    retired_in_use,
    same_day,
    taken_former_id,
    unknown_level,
    unknown_reference,
    wrong_kind,
)
from servplan.checks.examined import Check, Examined
from servplan.diagnostics import Diagnostic, Severity
from servplan.load import Loaded
from servplan.model.header import Header

CHECKS: tuple[Check, ...] = (
    plan_header,
    unknown_reference,
    wrong_kind,
    former_id,
    taken_former_id,
    reference_cycle,
    retired_in_use,
    unknown_level,
    no_owner,
    no_activity,
    programme_points,
    no_date,
    same_day,
    no_reason,
    due_outside_period,
    bad_link,
    audit_row,
)

NARROW: tuple[Check, ...] = (
    plan_header,
    unknown_reference,
    wrong_kind,
    former_id,
    taken_former_id,
    reference_cycle,
    unknown_level,
    no_owner,
    no_date,
    same_day,
    due_outside_period,
    bad_link,
    audit_row,
)
"""Rules that an edit which moves no id can only break in its own record, or in what this leads to."""


def is_narrow(header: Header) -> bool:
    """Tell whether only narrow rules are errors in a plan, so that an edit can be proven on its record."""
    severities = severities_of(header.checks)
    return all(rule in NARROW or severities[rule.CODE] is not Severity.ERROR for rule in CHECKS)


def run_checks(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Return all findings of a plan: those of its reading first, then rule by rule.

    A rule's weight is its own unless `plan.yaml` sets another under `checks`; `off` silences it. What stands
    against reading a file is always an error.
    """
    return _found(loaded, (Severity.ERROR, Severity.WARNING, Severity.INFO))


def errors_of(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Return the errors of a plan, in the order of `run_checks`; rules that weigh less are not run."""
    found = _found(loaded, (Severity.ERROR,))
    return tuple(finding for finding in found if finding.severity is Severity.ERROR)


def _found(loaded: Loaded, weights: Collection[Severity]) -> tuple[Diagnostic, ...]:
    examined = Examined(loaded, frozenset(rule.CODE for rule in CHECKS))
    severities = severities_of(loaded.plan.header.checks)
    found = [*loaded.diagnostics, *loaded.answers.findings]
    for rule in CHECKS:
        severity = severities[rule.CODE]
        if severity in weights:
            found.extend(_weighed(rule.find(examined), severity))
    return tuple(found)


def severities_of(chosen: Mapping[str, str]) -> dict[str, Severity]:
    """Return every rule's weight, the plan's own choices applied."""
    own = {rule.CODE: rule.SEVERITY for rule in CHECKS}
    return {code: Severity(chosen.get(code, severity)) for code, severity in own.items()}


def _weighed(findings: Iterable[Diagnostic], severity: Severity) -> Iterable[Diagnostic]:
    if severity is Severity.ERROR:
        return findings
    return (finding._replace(severity=severity) for finding in findings)
