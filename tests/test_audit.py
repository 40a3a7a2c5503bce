"""The audit's rules, each on a record before and after one commit."""

import re
import sys
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from servplan.analysis.audit.beforehand import needs_amending
from servplan.analysis.audit.findings import Audit, judge
from servplan.analysis.audit.registry import CODES, RULES
from servplan.analysis.audit.step import Rule
from servplan.analysis.audit.suspicions import suspicions
from servplan.analysis.diff import HEADER as PLAN
from servplan.commits import RecordEdit, Story
from servplan.files.git_log import LoggedCommit
from servplan.files.layout import HEADER_PATH
from servplan.load import header_in, load_record
from servplan.model.answer import Answer
from servplan.model.header import Header
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.render.finding_messages import FINDINGS, REMEDY
from servplan.render.words import LABELS
from tests.audits import RESA
from tests.plans import HEADER

_BLOCK = re.compile(r"^(BEFORE|PASS|FAIL) (data/\S+)\n((?:    .*\n|\n)*)", re.MULTILINE)


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
    return judge(
        suspicions(story), Plan(headers[1], {new.id: new} if new else {}), {}, rows, lambda _commit: {}
    )


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
    assert {FINDINGS[code].hint for code in CODES} == {REMEDY}
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
        ("date: 2013-03-04, status: done, recorded: 2013-04-13", "2013-04-11", ["recorded-untrue"]),
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


@pytest.mark.parametrize(
    ("decided", "found"),
    [
        ("{body: KS, date: 2013-02-12, paragraph: § 12}", ["goal-reworded"]),
        ("[{body: KS, date: 2013-02-12}, {body: KF, date: 2001-02-12}]", ["goal-reworded"]),
        ("[{body: KS, date: 2013-02-12}, {body: KF}]", ["goal-reworded"]),
        ("[{body: KS, date: 2013-02-12}, {body: KS, date: 2013-09-10}]", []),
    ],
)
def test_words_are_decided_anew_by_another_decision_and_not_an_older_one(
    decided: str, found: list[str]
) -> None:
    old, new = (f"title: {title}\nlevel: overall\ndecided: " for title in ("Alla", "Tre"))
    assert (
        codes(judged("data/goals/m.yaml", f"{old}{{body: KS, date: 2013-02-12}}\n", new + decided)) == found
    )


def test_when_an_entry_was_written_is_not_set_back() -> None:
    late = "date: 2013-03-04, status: done, recorded: "
    assert entry(f"{late}2013-05-20", f"{late}2013-03-05") == ["recorded-untrue"]
    assert entry(f"{late}2013-05-20", f"{late}2013-05-21") == []
    assert entry(f"{late}2014-05-20", f"{late}2013-05-20") == []


def test_an_entry_may_be_of_the_day_after_its_commit_where_that_was_made() -> None:
    assert entry("", "date: 2013-05-02, status: done, recorded: 2013-05-26", "2013-05-25") == []
    assert entry("", "date: 2013-05-02, status: done, recorded: 2013-05-27", "2013-05-25") == [
        "recorded-untrue"
    ]


def test_a_second_equal_entry_is_new() -> None:
    visit = "date: 2013-02-20, count: 5"
    assert entry(visit, f"{visit} | {visit}") == ["entry-late"]


@pytest.mark.parametrize("changed", ["direction: down", "unit: q"])
def test_what_an_indicator_measures_is_part_of_its_aim(changed: str) -> None:
    old = "title: Klimat\ndirection: up\nunit: p\n"
    key = changed.partition(":")[0]
    new = re.sub(f"{key}: .*", changed, old)
    assert codes(judged("data/indicators/k.yaml", old, new)) == ["target-moved"]


def test_a_published_value_keeps_its_day() -> None:
    old = "title: Klimat\nvalues: [{period: '2012', value: 61.5, published: 2013-01-20}]\n"
    assert codes(judged("data/indicators/k.yaml", old, old.replace("2013-01", "2014-01"))) == [
        "value-rewritten"
    ]
    added = old.replace("61.5,", "61.5, source: SCB,")
    assert codes(judged("data/indicators/k.yaml", old, added)) == []


def test_entries_of_one_day_that_contradict_each_other_keep_their_order() -> None:
    done, held = "date: 2013-05-20, status: done", "date: 2013-05-20, status: on_hold"
    assert entry(f"{done} | {held}", f"{held} | {done}") == ["entry-reordered"]
    assert entry(f"{done} | date: 2013-05-20, count: 1", f"date: 2013-05-20, count: 1 | {done}") == []
    started = "date: 2013-05-20, status: in_progress"
    assert entry(f"{started} | {done} | {held}", f"{done} | {started} | {held}") == []
    assert entry(f"{started} | {done} | {held}", f"{held} | {started} | {done}") == ["entry-reordered"]
    void = "voided: {date: 2013-05-21, reason: Fel}"
    assert entry(f"{done} | {held}, {void}", f"{held}, {void} | {done}") == []
