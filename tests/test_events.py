from datetime import date

from servplan.analysis.events import build_events, concerning
from servplan.analysis.graph import Graph
from servplan.model.plan import Plan
from servplan.state import Standing
from tests.plans import load

UNTIL = date(2013, 12, 31)


def plan(files: dict[str, str]) -> Plan:
    loaded = load(files)
    assert loaded.diagnostics == ()
    return loaded.plan


def activity(*entries: str, fields: str = "") -> str:
    log = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return f"title: A\n{fields}" + (f"log:\n{log}" if entries else "")


def test_events_stand_by_day_then_by_record_then_as_in_the_file() -> None:
    files = {
        "activities/bb.yaml": activity("date: 2013-03-02, note: last", "date: 2013-03-01, note: first"),
        "activities/aa.yaml": activity("date: 2013-03-02, note: second", "date: 2013-03-02, note: third"),
    }
    found = build_events(plan(files), UNTIL)
    assert [event.entry.note for event in found] == ["first", "second", "third", "last"]
    assert [(event.id, event.kind, event.title, event.position) for event in found[:2]] == [
        ("bb", "activity", "A", 1),
        ("aa", "activity", "A", 0),
    ]


def test_an_event_of_which_only_a_latest_day_is_known_says_so() -> None:
    files = {"activities/aa.yaml": activity("known_by: 2013-04-30, note: n", "date: 2013-05-01, note: n")}
    found = build_events(plan(files), UNTIL)
    assert [(str(event.date), event.exact) for event in found] == [
        ("2013-04-30", False),
        ("2013-05-01", True),
    ]


def test_voided_and_undated_entries_are_no_events() -> None:
    voided = "date: 2013-03-01, note: n, voided: {date: 2013-03-02, reason: r}"
    files = {"activities/aa.yaml": activity(voided, "note: undated", "date: 2013-03-03, note: kept")}
    assert [event.entry.note for event in build_events(plan(files), UNTIL)] == ["kept"]


def test_a_span_holds_its_first_and_last_day() -> None:
    days = ("2013-03-01", "2013-03-02", "2013-03-03", "2013-03-04")
    files = {"activities/aa.yaml": activity(*(f"date: {day}, note: n" for day in days))}
    found = build_events(plan(files), date(2013, 3, 3), date(2013, 3, 2))
    assert [str(event.date) for event in found] == ["2013-03-02", "2013-03-03"]


def test_events_of_every_kind_are_listed_even_of_retired_records() -> None:
    files = {
        "owners/bmb.yaml": "title: B\ntype: partner\nlog: [{date: 2013-03-01, note: n}]\n",
        "goals/malet.yaml": "title: M\nlevel: target\nlog: [{date: 2013-03-02, note: n}]\n",
        "boxes/mark.yaml": "title: M\nprogramme: tio\nlog: [{date: 2013-03-03, note: n}]\n"
        "retired: {date: 2013-03-04, reason: r}\n",
    }
    assert [event.kind for event in build_events(plan(files), UNTIL)] == ["owner", "goal", "box"]


FILES = {
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\nformerly: land\n",
    "owners/bmb.yaml": "title: BMB\ntype: partner\n",
    "areas/frovi.yaml": "title: Frövi\nformerly: frovi-bruk\n",
    "areas/stora.yaml": "title: Storå\n",
    "goals/top.yaml": "title: T\nlevel: overall\n",
    "goals/sub.yaml": "title: S\nlevel: sub-goal\nsupports: [top]\n",
    "activities/aa.yaml": activity(fields="owners: [land, bmb]\narea: frovi-bruk\nsupports: [sub]\n"),
    "activities/bb.yaml": activity(
        "date: 2013-03-01, owners: [bmb]", fields="owners: [landsbygd]\narea: all\n"
    ),
    "activities/cc.yaml": activity(fields="area: [stora]\nsupports: [top]\n"),
}


def ids(
    *, day: str = "2013-12-31", owner: str | None = None, area: str | None = None, goal: str | None = None
):
    standing = Standing(plan(FILES), date.fromisoformat(day))
    concerns = concerning(Graph(standing), owner, area, goal)
    return [record.id for record in standing.records.values() if concerns(record)]


def test_without_a_filter_everything_is_meant() -> None:
    assert ids() == sorted(path.split("/")[1].removesuffix(".yaml") for path in FILES)


def test_an_owners_records_are_those_it_owns_at_the_date_by_old_ids_too() -> None:
    assert ids(owner="landsbygd", day="2013-02-28") == ["aa", "bb"]
    assert ids(owner="landsbygd", day="2013-03-01") == ["aa"]
    assert ids(owner="bmb") == ["aa", "bb"]


def test_an_areas_records_are_itself_those_that_name_it_and_those_for_all() -> None:
    assert ids(area="frovi") == ["aa", "bb", "frovi"]
    assert ids(area="stora") == ["bb", "cc", "stora"]


def test_a_goals_records_are_itself_and_all_that_serves_it_near_and_far() -> None:
    assert ids(goal="top") == ["aa", "cc", "sub", "top"]
    assert ids(goal="sub") == ["aa", "sub"]


def test_several_filters_have_to_hold_together() -> None:
    assert ids(goal="top", owner="bmb", area="frovi") == ["aa"]
    assert ids(goal="top", owner="bmb", area="stora") == []
