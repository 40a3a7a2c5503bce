"""The ways out of what the audit finds, and that they lead out of it."""

import json
from pathlib import Path

import pytest

from servplan.analysis.audit.registry import RULES
from servplan.analysis.audit.remedies import WAYS, Way, way_codes
from servplan.analysis.audit.step import Rule
from servplan.files.git_commit import find_commit
from servplan.render import remedies
from tests.audits import BASE, RESA, audit, history, moved, put, told
from tests.conftest import Run
from tests.history import Made, run_git
from tests.test_audit import examples, judged, name

LATE = {RESA: BASE[RESA] + "  - {date: 2013-03-03, progress: 50}\n"}


def ways(rule: Rule) -> dict[str, dict[str, str]]:
    """The ways out of what a rule's example fails by, by their codes."""
    before, *after = examples(rule)
    fails = next(text for sort, _path, text in after if sort == "FAIL")
    found = judged(before[1], before[2], fails).open
    return {way.code: dict(way.params) for way in found[0].ways}


def ways_in(plan: Path) -> dict[str, dict[str, str]]:
    return {way.code: dict(way.params) for found in audit(plan).open for way in found.ways}


def test_every_way_out_has_words() -> None:
    assert WAYS.keys() == remedies.WAYS.keys()
    assert {code for rule in RULES for code in way_codes(rule)} == WAYS.keys()


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_the_last_way_out_of_any_finding_is_a_row_of_answers(rule: Rule) -> None:
    code, params = list(ways(rule).items())[-1]
    assert (code, params["rule"], params["commit"]) == ("answer", rule.CODE, "ccccccc")


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_what_an_entry_may_amend_names_the_field(rule: Rule) -> None:
    found = ways(rule)
    assert ("amend" in found) is rule.AMENDABLE
    if rule.AMENDABLE:
        assert found["amend"]["field"]


@pytest.mark.parametrize(
    ("code", "yaml"),
    [
        ("due-moved", "due: 2013-06-30"),
        ("target-moved", "target_count: 15"),
        ("goal-reworded", "title: Servicepunkter i alla bygder"),
        ("decision-changed", "- {body: Kommunstyrelsen, date: 2013-02-12}"),
        ("entry-rewritten", "- {date: 2013-05-20, status: done}"),
        ("entry-removed", "- {date: 2013-05-20, reason: Ingen tid, status: cancelled}"),
        ("value-rewritten", '- {period: "2013", value: 61.5}'),
        ("retirement-changed", "retired: {date: 2013-09-01, reason: Slogs ihop}"),
        ("validity-moved", "valid_from: 2013-03-01"),
        ("period-moved", "period: {start: 2013-01-01, end: 2015-12-31}"),
    ],
)
def test_what_stood_there_is_told_as_it_is_to_be_written(code: str, yaml: str) -> None:
    rule = next(rule for rule in RULES if code == rule.CODE)
    found = ways(rule)
    assert (found.get("write") or found["put-back"])["yaml"] == yaml


def test_a_due_date_that_was_taken_away_is_not_moved_in_the_log() -> None:
    rest = "title: Resa\n"
    (found,) = judged(f"data/{RESA}", rest + "due: 2013-06-30\n", rest).open
    assert [way.code for way in found.ways] == ["write", "amend", "answer"]


def test_words_that_were_put_to_a_decided_goal_are_to_go() -> None:
    goal = "title: Bygd\nlevel: overall\ndecided: {body: Fullmäktige, date: 2013-02-12}\n"
    ruled = goal + "reached_when: [{is: established, what: En punkt}]\n"
    (found,) = judged("data/goals/bygd.yaml", goal, ruled).open
    assert [way.code for way in found.ways] == ["decide", "take-away", "amend", "answer"]


def test_an_entry_is_recorded_on_the_day_of_its_commit_or_as_it_said_before() -> None:
    head = "title: Resa\nlog:\n"
    said = "  - {date: 2013-05-20, status: done"
    before, after = (f"{head}{said}, recorded: 2013-05-{day}}}\n" for day in (24, 22))
    (found,) = judged(f"data/{RESA}", before, after).open
    assert found.ways[0] == Way("record", {"record": "resa", "path": f"data/{RESA}", "day": "2013-05-24"})
    ahead = "title: Resa\nlog:\n  - {date: 2013-06-20, status: done, recorded: 2013-06-01}\n"
    (found,) = judged(f"data/{RESA}", "title: Resa\n", ahead).open
    assert [way.code for way in found.ways] == ["void", "answer"]


def test_a_record_that_was_deleted_comes_back_by_the_command_that_is_told(tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Borta", {RESA: None}))
    found = ways_in(plan)
    assert list(found) == ["restore", "retire", "answer"]
    run_git(plan, "checkout", found["restore"]["commit"], "--", found["restore"]["path"])
    assert told(audit(plan)) == []


def test_so_does_one_that_is_missing_from_the_work_tree(tmp_path: Path) -> None:
    plan = history(tmp_path)
    (plan / "data" / RESA).unlink()
    found = ways_in(plan)
    assert found["restore"]["commit"] == find_commit(plan, "HEAD").id[:7]
    assert found["answer"]["commit"] == ""


def test_one_that_a_merge_deleted_comes_from_the_side_that_had_it(tmp_path: Path) -> None:
    plan = history(tmp_path)
    run_git(plan, "checkout", "-q", "-b", "gren")
    put(plan, "goals/ny.yaml", "title: Ny\nlevel: overall\n")
    run_git(plan, "add", "data")
    run_git(plan, "commit", "-q", "-m", "Nytt mål")
    side = find_commit(plan, "HEAD").id
    run_git(plan, "checkout", "-q", "main")
    run_git(plan, "merge", "-q", "--no-ff", "--no-commit", "gren")
    run_git(plan, "rm", "-q", "-f", "data/goals/ny.yaml")
    run_git(plan, "commit", "-q", "-m", "Sammanfogat")
    assert ways_in(plan)["restore"]["commit"] == side[:7]


def test_what_is_told_to_be_written_answers_what_it_is_told_of(tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Flyttat", moved("2013-12-31")))
    found = ways_in(plan)
    text = (plan / found["write"]["path"]).read_text("utf-8")
    put(plan, RESA, text.replace("due: 2013-12-31", found["write"]["yaml"]))
    assert told(audit(plan)) == []
    late = history(tmp_path / "sen", Made("2013-09-02", "Sent", LATE))
    day = ways_in(late)["record"]["day"]
    put(late, RESA, LATE[RESA].replace("50}", f"50, recorded: {day}}}"))
    assert told(audit(late)) == []


def test_an_entry_that_was_rewritten_is_put_back_and_voided_if_it_was_wrong(
    servplan: Run, tmp_path: Path
) -> None:
    rewritten = BASE[RESA].replace("status: in_progress", "status: on_hold")
    plan = history(tmp_path, Made("2013-03-01", "Omskriven", {RESA: rewritten}))
    found = ways_in(plan)
    put(plan, RESA, rewritten.replace(found["put-back"]["now"], found["put-back"]["yaml"]))
    assert (plan / "data" / RESA).read_text("utf-8") == BASE[RESA]
    assert told(audit(plan)) == []
    assert servplan("void", *found["void-then"]["entry"].split(), "--reason", "Fel", plan=plan).code == 0
    said = ["hold", "resa", "--date", "2013-02-01"]
    assert servplan(*said, plan=plan).code == 0
    assert told(audit(plan)) == []


def test_json_has_the_parts_of_the_ways_out(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Flyttat", moved("2013-12-31")))
    found = json.loads(servplan("audit", "--format", "json", plan=plan).out)["findings"]
    commit, where = find_commit(plan, "HEAD").id[:7], {"record": "resa", "path": f"data/{RESA}"}
    assert found[0]["remedy"] == [
        {"do": "write", **where, "field": "due", "yaml": "due: 2013-06-30"},
        {"do": "postpone", **where, "day": "2013-12-31"},
        {"do": "amend", **where, "field": "due"},
        {"do": "answer", **where, "rule": "due-moved", "commit": commit},
    ]


def test_a_row_of_another_form_is_named_with_the_form_that_rows_have(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path)
    put(plan, "audit.yaml", "- {record: resa, rule: due-moved, reason: Felskrivet}\n")
    form = "A row has the form “- {record: ID, rule: due-moved, reason: …, by: …}”."
    said = "The key “by” is missing. Add a line “by: …”."
    assert servplan("--lang", "en", "audit", plan=plan).err == f"data/audit.yaml:1: {said} {form}\n"
    assert f"→ Add a line “by: …”. {form}\n" in servplan("--lang", "en", "check", plan=plan).out
