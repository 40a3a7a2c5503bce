"""A year closed and the next one drafted: what is asked about, and what becomes of it."""

from datetime import date
from pathlib import Path

import pytest

from servplan.checks.registry import run_checks
from servplan.diagnostics import UsageError
from servplan.files.splice import SpliceError
from servplan.files.tree import MemoryTree, Tree
from servplan.load import load_plan
from servplan.year_shift import (
    Choices,
    closing,
    followers,
    new_ids,
    reported_since,
    shift_edits,
    unfinished,
)
from tests.conftest import Run
from tests.plans import HEADER, texts, write
from tests.shifts import ALL, PLAN, YEAR, shifted, status, text, tree_of, waiting

# What is asked about


def test_what_was_due_and_is_not_finished_is_asked_about_by_due_date() -> None:
    assert waiting(tree_of()) == list(ALL)


@pytest.mark.parametrize(
    "entry",
    [
        "{date: 2014-01-08, status: done}",
        "{date: 2014-01-08, due: 2014-03-31, reason: Sent}",
        "{known_by: 2014-01-08, status: cancelled, reason: Nej}",
    ],
)
def test_what_was_settled_after_the_year_ended_goes_on_by_itself(entry: str) -> None:
    tree = tree_of(activities__sen=f"title: S\nsupports: service-2013\ndue: 2013-12-31\nlog:\n  - {entry}\n")
    assert "sen" not in waiting(tree)
    before_new_year = YEAR._replace(as_of=YEAR.last)
    assert "sen" in waiting(tree, before_new_year)


@pytest.mark.parametrize(
    "field",
    [
        "valid_from: 2014-01-01",
        "retired: {date: 2013-06-01, reason: R}",
        "retired: {date: 2014-06-01, reason: R}",
    ],
)
def test_what_begins_later_or_is_retired_is_not_asked_about(field: str) -> None:
    assert waiting(
        tree_of(activities__x1=f"title: X\nsupports: service-2013\ndue: 2013-12-31\n{field}\n")
    ) == list(ALL)


def test_an_activity_whose_parts_are_finished_is_finished() -> None:
    done = PLAN["activities/del-klar.yaml"]
    assert waiting(MemoryTree(texts(PLAN | {"activities/del-kvar.yaml": done}))) == ["resa-2013"]


@pytest.mark.parametrize(
    ("year", "today", "code"),
    [
        (2012, "2014-01-10", "outside-years"),
        (2016, "2017-01-10", "outside-years"),
        (2015, "2016-01-10", "last-year"),
        (2014, "2014-11-30", "year-not-over"),
        (2013, "2012-12-31", "year-not-over"),
    ],
)
def test_a_year_that_is_not_over_or_has_no_next_one_is_not_closed(year: int, today: str, code: str) -> None:
    period = load_plan(tree_of()).plan.header.period
    with pytest.raises(UsageError) as caught:
        closing(year, period, date.fromisoformat(today))
    assert caught.value.code == code
    assert closing(2014, period, date(2014, 12, 1)) == (date(2014, 12, 31), date(2014, 12, 31), period.end)


# What becomes of it


def test_the_new_record_says_what_the_old_one_does_in_its_own_form() -> None:
    assert text(shifted(tree_of(), "resa-2013"), "activities/2014/resa-2014") == (
        "title: >-\n  Resa norrut, med\n  alla\n"
        "supports: [service-2013]  # målet\n"
        "due: 2014-09-30\n"
        "target_count: 3\n"
        "continues: resa-2013\n"
        "tags: [resor]\n"
        "owners: [kontoret]\n"
        "visibility: internal\n"
        "valid_from: 2014-01-01\n"
    )


def test_the_old_record_is_retired_and_nothing_else_in_it_changes() -> None:
    tree = tree_of()
    after = text(shifted(tree, "resa-2013"), "activities/resa-2013")
    retired = "retired: {date: 2014-01-01, reason: Fortsätter som resa-2014, superseded_by: [resa-2014]}\n"
    assert after.replace(retired, "") == text(tree, "activities/resa-2013")
    assert retired in after


def test_a_form_that_cannot_be_taken_over_is_written_plainly() -> None:
    tree = tree_of(activities__x1="{title: X, supports: service-2013, due: 2013-02-28}\n")
    with pytest.raises(SpliceError):
        shifted(tree, "x1")
    tree = tree_of(
        activities__x1="title: X\r\nnote: |\r\n  a\r\n\r\n  b\r\nsupports: service-2013\r\ndue: 2013-02-28\r\n"
    )
    after = text(shifted(tree, "x1"), "activities/2014/x1-2014")
    assert after == (
        "title: X\nsupports: service-2013\ndue: 2014-02-28\ncontinues: x1\nnote: |\n  a\n\n  b\nvalid_from: 2014-01-01\n"
    )


def test_references_follow_to_the_new_records() -> None:
    after = shifted(tree_of(), *ALL)
    part = text(after, "activities/2014/del-kvar-2014")
    assert "supports: [utredning-2014]\n" in part
    assert "depends_on: [resa-2014, del-klar]\n" in part
    assert "due: 2014-02-28\n" in part
    assert text(after, "activities/del-klar").startswith(
        "title: Klar del\nsupports: [utredning, utredning-2014]\n"
    )


def test_it_makes_no_difference_whether_all_go_at_once_or_one_by_one() -> None:
    at_once = shifted(tree_of(), *ALL)
    one_by_one: Tree = tree_of()
    for id_ in ("utredning", "resa-2013", "del-kvar"):
        one_by_one = shifted(one_by_one, id_)
    for path in ("2014/del-kvar-2014", "2014/utredning-2014", "2014/resa-2014", "del-klar"):
        assert text(one_by_one, f"activities/{path}") == text(at_once, f"activities/{path}")


def test_only_the_default_due_dates_of_the_year_move_in_the_header() -> None:
    levels = HEADER.replace("Mål 2015}", "Mål 2015, default_due: 2015-12-31}  # målen").replace(
        "Delmål 2013}", "Delmål 2013, default_due: 2013-12-31}  # i år"
    )
    tree = tree_of(plan=f"{levels}activities: {{default_due: 2013-06-30}}\n")
    after = text(shifted(tree), "plan")
    assert after == text(tree, "plan").replace("2013-06-30", "2014-06-30").replace("2013-12-31", "2014-12-31")


ONE_YEAR = PLAN | {"plan.yaml": PLAN["plan.yaml"].replace("end: 2015-12-31}", "end: 2013-12-31}  # ett år")}


def test_a_last_year_is_closed_by_making_the_plan_a_year_longer() -> None:
    tree = MemoryTree(texts(ONE_YEAR))
    period = load_plan(tree).plan.header.period
    with pytest.raises(UsageError) as caught:
        closing(2013, period, date(2014, 1, 10))
    assert caught.value.code == "last-year"
    after = shifted(tree, *ALL, year=closing(2013, period, date(2014, 1, 10), extend=True))
    assert "period: {start: 2013-01-01, end: 2014-12-31}  # ett år\n" in text(after, "plan")
    assert "due: 2014-12-31\n" in text(after, "activities/2014/utredning-2014")
    assert closing(2013, load_plan(after).plan.header.period, date(2014, 1, 10), extend=True) == (
        date(2013, 12, 31),
        date(2014, 1, 10),
        date(2014, 12, 31),
    )


def test_what_to_type_at_the_end_of_a_plan_is_said(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", ONE_YEAR)
    assert servplan("year-shift", "2013", "--all", plan=plan) == (
        2,
        "",
        (
            "2013 är planens sista år: den slutar 2013-12-31.\n"
            "→ Lägg till --extend, så flyttas slutet till 2014-12-31 (”period” i data/plan.yaml).\n"
        ),
    )
    done = servplan("year-shift", "2013", "--all", "--extend", plan=plan)
    assert (done.code, "+period: {start: 2013-01-01, end: 2014-12-31}  # ett år\n" in done.out) == (0, True)


def test_doing_it_again_does_nothing() -> None:
    once = shifted(tree_of(), *ALL)
    assert waiting(once) == []
    assert shift_edits(once, YEAR, Choices(ALL, {}), "Fortsätter som {id}") == []


@pytest.mark.parametrize("id_", ["senare", "avbruten", "inget-datum", "flyttad", "service-2013"])
def test_only_what_is_unfinished_goes_over(id_: str) -> None:
    with pytest.raises(UsageError) as caught:
        shifted(tree_of(), "resa-2013", id_)
    assert (caught.value.code, caught.value.params["id"]) == ("nothing-to-carry", id_)


def test_a_new_id_is_the_next_years_or_the_next_free_one() -> None:
    plan = load_plan(tree_of(documents__x1="title: X\nformerly: [utredning-2014]\n")).plan
    assert new_ids(plan, ALL, YEAR) == {
        "del-kvar": "del-kvar-2014",
        "resa-2013": "resa-2014",
        "utredning": "utredning-2014-2",
    }


def test_the_closed_year_is_as_it_was_and_in_the_next_each_work_counts_once() -> None:
    tree = tree_of()
    after = shifted(tree, *ALL)
    for day in (date(2013, 3, 31), date(2013, 12, 31)):
        assert status(after, day) == status(tree, day)
    before, now = status(tree, date(2014, 1, 10)), status(after, date(2014, 1, 10))
    assert [goal.activities.total for goal in now.goals] == [goal.activities.total for goal in before.goals]
    assert now.activities.total == before.activities.total


def test_no_finding_is_new_but_that_of_the_old_records() -> None:
    tree = tree_of()

    def found(tree: Tree) -> list[str]:
        return sorted(finding.code for finding in run_checks(load_plan(tree)))

    assert found(shifted(tree, *ALL)) == found(tree)


def test_goals_whose_due_date_has_passed_need_one_that_follows() -> None:
    plan = load_plan(tree_of()).plan
    carried = new_ids(plan, ALL, YEAR)
    [needed] = followers(plan, carried, YEAR)
    assert (needed.goal.id, needed.id) == ("service-2013", "service-2014")
    assert needed.activities == ("resa-2014", "utredning-2014")


def test_what_was_reported_since_is_named() -> None:
    late = "title: S\nsupports: service-2013\ndue: 2013-12-31\nlog:\n  - {date: 2014-01-02, note: Börjat}\n"
    plan = load_plan(tree_of(activities__sen=late)).plan
    assert reported_since(unfinished(plan, YEAR), ("sen", "resa-2013"), YEAR) == ["sen"]
