"""The clone that a plan lies in: its branch, its uncommitted files, and merging what others did."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.git import Answer, attempt, failure, run, top_of
from servplan.files.git_commit import commit, merge_base
from servplan.files.layout import DATA
from servplan.files.unfinished import from_plan, named, names_commit, refuse_unfinished, unmerged

_TAKEN = re.compile("'refs/heads/([^']+)' exists; cannot create")
"""What git says of a branch that has the name of another one's folder, or the other way round."""


def require_branch(root: Path) -> str:
    """Return the branch that is checked out, where work can go on.

    Raises:
        ServplanError: `no-repository`, `no-commit`, `detached-head`; what `refuse_unfinished` raises, if an
            earlier merge is not finished.
    """
    if top_of(root) is None:
        raise ServplanError("no-repository", folder=str(root))
    if not names_commit(root, "HEAD"):
        raise ServplanError("no-commit")
    refuse_unfinished(root)
    branch = attempt(root, "symbolic-ref", "--quiet", "--short", "HEAD")
    if branch.code:
        raise ServplanError("detached-head")
    return branch.out.strip()


def _paths(listed: str) -> list[str]:
    return sorted(set(filter(None, listed.split("\0"))))


class Merged(NamedTuple):
    """What a merge brought: how many commits, and the files of the repository that they changed.

    `said` is what git and the merge driver wrote on stderr. `same` are files that both sides changed to the
    same text: git takes it as one change, and asks no merge driver.
    """

    commits: int
    files: tuple[str, ...]
    said: str = ""
    same: tuple[str, ...] = ()


class ConflictError(ServplanError):
    """A merge in which both sides changed the same: it waits, with what either side says in the files."""

    exit_code = 1


def merge(root: Path, theirs: str, name: str, told: Mapping[str, str]) -> Merged:
    """Merge a commit into the branch that is checked out; `name` is what the merge calls it.

    `told` are variables for the merge driver, which git runs.

    Raises:
        ServplanError: `in-the-way`, with the files whose uncommitted changes stand against it, or
            `names-taken`, with those that are in no commit; `unrelated-histories`; `not-mergeable`,
            `renamed-apart` or `moved-apart`, with the files of which a side's text or name would stand alone;
            `no-identity`; `git-failed`. Everything is as it was then.
        ConflictError: `merge-conflicts`.
    """
    base = merge_base(root, ["HEAD", theirs])
    if base is None:
        raise ServplanError("unrelated-histories", name=name)
    commits = int(run(root, "rev-list", "--count", f"HEAD..{theirs}"))
    files = _differing(root, base, theirs)
    if not commits:
        return Merged(0, tuple(files))
    _refuse_in_the_way(root, files)
    both = {*files} & {*_differing(root, base, "HEAD")}
    gone = _differing(root, base, theirs, "--diff-filter=D")
    same = from_plan(root, both - {*gone, *_differing(root, "HEAD", theirs)})
    message = f"--message=Merge {name}"
    answer = attempt(root, "merge", "--ff", "--no-edit", "--no-stat", message, theirs, told=told)
    if answer.code:
        raise _not_merged(root, answer, name)
    return Merged(commits, tuple(files), answer.err.strip(), tuple(same))


def _differing(root: Path, one: str, other: str, *only: str) -> list[str]:
    """Return the repository's files in which two commits differ."""
    return _paths(run(root, "diff", "--name-only", "--no-relative", "--no-renames", "-z", *only, one, other))


def _refuse_in_the_way(root: Path, incoming: Sequence[str]) -> None:
    """Make sure that no uncommitted change would be lost, and none slips into the merge by being staged."""
    names = ("--name-only", "--no-relative", "--no-renames", "-z")
    staged = _paths(run(root, "diff", *names, "--cached"))
    changed = _paths(run(root, "diff", *names))
    if in_the_way := {*staged, *(set(incoming) & {*changed})}:
        raise ServplanError("in-the-way", **named(from_plan(root, in_the_way)))
    if taken := set(_taken(top_of(root) or root, incoming)):
        raise ServplanError("names-taken", **named(from_plan(root, taken)))


def _taken(top: Path, incoming: Sequence[str]) -> Iterator[str]:
    """Yield what git does not keep, and what incoming files would put themselves in the place of.

    Git would do so without a word where it is told to ignore it.
    """
    kept = set(_paths(run(top, "ls-files", "-z")))
    for path in set(incoming) - kept:
        places = (path, *(str(folder) for folder in PurePosixPath(path).parents))
        yield from (place for place in places[1:-1] if _is_file(top / place) and place not in kept)
        if _is_file(top / path):
            yield path
        elif (top / path).is_dir():
            yield from _paths(run(top, "ls-files", "--others", "-z", "--", path))


def _is_file(place: Path) -> bool:
    return place.is_symlink() or (place.exists() and not place.is_dir())


def _not_merged(root: Path, answer: Answer, name: str) -> ServplanError:
    """Return why a merge did not come to its end; one that a person cannot finish in the files is undone."""
    found = unmerged(root)
    said = "\n".join(f"  {line}" for line in answer.err.splitlines() if line.strip())
    if found.is_empty:
        attempt(root, "merge", "--abort")
        return _failed("merge", answer)
    if found.whole:
        run(root, "merge", "--abort")
        return ServplanError("not-mergeable", name=name, said=said, **named(found.whole))
    if found.name_before:
        run(root, "merge", "--abort")
        mine, others = ({Path(path).name for path in paths} for paths in (found.name_here, found.name_there))
        return ServplanError("moved-apart" if mine == others else "renamed-apart", **found.renamed.params)
    return ConflictError("merge-conflicts", said=said, **found.params)


def _failed(command: str, answer: Answer) -> ServplanError:
    return failure(command, answer.err.strip() or answer.out.strip())


def changed_data(root: Path) -> list[str]:
    """Return the files under `data/` that differ from the last commit, from the plan's folder."""
    differing = _paths(
        run(root, "diff", "--name-only", "--no-renames", "--relative", "-z", "HEAD", "--", DATA)
    )
    untracked = _paths(run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", DATA))
    return sorted({*differing, *untracked})


def commit_data(root: Path, branch: str, message: str) -> None:
    """Commit what changed under `data/`, and only that, on a branch that is made if it is not there.

    Raises:
        ServplanError: `switch-refused`, if the branch has other changes of the same files;
            `branch-in-the-way`, if it cannot be made beside another one; `no-identity`; `git-failed`. The
            files and the branch that is checked out are as before then.
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
            cannot be made beside another one.
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
        if taken := _TAKEN.search(answer.err):
            raise ServplanError("branch-in-the-way", branch=branch, given=taken[1])
        raise _failed("switch", answer)
    return not there


def unpushed(root: Path, remote: str) -> int:
    """Return how many commits of this branch are on no branch of a remote, as it was last fetched."""
    return int(run(root, "rev-list", "--count", "HEAD", "--not", f"--remotes={remote}"))
