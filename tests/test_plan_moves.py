"""A plan is followed through the folders of its repository, whoever else has lain in them."""

import json
import shutil
from pathlib import Path

import pytest

from servplan.files.layout import HEADER_PATH
from servplan.files.plan_moves import plan_folders
from tests.audits import BASE, RESA, audit, history, moved, put, told
from tests.conftest import Run
from tests.history import Made, run_git

OTHER = "activities/annat.yaml"


def commit(top: Path, message: str) -> None:
    run_git(top, "add", "-A")
    run_git(top, "commit", "-q", "-m", message)


def move(top: Path, *moves: tuple[str, str | None]) -> None:
    """Move plans, or remove them, all by one commit."""
    for old, _new in moves:
        shutil.move(top / old, top / f"{old}.bort")
    for old, new in moves:
        if new is not None:
            (top / new).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(top / f"{old}.bort", top / new)
        else:
            shutil.rmtree(top / f"{old}.bort")
    commit(top, "Flyttat mappar")


def lay(plan: Path, tip: str = "HEAD") -> list[str | None]:
    """Return where a plan lay by a commit and its first parents, the last one first."""
    folders = plan_folders(plan, [tip])
    return [folders.at(id_) for id_ in run_git(plan, "rev-list", "--first-parent", tip).split()]


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """The top of a repository with a plan in `norr`, in which a due date was moved, and another one in `öst`."""
    plan = history(tmp_path, Made("2013-03-01", "Flyttat slut", moved("2013-12-31")), inside="norr")
    shutil.copytree(plan, plan.parent / "öst")
    put(plan.parent / "öst", "plan.yaml", (plan / HEADER_PATH).read_text("utf-8") + "# En annan plan\n")
    put(plan.parent / "öst", OTHER, BASE[RESA])
    commit(plan.parent, "En annan plan")
    return plan.parent


def test_a_plan_that_lay_in_the_folder_before_is_another_one(top: Path, servplan: Run) -> None:
    move(top, ("öst", None))
    move(top, ("norr", "öst"))
    assert lay(top / "öst") == ["öst/", "norr/", "norr/", "norr/", "norr/"]
    assert told(audit(top / "öst")) == [("due-moved", "resa", "Flyttat slut")]
    assert servplan("diff", "HEAD~2..HEAD", "--exit-code", plan=top / "öst").code == 0
    shown = servplan("list", "activities", "--rev", "HEAD~2", "--format", "json", plan=top / "öst")
    assert [row["id"] for row in json.loads(shown.out)] == ["resa"]


def test_a_plan_takes_the_place_of_one_that_goes_by_the_same_commit(top: Path) -> None:
    move(top, ("öst", None), ("norr", "öst"))
    assert lay(top / "öst") == ["öst/", "norr/", "norr/", "norr/"]
    assert told(audit(top / "öst")) == [("due-moved", "resa", "Flyttat slut")]


def test_plans_change_places(top: Path) -> None:
    move(top, ("öst", "norr"), ("norr", "öst"))
    assert lay(top / "öst")[:2] == ["öst/", "norr/"]
    assert lay(top / "norr")[:2] == ["norr/", "öst/"]
    assert told(audit(top / "öst")) == [("due-moved", "resa", "Flyttat slut")]


def test_a_plan_that_began_where_another_one_lay_that_went_on_elsewhere_has_none_of_its_past(
    top: Path,
) -> None:
    move(top, ("öst", "gamla/öst"))
    shutil.copytree(top / "gamla/öst", top / "öst")
    (top / "öst/data" / OTHER).unlink()
    commit(top, "Ny plan")
    assert lay(top / "öst") == ["öst/", "öst/", None, None, None]
    assert told(audit(top / "öst")) == []
    assert lay(top / "gamla/öst")[:3] == ["gamla/öst/", "gamla/öst/", "öst/"]


def test_a_plan_that_was_deleted_and_begun_again_in_its_folder_is_the_same_one(top: Path) -> None:
    move(top, ("norr", None))
    run_git(top, "checkout", "-q", "HEAD~1", "--", "norr")
    (top / "norr/data" / RESA).unlink()
    commit(top, "Ny plan")
    assert ("record-deleted", "resa", "Flyttat mappar") in told(audit(top / "norr"))


def test_of_two_plans_that_are_alike_to_a_byte_the_one_that_moves_keeps_the_folders_name(top: Path) -> None:
    shutil.rmtree(top / "öst")
    shutil.copytree(top / "norr", top / "öst")
    commit(top, "Lika")
    move(top, ("norr", None), ("öst", "planer/öst"))
    assert lay(top / "planer/öst")[:2] == ["planer/öst/", "öst/"]


def test_a_branch_goes_on_where_it_began_though_another_plan_lay_in_the_new_folder_then(top: Path) -> None:
    run_git(top, "checkout", "-q", "-b", "sida")
    put(top / "norr", OTHER, BASE[RESA])
    commit(top, "Från sidan")
    run_git(top, "checkout", "-q", "main")
    move(top, ("öst", None), ("norr", "öst"))
    assert lay(top / "öst", "sida")[:2] == ["norr/", "norr/"]
    run_git(top, "checkout", "-q", "sida")
    run_git(top, "merge", "-q", "--no-commit", "-s", "ours", "main")
    run_git(top, "rm", "-q", "-r", ".")
    run_git(top, "checkout", "main", "--", ".")
    put(top / "öst", OTHER, BASE[RESA])
    commit(top, "Sammanfogat")
    assert lay(top / "öst")[:3] == ["öst/", "norr/", "norr/"]
    assert told(audit(top / "öst")) == [("due-moved", "resa", "Flyttat slut")]


def test_a_branch_that_moved_the_plan_is_read_where_it_moved_it(top: Path) -> None:
    run_git(top, "checkout", "-q", "-b", "sida")
    move(top, ("norr", "syd"))
    run_git(top, "checkout", "-q", "main")
    assert lay(top / "norr", "sida")[:2] == ["syd/", "norr/"]
    assert told(audit(top / "norr", "main", "sida")) == []


def test_a_move_onto_another_plans_folder_is_followed_before_it_is_committed(top: Path) -> None:
    run_git(top, "rm", "-q", "-r", "öst")
    run_git(top, "mv", "norr", "öst")
    assert lay(top / "öst")[:2] == ["norr/", "norr/"]
    assert told(audit(top / "öst")) == [("due-moved", "resa", "Flyttat slut")]


@pytest.mark.parametrize(("old", "new"), [("", "data"), ("data", "")])
def test_a_plan_whose_folder_is_called_as_its_data_is_read_by_any_commit(
    tmp_path: Path, servplan: Run, old: str, new: str
) -> None:
    top = history(tmp_path, inside=old) if not old else history(tmp_path, inside=old).parent
    shutil.move(top / old / "data", top / "mellan")
    (top / new).mkdir(exist_ok=True)
    shutil.rmtree(top / new / "data", ignore_errors=True)
    shutil.move(top / "mellan", top / new / "data")
    put(top / new, RESA, moved("2013-12-31")[RESA])
    commit(top, "Ny mapp")
    told = servplan("diff", "HEAD~1..HEAD", "--format", "json", plan=top / new)
    assert [change["id"] for change in json.loads(told.out)["changes"]] == ["resa"]
