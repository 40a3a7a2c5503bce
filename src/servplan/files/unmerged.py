"""The files that git left unmerged, and the versions that it holds of them."""

import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from servplan.files.git import complete, run, top_of
from servplan.files.layout import DATA

_BEGIN = re.compile(rb"^<{7,}(?= |\r?$)", re.MULTILINE)
_END = re.compile(rb"^>{7,}(?= |\r?$)", re.MULTILINE)
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


def of_plan(paths: Iterable[str]) -> list[str]:
    """Return those of some paths, as git takes them in the plan's folder, that are the plan's records'."""
    return [path for path in paths if path.startswith(f"{DATA}/") and path.endswith(".yaml")]


def staged(root: Path, stage: int, path: str) -> bytes | None:
    """Return a version that git holds of an unmerged file (1 the base, 2 ours, 3 theirs); None for none."""
    done = complete(root, ("cat-file", "blob", f":{stage}:./{path}"))
    return None if done.returncode else done.stdout


def named(paths: Sequence[str]) -> dict[str, str]:
    """Return files as a message's parameters: one a line, and as arguments of a command."""
    return {"files": "\n".join(f"  {path}" for path in paths), "arguments": shlex.join(paths)}
