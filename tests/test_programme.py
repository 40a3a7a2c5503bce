"""`servplan programme` as it is typed."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.plans import write
from tests.sample import FILES, data, text


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES)


def test_programme_shows_its_boxes(servplan: Run, plan: Path) -> None:
    assert servplan("programme", plan=plan) == (
        0,
        text("""
            Tiopunktsprogrammet  läget 2014-01-20

            1 av 2 punkter avprickade █████░░░░░ · programmet anger 10 punkter, men har 2

                 Punkt             Ansvarig   Datum       Underlag                  Antal
            [x]  Mark är säkrad    Landsbygd  2013-11-05  https://example.org/mark  –
            [ ]  15 företagsbesök  –          –           –                         5 av 15
        """),
        "",
    )


def test_programme_as_json(servplan: Run, plan: Path) -> None:
    found = data(servplan, plan, "programme", "tiopunkt")
    (programme,) = found["programmes"]
    boxes = programme.pop("boxes")
    assert found["as_of"] == "2014-01-20"
    assert programme == {
        "id": "tio",
        "title": "Tiopunktsprogrammet",
        "points_declared": 10,
        "boxes_total": 2,
        "ticked": 1,
    }
    keys = ("id", "title", "ticked", "date", "owners", "evidence", "count")
    assert [{key: box[key] for key in keys} for box in boxes] == [
        {
            "id": "mark",
            "title": "Mark är säkrad",
            "ticked": True,
            "date": "2013-11-05",
            "owners": ["landsbygd"],
            "evidence": ["https://example.org/mark"],
            "count": None,
        },
        {
            "id": "besok",
            "title": "15 företagsbesök",
            "ticked": False,
            "date": None,
            "owners": [],
            "evidence": [],
            "count": {"done": 5, "target": 15},
        },
    ]
