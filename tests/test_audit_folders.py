"""The audit of a plan whose folder was moved in its repository."""

import re
import shutil
from pathlib import Path

import pytest

from servplan.files.layout import HEADER_PATH
from tests.audits import BASE, BOTH, RESA, audit, history, moved, put, told
from tests.history import Made, run_git


def moved_folder(tmp_path: Path, old: str, new: str, edited: str | None) -> Path:
    """Move a plan to another folder of its repository, and edit a file in the same commit."""
    plan = history(tmp_path, Made("2013-02-20", "Framsteg", {RESA: BOTH}), inside=old)
    top = tmp_path / "repo"
    (top / new).mkdir(parents=True, exist_ok=True)
    run_git(top, "mv", f"{old}/data" if old else "data", f"{new}/data" if new else "data")
    if edited is not None:
        put(top / new, RESA, edited)
    day = {"GIT_AUTHOR_DATE": "2013-03-05T12:00:00Z", "GIT_COMMITTER_DATE": "2013-03-05T12:00:00Z"}
    run_git(top, "add", "-A")
    with pytest.MonkeyPatch.context() as patch:
        for name_, value in day.items():
            patch.setenv(name_, value)
        run_git(top, "commit", "-q", "-m", "Ny mapp")
    assert plan != top / new
    return top / new


@pytest.mark.parametrize(("old", "new"), [("", "planer/norr"), ("planer/norr", ""), ("norr", "planer/nord")])
def test_a_plan_is_followed_to_another_folder(tmp_path: Path, old: str, new: str) -> None:
    plan = moved_folder(tmp_path, old, new, BOTH.replace("2013-06-30", "2013-12-31"))
    for first in (None, "HEAD~1"):
        assert told(audit(plan, first)) == [("due-moved", "resa", "Ny mapp")]
    assert told(audit(plan, "HEAD~2", "HEAD")) == [("due-moved", "resa", "Ny mapp")]


def test_what_was_done_in_the_former_folder_is_judged_and_the_move_itself_is_nothing(tmp_path: Path) -> None:
    assert audit(moved_folder(tmp_path, "norr", "syd", None)).findings == ()
    lost = moved_folder(tmp_path / "annan", "norr", "syd", BASE[RESA])
    assert told(audit(lost)) == [("entry-removed", "resa", "Ny mapp")] * 2


def test_a_plan_is_followed_though_every_file_was_reformatted_as_it_moved(tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Flyttat slut", moved("2013-12-31")))
    (plan / "ny").mkdir()
    run_git(plan, "mv", "data", "ny/data")
    for file in (plan / "ny/data").rglob("*.yaml"):
        file.write_text(file.read_text("utf-8") + "# ses över\n", "utf-8")
    run_git(plan, "commit", "-q", "-a", "-m", "Ny mapp")
    assert told(audit(plan / "ny")) == [("due-moved", "resa", "Flyttat slut")]


def two_plans(tmp_path: Path) -> Path:
    """Make a repository of two plans that are much alike, and move a promise in `norr`; return its top."""
    plan = history(tmp_path, inside="norr")
    top = plan.parent
    shutil.copytree(plan, top / "öst")
    header = top / "öst" / HEADER_PATH
    header.write_text(re.sub("title: .*", "title: En annan plan", header.read_text("utf-8")), "utf-8")
    put(plan, RESA, moved("2013-12-31")[RESA])
    run_git(top, "add", "-A")
    run_git(top, "commit", "-q", "-m", "Flyttat slut")
    return top


@pytest.mark.parametrize(
    "moves",
    [
        [("norr", "planer/norr"), ("öst", "planer/öst")],
        [("norr", "syd"), ("öst", "norr")],
        [("norr", "syd"), ("öst", None)],
    ],
)
def test_a_plan_is_followed_where_other_plans_move_or_go_by_the_same_commit(
    tmp_path: Path, moves: list[tuple[str, str | None]]
) -> None:
    top = two_plans(tmp_path)
    for old, new in moves:
        if new is None:
            run_git(top, "rm", "-q", "-r", old)
        else:
            (top / new).parent.mkdir(exist_ok=True)
            run_git(top, "mv", old, new)
    run_git(top, "commit", "-q", "-m", "Nya mappar")
    (_old, new), *_others = moves
    assert told(audit(top / (new or ""))) == [("due-moved", "resa", "Flyttat slut")]


def test_a_record_that_is_left_behind_when_the_header_goes_first_is_deleted(tmp_path: Path) -> None:
    plan = history(tmp_path)
    (plan / "ny/data").mkdir(parents=True)
    run_git(plan, "mv", "data/plan.yaml", "ny/data/plan.yaml")
    run_git(plan, "commit", "-q", "-m", "Huvudet")
    run_git(plan, "rm", "-q", f"data/{RESA}")
    run_git(plan, "mv", "data/goals", "data/owners", "ny/data/")
    run_git(plan, "commit", "-q", "-m", "Resten")
    assert told(audit(plan / "ny")) == [("record-deleted", "resa", "Huvudet")]


@pytest.mark.parametrize("first", [None, "HEAD~1", "HEAD"])
def test_a_folder_that_was_moved_and_not_committed_is_followed_too(tmp_path: Path, first: str | None) -> None:
    plan = history(tmp_path, Made("2013-02-20", "Framsteg", {RESA: BOTH}), inside="norr")
    new = plan.parent / "planer/syd"
    new.parent.mkdir()
    run_git(plan.parent, "mv", "norr", "planer/syd")
    assert told(audit(new, first)) == []
    put(new, RESA, BOTH.replace("2013-06-30", "2013-12-31"))
    assert told(audit(new, first)) == [("due-moved", "resa", "")]


@pytest.fixture
def moved_beside(tmp_path: Path) -> Path:
    """A plan whose folder was moved while a branch went on in the former one, merged since."""
    plan = history(tmp_path, Made("2013-02-20", "Framsteg", {RESA: BOTH}), inside="norr")
    top = plan.parent
    run_git(top, "checkout", "-q", "-b", "sida")
    put(plan, RESA, BOTH.replace("2013-06-30", "2013-12-31"))
    run_git(top, "commit", "-q", "-am", "Flyttat slut")
    run_git(top, "checkout", "-q", "main")
    run_git(top, "mv", "norr", "syd")
    run_git(top, "commit", "-q", "-m", "Ny mapp")
    put(top / "syd", "goals/annat.yaml", "title: Annat\nlevel: overall\n")
    run_git(top, "add", "-A")
    run_git(top, "commit", "-q", "-m", "Annat")
    run_git(top, "merge", "-q", "-m", "Sammanfogat", "sida")
    return top / "syd"


def test_a_branch_that_began_before_the_folder_was_moved_is_judged_where_it_worked(
    moved_beside: Path,
) -> None:
    assert told(audit(moved_beside)) == [("due-moved", "resa", "Flyttat slut")]
    assert told(audit(moved_beside, "main^", "main")) == [("due-moved", "resa", "Flyttat slut")]


def test_a_merge_of_branches_with_the_plan_in_two_folders_is_judged_for_what_it_did(
    moved_beside: Path,
) -> None:
    put(moved_beside, RESA, BASE[RESA])
    run_git(moved_beside, "commit", "-q", "-a", "--amend", "-m", "Sammanfogat")
    assert ("entry-removed", "resa", "Sammanfogat") in told(audit(moved_beside))


def test_a_plan_in_a_folder_has_its_uncommitted_changes_judged(tmp_path: Path) -> None:
    plan = history(tmp_path, inside="planer/norr")
    put(plan, RESA, moved("2013-12-31")[RESA])
    assert told(audit(plan, "HEAD")) == [("due-moved", "resa", "")]
