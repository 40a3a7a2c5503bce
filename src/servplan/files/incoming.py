"""Merging what others did into the branch that is checked out; what a person cannot finish is undone."""

import os.path
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.document import read_document
from servplan.files.git import Answer, attempt, failure, listed_paths, run, top_of
from servplan.files.git_commit import merge_base
from servplan.files.layout import HEADER_PATH
from servplan.files.mistaken import two_records
from servplan.files.unmerged import from_plan, named, of_plan, unmerged


class Merged(NamedTuple):
    """What a merge brought: how many commits, and the files of the repository that they changed.

    `said` is what git and the merge driver wrote on stderr. `same` are files of records to which both sides
    added entries, and that have the same text then: git takes it as one change, and asks no merge driver.
    """

    commits: int
    files: tuple[str, ...]
    said: str = ""
    same: tuple[str, ...] = ()


Settle = Callable[[], Sequence[str]]
"""Merges what it can of the files that git left unmerged, and returns what is to be said of it."""


class ConflictError(ServplanError):
    """A merge in which both sides changed the same: it waits, with what either side says in the files."""

    exit_code = 1


def merge(root: Path, theirs: str, name: str, told: Mapping[str, str], settle: Settle) -> Merged:
    """Merge a commit into the branch that is checked out; `name` is what the merge calls it.

    `told` are variables for the merge driver, which git runs; `settle` is asked where git leaves files
    unmerged.

    Raises:
        ServplanError: `in-the-way`, with the files whose uncommitted changes stand against it, or
            `names-taken`, with those that are in no commit; `unrelated-histories`; `not-mergeable`,
            `renamed-apart` or `moved-apart`, with the files of which a side's text or name would stand alone;
            `one-id-for-two`, with one that holds another record on each side; `not-text`, with files outside
            the plan's data that have no lines; `merge-refused`, by a hook for instance; `no-identity`.
            Everything is as it was then.
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
    reported = [
        path for path in of_plan(same) if _log_length(root, "HEAD", path) > _log_length(root, base, path)
    ]
    message = f"--message=Merge {name}"
    answer = attempt(
        root, "merge", "--ff", "--commit", "--no-squash", "--no-edit", "--no-stat", message, theirs, told=told
    )
    if answer.code and not unmerged(root).is_empty:
        answer = _settled(root, answer, message, settle)
    if answer.code:
        raise _not_merged(root, answer, name)
    return Merged(commits, tuple(files), answer.err.strip(), tuple(reported))


def _settled(root: Path, answer: Answer, message: str, settle: Settle) -> Answer:
    """Return how a merge ends in which git left files unmerged: it is committed if that could be settled."""
    said = "\n".join(filter(None, (answer.err.strip(), *settle())))
    if not unmerged(root).is_empty:
        return answer._replace(err=said)
    answer = attempt(root, "commit", "--quiet", message)
    return answer._replace(err="\n".join(filter(None, (said, answer.err.strip()))))


def _log_length(root: Path, commit: str, path: str) -> int:
    """Return how many entries a file's log has by a commit; none where the file cannot be read, or is not."""
    found = attempt(root, "cat-file", "blob", f"{commit}:./{path}")
    data = None if found.code else read_document(path, found.out.encode()).data
    log = (data or {}).get("log")
    return len(log) if isinstance(log, list) else 0


def _differing(root: Path, one: str, other: str, *only: str) -> list[str]:
    """Return the repository's files in which two commits differ."""
    return listed_paths(
        run(root, "diff", "--name-only", "--no-relative", "--no-renames", "-z", *only, one, other)
    )


def _refuse_in_the_way(root: Path, incoming: Sequence[str]) -> None:
    """Make sure that no uncommitted change would be lost, and none slips into the merge by being staged."""
    names = ("--name-only", "--no-relative", "--no-renames", "-z")
    staged = listed_paths(run(root, "diff", *names, "--cached"))
    changed = listed_paths(run(root, "diff", *names))
    if in_the_way := {*staged, *(set(incoming) & {*changed})}:
        raise ServplanError("in-the-way", **named(from_plan(root, in_the_way)))
    if taken := set(_taken(top_of(root) or root, incoming)):
        raise ServplanError("names-taken", **named(from_plan(root, taken)))


def _taken(top: Path, incoming: Sequence[str]) -> Iterator[str]:
    """Yield what git does not keep, and what incoming files would put themselves in the place of.

    Git would do so without a word where it is told to ignore it.
    """
    kept = set(listed_paths(run(top, "ls-files", "-z")))
    for path in set(incoming) - kept:
        places = (path, *(str(folder) for folder in PurePosixPath(path).parents))
        yield from (place for place in places[1:-1] if _is_file(top / place) and place not in kept)
        if _is_file(top / path):
            yield path
        elif (top / path).is_dir():
            yield from listed_paths(run(top, "ls-files", "--others", "-z", "--", path))


def _is_file(place: Path) -> bool:
    return place.is_symlink() or (place.exists() and not place.is_dir())


def _not_merged(root: Path, answer: Answer, name: str) -> ServplanError:
    """Return why a merge did not come to its end; one that a person cannot finish in the files is undone."""
    found = unmerged(root)
    said = "\n".join(f"  {line}" for line in answer.err.splitlines() if line.strip())
    if found.is_empty:
        attempt(root, "merge", "--abort")
        return _refused(answer)
    if found.whole:
        run(root, "merge", "--abort")
        code = "not-mergeable" if of_plan(found.whole) else "not-text"
        return ServplanError(code, name=name, said=said, **named(found.whole))
    if path := two_records(root, found):
        run(root, "merge", "--abort")
        return ServplanError("one-id-for-two", path=path, id=PurePosixPath(path).stem)
    if found.name_before:
        run(root, "merge", "--abort")
        mine, others = ({Path(path).name for path in paths} for paths in (found.name_here, found.name_there))
        return ServplanError("moved-apart" if mine == others else "renamed-apart", **found.renamed.params)
    return ConflictError("merge-conflicts", said=said, **found.params)


def _refused(answer: Answer) -> ServplanError:
    """Return why git did not make a merge that left no file unmerged: a hook or a signature, most often."""
    failed = failure("merge", answer.err.strip() or answer.out.strip())
    if failed.code != "git-failed":
        return failed
    lines = failed.params["said"].splitlines()
    told = (line for line in lines if line.strip() and not line.startswith("Not committing merge;"))
    return ServplanError("merge-refused", said="\n".join(f"  {line}" for line in told))


def moved_to(root: Path, files: Iterable[str]) -> str | None:
    """Return where a plan lies of which a merge of some files left nothing here; None if it is not known.

    The way leads from the plan's folder as it was.
    """
    if (root / HEADER_PATH).exists():
        return None
    top = top_of(root) or root
    headers = [file for file in files if f"/{file}".endswith(f"/{HEADER_PATH}") and (top / file).is_file()]
    folders = [(top / header).parent.parent for header in headers]
    return shlex.quote(Path(os.path.relpath(folders[0], root)).as_posix()) if len(folders) == 1 else None
