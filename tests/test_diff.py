"""A plan change as a plan change."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servplan.analysis.diff import Change, PlanDiff, compare, compare_pair
from servplan.files.tree import MemoryTree
from servplan.revisions import read_pair
from tests.diffs import ANSWER, BASE
from tests.plans import HEADER, load, texts


def diff(before: dict[str, str], after: dict[str, str]) -> PlanDiff:
    return compare_pair(read_pair(*(MemoryTree(texts(files)) for files in (before, after))))


def changes(files: dict[str, str], gone: tuple[str, ...] = ()) -> tuple[Change, ...]:
    return diff(BASE, {path: text for path, text in (BASE | files).items() if path not in gone}).changes


def fields(change: Change) -> list[tuple[str, object, object]]:
    return [(field.field, field.old, field.new) for field in change.fields]


def codes(change: Change) -> list[str]:
    return [item.code for item in change.consequences]


def test_form_is_no_change() -> None:
    reformed = {
        "goals/ett.yaml": '# kommentar\nlevel:   "sub-goal"\nsupports:\n  - topp\ndue: 2013-12-31\ntitle: >-\n  Ett\n',
    }
    assert changes(reformed) == ()


def test_a_moved_reworded_and_edited_record_is_one_change() -> None:
    files = {
        "activities/2013/resa.yaml": "title: Studieresa\nsupports: [tva]\nowners: [enheten]\ndue: 2013-12-31\n"
    }
    (change,) = changes(files, ("activities/resa.yaml",))
    assert (change.change, change.id, change.moved) == (
        "changed",
        "resa",
        ("data/activities", "data/activities/2013"),
    )
    assert fields(change) == [
        ("title", "Resa", "Studieresa"),
        ("supports", ["ett"], ["tva"]),
        ("due", "2013-06-30", "2013-12-31"),
    ]
    assert codes(change) == ["last-activity-lost"]


def test_a_record_of_another_kind_is_told_as_a_changed_field() -> None:
    (change,) = changes({"services/resa.yaml": "title: Resa\nowners: [enheten]\n"}, ("activities/resa.yaml",))
    assert (change.kind, change.moved) == ("service", ("data/activities", "data/services"))
    assert fields(change)[0] == ("kind", "activity", "service")


def test_references_that_follow_a_rename_are_no_change() -> None:
    files = {
        "goals/forsta.yaml": BASE["goals/ett.yaml"] + "formerly: [ett]\n",
        "activities/resa.yaml": BASE["activities/resa.yaml"].replace("[ett]", "[forsta]"),
    }
    (change,) = changes(files, ("goals/ett.yaml",))
    assert (change.change, change.id, change.renamed_from, change.fields) == ("changed", "forsta", "ett", ())


def test_a_new_entry_is_what_happened_and_no_field() -> None:
    (change,) = changes(
        {"activities/resa.yaml": BASE["activities/resa.yaml"] + "log: [{date: 2013-03-01, status: done}]\n"}
    )
    assert (change.fields, change.log.added) == ((), ({"date": "2013-03-01", "status": "done"},))


def test_of_two_equal_entries_one_may_go() -> None:
    twice = (
        BASE["activities/resa.yaml"]
        + "log:\n- {date: 2013-03-01, count: 1}\n- {date: 2013-03-01, count: 1}\n"
    )
    once = BASE["activities/resa.yaml"] + "log:\n- {date: 2013-03-01, count: 1}\n"
    before, after = (load(BASE | {"activities/resa.yaml": text}).plan for text in (twice, once))
    (change,) = compare(before, after).changes
    assert (change.log.added, change.log.removed) == ((), ({"date": "2013-03-01", "count": 1},))


def test_what_follows_for_others_is_told() -> None:
    found = {
        "vacant": changes({"activities/resa.yaml": BASE["activities/resa.yaml"].replace("[enheten]", "[]")}),
        "late": changes(
            {"activities/resa.yaml": BASE["activities/resa.yaml"].replace("2013-06-30", "2014-06-30")}
        ),
        "unticked": changes({"boxes/punkt.yaml": "title: Punkt\nprogramme: punkter\n"}),
        "reworded": changes({"goals/topp.yaml": BASE["goals/topp.yaml"].replace("Topp", "Annat")}),
        "gone": changes({}, ("activities/resa.yaml",)),
    }
    told = {name: codes(rows[0]) for name, rows in found.items()}
    assert told == {
        "vacant": ["owner-vacant", "owner-idle"],
        "late": ["due-after-goal"],
        "unticked": ["box-unticked"],
        "reworded": ["read-again"],
        "gone": ["last-activity-lost", "owner-idle"],
    }


def test_a_third_postponement_is_told() -> None:
    moves = [f"  - {{date: 2013-0{n + 1}-01, due: 2013-1{n}-01, reason: r}}\n" for n in range(3)]
    two, three = (BASE["activities/resa.yaml"] + "log:\n" + "".join(moves[:n]) for n in (2, 3))
    before, after = (load(BASE | {"activities/resa.yaml": text}).plan for text in (two, three))
    assert "postponed-again" in codes(compare(before, after).changes[0])


def test_an_unreadable_side_is_named_and_not_removed() -> None:
    after = load(BASE | {"activities/resa.yaml": "title: [\n"}).plan
    found = compare(load(BASE).plan, after)
    assert (found.unreadable, [change.id for change in found.changes]) == (("resa",), [])


def test_a_header_that_one_side_cannot_read_is_named() -> None:
    broken = {"plan.yaml": HEADER.replace("{start: 2013-01-01, end: 2015-12-31}", "trasig")}
    for before, after in ((BASE, BASE | broken), (BASE | broken, BASE)):
        assert diff(before, after).unreadable == ("data/plan.yaml",)
    assert diff(BASE | broken, BASE | broken).is_empty


def test_what_was_broken_before_and_is_unchanged_is_not_named() -> None:
    broken = BASE | {"activities/trasig.yaml": "title: [\nsupports: [ett]\n"}
    assert diff(broken, broken | {"goals/ett.yaml": "title: Annat\nlevel: sub-goal\n"}).unreadable == ()


def test_an_id_that_several_files_bear_is_named_and_not_compared() -> None:
    several = BASE | {"activities/norr/resa.yaml": "title: Annat\n"}
    found = diff(BASE, several)
    assert (found.changes, found.unreadable, found.doubled) == ((), (), ("resa",))
    assert diff(several, BASE).doubled == ("resa",)
    assert diff(several, several).is_empty


def test_a_default_is_told_as_what_it_counts_as() -> None:
    five, ten = (BASE | {"plan.yaml": f"{HEADER}rhythm: {{grace_days: {days}}}\n"} for days in (5, 10))
    ((field,),) = (change.fields for change in diff(five, ten).changes)
    assert (field.old["grace_days"], field.new["grace_days"]) == (5, 10)
    english = BASE | {"plan.yaml": f"{HEADER}language: en\n"}
    assert [fields(change) for change in diff(english, BASE).changes] == [[("language", "en", "sv")]]
    assert diff(BASE, ten).is_empty


def test_the_default_of_a_part_is_told_too() -> None:
    place = "title: Handlarn\nservices: [{{service: post{}}}]\n"
    served = BASE | {"services/post.yaml": "title: Post\n"}
    mobile, fixed = (
        served | {"places/handlarn.yaml": place.format(form)} for form in (", form: digital", "")
    )
    ((field,),) = (change.fields for change in diff(mobile, fixed).changes)
    assert (field.old, field.new) == (
        [{"service": "post", "form": "digital"}],
        [{"service": "post", "form": "fixed"}],
    )


def test_former_ids_that_no_renaming_explains_are_a_change() -> None:
    told = BASE["goals/tva.yaml"] + "formerly: [{}]\n"
    one, other = (BASE | {"goals/tva.yaml": told.format(ids)} for ids in ("gammalt", "gammalt, borta"))
    assert [fields(change) for change in diff(BASE, one).changes] == [[("formerly", [], ["gammalt"])]]
    assert [fields(change) for change in diff(one, BASE).changes] == [[("formerly", ["gammalt"], [])]]
    assert diff(one, BASE | {"goals/tva.yaml": told.format("'gammalt'")}).is_empty
    assert [fields(change) for change in diff(one, other).changes] == [
        [("formerly", ["gammalt"], ["gammalt", "borta"])]
    ]


def test_answers_to_the_audit_are_a_change_of_their_own() -> None:
    other = ANSWER.replace("resa", "borta")
    one, both, turned = (BASE | {"audit.yaml": rows} for rows in (ANSWER, ANSWER + other, other + ANSWER))
    (change,) = diff(BASE, both).changes
    assert (change.kind, change.title, len(change.log.added)) == ("answers", "data/audit.yaml", 2)
    (change,) = diff(both, one).changes
    assert [row["record"] for row in change.log.removed] == ["borta"]
    assert diff(both, turned).is_empty
    assert diff(one, BASE | {"audit.yaml": "- {record: [\n"}).unreadable == ("data/audit.yaml",)


def test_the_order_of_a_day_is_told_where_it_counts() -> None:
    done, held = "{date: 2013-03-01, status: done}", "{date: 2013-03-01, status: on_hold}"
    noted, later = "{date: 2013-03-01, note: Möte}", "{date: 2013-03-02, status: done}"

    def turned(one: str, other: str) -> list[Change]:
        sides = (
            BASE | {"activities/resa.yaml": f"{BASE['activities/resa.yaml']}log: [{log}]\n"}
            for log in (f"{one}, {other}", f"{other}, {one}")
        )
        return list(diff(*sides).changes)

    (change,) = turned(done, held)
    ((first, last),) = change.log.reordered
    assert (first["status"], last["status"]) == ("on_hold", "done")
    assert turned(done, noted) == turned(held, later) == turned(done, done) == []
    assert turned(done, held.replace("}", ", voided: {date: 2013-03-02, reason: fel}}")) == []


BYN = {"owners/byn.yaml": "title: Byn\ntype: unit\n"}


@pytest.mark.parametrize(
    "left",
    [
        {"activities/resa.yaml": BASE["activities/resa.yaml"].replace("[enheten]", "[byn, enheten]")},
        {
            "activities/resa.yaml": BASE["activities/resa.yaml"].replace("[enheten]", "[byn]"),
            "goals/tva.yaml": BASE["goals/tva.yaml"] + "owners: [enheten]\n",
        },
        {
            "activities/resa.yaml": BASE["activities/resa.yaml"].replace("[enheten]", "[byn]"),
            "activities/klar.yaml": "title: Klar\nowners: [enheten]\nlog: [{date: 2013-02-01, status: done}]\n",
        },
        {
            "activities/resa.yaml": BASE["activities/resa.yaml"].replace("[enheten]", "[byn]"),
            "activities/trasig.yaml": "title: [\nowners: [enheten]\n",
        },
    ],
    ids=["is still one of them", "has a goal", "has something finished", "nobody can tell"],
)
def test_an_owner_who_may_have_something_left_is_not_idle(left: dict[str, str]) -> None:
    shared = {path: text for path, text in left.items() if path != "activities/resa.yaml"}
    found = diff(BASE | BYN | shared, BASE | BYN | left)
    assert [change.id for change in found.changes] == ["resa"]
    assert codes(found.changes[0]) == []


def test_a_goal_that_something_unreadable_may_serve_has_not_lost_its_last_activity() -> None:
    broken = BASE | {"activities/trasig.yaml": "title: [\nsupports: [ett]\n"}
    gone = {path: text for path, text in broken.items() if path != "activities/resa.yaml"}
    assert [codes(change) for change in diff(broken, gone).changes] == [[]]


def test_a_goal_due_before_what_serves_it_is_told() -> None:
    earlier = BASE["goals/ett.yaml"].replace("2013-12-31", "2013-03-31")
    (change,) = changes({"goals/ett.yaml": earlier})
    (told,) = change.consequences
    assert (told.code, told.params) == (
        "due-before-parts",
        {"id": "ett", "limit": "2013-03-31", "below": "resa"},
    )
    moved = "log: [{date: 2013-02-01, due: 2013-03-31, reason: r}]\n"
    assert codes(*changes({"goals/ett.yaml": BASE["goals/ett.yaml"] + moved})) == ["due-before-parts"]
    assert codes(*changes({"goals/ett.yaml": BASE["goals/ett.yaml"].replace("12-31", "11-30")})) == []


def test_what_several_changes_lead_to_is_told_once() -> None:
    three = BASE | {f"activities/x{n}.yaml": f"title: X{n}\nowners: [byn]\n" for n in range(3)} | BYN
    found = diff(three, {path: text.replace("[byn]", "[enheten]") for path, text in three.items()})
    assert [codes(change) for change in found.changes] == [["owner-idle"], [], []]


PLANS = st.fixed_dictionaries(
    {},
    optional={
        f"activities/a{n}.yaml": st.builds(
            "title: {}\nsupports: [{}]\n{}".format,
            st.sampled_from(["Resa", "Möte"]),
            st.sampled_from(["ett", "tva"]),
            st.sampled_from(["", "due: 2013-06-30\n", "retired: {date: 2013-02-01, reason: r}\n"]),
        )
        for n in range(3)
    },
)
MIRRORED = {"added": "removed", "removed": "added", "changed": "changed", "retired": "changed"}


@settings(max_examples=60, deadline=None)
@given(PLANS, PLANS)
def test_comparing_the_other_way_round_mirrors_it(one: dict[str, str], other: dict[str, str]) -> None:
    first, second = (load(BASE | files).plan for files in (one, other))
    assert compare(first, first).changes == ()
    there, back = compare(first, second).changes, compare(second, first).changes
    assert {change.id for change in there} == {change.id for change in back}
    for change, mirror in zip(there, back, strict=True):
        assert mirror.change in (MIRRORED[change.change], "retired")
        assert [(new, old) for _field, old, new in mirror.fields] == [
            (old, new) for _field, old, new in change.fields
        ]


def test_an_entry_that_was_changed_is_told_as_one() -> None:
    log = "log: [{{date: 2013-03-01, status: {}, note: Möte}}]\n"
    before, after = (
        load(BASE | {"activities/resa.yaml": BASE["activities/resa.yaml"] + log.format(status)}).plan
        for status in ("done", "on_hold")
    )
    (change,) = compare(before, after).changes
    assert (change.log.added, change.log.removed) == ((), ())
    ((old, new),) = change.log.rewritten
    assert (old["status"], new["status"]) == ("done", "on_hold")


def test_a_change_of_the_plans_own_header_is_a_change() -> None:
    before, after = (load(BASE | {"plan.yaml": HEADER.replace("Testplan", name)}) for name in ("Ett", "Två"))
    (change,) = compare(before.plan, after.plan).changes
    assert (change.kind, change.id, fields(change)) == ("plan", "plan", [("title", "Ett", "Två")])


def test_a_record_that_becomes_another_kind_is_one_change() -> None:
    (change,) = changes({"goals/resa.yaml": "title: Resa\nlevel: target\n"}, ("activities/resa.yaml",))
    assert (change.change, change.kind, change.moved) == (
        "changed",
        "goal",
        ("data/activities", "data/goals"),
    )
    assert ("level", None, "target") in fields(change)


def busy(number: int, owner: str) -> dict[str, str]:
    return {
        f"activities/x{n}.yaml": f"title: X{n}\nsupports: [ett]\nowners: [{owner}]\n" for n in range(number)
    }


def test_an_owner_who_gets_too_much_is_told() -> None:
    owners = {"owners/byn.yaml": "title: Byn\ntype: unit\n"}
    before = load(BASE | owners | busy(11, "byn")).plan
    more = BASE["activities/resa.yaml"].replace("enheten", "byn")
    after = load(BASE | owners | busy(11, "byn") | {"activities/resa.yaml": more}).plan
    (change,) = compare(before, after).changes
    assert [(item.code, item.params["id"]) for item in change.consequences] == [
        ("owner-idle", "enheten"),
        ("owner-overloaded", "byn"),
    ]
    assert change.consequences[1].params["number"] == "12"
