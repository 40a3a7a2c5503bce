from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servplan.analysis.period import (
    grace_end,
    last_reported_period,
    parse_period,
    period_of,
    period_to_follow_up,
    previous_period,
)
from servplan.diagnostics import UsageError
from servplan.model.header import FollowUp

FIRST, LAST = date(2013, 1, 1), date(2015, 12, 31)
RHYTHMS = st.sampled_from(("month", "tertial", "year"))
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def last(rhythm: str, today: str, grace: int = 10) -> str:
    follow_up = FollowUp.model_validate({"every": rhythm, "grace_days": grace})
    return last_reported_period(follow_up, date.fromisoformat(today), FIRST, LAST).name


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2013-02", "2013-02-01", "2013-02-28"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2013-12", "2013-12-01", "2013-12-31"),
        ("2013", "2013-01-01", "2013-12-31"),
    ],
)
def test_a_month_and_a_year_are_calendar_months_and_years(text: str, start: str, end: str) -> None:
    period = parse_period(text)
    assert (str(period.start), str(period.end), period.name) == (start, end, text)


@pytest.mark.parametrize(("text", "end"), [("2013-T1", "04-30"), ("2013-T2", "08-31"), ("2013-t3", "12-31")])
def test_a_tertial_ends_with_april_august_or_december(text: str, end: str) -> None:
    assert (str(parse_period(text).end), parse_period(text).name) == (f"2013-{end}", text.upper())


@pytest.mark.parametrize(
    "text",
    ["", "13", "2013-00", "2013-13", "2013-T0", "2013-T4", "2013-T", "2013-1", "0000", "2013-03-04", " 2013"],
)
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_period(text)
    assert (error.value.code, error.value.params) == ("bad-period", {"given": text})


@given(day=DAYS, rhythm=RHYTHMS)
def test_a_period_holds_its_day_and_is_named_so_that_it_can_be_asked_for(day, rhythm) -> None:
    period = period_of(day, rhythm)
    assert period.start <= day <= period.end
    assert parse_period(period.name) == period


@given(day=DAYS, rhythm=RHYTHMS)
def test_periods_follow_each_other_without_a_gap(day, rhythm) -> None:
    period = period_of(day, rhythm)
    before = previous_period(period)
    assert before.end + timedelta(days=1) == period.own_start
    assert before.rhythm == rhythm


@pytest.mark.parametrize(
    ("rhythm", "today", "name"),
    [
        ("month", "2013-04-10", "2013-02"),
        ("month", "2013-04-11", "2013-03"),
        ("month", "2013-04-30", "2013-03"),
        ("month", "2014-01-10", "2013-11"),
        ("month", "2014-01-11", "2013-12"),
        ("tertial", "2013-09-10", "2013-T1"),
        ("tertial", "2013-09-11", "2013-T2"),
        ("year", "2015-01-10", "2013"),
        ("year", "2015-01-11", "2014"),
    ],
)
def test_a_report_is_due_the_day_after_the_grace(rhythm: str, today: str, name: str) -> None:
    assert last(rhythm, today) == name


def test_without_grace_a_report_is_due_the_day_after_the_period() -> None:
    assert last("month", "2013-03-31", grace=0) == "2013-02"
    assert last("month", "2013-04-01", grace=0) == "2013-03"


@pytest.mark.parametrize("today", ["2012-06-01", "2013-01-01", "2013-02-10"])
def test_before_the_first_report_is_due_it_is_the_plans_first_period(today: str) -> None:
    assert last("month", today) == "2013-01"


@pytest.mark.parametrize("today", ["2016-01-11", "2016-06-01", "2030-01-01"])
def test_after_the_plan_it_is_the_plans_last_period(today: str) -> None:
    assert last("month", today) == "2015-12"


def test_the_plans_last_period_has_its_grace_too() -> None:
    assert last("month", "2016-01-10") == "2015-11"


def newest(rhythm: str, today: str) -> str | None:
    follow_up = FollowUp.model_validate({"every": rhythm})
    found = period_to_follow_up(follow_up, date.fromisoformat(today), FIRST, LAST)
    return found.name if found else None


@pytest.mark.parametrize(
    ("rhythm", "today", "name"),
    [
        ("month", "2013-09-30", "2013-08"),
        ("month", "2013-10-01", "2013-09"),
        ("month", "2013-10-25", "2013-09"),
        ("tertial", "2013-09-01", "2013-T2"),
        ("year", "2014-06-01", "2013"),
        ("month", "2015-12-31", "2015-11"),
        ("month", "2016-01-05", "2015-12"),
        ("month", "2026-01-15", "2015-12"),
    ],
)
def test_the_newest_period_that_has_ended_is_followed_up(rhythm: str, today: str, name: str) -> None:
    assert newest(rhythm, today) == name


@pytest.mark.parametrize("today", ["0001-01-01", "2012-06-01", "2013-01-01", "2013-01-31"])
def test_before_the_plans_first_period_has_ended_there_is_none_to_follow_up(today: str) -> None:
    assert newest("month", today) is None


def test_a_grace_ends_so_many_days_after_its_period() -> None:
    follow_up = FollowUp.model_validate({"grace_days": 10})
    assert grace_end(parse_period("2013-09"), follow_up) == date(2013, 10, 10)
