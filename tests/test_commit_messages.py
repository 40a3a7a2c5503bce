import pytest

from servplan.files.oracle import Value
from servplan.render.commit_messages import (
    LENGTH,
    entry_sentence,
    follow_up_sentence,
    sentence,
    several,
    submit_sentence,
    year_shift_sentence,
)
from servplan.render.words import Words

SWEDISH = Words("sv")


@pytest.mark.parametrize(
    ("ids", "text"),
    [
        (["a1"], "a1"),
        (["a1", "b1"], "a1 och b1"),
        (["a1", "b1", "c1"], "a1, b1 och c1"),
        (["a1", "b1", "c1", "d1", "e1"], "a1, b1, c1 och 2 till"),
    ],
)
def test_several_records_are_named_in_words(ids: list[str], text: str) -> None:
    assert several(ids, SWEDISH) == text


def test_a_sentence_is_one_line_that_git_shows_whole() -> None:
    told = sentence("Avbryt resa: inga\n\npengar " + "och ingen tid " * 20)
    assert told.startswith("Avbryt resa: inga pengar och ingen tid")
    assert told.endswith(" …")
    assert len(told) <= LENGTH


def test_a_moved_due_date_is_what_a_commit_tells_first() -> None:
    told = entry_sentence(
        ["resa"],
        {"date": "2013-10-04", "due": "2014-03-31", "outlook": "at_risk", "reason": "Lokalen dröjer"},
        SWEDISH,
    )
    assert told == "Flytta slutdatum för resa till 2014-03-31: Lokalen dröjer"


def test_a_plans_own_words_stand_in_its_history() -> None:
    own = Words("sv", {"status.done": "Färdig"})
    assert (
        entry_sentence(["resa"], {"date": "2013-10-04", "status": "done"}, own) == "Rapportera resa: färdig"
    )


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ({"owners": ["vagar", "landsbygd"]}, "Lämna över resa till vagar, landsbygd"),
        ({"owners": []}, "Lämna resa utan ansvarig"),
        ({"amends": ["due"], "reason": "Felskrivet"}, "Förklara rättelsen av resa: Felskrivet"),
    ],
)
def test_a_handover_and_a_correction_are_told(entry: dict[str, Value], text: str) -> None:
    assert entry_sentence(["resa"], {"date": "2013-10-04"} | entry, SWEDISH) == text


def test_a_follow_up_tells_of_which_period_and_whose_and_how_many() -> None:
    assert follow_up_sentence("2013-09", "enheten", 2, SWEDISH) == "Uppföljning 2013-09: enheten, 2 poster"
    assert follow_up_sentence("2013-09", None, 1, SWEDISH) == "Uppföljning 2013-09, 1 post"
    assert submit_sentence("2013-09", "Enheten", SWEDISH) == "Uppföljning 2013-09: Enheten"


def test_a_year_shift_tells_both_years() -> None:
    assert year_shift_sentence(2013, SWEDISH) == "Stäng 2013 och lägg upp 2014"
