"""The registry of the audit's rules: a new rule is a module and a line here."""

from servplan.analysis.audit import (
    decision_changed,
    due_moved,
    entry_late,
    entry_removed,
    entry_rewritten,
    goal_reworded,
    record_deleted,
    recorded_untrue,
    retirement_changed,
    target_moved,
    validity_moved,
    value_rewritten,
)
from servplan.analysis.audit.step import Rule

RULES: tuple[Rule, ...] = (
    due_moved,
    target_moved,
    goal_reworded,
    decision_changed,
    entry_rewritten,
    entry_removed,
    entry_late,
    recorded_untrue,
    record_deleted,
    retirement_changed,
    validity_moved,
    value_rewritten,
)
CODES = tuple(rule.CODE for rule in RULES)
