"""Pages that tell a story: their commands run one after another, on one plan, on the days that they name."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import Run
from tests.test_docs import Shown, pattern, shown

IDENTITY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Enheten"), ("EMAIL", "enheten@example.org"))
}
"""Who makes a story's commits."""

_DIALOGUE = re.compile(r"^```dialog\n\$ (.*)\n((?:.*\n)*?)```$", re.MULTILINE)
_DAY = re.compile(r"<!-- idag: (\d{4}-\d{2}-\d{2}) -->")


def tell(page: Path, folder: Path, servplan: Run) -> None:
    """Run a page's commands, beginning in a folder; each prints what the page shows.

    What git prints is compared where the page shows it.
    """
    days, dialogues = _days(page), set(_dialogues(page))
    for item in sorted((*shown(page), *dialogues), key=lambda item: item.line):
        program, *arguments = shlex.split(item.command)
        if item in dialogues:
            today = [day for line, day in days if line < item.line][-1]
            assert sys.platform == "win32" or _converse(item, folder, today) == item.output
        elif program == "cd":
            folder /= arguments[0]
        elif program == "git":
            said = git(folder, *arguments)
            if item.output:
                _compare(item, said)
        else:
            assert program == "servplan", item.command
            today = [day for line, day in days if line < item.line][-1]
            done = servplan(*arguments, plan=folder, SERVPLAN_TODAY=today, **IDENTITY)
            _compare(item, done.out + done.err)


def _dialogues(page: Path) -> Iterator[Shown]:
    """Yield the commands that the story answers the questions of, each with all that the terminal shows."""
    text = page.read_text("utf-8")
    for block in _DIALOGUE.finditer(text):
        yield Shown(page.name, text.count("\n", 0, block.start()) + 2, block[1], block[2])


def _converse(item: Shown, plan: Path, today: str) -> str:
    """Answer as a dialogue shows it, and return what the terminal shows then."""
    from tests.terminal import PROMPT, Terminal  # Windows has none

    with Terminal(*shlex.split(item.command)[1:], plan=plan, SERVPLAN_TODAY=today) as terminal:
        for line in item.output.splitlines():
            question, prompt, typed = f"{line} ".partition(PROMPT)
            if prompt and question == "Svar":
                terminal.press(typed.strip())
            elif prompt:
                terminal.enter(typed.strip())
        assert terminal.code() == 0
    return re.sub(" +$", "", terminal.said, flags=re.MULTILINE)


def git(folder: Path, *arguments: str) -> str:
    """Run git as the unit, and return what it prints."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | IDENTITY,
    )
    return done.stdout


def _days(page: Path) -> list[tuple[int, str]]:
    """Return the lines from which on a story has another day."""
    text = page.read_text("utf-8")
    return [(text.count("\n", 0, found.start()) + 1, found[1]) for found in _DAY.finditer(text)]


def _compare(item: Shown, said: str) -> None:
    if not re.fullmatch(pattern(item.output), said):
        assert said == item.output, f"{item.page}:{item.line}: {item.command}"
