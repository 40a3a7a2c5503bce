"""The branch that somebody hands in on: one name for all who report the same, numbered where others took it.

No id and no period holds a `_`, so that what comes after one is the number.
"""

from itertools import count
from pathlib import Path
from typing import NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.git import run
from servplan.files.remote import push


def own_branch(root: Path, name: str) -> str:
    """Return the branch on which this clone handed in before, else the name without a number."""
    found = [branch for branch in _branches(root) if branch == name or _is_numbered(branch, name)]
    current = run(root, "branch", "--show-current").strip()
    return current if current in found else max(found, key=_number, default=name)


def _branches(root: Path) -> list[str]:
    return run(root, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/").splitlines()


def _is_numbered(branch: str, name: str) -> bool:
    before, mark, number = branch.partition("_")
    return before == name and bool(mark) and number.isdecimal()


def _number(branch: str) -> int:
    """Return a branch's number; 1 for one without."""
    number = branch.partition("_")[2]
    return int(number) if number.isdecimal() else 1


MOST_TAKEN = 100
"""How many numbers are tried: no unit has more people."""


class Pushed(NamedTuple):
    """The branch that was pushed, and what the server said."""

    branch: str
    said: str


def push_own(root: Path, remote: str, branch: str, may_ask: bool) -> Pushed:
    """Push the branch that is checked out; where somebody else took its name, rename it to one that is free.

    Raises:
        ServplanError: `push-behind`, if somebody added to a branch that this clone follows; and what else
            `remote.push` raises.
    """
    while True:
        try:
            return Pushed(branch, push(root, remote, branch, may_ask))
        except ServplanError as error:
            is_last = _number(branch) >= MOST_TAKEN
            if error.code != "push-behind" or _follows(root, branch, remote) or is_last:
                raise
        branch = _renamed(root, branch)


def _follows(root: Path, branch: str, remote: str) -> bool:
    """Tell whether a branch is the remote's of that name: it was pushed there, or begun from it."""
    upstream = run(root, "for-each-ref", "--format=%(upstream)", f"refs/heads/{branch}").strip()
    return upstream == f"refs/remotes/{remote}/{branch}"


def _renamed(root: Path, branch: str) -> str:
    """Give a branch the next number that is free in this clone, and return its new name."""
    name, taken = branch.partition("_")[0], _branches(root)
    numbered = (f"{name}_{number}" for number in count(_number(branch) + 1))
    new = next(item for item in numbered if item not in taken)
    run(root, "branch", "--move", branch, new)
    return new
