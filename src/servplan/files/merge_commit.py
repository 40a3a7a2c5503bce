"""The files around a merge: in what its parents have in common, in each of them, and in what it left."""

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from servplan.files.git import run_bytes
from servplan.files.git_commit import merge_base
from servplan.files.git_log import FORMAT, LoggedCommit, read_stream
from servplan.files.layout import DATA
from servplan.files.plan_folder import plan_files

_Files = Mapping[str, str | None]
"""Object ids by path; None for a file that is not there."""


class MergedFile(NamedTuple):
    """A file around a merge: its path from the plan's folder, and its object ids; None where it is not."""

    path: str
    base: str | None
    parents: tuple[str | None, ...]
    merged: str | None


def read_merge(root: Path, commit: LoggedCommit) -> list[MergedFile]:
    """Return the files that differ between a merge, its parents, and what they were made from.

    Where the parents have nothing in common, those are all of theirs.
    """
    base = merge_base(root, commit.parents)
    sides = (*commit.parents, commit.id)
    folders = commit.folders
    if base and not folders.by_commit:
        whole, *others = _changed(root, base, sides)
    else:
        whole = plan_files(root, base, folders.at(base)) if base else {}
        others = [plan_files(root, side, folders.at(side)) for side in sides]
    found = []
    for path in dict.fromkeys(chain(whole, *others)):
        ids = tuple(side.get(path) for side in others)
        if {*ids} != {whole.get(path)}:
            found.append(MergedFile(path, whole.get(path), ids[:-1], ids[-1]))
    return found


def _changed(root: Path, base: str, commits: Iterable[str]) -> list[_Files]:
    """Return the files in which a commit or some others differ, as it and they have them."""
    given = "".join(f"{commit} {base}\n" for commit in commits)
    shape = ("-r", "--relative", "--raw", "-z", "--no-abbrev", "--no-renames", "--always", FORMAT)
    streamed = run_bytes(root, "diff-tree", "--stdin", *shape, "--", DATA, given=given.encode())
    sides = [side.touched for side in read_stream(streamed)]
    whole = {file.path: file.old[0] for side in sides for file in side}
    return [whole, *(whole | {file.path: file.new for file in side} for side in sides)]
