from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from servplan.analysis.graph import Graph
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.header import Header, Period
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.state import Standing
from tests.plans import load

DAY = date(2013, 6, 1)
HEADER = Header(servplan=1, title="Testplan", period=Period(start=date(2013, 1, 1), end=date(2015, 12, 31)))


def goal(id_: str, *supports: str, **fields: object) -> Goal:
    path = f"data/goals/{id_}.yaml"
    return Goal.model_validate(
        {"id": id_, "path": path, "title": id_, "level": "x", "supports": supports, **fields}
    )


def activity(id_: str, *supports: str, **fields: object) -> Activity:
    path = f"data/activities/{id_}.yaml"
    return Activity.model_validate({"id": id_, "path": path, "title": id_, "supports": supports, **fields})


def graph(*records: Record, day: date = DAY) -> Graph:
    by_id = {record.id: record for record in sorted(records, key=lambda item: item.id)}
    return Graph(Standing(Plan(HEADER, by_id), day))


def test_the_leaves_of_a_goal_are_the_activities_that_reach_it() -> None:
    found = graph(
        goal("top"), goal("sub", "top"), activity("aa", "sub"), activity("bb", "top"), activity("cc")
    )
    assert set(found.leaves("top")) == {"aa", "bb"}
    assert found.leaves("sub") == ("aa",)


def test_an_activity_that_reaches_a_goal_on_two_ways_is_one_leaf() -> None:
    found = graph(goal("top"), goal("left", "top"), goal("right", "top"), activity("aa", "left", "right"))
    assert found.leaves("top") == ("aa",)


def test_an_activity_with_parts_is_no_leaf_but_its_parts_are() -> None:
    found = graph(goal("top"), activity("whole", "top"), activity("one", "whole"), activity("two", "whole"))
    assert set(found.leaves("top")) == {"one", "two"}
    assert found.all_leaves == ("one", "two")


def test_parts_may_have_parts() -> None:
    found = graph(goal("top"), activity("aa", "top"), activity("bb", "aa"), activity("cc", "bb"))
    assert found.leaves("top") == ("cc",)


def test_a_part_that_also_serves_the_goal_itself_counts_once() -> None:
    found = graph(goal("top"), activity("whole", "top"), activity("part", "whole", "top"))
    assert found.leaves("top") == ("part",)


def test_an_activity_whose_parts_are_retired_is_a_leaf_again() -> None:
    retired = {"date": "2013-06-01", "reason": "r"}
    records = (goal("top"), activity("whole", "top"), activity("part", "whole", retired=retired))
    assert graph(*records, day=date(2013, 5, 31)).leaves("top") == ("part",)
    assert graph(*records, day=date(2013, 6, 1)).leaves("top") == ("whole",)


def test_what_is_not_yet_valid_is_left_out() -> None:
    records = (goal("top"), activity("aa", "top", valid_from="2013-06-02"))
    assert graph(*records, day=date(2013, 6, 1)).leaves("top") == ()
    assert graph(*records, day=date(2013, 6, 2)).leaves("top") == ("aa",)


def test_nothing_passes_through_a_retired_goal() -> None:
    gone = goal("gone", "top", retired={"date": "2013-02-01", "reason": "r"})
    assert graph(goal("top"), gone, activity("aa", "gone")).leaves("top") == ()


def test_a_box_passes_its_activities_on_to_its_goals_and_is_no_leaf() -> None:
    plan = load(
        {
            "goals/top.yaml": "title: Top\nlevel: overall\n",
            "boxes/mark.yaml": "title: Mark\nprogramme: tio\nsupports: [top]\n",
            "activities/resa.yaml": "title: Resa\nsupports: [mark]\n",
        }
    ).plan
    assert Graph(Standing(plan, DAY)).leaves("top") == ("resa",)


def test_old_ids_are_followed() -> None:
    found = graph(goal("top", formerly="peak"), activity("aa", "peak"), activity("bb", "top", "peak"))
    assert set(found.leaves("top")) == {"aa", "bb"}
    assert found.parents["bb"] == ("top",)


def test_a_reference_to_nothing_is_no_parent() -> None:
    assert graph(activity("aa", "nobody")).parents == {}


def test_circles_do_not_hang() -> None:
    found = graph(goal("aa", "bb"), goal("bb", "aa"), goal("self", "self"), activity("cc", "aa", "self"))
    assert found.leaves("aa") == found.leaves("bb") == found.leaves("self") == ("cc",)
    assert found.above("cc") == ("aa", "self", "bb")


def test_what_a_record_serves_stands_nearest_first() -> None:
    found = graph(goal("top"), goal("near", "top"), goal("side"), activity("aa", "near", "side"))
    assert found.above("aa") == ("near", "side", "top")


def test_siblings_stand_by_order_then_due_date_then_swedish_title() -> None:
    found = graph(
        goal("top"),
        activity("last", "top", title="Östra"),
        activity("mid", "top", title="Älven"),
        activity("first", "top", order=1, title="Z"),
        activity("dated", "top", due="2013-05-01", title="Zz"),
        activity("lower", "top", title="Åsen"),
        activity("plain", "top", title="Zink"),
    )
    assert found.children("top") == ("first", "dated", "plain", "lower", "mid", "last")


@st.composite
def webs(draw: st.DrawFn) -> list[Record]:
    """Goals and activities in layers: each supports some of those before it, so that there is no circle."""
    records: list[Record] = []
    for number in range(draw(st.integers(1, 12))):
        make = draw(st.sampled_from((goal, activity)))
        fitting = [item.id for item in records if make is activity or isinstance(item, Goal)]
        supports = draw(st.lists(st.sampled_from(fitting), unique=True)) if fitting else []
        records.append(make(f"r{number}", *supports))
    return records


@given(webs())
def test_the_leaves_of_a_goal_are_exactly_the_leaves_it_can_be_reached_from(records) -> None:
    found = graph(*records)
    supports = {item.id: item.supports for item in records}
    wholes = {
        parent
        for item in records
        if isinstance(item, Activity)
        for parent in item.supports
        if isinstance(records[int(parent[1:])], Activity)
    }

    def reaches(start: str, target: str) -> bool:
        return any(parent == target or reaches(parent, target) for parent in supports[start])

    for target in (item for item in records if isinstance(item, Goal)):
        leaves = found.leaves(target.id)
        expected = {
            item.id
            for item in records
            if isinstance(item, Activity) and item.id not in wholes and reaches(item.id, target.id)
        }
        assert len(leaves) == len(expected)
        assert set(leaves) == expected
