"""What happened, reported by `log`, `start`, `done`, `hold`, `cancel`, `assess`, `tick` and `untick`."""

from pathlib import Path

import pytest

from tests import plans
from tests.changes import PLAN, RESA, data
from tests.conftest import Run


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(tmp_path / "plan", PLAN)


@pytest.mark.parametrize(
    ("command", "path", "line"),
    [
        (["log", "resa", "-m", "Bokat"], RESA, "{date: 2014-01-20, note: Bokat}"),
        (["log", "resa", "-m", "12"], RESA, '{date: 2014-01-20, note: "12"}'),
        (
            ["log", "resa", "--progress", "40 %", "--count", "2"],
            RESA,
            "{date: 2014-01-20, progress: 40, count: 2}",
        ),
        (["log", "resa", "--outlook", "risk för avvikelse"], RESA, "{date: 2014-01-20, outlook: at_risk}"),
        (
            ["log", "resa", "--due", "2014-03-31", "--reason", "Sent"],
            RESA,
            "{date: 2014-01-20, due: 2014-03-31, reason: Sent}",
        ),
        (["log", "resa", "--owner", "väg"], RESA, "{date: 2014-01-20, owners: [vagar]}"),
        (
            ["log", "resa", "--owner", "vagar", "--owner", "landsbygd", "--reason", "Delat"],
            RESA,
            "{date: 2014-01-20, owners: [vagar, landsbygd], reason: Delat}",
        ),
        (["log", "resa", "--owner", ""], RESA, "{date: 2014-01-20, owners: []}"),
        (
            ["log", "resa", "--amends", "due", "--reason", "Fel avskrivet"],
            RESA,
            "{date: 2014-01-20, amends: [due], reason: Fel avskrivet}",
        ),
        (["start", "resa", "--by", "land"], RESA, "{date: 2014-01-20, status: in_progress, by: landsbygd}"),
        (["done", "resa", "--date", "idag"], RESA, "{date: 2014-01-20, status: done}"),
        (["done", "resa", "--date", "igår"], RESA, "{date: 2014-01-19, status: done, recorded: 2014-01-20}"),
        (
            ["done", "resa", "--date", "2013-12-01"],
            RESA,
            "{date: 2013-12-01, status: done, recorded: 2014-01-20}",
        ),
        (["hold", "resa", "--reason", "Vinter"], RESA, "{date: 2014-01-20, status: on_hold, reason: Vinter}"),
        (["cancel", "resa", "--reason", "Nej"], RESA, "{date: 2014-01-20, status: cancelled, reason: Nej}"),
        (
            ["assess", "service", "--as", "achieved"],
            "data/goals/service.yaml",
            "{date: 2014-01-20, assessment: achieved}",
        ),
        (
            ["assess", "lista", "--as", "achieved"],
            "data/boxes/lista.yaml",
            "{date: 2014-01-20, assessment: achieved}",
        ),
        (
            ["tick", "lista", "--evidence", "https://example.org/x"],
            "data/boxes/lista.yaml",
            '{date: 2014-01-20, ticked: true, evidence: ["https://example.org/x"]}',
        ),
        (
            ["untick", "lista", "--reason", "Fel"],
            "data/boxes/lista.yaml",
            "{date: 2014-01-20, ticked: false, reason: Fel}",
        ),
    ],
)
def test_what_happened_is_one_entry_shown_as_it_was_written(
    servplan: Run, plan: Path, command: list[str], path: str, line: str
) -> None:
    before = data(plan)
    added = f"log:\n  - {line}\n"
    shown = "".join(f"+{text}\n" for text in added.splitlines())
    assert servplan(*command, plan=plan) == (0, f"{path}\n{shown}", "")
    assert data(plan) == before | {path: before[path] + added}


@pytest.mark.parametrize(
    ("command", "record"),
    [
        (["start"], "resa"),
        (["done"], "resa"),
        (["hold"], "resa"),
        (["cancel"], "resa"),
        (["tick"], "lista"),
        (["untick"], "lista"),
        (["assess", "--as", "achieved"], "service"),
        (["log"], "resa"),
    ],
)
def test_every_report_takes_a_note_an_outlook_an_action_evidence_and_a_reason(
    servplan: Run, plan: Path, command: list[str], record: str
) -> None:
    told = [
        "-m",
        "M",
        "--outlook",
        "at_risk",
        "--action",
        "A",
        "--reason",
        "R",
        "--evidence",
        "https://e.org",
    ]
    done = servplan(*command, record, *told, "--date", "igår", plan=plan, SERVPLAN_BY="landsbygd")
    assert (done.code, done.err) == (0, "")
    for pair in (
        "date: 2014-01-19",
        "outlook: at_risk",
        "note: M",
        "reason: R",
        "action: A",
        "by: landsbygd",
    ):
        assert pair in done.out
    assert 'evidence: ["https://e.org"]' in done.out


def test_one_command_reports_on_several_records(servplan: Run, plan: Path) -> None:
    done = servplan("done", "resa", "rapport", "resa", "-m", "Klar: nu", plan=plan)
    entry = '+log:\n+  - {date: 2014-01-20, status: done, note: "Klar: nu"}\n'
    assert done == (0, f"{RESA}\n{entry}data/activities/rapport.yaml\n{entry}", "")


def test_a_record_that_is_named_twice_is_reported_on_once(servplan: Run, plan: Path) -> None:
    done = servplan("done", "resa", "Resa", "res", plan=plan)
    assert done == (0, f"{RESA}\n+log:\n+  - {{date: 2014-01-20, status: done}}\n", "")


# Which day


@pytest.mark.parametrize(
    ("command", "entry"),
    [
        (["done", "resa", "--date", "2013-06"], "{known_by: 2013-06-30, status: done, recorded: 2014-01-20}"),
        (["done", "resa", "--date", "2013"], "{known_by: 2013-12-31, status: done, recorded: 2014-01-20}"),
        (["done", "resa", "--date", "2014-01"], "{known_by: 2014-01-20, status: done}"),
        (
            ["log", "resa", "--due", "2015-06", "--reason", "R"],
            "{date: 2014-01-20, due: 2015-06-30, reason: R}",
        ),
        (["log", "resa", "--due", "+2v", "--reason", "R"], "{date: 2014-01-20, due: 2014-02-03, reason: R}"),
    ],
)
def test_where_a_month_is_told_its_last_day_counts(
    servplan: Run, plan: Path, command: list[str], entry: str
) -> None:
    assert servplan(*command, plan=plan) == (0, f"{RESA}\n+log:\n+  - {entry}\n", "")


def test_what_had_happened_by_a_day_is_shown_so(servplan: Run, plan: Path) -> None:
    servplan("done", "resa", "--date", "2013-06", plan=plan)
    assert "senast 2013-06-30  Status: Klar" in servplan("show", "resa", plan=plan).out
    again = servplan("done", "resa", "--date", "2013-06", plan=plan)
    assert again == (0, "", "Så är det redan; inget skrevs.\n")


@pytest.mark.parametrize(
    ("first", "between"),
    [
        (("done", "resa"), ("hold", "resa", "--reason", "R")),
        (("tick", "lista"), ("untick", "lista", "--reason", "R")),
    ],
)
def test_what_another_entry_of_the_day_took_back_can_be_said_again(
    servplan: Run, plan: Path, first: tuple[str, ...], between: tuple[str, ...]
) -> None:
    servplan(*first, plan=plan)
    servplan(*between, plan=plan)
    assert servplan(*first, plan=plan).out.count("\n+") == 1
    assert servplan(*first, plan=plan).err == "Så är det redan; inget skrevs.\n"


def test_an_empty_due_date_is_no_date(servplan: Run, plan: Path) -> None:
    done = servplan("log", "resa", "--due", "", "--reason", "R", plan=plan)
    assert (done.code, done.out, data(plan)[RESA]) == (2, "", PLAN["activities/resa.yaml"])


def test_a_due_date_moves_by_an_entry_and_the_promise_stays(servplan: Run, plan: Path) -> None:
    assert servplan("log", "resa", "--due", "2015-03-31", "--reason", "Sent", plan=plan).code == 0
    assert data(plan)[RESA].startswith(PLAN["activities/resa.yaml"])


@pytest.mark.parametrize(
    ("command", "mind"),
    [
        (["log", "resa", "--due", "2014-01-19", "--reason", "R"], "2014-01-19 hade redan passerat den 2014-01-20"),
        (
            ["log", "resa", "--due", "2013-05", "--reason", "R", "--date", "2013-06-03"],
            "2013-05-31 hade redan passerat den 2013-06-03",
        ),
        (["set", "rapport", "due", "2013-12-31"], "2013-12-31 hade redan passerat den 2014-01-20"),
    ],
)  # fmt: skip
def test_a_due_date_that_has_passed_is_written_with_a_remark(
    servplan: Run, plan: Path, command: list[str], mind: str
) -> None:
    done = servplan(*command, plan=plan)
    assert (done.code, done.err) == (0, f"Obs: slutdatumet {mind}.\n")
    assert "due: " in done.out


def test_a_due_date_that_has_not_passed_on_its_entrys_day_needs_no_remark(servplan: Run, plan: Path) -> None:
    for command in (
        ["log", "resa", "--due", "2013-06-30", "--reason", "R", "--date", "2013-06-03"],
        ["log", "resa", "--due", "idag", "--reason", "R"],
        ["set", "rapport", "due", "2014-01-20"],
    ):
        done = servplan(*command, plan=plan)
        assert (done.code, done.err) == (0, "")


# What is against the plan


GOAL = """\
title: Service
level: overall
reached_when: {is: completed, what: är klara}
due: 2013-12-31
"""


def test_an_assessment_against_the_goals_own_condition_needs_a_reason(servplan: Run, plan: Path) -> None:
    (plan / "data/goals/service.yaml").write_text(GOAL, encoding="utf-8")
    servplan("done", "rapport", "resa", "--date", "2013-10-01", plan=plan)
    before = data(plan)
    against = ["assess", "service", "--as", "delvis uppnått"]
    refused = servplan(*against, plan=plan)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        "Villkoret för ”service” ger förslaget ”Uppnått”; bedömningen ”Delvis uppnått” kräver ett skäl.\n"
        f'→ servplan --plan {plan} assess service --as "delvis uppnått" --reason "…"\n'
        "  servplan explain service visar vad förslaget vilar på.\n"
    )
    assert data(plan) == before
    assert servplan(*against, "--reason", "Kvaliteten brister", plan=plan).code == 0
    assert servplan("assess", "service", "--as", "uppnått", plan=plan).code == 0
    assert "no-reason" not in servplan("check", "--format", "json", plan=plan).out


def test_the_proposal_is_that_of_the_assessments_own_day(servplan: Run, plan: Path) -> None:
    (plan / "data/goals/service.yaml").write_text(GOAL, encoding="utf-8")
    servplan("done", "rapport", "resa", "--date", "2013-10-01", plan=plan)
    early = servplan("assess", "service", "--as", "uppnått", "--date", "2013-09-30", plan=plan)
    assert (early.code, "förslaget ”Kan inte bedömas”" in early.err) == (2, True)


def test_of_a_retired_record_only_what_was_before_can_be_told(servplan: Run, plan: Path) -> None:
    retired = "retired: {date: 2013-06-01, reason: Ersatt, superseded_by: [rapport]}\n"
    (plan / RESA).write_text(PLAN["activities/resa.yaml"] + retired, encoding="utf-8")
    said = (
        "”resa” har utgått sedan 2013-06-01; därefter finns inget att säga om den.\n"
        "→ I dess ställe finns ”rapport”: ange den, eller en tidigare dag med --date.\n"
    )
    for command in (["done", "resa"], ["log", "resa", "-m", "M", "--date", "2013-06-01"]):
        assert servplan(*command, plan=plan) == (2, "", said)
    assert servplan("decide", "resa", "--body", "KS", plan=plan) == (2, "", said)
    assert servplan("retire", "resa", "--reason", "Annat", "--date", "2013-01-05", plan=plan) == (2, "", said)
    assert servplan("done", "resa", "--date", "2013-05-31", plan=plan).code == 0
    corrected = servplan("set", "resa", "title", "Resan", plan=plan)
    assert (corrected.code, corrected.err) == (0, "Obs: ”resa” har utgått sedan 2013-06-01.\n")


def test_of_a_record_nothing_is_told_before_it_begins(servplan: Run, plan: Path) -> None:
    begins = "valid_from: 2014-01-01\ncontinues: rapport\n"
    (plan / RESA).write_text(PLAN["activities/resa.yaml"] + begins, encoding="utf-8")
    refused = servplan("done", "resa", "--date", "2013-12-31", plan=plan)
    said = (
        "”resa” börjar 2014-01-01; om 2013-12-31 finns inget att säga om den.\n"
        "→ Dessförinnan var det ”rapport”: ange den, eller en senare dag med --date.\n"
    )
    assert refused == (2, "", said)
    assert servplan("retire", "resa", "--reason", "R", "--date", "2013-12", plan=plan).code == 2
    assert servplan("done", "resa", "--date", "2014-01-01", plan=plan).code == 0


def test_two_equal_counts_of_one_day_are_two(servplan: Run, plan: Path) -> None:
    for _ in range(2):
        assert servplan("log", "lista", "--count", "1", plan=plan).code == 0
    assert data(plan)["data/boxes/lista.yaml"].count("count: 1") == 2


def test_a_due_date_that_stands_is_said_already(servplan: Run, plan: Path) -> None:
    done = servplan("log", "resa", "--due", "2014-12-31", "--reason", "R", plan=plan)
    assert done == (0, "", "Så är det redan; inget skrevs.\n")


def test_a_reason_alone_says_nothing(servplan: Run, plan: Path) -> None:
    assert servplan("log", "resa", "--reason", "R", plan=plan).code == 2


def test_nobody_and_somebody_are_not_responsible_together(servplan: Run, plan: Path) -> None:
    done = servplan("log", "resa", "--owner", "", "--owner", "vagar", plan=plan)
    assert (done.code, done.err.splitlines()[0]) == (2, "--owner behöver ett värde.")
