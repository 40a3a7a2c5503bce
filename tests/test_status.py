from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from servplan.analysis.graph import Graph
from servplan.analysis.status import GoalStatus, PlanStatus, build_status
from servplan.state import Standing
from tests.plans import load

DAY = date(2014, 1, 20)
TOP = "title: Top\nlevel: overall\n"


def status(files: dict[str, str], day: date = DAY) -> PlanStatus:
    return build_status(Graph(Standing(load(files).plan, day)))


def goal(files: dict[str, str], id_: str = "top") -> GoalStatus:
    return next(row for row in status({"goals/top.yaml": TOP} | files).goals if row.id == id_)


def activity(*entries: str, fields: str = "supports: [top]") -> str:
    log = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return f"title: A\n{fields}\n" + (f"log:\n{log}" if entries else "")


DONE = "date: 2013-05-01, status: done"
CANCELLED = "date: 2013-05-01, status: cancelled, reason: r"
STARTED = "date: 2013-05-01, status: in_progress"
DUE = "supports: [top]\ndue: 2013-12-31"


def test_the_plan_counts_each_leaf_once_by_its_status() -> None:
    view = status(
        {
            "goals/left.yaml": "title: Left\nlevel: overall\n",
            "goals/right.yaml": "title: Right\nlevel: overall\n",
            "activities/a1.yaml": activity(DONE, fields="supports: [left, right]"),
            "activities/a2.yaml": activity(STARTED, fields="supports: [left]"),
            "activities/a3.yaml": activity(fields="tags: fri"),
        }
    )
    assert view.activities.total == 3
    assert view.activities.by_status == {"done": 1, "in_progress": 1, "unreported": 1}
    assert {row.id: row.activities.total for row in view.goals} == {"left": 2, "right": 1}


def test_an_activity_with_parts_is_not_counted_beside_them() -> None:
    view = status(
        {
            "goals/top.yaml": TOP,
            "activities/whole.yaml": activity(STARTED),
            "activities/part.yaml": activity(DONE, fields="supports: [whole]"),
        }
    )
    assert view.activities.by_status == {"done": 1}
    assert view.goals[0].activities.by_status == {"done": 1}


def test_a_share_leaves_the_cancelled_out_and_the_total_shows_them() -> None:
    tally = goal(
        {
            "activities/a1.yaml": activity(DONE),
            "activities/a2.yaml": activity(CANCELLED),
            "activities/a3.yaml": activity(),
        }
    ).activities
    assert (tally.done, tally.counted, tally.total) == (1, 2, 3)
    assert tally.by_status == {"done": 1, "unreported": 1, "cancelled": 1}


def test_overdue_and_due_unreported_are_counted_apart() -> None:
    tally = goal(
        {
            "activities/late.yaml": activity(STARTED, fields=DUE),
            "activities/silent.yaml": activity(fields=DUE),
            "activities/done.yaml": activity(DONE, fields=DUE),
        }
    ).activities
    assert (tally.overdue, tally.due_unreported) == (1, 1)


def test_a_vacant_activity_is_without_owner() -> None:
    tally = goal(
        {
            "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
            "activities/a1.yaml": activity(fields="supports: [top]\nowners: [landsbygd]"),
            "activities/a2.yaml": activity(
                "date: 2013-05-01, owners: []", fields="supports: [top]\nowners: [landsbygd]"
            ),
            "activities/a3.yaml": activity(),
        }
    ).activities
    assert tally.without_owner == 2


def test_what_was_retired_is_counted_and_nothing_else_of_it() -> None:
    retired = "supports: [top]\nretired: {date: 2013-05-01, reason: r}"
    view = status({"goals/top.yaml": TOP, "activities/a1.yaml": activity(DONE, fields=retired)})
    assert (view.retired, view.activities.total, view.goals[0].activities.total) == (1, 0, 0)


def test_what_is_not_yet_valid_is_not_counted() -> None:
    later = "supports: [top]\nvalid_from: 2014-02-01"
    files = {"goals/top.yaml": TOP, "activities/a1.yaml": activity(fields=later)}
    assert status(files).activities.total == 0
    assert status(files, date(2014, 2, 1)).activities.total == 1


def test_goals_stand_by_level_then_in_their_siblings_order() -> None:
    view = status(
        {
            "goals/sub.yaml": "title: A\nlevel: sub-goal\n",
            "goals/odd.yaml": "title: A\nlevel: okand\n",
            "goals/t2.yaml": "title: A\nlevel: target\norder: 2\n",
            "goals/t1.yaml": "title: B\nlevel: target\norder: 1\n",
            "goals/top.yaml": TOP,
        }
    )
    assert [row.id for row in view.goals] == ["top", "t1", "t2", "sub", "odd"]
    assert view.goals_by_level == {"overall": 1, "target": 2, "sub-goal": 1, "okand": 1}


def test_a_goal_shows_its_last_reported_assessment_and_never_a_proposal() -> None:
    files = {
        "goals/reported.yaml": """\
            title: R
            level: target
            log:
              - {date: 2013-05-01, assessment: expected}
              - {date: 2013-09-01, assessment: not_expected}
              - {date: 2014-02-01, assessment: achieved}
        """,
        "goals/proposed.yaml": "title: P\nlevel: target\nreached_when: {is: completed, what: klart}\n",
        "activities/a1.yaml": activity(DONE, fields="supports: [proposed]"),
    }
    view = status(files)
    assert {row.id: row.assessment for row in view.goals} == {"reported": "not_expected", "proposed": None}
    assert view.goals_by_assessment == {"not_expected": 1, "none": 1}


def test_evidence_is_asked_of_the_last_report_only() -> None:
    def reported(*entries: str) -> GoalStatus:
        log = "".join(f"  - {{{entry}}}\n" for entry in entries)
        return goal({"goals/top.yaml": TOP + (f"log:\n{log}" if entries else "")})

    with_evidence = "date: 2013-05-01, assessment: expected, evidence: [https://example.org]"
    without = "date: 2013-09-01, assessment: achieved"
    assert reported().evidenced is None
    assert reported(with_evidence).evidenced is True
    assert reported(with_evidence, without).evidenced is False


def test_a_goal_is_on_schedule_when_no_leaf_is_overdue() -> None:
    assert goal({"activities/a1.yaml": activity(DONE, fields=DUE)}).on_schedule is True
    late = {"activities/a1.yaml": activity(STARTED, fields=DUE)}
    assert goal(late).on_schedule is False


def test_whether_a_goal_is_on_schedule_is_unknown_when_a_leaf_is_due_unreported() -> None:
    silent = {"activities/a1.yaml": activity(fields=DUE)}
    assert goal(silent).on_schedule is None
    done = {"activities/a2.yaml": activity(DONE, fields=DUE)}
    assert goal(silent | done).on_schedule is None


def test_one_overdue_leaf_decides_even_beside_an_unreported_one() -> None:
    files = {
        "activities/late.yaml": activity(STARTED, fields=DUE),
        "activities/silent.yaml": activity(fields=DUE),
    }
    assert goal(files).on_schedule is False


def test_a_goal_without_activities_has_no_schedule_to_keep() -> None:
    assert goal({}).on_schedule is None


LEAF = st.tuples(
    st.sampled_from(("", DONE, CANCELLED, STARTED, "date: 2013-05-01, status: on_hold")),
    st.lists(st.sampled_from(("top", "t1", "t2")), unique=True),
    st.booleans(),
)


@given(st.lists(LEAF, max_size=6))
def test_every_sum_is_a_sum_of_distinct_leaves(leaves) -> None:
    files = {
        "goals/top.yaml": TOP,
        "goals/t1.yaml": "title: T\nlevel: target\nsupports: [top]\n",
        "goals/t2.yaml": "title: T\nlevel: target\nsupports: [top]\n",
    }
    for number, (entry, supports, due) in enumerate(leaves):
        fields = f"supports: [{', '.join(supports)}]" + ("\ndue: 2013-12-31" if due else "")
        files[f"activities/a{number}.yaml"] = activity(*([entry] if entry else []), fields=fields)
    view = status(files)
    assert view.activities.total == len(leaves)
    assert sum(view.activities.by_status.values()) == len(leaves)
    top = next(row for row in view.goals if row.id == "top")
    assert top.activities.total == sum(1 for _entry, supports, _due in leaves if supports)
    below = sum(row.activities.total for row in view.goals if row.id != "top")
    assert top.activities.total <= below + sum(1 for _entry, supports, _due in leaves if "top" in supports)
