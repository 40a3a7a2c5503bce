"""Any commit is readable: what the plan said then, whatever the work tree says now."""

import json
import subprocess
from pathlib import Path

import pytest

from servplan.diagnostics import UsageError
from servplan.files.git_commit import find_commit
from servplan.files.git_tree import GitTree
from servplan.load import load_plan
from tests.conftest import Run
from tests.plans import write

FILES = {
    "goals/malet.yaml": "title: Målet å\nlevel: overall\n",
    "activities/2013/resan.yaml": "title: Resan\nsupports: malet\nowners: enheten\ndue: 2013-06-30\n",
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
}


def git(folder: Path, *arguments: str, day: str = "2013-03-01") -> None:
    moment = f"{day}T12:00:00+01:00"
    subprocess.run(
        ["git", "-c", "user.name=Enheten", "-c", "user.email=enheten@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment},
    )


@pytest.fixture(params=["", "planer/norr"], ids=["at the top", "in a folder"])
def plan(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A plan with two commits: the second renames the goal's title and drops the activity."""
    top = tmp_path / "repo"
    top.mkdir()
    git(top, "init", "--quiet")
    folder = write(top / request.param, FILES)
    git(top, "add", "-A")
    git(top, "commit", "--quiet", "-m", "Ett")
    (folder / "data/goals/malet.yaml").write_text("title: Nytt\nlevel: overall\n", "utf-8")
    (folder / "data/activities/2013/resan.yaml").unlink()
    git(top, "add", "-A")
    git(top, "commit", "--quiet", "-m", "Två", day="2013-05-02")
    return folder


def test_a_commit_is_read_as_it_was(plan: Path) -> None:
    before = load_plan(GitTree(plan, find_commit(plan, "HEAD~1"))).plan
    after = load_plan(GitTree(plan, find_commit(plan, "HEAD"))).plan
    assert {id_: item.title for id_, item in before.records.items()} == {
        "enheten": "Enheten",
        "malet": "Målet å",
        "resan": "Resan",
    }
    assert {id_: item.title for id_, item in after.records.items()} == {"enheten": "Enheten", "malet": "Nytt"}


def test_a_commit_is_read_in_the_folder_that_the_plan_lay_in(plan: Path, servplan: Run) -> None:
    top = plan.parents[1] if plan.name == "norr" else plan
    here = top / "syd" if plan == top else top
    here.mkdir(exist_ok=True)
    shown = servplan("show", "malet", "--rev", "HEAD", plan=plan)
    git(top, "mv", str(plan / "data"), str(here / "data"))
    git(top, "commit", "--quiet", "-m", "Ny mapp", day="2013-05-03")
    assert servplan("show", "malet", "--rev", "HEAD~1", plan=here) == shown
    assert servplan("diff", "HEAD~1", "--exit-code", plan=here).code == 0
    old, new = (
        json.loads(servplan("diff", f"HEAD~2..{last}", "--format", "json", plan=here).out)["changes"]
        for last in ("HEAD~1", "HEAD")
    )
    assert [change["id"] for change in old] == ["resan", "malet"]
    assert new == old


def test_edits_in_the_work_tree_are_ignored(plan: Path, servplan: Run) -> None:
    (plan / "data/goals/malet.yaml").write_text("title: [trasig", "utf-8")
    told = json.loads(servplan("status", "--rev", "HEAD", "--format", "json", plan=plan).out)
    assert ([goal["title"] for goal in told["goals"]], told["unreadable"]) == (["Nytt"], [])


def test_today_is_the_commits_day(plan: Path, servplan: Run) -> None:
    days = [
        json.loads(servplan("status", "--rev", rev, "--format", "json", plan=plan).out)["as_of"]
        for rev in ("HEAD~1", "HEAD")
    ]
    assert days == ["2013-03-01", "2013-05-02"]


def test_both_clocks_go_together(plan: Path, servplan: Run) -> None:
    told = servplan(
        "list", "activities", "--rev", "HEAD~1", "--as-of", "2013-07-01", "--format", "json", plan=plan
    )
    assert [(row["id"], row["state"]["due_unreported"]) for row in json.loads(told.out)] == [("resan", True)]


@pytest.mark.parametrize("revision", ["nej", "--output=fil", "HEAD:data", ""])
def test_what_names_no_commit_is_wrong_usage_and_writes_nothing(plan: Path, revision: str) -> None:
    before = sorted(plan.iterdir())
    with pytest.raises(UsageError) as caught:
        find_commit(plan, revision)
    assert caught.value.code == "unknown-revision"
    assert sorted(plan.iterdir()) == before


def test_a_link_in_a_commit_is_no_file(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    (folder / "data/goals/lank.yaml").symlink_to("malet.yaml")
    git(folder, "init", "--quiet")
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "Ett")
    loaded = load_plan(GitTree(folder, find_commit(folder, "HEAD")))
    assert [(item.code, item.path) for item in loaded.diagnostics] == [("not-a-file", "data/goals/lank.yaml")]


def test_the_callers_git_variables_do_not_lead_elsewhere(plan: Path, servplan: Run, tmp_path: Path) -> None:
    told = servplan("status", "--rev", "HEAD", plan=plan, GIT_DIR=str(tmp_path / "annan"))
    assert (told.code, "Nytt" in told.out) == (0, True)


def test_a_plan_without_a_repository_is_told_so(tmp_path: Path, servplan: Run) -> None:
    plan = write(tmp_path / "plan", FILES)
    told = servplan("diff", plan=plan)
    assert (told.code, told.out) == (3, "")
    assert "ligger inte i något git-förråd" in told.err


def test_a_repository_that_git_refuses_is_told_in_gits_words(plan: Path, servplan: Run) -> None:
    top = next(place for place in (plan, *plan.parents) if (place / ".git").is_dir())
    (top / ".git/config").write_text("[trasig\n", "utf-8")
    told = servplan("diff", plan=plan)
    assert (told.code, told.out, "bad config line 1" in told.err) == (3, "", True)


def test_a_report_of_a_commit_names_it_and_says_which_period_was_due_then(servplan: Run, plan: Path) -> None:
    told = servplan("report", "--rev", "HEAD~1", "-o", "-", plan=plan)
    assert told.code == 0
    assert " · planen enligt HEAD\\~1 (" in told.out.splitlines()[2]
    assert " är den senaste period som skulle vara rapporterad " in told.err
    assert servplan("report", "--rev", "HEAD~1", "--period", "2013", "-o", "-", plan=plan).err == ""
