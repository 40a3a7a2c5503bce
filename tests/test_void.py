"""`void`: an entry that was wrong stays in the log, and does not count."""

import json
from pathlib import Path

import pytest

from servplan.diagnostics import ServplanError
from servplan.files.tree import MemoryTree
from servplan.load import load_plan, record_files
from servplan.voiding import void_edit
from tests import plans
from tests.conftest import Run
from tests.history import Made, make_history

RESA = "data/activities/resa.yaml"
RECORD = """\
title: Resa
log:
  - {date: 2013-03-04, status: in_progress, note: Bokat}
  - date: 2013-04-02  # efter mötet
    status: done
    note: Genomfört
  - {date: 2013-04-02, status: done}
  - {known_by: 2013-06-30, note: Efteråt}
"""
LISTED = """\
  2  2013-04-02  Status: Klar · Genomfört
  3  2013-04-02  Status: Klar
"""
ALL = f"  1  2013-03-04  Status: Pågår · Bokat\n{LISTED}  4  senast 2013-06-30  Efteråt\n"
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Enheten"), ("EMAIL", "enheten@example.org"))
}
TODAY = "voided: {date: 2014-01-20, reason: Fel}"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(
        tmp_path / "plan", {"activities/resa.yaml": RECORD, "activities/tom.yaml": "title: Tom\n"}
    )


def text(plan: Path) -> str:
    return (plan / RESA).read_text("utf-8")


def test_an_entry_named_by_its_day_is_voided_and_no_longer_counts(servplan: Run, plan: Path) -> None:
    done = servplan("void", "resa", "2013-03-04", "--reason", "Fel", plan=plan)
    old = "  - {date: 2013-03-04, status: in_progress, note: Bokat}\n"
    new = f"{old[:-2]}, {TODAY}}}\n"
    assert done == (0, f"{RESA}\n-{old}+{new}", "")
    assert text(plan) == RECORD.replace(old, new)
    as_of = servplan("show", "resa", "--as-of", "2013-03-31", "--format", "json", plan=plan)
    assert json.loads(as_of.out)["state"]["status"] == "unreported"


@pytest.mark.parametrize(
    ("named", "line"),
    [
        (["2013-06"], f"{{known_by: 2013-06-30, note: Efteråt, {TODAY}}}"),
        (["--entry", "4"], f"{{known_by: 2013-06-30, note: Efteråt, {TODAY}}}"),
        (["2013-04-02", "--entry", "3"], f"{{date: 2013-04-02, status: done, {TODAY}}}"),
        (["2013-04", "--entry", "2"], f"    {TODAY}"),
        (["2013-06-30", "--date", "2014-01-10"], "voided: {date: 2014-01-10, reason: Fel}"),
    ],
)
def test_an_entry_is_named_by_a_month_or_its_number_too(
    servplan: Run, plan: Path, named: list[str], line: str
) -> None:
    done = servplan("void", "resa", *named, "--reason", "Fel", plan=plan)
    assert (done.code, done.err) == (0, "")
    added = [given for given in done.out.splitlines() if given.startswith("+")]
    assert len(added) == 1
    assert line in added[0]


def test_several_that_may_be_meant_are_listed_with_their_numbers(servplan: Run, plan: Path) -> None:
    said = f"”resa” har 2 noteringar som kan avses:\n{LISTED}→ Ange en av dem med dess nummer: --entry N\n"
    assert servplan("void", "resa", "2013-04-02", "--reason", "Fel", plan=plan) == (2, "", said)
    assert servplan("void", "resa", "--reason", "Fel", plan=plan).code == 2
    assert text(plan) == RECORD


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["resa", "2013-05-01"], f"”resa” har ingen sådan notering: 2013-05-01\n→ Posten har dessa noteringar:\n{ALL}"),
        (["resa", "--entry", "5"], f"”resa” har ingen sådan notering: #5\n→ Posten har dessa noteringar:\n{ALL}"),
        (["resa", "--entry", "två"], "”två” är inget tal.\n→ Skriv ett heltal: 3.\n"),
        (["tom"], "Loggen för ”tom” är tom.\n→ servplan show tom visar posten.\n"),
        (["resa", "4"], "”4” är inget datum.\n→ Skriv det utan mellanslag, "),
        (["resa", "2013-03-04", "--date", "+1d"], "2014-01-21 har inte kommit än; i dag är det 2014-01-20.\n"),
        (["resa", "2013-03-04", "--date", "2013-03-03"], "Noteringen gäller från 2013-03-04 och kan inte ha visat"),
    ],
)  # fmt: skip
def test_what_names_no_entry_is_refused_with_those_that_there_are(
    servplan: Run, plan: Path, command: list[str], said: str
) -> None:
    done = servplan("void", *command, "--reason", "Fel", plan=plan)
    assert (done.code, done.out, done.err[: len(said)]) == (2, "", said)
    assert text(plan) == RECORD


def test_without_a_reason_nothing_is_voided(servplan: Run, plan: Path) -> None:
    said = "Att ogiltigförklara en notering kräver ett skäl.\n→ servplan --plan {} void resa 2013-03-04 {}\n"
    done = servplan("void", "resa", "2013-03-04", plan=plan)
    assert done == (2, "", said.format(plan, '--reason "…"'))
    assert text(plan) == RECORD


def test_voiding_again_is_already_so(servplan: Run, plan: Path) -> None:
    command = ("--lang", "en", "void", "resa", "2013-03-04", "--reason", "Fel")
    assert servplan(*command, plan=plan).code == 0
    once = text(plan)
    assert servplan(*command, plan=plan) == (0, "", "It is so already; nothing was written.\n")
    assert text(plan) == once


def test_a_dry_run_shows_the_change_and_writes_nothing(servplan: Run, plan: Path) -> None:
    done = servplan("void", "resa", "2013-06", "--reason", "Fel", "--dry-run", plan=plan)
    assert (done.code, done.out.startswith(f"--- a/{RESA}\n+++ b/{RESA}\n@@ "), done.err) == (0, True, "")
    assert text(plan) == RECORD


def test_commit_says_which_entry_was_voided_and_the_audit_finds_nothing(
    servplan: Run, tmp_path: Path
) -> None:
    plan = make_history(tmp_path / "plan", [Made("2013-07-01", "Planen", {"activities/resa.yaml": RECORD})])
    done = servplan("void", "resa", "2013-06", "--reason", "Fel", "--commit", plan=plan, **IDENTITY)
    assert done.err == "Incheckat: Ogiltigförklara noteringen senast 2013-06-30 i resa: Fel\n"
    assert servplan("audit", plan=plan).code == 0


def test_an_entry_in_a_form_that_cannot_be_edited_is_named_by_its_line(servplan: Run, plan: Path) -> None:
    (plan / RESA).write_text(RECORD.replace("Bokat}", "Bokat, voided: }"), encoding="utf-8")
    done = servplan("void", "resa", "2013-03-04", "--reason", "Fel", plan=plan)
    assert (done.code, done.out) == (3, "")
    assert done.err.endswith(f"→ Skriv för hand på rad 3: {TODAY}\n")


def test_an_unreadable_record_has_no_entry_to_void(servplan: Run, plan: Path) -> None:
    (plan / RESA).write_text("title: 1\nlog: []\n", encoding="utf-8")
    done = servplan("void", "resa", "--reason", "Fel", plan=plan)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Posten ”resa” kan inte läsas.\n")


def test_an_entry_that_has_moved_meanwhile_is_not_voided() -> None:
    before = MemoryTree(plans.texts({"activities/resa.yaml": RECORD}))
    file = record_files(before)["resa"]
    entry = load_plan(before).plan.records["resa"].log[0]  # type: ignore[attr-defined]
    moved = RECORD.replace("log:\n", "log:\n  - {date: 2013-01-01, note: Ny}\n")
    after = MemoryTree(plans.texts({"activities/resa.yaml": moved}))
    with pytest.raises(ServplanError) as caught:
        void_edit(after, file, 0, entry, {"date": "2014-01-20", "reason": "Fel"})
    assert caught.value.code == "file-changed"
