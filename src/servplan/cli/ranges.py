"""Two states of a plan as they are asked for: `A..B`, `A...B`, or `A` to the work tree."""

from typing import NamedTuple

from servplan.cli.session import Session
from servplan.files.git import Commit, find_commit, merge_base


class Range(NamedTuple):
    """Two states: the commits (None at the end: the work tree), and what they are called."""

    first: Commit
    last: Commit | None
    names: tuple[str, str]


def asked_range(session: Session, revisions: str) -> Range:
    """Return the states that are meant.

    Raises:
        UsageError: `unknown-revision`, if one names no commit.
    """
    first, dots, second = revisions.partition("...")
    if dots:
        first = merge_base(session.root, first or "HEAD", second or "HEAD")
    else:
        first, dots, second = revisions.partition("..")
    before = find_commit(session.root, first or "HEAD")
    if not dots:
        return Range(before, None, (_name(first, before), session.words("the work tree")))
    after = find_commit(session.root, second or "HEAD")
    return Range(before, after, (_name(first or "HEAD", before), _name(second or "HEAD", after)))


def _name(revision: str, commit: Commit) -> str:
    """Return a commit as it was asked for, an object id shortened, with its day."""
    asked = revision[:10] if commit.id.startswith(revision) else revision
    return f"{asked} ({commit.day})"
