from collections.abc import Callable
from datetime import date

import pytest

from servplan.cli.days import last_day, past_day, when
from servplan.diagnostics import UsageError

TODAY = date(2014, 1, 20)


@pytest.mark.parametrize(
    ("text", "key", "day"),
    [
        (None, "date", "2014-01-20"),
        ("2013-06-04", "date", "2013-06-04"),
        ("idag", "date", "2014-01-20"),
        ("Igår", "date", "2014-01-19"),
        ("2013-02", "known_by", "2013-02-28"),
        ("2012-02", "known_by", "2012-02-29"),
        (" 2013 ", "known_by", "2013-12-31"),
        ("2013-T2", "known_by", "2013-08-31"),
        ("2014-01", "known_by", "2014-01-20"),
        ("2014", "known_by", "2014-01-20"),
        ("2014-T1", "known_by", "2014-01-20"),
    ],
)
def test_of_a_month_or_a_year_only_is_known_by_when(text: str | None, key: str, day: str) -> None:
    assert when(text, TODAY) == (key, date.fromisoformat(day))


@pytest.mark.parametrize("text", ["2014-01-21", "+1d", "2014-02", "2014-T2", "2015"])
def test_what_has_not_come_yet_has_not_happened(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        when(text, TODAY)
    assert caught.value.code == "future-date"


@pytest.mark.parametrize(
    "text", ["2014-13", "0000", "2014-T4", "13-06", "2014-1", "2014-02-30", "+2x", "25", "25 november", ""]
)
@pytest.mark.parametrize(("read", "code"), [(last_day, "bad-date"), (past_day, "bad-past-date")])
def test_what_is_no_day_is_refused_with_the_days_that_there_can_be(
    read: Callable[[str, date], date], code: str, text: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read(text, TODAY)
    assert caught.value.code == code


def test_where_one_day_is_needed_a_month_is_refused() -> None:
    assert past_day("igår", TODAY) == date(2014, 1, 19)
    with pytest.raises(UsageError) as caught:
        past_day("2013-06", TODAY)
    assert caught.value.code == "day-needed"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-03", "2014-03-31"),
        ("2015", "2015-12-31"),
        ("2014-T1", "2014-04-30"),
        ("+2v", "2014-02-03"),
        ("idag", "2014-01-20"),
    ],
)
def test_a_day_that_may_lie_ahead_is_a_months_last_one(text: str, day: str) -> None:
    assert last_day(text, TODAY) == date.fromisoformat(day)
