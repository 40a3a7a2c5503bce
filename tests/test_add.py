from pathlib import Path

import pytest

from tests import plans
from tests.conftest import Run

HEADER = """\
servplan: 1
title: Testplan
period: {start: 2013-01-01, end: 2015-12-31}
levels:
  - {id: target, title: Mål 2015, default_due: 2015-12-31}
  - {id: sub-goal, title: Delmål 2013, default_due: 2013-12-31}
activities: {default_due: 2014-06-30}
"""
PLAN = {
    "plan.yaml": HEADER,
    "owners/landsbygd.yaml": "title: Landsbygdsenheten\ntype: unit\n",
    "owners/naringsliv.yaml": "title: Näringslivet\ntype: unit\n",
    "goals/service.yaml": "title: Ökad service\nlevel: target\nowners: [landsbygd]\n",
    "goals/bredband.yaml": "title: Bredband\nlevel: target\nowners: [landsbygd]\n",
    "documents/okad.yaml": "title: Ökad service i text\n",
    "programmes/tio.yaml": "title: Tio punkter\n",
    "activities/resa.yaml": "title: Resa till Boden\nsupports: [service]\nowners: [landsbygd]\nformerly: [tur]\n",
}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(tmp_path / "plan", PLAN)


@pytest.mark.parametrize(
    ("command", "path", "text"),
    [
        (
            [
                "aktivitet",
                "Besök i Örnsköldsvik ännu ett till",
                "--supports",
                "ökad service",
                "--owner",
                "lands",
            ],
            "activities/besok-i-ornskoldsvik-annu-ett-till.yaml",
            "title: Besök i Örnsköldsvik ännu ett till\nsupports: [service]\ndue: 2014-06-30\nowners: [landsbygd]\nvalid_from: 2014-01-20\n",
        ),
        (
            [
                "activity",
                "Ny",
                "--supports",
                "bredb",
                "--supports",
                "service",
                "--owner",
                "nar",
                "--owner",
                "land",
            ],
            "activities/ny.yaml",
            "title: Ny\nsupports: [bredband, service]\ndue: 2014-06-30\nowners: [naringsliv, landsbygd]\nvalid_from: 2014-01-20\n",
        ),
        (
            ["mål", "Nytt mål", "--level", "delmål", "--due", "2014-03"],
            "goals/nytt-mal.yaml",
            "title: Nytt mål\nlevel: sub-goal\ndue: 2014-03-31\nvalid_from: 2014-01-20\n",
        ),
        (
            ["goal", "Nytt mål", "--level", "target", "--due", "2014-02"],
            "goals/nytt-mal.yaml",
            "title: Nytt mål\nlevel: target\ndue: 2014-02-28\nvalid_from: 2014-01-20\n",
        ),
        (
            [
                "punkt",
                "Ny punkt",
                "--set",
                "programme=tio",
                "--set",
                "tags=a",
                "--set",
                "tags=b",
                "--id",
                "punkt-1",
            ],
            "boxes/punkt-1.yaml",
            "title: Ny punkt\nprogramme: tio\ntags: [a, b]\nvalid_from: 2014-01-20\n",
        ),
        (
            ["activity", "Ny", "--set", "due=2014-01-31", "--set", "order=3"],
            "activities/ny.yaml",
            "title: Ny\ndue: 2014-01-31\norder: 3\nvalid_from: 2014-01-20\n",
        ),
    ],
)
def test_a_new_record_is_shown_as_it_was_written(
    servplan: Run, plan: Path, command: list[str], path: str, text: str
) -> None:
    shown = "".join(f"+{line}\n" for line in text.splitlines())
    assert servplan("add", *command, plan=plan) == (0, f"data/{path}\n{shown}", "")
    assert (plan / "data" / path).read_text("utf-8") == text


@pytest.mark.parametrize(
    ("today", "asked", "begins"),
    [
        ("2013-01-01", [], ""),
        ("2013-01-02", [], "valid_from: 2013-01-02\n"),
        ("2015-12-31", [], "valid_from: 2015-12-31\n"),
        ("2013-06-01", ["--valid-from", "2013-02-01"], "valid_from: 2013-02-01\n"),
        ("2012-12-01", ["--valid-from", "idag"], "valid_from: 2012-12-01\n"),
        ("2013-06-01", ["--set", "valid_from=2013-03-01"], "valid_from: 2013-03-01\n"),
    ],
)
def test_what_is_added_while_the_plan_runs_begins_that_day_unless_told(
    servplan: Run, plan: Path, today: str, asked: list[str], begins: str
) -> None:
    added = servplan("add", "fråga", "Vem gör det?", *asked, plan=plan, SERVPLAN_TODAY=today)
    assert (added.code, added.err) == (0, "")
    assert (plan / "data/questions/vem-gor-det.yaml").read_text("utf-8") == f"title: Vem gör det?\n{begins}"


def test_what_the_plan_only_describes_was_there_before(servplan: Run, plan: Path) -> None:
    servplan("add", "dokument", "En utredning", plan=plan)
    assert (plan / "data/documents/en-utredning.yaml").read_text("utf-8") == "title: En utredning\n"


def test_reports_of_days_before_stay_as_they_were(servplan: Run, plan: Path) -> None:
    past = ["status", "--as-of", "2014-01-19", "--format", "json"]
    before = servplan(*past, plan=plan)
    servplan("add", "activity", "Ny", "--supports", "service", plan=plan)
    assert servplan(*past, plan=plan) == before


def test_dates_that_nobody_chose_are_pointed_at(servplan: Run, plan: Path) -> None:
    goal = ["add", "goal", "Nytt mål", "--level", "sub-goal", "--dry-run"]
    passed = "Obs: slutdatumet 2013-12-31 har redan passerat; --due anger ett annat.\n"
    over = (
        "Obs: planen tog slut 2015-12-31; det här räknas från 2013-01-01. --valid-from anger en annan dag.\n"
    )
    assert servplan(*goal, plan=plan).err == passed
    assert servplan(*goal, "--set", "due=2013-12-31", plan=plan).err == ""
    assert servplan(*goal, plan=plan, SERVPLAN_TODAY="2016-01-01").err == passed + over


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ["activity", "Resa"],
            "Id:t ”resa” är upptaget av data/activities/resa.yaml (Resa till Boden).\n→ Välj ett annat: --id resa-2\n",
        ),
        (
            ["activity", "Tur"],
            "Id:t ”tur” är upptaget av data/activities/resa.yaml (Resa till Boden).\n→ Välj ett annat: --id tur-2\n",
        ),
        (["activity", "Ny", "--id", "trasig"], "Id:t ”trasig” är upptaget av data/goals/trasig.yaml.\n→ "),
        (["activity", "Ny", "--id", "../ny"], "”../ny” kan inte vara ett id.\n→ "),
        (["activity", "2013"], "Av titeln ”2013” går det inte att bilda något id.\n→ Ange ett med --id.\n"),
        (["activity", "Null"], "Av titeln ”Null” går det inte att bilda något id.\n→ Ange ett med --id.\n"),
        (["activity", " "], "Av titeln ” ” går det inte att bilda något id.\n→ Ange ett med --id.\n"),
        (
            ["goal", "Nytt mål"],
            "En ny post av sorten Mål behöver också: nivå.\n→ Lägg till --level target|sub-goal\n",
        ),
        (
            ["owner", "Ny"],
            "En ny post av sorten Ansvarig behöver också: typ.\n→ Lägg till --set type=unit|role|partner\n",
        ),
        (
            ["box", "Ny"],
            "En ny post av sorten Punkt behöver också: program.\n→ Lägg till --set programme=…\n",
        ),
        (
            ["goal", "Nytt mål", "--level", "2"],
            "Planen har ingen nivå ”2”.\n→ Dess nivåer är: target (Mål 2015), sub-goal (Delmål 2013).\n",
        ),
        (["activity", "Ny", "--level", "target"], "Här finns inget fält ”level” att sätta.\n→ "),
        (["owner", "Ny", "--set", "type=unit", "--due", "2014"], "Här finns inget fält ”due” att sätta.\n→ "),
        (["owner", "Ny", "--supports", "service"], "Här finns inget fält ”supports” att sätta.\n→ "),
        (["activity", "Ny", "--supports", "okad"], "”okad” är av sorten Dokument; kommandot är för: Mål, "),
        (["activity", "Ny", "--supports", "ingen"], "Ingen post heter ”ingen”.\n→ "),
        (
            ["activity", "Ny", "--owner", "service"],
            "”service” är av sorten Mål; kommandot är för: Ansvarig.\n→ ",
        ),
        (["activity", "Ny", "--due", "snart"], "”snart” är inget datum.\n→ "),
        (["activity", "Ny", "--set", "supports=ingen"], "Ingen post heter ”ingen”.\n→ "),
        (
            ["activity", "Ny", "--set", "supports=landsbygd"],
            "”landsbygd” är av sorten Ansvarig; kommandot är för: ",
        ),
        (["activity", "Ny", "--set", "ansvarig=x"], "Menade du ”owners” (Ansvariga)?"),
        (["activity", "Ny", "--set", "foo"], "”foo” är inte FÄLT=VÄRDE.\n→ "),
        (["activity", "Ny", "--set", "foo=x"], "Här finns inget fält ”foo” att sätta.\n→ "),
    ],
)
def test_what_cannot_be_added_is_refused_with_what_to_do(
    servplan: Run, plan: Path, command: list[str], said: str
) -> None:
    (plan / "data/goals/trasig.yaml").write_text("title: [\n", encoding="utf-8")
    before = sorted((plan / "data").rglob("*"))
    done = servplan("add", *command, plan=plan)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert sorted((plan / "data").rglob("*")) == before


def test_a_field_that_would_be_wrong_is_refused_with_the_finding(servplan: Run, plan: Path) -> None:
    done = servplan("add", "activity", "Ny resa", "--set", "order=tre", plan=plan)
    assert (done.code, done.out) == (3, "")
    assert "Inget skrevs: data/activities/ny-resa.yaml" in done.err
