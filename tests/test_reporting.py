import json
from datetime import date
from pathlib import Path

import pytest

from servplan.analysis.period import parse_period
from servplan.analysis.reporting import Reporting, build_reporting, reporting_graph
from servplan.diagnostics import UsageError
from tests import plans
from tests.conftest import Run
from tests.plans import load

OVER = date(2013, 10, 11)
OWNERS = {
    "owners/bmb.yaml": "title: BMB\ntype: partner\n",
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\nformerly: land\n",
}


def reporting(files: dict[str, str], day: date = OVER, period: str = "2013-09", owner: str = "") -> Reporting:
    loaded = load(OWNERS | files)
    assert [item for item in loaded.diagnostics if item.code != "former-id"] == []
    asked = parse_period(period)
    return build_reporting(reporting_graph(loaded.plan, asked, day), asked, day, owner or None)


def activity(*entries: str, more: str = "") -> str:
    log = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return f"title: A\n{more}" + (f"log:\n{log}" if entries else "")


def awaited(files: dict[str, str], **asked: object) -> list[str]:
    view = reporting(files, **asked)  # type: ignore[arg-type]
    return [item.record.id for group in view.owners for item in group.awaited]


def is_reported(*entries: str, day: date = OVER, period: str = "2013-09") -> bool:
    view = reporting({"activities/aa.yaml": activity(*entries)}, day, period)
    assert view.total == 1
    return view.missing == ()


# What awaits a report


def test_leaf_activities_and_boxes_await_a_report() -> None:
    files = {
        "activities/whole.yaml": activity(),
        "activities/part.yaml": activity(more="supports: whole\n"),
        "programmes/tio.yaml": "title: Tio\n",
        "boxes/mark.yaml": "title: Mark\nprogramme: tio\n",
        "goals/service.yaml": "title: S\nlevel: overall\n",
        "documents/policy.yaml": "title: P\n",
        "cases/uppkorning.yaml": "title: U\n",
        "questions/fiber.yaml": "title: F\n",
    }
    assert awaited(files) == ["mark", "part"]


def test_nothing_is_awaited_before_it_starts_or_exists_or_once_it_is_retired() -> None:
    files = {
        "activities/begun.yaml": activity(more="start: 2013-09-30\n"),
        "activities/later.yaml": activity(more="start: 2013-10-01\n"),
        "activities/new.yaml": activity(more="valid_from: 2013-10-01\n"),
        "activities/gone.yaml": activity(more="retired: {date: 2013-09-30, reason: r}\n"),
    }
    assert awaited(files) == ["begun"]


@pytest.mark.parametrize("status", ["status: done", "status: cancelled, reason: r"])
def test_what_was_finished_before_the_period_awaits_nothing_and_within_it_is_reported(status: str) -> None:
    files = {
        "activities/before.yaml": activity(f"date: 2013-08-31, {status}"),
        "activities/within.yaml": activity(f"date: 2013-09-01, {status}"),
    }
    view = reporting(files)
    assert [(item.record.id, item.report is None) for item in view.owners[0].awaited] == [("within", False)]


def test_what_was_taken_up_again_awaits_a_report() -> None:
    again = activity("date: 2013-08-31, status: done", "date: 2013-09-10, status: in_progress")
    assert awaited({"activities/aa.yaml": again}) == ["aa"]
    assert awaited({"activities/aa.yaml": again}, period="2013-10") == ["aa"]


# What has been reported


@pytest.mark.parametrize(
    ("day", "reported"),
    [
        ("2013-08-31", False),
        ("2013-09-01", True),
        ("2013-09-30", True),
        ("2013-10-10", True),
        ("2013-10-11", False),
    ],
)
def test_a_report_counts_from_the_periods_first_day_to_the_end_of_its_grace(day: str, reported: bool) -> None:
    assert is_reported(f"date: {day}, status: in_progress", day=date(2014, 1, 1)) is reported


def test_a_report_in_the_grace_counts_for_its_own_month_too() -> None:
    entry = "date: 2013-10-04, status: in_progress"
    assert is_reported(entry, period="2013-09")
    assert is_reported(entry, period="2013-10")


@pytest.mark.parametrize("said", ["status: on_hold", "progress: 0", "outlook: at_risk", "count: 0"])
def test_every_field_that_reports_makes_a_report(said: str) -> None:
    assert is_reported(f"date: 2013-09-10, {said}")


@pytest.mark.parametrize("said", ["note: n", "due: 2014-01-01, reason: r", "owners: [bmb]"])
def test_a_note_a_moved_date_or_a_new_owner_is_no_report(said: str) -> None:
    assert not is_reported(f"date: 2013-09-10, {said}")


def test_a_voided_report_is_none_and_one_known_by_a_day_is_one() -> None:
    assert not is_reported("date: 2013-09-10, status: done, voided: {date: 2013-09-11, reason: r}")
    assert is_reported("known_by: 2013-09-10, status: done")


def test_what_came_after_the_day_is_not_known_on_it() -> None:
    entry = "date: 2013-10-09, status: in_progress"
    assert not is_reported(entry, day=date(2013, 10, 8))
    assert is_reported(entry, day=date(2013, 10, 9))


def test_a_tertial_asks_for_its_own_months_only() -> None:
    assert not is_reported("date: 2013-04-10, status: in_progress", period="2013-T2")
    assert is_reported("date: 2013-05-01, status: in_progress", period="2013-T2")


# By whom


def test_the_first_owner_at_the_periods_end_is_asked_and_what_has_none_stands_first() -> None:
    files = {
        "activities/a1.yaml": activity(more="owners: [land, bmb]\ndue: 2014-02-01\n"),
        "activities/a2.yaml": activity("date: 2013-09-30, owners: [landsbygd]", more="owners: [bmb]\n"),
        "activities/a3.yaml": activity("date: 2013-10-01, owners: [landsbygd]", more="owners: [bmb]\n"),
        "activities/a4.yaml": activity(),
        "activities/a5.yaml": activity(more="owners: [landsbygd]\ndue: 2014-01-01\n"),
    }
    view = reporting(files)
    found = [(group.owner, [item.record.id for item in group.awaited]) for group in view.owners]
    assert found == [(None, ["a4"]), ("bmb", ["a3"]), ("landsbygd", ["a5", "a1", "a2"])]
    assert awaited(files, owner="landsbygd") == ["a5", "a1", "a2"]
    assert awaited(files, owner="bmb") == ["a3"]


# When


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2013-09-01", "running"),
        ("2013-09-30", "running"),
        ("2013-10-01", "grace"),
        ("2013-10-10", "grace"),
        ("2013-10-11", "over"),
    ],
)
def test_a_period_runs_then_has_its_grace_then_is_over(day: str, stage: str) -> None:
    assert reporting({}, date.fromisoformat(day)).stage == stage


def test_a_period_that_has_not_begun_awaits_nothing() -> None:
    with pytest.raises(UsageError) as error:
        reporting({}, date(2013, 8, 31))
    assert (error.value.code, error.value.params) == (
        "period-to-come",
        {"period": "2013-09", "start": "2013-09-01"},
    )


# On the command line


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    files = {
        "activities/resa.yaml": "title: Resa\nowners: [landsbygd]\ndue: 2013-12-31\n",
        "activities/rapport.yaml": activity("date: 2013-10-02, status: done", more="owners: [landsbygd]\n"),
        "activities/tillsyn.yaml": activity("date: 2013-09-02, progress: 10", more="owners: [bmb]\n"),
        "activities/enkat.yaml": "title: Enkät\ndue: 2014-06-30\n",
    }
    return plans.write(tmp_path / "plan", OWNERS | files)


def test_due_names_who_has_not_reported_a_period(servplan: Run, plan: Path) -> None:
    shown = """\
Rapporter för 2013-09  läget 2013-10-11

Fristen gick ut 2013-10-10.

Ansvarig       Rapporterat
Utan ansvarig       0 av 1  ░░░░░░░░░░  1 saknas
BMB                 1 av 1  ██████████  ● allt rapporterat
Landsbygd           1 av 2  █████░░░░░  1 saknas

Ej rapporterat: Utan ansvarig (1)
Slutdatum   Id     Titel
2014-06-30  enkat  Enkät

Ej rapporterat: Landsbygd (1)
Slutdatum   Id    Titel
2013-12-31  resa  Resa
"""
    assert servplan("due", "--period", "2013-09", plan=plan, SERVPLAN_TODAY="2013-10-11") == (0, shown, "")
    for last in ("last", "sist"):
        assert servplan("due", "--period", last, plan=plan, SERVPLAN_TODAY="2013-10-11") == (0, shown, "")


def test_due_of_a_period_whose_grace_is_not_over_says_so(servplan: Run, plan: Path) -> None:
    arguments = ("--lang", "en", "due", "--period", "2013-09", "--owner", "land")
    done = servplan(*arguments, plan=plan, SERVPLAN_TODAY="2013-10-01")
    shown = """\
Reports for 2013-09  as of 2013-10-01

The grace ends 2013-10-10: reports may still come.

Owner      Reported
Landsbygd    0 of 2  ░░░░░░░░░░  2 missing

Not reported: Landsbygd (2)
Due         Id       Title
2013-12-31  resa     Resa
–           rapport  A
"""
    assert done == (0, shown, "")


def test_due_of_a_period_for_programs(servplan: Run, plan: Path) -> None:
    arguments = ("due", "--period", "2013-09", "--owner", "landsbygd", "--format", "json")
    done = servplan(*arguments, plan=plan, SERVPLAN_TODAY="2013-10-11")
    data = json.loads(done.out)
    assert (done.code, list(data)) == (0, ["as_of", "until", "duties", "reporting"])
    missing = [{"id": "resa", "kind": "activity", "title": "Resa", "due": "2013-12-31"}]
    assert data["reporting"] == {
        "name": "2013-09",
        "start": "2013-09-01",
        "end": "2013-09-30",
        "grace_end": "2013-10-10",
        "stage": "over",
        "as_of": "2013-10-11",
        "owners": [{"owner": "landsbygd", "awaited": 2, "reported": 1, "missing": missing}],
    }


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2013-13", "”2013-13” är ingen period."),
        ("2016-01", "Planen löper från 2013-01-01 till 2015-12-31; dessa dagar ligger utanför."),
        ("2013-11", "Perioden 2013-11 har inte börjat; den börjar 2013-11-01."),
    ],
)
def test_due_of_no_period_is_wrong_usage(servplan: Run, plan: Path, period: str, said: str) -> None:
    done = servplan("due", "--period", period, plan=plan, SERVPLAN_TODAY="2013-10-11")
    assert (done.code, done.out, done.err.splitlines()[0]) == (2, "", said)


def test_before_the_first_grace_is_over_nobody_has_missed_a_period(servplan: Run, plan: Path) -> None:
    told = servplan("due", "--period", "last", plan=plan, SERVPLAN_TODAY="2013-02-05")
    assert told == (0, "Ingen periods frist har gått ut än: ingen kan ha missat någon.\n", "")


def test_due_says_who_owes_reports_though_no_date_is_near(servplan: Run, plan: Path) -> None:
    shown = """\
Vad som väntar  läget 2013-10-11, slutdatum till och med 2013-11-10

Inget slutdatum är nära eller har passerat.

Rapporter som saknas för 2013-09, vars frist gick ut 2013-10-10
Utan ansvarig  1
Landsbygd      1

servplan due --period 2013-09 räknar upp dem.
"""
    assert servplan("due", plan=plan, SERVPLAN_TODAY="2013-10-11") == (0, shown, "")
    of_one = servplan("due", "--owner", "landsbygd", plan=plan, SERVPLAN_TODAY="2013-10-11").out
    assert of_one.endswith("\nservplan due --owner landsbygd --period 2013-09 räknar upp dem.\n")
    done = servplan("due", "--format", "json", plan=plan, SERVPLAN_TODAY="2013-10-11")
    owners = [{"owner": None, "missing": 1}, {"owner": "landsbygd", "missing": 1}]
    assert json.loads(done.out)["owed"] == {"period": "2013-09", "grace_end": "2013-10-10", "owners": owners}


@pytest.mark.parametrize(("today", "owner"), [("2013-02-10", "landsbygd"), ("2013-10-11", "bmb")])
def test_where_no_report_is_owed_nothing_is_due(servplan: Run, plan: Path, today: str, owner: str) -> None:
    done = servplan("--lang", "en", "due", "--owner", owner, plan=plan, SERVPLAN_TODAY=today)
    assert done.out.endswith("\n\nNothing is due.\n")


def test_due_of_a_plan_that_ended_counts_the_reports_until_today(servplan: Run, plan: Path) -> None:
    done = servplan("--lang", "en", "due", "--owner", "bmb", plan=plan, SERVPLAN_TODAY="2016-02-15")
    shown = """\
What is due  as of 2015-12-31, the plan's last day, due until 2016-01-30

No due date is near or has passed.

Reports missing for 2015-12, whose grace ended 2016-01-10
BMB  1

servplan due --owner bmb --period 2015-12 names them.

The plan ended 2015-12-31, and this is how it stood then. --as-of today shows it as it stands today.
"""
    assert done == (0, shown, "")
    ended = "Reports missing for 2015-11, whose grace ended 2015-12-10\n"
    asked = servplan(
        "--lang", "en", "due", "--as-of", "2015-12-31", plan=plan, SERVPLAN_TODAY="2016-02-15"
    ).out
    assert (ended in asked, "The plan ended" in asked) == (True, False)


def test_a_plan_that_ended_is_shown_as_of_its_newest_entry_and_says_so(servplan: Run, plan: Path) -> None:
    servplan("log", "resa", "-m", "Efteråt", plan=plan, SERVPLAN_TODAY="2016-02-10")
    later = servplan("status", plan=plan, SERVPLAN_TODAY="2016-02-15").out
    assert later.startswith("Testplan  läget 2016-02-10, efter planens slut 2015-12-31\n")
    assert later.endswith(
        "Planen tog slut 2015-12-31; läget är det som gällde vid den nyaste noteringen. "
        "--as-of idag visar läget i dag.\n"
    )
    for options in (("--as-of", "idag"), ("--as-of", "2015-12-31")):
        assert (
            "Planen tog slut" not in servplan("status", *options, plan=plan, SERVPLAN_TODAY="2016-02-15").out
        )
    assert "Planen tog slut" not in servplan("status", plan=plan, SERVPLAN_TODAY="2016-02-10").out
