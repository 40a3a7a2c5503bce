"""One fault, as each format of `check` gives it to another program."""

import json
import os
from pathlib import Path

import pytest
from sarif_pydantic import Sarif

from servplan.checks.registry import run_checks
from servplan.render.finding_formats import FORMATS
from servplan.render.findings import Findings
from servplan.render.words import Words
from tests.conftest import Run
from tests.plans import load, write

FAULTY = {"goals/malet.yaml": "title: Målet\nlevel: delmål, 100%\n"}


def formatted(name: str, files: dict[str, str] = FAULTY) -> str:
    loaded = load(files)
    return FORMATS[name](Findings(run_checks(loaded), loaded.placed, loaded.text), Words("en"))


def test_github_is_told_file_line_and_column_with_signs_escaped() -> None:
    first = formatted("github").splitlines()[1]
    assert first.startswith(
        "::error file=data/goals/malet.yaml,line=2,col=8,endColumn=20,title=unknown-level::"
        "The plan has no level “delmål, 100%25”. "
    )


def test_gitlab_is_told_a_severity_and_a_fingerprint_for_every_finding() -> None:
    rows = json.loads(formatted("gitlab"))
    assert [(row["check_name"], row["severity"], row["location"]) for row in rows] == [
        ("no-activity", "minor", {"path": "data/goals/malet.yaml", "lines": {"begin": 1}}),
        ("unknown-level", "major", {"path": "data/goals/malet.yaml", "lines": {"begin": 2}}),
    ]
    assert len({row["fingerprint"] for row in rows}) == 2


def test_a_fingerprint_stays_when_the_lines_move() -> None:
    moved = {"goals/malet.yaml": "# ny rad\n" + FAULTY["goals/malet.yaml"]}
    before, after = (json.loads(formatted("gitlab", files)) for files in (FAULTY, moved))
    assert [row["fingerprint"] for row in before] == [row["fingerprint"] for row in after]
    assert before != after


def test_two_like_findings_in_a_file_have_fingerprints_of_their_own() -> None:
    twice = {"goals/malet.yaml": "title: M\nlevel: overall\nsupports: [borta, borta]\n"}
    rows = json.loads(formatted("gitlab", twice))
    assert len({row["fingerprint"] for row in rows}) == len(rows)


def test_sarif_is_valid_and_names_rule_place_and_level() -> None:
    text = formatted("sarif")
    run = Sarif.model_validate_json(text).runs[0]
    assert run.tool.driver.name == "servplan"
    assert [(result["ruleId"], result["level"]) for result in json.loads(text)["runs"][0]["results"]] == [
        ("no-activity", "warning"),
        ("unknown-level", "error"),
    ]
    region = json.loads(text)["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 8, "endColumn": 20}


def test_json_counts_by_severity() -> None:
    found = json.loads(formatted("json"))
    assert (found["errors"], found["warnings"], len(found["findings"])) == (1, 1, 2)
    assert found["findings"][1] == {
        "path": "data/goals/malet.yaml",
        "line": 2,
        "column": 8,
        "severity": "error",
        "code": "unknown-level",
        "message": "The plan has no level “delmål, 100%”.",
        "hint": "The levels in data/plan.yaml are: overall, target, sub-goal.",
    }


@pytest.mark.skipif(os.name != "posix", reason="only there a file's name may be any bytes")
@pytest.mark.parametrize("name", ["text", "json", "github", "gitlab", "sarif"])
def test_a_file_whose_name_is_no_utf_8_is_told_in_every_format(
    servplan: Run, tmp_path: Path, name: str
) -> None:
    plan = write(tmp_path / "plan", {"activities/a.yaml": "title: A\n"})
    (plan / "data/activities" / os.fsdecode(b"b\xe5d.yaml")).write_text("title: B\n", "utf-8")
    told = servplan("check", "--format", name, plan=plan)
    assert told.code == 1
    assert "bad-id" in told.out
    assert "Traceback" not in told.err
