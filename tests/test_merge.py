"""The merge of three versions of one file, rule by rule; tests/test_merge_property.py tries random ones."""

from textwrap import dedent
from typing import get_origin

import pytest

from servplan.files.document import read_document
from servplan.merge.arrangement import BY_KEY
from servplan.merge.three_way import Merged, merge
from servplan.merge.validity import FileName, stays_valid
from servplan.model.header import Header
from servplan.model.kinds import KINDS
from tests.merges import resolved

PATH = "data/activities/besoka-boden.yaml"
BASE = """\
# Studiebesöket
title: Besöka Boden
supports: [utredning, service]
owners: [landsbygd]
due: 2013-12-31  # löftet
note: |
  Första raden.
  Andra raden.
log:
  - {date: 2013-03-04, status: in_progress}
  # sedan
  - date: 2013-04-02
    note: >-
      Ett stycke
      till.
"""
END = "      till.\n"


def edited(*pairs: str, base: str = BASE) -> str:
    """Return the base with texts replaced: old, new, old, new …"""
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in base
        base = base.replace(old, new)
    return base


def merged(base: str, ours: str, theirs: str, folder: str = "activities") -> Merged:
    record = FileName("besoka-boden", folder)
    return merge(PATH, record, (base.encode(), ours.encode(), theirs.encode()))


def text(result: Merged) -> str:
    assert (result.conflicts, result.fault) == ((), None)
    return result.content.decode()


def named(result: Merged) -> list[tuple[str, ...]]:
    """The fields in conflict; of an entry with its day."""
    return [(*filter(None, (conflict.day,)), *conflict.keys) for conflict in result.conflicts]


def appended(*lines: str) -> str:
    return BASE + "".join(f"  - {line}\n" for line in lines)


def test_ours_stays_byte_for_byte_but_for_what_theirs_changed() -> None:
    ours = edited(
        "title: Besöka", 'title: "Resa till', "Boden\n", 'Boden"\n\n', "[landsbygd]", "[ landsbygd ]"
    )
    theirs = edited("due: 2013-12-31", "due: 2014-01-31")
    assert text(merged(BASE, ours, theirs)) == ours.replace("2013-12-31", "2014-01-31")


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


def test_a_decision_dated_anew_on_both_sides_is_one_conflict() -> None:
    base = "title: A\ndecided:\n  - {body: KS, date: 2013-03-04, paragraph: 12}\n"
    sides = [base.replace("03-04", day) for day in ("03-05", "03-06")]
    result = merged(base, *sides)
    assert named(result) == [("decided",)]
    assert [resolved(result.content, side) for side in (0, 1)] == sides


@pytest.mark.parametrize(
    ("field", "item", "ours", "theirs"),
    [
        ("decided", "{body: KS, date: 2013-03-04}", "KF", "2013-03-05"),
        ("values", "{period: '2012', value: 61.5, published: 2013-03-04}", "63.0", "2013-03-05"),
        ("reached_when", "{is: count, what: tio möten}", "completed", "fem möten"),
    ],
)
def test_of_an_item_of_a_list_no_half_of_each_side_is_put_together(
    field: str, item: str, ours: str, theirs: str
) -> None:
    base = f"title: A\n{field}:\n  - {item}\n"
    old = {
        "decided": ("KS", "2013-03-04"),
        "values": ("61.5", "2013-03-04"),
        "reached_when": ("count", "tio möten"),
    }
    sides = [base.replace(was, now) for was, now in zip(old[field], (ours, theirs), strict=True)]
    result = merged(base, *sides)
    assert named(result) == [(field,)]
    assert [resolved(result.content, side) for side in (0, 1)] == sides


def test_two_revisions_of_a_value_that_were_published_on_different_days_both_stand() -> None:
    base = "title: A\nvalues:\n  - {period: '2012', value: 1, published: 2013-03-04}\n"
    ours, theirs = (f"  - {{period: '2012', value: {day}, published: 2014-03-0{day}}}\n" for day in (5, 6))
    result = merged(base, base + ours, base + theirs, "indicators")
    assert (named(result), text(result)) == ([], base + ours + theirs)


def test_two_values_of_a_period_that_do_not_tell_which_was_published_later_are_a_conflict() -> None:
    base = "title: A\nvalues:\n  - {period: '2011', value: 1}\n"
    sides = [base + f"  - {{period: '2012', value: {value}}}\n" for value in (2, 3)]
    assert named(merged(base, *sides, "indicators")) == [("values",)]


@pytest.mark.parametrize("order", [1, -1])
def test_a_file_that_one_side_emptied_stands_whole_between_marks(order: int) -> None:
    row = "- {record: resan, rule: due-moved, reason: Ja, by: C}\n"
    sides = ["", row + row.replace("resan", "boden").removesuffix("\n")][::order]
    result = merged_rows(*sides, base=row)
    assert result.conflicts
    assert [resolved(result.content, side).strip() for side in (0, 1)] == sides


def test_a_field_changed_differently_on_both_sides_is_a_conflict_that_keeps_both_texts() -> None:
    ours, theirs = edited("2013-12-31", "2014-01-31"), edited("2013-12-31", "2014-02-28")
    result = merged(BASE, ours, theirs)
    assert named(result) == [("due",)]
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]
    assert "<<<<<<< ours: besoka-boden, due\ndue: 2014-01-31  # löftet\n=======\n" in result.content.decode()


def test_the_same_change_on_both_sides_is_no_conflict_however_it_is_quoted() -> None:
    ours, theirs = edited("Besöka Boden", "'Resa'"), edited("Besöka Boden", '"Resa"')
    assert text(merged(BASE, ours, theirs)) == ours


def test_a_block_text_changed_on_both_sides_is_a_conflict_and_no_line_of_it_is_lost() -> None:
    ours, theirs = edited("Första raden.", "Första, ny."), edited("Andra raden.", "Andra, ny.")
    result = merged(BASE, ours, theirs)
    assert named(result) == [("note",)]
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


@pytest.mark.parametrize(("ours", "theirs"), [("Andra raden.", "note: |"), ("note: |", "Andra raden.")])
def test_a_block_text_and_a_comment_beside_it_go_together(ours: str, theirs: str) -> None:
    new = {"Andra raden.": "Andra, ny.", "note: |": "note: |  # säkert"}
    expected = edited("Andra raden.", "Andra, ny.", "note: |", "note: |  # säkert")
    assert text(merged(BASE, edited(ours, new[ours]), edited(theirs, new[theirs]))) == expected


def test_a_field_removed_on_one_side_and_changed_on_the_other_is_a_conflict() -> None:
    result = merged(BASE, edited("due: 2013-12-31  # löftet\n", ""), edited("2013-12-31", "2014-01-31"))
    assert named(result) == [("due",)]


def test_a_field_removed_on_one_side_and_commented_on_the_other_is_a_conflict() -> None:
    result = merged(BASE, edited("due: 2013-12-31  # löftet\n", ""), edited("# löftet", "# säkert"))
    assert named(result) == [("due", "#")]


def test_a_value_and_the_comment_beside_it_go_their_own_ways() -> None:
    ours, theirs = edited("2013-12-31", "2014-01-31"), edited("# löftet", "# nytt löfte")
    assert text(merged(BASE, ours, theirs)) == edited("2013-12-31  # löftet", "2014-01-31  # nytt löfte")


def test_the_comment_beside_an_entry_stays_when_one_side_writes_it_on_one_line() -> None:
    base = "title: A\nlog:\n  - date: 2013-03-02  # efter\n    count: 1\n"
    ours = base + "    note: a\n"
    theirs = "title: A\nlog:\n  - {date: 2013-03-02, count: 1, by: b}  # efter\n"
    assert text(merged(base, ours, theirs)) == ours + "    by: b\n"
    assert text(merged(base, theirs, ours)) == base + "    by: b\n    note: a\n"


def test_a_comment_beside_a_value_changed_on_both_sides_is_a_conflict() -> None:
    result = merged(BASE, edited("# löftet", "# ett"), edited("# löftet", "# två"))
    assert named(result) == [("due", "#")]


def test_comments_before_a_key_that_both_sides_wrote_both_stand() -> None:
    ours, theirs = edited("# Studiebesöket", "# Besöket"), edited("# Studiebesöket", "# Resan")
    assert text(merged(BASE, ours, theirs)) == edited("# Studiebesöket", "# Besöket\n# Resan")


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        (
            "[utredning, service, skola]",
            "[utredning, service, vatten]",
            "[utredning, service, skola, vatten]",
        ),
        ("[utredning]", "[utredning, service, skola]", "[utredning, skola]"),
        ("[service, utredning]", "[utredning, service, skola]", "[service, skola, utredning]"),
        ("[utredning, service, skola]", "[service, utredning]", "[service, skola, utredning]"),
        ("[utredning, service, skola]", "[utredning, service, skola]", "[utredning, service, skola]"),
        ("\n- utredning\n- service # nära\n- skola", "[service]", "\n- service # nära\n- skola"),
        (
            "[utredning,\n  service,\n  skola]",
            "[utredning, service, vatten]",
            "[utredning,\n  service,\n  skola,\n  vatten]",
        ),
    ],
)
def test_lists_are_merged_item_by_item_in_the_form_of_ours(ours: str, theirs: str, wanted: str) -> None:
    sides = (edited("[utredning, service]", side) for side in (ours, theirs))
    assert text(merged(BASE, *sides)).replace(": \n", ":\n") == edited(
        "supports: [utredning, service]", f"supports: {wanted}"
    ).replace(": \n", ":\n")


def test_a_single_item_becomes_a_list_with_what_the_other_side_added() -> None:
    base = edited("[landsbygd]", "landsbygd")
    result = merged(
        base,
        base.replace("owners: landsbygd", "owners: bmb"),
        base.replace("owners: landsbygd", "owners: [landsbygd, gator]"),
    )
    assert "owners: [bmb, gator]\n" in text(result)


def test_an_item_replaced_differently_on_both_sides_is_a_conflict() -> None:
    assert named(merged(BASE, edited("[landsbygd]", "[bmb]"), edited("[landsbygd]", "[gator]"))) == [
        ("owners",)
    ]


def test_items_that_both_sides_moved_are_a_conflict() -> None:
    base = edited("[landsbygd]", "[a, b, c]")
    assert named(merged(base, base.replace("a, b, c", "c, a, b"), base.replace("a, b, c", "b, a, c"))) == [
        ("owners",)
    ]


def test_two_items_of_one_id_are_a_conflict_and_never_stand_twice() -> None:
    base = "servplan: 1\nlevels:\n  - {id: mal, title: Mål}\n"
    ours, theirs = (f"{base}  - {{id: delmal, title: {title}}}\n" for title in ("Delmål", "Delmålet"))
    result = merged(base, ours, theirs, "")
    assert named(result) == [("levels",)]
    assert resolved(result.content, 0) == ours


def test_terms_are_merged_by_key_each_on_its_own_line() -> None:
    base = "terms:\n  BMB: Bygg\n  KS: Styrelsen\n"
    ours, theirs = (
        base.replace("Bygg", "Miljö"),
        base.replace("Bygg", "Bygg och miljö") + "  KF: Fullmäktige\n",
    )
    assert merged(base, ours, theirs, "").content.decode() == dedent("""\
        terms:
        <<<<<<< ours: besoka-boden, terms BMB
          BMB: Miljö
        =======
          BMB: Bygg och miljö
        >>>>>>> theirs
          KS: Styrelsen
          KF: Fullmäktige
        """)


def test_both_sides_making_the_file_is_a_merge_by_key() -> None:
    result = merged("", "title: A\nowners: [x]\n", "title: B\nowners: [x]\ndue: 2013-12-31\n")
    assert named(result) == [("title",)]
    assert resolved(result.content, 0) == "title: A\nowners: [x]\ndue: 2013-12-31\n"


def test_line_ends_and_a_missing_last_one_are_as_ours_have_them() -> None:
    ours = edited("Besöka", "Resa till").replace("\n", "\r\n").removesuffix("\r\n")
    theirs = edited("2013-12-31", "2014-01-31")
    assert text(merged(BASE, ours, theirs)) == ours.replace("2013-12-31", "2014-01-31")


def test_entries_indented_otherwise_are_the_same_entries() -> None:
    ours = (
        BASE.replace("\n  - ", "\n- ")
        .replace("\n    note", "\n  note")
        .replace("\n      ", "\n    ")
        .replace("\n  # s", "\n# s")
    )
    theirs = appended("date: 2013-05-01\n    note: |\n      Ett\n        två")
    assert text(merged(BASE, ours, theirs)) == ours + "- date: 2013-05-01\n  note: |\n    Ett\n      två\n"


def test_what_lines_make_of_an_unreadable_side_is_a_conflict_if_it_cannot_be_read() -> None:
    ours, theirs = edited("in_progress", "done"), edited("2013-12-31  # löftet", "[2013-12-31")
    result = merged(BASE, ours, theirs)
    assert (len(result.conflicts), result.fault and result.fault.code) == (1, "yaml-syntax")
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


def test_an_unreadable_base_is_merged_by_lines_and_told() -> None:
    base = edited("2013-12-31  # löftet", "[2013-12-31")
    result = merged(base, BASE, edited("in_progress", "done", base=base))
    assert (result.conflicts, result.content.decode()) == ((), edited("in_progress", "done"))
    assert result.fault
    assert result.fault.code == "yaml-syntax"


def test_what_lines_make_of_an_unreadable_base_is_a_conflict_if_it_cannot_be_read() -> None:
    base = edited("2013-12-31  # löftet", "[2013-12-31")
    ours, theirs = edited("supports", "start: 2013-02-01\nsupports"), BASE + "start: 2013-03-01\n"
    result = merged(base, ours, theirs)
    assert len(result.conflicts) == 1
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


def test_a_file_that_is_no_text_is_left_as_ours() -> None:
    result = merged(BASE, edited("Besöka", "Resa till"), BASE.replace("Besöka", "\0"))
    assert (result.is_left, len(result.conflicts)) == (True, 1)
    assert result.content.decode() == edited("Besöka", "Resa till")


ROWS = """\
# Svar till revisionen
- record: besoka-boden
  rule: due-moved
  reason: Felskrivet
  by: chefen
- {record: malet, rule: goal-reworded, reason: Nytt beslut, by: nämnden}
"""


def merged_rows(ours: str, theirs: str, base: str = ROWS) -> Merged:
    return merge("data/audit.yaml", FileName("audit", ""), (base.encode(), ours.encode(), theirs.encode()))


def row(rule: str) -> str:
    return f"- {{record: malet, rule: {rule}, reason: Bestämt, by: chefen}}\n"


def test_rows_of_answers_that_both_sides_add_all_stand_and_equal_ones_once() -> None:
    ours, theirs = ROWS + row("a") + row("b"), ROWS + row("b") + row("c")
    assert text(merged_rows(ours, theirs)) == ROWS + row("a") + row("b") + row("c")


def test_two_files_of_answers_without_a_base_are_put_together() -> None:
    assert text(merged_rows(row("a"), row("b"), "")) == row("a") + row("b")


def test_a_row_that_one_side_takes_away_goes_and_what_the_other_adds_stays() -> None:
    ours, theirs = ROWS[: ROWS.index("- {record: malet")], ROWS + row("a")
    assert text(merged_rows(ours, theirs)) == ours + row("a")


HEAD = "# Svar till revisionen\n\n"


@pytest.mark.parametrize("base", [HEAD, HEAD + "# Ännu inga\n", "\n", ""])
def test_the_first_rows_of_both_sides_stand_below_what_was_there_before(base: str) -> None:
    ours, theirs = base + row("a"), base + "# Om b\n" + row("b")
    assert text(merged_rows(ours, theirs, base)) == ours + "# Om b\n" + row("b")


def test_where_one_side_leaves_comments_alone_its_rows_go_and_what_the_other_adds_stays() -> None:
    before, left = HEAD + row("a"), HEAD + "# Inga kvar\n"
    for sides in ((left, before + row("b")), (before + row("b"), left)):
        assert text(merged_rows(*sides, base=before)) == HEAD + row("b") + "# Inga kvar\n"
    changed = before.replace("Bestämt", "Ändrat")
    assert [resolved(merged_rows(HEAD, changed, before).content, side) for side in (0, 1)] == [HEAD, changed]


def test_a_row_that_each_side_changes_in_its_own_way_is_a_conflict() -> None:
    ours, theirs = (
        ROWS.replace("  by: chefen\n", f"  by: chefen\n  commit: {commit}\n") for commit in ("a1", "b2")
    )
    result = merged_rows(ours, theirs)
    assert named(result) == [("commit",)]
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


HEADER = """\
servplan: 1
title: Planen
period: {start: 2013-01-01, end: 2015-12-31}
levels:
  - {id: overall, title: Mål}
  - {id: sub-goal, title: Delmål}
terms: {BMB: Nämnden}
"""


def merged_header(ours: str, theirs: str) -> Merged:
    return merge("data/plan.yaml", FileName("plan", ""), (HEADER.encode(), ours.encode(), theirs.encode()))


def test_halves_of_a_period_are_never_put_together() -> None:
    ours = HEADER.replace("2013-01-01", "2014-07-01")
    theirs = HEADER.replace("2015-12-31", "2014-06-30")
    result = merged_header(ours, theirs)
    assert named(result) == [("period",)]
    assert [resolved(result.content, side) for side in (0, 1)] == [ours, theirs]


def test_terms_are_merged_one_by_one() -> None:
    ours = HEADER.replace("{BMB: Nämnden}", "{BMB: Nämnden, LUP: Planen}")
    theirs = HEADER.replace("{BMB: Nämnden}", "{BMB: Byggnämnden}")
    assert text(merged_header(ours, theirs)) == ours.replace("Nämnden", "Byggnämnden")


def test_only_groups_of_free_keys_are_merged_key_by_key() -> None:
    free = {name for name, found in Header.model_fields.items() if get_origin(found.annotation) is dict}
    assert free == BY_KEY
    for kind in KINDS:
        found = {name for name, found in kind.model_fields.items() if get_origin(found.annotation) is dict}
        assert not found


SOURCE = "sources: [{id: bild, title: Bild, link: underlag/bild.pdf}]\n"


@pytest.mark.parametrize(
    ("record", "valid", "invalid"),
    [
        (FileName("plan", ""), HEADER, HEADER.replace("2015-12-31", "2012-12-31")),
        (FileName("plan", ""), HEADER + SOURCE, HEADER.replace("2015-12-31", "2012-12-31") + SOURCE),
        (FileName("audit", ""), ROWS, ROWS.replace("  by: chefen\n", "")),
        (FileName("besoka-boden", "activities"), BASE, BASE.replace("2013-12-31", "snart")),
    ],
)
def test_a_merged_file_stays_valid_unless_a_side_is_not(record: FileName, valid: str, invalid: str) -> None:
    good, bad = valid.encode(), invalid.encode()
    assert stays_valid(record, (good, good), good)
    assert not stays_valid(record, (good, good), bad)
    assert stays_valid(record, (good, bad), bad)


def test_what_two_bases_say_differently_is_new_to_both_sides() -> None:
    choice = (
        "<<<<<<<<< ours: besoka-boden, due\ndue: 2014-01-31\n=========\ndue: 2014-02-28\n>>>>>>>>> theirs\n"
    )
    base = edited("due: 2013-12-31  # löftet\n", choice)
    settled = edited("due: 2013-12-31  # löftet", "due: 2014-02-28")
    ours, theirs = settled + "  - {date: 2013-05-01}\n", settled.replace("Besöka", "Resa till")
    result = merged(base, ours, theirs)
    assert text(result) == ours.replace("Besöka", "Resa till")
    other = merged(base, ours.replace("2014-02-28", "2014-01-31"), theirs)
    assert named(other) == [("due",)]


def test_an_entry_that_both_sides_have_of_two_bases_stands_once() -> None:
    choice = "<<<<<<<<< ours\n  - {date: 2013-05-01, due: 2014-01-31}\n=========\n>>>>>>>>> theirs\n"
    kept = BASE + "  - {date: 2013-05-01, due: 2014-01-31}\n"
    result = merged(BASE + choice, kept.replace("Besöka", "Resa till"), kept + "  - {date: 2013-06-01}\n")
    assert text(result) == kept.replace("Besöka", "Resa till") + "  - {date: 2013-06-01}\n"


def test_a_base_that_nobody_can_read_without_its_choices_is_none() -> None:
    base = "title: [A\n<<<<<<<<< ours\nb\n=========\nc\n>>>>>>>>> theirs\n"
    assert text(merged(base, BASE, BASE + "tags: [a]\n")) == BASE + "tags: [a]\n"


def test_an_unreadable_side_that_lines_cannot_merge_is_a_conflict() -> None:
    result = merged(BASE, edited("2013-12-31", "2014-01-31"), edited("2013-12-31", "[2014"))
    assert (len(result.conflicts), result.content.decode().count("<<<<<<< ours: besoka-boden\n")) == (1, 1)


def test_a_form_without_pieces_is_merged_by_lines_or_not_at_all() -> None:
    base = "{title: A,\n due: 2013-12-31,\n\n\n\n note: B}\n"
    assert text(merged(base, base.replace("A", "C"), base.replace("B", "D"))) == base.replace(
        "A", "C"
    ).replace("B", "D")
    result = merged(base, base.replace("A", "C"), base.replace("A", "D"))
    assert named(result) == [("title",)]


def test_of_what_a_side_never_had_it_is_not_said_that_it_was_removed() -> None:
    ours = "{title: Besöka Boden, due: 2013-12-31}\n"
    result = merged("title: Besöka Boden\ndue: 2013-12-31\n", ours, BASE)
    assert {conflict.keys[0]: conflict.was_there for conflict in result.conflicts}["log"] is False


def test_longer_marks_are_as_long_as_git_asks_for() -> None:
    sides = (edited("2013-12-31", day).encode() for day in ("2014-01-31", "2014-02-28"))
    result = merge(PATH, FileName("x", "activities"), (BASE.encode(), *sides), marker_length=9)
    assert [line[:10] for line in result.content.decode().splitlines() if line[0] in "<=>"] == [
        "<" * 9 + " ",
        "=" * 9,
        ">" * 9 + " ",
    ]
