"""The merge of three versions of one file, rule by rule; tests/test_merge_property.py tries random ones."""

from textwrap import dedent

import pytest

from servplan.merge.three_way import merge
from servplan.merge.validity import FileName
from tests.merge_sides import BASE, PATH, appended, edited, merged, named, text
from tests.merges import resolved


def test_ours_stays_byte_for_byte_but_for_what_theirs_changed() -> None:
    ours = edited(
        "title: Besöka", 'title: "Resa till', "Boden\n", 'Boden"\n\n', "[landsbygd]", "[ landsbygd ]"
    )
    theirs = edited("due: 2013-12-31", "due: 2014-01-31")
    assert text(merged(BASE, ours, theirs)) == ours.replace("2013-12-31", "2014-01-31")


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
