"""Words in the reader's language: numbers, places in an order, a plan's own words."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from servplan.render.words import Words, words_of
from tests.plans import load

SPACE = "\N{NO-BREAK SPACE}"


def test_a_figure_is_written_as_the_language_does() -> None:
    figures = (3.9, 4.0, 0.25, -1.5, 86.0, 1234567.9, 100000.0, 1e16)
    assert [Words("sv").figure(value) for value in figures] == [
        "3,9", "4", "0,25", "-1,5", "86", f"1{SPACE}234{SPACE}567,9", f"100{SPACE}000",
        f"10{SPACE}000{SPACE}000{SPACE}000{SPACE}000{SPACE}000",
    ]  # fmt: skip
    assert Words("en").figure(12345.5) == f"12{SPACE}345.5"


def test_four_figures_stand_together_as_those_of_a_year_do() -> None:
    assert [Words("sv").figure(value) for value in (2015, 8400.5, -9999, 10000)] == [
        "2015", "8400,5", "-9999", f"10{SPACE}000",
    ]  # fmt: skip


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_figure_says_all_that_the_file_says(value: float) -> None:
    assert float(Words("sv").figure(value).replace(SPACE, "").replace(",", ".")) == value


def test_places_in_an_order_are_words_up_to_the_twelfth() -> None:
    numbers = (1, 2, 3, 12, 13, 21, 22, 23, 111, 112)
    assert [Words("sv").ordinal(number) for number in numbers] == [
        "första", "andra", "tredje", "tolfte", "13:e", "21:a", "22:a", "23:e", "111:e", "112:e",
    ]  # fmt: skip
    assert [Words("en").ordinal(number) for number in numbers] == [
        "first", "second", "third", "twelfth", "13th", "21st", "22nd", "23rd", "111th", "112th",
    ]  # fmt: skip


def test_a_plan_has_words_for_its_levels_and_its_labels_win() -> None:
    header = load({}).plan.header
    assert words_of(header, "sv").label("level", "target") == "Mål 2015"
    renamed = header.model_copy(update={"labels": {"level.target": "Målbild", "status.done": "Färdig"}})
    words = words_of(renamed, "sv")
    assert (words.label("level", "target"), words.label("status", "done")) == ("Målbild", "Färdig")


def test_a_day_is_told_with_the_plans_end_where_this_has_come() -> None:
    words = words_of(load({}).plan.header, "sv")
    told = [words.as_of(date(*day)) for day in ((2015, 12, 30), (2015, 12, 31), (2016, 1, 1))]
    assert told == [
        "läget 2015-12-30",
        "läget 2015-12-31, planens sista dag",
        "läget 2016-01-01, efter planens slut 2015-12-31",
    ]
    assert Words("en").as_of(date(2016, 1, 1)) == "as of 2016-01-01"
