"""What is not finished in a clone: a merge, pick or rebase, and the files that wait for a person."""

from pathlib import Path

from servplan.diagnostics import ServplanError
from servplan.files.git import attempt, run
from servplan.files.mistaken import parted_records, two_records
from servplan.files.unmerged import Unmerged, named, of_plan, unmerged

_LEFT_TO_DO = "sequencer/todo"
_OPERATIONS = {
    "rebase-merge": "rebase",
    "rebase-apply/applying": "am",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    _LEFT_TO_DO: "cherry-pick",
}
"""What git keeps in its folder while something is under way, and the command that goes on with it.

A rebase comes first: it picks commits too. What is left of several picks or reverts is listed.
"""


def names_commit(root: Path, name: str) -> bool:
    """Tell whether a name is a commit's."""
    return attempt(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").code == 0


def refuse_unfinished(root: Path) -> None:
    """Make sure that git is in the middle of nothing.

    Raises:
        ServplanError: `merge-under-way`, `merge-to-commit`, `operation-under-way`, `operation-to-continue`;
            `left-unmerged`, where files of the plan hold one side's text alone; `renamed-under-way` or
            `two-under-way`, where git took a record for gone or for another; `files-unmerged`, where no
            more is known (after `git stash pop`).
    """
    found = unmerged(root)
    operation = "merge" if names_commit(root, "MERGE_HEAD") else _under_way(root)
    if operation and not found.is_empty:
        _refuse_wrong(root, found, operation)
    if operation == "merge":
        raise ServplanError("merge-to-commit" if found.is_empty else "merge-under-way", **found.params)
    if operation:
        code = "operation-to-continue" if found.is_empty else "operation-under-way"
        raise ServplanError(code, operation=operation, **found.params)
    if not found.is_empty:
        raise ServplanError("files-unmerged", operation="stash", **found.params)


def _refuse_wrong(root: Path, found: Unmerged, operation: str) -> None:
    """Make sure that a person can finish what is under way: the files hold both sides of a record."""
    if operation == "merge" and (parted := parted_records(root)):
        raise ServplanError("renamed-under-way", old=parted[0].old, new=parted[0].new)
    if path := two_records(root, found):
        raise ServplanError("two-under-way", operation=operation, path=path)
    if left := of_plan(found.whole):
        raise ServplanError("left-unmerged", operation=operation, **named(left))


def _under_way(root: Path) -> str | None:
    """Return the command that git is in the middle of."""
    places = (arg for name in _OPERATIONS for arg in ("--git-path", name))
    found = run(root, "rev-parse", *places).splitlines()
    for (name, operation), place in zip(_OPERATIONS.items(), found, strict=True):
        if (root / place).exists():
            is_revert = name == _LEFT_TO_DO and (root / place).read_bytes().startswith(b"revert ")
            return "revert" if is_revert else operation
    return None
