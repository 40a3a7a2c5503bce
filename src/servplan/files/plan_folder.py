"""Where in its repository a plan lies, and where it lay by a commit, before its folder was moved.

A folder is told from the repository's top: empty, or ending in `/`.
"""

from collections.abc import Iterable, Sequence
from itertools import compress
from pathlib import Path

from servplan.files.git import run_bytes
from servplan.files.layout import DATA, HEADER_PATH


def folder_of(root: Path) -> str:
    """Return where a plan lies."""
    return _printed(root, "rev-parse", "--show-prefix").removesuffix("\n")


def plan_folders(root: Path, tips: Sequence[str]) -> tuple[str, ...]:
    """Return where a plan lies, and where else it lay by some commits (as git takes them) or before them.

    A plan came from another folder in the commit by which its header came while one other plan's went.
    """
    known = [folder_of(root)]
    for folder in known:  # which grows by those that are found
        header = path_from(known[0], folder) + HEADER_PATH
        known += [former for former in _former(root, tips, header) if former not in known]
    return tuple(known)


def _former(root: Path, tips: Sequence[str], header: str) -> dict[str, None]:
    """Return the folders that a plan lay in just before it came to the folder of a header."""
    shape = ("--full-history", "--no-renames", "--diff-filter=A", "--name-only", "-z", "--format=%x01%H")
    came = _printed(root, "log", *shape, *tips, "--", header).split("\0")
    left = [_left(root, part.lstrip("\n")[1:]) for part in came if "\x01" in part]
    return dict.fromkeys(folders[0] for folders in left if len(folders) == 1)


def _left(root: Path, commit: str) -> list[str]:
    """Return the folders whose plan's header went by a commit."""
    shape = ("-r", "-z", "--no-renames", "--no-commit-id", "--diff-filter=D", "--name-only")
    gone = _printed(root, "diff-tree", *shape, commit).split("\0")
    return [path.removesuffix(HEADER_PATH) for path in gone if f"/{path}".endswith(f"/{HEADER_PATH}")]


def path_from(here: str, folder: str) -> str:
    """Return the way from one folder to another, as git takes it: empty, or ending in `/`."""
    return "" if folder == here else "../" * here.count("/") + folder


def places(root: Path, commits: Iterable[str], folders: Sequence[str]) -> dict[str, str]:
    """Return by some commits which of its folders a plan lies in; those that have none of it are left out."""
    asked = [(commit, folder) for commit in dict.fromkeys(commits) for folder in folders]
    given = "".join(f"{commit}:{folder}{HEADER_PATH}\n" for commit, folder in asked)
    told = run_bytes(root, "cat-file", "--batch-check", given=given.encode(errors="surrogateescape"))
    there = (not row.endswith(b" missing") for row in told.splitlines())
    return dict(reversed(list(compress(asked, there))))


def plan_files(root: Path, commit: str, folders: Sequence[str]) -> dict[str, str]:
    """Return the object id of each file of a plan's data by a commit, by its path from the plan's folder."""
    data = [folder + DATA for folder in folders]
    rows = _printed(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *data).split("\0")
    parted = (row.partition("\t") for row in rows if row)
    ids = {path: head.rpartition(" ")[2] for head, _tab, path in parted if head.startswith("100")}
    folder = next((one for one in folders if one + HEADER_PATH in ids), folders[0])
    there = (path for path in ids if path.startswith(f"{folder}{DATA}/"))
    return {path.removeprefix(folder): ids[path] for path in there}


def _printed(root: Path, *arguments: str) -> str:
    """Return what git prints, the bytes of paths kept that are no UTF-8."""
    return run_bytes(root, *arguments).decode(errors="surrogateescape")
