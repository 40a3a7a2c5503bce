"""Logs merged entry by entry: what stands after each other, and what is a choice."""

from textwrap import dedent

import pytest

from servplan.files.document import read_document
from tests.merge_sides import BASE, PATH, appended, edited, merged, named, text
from tests.merges import resolved


def test_entries_of_both_sides_stand_after_each_other() -> None:
    ours, theirs = appended("{date: 2013-05-01, note: a}"), appended("{date: 2013-05-01, note: b}")
    assert text(merged(BASE, ours, theirs)) == ours + "  - {date: 2013-05-01, note: b}\n"


def test_two_equal_visits_of_one_side_stay_two() -> None:
    visit = "{date: 2013-05-01, count: 1}"
    assert text(merged(BASE, appended(visit, visit), appended("{date: 2013-05-02}"))).count(visit) == 2


def test_equal_visits_of_both_sides_stay_two_and_are_told() -> None:
    visit = "{date: 2013-05-01, count: 1}"
    result = merged(BASE, appended(visit), appended(visit).replace("Andra", "Tredje"))
    assert (text(result).count(visit), result.alike) == (2, (("2013-05-01", 4),))


def test_a_third_equal_visit_beside_one_that_was_there_is_told_too() -> None:
    visit = "{date: 2013-05-01, count: 1}"
    base = appended(visit)
    result = merged(base, appended(visit, visit), appended(visit, visit).replace("Andra", "Tredje"))
    assert (text(result).count(visit), result.alike) == (3, (("2013-05-01", 5),))


def test_an_equal_visit_has_no_number_while_a_conflict_is_open() -> None:
    sides = [
        appended("{date: 2013-05-01, count: 1}").replace("2013-12-31", due)
        for due in ("2014-01-01", "2015-01-01")
    ]
    assert merged(BASE, *sides).alike == (("2013-05-01", None),)


def test_without_a_base_equal_entries_are_one() -> None:
    result = merged(
        "",
        appended("{date: 2013-05-01, count: 1}"),
        appended("{date: 2013-05-01, count: 1}", "{date: 2013-05-02}"),
    )
    assert text(result) == appended("{date: 2013-05-01, count: 1}", "{date: 2013-05-02}")
    assert result.alike == ()


def test_entries_of_one_day_that_set_a_field_differently_are_a_conflict() -> None:
    ours, theirs = (
        appended("{date: 2013-05-01, due: 2014-01-31}"),
        appended("{date: 2013-05-01, due: 2014-02-28}"),
    )
    result = merged(BASE, ours, theirs)
    assert named(result) == [("2013-05-01", "log", "due")]
    assert result.content.decode().removeprefix(BASE) == dedent("""\
        <<<<<<< ours: besoka-boden, log 2013-05-01 due
          - {date: 2013-05-01, due: 2014-01-31}
        =======
          - {date: 2013-05-01, due: 2014-02-28}
        >>>>>>> theirs
        """)


def test_a_person_who_keeps_both_sides_of_a_days_entries_has_a_valid_file() -> None:
    ours, theirs = (
        appended("{date: 2013-05-01, due: 2014-01-31}"),
        appended("{date: 2013-05-01, due: 2014-02-28}"),
    )
    lines = merged(BASE, ours, theirs).content.decode().splitlines(keepends=True)
    both = "".join(line for line in lines if not line.startswith(("<<<", "===", ">>>")))
    assert both == appended("{date: 2013-05-01, due: 2014-01-31}", "{date: 2013-05-01, due: 2014-02-28}")
    assert read_document(PATH, both.encode()).fault is None


def test_what_an_entry_sets_depends_on_the_kind_of_record() -> None:
    ours, theirs = (appended(f"{{date: 2013-05-01, answer: {word}}}") for word in ("ja", "nej"))
    assert named(merged(BASE, ours, theirs, "questions")) == [("2013-05-01", "log", "answer")]
    assert named(merged(BASE, ours, theirs, "goals")) == []


def test_only_entries_that_contradict_each_other_are_a_choice_the_days_others_stand_outside() -> None:
    ours = appended(
        "{date: 2013-05-01, count: 2}", "{date: 2013-05-01, status: done}", "{date: 2013-05-01, note: a}"
    )
    theirs = appended("{date: 2013-05-01, due: 2014-02-01}", "{date: 2013-05-01, status: on_hold}")
    result = merged(BASE, ours, theirs)
    assert named(result) == [("2013-05-01", "log", "status")]
    assert result.content.decode().removeprefix(BASE) == dedent("""\
          - {date: 2013-05-01, count: 2}
        <<<<<<< ours: besoka-boden, log 2013-05-01 status
          - {date: 2013-05-01, status: done}
        =======
          - {date: 2013-05-01, status: on_hold}
        >>>>>>> theirs
          - {date: 2013-05-01, note: a}
          - {date: 2013-05-01, due: 2014-02-01}
        """)


def test_contradictions_of_different_entries_are_choices_of_their_own() -> None:
    ours = appended("{date: 2013-05-01, status: done}", "{date: 2013-05-01, due: 2014-01-01}")
    theirs = appended("{date: 2013-05-01, status: on_hold}", "{date: 2013-05-01, due: 2014-02-01}")
    result = merged(BASE, ours, theirs)
    assert named(result) == [("2013-05-01", "log", "status"), ("2013-05-01", "log", "due")]
    assert result.content.decode().count("<<<<<<<") == 2
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


def test_all_of_a_day_that_sets_a_field_of_the_choice_stays_in_its_sides_order() -> None:
    ours = appended(
        "{date: 2013-05-01, status: on_hold}",
        "{date: 2013-05-01, status: done}",
        "{date: 2013-05-01, status: on_hold, due: 2014-01-01}",
        "{date: 2013-05-01, due: 2014-01-02}",
    )
    theirs = appended("{date: 2013-05-01, status: done}")
    result = merged(BASE, ours, theirs)
    assert named(result) == [("2013-05-01", "log", "status")]
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


ONE = "{date: 2013-05-01, status: in_progress}"


def test_an_entry_of_the_base_before_the_choice_stands_outside_it() -> None:
    base = appended(ONE)
    sides = [f"{base}  - {{date: 2013-05-01, status: {status}}}\n" for status in ("done", "on_hold")]
    result = merged(base, *sides)
    assert result.content.decode().startswith(f"{base}<<<<<<<")
    assert [resolved(result.content, side) for side in (0, 1)] == sides


def test_an_entry_of_the_base_that_one_side_has_first_and_the_other_last_belongs_to_the_choice() -> None:
    base, new = appended(ONE), "  - {{date: 2013-05-01, status: {}}}\n"
    sides = [base.replace(f"  - {ONE}\n", new.format("done") + f"  - {ONE}\n"), base + new.format("on_hold")]
    result = merged(base, *sides)
    assert named(result) == [("2013-05-01", "log", "status")]
    assert [resolved(result.content, side) for side in (0, 1)] == sides


def test_entries_that_both_sides_moved_are_no_conflict_unless_their_order_counts() -> None:
    days = [f"{{date: 2013-05-{day:02}, note: a}}" for day in (1, 2, 3)]
    two = [f"{{date: 2013-05-04, status: {status}}}" for status in ("done", "on_hold")]
    base = appended(*days, *two)
    ours, theirs = appended(days[1], days[0], days[2], *two), appended(days[0], days[2], days[1], *two)
    assert text(merged(base, ours, theirs)) == ours
    turned = appended(days[0], days[2], days[1], *reversed(two))
    result = merged(base, ours, turned)
    assert named(result) == [("2013-05-04", "log", "status")]
    assert [resolved(result.content, side) for side in (0, 1)] == [
        ours,
        appended(days[1], days[0], days[2], *reversed(two)),
    ]


def test_a_contradiction_that_was_there_before_is_no_conflict() -> None:
    base = appended("{date: 2013-05-01, status: done}", "{date: 2013-05-01, status: on_hold}")
    ours = base.replace("status: done}", "status: done, note: a}")
    theirs = base.replace("status: on_hold}", "status: on_hold, note: b}")
    assert text(merged(base, ours, theirs)) == ours.replace("status: on_hold}", "status: on_hold, note: b}")


def test_one_entry_edited_differently_on_both_sides_is_a_conflict_of_its_field() -> None:
    ours, theirs = (edited("status: in_progress", f"status: {status}") for status in ("done", "on_hold"))
    assert named(merged(BASE, ours, theirs)) == [("2013-03-04", "log", "status")]


def test_one_entry_edited_in_different_fields_has_both() -> None:
    ours = edited("status: in_progress}", "status: in_progress, by: landsbygd}")
    theirs = edited("in_progress}", "in_progress, note: Bokat}")
    assert "{date: 2013-03-04, status: in_progress, by: landsbygd, note: Bokat}" in text(
        merged(BASE, ours, theirs)
    )


def test_voiding_an_entry_and_adding_others_go_together() -> None:
    ours = edited("in_progress}", "in_progress, voided: {date: 2013-05-02, reason: Fel}}")
    theirs = appended("{date: 2013-05-01, note: b}")
    assert text(merged(BASE, ours, theirs)) == ours + "  - {date: 2013-05-01, note: b}\n"


def test_an_entry_voided_on_one_side_and_changed_on_the_other_is_a_conflict() -> None:
    ours = edited("in_progress}", "in_progress, voided: {date: 2013-05-02, reason: Fel}}")
    assert named(merged(BASE, ours, edited("in_progress}", "done}"))) == [("2013-03-04", "log")]


@pytest.mark.parametrize("order", [1, -1])
def test_an_entry_voided_on_one_side_may_be_completed_on_the_other(order: int) -> None:
    void, proof = "voided: {date: 2013-05-02, reason: Fel}", "evidence: [https://example.org/a]"
    sides = [edited("in_progress}", f"in_progress, {more}}}") for more in (void, proof)][::order]
    result = merged(BASE, *sides)
    assert (named(result), void in text(result), proof in text(result)) == ([], True, True)


def test_an_entry_removed_on_one_side_and_changed_on_the_other_is_a_conflict() -> None:
    ours, theirs = edited("  - {date: 2013-03-04, status: in_progress}\n", ""), edited("in_progress", "done")
    assert named(merged(BASE, ours, theirs)) == [("2013-03-04", "log")]


def test_an_entry_dated_anew_on_one_side_and_changed_on_the_other_is_one_entry_with_both() -> None:
    base = edited("in_progress}", "in_progress, by: a}")
    ours, theirs = (
        base.replace("03-04", "03-05"),
        base.replace("in_progress, by: a", "done, by: a, note: Bokat"),
    )
    wanted = theirs.replace("03-04", "03-05")
    assert text(merged(base, ours, theirs)) == wanted
    assert text(merged(base, theirs, ours)) == wanted


def test_an_entry_of_which_both_sides_together_leave_nothing_is_a_conflict() -> None:
    ours, theirs = edited("2013-03-04", "2013-03-05"), edited("in_progress}", "done, note: Bokat}")
    result = merged(BASE, ours, theirs)
    assert named(result) == [("2013-03-04", "log")]
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


def test_an_entry_that_both_sides_dated_anew_alike_is_one_entry() -> None:
    ours, theirs = edited("2013-03-04", "2013-03-05"), edited("2013-03-04, s", "2013-03-05, by: a, s")
    assert text(merged(BASE, ours, theirs)).count("2013-03-05") == 1


def test_an_entry_that_both_sides_dated_anew_differently_is_one_conflict_with_both_texts() -> None:
    ours, theirs = edited("2013-03-04", "2013-03-05"), edited("2013-03-04", "2013-03-06")
    result = merged(BASE, ours, theirs)
    assert named(result) == [("2013-03-04", "log", "date")]
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


def test_an_entry_dated_anew_and_changed_in_one_field_by_both_is_one_conflict() -> None:
    base = edited("in_progress}", "in_progress, by: a, note: Bokat}")
    ours = base.replace("2013-03-04, status: in_progress", "2013-03-05, status: done")
    theirs = base.replace("status: in_progress", "status: on_hold")
    result = merged(base, ours, theirs)
    assert named(result) == [("2013-03-04", "log", "status")]
    redated = theirs.replace("2013-03-04", "2013-03-05")
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, redated]


def test_an_entry_of_another_day_with_less_than_half_in_common_is_another_entry() -> None:
    ours = edited("2013-03-04, status: in_progress}", "2013-03-05, status: done}")
    result = merged(BASE, ours, edited("in_progress}", "in_progress, note: Bokat}"))
    assert named(result) == [("2013-03-04", "log")]
    assert "  - {date: 2013-03-05, status: done}\n" in result.content.decode().partition("<<<<<<<")[0]


def test_a_day_made_uncertain_on_one_side_and_corrected_on_the_other_is_a_conflict() -> None:
    ours, theirs = edited("{date: 2013-03-04", "{known_by: 2013-03-31"), edited("2013-03-04", "2013-03-05")
    result = merged(BASE, ours, theirs)
    assert named(result) == [("2013-03-04", "log")]
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


def test_an_entry_dated_anew_to_a_day_on_which_the_other_side_says_otherwise_is_a_choice() -> None:
    ours = edited("2013-03-04", "2013-05-01")
    theirs = edited("in_progress}", "in_progress, note: Bokat}") + "  - {date: 2013-05-01, status: done}\n"
    result = merged(BASE, ours, theirs)
    assert named(result) == [("2013-05-01", "log", "status")]
    sides = [resolved(result.content, side) for side in (0, 1)]
    assert [sorted(side.splitlines()) for side in sides] == [
        sorted(side.splitlines()) for side in (ours, theirs)
    ]
