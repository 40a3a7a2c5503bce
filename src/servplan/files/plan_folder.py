"""Where in its repository a plan lies, and what a commit has in such a folder.

A folder is told from the repository's top: empty, or ending in `/`.
"""

from pathlib import Path

from servplan.files.git import run_bytes
from servplan.files.layout import DATA


def path_from(here: str, folder: str) -> str:
    """Return the way from one folder to another, as git takes it: empty, or ending in `/`."""
    return "" if folder == here else "../" * here.count("/") + folder


def plan_files(root: Path, commit: str, folder: str | None) -> dict[str, str]:
    """Return the object id of each file of a plan's data by a commit, by its path from the plan's folder."""
    if folder is None:
        return {}
    listed = list_files(root, commit, folder, (DATA,))
    return {path: object_id for path, (mode, object_id) in listed.items() if mode.startswith("100")}


def list_files(root: Path, commit: str, folder: str, places: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Return the mode and object id of all in some places of a plan by a commit, by path from its folder."""
    asked = (folder + place for place in places)
    rows = printed(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *asked).split("\0")
    parted = (row.partition("\t") for row in rows if row)
    return {path.removeprefix(folder): (head[:6], head.rpartition(" ")[2]) for head, _tab, path in parted}


def printed(root: Path, *arguments: str) -> str:
    """Return what git prints, the bytes of paths kept that are no UTF-8."""
    return run_bytes(root, *arguments).decode(errors="surrogateescape")
