from datetime import date

import pytest

from servplan.analysis.graph import Graph
from servplan.analysis.health import MEASURES, Health, build_health
from servplan.state import Standing
from tests.plans import load

HEADER = """\
servplan: 1
title: Testplan
period: {start: 2013-01-01, end: 2015-12-31}
levels: [{id: overall, title: Mål}]
rhythm: {every: month, grace_days: 10}
"""


def health(files: dict[str, str], day: str = "2013-06-15") -> Health:
    loaded = load({"plan.yaml": HEADER} | files)
    assert loaded.diagnostics == ()
    return build_health(Graph(Standing(loaded.plan, date.fromisoformat(day))))


def share(view: Health, measure: str) -> tuple[int, int]:
    return next((item.part, item.whole) for item in view.shares if item.measure == measure)


def activity(*entries: str, fields: str = "") -> str:
    log = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return f"title: A\n{fields}" + (f"log:\n{log}" if entries else "")


CANCELLED = "date: 2013-06-01, status: cancelled, reason: r"


def test_every_measure_is_there_and_an_empty_plan_has_no_shares() -> None:
    view = health({})
    assert tuple(item.measure for item in view.shares) == MEASURES
    assert {(item.part, item.whole, item.percent) for item in view.shares} == {(0, 0, None)}


def test_a_share_of_something_is_in_per_cent() -> None:
    files = {f"activities/a{number}.yaml": activity() for number in range(3)}
    files["activities/a3.yaml"] = activity(fields="owners: [landsbygd]\n")
    assert next(item.percent for item in health(files).shares if item.measure == "owned") == 25.0


def test_owned_is_asked_of_leaves_that_are_not_cancelled() -> None:
    files = {
        "activities/whole.yaml": activity(),
        "activities/part.yaml": activity(fields="owners: [landsbygd]\nsupports: [whole]\n"),
        "activities/vacant.yaml": activity("date: 2013-06-01, owners: []", fields="owners: [landsbygd]\n"),
        "activities/cancelled.yaml": activity(CANCELLED),
    }
    assert share(health(files), "owned") == (1, 2)


@pytest.mark.parametrize(
    ("day", "since"),
    [("2013-06-10", "2013-04-01"), ("2013-06-11", "2013-05-01"), ("2013-06-30", "2013-05-01")],
)
def test_a_report_is_fresh_from_the_last_period_whose_grace_is_over(day: str, since: str) -> None:
    assert str(health({}, day).fresh_since) == since


def test_fresh_is_asked_of_unfinished_leaves_and_needs_a_report() -> None:
    files = {
        "activities/fresh.yaml": activity("date: 2013-05-01, status: in_progress"),
        "activities/stale.yaml": activity("date: 2013-04-30, status: in_progress"),
        "activities/noted.yaml": activity("date: 2013-06-01, note: n"),
        "activities/silent.yaml": activity(),
        "activities/done.yaml": activity("date: 2013-02-01, status: done"),
        "activities/cancelled.yaml": activity(CANCELLED),
    }
    assert share(health(files), "fresh") == (1, 4)


def test_assessed_is_asked_of_goals() -> None:
    files = {
        "goals/g1.yaml": "title: G\nlevel: overall\nlog: [{date: 2013-05-01, assessment: expected}]\n",
        "goals/g2.yaml": "title: G\nlevel: overall\nlog: [{date: 2013-05-01, outlook: on_track}]\n",
        "goals/g3.yaml": "title: G\nlevel: overall\n",
    }
    assert share(health(files), "assessed") == (1, 3)


def test_evidenced_is_asked_of_what_is_claimed_done_ticked_or_assessed() -> None:
    proof = "evidence: [https://example.org]"
    files = {
        "activities/done.yaml": activity(f"date: 2013-05-01, status: done, {proof}"),
        "activities/bare.yaml": activity("date: 2013-05-01, status: done"),
        "activities/going.yaml": activity("date: 2013-05-01, status: in_progress"),
        "boxes/ticked.yaml": f"title: B\nprogramme: p\nlog: [{{date: 2013-05-01, ticked: true, {proof}}}]\n",
        "boxes/open.yaml": "title: B\nprogramme: tio\n",
        "goals/g1.yaml": "title: G\nlevel: overall\nlog: [{date: 2013-05-01, assessment: achieved}]\n",
    }
    assert share(health(files), "evidenced") == (2, 4)


def test_linked_is_asked_of_leaves_and_needs_something_that_exists() -> None:
    files = {
        "goals/g1.yaml": "title: G\nlevel: overall\n",
        "goals/gone.yaml": "title: G\nlevel: overall\nretired: {date: 2013-02-01, reason: r}\n",
        "activities/linked.yaml": activity(fields="supports: [g1]\n"),
        "activities/loose.yaml": activity(),
        "activities/dead.yaml": activity(fields="supports: [gone]\n"),
    }
    assert share(health(files), "linked") == (1, 3)
