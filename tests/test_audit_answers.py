"""What answers a finding of the audit, and what does not."""

from pathlib import Path

import pytest

from servplan.analysis.audit.findings import Answered
from tests.audits import BASE, RESA, START, audit, history, moved, put, told
from tests.history import Made, run_git


def test_what_is_changed_back_is_answered_with_all_that_came_between(tmp_path: Path) -> None:
    back = [Made("2013-03-01", due, moved(due)) for due in ("2013-12-31", "2014-12-31", "2013-06-30")]
    found = audit(history(tmp_path, *back))
    assert told(found) == []
    assert [item.answer and item.answer.how for item in found.findings] == ["back"] * 3


def test_an_amending_entry_may_come_later(tmp_path: Path) -> None:
    said = "  - {date: 2013-03-05, amends: [due], reason: Fel avskrivet}\n"
    late = {RESA: moved("2013-12-31")[RESA] + said}
    again = {RESA: late[RESA].replace("2013-12-31", "2014-12-31")}
    plan = history(
        tmp_path,
        Made("2013-03-01", "Ett", moved("2013-12-31")),
        Made("2013-03-05", "Rättat", late),
        Made("2013-03-06", "Igen", again),
    )
    assert told(audit(plan)) == [("due-moved", "resa", "Igen")]


@pytest.mark.parametrize(
    ("entry", "found"),
    [("amends: [due], reason: Rätt nu", []), ("note: Klart", [("due-moved", "resa", "Igen")])],
)
def test_each_correction_of_a_day_answers_for_itself(
    tmp_path: Path, entry: str, found: list[tuple[str, str, str]]
) -> None:
    first = moved("2013-12-31")[RESA] + "  - {date: 2013-03-05, amends: [due], reason: Fel avskrivet}\n"
    second = first.replace("2013-12-31", "2013-11-30") + f"  - {{date: 2013-03-05, {entry}}}\n"
    plan = history(
        tmp_path,
        Made("2013-03-05", "Rättat", {RESA: first}),
        Made("2013-03-05", "Igen", {RESA: second}),
    )
    assert told(audit(plan)) == found


def test_a_deleted_record_is_answered_by_its_return(tmp_path: Path) -> None:
    gone, retired = {RESA: None}, "retired: {date: 2013-03-10, reason: Blev inte av}\n"
    plan = history(tmp_path, Made("2013-03-01", "Bort", gone))
    assert told(audit(plan)) == [("record-deleted", "resa", "Bort")]
    put(plan, RESA, BASE[RESA] + retired)
    (finding,) = audit(plan).findings
    assert finding.answer is not None
    assert finding.answer.how == "retired"
    put(plan, RESA, START + retired)
    assert told(audit(plan)) == [("entry-removed", "resa", "")]


def test_an_entry_that_comes_back_voided_answers_and_is_not_late(tmp_path: Path) -> None:
    voided = BASE[RESA].replace("in_progress", "in_progress, voided: {date: 2013-09-01, reason: Fel}")
    plan = history(
        tmp_path,
        Made("2013-03-01", "Bort", {RESA: START}),
        Made("2013-09-01", "Åter", {RESA: voided}),
    )
    (finding,) = audit(plan).findings
    assert (finding.code, finding.answer and finding.answer.how) == ("entry-removed", "voided")


def test_a_late_entry_is_answered_by_recorded_and_by_a_reason_in_a_row(tmp_path: Path) -> None:
    said = "  - {date: 2013-03-03, progress: 50}\n"
    plan = history(tmp_path, Made("2013-09-01", "Sent", {RESA: BASE[RESA] + said}))
    assert told(audit(plan)) == [("entry-late", "resa", "Sent")]
    owned_up = said.replace("50", "50, recorded: 2013-09-01")
    put(plan, RESA, BASE[RESA] + owned_up)
    assert told(audit(plan)) == []
    run_git(plan, "checkout", "-q", ".")
    row = "- {record: resa, rule: entry-late, reason: Hittades i pärmen, by: Enheten, date: 2013-09-01}\n"
    (plan / "data/audit.yaml").write_text(row, "utf-8")
    found = audit(plan)
    assert (told(found), found.idle_rows) == ([], ())


def test_a_row_that_is_there_before_its_record_was_renamed_still_answers(tmp_path: Path) -> None:
    row = "- {record: resa, rule: due-moved, reason: Felskrivet, by: Enheten}\n"
    renamed = {RESA: None, "activities/boden.yaml": moved("2013-12-31")[RESA] + "formerly: [resa]\n"}
    plan = history(
        tmp_path,
        Made("2013-03-01", "Flyttat", moved("2013-12-31") | {"audit.yaml": row}),
        Made("2013-03-02", "Omdöpt", renamed),
    )
    assert told(audit(plan)) == []


def test_a_row_does_not_answer_what_comes_after_it(tmp_path: Path) -> None:
    row = "- {record: resa, rule: due-moved, reason: Felskrivet, by: Enheten}\n"
    plan = history(
        tmp_path,
        Made("2013-03-01", "Flyttat", moved("2013-12-31") | {"audit.yaml": row}),
        Made("2013-04-01", "Flyttat igen", moved("2014-12-31")),
    )
    assert told(audit(plan)) == [("due-moved", "resa", "Flyttat igen")]
    put(plan, RESA, moved("2015-12-31")[RESA])
    assert len(told(audit(plan))) == 2
    put(plan, "audit.yaml", row.replace("Felskrivet", "Felskrivet i planen"))
    assert len(told(audit(plan))) == 2
    put(plan, "audit.yaml", row + row)
    assert told(audit(plan)) == []


def test_the_row_that_speaks_of_a_commit_counts_before_one_that_does_not(tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Flyttat", moved("2013-12-31")))
    commit = run_git(plan, "rev-parse", "HEAD").strip()
    one = f"- {{record: resa, rule: due-moved, reason: Just denna, by: Enheten, commit: {commit[:8]}}}\n"
    every = "- {record: resa, rule: due-moved, reason: Alla, by: Nämnden}\n"
    put(plan, "audit.yaml", one + every)
    (finding,) = audit(plan).findings
    assert (finding.answer, audit(plan).idle_rows) == (Answered("row", "Just denna", "Enheten"), ())


def test_a_row_may_name_a_record_by_any_id_that_it_has_had(tmp_path: Path) -> None:
    def named(id_: str, old: str, formerly: str) -> dict[str, str | None]:
        text = moved("2013-12-31")[RESA] + f"formerly: [{formerly}]\n"
        return {f"activities/{old}.yaml": None, f"activities/{id_}.yaml": text}

    plan = history(
        tmp_path,
        Made("2013-03-01", "Flyttat", moved("2013-12-31")),
        Made("2013-03-02", "Omdöpt", named("boden", "resa", "resa")),
        Made("2013-03-03", "Omdöpt igen", named("lulea", "boden", "resa, boden")),
    )
    for name in ("resa", "boden", "lulea"):
        put(plan, "audit.yaml", f"- {{record: {name}, rule: due-moved, reason: Fel, by: Enheten}}\n")
        assert told(audit(plan)) == []


def test_entries_that_changed_places_are_right_when_they_stand_as_before(tmp_path: Path) -> None:
    done, held = (f"  - {{date: 2013-02-20, status: {status}}}\n" for status in ("done", "on_hold"))
    steps = [
        Made("2013-02-20", "Två", {RESA: BASE[RESA] + done + held}),
        Made("2013-05-20", "Omkastade", {RESA: BASE[RESA] + held + done}),
    ]
    assert told(audit(history(tmp_path / "a", *steps))) == [("entry-reordered", "resa", "Omkastade")]
    back = Made("2013-05-21", "Åter", {RESA: BASE[RESA] + done + held})
    assert told(audit(history(tmp_path / "b", *steps, back))) == []


@pytest.mark.parametrize(("recorded", "found"), [("2013-05-20", []), ("2013-07-01", ["entry-late"])])
def test_a_late_entry_says_when_it_came_and_no_later_day(
    tmp_path: Path, recorded: str, found: list[str]
) -> None:
    said = BASE[RESA] + "  - {date: 2013-03-04, status: done"
    plan = history(
        tmp_path,
        Made("2013-05-20", "Sent", {RESA: said + "}\n"}),
        Made("2013-07-01", "Antecknat", {RESA: said + f", recorded: {recorded}}}\n"}),
    )
    assert [code for code, _id, _subject in told(audit(plan))] == found
