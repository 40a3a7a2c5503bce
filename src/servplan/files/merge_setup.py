"""Tells git to merge a plan's files with servplan: which files, and with what.

Which files is written in `.gitattributes` beside the plan, and committed: it holds for everybody. With what
is written in each clone's own configuration: git runs no program because a file that somebody else committed
says so. Where that is missing, git merges line by line.
"""

import shlex
import sys
from pathlib import Path, PurePath
from shutil import which
from typing import Literal

from servplan.diagnostics import ServplanError
from servplan.files.git import ask, run, top_of
from servplan.files.layout import DATA, HEADER_PATH
from servplan.files.tree import write_atomic

NAME = "servplan"
ATTRIBUTES = ".gitattributes"
MERGED_FILES = f"{DATA}/**/*.yaml text eol=lf merge=servplan"
"""Which files: those of the plan that the attributes stand beside."""

_TITLE = f"merge.{NAME}.name"
_DRIVER = f"merge.{NAME}.driver"
_ASKED = ["merge-driver", "%O", "%A", "%B", "%L", "%P"]

State = Literal["installed", "not-chosen", "overruled", "not-configured", "cannot-run", "no-repository"]
"""Whether git merges a plan's files with servplan, and if not, what is missing first.

It is overruled where the plan's attributes end with the choice, and others that git heeds more say otherwise.
"""


def driver_command() -> str:
    """Return the command by which git runs this very servplan.

    It names the interpreter in full, so that it works from editors too, where servplan is on no path. `-P`
    keeps Python from importing what lies in the repository that is merged.
    """
    interpreter = shlex.quote(PurePath(sys.executable).as_posix())
    return f"{interpreter} -P -m servplan {' '.join(_ASKED)}"


def merge_driver_state(root: Path) -> State:
    """Tell whether git merges the files of the plan in `root` with servplan.

    Raises:
        ServplanError: `no-git`; `git-failed`, if git refuses the repository.
    """
    if top_of(root) is None:
        return "no-repository"
    chosen = run(root, "check-attr", "-z", "merge", "--", HEADER_PATH).split("\0")
    if chosen[2:3] != [NAME]:
        return "overruled" if _attributes(root).rstrip().endswith(MERGED_FILES) else "not-chosen"
    command = (ask(root, "config", "--get", _DRIVER) or "").strip()
    if not command:
        return "not-configured"
    return "installed" if _can_run(command) else "cannot-run"


def _can_run(command: str) -> bool:
    """Tell whether a command is this servplan's, or asks the same of a program that is there."""
    if command == driver_command():
        return True
    try:
        words = shlex.split(command)
    except ValueError:
        return False
    return words[-len(_ASKED) :] == _ASKED and which(words[0]) is not None


def install_merge_driver(root: Path) -> list[str]:
    """Make git merge the files of the plan in `root` with servplan; return the files that were changed.

    Raises:
        ServplanError: `no-repository`; `git-failed`; `cannot-write`.
    """
    if top_of(root) is None:
        raise ServplanError("no-repository", folder=str(root))
    run(root, "config", "--local", _TITLE, "servplan: by keys and entries")
    run(root, "config", "--local", _DRIVER, driver_command())
    if merge_driver_state(root) != "not-chosen":
        return []
    text = _attributes(root)
    gap = "" if not text or text.endswith("\n") else "\n"
    write_atomic(root / ATTRIBUTES, f"{text}{gap}{MERGED_FILES}\n".encode())
    return [ATTRIBUTES]


def _attributes(root: Path) -> str:
    path = root / ATTRIBUTES
    return path.read_text("utf-8") if path.exists() else ""
