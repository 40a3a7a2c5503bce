"""What `diff` and `trend` would cost if they read every revision whole; `review.py` runs and times it.

python benchmarks/whole.py diff DIR      python benchmarks/whole.py trend DIR
"""

import gc
import sys
from pathlib import Path

from servplan.analysis.diff import compare
from servplan.analysis.trend import Only, commit_rows
from servplan.files.git_commit import Commit, find_commit
from servplan.files.git_log import read_log
from servplan.files.git_tree import GitTree
from servplan.load import load_plan
from servplan.model.plan import Plan


def _plan(root: Path, commit: Commit) -> Plan:
    return load_plan(GitTree(root, commit)).plan


def compare_whole(root: Path) -> int:
    """Compare the last two commits after reading both whole, and return how many records changed."""
    before, after = (_plan(root, find_commit(root, revision)) for revision in ("HEAD~1", "HEAD"))
    return len(compare(before, after).changes)


def follow_whole(root: Path) -> int:
    """Read every commit whole, count, and return how many there are."""
    commits = read_log(root, [find_commit(root, "HEAD").id], mainline=True)
    plans = ((commit, _plan(root, Commit(commit.id, commit.day))) for commit in commits)
    return sum(len(commit_rows([each], {each[0].id: ""}, None, Only())) for each in plans)


def main() -> None:
    """Do what the command line names and print the number that came of it."""
    gc.disable()
    task, root = sys.argv[1:]
    print({"diff": compare_whole, "trend": follow_whole}[task](Path(root)))


if __name__ == "__main__":
    main()
