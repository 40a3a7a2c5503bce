from datetime import date

import pytest

from servplan.analysis.assessment import Proposal, propose
from servplan.analysis.graph import Graph
from servplan.model.goal import Goal
from servplan.state import Standing
from tests.plans import load

BEFORE = date(2013, 12, 31)
"""The due date itself: it has not passed yet."""
AFTER = date(2014, 1, 1)
UNREPORTED = ""
NOT_STARTED = "date: 2013-02-01, status: not_started"
STARTED = "date: 2013-02-01, status: in_progress"
HELD = "date: 2013-03-01, status: on_hold"
DONE = "date: 2013-04-01, status: done"
CANCELLED = "date: 2013-04-01, status: cancelled, reason: r"


def proposal(
    rule: str, *logs: tuple[str, ...], day: date = BEFORE, fields: str = "due: 2013-12-31"
) -> Proposal:
    """The proposal for a goal with one condition and one activity for each log."""
    condition = f"reached_when: [{{is: {rule}, what: så här}}]\n"
    files = {"goals/malet.yaml": f"title: M\nlevel: target\n{fields}\n{condition}"}
    for number, log in enumerate(logs):
        entries = "".join(f"  - {{{entry}}}\n" for entry in log if entry)
        text = "title: A\nsupports: [malet]\n" + (f"log:\n{entries}" if entries else "")
        files[f"activities/a{number}.yaml"] = text
    return of_goal(files, day)


def of_goal(files: dict[str, str], day: date = BEFORE) -> Proposal:
    loaded = load(files)
    assert loaded.diagnostics == ()
    goal = loaded.plan.records["malet"]
    assert isinstance(goal, Goal)
    return propose(Graph(Standing(loaded.plan, day)), goal)


def test_started_is_achieved_once_some_activity_is_in_progress_or_done() -> None:
    assert proposal("started", (STARTED,), (NOT_STARTED,)).result == "achieved"
    assert proposal("started", (DONE,), (UNREPORTED,)).result == "achieved"


def test_started_stays_achieved_whatever_happens_after() -> None:
    assert proposal("started", (STARTED, HELD)).result == "achieved"
    assert proposal("started", (STARTED, CANCELLED), day=AFTER).result == "achieved"


def test_work_reported_by_its_progress_or_count_alone_has_started() -> None:
    assert proposal("started", ("date: 2013-02-01, progress: 50",)).result == "achieved"
    assert proposal("started", ("date: 2013-02-01, count: 3",)).result == "achieved"


def test_a_voided_start_is_no_start() -> None:
    voided = STARTED + ", voided: {date: 2013-02-02, reason: r}"
    assert proposal("started", (voided, NOT_STARTED)).result is None


def test_a_start_in_the_future_is_no_start() -> None:
    assert (
        proposal("started", (NOT_STARTED, STARTED.replace("02-01", "06-01")), day=date(2013, 5, 1)).result
        is None
    )


def test_completed_is_achieved_when_all_are_done() -> None:
    assert proposal("completed", (DONE,), (DONE,)).result == "achieved"
    assert proposal("completed", (DONE,), (STARTED,)).result is None


def test_completed_leaves_the_cancelled_out() -> None:
    assert proposal("completed", (DONE,), (CANCELLED,)).result == "achieved"


def test_completed_is_not_achieved_when_everything_was_cancelled() -> None:
    assert proposal("completed", (CANCELLED,)).result is None
    assert proposal("completed", (CANCELLED,), day=AFTER).result == "not_achieved"


@pytest.mark.parametrize("rule", ["started", "completed"])
@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_an_unreported_activity_makes_it_not_assessable(rule: str, day: date) -> None:
    found = proposal(rule, (NOT_STARTED,), (UNREPORTED,), day=day)
    assert (found.result, found.missing) == ("not_assessable", ("a1",))


@pytest.mark.parametrize("rule", ["started", "completed", "adopted", "measured"])
@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_without_inputs_it_is_not_assessable(rule: str, day: date) -> None:
    found = proposal(rule, day=day)
    assert (found.result, found.inputs) == ("not_assessable", ())


def test_before_the_due_date_has_passed_nothing_is_proposed() -> None:
    assert proposal("completed", (STARTED,), day=BEFORE).result is None
    assert proposal("completed", (STARTED,), day=AFTER).result == "not_achieved"


def test_after_the_due_date_it_is_partly_achieved_if_something_is_done() -> None:
    assert proposal("completed", (DONE,), (STARTED,), day=AFTER).result == "partly_achieved"
    assert proposal("completed", (HELD,), (STARTED,), day=AFTER).result == "not_achieved"
    assert proposal("started", (NOT_STARTED,), (HELD,), day=AFTER).result == "not_achieved"


def test_a_goal_without_a_due_date_is_never_late() -> None:
    assert proposal("completed", (STARTED,), day=date(2099, 1, 1), fields="tags: x").result is None


def test_a_moved_due_date_is_the_one_that_has_to_pass() -> None:
    moved = "due: 2013-12-31\nlog: [{date: 2013-06-01, due: 2014-06-30}]"
    assert proposal("completed", (STARTED,), day=date(2014, 6, 30), fields=moved).result is None
    assert proposal("completed", (STARTED,), day=date(2014, 7, 1), fields=moved).result == "not_achieved"


def test_activities_of_goals_below_are_inputs_each_once() -> None:
    found = of_goal(
        {
            "goals/malet.yaml": "title: M\nlevel: target\nreached_when: {is: completed, what: w}\n",
            "goals/under.yaml": "title: U\nlevel: sub-goal\nsupports: [malet]\n",
            "activities/aa.yaml": f"title: A\nsupports: [malet, under]\nlog: [{{{DONE}}}]\n",
            "activities/bb.yaml": f"title: B\nsupports: [under]\nlog: [{{{DONE}}}]\n",
        }
    )
    assert sorted(item.id for item in found.inputs) == ["aa", "bb"]
    assert found.result == "achieved"


def test_adopted_is_achieved_when_all_its_documents_are_adopted() -> None:
    def documents(*statuses: str, day: date = BEFORE) -> str | None:
        names = [f"d{number}" for number in range(len(statuses))]
        files = {
            "goals/malet.yaml": "title: M\nlevel: target\ndue: 2013-12-31\n"
            f"reached_when: {{is: adopted, what: w}}\ndocuments: [{', '.join(names)}]\n"
        }
        for name, status in zip(names, statuses, strict=True):
            log = f"log: [{{date: 2013-05-01, status: {status}}}]\n" if status else ""
            files[f"documents/{name}.yaml"] = f"title: D\ntype: policy\n{log}"
        return of_goal(files, day).result

    assert documents("adopted", "adopted") == "achieved"
    assert documents("adopted", "in_progress") is None
    assert documents("in_progress", "referred", day=AFTER) == "not_achieved"
    assert documents("adopted", "") == "not_assessable"


@pytest.mark.parametrize(
    ("conditions", "rule"),
    [
        ("[{is: established, what: a}]", "person"),
        ("[{is: completed, what: a}, {is: started, what: b}]", "several"),
        ("[]", "unstated"),
    ],
)
def test_where_only_a_person_can_tell_nothing_is_proposed(conditions: str, rule: str) -> None:
    files = {
        "goals/malet.yaml": f"title: M\nlevel: target\ndue: 2013-06-30\nreached_when: {conditions}\n",
        "activities/aa.yaml": f"title: A\nsupports: [malet]\nlog: [{{{DONE}}}]\n",
    }
    found = of_goal(files, AFTER)
    assert (found.rule, found.result, found.inputs) == (rule, None, ())
    assert len(found.conditions) == conditions.count("is:")


@pytest.mark.parametrize("day", [BEFORE, AFTER])
@pytest.mark.parametrize("rule", ["started", "completed"])
@pytest.mark.parametrize("log", [(UNREPORTED,), (NOT_STARTED,), (STARTED,), (DONE,), (CANCELLED,)])
def test_an_expectation_is_never_proposed(rule: str, log: tuple[str, ...], day: date) -> None:
    assert "expect" not in (proposal(rule, log, day=day).result or "")
