"""Commits as history has them, each with the files that it touched, from one `git log --raw` stream.

A plan whose folder was moved is followed: its files have the same paths from its folder before and after.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.git import run, run_bytes
from servplan.files.git_commit import commit_day
from servplan.files.layout import DATA
from servplan.files.plan_folder import path_from, plan_files
from servplan.files.plan_moves import Folders, plan_folders

FORMAT = "--format=%x01%H%x02%P%x02%cI%x02%an%x02%s"
"""What `read_stream` reads of a commit."""


class Touched(NamedTuple):
    """A file in a commit: its path from the plan's folder, and its object ids before and after.

    `old` has one id for each parent (None where that parent has no such file), `new` is None where the file
    went. Of a merge only files that differ from every parent are told: what the merge itself did.
    """

    path: str
    old: tuple[str | None, ...]
    new: str | None


class LoggedCommit(NamedTuple):
    """A commit with what its log line tells, and the plan's files that it touched.

    `folders` tells where the plan lay, by whatever commit.
    """

    id: str
    parents: tuple[str, ...]
    day: date
    author: str
    subject: str
    touched: tuple[Touched, ...]
    folders: Folders = Folders(("",), {})


def read_log(root: Path, revisions: Sequence[str], mainline: bool = False) -> list[LoggedCommit]:
    """Return the commits of some object ids (`id`, `^id`), oldest first; those that touch no data too.

    Along the `mainline` only first parents are followed, and a merge tells all that it brought.

    Raises:
        ServplanError: `shallow-history`, if the clone ends before these commits do.
    """
    folders = plan_folders(root, [revision for revision in revisions if not revision.startswith("^")])
    how = ("--first-parent", "-m") if mainline else ("-c", "--full-history")
    order = ("--reverse", "--topo-order", "--sparse")
    shape = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv")
    here = folders.known[0]
    paths = [path_from(here, folder) + DATA for folder in folders.known]
    streamed = run_bytes(root, "log", *how, *order, *shape, FORMAT, *revisions, "--", *paths)
    commits = list(read_stream(streamed))
    cut_off = _cut_off(root)
    if any(commit.id in cut_off for commit in commits):
        raise ServplanError("shallow-history", given=" ".join(revisions))
    return [_in_its_folder(root, commit, folders, mainline) for commit in commits]


def _in_its_folder(root: Path, commit: LoggedCommit, folders: Folders, mainline: bool) -> LoggedCommit:
    """Return a commit with its files told from the folder that the plan lay in by then."""
    parents = commit.parents[:1] if mainline else commit.parents
    folder = folders.at(commit.id)
    same = {folders.at(parent) for parent in parents} <= {folder}
    touched = inside(folder, commit.touched) if same else _differing(root, commit.id, parents, folders)
    return commit._replace(touched=touched, folders=folders)


def inside(folder: str | None, files: Iterable[Touched]) -> tuple[Touched, ...]:
    """Return the files of a folder's plan, told from it; none of no folder."""
    if folder is None:
        return ()
    there = (file for file in files if file.path.startswith(f"{folder}{DATA}/"))
    return tuple(file._replace(path=file.path.removeprefix(folder)) for file in there)


def _differing(root: Path, commit: str, parents: Iterable[str], folders: Folders) -> tuple[Touched, ...]:
    """Return the plan's files in which a commit differs from all its parents, wherever each has the plan."""
    before = [plan_files(root, parent, folders.at(parent)) for parent in parents]
    now = plan_files(root, commit, folders.at(commit))
    paths = sorted(now.keys() | {path for side in before for path in side})
    files = (Touched(path, tuple(side.get(path) for side in before), now.get(path)) for path in paths)
    return tuple(file for file in files if file.new not in file.old)


def _cut_off(root: Path) -> frozenset[str]:
    """Return the commits whose parents the clone does not hold; none as a rule."""
    path = root / run(root, "rev-parse", "--git-path", "shallow").strip()
    return frozenset(path.read_text("ascii").split()) if path.is_file() else frozenset()


def read_stream(streamed: bytes) -> Iterator[LoggedCommit]:
    """Yield the commits of a stream of raw changes, cut at its NULs: heads, each with changes and paths.

    Paths are from the repository's top.
    """
    cut = (part.lstrip("\n") for part in streamed.decode(errors="surrogateescape").split("\0"))
    parts = [part for part in cut if part]
    heads = [at for at, part in enumerate(parts) if part.startswith("\x01")]
    ends = [*heads[1:], len(parts)] if heads else []
    for head, end in zip(heads, ends, strict=True):
        id_, parents, day, author, subject = parts[head][1:].split("\x02", 4)
        touched = tuple(map(_touched, parts[head + 1 : end : 2], parts[head + 2 : end : 2]))
        said = _readable(author), _readable(subject)
        yield LoggedCommit(id_, tuple(parents.split()), commit_day(day), *said, touched)


def _readable(text: str) -> str:
    """Return a text of git's, with signs of replacement for bytes that are no UTF-8: only paths need them."""
    return text.encode(errors="surrogateescape").decode(errors="replace")


def _touched(change: str, path: str) -> Touched:
    """Read a raw change: a colon, mode and object id for each parent, those of the commit, a letter.

    What is no ordinary file (a symbolic link, another repository) is as good as not there.
    """
    parents = len(change) - len(change.lstrip(":"))
    fields = change[parents:].split()
    modes, objects = fields[: parents + 1], fields[parents + 1 : 2 * parents + 2]
    ids = [id_ if mode.startswith("100") else None for mode, id_ in zip(modes, objects, strict=True)]
    return Touched(path, tuple(ids[:-1]), ids[-1])


def was_there(root: Path, tip: str, paths: Iterable[str]) -> bool:
    """Tell whether a commit up to a tip has a file at one of some paths of a plan, wherever the plan lay."""
    folders = plan_folders(root, [tip]).known
    there = [path_from(folders[0], folder) + path for path in paths for folder in folders]
    return bool(run(root, "rev-list", "--max-count=1", "--full-history", tip, "--", *there))
