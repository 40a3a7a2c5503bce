from datetime import date, timedelta

from servplan.analysis.events import concerning
from servplan.analysis.follow_up import Duties, build_duties
from servplan.analysis.graph import Graph
from servplan.state import Standing
from tests.plans import load

DAY = date(2013, 6, 1)


def duties(files: dict[str, str], within: int = 30, day: date = DAY) -> Duties:
    loaded = load(files)
    assert loaded.diagnostics == ()
    return build_duties(Graph(Standing(loaded.plan, day)), timedelta(days=within))


def activity(due: str, *entries: str, owner: str = "") -> str:
    owners = f"owners: [{owner}]\n" if owner else ""
    log = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return f"title: A\ndue: {due}\n{owners}" + (f"log:\n{log}" if entries else "")


def test_what_is_due_up_to_the_last_day_of_the_span_is_upcoming() -> None:
    files = {
        "activities/today.yaml": activity("2013-06-01"),
        "activities/inside.yaml": activity("2013-07-01"),
        "activities/outside.yaml": activity("2013-07-02"),
    }
    view = duties(files)
    assert [(duty.id, duty.standing, duty.days) for duty in view.duties] == [
        ("today", "upcoming", 0),
        ("inside", "upcoming", 30),
    ]
    assert (view.as_of, view.until) == (DAY, date(2013, 7, 1))


def test_what_has_passed_is_overdue_if_reported_and_unanswered_if_not() -> None:
    files = {
        "activities/late.yaml": activity("2013-05-31", "date: 2013-05-01, status: in_progress"),
        "activities/silent.yaml": activity("2013-05-31"),
    }
    assert {duty.id: (duty.standing, duty.days) for duty in duties(files).duties} == {
        "late": ("overdue", -1),
        "silent": ("due_unreported", -1),
    }


def test_nothing_is_awaited_of_what_is_finished() -> None:
    files = {
        "activities/done.yaml": activity("2013-06-10", "date: 2013-05-01, status: done"),
        "activities/cancelled.yaml": activity("2013-06-10", "date: 2013-05-01, status: cancelled, reason: r"),
        "boxes/ticked.yaml": "title: B\nprogramme: p\ndue: 2013-06-10\n"
        "log: [{date: 2013-05-01, ticked: true}]\n",
    }
    assert duties(files).duties == ()


def test_a_goal_is_awaited_until_it_is_assessed_for_good() -> None:
    def goal(assessment: str) -> dict[str, str]:
        log = f"log: [{{date: 2013-05-01, assessment: {assessment}}}]\n"
        return {"goals/malet.yaml": f"title: M\nlevel: target\ndue: 2013-06-10\n{log}"}

    for assessment in ("achieved", "partly_achieved", "not_achieved"):
        assert duties(goal(assessment)).duties == ()
    for assessment in ("expected", "expected_partly", "not_expected", "not_assessable"):
        assert [duty.id for duty in duties(goal(assessment)).duties] == ["malet"]


def test_boxes_are_awaited_too() -> None:
    files = {"boxes/mark.yaml": "title: B\nprogramme: tio\ndue: 2013-06-10\n"}
    assert [(duty.id, duty.kind) for duty in duties(files).duties] == [("mark", "box")]


def test_what_has_no_due_date_awaits_nobody() -> None:
    assert duties({"activities/aa.yaml": "title: A\n"}).duties == ()


def test_a_moved_due_date_is_the_one_that_counts() -> None:
    files = {"activities/aa.yaml": activity("2013-05-31", "date: 2013-05-01, due: 2013-06-20, reason: r")}
    (duty,) = duties(files).duties
    assert (str(duty.due), str(duty.promised), duty.postponed) == ("2013-06-20", "2013-05-31", 1)
    assert (duty.standing, duty.status) == ("upcoming", "unreported")


def test_what_nobody_answers_for_comes_first_then_owner_by_owner_and_day_by_day() -> None:
    files = {
        "owners/bmb.yaml": "title: BMB\ntype: partner\n",
        "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
        "activities/a1.yaml": activity("2013-06-03", owner="landsbygd"),
        "activities/a2.yaml": activity("2013-06-02", owner="landsbygd"),
        "activities/a3.yaml": activity("2013-06-09", owner="bmb, landsbygd"),
        "activities/a4.yaml": activity("2013-06-29"),
    }
    assert [(duty.owner, duty.id) for duty in duties(files).duties] == [
        (None, "a4"),
        ("bmb", "a3"),
        ("landsbygd", "a2"),
        ("landsbygd", "a1"),
    ]


def test_what_does_not_exist_at_the_date_is_not_due() -> None:
    files = {
        "activities/gone.yaml": activity("2013-06-10") + "retired: {date: 2013-06-01, reason: r}\n",
        "activities/later.yaml": activity("2013-06-10") + "valid_from: 2013-06-02\n",
    }
    assert duties(files).duties == ()


def test_an_owners_duties_are_those_that_name_it_anywhere_among_the_owners() -> None:
    files = {
        "owners/bmb.yaml": "title: BMB\ntype: partner\n",
        "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\nformerly: land\n",
        "activities/a1.yaml": activity("2013-06-03", owner="bmb, land"),
        "activities/a2.yaml": activity("2013-06-02", owner="bmb"),
        "activities/a3.yaml": activity("2013-06-02", "date: 2013-05-01, owners: [landsbygd]", owner="bmb"),
    }
    graph = Graph(Standing(load(files).plan, DAY))
    view = build_duties(graph, timedelta(days=30), concerning(graph, "landsbygd", None, None))
    assert [duty.id for duty in view.duties] == ["a1", "a3"]
