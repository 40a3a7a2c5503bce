"""The files of a new plan, in memory."""

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from servplan.checks.registry import run_checks
from servplan.diagnostics import ServplanError
from servplan.files.oracle import read
from servplan.files.tree import MemoryTree
from servplan.load import load_plan
from servplan.model.header import FollowUp
from servplan.scaffold.new_plan import FORGES, NewPlan, plan_files
from servplan.scaffold.schedule import crons, report_days

NEW = NewPlan(None, None, 2027, "sv", FollowUp())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_new_plan_gives_no_finding_at_all(language: str) -> None:
    loaded = load_plan(MemoryTree(plan_files(NEW._replace(language=language), FORGES)))
    assert run_checks(loaded) == ()
    kinds = sorted((record.kind, getattr(record, "level", "")) for record in loaded.plan.records.values())
    assert kinds == [("activity", ""), ("goal", "overall"), ("goal", "sub-goal"), ("owner", "")]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_record_is_marked_as_an_example(language: str) -> None:
    word = {"sv": "Exempel: ", "en": "Example: "}[language]
    plan = load_plan(MemoryTree(plan_files(NEW._replace(language=language), FORGES))).plan
    assert all(record.title.startswith(word) for record in plan.records.values())


@settings(max_examples=10, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
@example("Plan: *nu* # 1")
@example("<<year>> & <b>")
@example("- [x]")
@example("'\"\\")
def test_any_title_stands_as_it_was_given(title: str) -> None:
    made = plan_files(NEW._replace(title=title, organisation=title), FORGES)
    data, _fault = read("data/plan.yaml", made["data/plan.yaml"])
    assert data is not None
    assert (data["title"], data["organisation"]) == (title, title)


@pytest.mark.parametrize(
    ("title", "code"), [("", "edit-refused"), ("  ", "edit-refused"), ("tab\x07", "unfit-text")]
)
def test_a_title_that_no_plan_may_have_is_refused(title: str, code: str) -> None:
    with pytest.raises(ServplanError) as caught:
        plan_files(NEW._replace(title=title), FORGES)
    assert caught.value.code == code


def test_nothing_is_left_to_fill_in() -> None:
    for path, text in plan_files(NEW, FORGES).items():
        assert not re.search("<<[a-z_]+>>", text), path


@pytest.mark.parametrize(
    ("forges", "there"),
    [
        (("github",), {".github", ".pre-commit-config.yaml", "CODEOWNERS"}),
        (("gitlab",), {".gitlab-ci.yml", ".pre-commit-config.yaml", "CODEOWNERS"}),
        ((), set()),
    ],
)
def test_a_forge_gets_its_files_and_no_other(forges: tuple[str, ...], there: set[str]) -> None:
    tops = {path.partition("/")[0] for path in plan_files(NEW, forges)}
    assert tops == there | {".gitattributes", ".gitignore", ".vscode", "README.md", "data"}


def test_every_kind_has_its_schema_and_the_editor_its_tie_to_it() -> None:
    made = plan_files(NEW, ())
    tied = json.loads(made[".vscode/settings.json"])["yaml.schemas"]
    assert sorted(path.removeprefix("./") for path in tied) == sorted(
        path for path in made if path.startswith(".vscode/schemas/")
    )
    assert tied["./.vscode/schemas/box.json"] == "data/boxes/**/*.yaml"


@pytest.mark.parametrize(
    ("every", "grace", "lines"),
    [
        ("month", 10, ["17 4 11 * *"]),
        ("tertial", 20, ["17 4 21 1,5,9 *"]),
        ("year", 0, ["17 4 1 1 *"]),
        ("year", 31, ["17 4 1 2 *"]),
        ("tertial", 30, ["17 4 1 10 *", "17 4 31 1,5 *"]),
    ],
)
def test_reports_are_made_the_day_after_the_grace(every, grace: int, lines: list[str]) -> None:
    assert crons(report_days(FollowUp(every=every, grace_days=grace), 2027)) == lines


@given(st.sampled_from(["month", "tertial", "year"]), st.integers(0, 90), st.integers(1990, 2100))
def test_cron_names_every_day_of_a_report(every, grace: int, year: int) -> None:
    days = report_days(FollowUp(every=every, grace_days=grace), year)
    named = set()
    for line in crons(days):
        _minute, _hour, day, months, _weekday = line.split()
        listed = range(1, 13) if months == "*" else map(int, months.split(","))
        named |= {(month, int(day)) for month in listed}
    assert named == {(day.month, day.day) for day in days}
