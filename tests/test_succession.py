"""Which entries of a log are found again in a later version of it."""

from typing import Any

from servplan.analysis.ledger import compare_logs

Entry = dict[str, Any]

BOOKED: Entry = {"date": "2013-03-04", "status": "in_progress", "note": "Bokat"}
PACKED: Entry = {"date": "2013-03-04", "count": 1, "note": "Packat"}


def test_an_entry_is_the_one_that_it_is_most_alike_not_the_first_of_its_day() -> None:
    rewritten = PACKED | {"by": "landsbygd"}
    change = compare_logs([BOOKED, PACKED], [rewritten])
    assert (change.rewritten, change.removed, change.added) == (((PACKED, rewritten),), (BOOKED,), ())


def test_of_two_that_are_as_much_alike_the_one_in_the_same_place_is_it() -> None:
    first, last = {"date": "2013-03-04", "count": 1}, {"date": "2013-05-06", "note": "Klart"}
    dated_anew, new = {"date": "2013-03-05", "count": 1}, {"date": "2013-06-07", "count": 1}
    change = compare_logs([last, first], [new, last, dated_anew])
    assert (change.rewritten, change.added) == (((first, dated_anew),), (new,))


def test_a_day_corrected_with_a_reason_is_a_rewriting_in_the_same_place_only() -> None:
    was, other = {"date": "2013-03-04", "count": 1}, {"date": "2013-05-06", "note": "Klart"}
    corrected = {"date": "2013-03-05", "count": 1, "reason": "Fel dag", "by": "landsbygd"}
    assert compare_logs([was, other], [corrected, other]).rewritten == ((was, corrected),)
    assert compare_logs([was, other], [other, corrected]).added == (corrected,)


def test_another_days_entry_that_says_less_is_another_one() -> None:
    was = {"date": "2013-05-03", "status": "done", "due": "2014-01-01", "count": 2, "note": "Klart"}
    visit = {"date": "2013-12-01", "count": 2}
    change = compare_logs([was], [visit])
    assert (change.rewritten, change.removed, change.added) == ((), (was,), (visit,))


def test_entries_without_a_day_are_not_one_for_that() -> None:
    assert compare_logs([{"note": "a"}], [{"count": 1}]).rewritten == ()


def test_of_two_equal_entries_one_may_go() -> None:
    assert compare_logs([BOOKED, BOOKED], [BOOKED]).removed == (BOOKED,)


def test_an_entry_becomes_one_entry_however_many_are_alike() -> None:
    more, less = BOOKED | {"by": "landsbygd"}, {"date": "2013-03-04", "note": "Bokat"}
    change = compare_logs([BOOKED], [less, more])
    assert (change.rewritten, change.added) == (((BOOKED, more),), (less,))
