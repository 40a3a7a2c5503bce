"""Which records git mistook in what it left unmerged: their files tell it, by `formerly`."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from servplan.files.document import read_document
from servplan.files.former_ids import are_two_records, former_ids
from servplan.files.git import ask, run
from servplan.files.layout import DATA
from servplan.files.unmerged import Unmerged, of_plan, staged, unmerged


def two_records(root: Path, found: Unmerged) -> str | None:
    """Return a file of the plan that git has no common version of, and whose versions are of two records."""
    for path in of_plan(found.marked):
        if staged(root, 1, path) is None:
            ours, theirs = (read_document(path, staged(root, stage, path) or b"").data for stage in (2, 3))
            if are_two_records(ours, theirs):
                return path
    return None


class Parted(NamedTuple):
    """A record's path before and after it was renamed, and where git holds the base, ours and theirs."""

    old: str
    new: str
    places: tuple[str, str, str]


def parted_records(root: Path) -> list[Parted]:
    """Return the records of the merge under way that one side renamed and git took for deleted."""
    return list(_parted(root))


def _parted(root: Path) -> Iterator[Parted]:
    found = unmerged(root)
    for old in found.gone_there:
        for new in _renamed(root, old, "MERGE_HEAD"):
            yield Parted(old, new, (f":1:./{old}", f":2:./{old}", f":0:./{new}"))
    for old in found.gone_here:
        for new in _renamed(root, old, "HEAD"):
            yield Parted(old, new, (f":1:./{old}", f":0:./{new}", f":3:./{old}"))


def _renamed(root: Path, old: str, side: str) -> list[str]:
    """Return the file by which a side goes on with a record, if it is one and the other has nothing there."""
    path = PurePosixPath(old)
    base = ask(root, "merge-base", "HEAD", "MERGE_HEAD")
    if base is None or path.parts[0] != DATA or len(path.parts) < 3:
        return []
    shape = ("--name-only", "--no-renames", "--diff-filter=A", "--relative", "-z")
    added = run(root, "diff", *shape, base.strip(), side, "--", "/".join(path.parts[:2])).split("\0")
    texts = ((new, staged(root, 0, new)) for new in added if new)
    named = [new for new, raw in texts if raw and path.stem in former_ids(read_document(new, raw).data)]
    return named if len(named) == 1 else []
