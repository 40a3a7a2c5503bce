"""The handbook is one story: its commands run one after another, on the days that it names."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

from tests.conftest import ROOT, Run
from tests.test_docs import pattern, shown

HANDBOOK = ROOT / "docs" / "handbok.md"
_DAY = re.compile(r"<!-- idag: (\d{4}-\d{2}-\d{2}) -->")


def days() -> list[tuple[int, str]]:
    """Return the lines from which on the story has another day."""
    text = HANDBOOK.read_text("utf-8")
    return [(text.count("\n", 0, found.start()) + 1, found[1]) for found in _DAY.finditer(text)]


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Enheten", "-c", "user.email=enheten@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_friday_and_a_monday_go_as_the_handbook_says(servplan: Run, tmp_path: Path) -> None:
    plan = Path(shutil.copytree(ROOT / "data", tmp_path / "plan" / "data")).parent
    git(plan, "init", "--quiet")
    git(plan, "add", "-A")
    git(plan, "commit", "--quiet", "-m", "Planen")
    git(plan, "branch", "--move", "main")
    git(plan, "init", "--quiet", "--bare", str(tmp_path / "server.git"))
    git(plan, "remote", "add", "origin", str(tmp_path / "server.git"))
    git(plan, "push", "--quiet", "origin", "main")
    for item in shown(HANDBOOK):
        program, *arguments = shlex.split(item.command)
        if program == "git":
            git(plan, *arguments)
            continue
        today = [day for line, day in days() if line < item.line][-1]
        done = servplan(*arguments, plan=plan, SERVPLAN_TODAY=today)
        if not re.fullmatch(pattern(item.output), done.out + done.err):
            assert done.out + done.err == item.output, item.command


def test_what_the_friday_wrote_is_one_entry_a_record(servplan: Run, tmp_path: Path) -> None:
    plan = Path(shutil.copytree(ROOT / "data", tmp_path / "plan" / "data")).parent
    git(plan, "init", "--quiet")
    git(plan, "add", "-A")
    git(plan, "commit", "--quiet", "-m", "Planen")
    done = servplan("done", "besoka-boden", "-m", "Klart", plan=plan, SERVPLAN_TODAY="2013-10-04")
    assert done.code == 0
    shown_by_git = subprocess.run(
        ["git", "diff", "--numstat"], cwd=plan, check=True, capture_output=True, encoding="utf-8"
    )
    assert shown_by_git.stdout == "2\t0\tdata/activities/besoka-boden.yaml\n"
