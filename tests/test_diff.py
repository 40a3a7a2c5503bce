"""A plan change as a plan change."""

import json
import subprocess
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from servplan.analysis.diff import Change, compare
from tests.conftest import Run
from tests.plans import load, write

BASE = {
    "goals/topp.yaml": "title: Topp\nlevel: overall\ndue: 2014-12-31\n",
    "goals/ett.yaml": "title: Ett\nlevel: sub-goal\nsupports: [topp]\ndue: 2013-12-31\n",
    "goals/tva.yaml": "title: Två\nlevel: sub-goal\nsupports: [topp]\n",
    "activities/resa.yaml": "title: Resa\nsupports: [ett]\nowners: [enheten]\ndue: 2013-06-30\n",
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
    "programmes/punkter.yaml": "title: Punkter\n",
    "boxes/punkt.yaml": "title: Punkt\nprogramme: punkter\nlog: [{date: 2013-02-01, ticked: true}]\n",
}


def changes(files: dict[str, str], gone: tuple[str, ...] = ()) -> tuple[Change, ...]:
    after = {path: text for path, text in (BASE | files).items() if path not in gone}
    return compare(load(BASE).plan, load(after).plan).changes


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
    assert (change.fields, change.entries) == ((), ({"date": "2013-03-01", "status": "done"},))


def test_of_two_equal_entries_one_may_go() -> None:
    twice = (
        BASE["activities/resa.yaml"]
        + "log:\n- {date: 2013-03-01, count: 1}\n- {date: 2013-03-01, count: 1}\n"
    )
    once = BASE["activities/resa.yaml"] + "log:\n- {date: 2013-03-01, count: 1}\n"
    before, after = (load(BASE | {"activities/resa.yaml": text}).plan for text in (twice, once))
    (change,) = compare(before, after).changes
    assert (change.entries, change.entries_removed) == ((), ({"date": "2013-03-01", "count": 1},))


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
        "vacant": ["owner-vacant"],
        "late": ["due-after-goal"],
        "unticked": ["box-unticked"],
        "reworded": ["read-again"],
        "gone": ["last-activity-lost"],
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


def test_the_command_compares_a_commit_with_the_work_tree(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", BASE)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Ett"]):
        identity = ["-c", "user.name=Enheten", "-c", "user.email=enheten@example.org"]
        subprocess.run(["git", *identity, *command], cwd=plan, check=True, capture_output=True)
    assert servplan("diff", "--exit-code", plan=plan) == (0, "Ingen ändring i planen.\n", "")
    (plan / "data/goals/tva.yaml").write_text(
        "title: '<b>Två</b>'\nlevel: sub-goal\nsupports: [topp]\n", "utf-8"
    )
    told = servplan("diff", "--exit-code", plan=plan)
    assert (told.code, told.out) == (1, "~ Mål tva: <b>Två</b>\n└── Titel: Två → <b>Två</b>\n")
    assert "\\<b\\>" in servplan("diff", "--format", "md", plan=plan).out
    (change,) = json.loads(servplan("diff", "HEAD", "--format", "json", plan=plan).out)["changes"]
    assert (change["change"], change["id"], change["fields"]) == (
        "changed",
        "tva",
        [{"field": "title", "old": "Två", "new": "<b>Två</b>"}],
    )
