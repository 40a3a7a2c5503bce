"""Commits as history has them, each with the files that it touched, from one `git log --raw` stream.

A plan whose folder was moved is followed: its files have the same paths from its folder before and after.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.git import run, run_bytes
from servplan.files.git_commit import commit_day, merge_base

_FORMAT = "--format=%x01%H%x02%P%x02%cI%x02%an%x02%s"
_HEADER = "data/plan.yaml"
"""The file that makes a folder a plan's."""


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

    `folders` are where the plan may have lain by then, from the repository's top; empty or ending in `/`.
    """

    id: str
    parents: tuple[str, ...]
    day: date
    author: str
    subject: str
    touched: tuple[Touched, ...]
    folders: tuple[str, ...] = ("",)


class _Folder(NamedTuple):
    """A folder that a plan lies in, or lay in before a commit moved it to another."""

    prefix: str
    until: str | None = None


def read_log(root: Path, revisions: Sequence[str], mainline: bool = False) -> list[LoggedCommit]:
    """Return the commits of some object ids (`id`, `^id`), oldest first; those that touch no data too.

    Along the `mainline` only first parents are followed, and a merge tells all that it brought.

    Raises:
        ServplanError: `shallow-history`, if the clone ends before these commits do.
    """
    folders = [_Folder(folder_of(root))]
    commits = _logged(root, revisions, mainline, folders)
    while former := _former_folder(root, commits, folders):
        folders.append(former)
        commits = _logged(root, revisions, mainline, folders)
    cut_off = _cut_off(root)
    if any(commit.id in cut_off for commit in commits):
        raise ServplanError("shallow-history", given=" ".join(revisions))
    return commits


def folder_of(root: Path) -> str:
    """Return where a plan lies, from the repository's top: empty, or ending in `/`."""
    return run(root, "rev-parse", "--show-prefix").removesuffix("\n")


def _logged(
    root: Path, revisions: Sequence[str], mainline: bool, folders: Sequence[_Folder]
) -> list[LoggedCommit]:
    how = ("--first-parent", "-m") if mainline else ("-c", "--full-history")
    order = ("--reverse", "--topo-order", "--sparse")
    shape = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv")
    paths = _data_of(folders)
    streamed = run_bytes(root, "log", *how, *order, *shape, _FORMAT, *revisions, "--", *paths)
    return list(_read_stream(streamed, folders))


def _data_of(folders: Iterable[_Folder]) -> list[str]:
    """Return where the data of a plan lies in its folders, as git takes it from the first of them."""
    here, *former = folders
    up = "../" * here.prefix.count("/")
    return ["data", *(f"{up}{folder.prefix}data" for folder in former)]


def _former_folder(root: Path, commits: Iterable[LoggedCommit], known: Iterable[_Folder]) -> _Folder | None:
    """Return the folder that a plan lay in before it came to the earliest one that is known.

    It is told by the commit in which the plan's header came while that of another folder went.
    """
    prefixes = [folder.prefix for folder in known]
    for commit in commits:
        came = any(file.path == _HEADER and file.new and not any(file.old) for file in commit.touched)
        if came and commit.parents:
            shape = ("-r", "-z", "--no-renames", "--diff-filter=D", "--name-only")
            gone = run(root, "diff-tree", *shape, commit.parents[0], commit.id).split("\0")
            left = [path.removesuffix(_HEADER) for path in gone if f"/{path}".endswith(f"/{_HEADER}")]
            if len(left) == 1 and left[0] not in prefixes:
                return _Folder(left[0], commit.id)
    return None


class MergedFile(NamedTuple):
    """A file around a merge: its path from the plan's folder, and its object ids; None where it is not."""

    path: str
    base: str | None
    parents: tuple[str | None, ...]
    merged: str | None


def read_merge(root: Path, commit: LoggedCommit) -> list[MergedFile]:
    """Return the files that differ between a merge, its parents, and what they were made from.

    Where the parents have nothing in common, none of the files was there before them.
    """
    base = merge_base(root, commit.parents)
    if base is None:
        return _read_joined(root, commit)
    sides = _compared(root, [(id_, base) for id_ in (*commit.parents, commit.id)], commit.folders)
    found = []
    for path in dict.fromkeys(path for side in sides for path in side):
        base_id = next(side[path].old[0] for side in sides if path in side)
        *parents, merged = (side[path].new if path in side else base_id for side in sides)
        found.append(MergedFile(path, base_id, tuple(parents), merged))
    return found


def _read_joined(root: Path, commit: LoggedCommit) -> list[MergedFile]:
    """Return the files in which a merge of unrelated histories differs from one of its parents."""
    sides = _compared(root, [(commit.id, parent) for parent in commit.parents], commit.folders)
    found = []
    for path in dict.fromkeys(path for side in sides for path in side):
        merged = next(side[path].new for side in sides if path in side)
        parents = (side[path].old[0] if path in side else merged for side in sides)
        found.append(MergedFile(path, None, tuple(parents), merged))
    return found


def _compared(
    root: Path, pairs: Iterable[tuple[str, str]], prefixes: Iterable[str]
) -> list[dict[str, Touched]]:
    """Return for each commit the files in which it differs from the older one beside it, by path."""
    folders = [_Folder(prefix) for prefix in prefixes]
    given = "".join(f"{id_} {older}\n" for id_, older in pairs)
    shape = ("-r", "--raw", "-z", "--no-abbrev", "--no-renames", "--always", _FORMAT)
    paths = _data_of(folders)
    streamed = run_bytes(root, "diff-tree", "--stdin", *shape, "--", *paths, given=given.encode())
    return [{file.path: file for file in side.touched} for side in _read_stream(streamed, folders)]


def plan_files(root: Path, commit: str, folders: Iterable[str]) -> dict[str, str]:
    """Return the object id of each file of a plan's data by a commit, by its path from the plan's folder."""
    asked = list(folders)
    data = [f"{prefix}data" for prefix in asked]
    listed = run_bytes(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *data)
    rows = (row.partition("\t") for row in listed.decode(errors="surrogateescape").split("\0") if row)
    ids = {path: head.rpartition(" ")[2] for head, _tab, path in rows if head.startswith("100")}
    return {path.removeprefix(_prefix_of(path, asked) or ""): id_ for path, id_ in ids.items()}


def read_tags(root: Path) -> dict[str, str]:
    """Return each tag's name with the object id of what it marks, in the order of names."""
    shape = "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)"
    rows = (row.split("\0") for row in run(root, "for-each-ref", shape, "refs/tags").splitlines())
    return {name: marked or id_ for name, id_, marked in rows}


def _cut_off(root: Path) -> frozenset[str]:
    """Return the commits whose parents the clone does not hold; none as a rule."""
    path = root / run(root, "rev-parse", "--git-path", "shallow").strip()
    return frozenset(path.read_text("ascii").split()) if path.is_file() else frozenset()


def _read_stream(streamed: bytes, folders: Sequence[_Folder]) -> Iterator[LoggedCommit]:
    """Yield the commits of a stream of raw changes, cut at its NULs: heads, each with changes and paths."""
    cut = (part.lstrip("\n") for part in streamed.decode(errors="surrogateescape").split("\0"))
    parts = [part for part in cut if part]
    heads = [at for at, part in enumerate(parts) if part.startswith("\x01")]
    ends = [*heads[1:], len(parts)] if heads else []
    lasting = list(folders)
    for head, end in zip(heads, ends, strict=True):
        id_, parents, day, author, subject = parts[head][1:].split("\x02", 4)
        prefixes = tuple(folder.prefix for folder in lasting)
        touched = _touched_files(parts[head + 1 : end : 2], parts[head + 2 : end : 2], prefixes)
        said = _readable(author), _readable(subject)
        yield LoggedCommit(id_, tuple(parents.split()), commit_day(day), *said, touched, prefixes)
        lasting = [folder for folder in lasting if folder.until != id_]


def _touched_files(
    changes: Sequence[str], paths: Sequence[str], prefixes: Sequence[str]
) -> tuple[Touched, ...]:
    """Return the files of a plan that a commit touched: one that went with its folder is one file."""
    found: dict[str, Touched] = {}
    for change, whole in zip(changes, paths, strict=True):
        prefix = _prefix_of(whole, prefixes)
        if prefix is not None:
            file = _touched(change, whole.removeprefix(prefix))
            other = found.get(file.path, file)
            old = tuple(one or two for one, two in zip(file.old, other.old, strict=True))
            found[file.path] = Touched(file.path, old, file.new or other.new)
    return tuple(found.values())


def _prefix_of(path: str, prefixes: Iterable[str]) -> str | None:
    """Return the plan's folder in which a path lies; None if it lies in none of its folders by then."""
    return next((prefix for prefix in prefixes if path.startswith(f"{prefix}data/")), None)


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
