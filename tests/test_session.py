"""What every command has in common: the plan that it reads, the day it stands on, and where its output goes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.history import Made, make_history
from tests.plans import HEADER, write
from tests.sample import FILES, data


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES)


# Which plan


def test_without_a_plan_it_ends_with_3_and_says_what_to_do(servplan: Run, tmp_path: Path) -> None:
    assert servplan("--lang", "sv", "status", plan=tmp_path) == (
        3,
        "",
        (
            f"Här finns ingen plan: {tmp_path} och mapparna ovanför saknar data/plan.yaml.\n"
            "→ Gå till planens mapp, eller ange den: servplan --plan MAPP …\n"
        ),
    )


def test_the_plan_is_the_nearest_folder_upwards(plan: Path) -> None:
    def here(folder: Path, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "servplan", "status"],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            env={"PATH": os.environ["PATH"], "SERVPLAN_TODAY": "2014-01-20", **environment},
            check=True,
        )
        return done.stdout

    shown = here(plan / "data" / "activities")
    assert shown.startswith("Testplan  läget 2014-01-20\n")
    assert here(plan.parent, SERVPLAN_PLAN=str(plan)) == shown


def test_a_plan_of_a_newer_format_is_not_shown_as_an_empty_one(servplan: Run, tmp_path: Path) -> None:
    newer = write(tmp_path / "plan", FILES | {"plan.yaml": "servplan: 2\ntitle: Ny\n"})
    done = servplan("status", plan=newer)
    assert (done.code, done.out) == (3, "")


@pytest.mark.parametrize("reading", ["status", "check", "list activity", "show resa"])
def test_a_commit_without_a_plan_is_told_and_not_shown_as_an_empty_one(
    servplan: Run, tmp_path: Path, reading: str
) -> None:
    plan = make_history(
        tmp_path / "plan",
        [
            Made("2013-01-01", "Planen", FILES | {"plan.yaml": HEADER}),
            Made("2013-01-02", "Bort", {"plan.yaml": None}),
            Made("2013-01-03", "Åter", {"plan.yaml": HEADER}),
        ],
    )
    assert servplan(*reading.split(), "--rev", "HEAD~1", plan=plan) == (
        3,
        "",
        (
            "Det fanns ingen plan här i ”HEAD~1”: den incheckningen saknar data/plan.yaml.\n"
            "→ git log -- data/plan.yaml visar vilka incheckningar som lade till och tog bort den.\n"
        ),
    )


# Which day


def test_as_of_shows_what_was_true_then(servplan: Run, plan: Path) -> None:
    found = data(servplan, plan, "status", "--as-of", "2013-03-31")
    assert found["as_of"] == "2013-03-31"
    assert found["totals"]["by_status"] == {"in_progress": 1, "unreported": 3}
    assert (found["totals"]["overdue"], found["totals"]["retired"]) == (0, 0)


@pytest.mark.parametrize(
    ("word", "day"), [("idag", "2014-01-20"), ("today", "2014-01-20"), ("igår", "2014-01-19")]
)
def test_a_day_may_be_named_in_words(servplan: Run, plan: Path, word: str, day: str) -> None:
    assert data(servplan, plan, "status", "--as-of", word)["as_of"] == day


def test_once_the_period_is_past_the_plan_stands_at_its_end(servplan: Run, plan: Path) -> None:
    assert data(servplan, plan, "status", SERVPLAN_TODAY="2015-12-30")["as_of"] == "2015-12-30"
    assert data(servplan, plan, "status", SERVPLAN_TODAY="2020-01-01")["as_of"] == "2015-12-31"


def test_once_the_period_is_past_the_newest_entry_moves_the_date(servplan: Run, tmp_path: Path) -> None:
    log = "log: [{date: 2016-02-01, status: done}, {date: 2021-01-01, note: n}]\n"
    folder = write(tmp_path / "plan", {"activities/aa.yaml": f"title: A\n{log}"})
    assert data(servplan, folder, "status", SERVPLAN_TODAY="2020-01-01")["as_of"] == "2016-02-01"


@pytest.mark.parametrize("command", ["status", "tree", "programme", "due", "events", "health"])
def test_every_text_names_its_date(servplan: Run, plan: Path, command: str) -> None:
    assert "2013-07-07" in servplan(command, "--as-of", "2013-07-07", plan=plan).out


# Where the output goes


def ended(command: list[str], plan: Path, stdout: int) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "servplan", "--plan", str(plan), *command],
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE")
@pytest.mark.parametrize("command", [["status"], ["check", "--all"], ["list", "goals", "--format", "json"]])
def test_a_reader_that_leaves_early_is_no_error(command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert ended(command, ROOT, writing) == (0, "")
    finally:
        os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_said_in_words(plan: Path) -> None:
    with open("/dev/full", "wb", buffering=0) as full:  # noqa: PTH123
        code, said = ended(["status"], plan, full.fileno())
    assert code == 3
    assert "Traceback" not in said
