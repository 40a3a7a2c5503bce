from collections.abc import Sequence

import pytest

from servplan.analysis.find import pick
from servplan.checks.registry import run_checks
from servplan.diagnostics import UsageError
from servplan.edit import (
    EditRefusedError,
    entry_edits,
    field_edits,
    key_order,
    new_record_edit,
    plain_value,
    proposed_id,
    record_files,
)
from servplan.files.journal import Edit
from servplan.files.oracle import Data, Value
from servplan.files.overlay import OverlayTree
from servplan.files.tree import MemoryTree, Tree
from servplan.load import load_plan
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.walk import references
from servplan.rename import rename_edits
from tests.plans import texts

PLAN = {
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "goals/service.yaml": "title: Service\nlevel: target\nsupports: [tillvaxt]\nowners: [landsbygd]\n",
    "goals/tillvaxt.yaml": "title: Tillväxt\nlevel: overall\n",
    "activities/resa.yaml": """\
        title: Resa
        supports: [service]  # målet
        owners:
          - landsbygd
        due: 2013-12-31
        log:
          - {date: 2013-02-01, status: in_progress, by: landsbygd}
          - date: 2013-03-01
            owners: [landsbygd]
            note: Ny ansvarig
        """,
    "activities/rapport.yaml": "title: Rapport\nsupports: service\ndepends_on: [resa]\n",
    "activities/gammal.yaml": """\
        title: Gammal
        supports: service
        retired: {date: 2013-06-01, reason: Ersatt, superseded_by: [resa]}
        """,
}
DONE: Data = {"date": "2013-10-04", "status": "done"}


def tree_of(**more: str) -> MemoryTree:
    return MemoryTree(texts(PLAN | {path.replace("__", "/") + ".yaml": text for path, text in more.items()}))


def entered(tree: Tree, entry: Data, *ids: str) -> list[Edit]:
    files = record_files(tree)
    return entry_edits(tree, [files[id_] for id_ in ids], entry)


def field_set(tree: Tree, id_: str, field: str, value: Value, how: str = "set") -> Edit:
    values = value if isinstance(value, list) else [] if value is None else [value]
    [edit] = field_edits(tree, [record_files(tree)[id_]], field, values, how)
    return edit


def over(tree: Tree, edits: Sequence[Edit]) -> OverlayTree:
    return OverlayTree(tree, {edit.path: edit.after for edit in edits})


def codes(tree: Tree) -> list[str]:
    return sorted(finding.code for finding in run_checks(load_plan(tree)))


def test_records_are_known_by_their_files_names() -> None:
    files = record_files(tree_of(activities__2013__besok="title: Besök\n", activities__fel="["))
    assert files["besok"] == ("besok", "data/activities/2013/besok.yaml", Activity)
    assert files["fel"].kind is Activity
    assert "plan" not in files


# Entries


def test_an_entry_is_written_into_every_record_that_is_meant() -> None:
    edits = entered(tree_of(), DONE, "resa", "rapport")
    assert [edit.path for edit in edits] == ["data/activities/resa.yaml", "data/activities/rapport.yaml"]
    assert all((edit.after or "").endswith("  - {date: 2013-10-04, status: done}\n") for edit in edits)


def test_saying_what_is_already_so_makes_no_edit() -> None:
    tree = tree_of()
    tree = MemoryTree(texts(PLAN))
    assert entered(tree, {"date": "2013-04-01", "status": "in_progress"}, "resa") == []


def test_a_report_may_repeat_what_was_so_but_not_stand_twice() -> None:
    tree, files = tree_of(), [record_files(tree_of())["resa"]]
    entry: Data = {"date": "2013-04-01", "status": "in_progress"}
    (edit,) = entry_edits(tree, files, entry, repeats=True)
    assert (edit.after or "").endswith("  - {date: 2013-04-01, status: in_progress}\n")
    assert entry_edits(over(tree, [edit]), files, entry, repeats=True) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"date": "2013-01-15", "status": "in_progress"},
        {"date": "2013-04-01", "status": "in_progress", "note": "Än"},
        {"date": "2013-04-01", "status": "on_hold"},
        {"date": "2013-04-01", "count": 1},
    ],
    ids=["before it was so", "with a note", "another state", "an increment"],
)
def test_what_says_more_than_is_so_is_written(entry: Data) -> None:
    assert len(entered(tree_of(), entry, "resa")) == 1


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"date": "2013-10-04", "due": "2013-02-30", "reason": "R"}, "no-such-day"),
        ({"date": "2013-10-04", "status": "klar"}, "bad-value"),
        ({"date": "2013-10-04", "progress": 101}, "out-of-range"),
        ({"date": "2013-10-04", "note": " "}, "blank-text"),
        ({"date": "2013-10-04", "by": "ingen", "status": "done"}, "unknown-reference"),
        ({"date": "2013-10-04", "by": "tillvaxt", "status": "done"}, "wrong-kind"),
    ],
)
def test_an_entry_that_brings_a_new_error_is_refused_with_the_finding(entry: Data, code: str) -> None:
    with pytest.raises(EditRefusedError) as caught:
        entered(tree_of(), entry, "resa")
    [finding] = caught.value.findings
    assert (finding.code, finding.path) == (code, "data/activities/resa.yaml")
    assert finding.span is not None
    assert caught.value.texts.keys() == {"data/activities/resa.yaml"}


def test_one_refused_record_keeps_the_others_unwritten() -> None:
    with pytest.raises(EditRefusedError):
        entered(tree_of(), {"date": "2013-10-04", "assessment": "achieved"}, "service", "resa")


@pytest.mark.parametrize("text", ["title: [", "titel: Fel\n", "title: T\nsupports: ingen\n"])
def test_an_error_elsewhere_does_not_stand_in_the_way(text: str) -> None:
    tree = tree_of(activities__trasig=text)
    assert len(entered(tree, DONE, "resa")) == 1
    assert field_set(tree, "resa", "note", "Ny").after != field_set(tree, "resa", "note", "Nyare").after


def test_an_error_that_was_there_does_not_stand_in_the_way_in_its_own_file() -> None:
    tree = tree_of(activities__trasig="title: T\nsupports: ingen\n")
    assert len(entered(tree, DONE, "trasig")) == 1


@pytest.mark.parametrize(
    "text", [b"title: F\xe5\n", b"title: [\n", b"", b"\xef\xbb\xbftitle: T\n", b"title: a\x07\n"]
)
def test_a_file_that_cannot_be_read_is_not_edited(text: bytes) -> None:
    tree = MemoryTree(texts(PLAN) | {"data/activities/trasig.yaml": text})
    with pytest.raises(EditRefusedError) as entry:
        entered(tree, DONE, "trasig")
    with pytest.raises(EditRefusedError) as field:
        field_set(tree, "trasig", "note", "Ny")
    assert entry.value.findings == field.value.findings != ()


def test_a_field_can_be_set_that_mends_a_record() -> None:
    tree = tree_of(activities__trasig="title: T\nsupports: ingen\n")
    after = over(tree, [field_set(tree, "trasig", "supports", "service")])
    assert "unknown-reference" in codes(tree)
    assert "unknown-reference" not in codes(after)


def test_an_entry_known_by_a_day_counts_from_that_day() -> None:
    known: Data = {"known_by": "2013-03-31", "status": "in_progress"}
    assert entered(tree_of(), known, "resa") == []
    assert len(entered(tree_of(), known | {"known_by": "2013-01-31"}, "resa")) == 1


@pytest.mark.parametrize(
    ("fields", "day", "code", "instead"),
    [
        ("valid_from: 2014-01-01\ncontinues: rapport\n", "2013-12-31", "not-yet", "rapport"),
        ("valid_from: 2014-01-01\n", "2014-01-01", None, ""),
        ("", "2012-05-01", None, ""),
        (
            "retired: {date: 2014-01-01, reason: R, superseded_by: resa}\n",
            "2014-01-01",
            "retired-record",
            "resa",
        ),
        ("retired: {date: 2014-01-01, reason: R}\n", "2013-12-31", None, ""),
    ],
)
def test_an_entry_is_told_of_a_day_on_which_its_record_exists(
    fields: str, day: str, code: str | None, instead: str
) -> None:
    tree = tree_of(activities__ny=f"title: Ny\n{fields}")
    entry: Data = {"date": day, "status": "done"}
    if code is None:
        assert len(entered(tree, entry, "ny")) == 1
        return
    with pytest.raises(UsageError) as caught:
        entered(tree, entry, "ny")
    assert (caught.value.code, caught.value.params["instead"]) == (code, instead)


# Fields


@pytest.mark.parametrize(
    ("field", "value", "how"),
    [
        ("title", "Resa", "set"),
        ("supports", "service", "set"),
        ("supports", ["service"], "set"),
        ("supports", "service", "add"),
        ("supports", "tillvaxt", "remove"),
        ("tags", None, "set"),
    ],
)
def test_setting_what_is_already_so_changes_nothing(field: str, value: Value, how: str) -> None:
    edit = field_set(tree_of(), "resa", field, value, how)
    assert edit.after == edit.before


@pytest.mark.parametrize(
    ("id_", "field", "value", "how", "line"),
    [
        ("resa", "title", "Resa: ny", "set", 'title: "Resa: ny"'),
        ("resa", "supports", "tillvaxt", "add", "supports: [service, tillvaxt]  # målet"),
        ("rapport", "supports", "tillvaxt", "add", "supports: [service, tillvaxt]"),
        ("rapport", "tags", "ny", "add", "tags: [ny]"),
        ("resa", "order", 3, "set", "order: 3"),
    ],
)
def test_a_fields_line_says_what_was_set(id_: str, field: str, value: Value, how: str, line: str) -> None:
    edit = field_set(tree_of(), id_, field, value, how)
    before, after = (edit.before or "").splitlines(), (edit.after or "").splitlines()
    assert [text for text in after if text not in before] == [line]
    assert len([text for text in before if text not in after]) <= 1


def test_the_last_item_removed_takes_the_key_with_it() -> None:
    edit = field_set(tree_of(), "rapport", "depends_on", "resa", "remove")
    assert edit.after == "title: Rapport\nsupports: service\n"


@pytest.mark.parametrize(("value", "how"), [(["a", "b"], "set"), (["a", "b"], "add")])
def test_a_new_field_stands_before_the_log(value: Value, how: str) -> None:
    after = field_set(tree_of(), "resa", "tags", value, how).after or ""
    assert after.index("due:") < after.index("tags: [a, b]") < after.index("log:")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("supports", "landsbygd", "wrong-kind"),
        ("owners", "ingen", "unknown-reference"),
        ("due", "2013-13-01", "no-such-day"),
        ("title", None, "missing-key"),
        ("depends_on", "rapport", "reference-cycle"),
    ],
)
def test_a_field_that_brings_a_new_error_is_refused(field: str, value: Value, code: str) -> None:
    with pytest.raises(EditRefusedError) as caught:
        field_set(tree_of(), "resa", field, value)
    assert code in {finding.code for finding in caught.value.findings}


def test_a_typed_number_is_text_where_the_field_holds_text() -> None:
    assert plain_value(Activity, "title", "2013") == "2013"
    assert plain_value(Activity, "order", "3") == 3
    assert plain_value(Activity, "target_count", "012") == 12
    assert plain_value(Activity, "note", "no") == "no"


def test_a_files_keys_begin_with_the_title_and_end_with_the_log() -> None:
    order = key_order(Goal)
    assert (order[0], order[-1]) == ("title", "log")
    assert len(order) == len(set(order))
    assert set(Goal.model_fields) >= set(order) - {"id", "path"}


# New records


def test_a_new_record_has_its_keys_in_order() -> None:
    data: Data = {"due": "2014-01-01", "supports": ["service"], "title": "Ny: resa"}
    edit = new_record_edit(tree_of(), Activity, "ny-resa", data)
    text = 'title: "Ny: resa"\nsupports: [service]\ndue: 2014-01-01\n'
    assert edit == Edit("data/activities/ny-resa.yaml", None, text)


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("Besöka Bodens kommun för att titta på servicepunkter", "besoka-bodens-kommun-for-att-titta"),
        ("Åtgärder & Ärenden", "atgarder-arenden"),
    ],
)
def test_a_title_proposes_an_id(title: str, id_: str) -> None:
    assert proposed_id(title) == id_


@pytest.mark.parametrize(
    ("id_", "code"),
    [
        ("resa", "id-taken"),
        ("service", "id-taken"),
        ("Ny", "unfit-id"),
        ("null", "unfit-id"),
        ("../x", "unfit-id"),
    ],
)
def test_a_taken_or_unfit_id_is_refused(id_: str, code: str) -> None:
    with pytest.raises(UsageError) as new:
        new_record_edit(tree_of(), Activity, id_, {"title": "Ny"})
    tree = tree_of()
    with pytest.raises(UsageError) as renamed:
        rename_edits(tree, record_files(tree)["rapport"], id_)
    assert (new.value.code, renamed.value.code) == (code, code)


def test_a_new_record_that_would_be_wrong_is_refused() -> None:
    with pytest.raises(EditRefusedError):
        new_record_edit(tree_of(), Activity, "ny", {"title": "Ny", "supports": ["ingen"]})


def test_a_former_id_is_taken() -> None:
    tree = tree_of(activities__b="title: B\nsupports: service\nformerly: [a-gammal]\n")
    with pytest.raises(EditRefusedError) as caught:
        new_record_edit(tree, Activity, "a-gammal", {"title": "Ny", "supports": ["service"]})
    assert {finding.code for finding in caught.value.findings} == {"taken-former-id"}


# Renaming


def renamed(tree: Tree, old: str, new: str) -> list[Edit]:
    return rename_edits(tree, record_files(tree)[old], new)


def test_a_renamed_owner_is_followed_into_lists_entries_and_nested_places() -> None:
    tree = tree_of()
    after = over(tree, renamed(tree, "landsbygd", "bygd"))
    assert after.read("data/activities/resa.yaml").decode() == (
        tree.read("data/activities/resa.yaml").decode().replace("landsbygd", "bygd")
    )
    assert after.read("data/owners/bygd.yaml") == b"title: Landsbygd\ntype: unit\nformerly: [landsbygd]\n"
    assert not after.exists("data/owners/landsbygd.yaml")


def test_single_items_and_superseded_by_follow() -> None:
    tree = tree_of()
    after = over(tree, [*renamed(tree, "resa", "studieresa")])
    assert "superseded_by: [studieresa]" in after.read("data/activities/gammal.yaml").decode()
    after = over(tree, renamed(tree, "service", "god-service"))
    assert "supports: god-service\n" in after.read("data/activities/rapport.yaml").decode()
    assert "supports: [god-service]  # målet\n" in after.read("data/activities/resa.yaml").decode()


@pytest.mark.parametrize("old", ["landsbygd", "service", "resa", "tillvaxt"])
def test_a_rename_brings_no_findings_and_keeps_the_old_id(old: str) -> None:
    tree = tree_of()
    after = over(tree, renamed(tree, old, "ny"))
    assert codes(after) == codes(tree)
    plan = load_plan(after).plan
    assert plan.resolve(old) == "ny"
    assert pick(plan, old).id == "ny"


def test_a_reference_in_an_unreadable_file_still_resolves_once_it_is_mended() -> None:
    tree = tree_of(activities__trasig="title: T\nsupports: resa\nfel: 1\n")
    after = over(tree, renamed(tree, "resa", "ny"))
    mended = OverlayTree(after, {"data/activities/trasig.yaml": "title: T\nsupports: resa\n"})
    assert set(codes(mended)) - set(codes(tree)) <= {"former-id", "no-date", "no-owner"}
    assert "former-id" in codes(mended)


def test_formerly_stands_before_the_log_and_grows() -> None:
    tree = tree_of()
    once = over(tree, renamed(tree, "resa", "studieresa"))
    text = once.read("data/activities/studieresa.yaml").decode()
    assert text.index("formerly: [resa]") < text.index("log:")
    twice = over(once, renamed(once, "studieresa", "resan"))
    assert "formerly: [resa, studieresa]\n" in twice.read("data/activities/resan.yaml").decode()


def test_a_record_may_take_its_own_old_id_back() -> None:
    tree = tree_of()
    once = over(tree, renamed(tree, "resa", "studieresa"))
    back = over(once, renamed(once, "studieresa", "resa"))
    assert "formerly: [studieresa]\n" in back.read("data/activities/resa.yaml").decode()
    assert codes(back) == codes(tree)


def test_a_record_that_names_itself_follows() -> None:
    tree = tree_of(
        owners__enhet="title: Enhet\ntype: unit\nlog:\n  - {date: 2013-01-02, by: enhet, note: Bildad}\n"
    )
    after = over(tree, renamed(tree, "enhet", "ny"))
    text = "title: Enhet\ntype: unit\nformerly: [enhet]\nlog:\n  - {date: 2013-01-02, by: ny, note: Bildad}\n"
    assert after.read("data/owners/ny.yaml").decode() == text


def test_a_retired_record_is_renamed_too() -> None:
    tree = tree_of(activities__b="title: B\nsupports: service\ncontinues: gammal\n")
    after = over(tree, renamed(tree, "gammal", "aldre"))
    assert "continues: aldre\n" in after.read("data/activities/b.yaml").decode()
    assert "retired: {date: 2013-06-01" in after.read("data/activities/aldre.yaml").decode()
    assert codes(after) == codes(tree)


def test_every_kind_of_reference_follows_a_rename() -> None:
    """A place serves areas and has services, an indicator measures goals, an owner has a successor …"""
    tree = tree_of(
        owners__bygd="title: Bygd\ntype: unit\nsuccessor: landsbygd\npart_of: landsbygd\n",
        services__butik="title: Butik\nprovider: landsbygd\n",
        places__affar="title: Affär\nservices:\n  - {service: butik, form: staffed}\n",
        cases__fall="title: Fall\nauthority: A\nservice: butik\n",
        questions__fraga="title: Fråga\nform: question\nconcerns: [service, resa]\n",
        indicators__tal="title: Tal\nmeasures: service\n",
    )
    for old in ("landsbygd", "butik", "service", "resa"):
        tree_after = over(tree, renamed(tree, old, "ny"))
        names = [
            reference.target
            for record in load_plan(tree_after).plan.records.values()
            for reference in references(record)
        ]
        assert old not in names
        assert "ny" in names


def test_a_renamed_record_stays_in_its_folder() -> None:
    tree = tree_of(activities__2013__besok="title: Besök\nsupports: service\n")
    assert renamed(tree, "besok", "ny")[-1].path == "data/activities/2013/ny.yaml"
