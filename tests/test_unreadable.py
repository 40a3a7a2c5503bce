"""A file that cannot be read: every command names it, and tells the rest or refuses."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.plans import write
from tests.sample import BROKEN, FILES


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES | BROKEN)


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_shown(servplan: Run, broken: Path) -> None:
    done = servplan("status", "--format", "json", plan=broken)
    assert done.code == 0
    assert json.loads(done.out)["unreadable"] == ["data/activities/trasig.yaml"]
    assert json.loads(done.out)["totals"]["activities"] == 3
    first, last = done.err.splitlines()
    assert first.startswith("data/activities/trasig.yaml: ")
    assert last == "Filerna är inte med i det som följer; se: servplan check"


READING = (
    ("status",),
    ("tree",),
    ("programme",),
    ("list", "goal"),
    ("show", "kartlagg"),
    ("explain", "kartlagg"),
    ("find", "boden"),
    ("due",),
    ("events",),
    ("health",),
)


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_every_read_command_speaks_json_and_names_unreadable_files_once(
    servplan: Run, broken: Path, command: tuple[str, ...]
) -> None:
    done = servplan(*command, "--format", "json", plan=broken)
    assert (done.code, done.err.count("trasig.yaml")) == (0, 1)
    assert json.loads(done.out)


def test_a_record_whose_file_cannot_be_read_is_named_as_such(servplan: Run, broken: Path) -> None:
    done = servplan("show", "trasig", plan=broken)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-2] == "Posten ”trasig” kan inte läsas."


def test_report_refuses_a_plan_with_errors_and_writes_nothing(
    servplan: Run, broken: Path, tmp_path: Path
) -> None:
    done = servplan("report", "-o", str(tmp_path / "ut"), plan=broken)
    assert (done.code, done.out) == (3, "")
    assert "  data/activities/trasig.yaml\n" in done.err
    assert "--allow-errors" in done.err.splitlines()[-1]
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize("form", ["md", "html"])
def test_report_with_allowed_errors_says_so_on_the_page(servplan: Run, broken: Path, form: str) -> None:
    done = servplan("report", "--allow-errors", "--format", form, "-o", "-", plan=broken)
    assert done.code == 0
    assert "data/activities/trasig.yaml" in done.out.replace("\\", "")
    assert "Ofullständig" in done.out
    assert "Ofullständig" not in servplan("report", "--format", form, "-o", "-", plan=ROOT).out
