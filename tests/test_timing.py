"""What became of due dates."""

from datetime import date, timedelta

import pytest

from servplan.analysis.timing import Outcome, is_done_late, outcome_of
from servplan.state import replay
from tests.plans import load

GRACE = timedelta(days=10)
DAY = date(2014, 6, 1)


def outcome(*entries: str, due: str = "due: 2013-12-31", day: date = DAY) -> Outcome:
    log = "".join(f"  - {{{entry}}}\n" for entry in entries)
    text = f"title: G\nlevel: overall\n{due}\n" + (f"log:\n{log}" if entries else "")
    goal = load({"goals/goal.yaml": text}).plan.records["goal"]
    return outcome_of(replay(goal, day), day, GRACE)


def done_late(*entries: str) -> bool:
    log = "".join(f"  - {{{entry}}}\n" for entry in entries)
    text = f"title: A\ndue: 2013-12-31\nlog:\n{log}"
    return is_done_late(replay(load({"activities/act.yaml": text}).plan.records["act"], DAY))


@pytest.mark.parametrize(
    ("day", "code"), [("2013-12-31", "in_time"), ("2014-01-10", "in_time"), ("2014-01-11", "late")]
)
def test_a_goal_is_reached_in_time_up_to_the_end_of_the_grace(day: str, code: str) -> None:
    found = outcome(f"date: {day}, assessment: achieved")
    assert found == Outcome(code, date.fromisoformat(day))


def test_a_goal_reached_before_and_said_again_later_was_reached_in_time() -> None:
    again = "date: 2014-05-01, assessment: achieved, note: fortfarande"
    assert outcome("date: 2013-11-01, assessment: achieved", again).code == "in_time"


def test_a_goal_reached_anew_after_it_was_not_is_late() -> None:
    entries = [
        f"date: {day}, assessment: {said}"
        for day, said in (
            ("2013-11-01", "achieved"),
            ("2014-01-05", "not_achieved"),
            ("2014-05-01", "achieved"),
        )
    ]
    assert outcome(*entries) == Outcome("late", date(2014, 5, 1))


@pytest.mark.parametrize("judged", ["2013-11-01", "2013-12-31", "2014-01-03"])
@pytest.mark.parametrize("said", ["partly_achieved", "not_achieved"])
def test_the_grace_counts_for_no_goal_that_was_judged_otherwise_before(judged: str, said: str) -> None:
    before = f"date: {judged}, assessment: {said}"
    achieved = "date: 2014-01-05, assessment: achieved"
    assert outcome(before, achieved) == Outcome("late", date(2014, 1, 5))
    assert outcome(before, "known_by: 2014-01-05, assessment: achieved").code == "reached"


def test_a_forecast_is_no_judgement() -> None:
    achieved = "date: 2014-01-05, assessment: achieved"
    for said in ("expected", "expected_partly", "not_expected", "not_assessable"):
        assert outcome(f"date: 2013-12-01, assessment: {said}", achieved).code == "in_time"
    taken_back = "date: 2013-11-01, assessment: not_achieved", "date: 2013-12-01, assessment: expected"
    assert outcome(*taken_back, achieved).code == "in_time"


@pytest.mark.parametrize("grace_over", [date(2013, 12, 31), date(2014, 1, 10), DAY])
def test_what_a_report_said_of_the_due_date_stays_said(grace_over: date) -> None:
    judged = "date: 2013-12-31, assessment: partly_achieved"
    later = outcome(judged, "date: 2014-01-05, assessment: achieved", day=grace_over)
    assert later.code == ("partly" if grace_over < date(2014, 1, 5) else "late")


def test_when_a_goal_was_reached_is_not_known_where_only_a_later_day_is() -> None:
    assert outcome("known_by: 2014-03-31, assessment: achieved").code == "reached"
    assert outcome("known_by: 2013-12-31, assessment: achieved").code == "in_time"


def test_a_due_date_that_was_moved_counts_as_it_stands() -> None:
    moved = "date: 2013-12-01, due: 2014-03-31, reason: r"
    assert outcome(moved, "date: 2014-03-20, assessment: achieved").code == "in_time"


@pytest.mark.parametrize(("said", "code"), [("not_achieved", "missed"), ("partly_achieved", "partly")])
def test_a_goal_judged_not_reached_missed_its_due_date_once_that_has_come(said: str, code: str) -> None:
    entry = f"date: 2013-12-30, assessment: {said}"
    assert outcome(entry, day=date(2013, 12, 30)).code == "ahead"
    assert outcome(entry, day=date(2013, 12, 31)).code == code


def test_what_nobody_has_assessed_is_not_called_late() -> None:
    assert outcome(day=date(2013, 12, 31)).code == "ahead"
    assert outcome().code == "passed_unreported"
    assert outcome("date: 2013-06-01, assessment: expected").code == "passed"


def test_a_goal_without_a_due_date_is_neither_late_nor_in_time() -> None:
    assert outcome("date: 2014-03-20, assessment: achieved", due="").code == "undated"


def test_an_activity_is_done_late_if_the_day_is_known_and_after_its_due_date() -> None:
    assert done_late("date: 2014-01-01, status: done")
    assert not done_late("date: 2013-12-31, status: done", "date: 2014-02-01, status: done, note: n")
    assert not done_late("known_by: 2014-01-31, status: done")
    assert not done_late("date: 2014-01-01, status: in_progress")
