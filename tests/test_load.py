from collections.abc import Mapping
from datetime import date
from textwrap import dedent

import pytest

from servplan.diagnostics import Diagnostic, Span
from servplan.files.tree import MemoryTree
from servplan.load import load_plan
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from tests.plans import HEADER, load

PATH = "data/activities/aa.yaml"
Found = tuple[str, str, int, int]


def found(files: dict[str, str]) -> list[Found]:
    """What reading these files finds: code, path, line and column."""
    loaded = load(files)
    placed = map(loaded.placed, loaded.diagnostics)
    return sorted((item.code, item.path, *item.span[:2]) for item in placed if item.span)


def only(files: dict[str, str]) -> Diagnostic:
    loaded = load(files)
    (finding,) = loaded.diagnostics
    return loaded.placed(finding)


def params(text: str, folder: str = "activities") -> Mapping[str, str]:
    return only({f"{folder}/aa.yaml": text}).params


def test_a_record_has_its_id_and_path_from_its_files_name() -> None:
    plan = load({"activities/2013/besoka-boden.yaml": "title: Besöka Boden"}).plan
    record = plan.records["besoka-boden"]
    assert (record.id, record.path) == ("besoka-boden", "data/activities/2013/besoka-boden.yaml")


def test_the_folder_says_the_kind() -> None:
    plan = load({"goals/aa.yaml": "title: A\nlevel: overall", "activities/x/bb.yaml": "title: B"}).plan
    assert [type(record) for record in plan.records.values()] == [Goal, Activity]


def test_records_stand_in_the_order_of_their_ids() -> None:
    files = {
        "owners/cc.yaml": "title: C\ntype: unit",
        "activities/bb.yaml": "title: B",
        "areas/aa.yaml": "title: A",
    }
    assert list(load(files).plan.records) == ["aa", "bb", "cc"]


def test_other_files_are_left_alone() -> None:
    loaded = load({"activities/README.md": "# [", "underlag/x.pdf": "%PDF", "activities/aa.yaml": "title: A"})
    assert (list(loaded.plan.records), loaded.diagnostics) == (["aa"], ())


def test_an_unknown_key_is_found_at_its_place_with_what_may_be_meant() -> None:
    finding = only({"activities/aa.yaml": "title: A\nsuports: [b]"})
    assert finding.span is not None
    assert (finding.code, finding.span[:2]) == ("unknown-key", (2, 1))
    assert (finding.params["key"], finding.params["closest"]) == ("suports", "supports")


def test_an_unknown_key_of_an_entry_is_compared_with_an_entrys_keys() -> None:
    told = params("title: A\nlog: [{date: 2013-03-04, progres: 10}]")
    assert told["closest"] == "progress"
    assert "supports" not in told["known"]


def test_the_keys_that_a_file_may_have_leave_out_what_its_name_says() -> None:
    assert {"id", "path"}.isdisjoint(params("title: A\nxyzzy: 1")["known"].split(", "))


@pytest.mark.parametrize("key", ["id", "path"])
def test_what_the_files_name_says_may_not_stand_in_it(key: str) -> None:
    assert found({"activities/aa.yaml": f"title: A\n{key}: aa"}) == [("unknown-key", PATH, 2, 1)]


def test_a_record_that_cannot_be_read_is_known_but_not_in_the_plan() -> None:
    loaded = load({"activities/aa.yaml": "title: [", "activities/bb.yaml": "title: B"})
    assert list(loaded.plan.records) == ["bb"]
    assert loaded.plan.unreadable == {"aa": PATH}
    assert loaded.unreadable == [PATH]


@pytest.mark.parametrize(
    "path", ["activities/aa.yml", "activities/aa.YAML", "aktiviteter/aa.yaml", "aa.yaml"]
)
def test_a_record_in_the_wrong_place_is_known_but_not_in_the_plan(path: str) -> None:
    loaded = load({path: "title: A"})
    assert (list(loaded.plan.records), dict(loaded.plan.unreadable)) == ([], {"aa": f"data/{path}"})


def test_an_id_can_be_taken_only_once_and_the_first_file_keeps_it() -> None:
    loaded = load({"goals/aa.yaml": "title: G\nlevel: overall", "activities/x/aa.yaml": "title: A"})
    (finding,) = loaded.diagnostics
    assert (finding.code, finding.path) == ("taken-id", "data/goals/aa.yaml")
    assert finding.params["other"] == "data/activities/x/aa.yaml"
    assert loaded.plan.records["aa"].title == "A"


def test_an_id_that_cannot_be_one_is_found_and_the_record_is_read() -> None:
    loaded = load({"activities/a_b.yaml": "title: A"})
    assert [(finding.code, finding.params["fault"]) for finding in loaded.diagnostics] == [("bad-id", "form")]
    assert loaded.plan.records["a_b"].title == "A"


ABSENT = """\
title: A
due:
owners:
log:
retired: ~
decided:
visibility: null
"""


def test_a_key_without_a_value_is_as_good_as_absent() -> None:
    given = load({"activities/aa.yaml": ABSENT})
    assert given.diagnostics == ()
    assert given.plan.records["aa"] == load({"activities/aa.yaml": "title: A"}).plan.records["aa"]


def test_a_key_without_a_value_inside_an_entry_is_as_good_as_absent() -> None:
    given = load({"activities/aa.yaml": "title: A\nlog:\n  - date: 2013-03-04\n    status:\n    evidence:\n"})
    assert given.diagnostics == ()


def test_a_header_may_have_keys_without_values() -> None:
    given = load({"plan.yaml": HEADER + "rhythm:\nterms:\nlanguage:\nchannels:\nchecks:\n"})
    assert given.diagnostics == ()
    assert (given.plan.header.language, given.plan.header.rhythm.every) == ("sv", "month")


def test_an_unknown_key_without_a_value_is_still_unknown() -> None:
    """`{note: Klart, se rapport}` would otherwise lose half of its note."""
    told = found({"activities/aa.yaml": "title: A\nlog: [{date: 2013-03-04, note: Klart, se rapport}]"})
    assert told == [("unknown-key", PATH, 2, 39)]


def test_a_required_key_without_a_value_is_missing_where_it_stands() -> None:
    assert found({"activities/aa.yaml": "due: 2013-12-31\ntitle:\n"}) == [("missing-key", PATH, 2, 1)]


PLACES = [
    ("due: 2013-12-31", "missing-key", (1, 1)),
    ("title: A\nretired: {date: 2013-03-04}", "missing-key", (2, 10)),
    ("title: A\nretired:\n  date: 2013-03-04\n  reason:\n", "missing-key", (4, 3)),
    ("title: A\nowner: b", "unknown-key", (2, 1)),
    ("title: A\nretired: {date: 2013-03-04, reason: r, why: s}", "unknown-key", (2, 40)),
    ("title: 12", "wrong-type", (1, 8)),
    ("title: [A]", "wrong-type", (1, 8)),
    ("title:\n\n  # hm\n  a: b", "wrong-type", (4, 3)),
    ("title: A\ntags: [b, 1.10]", "wrong-type", (2, 11)),
    ("title: A\ntags:\n  - b\n  - true\n", "wrong-type", (4, 5)),
    ("title: A\ntarget_count: '7'", "wrong-type", (2, 15)),
    ("title: A\ntarget_count: 7.0", "wrong-type", (2, 15)),
    ("title: A\nlog: nej", "wrong-type", (2, 6)),
    ("title: A\nlog: [nej]", "wrong-type", (2, 7)),
    ("title: A\nretired: nej", "wrong-type", (2, 10)),
    ("title: A\ndue: 20131231", "wrong-type", (2, 6)),
    ("title: A\ndue: 31/12", "wrong-type", (2, 6)),
    ("title: A\ndue: 2013-02-30", "no-such-day", (2, 6)),
    ("title: A\nlog:\n  - {date: 2013-02-30}", "no-such-day", (3, 12)),
    ("title: A\nlog:\n  - {date: 2013-02-28, status: klar}", "bad-value", (3, 32)),
    ("title: A\nlog:\n  - {date: 2013-02-28, status: [done]}", "bad-value", (3, 32)),
    ("title: A\nlog:\n  - {date: 2013-02-28, progress: 101}", "out-of-range", (3, 34)),
    ("title: A\ntarget_count: -1", "out-of-range", (2, 15)),
    ("title: ''", "blank-text", (1, 8)),
    ("title: A\ntags: [b, ' ']", "blank-text", (2, 11)),
    ("title: A\ntags: [b, ~]", "blank-text", (2, 11)),
    ("title: A\n7: b", "key-not-text", (2, 1)),
    ("title: A\nretired: {date: 2013-03-04, reason: r, 7: b}", "key-not-text", (2, 40)),
]


@pytest.mark.parametrize(("text", "code", "place"), PLACES)
def test_everything_that_a_model_refuses_has_a_place(text: str, code: str, place: tuple[int, int]) -> None:
    assert found({"activities/aa.yaml": text}) == [(code, PATH, *place)]


@pytest.mark.parametrize(("text", "code", "place"), PLACES)
def test_places_are_the_same_with_windows_line_ends(text: str, code: str, place: tuple[int, int]) -> None:
    assert found({"activities/aa.yaml": text.replace("\n", "\r\n")}) == [(code, PATH, *place)]


def test_a_key_that_is_no_text_in_a_mapping_of_words_is_found_at_its_place() -> None:
    files = {"plan.yaml": HEADER + "terms: {BMB: Nämnden, 112: Nödnumret}\n"}
    assert found(files) == [("key-not-text", "data/plan.yaml", 10, 23)]


@pytest.mark.parametrize("written", ["012", "1.10", "true", "0x1F", "1e3", ".inf"])
def test_what_is_no_text_is_shown_as_it_is_written(written: str) -> None:
    told = params(f"title: {written}  # hm")
    assert (told["expected"], told["written"]) == ("text", written)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: 1", "text"),
        ("title: A\ntarget_count: tio", "whole-number"),
        ("title: A\nretired: nej", "mapping"),
        ("title: A\nlog: nej", "list"),
        ("title: A\ndue: nej", "day"),
    ],
)
def test_a_wrong_type_says_what_is_expected(text: str, expected: str) -> None:
    assert params(text)["expected"] == expected


def test_a_bad_value_says_what_may_be_meant_and_what_there_is() -> None:
    told = params("title: A\nlog: [{date: 2013-03-04, status: In Progres}]")
    assert (told["value"], told["closest"]) == ("In Progres", "in_progress")
    assert told["allowed"] == "not_started, in_progress, on_hold, done, cancelled"


def test_a_bad_value_is_shown_as_it_is_written() -> None:
    assert params("title: A\ntype: [unit]", "owners")["value"] == "[unit]"
    assert params("title: A\ntype: TRUE", "owners")["value"] == "TRUE"


def test_all_findings_of_all_files_come_in_one_run() -> None:
    files = {
        "plan.yaml": HEADER + "xyzzy: 1\n",
        "activities/aa.yaml": "titel: A\ndue: 2013-02-30\ntags: [1, 2]\n",
        "activities/bb.yaml": 'title: "B\n',
        "activities/cc.yaml": "title: C\n",
        "goals/dd.yaml": "title: D\n",
    }
    assert found(files) == [
        ("missing-key", PATH, 1, 1),
        ("missing-key", "data/goals/dd.yaml", 1, 1),
        ("no-such-day", PATH, 2, 6),
        ("unknown-key", PATH, 1, 1),
        ("unknown-key", "data/plan.yaml", 10, 1),
        ("wrong-type", PATH, 3, 8),
        ("wrong-type", PATH, 3, 11),
        ("yaml-syntax", "data/activities/bb.yaml", 1, 8),
    ]
    assert list(load(files).plan.records) == ["cc"]


def test_a_newer_format_is_one_finding_and_nothing_is_read() -> None:
    loaded = load({"plan.yaml": "servplan: 2\nwhat: ever\n", "activities/aa.yaml": "title: ["})
    (finding,) = map(loaded.placed, loaded.diagnostics)
    assert (finding.code, finding.span and finding.span[:2]) == ("newer-format", (1, 11))
    assert (finding.params["found"], finding.params["known"]) == ("2", "1")
    assert dict(loaded.plan.records) == {}


@pytest.mark.parametrize("version", ["0", "-1"])
def test_a_format_that_never_was_is_one_finding(version: str) -> None:
    assert found({"plan.yaml": f"servplan: {version}\n"}) == [("unknown-format", "data/plan.yaml", 1, 11)]


@pytest.mark.parametrize("version", ["'1'", "1.0", "true", "ett"])
def test_a_format_that_is_no_whole_number_is_a_wrong_type(version: str) -> None:
    header = HEADER.replace("servplan: 1", f"servplan: {version}")
    assert found({"plan.yaml": header}) == [("wrong-type", "data/plan.yaml", 1, 11)]


@pytest.mark.parametrize("header", ["", "title: [", "- a", "servplan: 1\n", "\0"])
def test_without_a_header_the_records_are_still_read(header: str) -> None:
    loaded = load({"plan.yaml": header, "activities/aa.yaml": "title: A"})
    assert {finding.path for finding in loaded.diagnostics} == {"data/plan.yaml"}
    assert list(loaded.plan.records) == ["aa"]


def test_a_plan_without_a_header_is_a_finding() -> None:
    (finding,) = load_plan(MemoryTree({PATH: "title: A"})).diagnostics
    assert (finding.code, finding.path) == ("cannot-read", "data/plan.yaml")


def test_texts_are_taken_as_they_are_written() -> None:
    text = dedent("""\
        title: "Hur? 'Så' & <b>så</b>"
        note: |
          en

          två # tre
        due: '2013-12-31'
        """)
    record = load({"activities/aa.yaml": text}).plan.records["aa"]
    assert isinstance(record, Activity)
    assert (record.title, record.note) == ("Hur? 'Så' & <b>så</b>", "en\n\ntvå # tre\n")
    assert record.due == date(2013, 12, 31)


def test_one_item_may_stand_without_a_list() -> None:
    files = {"activities/aa.yaml": "title: A\nsupports: bb", "activities/bb.yaml": "title: A\nsupports: [bb]"}
    records = load(files).plan.records
    assert [record.supports for record in records.values() if isinstance(record, Activity)] == [
        ("bb",),
        ("bb",),
    ]


def test_findings_of_several_files_have_their_own_places_in_whatever_order() -> None:
    loaded = load(
        {"goals/aa.yaml": "level: overall\ntags: [{}]\n", "goals/bb.yaml": "\ntags:\n  - a\n  - []\n"}
    )
    one, two = (Diagnostic("x", f"data/goals/{name}.yaml", ("tags", 0)) for name in ("aa", "bb"))
    spans = [loaded.placed(finding).span for finding in (one, two, one)]
    assert spans == [Span(2, 8, 2), Span(3, 5), Span(2, 8, 2)]
