"""Histories of a small plan for the tests of the audit, and what it finds in them."""

from datetime import date
from pathlib import Path

from servplan.analysis.audit.findings import Audit, judge
from servplan.analysis.audit.suspicions import suspicions
from servplan.commits import Past, WorkFiles, commits_between, read_records
from servplan.files.git_commit import find_commit
from servplan.files.tree import WorkTree
from servplan.load import load_answers
from servplan.model.plan import Plan
from servplan.revisions import Side
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
    head = find_commit(plan, last or "HEAD")
    tree = WorkTree(plan)
    side = Side(tree)
    work = None if last else WorkFiles(plan, head, side, date(2014, 1, 20))
    commits = commits_between(plan, find_commit(plan, first).id if first else None, head.id)
    story = Past(plan, commits, work).story()
    suspected = suspicions(story)
    end = Plan(side.header, read_records(side, [item.id for item in suspected]))
    return judge(suspected, end, story.renamed, load_answers(tree).rows)


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
