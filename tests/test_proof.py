from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servplan.checks.registry import run_checks
from servplan.diagnostics import Severity
from servplan.edit import entry_edits, field_edits
from servplan.files.journal import Edit
from servplan.files.overlay import OverlayTree
from servplan.files.tree import Entry, MemoryTree, Tree
from servplan.load import load_plan, record_files
from servplan.proof import EditRefusedError, prove
from tests.plans import HEADER, texts

PLAN = {
    "owners/enhet.yaml": "title: Enhet\ntype: unit\n",
    "owners/avdelning.yaml": "title: Avdelning\ntype: unit\npart_of: enhet\n",
    "goals/topp.yaml": "title: Topp\nlevel: overall\nformerly: [spets]\n",
    "goals/mitt.yaml": "title: Mitt\nlevel: target\nsupports: [topp]\nowners: enhet\n",
    "goals/delmal.yaml": "title: Delmål\nlevel: sub-goal\nsupports: mitt\n",
    "goals/gammalt.yaml": "title: Gammalt\nlevel: target\nsupports: spets\n",
    "activities/resa.yaml": "title: Resa\nsupports: [delmal]\nowners: [avdelning]\n",
    "activities/rapport.yaml": "title: Rapport\nsupports: [delmal]\ndepends_on: [resa]\n",
    "activities/trasig.yaml": "title: Trasig\nsupports: [ingen]\nfel: 1\n",
}
IDS = [*(path.split("/")[1].removesuffix(".yaml") for path in PLAN), "spets", "ingen"]


class WatchedTree:
    """A tree that remembers which files were read."""

    def __init__(self, under: Tree) -> None:
        self.under = under
        self.read_paths: set[str] = set()

    def files(self, folder: str) -> list[Entry]:
        return self.under.files(folder)

    def read(self, path: str) -> bytes:
        self.read_paths.add(path.removeprefix("data/"))
        return self.under.read(path)

    def exists(self, path: str) -> bool:
        return self.under.exists(path)


def tree_of(header: str = "", **more: str) -> MemoryTree:
    return MemoryTree(texts(PLAN | {"plan.yaml": HEADER + header} | more))


def errors(tree: Tree) -> set[tuple[str, str, object, object]]:
    """Return the errors of a plan, read whole."""
    return {
        (item.code, item.path, item.keys, tuple(sorted(item.params.items())))
        for item in run_checks(load_plan(tree))
        if item.severity is Severity.ERROR
    }


def is_refused(make: Callable[[], object]) -> bool:
    try:
        make()
    except EditRefusedError:
        return True
    return False


FIELDS = st.sampled_from(
    ["supports", "owners", "depends_on", "part_of", "formerly", "continues", "level", "due"]
)
VALUES = st.lists(st.sampled_from([*IDS, "target", "2013-02-30"]), min_size=0, max_size=2, unique=True)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(IDS[:-3]),
    FIELDS,
    VALUES,
    st.sampled_from(["set", "add"]),
    st.sampled_from(["", "checks: {no-activity: error}\n"]),
)
def test_a_proof_on_the_record_says_what_the_whole_plan_would(
    id_: str, field: str, values: list[str], how: str, header: str
) -> None:
    tree = tree_of(header)
    file = record_files(tree)[id_]
    old = tree.read(file.path).decode()
    line = f"{field}: [{', '.join(values)}]\n"
    kept = "".join(row for row in old.splitlines(True) if how == "add" or not row.startswith(f"{field}:"))
    if how == "add" and f"\n{field}:" in old:
        return
    edit = Edit(file.path, old, kept + line)
    brings = bool(errors(OverlayTree(tree, {file.path: edit.after})) - errors(tree))
    assert is_refused(lambda: prove(tree, [edit])) == brings


def test_an_entry_is_proven_on_its_record_alone() -> None:
    tree = WatchedTree(tree_of())
    files = record_files(tree)
    entry_edits(tree, [files["resa"]], {"date": "2013-10-04", "status": "done", "by": "enhet"})
    assert tree.read_paths == {"plan.yaml", "audit.yaml", "activities/resa.yaml"}


@pytest.mark.parametrize(
    ("field", "values", "read"),
    [
        ("note", ["Ny"], set()),
        ("owners", ["enhet"], set()),
        ("supports", ["mitt"], {"goals/mitt.yaml", "goals/topp.yaml"}),
        ("depends_on", ["rapport"], {"activities/rapport.yaml", "activities/resa.yaml"}),
    ],
)
def test_a_field_is_proven_on_its_record_and_on_what_it_leads_to(
    field: str, values: list[str], read: set[str]
) -> None:
    tree = WatchedTree(tree_of(**{"activities/ny.yaml": "title: Ny\nsupports: delmal\n"}))
    field_edits(tree, [record_files(tree)["ny"]], field, values)
    above = {"goals/delmal.yaml", "goals/mitt.yaml", "goals/topp.yaml"} if field == "depends_on" else set()
    assert tree.read_paths == {"plan.yaml", "audit.yaml", "activities/ny.yaml"} | read | above


def test_a_circle_over_other_records_is_refused() -> None:
    tree = tree_of()
    with pytest.raises(EditRefusedError) as caught:
        field_edits(tree, [record_files(tree)["topp"]], "supports", ["delmal"])
    assert [finding.code for finding in caught.value.findings] == ["reference-cycle"]


def test_a_wrong_kind_is_known_by_the_folder() -> None:
    tree = WatchedTree(tree_of())
    with pytest.raises(EditRefusedError) as caught:
        field_edits(tree, [record_files(tree)["resa"]], "supports", ["enhet"])
    assert [finding.code for finding in caught.value.findings] == ["wrong-kind"]


def test_a_former_name_is_accepted() -> None:
    tree = tree_of()
    [edit] = field_edits(tree, [record_files(tree)["resa"]], "supports", ["spets"])
    assert "supports: [spets]" in (edit.after or "")


def test_edits_of_several_records_are_proven_together() -> None:
    tree = tree_of()
    files = record_files(tree)
    with pytest.raises(EditRefusedError) as caught:
        field_edits(tree, [files["resa"], files["rapport"]], "depends_on", ["rapport"])
    assert {finding.code for finding in caught.value.findings} == {"reference-cycle"}
    assert len(field_edits(tree, [files["resa"], files["mitt"]], "tags", ["a"])) == 2


def test_a_rule_that_looks_at_others_is_an_error_only_by_the_plans_own_choice_and_then_counts() -> None:
    refused = tree_of("checks: {retired-in-use: error}\n")
    retired = [{"date": "2013-06-01", "reason": "Ersatt"}]
    with pytest.raises(EditRefusedError) as caught:
        field_edits(refused, [record_files(refused)["delmal"]], "retired", retired)
    assert {finding.code for finding in caught.value.findings} == {"retired-in-use"}
    allowed = tree_of()
    assert field_edits(allowed, [record_files(allowed)["delmal"]], "retired", retired)


def test_a_plan_of_a_newer_format_is_not_written_to() -> None:
    tree = MemoryTree(texts(PLAN | {"plan.yaml": HEADER.replace("servplan: 1", "servplan: 99")}))
    with pytest.raises(EditRefusedError) as caught:
        entry_edits(tree, [record_files(tree)["resa"]], {"date": "2013-10-04", "status": "done"})
    assert [finding.code for finding in caught.value.findings] == ["newer-format"]
