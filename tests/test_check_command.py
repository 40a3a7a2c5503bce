"""`servplan check` as it is typed."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.plans import write
from tests.sample import BROKEN, FILES, data, text


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES)


def test_check_shows_every_finding_with_its_place_and_remedy(servplan: Run, plan: Path) -> None:
    assert servplan("check", plan=plan) == (
        0,
        text("""
            varning[no-owner] × 1
              data/activities/workshop.yaml:1:8: Ingen är ansvarig för aktiviteten.
                1 | title: Åtta workshoppar
                  |        ^^^^^^^^^^^^^^^^
                → servplan set workshop owners ANSVARIG

            varning[programme-points] × 1
              data/programmes/tio.yaml:2:9: Angivet antal punkter: 10; punkter som finns: 2.
                2 | points: 10
                  |         ^^
                → Rätta antalet, eller lägg till punkter eller låt punkter utgå.

            12 filer lästa, 0 fel, 2 varningar
        """),
        "",
    )


def test_check_as_json(servplan: Run, plan: Path) -> None:
    found = data(servplan, plan, "check")
    assert {key: found[key] for key in ("errors", "warnings")} == {"errors": 0, "warnings": 2}
    assert found["findings"] == [
        {
            "path": "data/activities/workshop.yaml",
            "line": 1,
            "column": 8,
            "severity": "warning",
            "code": "no-owner",
            "message": "Ingen är ansvarig för aktiviteten.",
            "hint": "servplan set workshop owners ANSVARIG",
        },
        {
            "path": "data/programmes/tio.yaml",
            "line": 2,
            "column": 9,
            "severity": "warning",
            "code": "programme-points",
            "message": "Angivet antal punkter: 10; punkter som finns: 2.",
            "hint": "Rätta antalet, eller lägg till punkter eller låt punkter utgå.",
        },
    ]


def test_lines_and_columns_count_from_1_in_characters(servplan: Run, tmp_path: Path) -> None:
    place = "title: Åäö\n# å\nsupports: [å, finns-inte]\n"
    folder = write(tmp_path / "plan", {"activities/aa.yaml": place.replace("å, ", "aa, ")})
    done = servplan("check", "--format", "json", plan=folder)
    found = [item for item in json.loads(done.out)["findings"] if item["code"] == "unknown-reference"]
    assert [(item["line"], item["column"]) for item in found] == [(3, 16)]


def test_check_ends_with_1_for_errors_and_strictly_for_warnings_too(
    servplan: Run, plan: Path, tmp_path: Path
) -> None:
    assert servplan("check", plan=plan).code == 0
    assert servplan("check", "--strict", plan=plan).code == 1
    assert servplan("check", "--strict", plan=write(tmp_path / "bare", {})).code == 0
    assert servplan("check", plan=write(tmp_path / "plan", BROKEN)).code == 1


def test_check_gives_the_same_answer_tomorrow(servplan: Run, plan: Path) -> None:
    days = ("2012-01-01", "2014-01-20", "2031-05-05")
    assert len({servplan("check", plan=plan, SERVPLAN_TODAY=day) for day in days}) == 1


def test_check_adds_what_time_brings_when_it_is_given_a_day(servplan: Run, plan: Path) -> None:
    found = data(servplan, plan, "check", "--as-of", "2014-01-20")
    infos = [(item["path"], item["code"]) for item in found["findings"] if item["severity"] == "info"]
    assert infos == [
        ("data/activities/kartlagg.yaml", "overdue"),
        ("data/activities/workshop.yaml", "due-unreported"),
    ]
    assert (found["errors"], found["warnings"]) == (0, 2)
