"""The audit of a range of commits, from the repository to what is found in it."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache, reduce
from operator import and_
from pathlib import Path
from typing import NamedTuple

from servplan.analysis.audit.findings import Audit, judge
from servplan.analysis.audit.suspicions import suspicions
from servplan.commits import Past, WorkFiles, commits_between, read_records
from servplan.files.git_commit import Commit, find_commit
from servplan.files.git_log import LoggedCommit
from servplan.files.git_tree import GitTree
from servplan.files.layout import ANSWERS_PATH
from servplan.files.texts import Texts
from servplan.files.tree import Tree
from servplan.load import Answers, load_answers
from servplan.model.answer import Case
from servplan.model.plan import Plan
from servplan.snapshot import Snapshot


class Audited(NamedTuple):
    """What is found in commits, and what it is found in.

    `end` is the plan that answers, with the records that something is suspected of, `answers` are its rows,
    and `texts` what findings point into. `commits` are the oldest first; `unreadable` names the versions of
    files that were not judged.
    """

    found: Audit
    end: Plan
    answers: Answers
    texts: Texts
    commits: tuple[LoggedCommit, ...]
    unreadable: tuple[str, ...]


def audit_commits(root: Path, tree: Tree, first: Commit | None, head: Commit, today: date | None) -> Audited:
    """Judge the commits that a head has and a first one has not; of a plan's whole history without a first.

    `tree` is the plan that answers: the head's, or the work tree. With `today` what the work tree holds that
    is not committed is judged too, as done on that day.

    Raises:
        ServplanError: `shallow-history`, if the clone does not hold those commits.
    """
    snapshot = Snapshot(tree)
    work = WorkFiles(root, head, snapshot, today) if today else None
    commits = commits_between(root, first.id if first else None, head.id)
    story = Past(root, commits, work).story()
    suspected = suspicions(story)
    end = Plan(snapshot.header, read_records(snapshot, [item.id for item in suspected]))
    answers = snapshot.answers()
    found = judge(suspected, end, story.renamed, answers.rows, _rows_before(root))
    return Audited(found, end, answers, Texts(tree), tuple(commits), story.unreadable)


def _rows_before(root: Path) -> Callable[[LoggedCommit], Counter[Case]]:
    """Return what tells how often a case was answered before a commit, in all of its parents."""

    @cache
    def rows_by(commit: str) -> Counter[Case]:
        tree = GitTree(root, find_commit(root, commit))
        tree.fetch([ANSWERS_PATH])
        return Counter(row.case for row in load_answers(tree).rows.values() if row.commit is None)

    return lambda commit: reduce(and_, map(rows_by, commit.parents)) if commit.parents else Counter()
