"""`servplan status` and `servplan tree` as they are typed."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.plans import write
from tests.sample import FILES, data, text


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES)


def test_status_shows_totals_and_goals(servplan: Run, plan: Path) -> None:
    done = servplan("status", plan=plan)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        text("""
            Testplan  läget 2014-01-20

            3 aktiviteter
            ● Klar                                           1  ███████░░░░░░░░░░░░░
            ◐ Pågår                                          1  ███████░░░░░░░░░░░░░
            ? Ej rapporterad                                 1  ███████░░░░░░░░░░░░░
            Försenade aktiviteter                            1
            Ej rapporterade aktiviteter, slutdatum passerat  1
            Aktiviteter utan ansvarig                        1
            Poster som har utgått                            1

        """)
    )
    goals = done.out.split("\n\n")[2].splitlines()
    assert goals[0].startswith("En levande kommun  ")
    assert goals[1].startswith("└── Utredning kring servicepunkter pågår  ")
    assert "● Uppnått" in goals[1]
    assert "1 av 2" in goals[1]


def test_status_in_english(servplan: Run, plan: Path) -> None:
    done = servplan("--lang", "en", "status", plan=plan)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        text("""
            Testplan  as of 2014-01-20

            3 activities
            ● Done                                  1  ███████░░░░░░░░░░░░░
            ◐ In progress                           1  ███████░░░░░░░░░░░░░
            ? Unreported                            1  ███████░░░░░░░░░░░░░
            Overdue activities                      1
            Unreported activities, due date passed  1
            Activities without an owner             1
            Retired records                         1

        """)
    )
    assert servplan("status", plan=plan, SERVPLAN_LANG="en") == done


def test_status_as_json(servplan: Run, plan: Path) -> None:
    found = data(servplan, plan, "status")
    assert (found["as_of"], found["unreadable"]) == ("2014-01-20", [])
    assert found["totals"] == {
        "activities": 3,
        "by_status": {"done": 1, "in_progress": 1, "unreported": 1},
        "overdue": 1,
        "due_unreported": 1,
        "without_owner": 1,
        "retired": 1,
        "goals": {
            "by_level": {"overall": 1, "sub-goal": 1},
            "by_assessment": {"achieved": 1, "none": 1},
        },
    }
    keys = ("id", "title", "level", "supports", "assessment")
    assert [{key: goal[key] for key in keys} for goal in found["goals"]] == [
        {
            "id": "levande-kommun",
            "title": "En levande kommun",
            "level": "overall",
            "supports": [],
            "assessment": None,
        },
        {
            "id": "servicepunkter-2013",
            "title": "Utredning kring servicepunkter pågår",
            "level": "sub-goal",
            "supports": ["levande-kommun"],
            "assessment": "achieved",
        },
    ]
    assert [goal["activities"]["total"] for goal in found["goals"]] == [3, 2]
    assert found["goals"][1]["activities"]["by_status"] == {"done": 1, "in_progress": 1}


def test_tree_shows_the_line_of_sight(servplan: Run, plan: Path) -> None:
    assert servplan("tree", plan=plan) == (
        0,
        text("""
            Testplan  läget 2014-01-20

            En levande kommun  – Ej bedömt
            ├── Åtta workshoppar  ? Ej rapporterad, slutdatum passerat
            └── Utredning kring servicepunkter pågår  ● Uppnått
                ├── Besöka Bodens kommun  ● Klar
                └── Kartlägg nuläget  ! Pågår · Försenad
        """),
        "",
    )


def test_records_in_a_circle_are_shown_all_the_same(servplan: Run, tmp_path: Path) -> None:
    files = {
        "goals/ett.yaml": "title: Mål ett\nlevel: target\nsupports: [tva]\n",
        "goals/tva.yaml": "title: Mål två\nlevel: target\nsupports: [ett]\n",
        "activities/aa.yaml": "title: Uppgift\nsupports: [ett]\n",
    }
    folder = write(tmp_path / "plan", files)
    for command in ("status", "tree"):
        done = servplan(command, plan=folder)
        assert done.code == 0
        assert ("Mål ett" in done.out, "Mål två" in done.out) == (True, True)
    assert "Uppgift" in servplan("tree", plan=folder).out


def test_what_supports_only_a_retired_goal_still_stands_in_the_tree(servplan: Run, tmp_path: Path) -> None:
    files = {
        "goals/borta.yaml": "title: Borta\nlevel: target\nretired: {date: 2013-02-01, reason: r}\n",
        "activities/aa.yaml": "title: Uppgift\nsupports: [borta]\n",
    }
    assert "Uppgift" in servplan("tree", plan=write(tmp_path / "plan", files)).out
