"""What is not finished in a clone: a merge, pick or rebase, and the files that wait for a person."""

import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from servplan.diagnostics import ServplanError
from servplan.files.git import attempt, run, top_of

_BEGIN = re.compile(rb"^<{7,}(?= |\r?$)", re.MULTILINE)
_END = re.compile(rb"^>{7,}(?= |\r?$)", re.MULTILINE)
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
_BASE, _OURS, _THEIRS = 1, 2, 3


class Unmerged(NamedTuple):
    """The files that git left unmerged, as it takes them in the plan's folder, by how they stand there.

    `marked` hold both texts, between marks. `whole` hold one side's alone: they could not be merged. Those
    of `gone_here` were deleted here and changed there, of `gone_there` the other way round. Those that are
    `alone` one side has, and git is not sure where: the other moved their folder, for instance. What each
    side renamed in its own way has a name that it had, one here and one there.
    """

    marked: tuple[str, ...]
    whole: tuple[str, ...]
    gone_here: tuple[str, ...]
    gone_there: tuple[str, ...]
    alone: tuple[str, ...]
    name_before: tuple[str, ...]
    name_here: tuple[str, ...]
    name_there: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not any(self)

    @property
    def renamed(self) -> "Unmerged":
        """Only what each side renamed in its own way."""
        return Unmerged((), (), (), (), (), self.name_before, self.name_here, self.name_there)

    @property
    def params(self) -> dict[str, str]:
        """The files as a message's parameters: each group, one file a line, and as arguments of commands."""
        both, one_sided = [*self.marked, *self.whole], [path for paths in self[2:] for path in paths]
        groups = {name: "\n".join(paths) for name, paths in self._asdict().items()}
        return groups | {"arguments": shlex.join(sorted(both)), "one_sided": shlex.join(sorted(one_sided))}


def unmerged(root: Path) -> Unmerged:
    """Return the files that git left unmerged, by the stages that it holds of them."""
    top = top_of(root) or root
    stages: dict[str, set[int]] = defaultdict(set)
    for row in filter(None, run(top, "ls-files", "--unmerged", "-z").split("\0")):
        about, _tab, path = row.partition("\t")
        stages[path].add(int(about.split()[2]))
    groups: dict[str, list[str]] = defaultdict(list)
    for path, found in stages.items():
        groups[_group(top / path, found)].append(path)
    if not groups["name_before"]:
        groups["alone"] = [*groups.pop("name_here", ()), *groups.pop("name_there", ())]
    shown = (from_plan(root, groups[name]) if groups[name] else () for name in Unmerged._fields)
    return Unmerged(*map(tuple, shown))


def _group(file: Path, stages: set[int]) -> str:
    if {_OURS, _THEIRS} <= stages:
        return "marked" if _has_marks(file) else "whole"
    if len(stages) == 1:
        return {_BASE: "name_before", _OURS: "name_here", _THEIRS: "name_there"}[min(stages)]
    return "gone_here" if _THEIRS in stages else "gone_there"


def _has_marks(file: Path) -> bool:
    content = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
    return bool(_BEGIN.search(content) and _END.search(content))


def from_plan(root: Path, paths: Iterable[str]) -> list[str]:
    """Return a repository's paths as git takes them in the plan's folder: `:/` leads out of it."""
    prefix = run(root, "rev-parse", "--show-prefix").rstrip("\n")
    return sorted(path.removeprefix(prefix) if path.startswith(prefix) else f":/{path}" for path in paths)


def named(paths: Sequence[str]) -> dict[str, str]:
    """Return files as a message's parameters: one a line, and as arguments of a command."""
    return {"files": "\n".join(f"  {path}" for path in paths), "arguments": shlex.join(paths)}


def names_commit(root: Path, name: str) -> bool:
    """Tell whether a name is a commit's."""
    return attempt(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").code == 0


def refuse_unfinished(root: Path) -> None:
    """Make sure that git is in the middle of nothing.

    Raises:
        ServplanError: `merge-under-way`, `merge-to-commit`, `operation-under-way`, `operation-to-continue`;
            `files-unmerged`, where no more is known (after `git stash pop`).
    """
    found = unmerged(root)
    if names_commit(root, "MERGE_HEAD"):
        raise ServplanError("merge-to-commit" if found.is_empty else "merge-under-way", **found.params)
    if operation := _under_way(root):
        code = "operation-to-continue" if found.is_empty else "operation-under-way"
        raise ServplanError(code, operation=operation, **found.params)
    if not found.is_empty:
        raise ServplanError("files-unmerged", operation="stash", **found.params)


def _under_way(root: Path) -> str | None:
    """Return the command that git is in the middle of."""
    places = (arg for name in _OPERATIONS for arg in ("--git-path", name))
    found = run(root, "rev-parse", *places).splitlines()
    for (name, operation), place in zip(_OPERATIONS.items(), found, strict=True):
        if (root / place).exists():
            is_revert = name == _LEFT_TO_DO and (root / place).read_bytes().startswith(b"revert ")
            return "revert" if is_revert else operation
    return None
