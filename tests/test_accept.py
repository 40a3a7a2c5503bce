"""`accept`: a row in `data/audit.yaml` says why a change that the audit found stands."""

from pathlib import Path

import pytest

from tests.changes import IDENTITY
from tests.conftest import Run
from tests.history import Made, make_history, run_git

ROWS = "data/audit.yaml"
RESA = "title: Resa\ndue: {due}\n"
OPEN = "  resa due-moved  {first}\n  resa due-moved  {second}\n  lista record-deleted  {second}\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return make_history(
        tmp_path / "plan",
        [
            Made(
                "2013-01-02",
                "Planen",
                {
                    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
                    "activities/resa.yaml": RESA.format(due="2013-06-30"),
                    "activities/lista.yaml": "title: Lista\n",
                },
            ),
            Made("2013-02-02", "Flytta", {"activities/resa.yaml": RESA.format(due="2013-09-30")}),
            Made(
                "2013-03-02",
                "Flytta igen",
                {"activities/resa.yaml": RESA.format(due="2013-12-31"), "activities/lista.yaml": None},
            ),
        ],
    )


def commits(plan: Path) -> dict[str, str]:
    """The ids of the second and the third commit, as they are told."""
    ids = run_git(plan, "rev-list", "--abbrev=10", "--abbrev-commit", "HEAD").split()
    return {"first": ids[1], "second": ids[0]}


def test_one_row_answers_what_a_rule_finds_of_a_record(servplan: Run, plan: Path) -> None:
    done = servplan(
        "accept", "resa", "due-moved", "--reason", "Felskrivet: juni", "--by", "enheten", plan=plan
    )
    row = '- record: resa\n  rule: due-moved\n  reason: "Felskrivet: juni"\n  by: Enheten\n'
    shown = "".join(f"+{line}\n" for line in row.splitlines())
    assert done == (0, f"{ROWS}\n{shown}", "")
    assert (plan / ROWS).read_text("utf-8") == row
    left = servplan("audit", plan=plan)
    assert (left.code, "due-moved" in left.out, "record-deleted" in left.out) == (1, False, True)
    assert servplan("check", plan=plan).code == 0


def test_one_commit_alone_can_be_answered_for(servplan: Run, plan: Path) -> None:
    accepted = ["accept", "resa", "due-moved", "--reason", "Fel", "--by", "Styrelsen"]
    done = servplan(*accepted, "--in", "HEAD~1", plan=plan)
    assert (done.code, done.out.endswith(f"+  by: Styrelsen\n+  commit: {commits(plan)['first']}\n")) == (
        0,
        True,
    )
    refused = servplan(*accepted, "--in", "HEAD~1", plan=plan)
    assert (refused.code, refused.err.count("due-moved")) == (2, 2)
    assert servplan(*accepted, plan=plan).code == 0
    assert "due-moved" not in servplan("audit", plan=plan).out


def test_what_is_not_committed_can_be_answered_for(servplan: Run, plan: Path) -> None:
    (plan / "data/activities/resa.yaml").unlink()
    given = ["--reason", "Dubblett", "--by", "enheten"]
    refused = servplan("accept", "resa", "due-move", *given, plan=plan)
    assert refused.err.splitlines()[-1] == "  resa record-deleted  ej incheckat"
    done = servplan("accept", "resa", "record-deleted", *given, plan=plan)
    assert (done.code, done.err) == (0, "")


def test_the_answer_is_committed_alone_in_a_sentence(servplan: Run, plan: Path) -> None:
    command = ["accept", "lista", "record-deleted", "--reason", "Dubblett", "--by", "enheten", "--commit"]
    done = servplan(*command, plan=plan, **IDENTITY)
    assert done.err == "Incheckat: Låt record-deleted för lista stå kvar: Dubblett\n"
    assert run_git(plan, "show", "--format=", "--name-only", "HEAD") == f"{ROWS}\n"


def test_what_the_audit_does_not_find_is_refused_with_what_it_finds(servplan: Run, plan: Path) -> None:
    for given in (["resa", "due-move"], ["res", "due-moved"], ["lista", "due-moved"]):
        done = servplan("accept", *given, "--reason", "Fel", "--by", "enheten", plan=plan)
        said = f"Granskningen har ingen obesvarad anmärkning {given[1]} om ”{given[0]}”.\n→ Obesvarat är:\n"
        assert done == (2, "", said + OPEN.format(**commits(plan)))
    assert not (plan / ROWS).exists()


def test_where_nothing_is_open_that_is_said(servplan: Run, plan: Path) -> None:
    for record, rule in (("resa", "due-moved"), ("lista", "record-deleted")):
        assert servplan("accept", record, rule, "--reason", "Fel", "--by", "enheten", plan=plan).code == 0
    done = servplan("accept", "resa", "due-moved", "--reason", "Fel", "--by", "enheten", plan=plan)
    assert (done.code, done.err.splitlines()[0]) == (2, "Granskningen har inga obesvarade anmärkningar.")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (["--by", "enheten"], "Att låta en ändring stå kvar kräver ett skäl."),
        (["--reason", "Fel"], "Ett svar till granskningen måste ange vem som ger det."),
    ],
)
def test_an_answer_needs_a_reason_and_somebody_who_gives_it(
    servplan: Run, plan: Path, missing: list[str], said: str
) -> None:
    done = servplan("accept", "resa", "due-moved", *missing, plan=plan)
    assert (done.code, done.out, done.err.splitlines()[0]) == (2, "", said)


def test_rows_that_cannot_be_read_are_left_alone(servplan: Run, plan: Path) -> None:
    (plan / ROWS).write_text("record: resa\n", "utf-8")
    done = servplan("accept", "resa", "due-moved", "--reason", "Fel", "--by", "enheten", plan=plan)
    assert (done.code, done.out, f"{ROWS}:1:1: " in done.err) == (3, "", True)
    assert (plan / ROWS).read_text("utf-8") == "record: resa\n"


def test_a_former_id_means_the_record(servplan: Run, plan: Path) -> None:
    assert servplan("rename", "resa", "farden", plan=plan).code == 0
    done = servplan("accept", "resa", "due-moved", "--reason", "Fel", "--by", "enheten", plan=plan)
    assert (done.code, "+- record: farden\n" in done.out) == (0, True)
