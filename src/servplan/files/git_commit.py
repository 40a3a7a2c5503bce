"""Commits: which one a revision names, and making one of the plan's files."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from servplan.diagnostics import ServplanError, UsageError
from servplan.files.git import ask, run, top_of
from servplan.files.unfinished import refuse_unfinished

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=T)")


class Commit(NamedTuple):
    """A commit: its object id and the day it was made."""

    id: str
    day: date


def find_commit(root: Path, revision: str) -> Commit:
    """Return the commit that a revision names; only object ids go further, so that no option slips in.

    Raises:
        UsageError: `unknown-revision`, if it names none.
        ServplanError: `no-repository`, `no-commit`; `shallow-history`, if the clone lacks a part of history.
    """
    try:
        asked = f"{revision}^{{commit}}"
        found = run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", asked).strip()
    except ServplanError as error:
        if error.code != "git-failed":
            raise
        raise _not_found(root, revision) from None
    made = run(root, "show", "--no-patch", "--format=%cI", found).strip()
    return Commit(found, commit_day(made))


def commit_day(moment: str) -> date:
    """Return a commit's day from git's strict form; the calendar's first or last for what it has not."""
    if found := _DAY.match(moment):
        with suppress(ValueError):
            return date.fromisoformat(found[0])
    return date.max if moment[:5].isdecimal() else date.min


def _not_found(root: Path, revision: str) -> ServplanError:
    """Return why a revision names no commit: no repository, one cut short, or a mistake."""
    if top_of(root) is None:
        return ServplanError("no-repository", folder=str(root))
    if run(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        return ServplanError("shallow-history", given=revision)
    return (
        ServplanError("no-commit") if revision == "HEAD" else UsageError("unknown-revision", given=revision)
    )


def merge_base(root: Path, ids: Iterable[str]) -> str | None:
    """Return the object id of the last commit that some have in common; None if they have none.

    Raises:
        ServplanError: `git-failed`, if the repository lacks one of them.
    """
    base = ask(root, "merge-base", "--octopus", *ids)
    return base and base.strip()


def read_tags(root: Path) -> dict[str, str]:
    """Return each tag's name with the object id of what it marks, in the order of names."""
    shape = "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)"
    rows = (row.split("\0") for row in run(root, "for-each-ref", shape, "refs/tags").splitlines())
    return {name: marked or id_ for name, id_, marked in rows}


def refuse_changed(root: Path, paths: Sequence[str]) -> None:
    """Make sure that files are as they were last committed, and that git would commit only them.

    Raises:
        ServplanError: `no-repository`; `uncommitted`, with the files that differ from HEAD; what
            `refuse_unfinished` raises: git commits no part of a merge.
    """
    try:
        changed = run(root, "status", "--porcelain", "--untracked-files=all", "--", *paths)
    except ServplanError as error:
        if "not a git repository" in error.params.get("said", ""):
            raise ServplanError("no-repository", folder=str(root)) from None
        raise
    refuse_unfinished(root)
    if changed.strip():
        raise ServplanError("uncommitted", files=changed.rstrip("\n"))


def require_identity(root: Path) -> None:
    """Make sure that git knows who commits.

    Raises:
        ServplanError: `no-identity`.
    """
    for role in ("AUTHOR", "COMMITTER"):
        run(root, "var", f"GIT_{role}_IDENT")


def commit(root: Path, paths: Sequence[str], message: str) -> None:
    """Commit just these files or what lies in these folders; what else is staged stays so.

    Raises:
        ServplanError: `no-identity`, `git-failed`; none of the files is staged then, and their texts are left
            as they are.
    """
    try:
        run(root, "add", "--", *paths)
        run(root, "commit", "--quiet", f"--message={message}", "--only", "--", *paths)
    except (ServplanError, KeyboardInterrupt):
        run(root, "reset", "--quiet", "--", *paths)
        raise
