"""What the shell offers when Tab is pressed: ids, each with its title."""

import os
from pathlib import Path

from servplan.analysis.find import fold
from servplan.diagnostics import ServplanError
from servplan.files.tree import WorkTree, find_plan
from servplan.load import load_plan
from servplan.model.area import Area
from servplan.model.goal import Goal
from servplan.model.kinds import KINDS
from servplan.model.owner import Owner
from servplan.model.record import Record


def complete_id(incomplete: str) -> list[tuple[str, str]]:
    """Offer the ids of all records."""
    return _offer(incomplete, None)


def complete_owner(incomplete: str) -> list[tuple[str, str]]:
    """Offer the ids of owners."""
    return _offer(incomplete, Owner)


def complete_goal(incomplete: str) -> list[tuple[str, str]]:
    """Offer the ids of goals."""
    return _offer(incomplete, Goal)


def complete_area(incomplete: str) -> list[tuple[str, str]]:
    """Offer the ids of areas."""
    return _offer(incomplete, Area)


def complete_kind(incomplete: str) -> list[str]:
    """Offer the kinds of records."""
    return [kind.kind for kind in KINDS if kind.kind.startswith(incomplete)]


def _offer(incomplete: str, kind: type[Record] | None) -> list[tuple[str, str]]:
    """Return the ids that begin so, with their titles; nothing without a plan."""
    named = os.environ.get("SERVPLAN_PLAN")
    try:
        root = Path(named) if named else find_plan(Path.cwd())
        plan = load_plan(WorkTree(root)).plan
    except (ServplanError, OSError):
        return []
    records = plan.of(kind) if kind else tuple(plan.records.values())
    return [(item.id, item.title) for item in records if item.id.startswith(fold(incomplete))]
