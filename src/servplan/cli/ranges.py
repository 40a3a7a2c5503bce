"""Two states of a plan as they are asked for: `A..B`, `A...B`, or `A` to the work tree."""

from typing import NamedTuple

from servplan.cli.session import Session
from servplan.diagnostics import UsageError
from servplan.files.git_commit import Commit, find_commit, merge_base
from servplan.revisions import End


class Range(NamedTuple):
    """Two states: the commits (None at the end: the work tree), and both as they are told."""

    first: Commit
    last: Commit | None
    ends: tuple[End, End]

    @property
    def names(self) -> tuple[str, str]:
        """What the two states are called."""
        return self.ends[0].name, self.ends[1].name


def work_tree(session: Session) -> End:
    """Return the work tree as the state of today."""
    return End(session.words("the work tree"), None, session.today)


def asked_range(session: Session, revisions: str) -> Range:
    """Return the states that are meant.

    Raises:
        UsageError: `unknown-revision`, if one names no commit, or `no-common-commit`, if those of `A...B`
            have none in common.
    """
    one, dots, other = revisions.partition("...")
    if dots:
        return _since_parted(session, one or "HEAD", other or "HEAD")
    first, dots, second = revisions.partition("..")
    before = find_commit(session.root, first or "HEAD")
    if not dots:
        return Range(before, None, (_end(first, before), work_tree(session)))
    after = find_commit(session.root, second or "HEAD")
    return Range(before, after, (_end(first or "HEAD", before), _end(second or "HEAD", after)))


def _since_parted(session: Session, one: str, other: str) -> Range:
    """Return what one of two has done since they had their last commit in common."""
    ids = [find_commit(session.root, revision).id for revision in (one, other)]
    base = merge_base(session.root, ids)
    if base is None:
        raise UsageError("no-common-commit", one=one, other=other)
    before, after = find_commit(session.root, base), find_commit(session.root, other)
    name = session.words("where {other} left {one} ({day})", one=one, other=other, day=before.day)
    return Range(before, after, (End(name, before.id, before.day), _end(other, after)))


def _end(revision: str, commit: Commit) -> End:
    """Return a commit by the name that was asked for, an object id shortened, with its day."""
    asked = revision[:10] if commit.id.startswith(revision) else revision
    return End(f"{asked} ({commit.day})", commit.id, commit.day)
