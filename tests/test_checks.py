import re
import sys
import time
from collections.abc import Iterator
from textwrap import dedent
from typing import NamedTuple

import pytest

from servplan.checks.examined import Check
from servplan.checks.registry import CHECKS, run_checks
from servplan.checks.suggestions import Suggestions
from servplan.checks.time_brings import time_findings
from servplan.diagnostics import Diagnostic, Severity
from servplan.render.messages import hint, message
from servplan.render.words import Words
from tests.plans import load

BASE = {
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "goals/levande-kommun.yaml": "title: En levande kommun\nlevel: overall\n",
    "goals/servicepunkter-2013.yaml": """\
        title: Utredning kring servicepunkter
        level: sub-goal
        supports: [levande-kommun]
        formerly: [servicepunkter]
    """,
    "goals/nedlagt-mal-2013.yaml": """\
        title: Ett mål som utgick
        level: sub-goal
        supports: [levande-kommun]
        retired: {date: 2013-03-01, reason: Beslut, superseded_by: [servicepunkter-2013]}
    """,
    "activities/besoka-boden.yaml": """\
        title: Besöka Boden
        supports: [servicepunkter-2013]
        owners: [landsbygd]
    """,
    "programmes/punktprogram.yaml": "title: Punktprogrammet\npoints: 1\n",
    "boxes/mark.yaml": "title: Mark är säkrad\nprogramme: punktprogram\n",
}
"""The plan that the rules' examples are laid over: nothing in it is found fault with."""

_BLOCK = re.compile(r"^(PASS|FAIL) data/(\S+)\n((?:    .*\n|\n)*)", re.MULTILINE)


class Example(NamedTuple):
    sort: str
    path: str
    text: str


def examples(rule: Check) -> list[Example]:
    """The blocks of a rule's docstring, as its manual page shows them."""
    text = (sys.modules[rule.__name__].__doc__ or "") + "\n"
    return [Example(sort, path, dedent(body).strip() + "\n") for sort, path, body in _BLOCK.findall(text)]


def check(files: dict[str, str]) -> tuple[Diagnostic, ...]:
    return run_checks(load(BASE | files))


def places(findings: Iterator[Diagnostic] | tuple[Diagnostic, ...], code: str) -> list[tuple[str, tuple]]:  # type: ignore[type-arg]
    return [(item.path.removeprefix("data/"), item.keys) for item in findings if item.code == code]


def activity(*lines: str) -> dict[str, str]:
    text = "title: Besöka Boden\nsupports: [servicepunkter-2013]\nowners: [landsbygd]\n"
    return {"activities/besoka-boden.yaml": text + "".join(f"{line}\n" for line in lines)}


def name(rule: Check) -> str:
    return rule.CODE


def test_the_base_plan_has_no_findings() -> None:
    assert check({}) == ()


@pytest.mark.parametrize("rule", CHECKS, ids=name)
def test_every_rule_shows_what_passes_and_what_fails(rule: Check) -> None:
    assert {example.sort for example in examples(rule)} == {"PASS", "FAIL"}


@pytest.mark.parametrize("rule", CHECKS, ids=name)
def test_what_a_rule_says_passes_does(rule: Check) -> None:
    passing = {item.path: item.text for item in examples(rule) if item.sort == "PASS"}
    loaded = load(BASE | passing)
    assert loaded.diagnostics == ()
    found = {path for path, _keys in places(run_checks(loaded), rule.CODE)}
    assert found.isdisjoint(passing)


@pytest.mark.parametrize("rule", CHECKS, ids=name)
def test_what_a_rule_says_fails_does_at_that_file_and_within_it(rule: Check) -> None:
    for example in (item for item in examples(rule) if item.sort == "FAIL"):
        loaded = load(BASE | {example.path: example.text})
        assert loaded.diagnostics == ()
        found = [item for item in run_checks(loaded) if item.code == rule.CODE]
        assert example.path in {item.path.removeprefix("data/") for item in found}
        for finding in found:
            span = loaded.placed(finding).span
            lines = loaded.text(finding.path).splitlines()
            assert span is not None
            assert 1 <= span.line <= len(lines)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("rule", CHECKS, ids=name)
def test_every_finding_has_words_and_a_remedy(rule: Check, language: str) -> None:
    words = Words(language)
    for example in (item for item in examples(rule) if item.sort == "FAIL"):
        for finding in check({example.path: example.text}):
            assert not re.search(r"[{}]", message(finding, words).replace("”", ""))
            assert hint(finding, words)


def test_codes_are_unique_and_in_kebab_case() -> None:
    codes = [rule.CODE for rule in CHECKS]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)] == []


def test_a_rules_code_is_its_modules_name() -> None:
    assert [rule.CODE.replace("-", "_") for rule in CHECKS] == [
        rule.__name__.rpartition(".")[2] for rule in CHECKS
    ]


HEADER = """\
servplan: 1
title: Testplan
period: {{start: 2013-01-01, end: 2015-12-31}}
levels: [{{id: overall, title: Mål}}, {{id: sub-goal, title: Delmål}}]
checks: {{{checks}}}
"""
OWNERLESS = {"activities/ensam.yaml": "title: Ensam\nsupports: [servicepunkter-2013]\n"}


@pytest.mark.parametrize("severity", ["error", "warning", "info"])
def test_a_plan_chooses_what_a_rule_weighs(severity: str) -> None:
    header = {"plan.yaml": HEADER.format(checks=f"no-owner: {severity}")}
    assert [item.severity for item in check(header | OWNERLESS)] == [Severity(severity)]


def test_off_silences_a_rule_and_no_other() -> None:
    cases = OWNERLESS | {"programmes/punktprogram.yaml": "title: P\npoints: 2\n"}
    header = {"plan.yaml": HEADER.format(checks="no-owner: 'off'")}
    assert [item.code for item in check(cases)] == ["no-owner", "programme-points"]
    assert [item.code for item in check(header | cases)] == ["programme-points"]


def test_what_stands_against_reading_a_file_is_always_an_error() -> None:
    header = {"plan.yaml": HEADER.format(checks="unknown-key: 'off'")}
    found = check(header | {"owners/bmb.yaml": "title: BMB\ntype: partner\nkontakt: x\n"})
    assert [(item.code, item.severity) for item in found] == [
        ("unknown-key", Severity.ERROR),
        ("plan-header", Severity.ERROR),
    ]


def test_a_file_that_cannot_be_read_causes_one_finding_not_one_in_every_file_that_names_it() -> None:
    broken = {"owners/landsbygd.yaml": "title: Landsbygd\ntype: [\n"}
    assert [item.code for item in check(broken)] == ["yaml-syntax"]


def test_a_misspelt_reference_is_told_the_id_that_was_meant() -> None:
    (finding,) = (
        item for item in check(activity("depends_on: [besoka-bodne]")) if item.code == "unknown-reference"
    )
    assert (finding.keys, finding.params) == (
        ("depends_on", 0),
        {"id": "besoka-bodne", "closest": "besoka-boden"},
    )


def test_a_misspelt_reference_is_told_only_ids_of_a_kind_that_fits() -> None:
    (finding,) = (
        item for item in check(activity("continues: landsbygt")) if item.code == "unknown-reference"
    )
    assert finding.params["closest"] == ""


def test_the_word_for_all_areas_is_no_reference() -> None:
    assert check(activity("area: all")) == ()


def test_each_wrong_reference_is_found_at_its_own_place() -> None:
    log = ("log:", "  - {date: 2013-03-01, by: ingen, owners: [landsbygd, nagon]}")
    assert places(check(activity(*log)), "unknown-reference") == [
        ("activities/besoka-boden.yaml", ("log", 0, "by")),
        ("activities/besoka-boden.yaml", ("log", 0, "owners", 1)),
    ]


def goals(**supports: str) -> dict[str, str]:
    return {
        f"goals/{goal}.yaml": f"title: {goal}\nlevel: sub-goal\nsupports: [{parents}]\n"
        for goal, parents in supports.items()
    }


def ways(files: dict[str, str]) -> list[str]:
    return [item.params["way"] for item in check(files) if item.code == "reference-cycle"]


def test_a_circle_is_found_once_however_long() -> None:
    assert ways(goals(ga="gb", gb="gc", gc="ga")) == ["ga → gb → gc → ga"]


def test_circles_that_share_a_record_are_each_found() -> None:
    assert sorted(ways(goals(ga="gb, gc", gb="ga", gc="ga"))) == ["ga → gb → ga", "ga → gc → ga"]


def test_two_ways_to_one_goal_are_no_circle() -> None:
    assert ways(goals(ga="gb, gc", gb="gd", gc="gd", gd="levande-kommun")) == []


def test_a_circle_through_an_old_id_is_found() -> None:
    files = goals(ga="gb", gb="gammal") | {
        "goals/ga.yaml": "title: ga\nlevel: sub-goal\nsupports: [gb]\nformerly: [gammal]\n"
    }
    assert ways(files) == ["ga → gb → ga"]


def test_activities_that_wait_for_each_other_are_found() -> None:
    files = activity("depends_on: [andra]") | {
        "activities/andra.yaml": "title: A\nsupports: [servicepunkter-2013]\nowners: [landsbygd]\n"
        "depends_on: [besoka-boden]\n"
    }
    assert ways(files) == ["andra → besoka-boden → andra"]


def test_a_very_long_chain_is_walked() -> None:
    chain = {f"g{number}": f"g{number + 1}" for number in range(3000)} | {"g3000": "g0"}
    (way,) = ways(goals(**chain))
    assert way.count("→") == 3001


def test_an_owner_who_left_leaves_the_activity_without_one() -> None:
    vacant = activity("log: [{date: 2013-05-01, owners: []}]")
    assert [path for path, _keys in places(check(vacant), "no-owner")] == ["activities/besoka-boden.yaml"]


def test_an_owner_named_by_the_log_will_do() -> None:
    text = "title: B\nsupports: [servicepunkter-2013]\nlog: [{date: 2013-05-01, owners: [landsbygd]}]\n"
    assert check({"activities/besoka-boden.yaml": text}) == ()


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("date: 2013-05-01, status: cancelled", "status"),
        ("date: 2013-05-01, amends: [title]", "amends"),
    ],
)
def test_what_is_taken_back_needs_a_reason(entry: str, field: str) -> None:
    place = ("activities/besoka-boden.yaml", ("log", 0, field))
    assert places(check(activity(f"log: [{{{entry}}}]")), "no-reason") == [place]
    assert places(check(activity(f"log: [{{{entry}, reason: Därför}}]")), "no-reason") == []


def test_an_unticked_box_needs_a_reason() -> None:
    log = "log: [{date: 2013-05-01, ticked: true}, {date: 2013-06-01, ticked: false}]\n"
    files = {"boxes/mark.yaml": f"title: M\nprogramme: punktprogram\n{log}"}
    assert places(check(files), "no-reason") == [("boxes/mark.yaml", ("log", 1, "ticked"))]


def assessed(assessment: str) -> dict[str, str]:
    return activity("log: [{date: 2013-03-01, status: in_progress}]") | {
        "goals/servicepunkter-2013.yaml": "title: U\nlevel: sub-goal\nsupports: [levande-kommun]\n"
        "reached_when: {is: started, what: pågår}\n"
        f"log: [{{date: 2013-05-01, assessment: {assessment}}}]\n"
    }


def test_an_assessment_against_the_proposal_needs_a_reason() -> None:
    place = ("goals/servicepunkter-2013.yaml", ("log", 0, "assessment"))
    assert places(check(assessed("not_achieved")), "no-reason") == [place]
    assert places(check(assessed("achieved")), "no-reason") == []


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("https://example.org/a?b=c#d", None),
        ("data/plan.yaml", None),
        ("data/plan.yaml#rad-3", None),
        ("javascript:alert(1)", "scheme"),
        ("ftp://example.org", "scheme"),
        ("https://", "scheme"),
        ("https://ex ample.org", "scheme"),
        ("/etc/passwd", "outside"),
        ("data/../../x", "outside"),
        ("..\\x", "outside"),
        ("saknas.pdf", "missing"),
    ],
)
def test_a_link_is_an_address_or_a_path_in_the_plan(link: str, fault: str | None) -> None:
    found = [
        item.params["fault"]
        for item in check(activity(f"log: [{{date: 2013-05-01, note: n, evidence: ['{link}']}}]"))
        if item.code == "bad-link"
    ]
    assert found == ([fault] if fault else [])


def test_a_moved_due_date_has_to_lie_in_the_period_too() -> None:
    log = "log: [{date: 2013-05-01, due: 2031-01-01}]"
    place = ("activities/besoka-boden.yaml", ("log", 0, "due"))
    assert places(check(activity(log)), "due-outside-period") == [place]


def test_an_entry_with_two_days_says_two_things() -> None:
    log = "log: [{date: 2013-05-01, known_by: 2013-05-02, note: n}]"
    assert places(check(activity(log)), "no-date") == [("activities/besoka-boden.yaml", ("log", 0))]


def test_entries_of_one_day_that_agree_are_no_finding() -> None:
    log = ("log:", "  - {date: 2013-05-01, status: done}", "  - {known_by: 2013-05-01, status: done}")
    assert check(activity(*log)) == ()


@pytest.mark.parametrize(
    "field", ["due: 2013-06-30", "owners: []", "status: on_hold", "progress: 7", "outlook: on_track"]
)
def test_two_entries_of_one_day_that_differ_are_a_finding_in_any_field(field: str) -> None:
    setting = "due: 2013-07-31, owners: [landsbygd], status: done, progress: 8, outlook: at_risk"
    found = check(
        activity("log:", f"  - {{date: 2013-05-01, {setting}}}", f"  - {{date: 2013-05-01, {field}}}")
    )
    key = field.split(":", maxsplit=1)[0]
    assert places(found, "same-day") == [("activities/besoka-boden.yaml", ("log", 1, key))]


def test_two_records_cannot_have_borne_the_same_id() -> None:
    files = activity("formerly: [servicepunkter]")
    assert len(places(check(files), "taken-former-id")) == 1


def test_a_retired_owner_is_in_use_as_long_as_no_entry_names_another() -> None:
    retired = {"owners/gammal.yaml": "title: G\ntype: unit\nretired: {date: 2013-06-01, reason: r}\n"}
    first, last = (
        "{date: 2013-05-01, owners: [gammal]}",
        "{date: 2013-06-01, owners: [landsbygd], by: gammal}",
    )
    path = "activities/besoka-boden.yaml"
    for lines, keys in (
        (["owners: [gammal]"], ("owners", 0)),
        (["owners: [gammal]", f"log: [{last}]"], None),
        ([f"log: [{first}]"], ("log", 0, "owners", 0)),
        ([f"log: [{first}, {last}]"], None),
    ):
        text = "\n".join(["title: B", "supports: [servicepunkter-2013]", *lines, ""])
        found = places(check(activity() | retired | {path: text}), "retired-in-use")
        assert found == ([(path, keys)] if keys else [])


def test_a_retired_record_may_name_retired_ones() -> None:
    files = {
        "activities/besoka-boden.yaml": "title: B\nsupports: [nedlagt-mal-2013]\nowners: [landsbygd]\n"
        "retired: {date: 2013-03-01, reason: r}\n",
        "goals/servicepunkter-2013.yaml": "title: S\nlevel: overall\nformerly: [servicepunkter]\n"
        "retired: {date: 2013-03-01, reason: r}\n",
    }
    assert places(check(files), "retired-in-use") == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("checks: {no-owners: warning}", "rule"),
        ("visibility: {aktivitet: internal}", "kind"),
        ("timezone: Europe/Lindesberg", "timezone"),
    ],
)
def test_a_setting_that_names_nothing_is_found(line: str, problem: str) -> None:
    header = HEADER.format(checks="").replace("checks: {}", line)
    found = [item for item in check({"plan.yaml": header}) if item.code == "plan-header"]
    assert [(item.path, item.params["problem"]) for item in found] == [("data/plan.yaml", problem)]


def test_a_period_that_ends_before_it_begins_is_found() -> None:
    header = HEADER.format(checks="").replace("2015-12-31", "2012-12-31")
    assert places(check({"plan.yaml": header}), "plan-header") == [("plan.yaml", ("period",))]


def test_time_adds_what_is_overdue_or_unanswered_as_information() -> None:
    files = activity("due: 2013-06-30", "log: [{date: 2013-05-01, status: in_progress}]") | {
        "activities/tyst.yaml": "title: T\nsupports: [servicepunkter-2013]\nowners: [landsbygd]\n"
        "due: 2013-06-30\n"
    }
    from datetime import date

    plan = load(BASE | files).plan
    assert time_findings(plan, date(2013, 6, 30)) == ()
    found = time_findings(plan, date(2013, 7, 1))
    assert [(item.code, item.severity) for item in found] == [
        ("overdue", Severity.INFO),
        ("due-unreported", Severity.INFO),
    ]


def test_the_closest_of_many_ids_is_found_quickly() -> None:
    ids = [f"{first}-{second}-{number}" for first in ("besoka", "kartlagg") for second in ("by", "skola")
           for number in range(2500)]  # fmt: skip
    misspelt = [id_.replace("-", "-x", 1) for id_ in ids[:300]]
    start = time.perf_counter()
    suggestions = Suggestions(ids)
    found = [suggestions.closest(id_) for id_ in misspelt]
    assert time.perf_counter() - start < 2
    assert sum(1 for id_ in found if id_) >= 290


def test_a_word_that_is_like_nothing_is_no_suggestion() -> None:
    assert Suggestions(["besoka-boden", "landsbygd"]).closest("zzz") == ""


def test_an_id_with_letters_swapped_added_or_missing_is_recognised() -> None:
    suggestions = Suggestions(["besoka-boden", "besoka-ornskoldsvik", "landsbygd"])
    for misspelt in ("besoka-bodne", "besokaboden", "besoka-bodens", "besok-boden"):
        assert suggestions.closest(misspelt) == "besoka-boden"
    assert suggestions.closest("landbygd") == "landsbygd"
    assert suggestions.closest("lndsbygd") == "landsbygd"


def test_many_assessments_do_not_make_checking_slow() -> None:
    files = {
        f"goals/g{number}.yaml": "title: G\nlevel: overall\nreached_when: {is: completed, what: klart}\n"
        "log: [{date: 2013-05-01, assessment: achieved}, {date: 2013-06-01, assessment: expected}]\n"
        for number in range(600)
    } | {
        f"activities/a{number}.yaml": f"title: A\nsupports: [g{number}]\nowners: [landsbygd]\n"
        "log: [{date: 2013-04-01, status: done}]\n"
        for number in range(600)
    }
    loaded = load(BASE | files)
    start = time.perf_counter()
    found = run_checks(loaded)
    assert time.perf_counter() - start < 1.5
    assert len(places(found, "no-reason")) == 600
