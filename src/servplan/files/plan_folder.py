"""Where in its repository a plan lies, and where it lay by a commit, before its folder was moved.

A folder is told from the repository's top: empty, or ending in `/`.
"""

from collections.abc import Iterable, Sequence
from itertools import compress
from pathlib import Path

from servplan.files.git import attempt, run_bytes, top_of
from servplan.files.layout import DATA, HEADER_PATH


def folder_of(root: Path) -> str:
    """Return where a plan lies."""
    return _printed(root, "rev-parse", "--show-prefix").removesuffix("\n")


def plan_folders(root: Path, tips: Sequence[str]) -> tuple[str, ...]:
    """Return where a plan lies, and where else it lay by some commits (as git takes them) or before them.

    A plan came from another folder by the commit in which its header came while another plan went from there:
    the one that has most files in common with it, or the only one that went.
    """
    known = [folder_of(root)]
    known += _moved_now(root, known[0])
    for folder in known:  # which grows by those that are found
        former = (_former(root, commit, folder) for commit in _came(root, tips, path_from(known[0], folder)))
        known += [one for one in dict.fromkeys(former) if one is not None and one not in known]
    return tuple(known)


def _moved_now(root: Path, here: str) -> list[str]:
    """Return the folder that the last commit has a plan in, where the work tree has moved it and no other."""
    if attempt(root, "cat-file", "-e", f"HEAD:{here}{HEADER_PATH}").code == 0:
        return []
    listed = attempt(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", "HEAD").out.split("\0")
    top = top_of(root) or root
    left = [folder for folder in _with_headers(listed) if not (top / folder / HEADER_PATH).exists()]
    return left if len(left) == 1 else []


def _came(root: Path, tips: Sequence[str], way: str) -> list[str]:
    """Return the commits by which a plan's header came to a folder."""
    shape = ("--full-history", "--no-renames", "--diff-filter=A", "--name-only", "-z", "--format=%x01%H")
    parts = _printed(root, "log", *shape, *tips, "--", way + HEADER_PATH).split("\0")
    return [part.lstrip("\n")[1:] for part in parts if "\x01" in part]


def _former(root: Path, commit: str, folder: str) -> str | None:
    """Return the folder that a plan lay in before a commit by which it came to one; None if it just began."""
    now, before = plan_files(root, commit, (folder,)), f"{commit}^"
    went = _changed_plans(root, commit, "D")
    in_common = {
        other: len(plan_files(root, before, (other,)).items() & now.items())
        for other in (*went, *_changed_plans(root, commit, "M"))  # where another plan may lie now
    }
    most = max(in_common.values(), default=0)
    best = [other for other, number in in_common.items() if number == most > 0] or went
    return best[0] if len(best) == 1 else None


def _changed_plans(root: Path, commit: str, how: str) -> list[str]:
    """Return the folders whose plan's header went by a commit (`D`), or was changed (`M`)."""
    shape = ("-r", "-z", "--no-renames", "--no-commit-id", f"--diff-filter={how}", "--name-only")
    return _with_headers(_printed(root, "diff-tree", *shape, commit).split("\0"))


def _with_headers(paths: Iterable[str]) -> list[str]:
    """Return the folders that have a plan's header among some paths."""
    return [path.removesuffix(HEADER_PATH) for path in paths if f"/{path}".endswith(f"/{HEADER_PATH}")]


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
