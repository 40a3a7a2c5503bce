"""Ids that only the plan's past knows."""

from pathlib import Path

import pytest

from tests.audits import RESA, history
from tests.conftest import Run
from tests.history import Made, run_git
from tests.plans import write

TOLD = "The plan has no record “resa” any more.\n→ servplan history resa tells what became of it.\n"
DELETED = Made("2013-03-01", "Borta", {RESA: None})


@pytest.mark.parametrize(
    "command", [("show", "resa"), ("done", "resa"), ("retire", "resa", "--reason", "Fel")]
)
def test_a_record_that_was_deleted_is_told_by_its_history(
    servplan: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    plan = history(tmp_path, DELETED)
    assert servplan("--lang", "en", *command, plan=plan) == (2, "", TOLD)
    assert servplan("history", "resa", plan=plan).code == 0


def test_so_is_one_that_came_and_went_on_a_branch_and_one_that_is_only_missing(
    servplan: Run, tmp_path: Path
) -> None:
    plan = history(tmp_path)
    (plan / "data" / RESA).unlink()
    assert servplan("--lang", "en", "show", "resa", plan=plan) == (2, "", TOLD)
    run_git(plan, "checkout", "-q", "-b", "gren", "HEAD")
    for message in ("Kommer", "Går"):
        file = plan / "data/goals/kort.yaml"
        if message == "Kommer":
            file.write_text("title: Kort\nlevel: overall\n", "utf-8")
        else:
            file.unlink()
        run_git(plan, "add", "-A", "data/goals")
        run_git(plan, "commit", "-q", "-m", message)
    run_git(plan, "checkout", "-q", "main")
    run_git(plan, "merge", "-q", "--no-ff", "-m", "Sammanfogat", "gren")
    assert "servplan history kort" in servplan("show", "kort", plan=plan).err


def test_one_that_lay_in_a_folder_of_its_kinds_folder_is_found(servplan: Run, tmp_path: Path) -> None:
    made = {f"activities/klara/{name}.yaml": "title: Klar\nsupports: [bygd]\n" for name in ("en", "tva")}
    went = Made("2013-03-02", "Borta", {"activities/klara/tva.yaml": None})
    plan = history(tmp_path, Made("2013-03-01", "Två", made), went)
    assert "servplan history tva" in servplan("show", "tva", plan=plan).err


def test_what_never_was_or_was_not_yet_is_unknown(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Nytt", {"goals/ny.yaml": "title: Ny\nlevel: overall\n"}))
    for asked in (("show", "aldrig"), ("show", "--rev", "HEAD~1", "ny"), ("show", "../x*")):
        done = servplan("--lang", "en", *asked, plan=plan)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"No record is called “{asked[-1]}”.")
    (plan / "data/goals/ny.yaml").unlink()
    run_git(plan, "commit", "-q", "-a", "-m", "Borta")
    assert servplan("--lang", "en", "show", "ny", plan=plan).err.startswith("The plan has no record “ny”")


def test_without_a_repository_there_is_no_past_to_ask(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "utan", {"goals/ett.yaml": "title: Ett\nlevel: overall\n"})
    assert servplan("--lang", "en", "show", "tva", plan=plan).err.startswith("No record is called “tva”.")


def test_one_that_went_before_the_plan_was_moved_is_found(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, DELETED)
    (plan / "planen").mkdir()
    run_git(plan, "mv", "data", "planen/data")
    run_git(plan, "commit", "-q", "-m", "Flyttad")
    assert servplan("--lang", "en", "show", "resa", plan=plan / "planen") == (2, "", TOLD)
