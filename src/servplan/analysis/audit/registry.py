"""The registry of the audit's rules: a new rule is a module and a line here."""

from servplan.analysis.audit import (
    decision_changed,
    due_moved,
    entry_late,
    entry_removed,
    entry_reordered,
    entry_rewritten,
    goal_reworded,
    period_moved,
    record_deleted,
    recorded_untrue,
    retirement_changed,
    target_moved,
    validity_moved,
    value_rewritten,
)
from servplan.analysis.audit.step import Rule

RECORD_RULES: tuple[Rule, ...] = (
    due_moved,
    target_moved,
    goal_reworded,
    decision_changed,
    entry_rewritten,
    entry_reordered,
    entry_removed,
    entry_late,
    recorded_untrue,
    record_deleted,
    retirement_changed,
    validity_moved,
    value_rewritten,
)
PLAN_RULES: tuple[Rule, ...] = (period_moved,)
"""The rules that look at the plan's header."""

RULES = (*RECORD_RULES, *PLAN_RULES)
CODES = tuple(rule.CODE for rule in RULES)
