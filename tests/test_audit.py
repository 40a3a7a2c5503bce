"""What was changed without trace: each rule on a record before and after, and on real histories."""

import json
import re
import sys
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servplan.analysis.audit.beforehand import needs_amending
from servplan.analysis.audit.findings import Audit, judge
from servplan.analysis.audit.registry import CODES, RULES
from servplan.analysis.audit.step import Rule
from servplan.analysis.audit.suspicions import suspicions
from servplan.analysis.diff import HEADER as PLAN
from servplan.commits import Past, RecordEdit, Story, WorkFiles, commits_between, read_records
from servplan.files.git import find_commit
from servplan.files.git_log import LoggedCommit
from servplan.files.tree import WorkTree
from servplan.load import HEADER_PATH, header_in, load_answers, load_record
from servplan.model.activity import Activity
from servplan.model.answer import Answer
from servplan.model.header import Header
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.render.messages import FINDINGS
from servplan.render.words import LABELS
from servplan.revisions import Side
from tests.conftest import Run
from tests.history import Made, make_history, run_git
from tests.plans import HEADER, write

_BLOCK = re.compile(r"^(BEFORE|PASS|FAIL) (data/\S+)\n((?:    .*\n|\n)*)", re.MULTILINE)
RESA = "activities/resa.yaml"
START = "title: Resa till Boden\nsupports: [bygd]\nowners: [enheten]\ndue: 2013-06-30\n"
BASE = {
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
    "goals/bygd.yaml": "title: En levande bygd\nlevel: overall\n",
    RESA: START + "log:\n  - {date: 2013-02-01, status: in_progress}\n",
}
FIRST = Made("2013-02-05", "Planen antagen", BASE)


def name(rule: Rule) -> str:
    return rule.CODE


def record_of(path: str, text: str) -> Record | None:
    return load_record(path, dedent(text).encode()) if text.strip() else None


def header_of(text: str) -> Header:
    header = header_in(dedent(text).encode())[0]
    assert header
    return header


def examples(rule: Rule) -> list[tuple[str, str, str]]:
    return _BLOCK.findall((sys.modules[rule.__name__].__doc__ or "") + "\n")


def judged(path: str, before: str, after: str, day: str = "2013-05-25", **answered: str) -> Audit:
    """Judge one change of one record, or of the plan's header, by itself."""
    commit = LoggedCommit("c" * 40, ("p" * 40,), date.fromisoformat(day), "Enheten", "Ändrat", ())
    rows = {0: Answer.model_validate(answered)} if answered else {}
    headers, edits, new = [header_of(HEADER)] * 2, [], None
    if path == HEADER_PATH:
        headers = [header_of(before), header_of(after)]
    else:
        old, new = record_of(path, before), record_of(path, after)
        assert old is not None
        edits = [RecordEdit(commit, old.id, old, (old,), new)]
    known = dict(zip((commit.parents[0], commit.id), headers, strict=True))
    story = Story({commit.id: commit}, tuple(edits), {}, known)
    return judge(suspicions(story), Plan(headers[1], {new.id: new} if new else {}), {}, rows)


def codes(found: Audit) -> list[str]:
    return [finding.code for finding in found.open]


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_change_that_an_entry_may_amend_is_known_beforehand(rule: Rule) -> None:
    (_before, path, before), *after = examples(rule)
    header = Header.model_validate(
        {"servplan": 1, "title": "T", "period": {"start": "2013-01-01", "end": "2015-12-31"}}
    )
    for sort, _path, text in after:
        old, new = record_of(path, before), record_of(path, text)
        if sort == "FAIL" and old and new:
            assert needs_amending(old, new, header) is rule.AMENDABLE
            assert not needs_amending(old, old, header)


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_what_a_rule_says_passes_does_and_what_it_says_fails_is_its_finding(rule: Rule) -> None:
    before, *after = examples(rule)
    assert [before[0], *sorted({sort for sort, _path, _text in after})] == ["BEFORE", "FAIL", "PASS"]
    for sort, path, text in after:
        found = judged(path, before[2], text)
        assert codes(found) == ([rule.CODE] if sort == "FAIL" else [])


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_row_of_answers_answers_any_rule(rule: Rule) -> None:
    blocks = examples(rule)
    path, before = blocks[0][1:]
    fails = next(text for sort, _path, text in blocks if sort == "FAIL")
    id_ = PLAN if path == HEADER_PATH else Path(path).stem
    row = {"record": id_, "rule": rule.CODE, "reason": "Beslutat", "by": "Kommunstyrelsen"}
    assert codes(judged(path, before, fails, **row)) == []
    assert codes(judged(path, before, fails, **row | {"commit": "ccc", "date": "2013-05-25"})) == []
    for wrong in ({"record": "annan"}, {"commit": "abc"}, {"date": "2013-05-24"}):
        found = judged(path, before, fails, **row | wrong)
        assert (codes(found), found.idle_rows) == ([rule.CODE], (0,))


def test_every_rule_has_words_a_remedy_and_a_code_that_is_its_modules_name() -> None:
    assert set(LABELS["audit"]) == set(CODES) <= set(FINDINGS)
    assert [code for code in CODES if not FINDINGS[code].hint] == []
    assert [rule.CODE.replace("-", "_") for rule in RULES] == [
        rule.__name__.rpartition(".")[2] for rule in RULES
    ]


def entry(old: str, new: str, day: str = "2013-05-25") -> list[str]:
    head = "title: Resa\nlog:\n"
    lines = ("".join(f"  - {{{part}}}\n" for part in text.split(" | ") if part) for text in (old, new))
    before, after = (head + text if text else "title: Resa\n" for text in lines)
    return codes(judged(f"data/{RESA}", before, after, day))


@pytest.mark.parametrize(
    "added",
    [
        "evidence: [https://example.org/a]",
        "reason: Därför",
        "recorded: 2013-05-20",
        "by: enheten",
        "note: Mer om saken",
        "voided: {date: 2013-05-22, reason: Fel}",
        "amends: [title], reason: Felstavat",
    ],
)
def test_an_entry_may_be_completed(added: str) -> None:
    said = "date: 2013-05-20, status: done"
    assert entry(said, f"{said}, {added}") == []
    assert entry(f"{said}, {added}", said) == ["entry-rewritten"]


@pytest.mark.parametrize(
    "added", ["progress: 50", "due: 2013-12-31", "owners: [enheten]", "visibility: internal"]
)
def test_a_fact_that_is_added_to_an_entry_rewrites_it(added: str) -> None:
    said = "date: 2013-05-20, status: in_progress"
    assert entry(said, f"{said}, {added}") == ["entry-rewritten"]


def test_a_slip_in_a_note_may_be_corrected_where_the_entry_says_more() -> None:
    assert entry("date: 2013-05-20, count: 1, note: Möt", "date: 2013-05-20, count: 1, note: Möte") == []
    assert entry("date: 2013-05-20, note: Ställt in", "date: 2013-05-20, note: Blev av") == [
        "entry-rewritten"
    ]


def test_of_two_equal_entries_one_that_goes_is_missed() -> None:
    visit = "date: 2013-05-20, count: 1"
    assert entry(f"{visit} | {visit}", visit) == ["entry-removed"]


@pytest.mark.parametrize(
    ("said", "day", "found"),
    [
        ("date: 2013-03-04, status: done", "2013-04-10", []),
        ("date: 2013-03-04, status: done", "2013-04-11", ["entry-late"]),
        ("known_by: 2013-03-31, status: done", "2013-04-11", ["entry-late"]),
        ("date: 2013-03-04, status: done, recorded: 2013-04-11", "2013-04-11", []),
        ("date: 2013-03-04, status: done, recorded: 2013-03-05", "2013-04-11", ["entry-late"]),
        ("date: 2013-03-04, status: done, recorded: 2013-04-12", "2013-04-11", ["recorded-untrue"]),
        ("date: 2013-03-04, status: done, recorded: 2013-03-03", "2013-03-05", ["recorded-untrue"]),
        ("date: 2013-03-04, status: done, voided: {date: 2013-04-11, reason: r}", "2013-04-11", []),
    ],
)
def test_an_entry_is_in_time_until_its_periods_grace_is_over(said: str, day: str, found: list[str]) -> None:
    assert entry("", said, day) == found


def test_a_date_that_was_not_promised_before_is_not_moved() -> None:
    assert codes(judged(f"data/{RESA}", "title: Resa\n", "title: Resa\ndue: 2013-06-30\n")) == []
    assert codes(judged(f"data/{RESA}", "title: Resa\ndue: 2013-06-30\n", "title: Resa\n")) == ["due-moved"]


def test_an_amending_entry_needs_a_reason_and_has_to_name_the_field() -> None:
    old, new = "title: Resa\ndue: 2013-06-30\n", "title: Resa\ndue: 2013-09-30\nlog:\n  - "
    for said in ("amends: [due]", "amends: [title], reason: r"):
        assert codes(judged(f"data/{RESA}", old, f"{new}{{date: 2013-05-20, {said}}}\n")) == ["due-moved"]


def test_an_amending_entry_that_was_there_before_answers_nothing_new() -> None:
    log = "log:\n  - {date: 2013-05-20, amends: [due], reason: r}\n"
    old, new = (f"title: Resa\ndue: {due}\n{log}" for due in ("2013-06-30", "2013-09-30"))
    assert codes(judged(f"data/{RESA}", old, new)) == ["due-moved"]


def test_decided_conditions_are_judged_as_words_and_undecided_ones_as_aims() -> None:
    head = "title: Mål\nlevel: overall\n"
    old, new = ("reached_when: {is: completed, what: " + what + "}\n" for what in ("tio", "fem"))
    decided = "decided: {body: KS, date: 2013-01-15}\n"
    assert codes(judged("data/goals/m.yaml", head + old, head + new)) == ["target-moved"]
    assert codes(judged("data/goals/m.yaml", head + decided + old, head + decided + new)) == ["goal-reworded"]


def audit(plan: Path, first: str | None = None, last: str | None = None) -> Audit:
    """Judge a range of a real history; without a last revision up to the work tree, on 20 January 2014."""
    head = find_commit(plan, last or "HEAD")
    tree = WorkTree(plan)
    side = Side(tree)
    work = None if last else WorkFiles(plan, head, side, date(2014, 1, 20))
    commits = commits_between(plan, find_commit(plan, first).id if first else None, head.id)
    story = Past(plan, commits, work).story()
    suspected = suspicions(story)
    end = Plan(side.header, read_records(side, [item.id for item in suspected]))
    return judge(suspected, end, story.renamed, load_answers(tree).rows)


def told(found: Audit) -> list[tuple[str, str, str]]:
    return [(item.code, item.id, item.commit.subject) for item in found.open]


def put(plan: Path, path: str, text: str) -> None:
    target = plan / "data" / path
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, "utf-8")


def history(tmp_path: Path, *commits: Made, inside: str = "") -> Path:
    return make_history(tmp_path / "repo", [FIRST, *commits], inside)


def moved(due: str) -> dict[str, str]:
    return {RESA: BASE[RESA].replace("2013-06-30", due)}


@pytest.mark.parametrize("inside", ["", "planer/norr"])
def test_a_finding_names_the_commit_that_did_it(tmp_path: Path, inside: str) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-01", "Flyttat", moved("2013-12-31")),
        Made("2013-03-02", "Annat", {}),
        inside=inside,
    )
    (finding,) = audit(plan).open
    assert (finding.code, finding.id, finding.path, finding.keys) == (
        "due-moved",
        "resa",
        f"data/{RESA}",
        ("due",),
    )
    assert finding.found[1:] == ("2013-06-30", "2013-12-31")
    commit = finding.commit
    assert (commit.id, commit.author) == (find_commit(plan, "HEAD~1").id, "Enheten")
    assert (commit.day, commit.subject) == (date(2013, 3, 1), "Flyttat")


def test_a_range_has_what_its_commits_did_and_no_more(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-01", "Ett", moved("2013-12-31")),
        Made("2013-03-02", "Två", moved("2014-12-31")),
    )
    assert told(audit(plan, "HEAD~1", "HEAD")) == [("due-moved", "resa", "Två")]
    assert told(audit(plan, "HEAD", "HEAD")) == []
    assert len(told(audit(plan, last="HEAD"))) == 2


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


def test_the_work_tree_counts_as_a_commit_of_today(tmp_path: Path) -> None:
    plan = history(tmp_path)
    put(plan, RESA, BASE[RESA] + "  - {date: 2013-11-30, status: done}\n")
    (finding,) = audit(plan).open
    assert (finding.code, finding.commit.id, finding.commit.day) == ("entry-late", "", date(2014, 1, 20))
    assert audit(plan, last="HEAD").findings == ()


def test_entries_that_arrive_with_their_file_are_not_late_and_a_moved_file_is_not_new(tmp_path: Path) -> None:
    done = "title: Sent\nlog: [{date: 2013-01-03, status: done}]\n"
    old = BASE[RESA] + "  - {date: 2013-02-03, progress: 20}\n"
    plan = history(
        tmp_path,
        Made("2013-09-01", "Ny", {"activities/sen.yaml": done}),
        Made("2013-09-02", "Flyttad", {RESA: None, "activities/2013/resa.yaml": old}),
    )
    assert told(audit(plan)) == [("entry-late", "resa", "Flyttad")]


LONG = START + "".join(f"  # rad {number} om resan\n" for number in range(9))


@pytest.mark.parametrize("formerly", ["formerly: [resa]\n", ""], ids=["told", "by hand"])
def test_a_renamed_record_is_followed(tmp_path: Path, formerly: str) -> None:
    renamed = {RESA: None, "activities/boden.yaml": LONG.replace("06-30", "07-31") + formerly}
    plan = history(
        tmp_path,
        Made("2013-02-06", "Utförlig", {RESA: LONG}),
        Made(
            "2013-02-07", "Notering åter", {RESA: LONG + "log: [{date: 2013-02-01, status: in_progress}]\n"}
        ),
        Made("2013-03-01", "Omdöpt", renamed),
    )
    assert told(audit(plan, "HEAD~1", "HEAD")) == [
        ("due-moved", "boden", "Omdöpt"),
        ("entry-removed", "boden", "Omdöpt"),
    ]


def test_references_that_follow_a_rename_rewrite_no_entry(tmp_path: Path) -> None:
    by = {RESA: BASE[RESA].replace("in_progress", "in_progress, by: enheten")}
    plan = history(
        tmp_path,
        Made("2013-02-06", "Vem", by),
        Made(
            "2013-03-01",
            "Omdöpt",
            {
                "owners/enheten.yaml": None,
                "owners/utveckling.yaml": "title: Enheten\ntype: unit\nformerly: [enheten]\n",
                RESA: by[RESA].replace("enheten", "utveckling"),
            },
        ),
    )
    assert told(audit(plan, "HEAD~1", "HEAD")) == []


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


def test_the_grace_is_that_which_was_in_force_on_the_entrys_day(tmp_path: Path) -> None:
    header = HEADER + "rhythm: {every: tertial, grace_days: 0}\n"
    said = BASE[RESA] + "  - {date: 2013-03-03, progress: 50}\n"
    before = said + "  - {date: 2013-02-27, progress: 40}\n"
    plan = history(
        tmp_path,
        Made("2013-03-01", "Rytm", {"plan.yaml": header}),
        Made("2013-04-29", "I tid", {RESA: said}),
        Made("2013-04-30", "Sent", {RESA: before}),
        Made("2013-05-01", "Rytm igen", {"plan.yaml": HEADER}),
    )
    assert told(audit(plan)) == [("entry-late", "resa", "Sent")]


def test_a_period_that_was_moved_is_the_plans_own_finding(tmp_path: Path) -> None:
    later = HEADER.replace("2013-01-01", "2013-02-01")
    assert later != HEADER
    plan = history(
        tmp_path,
        Made("2013-03-01", "Senare", {"plan.yaml": later}),
        Made("2013-03-02", "Form", {"a.yaml": ""}),
    )
    assert told(audit(plan)) == [("period-moved", "plan", "Senare")]
    put(plan, "audit.yaml", "- {record: plan, rule: period-moved, reason: Beslutat, by: Styrelsen}\n")
    found = audit(plan)
    assert (told(found), found.idle_rows) == ([], ())
    put(plan, "plan.yaml", HEADER)
    found = audit(plan)
    assert {(item.code, item.answer and item.answer.how) for item in found.findings} == {
        ("period-moved", "back")
    }


def test_a_version_that_cannot_be_read_is_named_and_hides_nothing(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-01", "Trasig", {RESA: "title: [\n"}),
        Made("2013-03-02", "Lagad", moved("2013-12-31")),
    )
    assert told(audit(plan)) == [("due-moved", "resa", "Lagad")]
    for first in (None, find_commit(plan, "HEAD~1").id):
        commits = commits_between(plan, first, find_commit(plan, "HEAD").id)
        named = f"data/{RESA} ({find_commit(plan, 'HEAD~1').id[:7]})"
        assert Past(plan, commits).story().unreadable == (named,)


def test_a_format_that_is_not_known_is_named_and_hides_nothing(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-01", "Framtiden", {"plan.yaml": HEADER.replace("servplan: 1", "servplan: 9")}),
        Made("2013-03-02", "Flyttad", moved("2013-12-31")),
        Made("2013-03-03", "Tillbaka", {"plan.yaml": HEADER}),
        Made("2013-03-04", "Rättad", {RESA: moved("2013-12-31")[RESA] + "note: Rättad\n"}),
    )
    assert told(audit(plan)) == [("due-moved", "resa", "Tillbaka")]
    commits = commits_between(plan, None, find_commit(plan, "HEAD").id)
    named = tuple(f"data/plan.yaml ({find_commit(plan, f'HEAD~{back}').id[:7]})" for back in (3, 2))
    assert Past(plan, commits).story().unreadable == named


def test_a_file_that_is_broken_twice_alike_is_compared_with_what_was_known_last(tmp_path: Path) -> None:
    more = BASE[RESA] + "  - {date: 2013-02-20, progress: 50}\n"
    plan = history(
        tmp_path,
        Made("2013-02-10", "Trasig", {RESA: "title: [\n"}),
        Made("2013-02-21", "Lagad", {RESA: more}),
        Made("2013-02-22", "Trasig igen", {RESA: "title: [\n"}),
        Made("2013-02-23", "Lagad igen", {RESA: more}),
    )
    assert told(audit(plan)) == []


COPY = "activities/farden.yaml"
COPIED = BASE[RESA].replace("2013-06-30", "2013-12-31")
TAKEN_OVER = COPIED + "formerly: [resa]\n"
LATER = [("due-moved", "farden", "Ersatt")]


@pytest.mark.parametrize(
    "steps",
    [
        [("Kopia", {COPY: COPIED}), ("Ersatt", {RESA: None, COPY: TAKEN_OVER})],
        [("Kopia", {COPY: COPIED}), ("Borttagen", {RESA: None}), ("Ersatt", {COPY: TAKEN_OVER})],
        [("Kopia", {COPY: TAKEN_OVER}), ("Form", {COPY: TAKEN_OVER + "\n"}), ("Ersatt", {RESA: None})],
        [("Borttagen", {RESA: None}), ("Ersatt", {COPY: TAKEN_OVER})],
        [("Borttagen", {RESA: None}), ("Annan", {COPY: "title: Ett\n"}), ("Ersatt", {COPY: TAKEN_OVER})],
        [
            ("Omdöpt", {RESA: None, "activities/turen.yaml": BASE[RESA] + "formerly: [resa]\n"}),
            ("Borttagen", {"activities/turen.yaml": None}),
            ("Ersatt", {COPY: TAKEN_OVER}),
        ],
        [("Kopia", {"activities/zon/resa.yaml": COPIED}), ("Ersatt", {RESA: None})],
    ],
)
def test_a_promise_is_followed_to_the_record_that_takes_over(
    tmp_path: Path, steps: list[tuple[str, dict[str, str | None]]]
) -> None:
    made = [Made(f"2013-03-{day:02}", subject, files) for day, (subject, files) in enumerate(steps, 1)]
    found = told(audit(history(tmp_path, *made)))
    assert ("due-moved", "resa" if "zon" in str(steps) else "farden", "Ersatt") in found
    assert {code for code, _id, _subject in found} <= {"due-moved", "entry-removed"}


def moved_folder(tmp_path: Path, old: str, new: str, edited: str | None) -> Path:
    """Move a plan to another folder of its repository, and edit a file in the same commit."""
    plan = history(tmp_path, Made("2013-02-20", "Framsteg", {RESA: BOTH}), inside=old)
    top = tmp_path / "repo"
    (top / new).mkdir(parents=True, exist_ok=True)
    run_git(top, "mv", f"{old}/data" if old else "data", f"{new}/data" if new else "data")
    if edited is not None:
        put(top / new, RESA, edited)
    day = {"GIT_AUTHOR_DATE": "2013-03-05T12:00:00Z", "GIT_COMMITTER_DATE": "2013-03-05T12:00:00Z"}
    run_git(top, "add", "-A")
    with pytest.MonkeyPatch.context() as patch:
        for name_, value in day.items():
            patch.setenv(name_, value)
        run_git(top, "commit", "-q", "-m", "Ny mapp")
    assert plan != top / new
    return top / new


@pytest.mark.parametrize(("old", "new"), [("", "planer/norr"), ("planer/norr", ""), ("norr", "planer/nord")])
def test_a_plan_is_followed_to_another_folder(tmp_path: Path, old: str, new: str) -> None:
    plan = moved_folder(tmp_path, old, new, BOTH.replace("2013-06-30", "2013-12-31"))
    for first in (None, "HEAD~1"):
        assert told(audit(plan, first)) == [("due-moved", "resa", "Ny mapp")]
    assert told(audit(plan, "HEAD~2", "HEAD")) == [("due-moved", "resa", "Ny mapp")]


def test_what_was_done_in_the_former_folder_is_judged_and_the_move_itself_is_nothing(tmp_path: Path) -> None:
    assert audit(moved_folder(tmp_path, "norr", "syd", None)).findings == ()
    lost = moved_folder(tmp_path / "annan", "norr", "syd", BASE[RESA])
    assert told(audit(lost)) == [("entry-removed", "resa", "Ny mapp")] * 2


def test_a_plan_in_a_folder_has_its_uncommitted_changes_judged(tmp_path: Path) -> None:
    plan = history(tmp_path, inside="planer/norr")
    put(plan, RESA, moved("2013-12-31")[RESA])
    assert told(audit(plan, "HEAD")) == [("due-moved", "resa", "")]


def test_a_record_that_only_looks_like_one_that_is_there_takes_nothing_over(tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Kopia", {COPY: COPIED}))
    assert audit(plan).findings == ()


def test_of_two_files_with_one_id_the_first_is_judged(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-01", "Dubblett", {"activities/a/resa.yaml": COPIED}),
        Made("2013-03-02", "Åter", {"activities/a/resa.yaml": None}),
    )
    assert [(item.code, item.commit.subject) for item in audit(plan).findings] == [
        ("due-moved", "Dubblett"),
        ("due-moved", "Åter"),
    ]
    assert told(audit(plan)) == []


POOL = st.lists(
    st.sampled_from(
        [
            {"date": "2013-03-04", "count": 1},
            {"date": "2013-03-04", "count": 2},
            {"date": "2013-04-01", "status": "done"},
            {"date": "2013-04-01", "status": "done", "voided": {"date": "2013-04-02", "reason": "Fel"}},
            {"date": "2013-05-01", "note": "Möte"},
        ]
    ),
    max_size=4,
)


def visit(log: list[dict[str, object]], due: date | None = None) -> Record:
    given = {"id": "resa", "path": f"data/{RESA}", "title": "Resa", "due": due, "log": log}
    return Activity.model_validate(given)


def edit_of(base: Record, sides: tuple[Record, ...], after: Record) -> RecordEdit:
    commit = LoggedCommit("c" * 40, ("p" * 40, "q" * 40), date(2013, 5, 25), "Enheten", "Sammanfogat", ())
    return RecordEdit(commit, "resa", base, sides, after)


@settings(deadline=None, max_examples=150)
@given(POOL, POOL, st.booleans())
def test_a_merge_that_takes_over_what_one_side_did_is_never_to_blame(
    old: list[dict[str, object]], new: list[dict[str, object]], is_first: bool
) -> None:
    base, side = visit(old), visit(new, date(2013, 6, 30))
    edit = edit_of(base, (side, base) if is_first else (base, side), side)
    assert suspicions(Story({}, (edit,), {}, {})) == []


@settings(deadline=None, max_examples=150)
@given(POOL, POOL, POOL)
def test_a_merge_that_drops_what_a_side_added_is_always_found(
    old: list[dict[str, object]], ours: list[dict[str, object]], theirs: list[dict[str, object]]
) -> None:
    base = visit(old)
    edit = edit_of(base, (visit([*old, *ours]), visit([*old, *theirs])), base)
    found = [item.rule.CODE for item in suspicions(Story({}, (edit,), {}, {}))]
    assert bool(found) == bool(ours or theirs)


OURS = BASE[RESA] + "  - {date: 2013-03-02, progress: 20}\n"
THEIRS = BASE[RESA] + "  - {date: 2013-03-03, progress: 30}\n"
BOTH = OURS + "  - {date: 2013-03-03, progress: 30}\n"


def merged(tmp_path: Path, files: dict[str, str | None], day: str = "2013-03-05") -> Path:
    """Make a history in which two branches add an entry each, and a merge leaves these files."""
    return history(
        tmp_path,
        Made("2013-03-02", "Vår", {RESA: OURS}, [1]),
        Made("2013-03-03", "Deras", {RESA: THEIRS}, [1]),
        Made(day, "Sammanfogat", files, [2, 3]),
    )


def test_a_merge_that_keeps_what_both_sides_wrote_is_no_finding_however_late(tmp_path: Path) -> None:
    assert told(audit(merged(tmp_path, {RESA: BOTH}, "2013-12-01"))) == []


@pytest.mark.parametrize("left", [OURS, THEIRS, BASE[RESA]], ids=["ours", "theirs", "neither"])
def test_a_merge_that_drops_a_sides_entry_did_it_itself(tmp_path: Path, left: str) -> None:
    found = told(audit(merged(tmp_path, {RESA: left})))
    lost = [("entry-removed", "resa", "Sammanfogat")]
    assert found == (lost * 2 if left == BASE[RESA] else lost)


def test_a_merge_in_a_plan_below_the_repositorys_top_is_judged_too(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-02", "Vår", {RESA: OURS}, [1]),
        Made("2013-03-03", "Deras", {RESA: THEIRS}, [1]),
        Made("2013-03-05", "Sammanfogat", {RESA: OURS}, [2, 3]),
        inside="planer/norr",
    )
    assert told(audit(plan)) == [("entry-removed", "resa", "Sammanfogat")]


def test_a_merge_that_drops_a_record_that_one_side_added_deletes_it(tmp_path: Path) -> None:
    new = {"goals/nytt.yaml": "title: Nytt\nlevel: overall\n"}
    plan = history(
        tmp_path,
        Made("2013-03-02", "Nytt", new, [1]),
        Made("2013-03-03", "Annat", {RESA: OURS}, [1]),
        Made("2013-03-05", "Sammanfogat", {"goals/nytt.yaml": None, RESA: OURS}, [2, 3]),
    )
    assert told(audit(plan)) == [("record-deleted", "nytt", "Sammanfogat")]


@pytest.mark.parametrize(
    ("kept", "found"), [(THEIRS, []), (BASE[RESA], [("entry-removed", "boden", "Sammanfogat")])]
)
def test_a_merge_follows_a_record_that_one_side_renamed_and_the_other_wrote_in(
    tmp_path: Path, kept: str, found: list[tuple[str, str, str]]
) -> None:
    former = "formerly: [resa]\n"
    plan = history(
        tmp_path,
        Made("2013-03-02", "Omdöpt", {RESA: None, "activities/boden.yaml": former + BASE[RESA]}, [1]),
        Made("2013-03-03", "Deras", {RESA: THEIRS}, [1]),
        Made("2013-03-05", "Sammanfogat", {RESA: None, "activities/boden.yaml": former + kept}, [2, 3]),
    )
    assert told(audit(plan)) == found


@pytest.mark.parametrize("formerly", ["formerly: [resa]\n", ""])
def test_a_merge_that_renames_and_edits_did_both_itself(tmp_path: Path, formerly: str) -> None:
    ours, theirs = {RESA: OURS}, {RESA: THEIRS}
    new = BOTH.replace("2013-06-30", "2013-12-31") + formerly
    plan = history(
        tmp_path,
        Made("2013-03-02", "Vi", ours),
        Made("2013-03-03", "De", theirs, [1]),
        Made("2013-03-05", "Sammanfogat", {RESA: None, COPY: new}, [2, 3]),
    )
    assert told(audit(plan)) == [("due-moved", "farden", "Sammanfogat")]


def test_a_merge_that_takes_one_side_over_is_not_to_blame_for_what_that_side_did(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-02", "Annat", {"goals/nytt.yaml": "title: Nytt\nlevel: overall\n"}, [1]),
        Made("2013-03-03", "Flyttat", moved("2013-12-31"), [1]),
        Made("2013-03-05", "Sammanfogat", moved("2013-12-31"), [2, 3]),
    )
    assert told(audit(plan)) == [("due-moved", "resa", "Flyttat")]


@pytest.mark.parametrize(
    ("files", "code"),
    [(moved("2015-01-01"), "due-moved"), ({RESA: None}, "record-deleted")],
    ids=["neither side's date", "gone"],
)
def test_what_a_merge_makes_of_its_own_is_its_doing(
    tmp_path: Path, files: dict[str, str | None], code: str
) -> None:
    note = {"goals/nytt.yaml": "title: Nytt\nlevel: overall\n"}
    plan = history(
        tmp_path,
        Made("2013-03-02", "Ett", note, [1]),
        Made("2013-03-03", "Två", {"goals/mer.yaml": "title: Mer\nlevel: overall\n"}, [1]),
        Made(
            "2013-03-05", "Sammanfogat", {"goals/mer.yaml": "title: Mer\nlevel: overall\n", **files}, [2, 3]
        ),
    )
    assert told(audit(plan)) == [(code, "resa", "Sammanfogat")]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (moved("2013-12-31"), None),
        (moved("2015-01-01"), "due-moved"),
        ({RESA: None}, "record-deleted"),
        ({RESA: BASE[RESA].replace("date: 2013-02-01", "date: 2013-02-02")}, "entry-rewritten"),
    ],
    ids=["one side's date", "neither side's date", "gone", "an entry of both"],
)
def test_a_merge_of_unrelated_histories_is_judged_beside_each_of_them(
    tmp_path: Path, files: dict[str, str | None], code: str | None
) -> None:
    note = {"goals/nytt.yaml": "title: Nytt\nlevel: overall\n"}
    plan = history(
        tmp_path,
        Made("2013-02-06", "En annan början", {**BASE, **moved("2013-12-31")}, []),
        Made("2013-03-02", "Ett", note),
        Made("2013-03-05", "Sammanfogat", {**note, **files}, [1, 3]),
    )
    assert told(audit(plan)) == ([(code, "resa", "Sammanfogat")] if code else [])


def test_a_merge_that_settles_two_versions_of_an_entry_may_join_them(tmp_path: Path) -> None:
    voided = ", voided: {date: 2013-03-03, reason: Fel}"
    proof = ", evidence: [https://example.org/a]"
    one, two, joined = (
        {RESA: BASE[RESA].replace("in_progress", f"in_progress{more}")}
        for more in (voided, proof, proof + voided)
    )
    plan = history(
        tmp_path,
        Made("2013-03-02", "Ett", one, [1]),
        Made("2013-03-03", "Två", two, [1]),
        Made("2013-03-05", "Sammanfogat", joined, [2, 3]),
    )
    assert told(audit(plan)) == []


def test_a_row_that_is_there_before_its_record_was_renamed_still_answers(tmp_path: Path) -> None:
    row = "- {record: resa, rule: due-moved, reason: Felskrivet, by: Enheten}\n"
    renamed = {RESA: None, "activities/boden.yaml": moved("2013-12-31")[RESA] + "formerly: [resa]\n"}
    plan = history(
        tmp_path,
        Made("2013-03-01", "Flyttat", moved("2013-12-31") | {"audit.yaml": row}),
        Made("2013-03-02", "Omdöpt", renamed),
    )
    assert told(audit(plan)) == []


EVENTFUL = (
    Made("2013-03-01", "Flyttat", moved("2013-12-31")),
    Made("2013-09-02", "Sent", {RESA: moved("2013-12-31")[RESA] + "  - {date: 2013-03-03, progress: 50}\n"}),
    Made(
        "2013-09-03",
        "Rubrik",
        {"goals/bygd.yaml": "title: En levande bygd\nlevel: overall\ndue: 2013-12-31\n"},
    ),
)
ROW = "- {record: resa, rule: due-moved, reason: Felskrivet, by: Nämnden}\n"


def test_the_command_tells_what_where_who_and_what_to_do(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL)
    done = servplan("audit", plan=plan)
    assert (done.code, done.err) == (1, "")
    assert done.out == TOLD


TOLD = """\
Ändrat utan spår  första incheckningen → arbetskatalogen

2 anmärkningar, 4 incheckningar granskade

Ett utlovat slutdatum har ändrats (1)  due-moved
├── Aktivitet resa: Resa till Boden
│   ├── Slutdatum: 30 juni → 31 december 2013
│   ├── 26a2a69 2013-03-01 Enheten: Flyttat
│   └── data/activities/resa.yaml:4
└── → Ställ tillbaka det och flytta det i loggen (servplan log ID --due DATUM --reason VARFÖR); var det fel från början, skriv en notering med ”amends: [due]” och ”reason”.
En notering kom för sent (1)  entry-late
├── Aktivitet resa: Resa till Boden
│   ├── 2013-03-03 · Framsteg: 50 %
│   ├── 6870022 2013-09-02 Enheten: Sent
│   └── data/activities/resa.yaml:7
└── → Lägg till ”recorded: DAG”, dagen då noteringen skrevs.
"""


def test_what_is_answered_is_shown_on_demand_and_ends_well(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL[:1])
    put(plan, "audit.yaml", ROW)
    done = servplan("audit", plan=plan)
    assert (done.code, done.err) == (0, "")
    assert done.out == TOLD_ANSWERED
    assert servplan("audit", "--all", plan=plan).out == TOLD_ALL


TOLD_ANSWERED = """\
Ändrat utan spår  första incheckningen → arbetskatalogen

Inget, 2 incheckningar granskade, 1 besvarad (--all)
"""
TOLD_ALL = """\
Ändrat utan spår  första incheckningen → arbetskatalogen

Inget, 2 incheckningar granskade, 1 besvarad (--all)

Det som är besvarat

Ett utlovat slutdatum har ändrats (1)  due-moved
└── Aktivitet resa: Resa till Boden
    ├── Slutdatum: 30 juni → 31 december 2013
    ├── 26a2a69 2013-03-01 Enheten: Flyttat
    ├── data/activities/resa.yaml:4
    └── ✓ besvarad i data/audit.yaml: Felskrivet (Nämnden)
"""


def test_a_row_that_answers_nothing_is_said_where_all_of_history_is_looked_at(
    servplan: Run, tmp_path: Path
) -> None:
    plan = history(tmp_path)
    put(plan, "audit.yaml", "# svar\n" + ROW)
    done = servplan("--lang", "en", "audit", plan=plan)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1].startswith("data/audit.yaml:2: The row answers nothing any more.")
    assert "audit.yaml" not in servplan("audit", "HEAD", plan=plan).out


def test_rows_that_cannot_be_read_are_named_and_do_not_count(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL[:1])
    put(plan, "audit.yaml", "- {record: resa, rule: due-moved, by: Nämnden}\n")
    done = servplan("--lang", "en", "audit", plan=plan)
    assert (done.code, done.err) == (1, "data/audit.yaml:1: The key “reason” is missing.\n")


def test_a_version_that_cannot_be_read_is_named_on_stderr(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Trasig", {RESA: "title: [\n"}))
    done = servplan("--lang", "en", "audit", plan=plan)
    id_ = find_commit(plan, "HEAD").id[:7]
    assert (done.code, done.err) == (0, f"Not judged, since they cannot be read: data/{RESA} ({id_})\n")


def test_json_holds_what_the_text_tells(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL)
    put(plan, "audit.yaml", ROW)
    done = servplan("audit", "--format", "json", "--all", plan=plan)
    found = json.loads(done.out)
    late, due = sorted(found["findings"], key=lambda row: row["severity"])
    assert done.code == 1
    assert {
        key: late[key] for key in ("path", "line", "code", "record", "old", "new", "date", "subject")
    } == {
        "path": f"data/{RESA}",
        "line": 7,
        "code": "entry-late",
        "record": "resa",
        "old": None,
        "new": {"date": "2013-03-03", "progress": 50},
        "date": "2013-09-02",
        "subject": "Sent",
    }
    assert (due["severity"], due["answer"]) == ("info", {"how": "row", "reason": "Felskrivet"})
    assert "Nämnden" not in done.out
    assert (found["from"]["name"], len(found["from"]["commit"])) == ("första incheckningen", 40)
    assert (found["to"]["name"], found["to"]["commit"]) == ("arbetskatalogen", None)
    some = json.loads(servplan("audit", "HEAD~1..HEAD", "--format", "json", plan=plan).out)
    assert (some["from"]["commit"], some["to"]["commit"]) == tuple(
        find_commit(plan, revision).id for revision in ("HEAD~1", "HEAD")
    )


def test_a_pipeline_gets_the_findings_that_nothing_answers(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL)
    put(plan, "audit.yaml", ROW)
    github = servplan("--lang", "en", "audit", "HEAD~2..HEAD", "--format", "github", plan=plan)
    assert github.code == 1
    assert github.out.startswith(
        f"::error file=data/{RESA},line=7,col=5,endColumn=37,title=entry-late::A log entry"
    )
    gitlab = json.loads(servplan("audit", "--format", "gitlab", plan=plan).out)
    assert [row["check_name"] for row in gitlab] == ["entry-late"]
    assert servplan("audit", "HEAD..HEAD", "--format", "github", plan=plan)[:2] == (0, "")


def test_a_range_from_a_merge_base_leaves_out_what_the_other_branch_did(
    servplan: Run, tmp_path: Path
) -> None:
    plan = history(tmp_path, *EVENTFUL[:1])
    run_git(plan, "checkout", "-q", "-b", "gren", "HEAD~1")
    assert servplan("audit", "main...gren", plan=plan).code == 0
    assert servplan("audit", "gren...main", plan=plan).code == 1


def test_what_cannot_be_audited_is_said(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL)
    run_git(tmp_path, "clone", "-q", "--depth", "2", f"file://{plan}", "grund")
    shallow = servplan("--lang", "en", "audit", plan=tmp_path / "grund")
    assert (shallow.code, shallow.out) == (3, "")
    assert "fetch with depth 0" in shallow.err
    assert servplan("audit", "HEAD~1..HEAD", plan=tmp_path / "grund").code == 0
    unknown = servplan("audit", "finns-inte..HEAD", plan=plan)
    assert (unknown.code, unknown.out) == (2, "")
    bare = write(tmp_path / "utan", BASE)
    outside = servplan("--lang", "en", "audit", plan=bare)
    assert (outside.code, outside.out) == (3, "")
    assert "is in no git repository" in outside.err
