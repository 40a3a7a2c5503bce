"""Indicators and questions: what is measured, and what is to be settled."""

import json
from datetime import date

import pytest

from servplan.analysis.assessment import propose
from servplan.analysis.graph import Graph
from servplan.analysis.indicators import build_indicators
from servplan.analysis.questions import build_questions
from servplan.model.goal import Goal
from servplan.state import Standing
from tests.conftest import Run
from tests.plans import load

GOAL = "title: G\nlevel: overall\ndue: 2014-12-31\nreached_when: {is: measured, what: fler}\n"
INDICATOR = """\
title: I
measures: malet
direction: up
target: {what: minst 10, value: 10}
values:
  - {period: '2013', value: 8, published: 2014-03-01}
  - {period: '2014', value: 11, published: 2015-03-01}
"""


def standing(as_of: str, **files: str) -> Standing:
    named = {f"{path.replace('_', '/', 1)}.yaml": text for path, text in files.items()}
    return Standing(load(named).plan, date.fromisoformat(as_of))


def test_only_what_was_published_by_the_date_counts() -> None:
    values = {
        as_of: [
            row.latest and row.latest.value
            for row in build_indicators(standing(as_of, indicators_i1=INDICATOR))
        ]
        for as_of in ("2014-02-28", "2014-03-01", "2015-03-01")
    }
    assert values == {"2014-02-28": [None], "2014-03-01": [8], "2015-03-01": [11]}


@pytest.mark.parametrize(
    ("as_of", "direction", "met"),
    [
        ("2014-03-01", "up", False),
        ("2015-03-01", "up", True),
        ("2014-03-01", "down", True),
        ("2013-01-01", "up", None),
    ],
)
def test_an_aim_is_met_by_the_way_that_is_better(as_of: str, direction: str, met: bool | None) -> None:
    text = INDICATOR.replace("direction: up", f"direction: {direction}")
    assert [row.met for row in build_indicators(standing(as_of, indicators_i1=text))] == [met]


@pytest.mark.parametrize(
    ("as_of", "result"),
    [
        ("2014-01-01", "not_assessable"),
        ("2014-06-01", None),
        ("2015-01-15", "not_achieved"),
        ("2015-03-01", "achieved"),
    ],
)
def test_a_measured_goal_is_answered_by_its_indicators(as_of: str, result: str | None) -> None:
    found = standing(as_of, goals_malet=GOAL, indicators_i1=INDICATOR)
    goal = found.plan.records["malet"]
    assert isinstance(goal, Goal)
    assert propose(Graph(found), goal).result == result


def test_questions_stand_with_their_parts_the_phased_first() -> None:
    found = standing(
        "2013-12-31",
        questions_topic="title: T\nform: topic\n",
        questions_whole="title: W\nphase: 1\n",
        questions_part="title: P\npart_of: whole\nlog: [{date: 2013-02-01, answer: Ja}]\n",
    )
    assert [(row.id, [(part.id, part.answer) for part in row.parts]) for row in build_questions(found)] == [
        ("whole", [("part", "Ja")]),
        ("topic", []),
    ]


def test_the_shipped_questions_and_indicators_are_told_as_json(servplan: Run) -> None:
    asked = json.loads(servplan("questions", "--format", "json").out)["questions"]
    assert [row["phase"] for row in asked].count(1) == 5
    measured = json.loads(servplan("indicators", "--format", "json").out)["indicators"]
    assert [(row["id"], row["latest"]) for row in measured] == [
        ("arbetstillfallen", None),
        ("insikt", None),
        ("nystartade-foretag", None),
    ]
