"""The clone that a plan lies in: its branch, and committing and switching with what is changed."""

import re
import shlex
from pathlib import Path

from servplan.diagnostics import ServplanError
from servplan.files.git import attempt, failure, listed_paths, run, top_of
from servplan.files.git_commit import commit
from servplan.files.layout import DATA
from servplan.files.unfinished import names_commit, refuse_unfinished
from servplan.files.unmerged import named

_TAKEN = re.compile("'refs/heads/([^']+)' exists; cannot create")
"""What git says of a branch that has the name of another one's folder, or the other way round."""

_ELSEWHERE = re.compile("(?:checked out|used by worktree) at '(.+)'$", re.MULTILINE)
"""What git says of a branch that another work tree of the repository is on."""


def require_branch(root: Path) -> str:
    """Return the branch that is checked out, where work can go on.

    Raises:
        ServplanError: `no-repository`, `no-commit`; `detached-head`, with a branch to go to, or
            `commits-on-no-branch`; what `refuse_unfinished` raises, if an earlier merge is not finished.
    """
    if top_of(root) is None:
        raise ServplanError("no-repository", folder=str(root))
    if not names_commit(root, "HEAD"):
        raise ServplanError("no-commit")
    refuse_unfinished(root)
    branch = attempt(root, "symbolic-ref", "--quiet", "--short", "HEAD")
    if branch.code:
        raise _detached(root)
    return branch.out.strip()


def _detached(root: Path) -> ServplanError:
    """Return that no branch is checked out, with the way on: to a branch that has all, else to a new one."""
    if int(run(root, "rev-list", "--count", "HEAD", "--not", "--branches", "--remotes", "--tags")):
        return ServplanError("commits-on-no-branch")
    last = attempt(root, "rev-parse", "--abbrev-ref", "@{-1}").out.strip()
    branches = run(root, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/").splitlines()
    return ServplanError("detached-head", branch=last if last in branches else min(branches, default="main"))


def changed_data(root: Path) -> list[str]:
    """Return the files under `data/` that differ from the last commit, from the plan's folder."""
    differing = listed_paths(
        run(root, "diff", "--name-only", "--no-renames", "--relative", "-z", "HEAD", "--", DATA)
    )
    untracked = listed_paths(run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", DATA))
    return sorted({*differing, *untracked})


def commit_data(root: Path, branch: str, message: str) -> None:
    """Commit what changed under `data/`, and only that, on a branch that is made if it is not there.

    Raises:
        ServplanError: `switch-refused`, if the branch has other changes of the same files;
            `branch-in-the-way`, if it cannot be made beside another one; `branch-elsewhere`, if another work
            tree is on it; `no-identity`; `git-failed`. The files and the branch that is checked out are as
            before then.
    """
    before = require_branch(root)
    made = _switch(root, before, branch)
    try:
        commit(root, [DATA], message)
    except (ServplanError, KeyboardInterrupt):
        _switch(root, branch, before)
        if made:
            run(root, "branch", "--quiet", "-D", branch)
        raise


def switch(root: Path, branch: str) -> None:
    """Go to a branch, with all uncommitted changes; it is made here if it is not there.

    Raises:
        ServplanError: `switch-refused`, if it has other changes of the same files; `branch-in-the-way`, if it
            cannot be made beside another one; `branch-elsewhere`, if another work tree is on it.
    """
    _switch(root, require_branch(root), branch)


def _switch(root: Path, before: str, branch: str) -> bool:
    """Go from one branch to another, and tell whether that was made."""
    if before == branch:
        return False
    there = attempt(root, "show-ref", "--verify", "--quiet", f"refs/heads/{branch}").code == 0
    how = ("--no-guess",) if there else ("--create",)
    answer = attempt(root, "switch", "--quiet", *how, branch)
    if answer.code:
        if "would be overwritten" in answer.err:
            files = [line.strip() for line in answer.err.splitlines() if line.startswith("\t")]
            raise ServplanError("switch-refused", branch=branch, **named(files))
        if elsewhere := _ELSEWHERE.search(answer.err):
            raise ServplanError("branch-elsewhere", branch=branch, folder=shlex.quote(elsewhere[1]))
        if taken := _TAKEN.search(answer.err):
            raise ServplanError("branch-in-the-way", branch=branch, given=taken[1])
        raise failure("switch", answer.err.strip() or answer.out.strip())
    return not there


def unpushed(root: Path, remote: str) -> int:
    """Return how many commits of this branch are on no branch of a remote, as it was last fetched."""
    return int(run(root, "rev-list", "--count", "HEAD", "--not", f"--remotes={remote}"))
