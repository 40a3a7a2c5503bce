"""Commits as history has them, each with the files that it touched, from one `git log --raw` stream."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.git import commit_day, merge_base, run, run_bytes

_FORMAT = "--format=%x01%H%x02%P%x02%cI%x02%an%x02%s"


class Touched(NamedTuple):
    """A file in a commit: its path from the plan's folder, and its object ids before and after.

    `old` has one id for each parent (None where that parent has no such file), `new` is None where the file
    went. Of a merge only files that differ from every parent are told: what the merge itself did.
    """

    path: str
    old: tuple[str | None, ...]
    new: str | None


class LoggedCommit(NamedTuple):
    """A commit with what its log line tells, and the plan's files that it touched."""

    id: str
    parents: tuple[str, ...]
    day: date
    author: str
    subject: str
    touched: tuple[Touched, ...]


def read_log(root: Path, revisions: Sequence[str], mainline: bool = False) -> list[LoggedCommit]:
    """Return the commits of some object ids (`id`, `^id`), oldest first; those that touch no data too.

    Along the `mainline` only first parents are followed, and a merge tells all that it brought.

    Raises:
        ServplanError: `shallow-history`, if the clone ends before these commits do.
    """
    how = ("--first-parent", "-m") if mainline else ("-c", "--full-history")
    order = ("--reverse", "--topo-order", "--sparse")
    shape = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv")
    streamed = run_bytes(root, "log", *how, *order, *shape, _FORMAT, *revisions, "--", "data")
    commits = _read_stream(root, streamed)
    cut_off = _cut_off(root)
    if any(commit.id in cut_off for commit in commits):
        raise ServplanError("shallow-history", given=" ".join(revisions))
    return commits


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
    sides = _compared(root, [(id_, base) for id_ in (*commit.parents, commit.id)])
    found = []
    for path in dict.fromkeys(path for side in sides for path in side):
        base_id = next(side[path].old[0] for side in sides if path in side)
        *parents, merged = (side[path].new if path in side else base_id for side in sides)
        found.append(MergedFile(path, base_id, tuple(parents), merged))
    return found


def _read_joined(root: Path, commit: LoggedCommit) -> list[MergedFile]:
    """Return the files in which a merge of unrelated histories differs from one of its parents."""
    sides = _compared(root, [(commit.id, parent) for parent in commit.parents])
    found = []
    for path in dict.fromkeys(path for side in sides for path in side):
        merged = next(side[path].new for side in sides if path in side)
        parents = (side[path].old[0] if path in side else merged for side in sides)
        found.append(MergedFile(path, None, tuple(parents), merged))
    return found


def _compared(root: Path, pairs: Iterable[tuple[str, str]]) -> list[dict[str, Touched]]:
    """Return for each commit the files in which it differs from the older one beside it, by path."""
    given = "".join(f"{id_} {older}\n" for id_, older in pairs)
    shape = ("-r", "--raw", "-z", "--no-abbrev", "--no-renames", "--always", _FORMAT)
    streamed = run_bytes(root, "diff-tree", "--stdin", *shape, "--", "data", given=given.encode())
    return [{file.path: file for file in side.touched} for side in _read_stream(root, streamed)]


def read_tags(root: Path) -> dict[str, str]:
    """Return each tag's name with the object id of what it marks, in the order of names."""
    shape = "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)"
    rows = (row.split("\0") for row in run(root, "for-each-ref", shape, "refs/tags").splitlines())
    return {name: marked or id_ for name, id_, marked in rows}


def _cut_off(root: Path) -> frozenset[str]:
    """Return the commits whose parents the clone does not hold; none as a rule."""
    path = Path(run(root, "rev-parse", "--path-format=absolute", "--git-path", "shallow").strip())
    return frozenset(path.read_text("ascii").split()) if path.is_file() else frozenset()


def _read_stream(root: Path, streamed: bytes) -> list[LoggedCommit]:
    """Return the commits of a stream of raw changes."""
    folder = run(root, "rev-parse", "--show-prefix").removesuffix("\n")
    parts = (part.lstrip("\n") for part in streamed.decode(errors="surrogateescape").split("\0"))
    return list(_commits([part for part in parts if part], folder))


def _commits(parts: Sequence[str], folder: str) -> Iterator[LoggedCommit]:
    """Yield the commits of a stream that was cut at its NULs: heads, each with pairs of change and path."""
    heads = [at for at, part in enumerate(parts) if part.startswith("\x01")]
    ends = [*heads[1:], len(parts)] if heads else []
    for head, end in zip(heads, ends, strict=True):
        id_, parents, day, author, subject = parts[head][1:].split("\x02", 4)
        changes, paths = parts[head + 1 : end : 2], parts[head + 2 : end : 2]
        touched = (
            _touched(change, path.removeprefix(folder)) for change, path in zip(changes, paths, strict=True)
        )
        said = _readable(author), _readable(subject)
        yield LoggedCommit(id_, tuple(parents.split()), commit_day(day), *said, tuple(touched))


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
