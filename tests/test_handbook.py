"""The handbook is one story: its commands run one after another, on the days that it names."""

import shutil
from pathlib import Path

from tests.conftest import ROOT, Run
from tests.story import git, tell

HANDBOOK = ROOT / "docs" / "handbok.md"


def committed_plan(tmp_path: Path) -> Path:
    plan = Path(shutil.copytree(ROOT / "data", tmp_path / "plan" / "data")).parent
    git(plan, "init", "--quiet")
    git(plan, "add", "-A")
    git(plan, "commit", "--quiet", "-m", "Planen")
    git(plan, "branch", "--move", "main")
    git(plan, "init", "--quiet", "--bare", str(tmp_path / "server.git"))
    git(plan, "remote", "add", "origin", str(tmp_path / "server.git"))
    git(plan, "push", "--quiet", "origin", "main")
    return plan


def test_a_friday_and_a_monday_go_as_the_handbook_says(servplan: Run, tmp_path: Path) -> None:
    tell(HANDBOOK, committed_plan(tmp_path), servplan)


def test_what_the_friday_wrote_is_one_entry_a_record(servplan: Run, tmp_path: Path) -> None:
    plan = committed_plan(tmp_path)
    done = servplan("done", "besoka-boden", "-m", "Klart", plan=plan, SERVPLAN_TODAY="2013-10-04")
    assert done.code == 0
    assert git(plan, "diff", "--numstat") == "2\t0\tdata/activities/besoka-boden.yaml\n"
