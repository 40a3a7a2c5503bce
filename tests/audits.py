"""Histories of a small plan for the tests of the audit, and what it finds in them."""

from datetime import date
from pathlib import Path

from servplan.analysis.audit.findings import Audit
from servplan.analysis.audit.run import audit_commits
from servplan.files.git_commit import find_commit
from servplan.files.tree import WorkTree
from tests.history import Made, make_history

RESA = "activities/resa.yaml"
START = "title: Resa till Boden\nsupports: [bygd]\nowners: [enheten]\ndue: 2013-06-30\n"
BASE = {
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
    "goals/bygd.yaml": "title: En levande bygd\nlevel: overall\n",
    RESA: START + "log:\n  - {date: 2013-02-01, status: in_progress}\n",
}
FIRST = Made("2013-02-05", "Planen antagen", BASE)
OURS = BASE[RESA] + "  - {date: 2013-03-02, progress: 20}\n"
THEIRS = BASE[RESA] + "  - {date: 2013-03-03, progress: 30}\n"
BOTH = OURS + "  - {date: 2013-03-03, progress: 30}\n"


def audit(plan: Path, first: str | None = None, last: str | None = None) -> Audit:
    """Judge a range of a real history; without a last revision up to the work tree, on 20 January 2014."""
    start, head = (find_commit(plan, revision) if revision else None for revision in (first, last or "HEAD"))
    assert head
    return audit_commits(plan, WorkTree(plan), start, head, None if last else date(2014, 1, 20)).found


def told(found: Audit) -> list[tuple[str, str, str]]:
    return [(item.code, item.id, item.commit.subject) for item in found.open]


def put(plan: Path, path: str, text: str) -> None:
    target = plan / "data" / path
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, "utf-8")


def history(tmp_path: Path, *commits: Made, inside: str = "") -> Path:
    return make_history(tmp_path / "repo", [FIRST, *commits], inside)


def moved(due: str) -> dict[str, str]:
    return {RESA: BASE[RESA].replace("2013-06-30", due)}
