"""A frozen plan of every format: what could be read once can be read always."""

import json

from servplan.checks.registry import run_checks
from servplan.files.tree import WorkTree
from servplan.load import load_plan
from servplan.model.formats import FORMAT, is_known, upgraded
from servplan.model.kinds import KINDS
from tests.conftest import ROOT, Run

FROZEN = ROOT / "tests" / "formats"


def test_every_format_so_far_has_a_frozen_plan_of_every_kind() -> None:
    assert sorted(folder.name for folder in FROZEN.iterdir()) == [str(n + 1) for n in range(FORMAT)]
    for folder in FROZEN.iterdir():
        plan = load_plan(WorkTree(folder)).plan
        assert {record.kind for record in plan.records.values()} == {kind.kind for kind in KINDS}


def test_a_frozen_plan_has_no_findings() -> None:
    for folder in FROZEN.iterdir():
        assert run_checks(load_plan(WorkTree(folder))) == ()


def test_a_frozen_plan_means_what_it_meant(servplan: Run) -> None:
    told = json.loads(servplan("status", "--format", "json", "--as-of", "2014-01-31", plan=FROZEN / "1").out)
    assert told["totals"]["by_status"] == {"done": 1}
    assert told["totals"]["goals"]["by_assessment"] == {"none": 1, "achieved": 1}
    assert (
        servplan("list", "aktiviteter", "--status", "klar", plan=FROZEN / "1").out.count("● Genomförd") == 1
    )


def test_a_version_is_known_if_every_step_from_it_is() -> None:
    assert is_known(FORMAT)
    assert not is_known(FORMAT + 1)
    assert not is_known(FORMAT - 1, {})
    assert is_known(FORMAT - 1, {FORMAT - 1: lambda _kind, data: data})


def test_older_data_goes_through_every_step_in_turn() -> None:
    steps = {
        1: lambda kind, data: {**data, "way": f"{kind} 1"},
        2: lambda _kind, data: {**data, "way": data["way"] + " 2"},
    }
    old = {"title": "x"}
    assert upgraded("goal", old, 1, steps, 3) == {"title": "x", "way": "goal 1 2"}
    assert upgraded("goal", old, 2, {2: lambda _kind, data: data}, 3) == old
    assert old == {"title": "x"}


def test_upgrade_tells_the_format(servplan: Run) -> None:
    told = servplan("upgrade", plan=FROZEN / "1")
    assert told == (0, "Planen är skriven i format 1; detta servplan skriver format 1.\n", "")
