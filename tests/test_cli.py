import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.conftest import ROOT, Run
from tests.history import Made, make_history
from tests.plans import HEADER, write

FILES = {
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "owners/naringsliv.yaml": "title: Näringsliv\ntype: unit\n",
    "goals/levande-kommun.yaml": "title: En levande kommun\nlevel: overall\ndue: 2015-12-31\n",
    "goals/servicepunkter-2013.yaml": """\
        title: Utredning kring servicepunkter pågår
        level: sub-goal
        supports: [levande-kommun]
        due: 2013-12-31
        reached_when: {is: started, what: pågår}
        log:
          - {date: 2014-01-10, assessment: achieved, evidence: [https://example.org/beslut]}
    """,
    "activities/besoka-boden.yaml": """\
        title: Besöka Bodens kommun
        supports: [servicepunkter-2013]
        owners: [landsbygd]
        due: 2013-12-31
        area: all
        log:
          - {date: 2013-03-04, status: in_progress, by: landsbygd, outlook: on_track}
          - {date: 2013-04-02, due: 2014-03-31, reason: Värdkommunen bad om det}
          - {date: 2014-01-18, status: done, note: Studiebesöket genomfört., evidence: [https://example.org/a]}
    """,
    "activities/kartlagg.yaml": """\
        title: Kartlägg nuläget
        supports: [servicepunkter-2013]
        owners: [naringsliv]
        due: 2013-12-31
        log: [{date: 2013-09-02, status: in_progress, progress: 40}]
    """,
    "activities/workshop.yaml": "title: Åtta workshoppar\nsupports: [levande-kommun]\ndue: 2013-12-31\n",
    "activities/resa.yaml": """\
        title: Resa som utgick
        supports: [levande-kommun]
        retired: {date: 2013-06-01, reason: Behövs inte}
    """,
    "programmes/tio.yaml": "title: Tiopunktsprogrammet\npoints: 10\n",
    "boxes/mark.yaml": """\
        title: Mark är säkrad
        programme: tio
        owners: [landsbygd]
        order: 1
        log: [{date: 2013-11-05, ticked: true, evidence: [https://example.org/mark]}]
    """,
    "boxes/besok.yaml": """\
        title: 15 företagsbesök
        programme: tio
        order: 2
        target_count: 15
        log: [{date: 2013-05-01, count: 3}, {date: 2013-08-01, count: 2}]
    """,
}
"""A plan with one of everything; the runs stand on 20 January 2014."""

BROKEN = {"activities/trasig.yaml": "title: [trasig\n"}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES | BROKEN)


def text(expected: str) -> str:
    return dedent(expected).removeprefix("\n")


def data(servplan: Run, plan: Path, *arguments: str, **environment: str):
    done = servplan(*arguments, "--format", "json", plan=plan, **environment)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


# What is shown


def test_check_shows_every_finding_with_its_place_and_remedy(servplan: Run, plan: Path) -> None:
    assert servplan("check", plan=plan) == (
        0,
        text("""
            varning[no-owner] × 1
              data/activities/workshop.yaml:1:8: Ingen är ansvarig för aktiviteten.
                1 | title: Åtta workshoppar
                  |        ^^^^^^^^^^^^^^^^
                → Lägg till ”owners: […]” med en ansvarigs id.

            varning[programme-points] × 1
              data/programmes/tio.yaml:2:9: Angivet antal punkter: 10; punkter som finns: 2.
                2 | points: 10
                  |         ^^
                → Rätta antalet, eller lägg till punkter eller låt punkter utgå.

            12 filer lästa, 0 fel, 2 varningar
        """),
        "",
    )


def test_status_shows_totals_and_goals(servplan: Run, plan: Path) -> None:
    done = servplan("status", plan=plan)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        text("""
            Testplan  läget 2014-01-20

            3 aktiviteter
            ● Klar                                           1  ███████░░░░░░░░░░░░░
            ◐ Pågår                                          1  ███████░░░░░░░░░░░░░
            ? Ej rapporterad                                 1  ███████░░░░░░░░░░░░░
            Försenade aktiviteter                            1
            Ej rapporterade aktiviteter, slutdatum passerat  1
            Aktiviteter utan ansvarig                        1
            Poster som har utgått                            1

        """)
    )
    goals = done.out.split("\n\n")[2].splitlines()
    assert goals[0].startswith("En levande kommun  ")
    assert goals[1].startswith("└── Utredning kring servicepunkter pågår  ")
    assert "● Uppnått" in goals[1]
    assert "1 av 2" in goals[1]


def test_status_in_english(servplan: Run, plan: Path) -> None:
    done = servplan("--lang", "en", "status", plan=plan)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        text("""
            Testplan  as of 2014-01-20

            3 activities
            ● Done                                  1  ███████░░░░░░░░░░░░░
            ◐ In progress                           1  ███████░░░░░░░░░░░░░
            ? Unreported                            1  ███████░░░░░░░░░░░░░
            Overdue activities                      1
            Unreported activities, due date passed  1
            Activities without an owner             1
            Retired records                         1

        """)
    )
    assert servplan("status", plan=plan, SERVPLAN_LANG="en") == done


def test_programme_shows_its_boxes(servplan: Run, plan: Path) -> None:
    assert servplan("programme", plan=plan) == (
        0,
        text("""
            Tiopunktsprogrammet  läget 2014-01-20

            1 av 2 punkter avprickade █████░░░░░ · programmet anger 10 punkter, men har 2

                 Punkt             Ansvarig   Datum       Underlag                  Antal
            [x]  Mark är säkrad    Landsbygd  2013-11-05  https://example.org/mark  –
            [ ]  15 företagsbesök  –          –           –                         5 av 15
        """),
        "",
    )


def test_tree_shows_the_line_of_sight(servplan: Run, plan: Path) -> None:
    assert servplan("tree", plan=plan) == (
        0,
        text("""
            Testplan  läget 2014-01-20

            En levande kommun  – Ej bedömt
            ├── Åtta workshoppar  ? Ej rapporterad, slutdatum passerat
            └── Utredning kring servicepunkter pågår  ● Uppnått
                ├── Besöka Bodens kommun  ● Klar
                └── Kartlägg nuläget  ! Pågår · Försenad
        """),
        "",
    )


def test_list_shows_the_due_unreported_apart(servplan: Run, plan: Path) -> None:
    assert servplan("list", "aktiviteter", "--goal", "levande", "--as-of", "2014-01-17", plan=plan) == (
        0,
        text("""
            Aktiviteter  läget 2014-01-17

            Stöder: En levande kommun

            Id            Titel                 Status                                Slutdatum   Ansvariga
            besoka-boden  Besöka Bodens kommun  ◐ Pågår                               2014-03-31  Landsbygd
            kartlagg      Kartlägg nuläget      ! Pågår · Försenad                    2013-12-31  Näringsliv
            workshop      Åtta workshoppar      ? Ej rapporterad, slutdatum passerat  2013-12-31  –

            3 poster
        """),
        "",
    )


def test_list_overdue_leaves_out_what_nobody_has_reported(servplan: Run, plan: Path) -> None:
    assert servplan("list", "activities", "--overdue", plan=plan) == (
        0,
        text("""
            Aktiviteter  läget 2014-01-20

            Försenad

            Id        Titel             Status              Slutdatum   Ansvariga
            kartlagg  Kartlägg nuläget  ! Pågår · Försenad  2013-12-31  Näringsliv

            1 post
        """),
        "",
    )


def test_show_shows_a_record_whole(servplan: Run, plan: Path) -> None:
    assert servplan("show", "boden", plan=plan) == (
        0,
        text("""
            Besöka Bodens kommun  Aktivitet besoka-boden

            Ansvariga  Landsbygd
            Stöder     Utredning kring servicepunkter pågår
            Slutdatum  2013-12-31
            Område     Alla områden
            Fil        data/activities/besoka-boden.yaml

            Läget 2014-01-20
            Läge               ● Klar
            Prognos            ● Enligt plan
            Slutdatum flyttat  2013-12-31 → 2014-03-31  Värdkommunen bad om det

            Logg
            Datum       Vad som hände
            2013-03-04  Status: Pågår · Prognos: Enligt plan
            2013-04-02  Slutdatum: 2014-03-31 · Skäl: Värdkommunen bad om det
            2014-01-18  Status: Klar · Studiebesöket genomfört. · https://example.org/a
        """),
        "",
    )


def test_show_shows_what_points_to_a_record(servplan: Run, plan: Path) -> None:
    shown = data(servplan, plan, "show", "landsbygd")
    assert shown["referenced_by"] == [
        {"id": "besoka-boden", "kind": "activity", "field": "owners.0"},
        {"id": "besoka-boden", "kind": "activity", "field": "log.0.by"},
        {"id": "mark", "kind": "box", "field": "owners.0"},
    ]
    done = servplan("show", "landsbygd", plan=plan)
    assert [title for title in ("Besöka Bodens kommun", "Mark är säkrad") if title not in done.out] == []


def test_explain_prints_rule_inputs_and_result(servplan: Run, plan: Path) -> None:
    shown = data(servplan, plan, "explain", "servicepunkter")
    assert shown["proposal"] == {
        "rule": "started",
        "conditions": [{"is": "started", "what": "pågår"}],
        "inputs": [
            {
                "id": "besoka-boden",
                "title": "Besöka Bodens kommun",
                "status": "done",
                "due_unreported": False,
            },
            {"id": "kartlagg", "title": "Kartlägg nuläget", "status": "in_progress", "due_unreported": False},
        ],
        "missing": [],
        "result": "achieved",
    }
    assert servplan("explain", "servicepunkter", plan=plan).out == text("""
        Utredning kring servicepunkter pågår  läget 2014-01-20

        Tre axlar
        Rapporterat     ● Uppnått
        Underlag finns  ja
        I tid           ! Aktiviteter försenade
        Slutdatum       2013-12-31

        Regel: Påbörjat: uppnått när en aktivitet har påbörjats
        påbörjat  pågår

        Vad regeln bygger på
        Id            Titel                 Läge
        besoka-boden  Besöka Bodens kommun  ● Klar
        kartlagg      Kartlägg nuläget      ! Pågår · Försenad

        Resultat: ● Uppnått
    """)


def test_due_shows_what_awaits_whom(servplan: Run, plan: Path) -> None:
    assert servplan("due", plan=plan) == (
        0,
        text("""
            Vad som väntar  läget 2014-01-20, slutdatum till och med 2014-02-19

            2 poster · Aktiviteter: 2

            Utan ansvarig: 1 post
            Slutdatum   Status                                Id        Titel
            2013-12-31  ? Ej rapporterad, slutdatum passerat  workshop  Åtta workshoppar

            Näringsliv: 1 post
            Slutdatum   Status      Id        Titel
            2013-12-31  ! Försenad  kartlagg  Kartlägg nuläget

            Rapporter som saknas för 2013-12, vars frist gick ut 2014-01-10
            Utan ansvarig  2
            Landsbygd      1
            Näringsliv     1

            servplan due --period 2013-12 räknar upp dem.
        """),
        "",
    )


def test_events_are_filtered(servplan: Run, plan: Path) -> None:
    def found(*arguments: str) -> list[tuple[str, str]]:
        rows = data(servplan, plan, "events", *arguments)["events"]
        return [(row["date"], row["id"]) for row in rows]

    assert found("--since", "2013-11-05", "--until", "2014-01-10") == [
        ("2013-11-05", "mark"),
        ("2014-01-10", "servicepunkter-2013"),
    ]
    assert {id_ for _day, id_ in found("--owner", "naringsliv")} == {"kartlagg"}
    assert {id_ for _day, id_ in found("--goal", "levande")} == {
        "servicepunkter-2013",
        "besoka-boden",
        "kartlagg",
    }


def test_health_below_a_bound_ends_with_1(servplan: Run, plan: Path) -> None:
    assert servplan("health", "--min", "owned=60%", plan=plan).code == 0
    low = servplan("health", "--min", "owned=67%", plan=plan)
    assert (low.code, low.err) == (1, "")
    assert "67 %" in low.out


def test_find_finds_in_every_text(servplan: Run, plan: Path) -> None:
    assert servplan("find", "studiebesoket", plan=plan) == (
        0,
        text("""
            Id            Sort       Titel
            besoka-boden  Aktivitet  Besöka Bodens kommun
        """),
        "",
    )


# What machines read


def test_check_as_json(servplan: Run, plan: Path) -> None:
    found = data(servplan, plan, "check")
    assert {key: found[key] for key in ("errors", "warnings")} == {"errors": 0, "warnings": 2}
    assert found["findings"] == [
        {
            "path": "data/activities/workshop.yaml",
            "line": 1,
            "column": 8,
            "severity": "warning",
            "code": "no-owner",
            "message": "Ingen är ansvarig för aktiviteten.",
            "hint": "Lägg till ”owners: […]” med en ansvarigs id.",
        },
        {
            "path": "data/programmes/tio.yaml",
            "line": 2,
            "column": 9,
            "severity": "warning",
            "code": "programme-points",
            "message": "Angivet antal punkter: 10; punkter som finns: 2.",
            "hint": "Rätta antalet, eller lägg till punkter eller låt punkter utgå.",
        },
    ]


def test_lines_and_columns_count_from_1_in_characters(servplan: Run, tmp_path: Path) -> None:
    place = "title: Åäö\n# å\nsupports: [å, finns-inte]\n"
    folder = write(tmp_path / "plan", {"activities/aa.yaml": place.replace("å, ", "aa, ")})
    done = servplan("check", "--format", "json", plan=folder)
    found = [item for item in json.loads(done.out)["findings"] if item["code"] == "unknown-reference"]
    assert [(item["line"], item["column"]) for item in found] == [(3, 16)]


def test_list_as_json(servplan: Run, plan: Path) -> None:
    (row,) = data(servplan, plan, "list", "activity", "--status", "in_progress")
    state = row.pop("state")
    assert row == {
        "id": "kartlagg",
        "kind": "activity",
        "title": "Kartlägg nuläget",
        "supports": ["servicepunkter-2013"],
        "owners": ["naringsliv"],
        "due": "2013-12-31",
        "log": [{"date": "2013-09-02", "status": "in_progress", "progress": 40}],
    }
    expected = {
        "status": "in_progress",
        "due": "2013-12-31",
        "owners": ["naringsliv"],
        "progress": 40,
        "overdue": True,
        "due_unreported": False,
        "postponed": 0,
    }
    assert {key: state[key] for key in expected} == expected


def test_whether_the_unreported_is_overdue_is_null(servplan: Run, plan: Path) -> None:
    (row,) = data(servplan, plan, "list", "activities", "--status", "unreported")
    assert (row["id"], row["state"]["overdue"], row["state"]["due_unreported"]) == ("workshop", None, True)


def test_status_as_json(servplan: Run, plan: Path) -> None:
    found = data(servplan, plan, "status")
    assert (found["as_of"], found["unreadable"]) == ("2014-01-20", [])
    assert found["totals"] == {
        "activities": 3,
        "by_status": {"done": 1, "in_progress": 1, "unreported": 1},
        "overdue": 1,
        "due_unreported": 1,
        "without_owner": 1,
        "retired": 1,
        "goals": {
            "by_level": {"overall": 1, "sub-goal": 1},
            "by_assessment": {"achieved": 1, "none": 1},
        },
    }
    keys = ("id", "title", "level", "supports", "assessment")
    assert [{key: goal[key] for key in keys} for goal in found["goals"]] == [
        {
            "id": "levande-kommun",
            "title": "En levande kommun",
            "level": "overall",
            "supports": [],
            "assessment": None,
        },
        {
            "id": "servicepunkter-2013",
            "title": "Utredning kring servicepunkter pågår",
            "level": "sub-goal",
            "supports": ["levande-kommun"],
            "assessment": "achieved",
        },
    ]
    assert [goal["activities"]["total"] for goal in found["goals"]] == [3, 2]
    assert found["goals"][1]["activities"]["by_status"] == {"done": 1, "in_progress": 1}


def test_programme_as_json(servplan: Run, plan: Path) -> None:
    found = data(servplan, plan, "programme", "tiopunkt")
    (programme,) = found["programmes"]
    boxes = programme.pop("boxes")
    assert found["as_of"] == "2014-01-20"
    assert programme == {
        "id": "tio",
        "title": "Tiopunktsprogrammet",
        "points_declared": 10,
        "boxes_total": 2,
        "ticked": 1,
    }
    keys = ("id", "title", "ticked", "date", "owners", "evidence", "count")
    assert [{key: box[key] for key in keys} for box in boxes] == [
        {
            "id": "mark",
            "title": "Mark är säkrad",
            "ticked": True,
            "date": "2013-11-05",
            "owners": ["landsbygd"],
            "evidence": ["https://example.org/mark"],
            "count": None,
        },
        {
            "id": "besok",
            "title": "15 företagsbesök",
            "ticked": False,
            "date": None,
            "owners": [],
            "evidence": [],
            "count": {"done": 5, "target": 15},
        },
    ]


# What is asked for


@pytest.mark.parametrize("words", [("aktiviteter", "klar"), ("activity", "Done"), ("Aktivitet", "KLAR")])
def test_kinds_and_statuses_may_be_swedish(servplan: Run, plan: Path, words: tuple[str, str]) -> None:
    kind, status = words
    assert [row["id"] for row in data(servplan, plan, "list", kind, "--status", status)] == ["besoka-boden"]


@pytest.mark.parametrize(
    ("kind", "status", "ids"),
    [
        ("mål", "uppnått", ["servicepunkter-2013"]),
        ("mal", "ej bedömt", ["levande-kommun"]),
        ("punkter", "avprickad", ["mark"]),
        ("boxes", "open", ["besok"]),
        ("aktiviteter", "forsenad", ["kartlagg"]),
        ("aktiviteter", "pågår", ["kartlagg"]),
    ],
)
def test_every_word_of_a_standing_can_be_asked_for(
    servplan: Run, plan: Path, kind: str, status: str, ids: list[str]
) -> None:
    assert [row["id"] for row in data(servplan, plan, "list", kind, "--status", status)] == ids


def test_an_unknown_word_ends_with_2_and_lists_those_there_are(servplan: Run, plan: Path) -> None:
    done = servplan("list", "sak", plan=plan)
    assert (done.code, done.out) == (2, "")
    assert "”sak”" in done.err.splitlines()[0]
    assert "activity" in done.err.splitlines()[1]


@pytest.mark.parametrize(
    ("arguments", "code"), [(("list", "sak"), "kind"), (("list", "goals", "--status", "blå"), "standing-of")]
)
def test_messages_name_things_in_words_not_in_codes(
    servplan: Run, plan: Path, arguments: tuple[str, ...], code: str
) -> None:
    assert code not in servplan(*arguments, plan=plan).err.splitlines()[0]


def test_an_unknown_id_ends_with_2_and_the_closest_is_told(servplan: Run, plan: Path) -> None:
    assert servplan("show", "kartlaggg", plan=plan) == (
        2,
        "",
        "Ingen post heter ”kartlaggg”.\n→ Menade du ”kartlagg”?\n",
    )


def test_an_ambiguous_id_ends_with_2_and_lists_what_it_may_mean(servplan: Run, plan: Path) -> None:
    done = servplan("explain", "kommun", plan=plan)
    assert (done.code, done.out) == (2, "")
    assert done.err == text("""
        ”kommun” kan betyda 2 poster:
          besoka-boden  Besöka Bodens kommun
          levande-kommun  En levande kommun
        → Skriv id:t, eller mer av det.
    """)


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "--as-of", "2013-02-30"),
        ("status", "--as-of", "igen"),
        ("status", "--format", "xml"),
        ("--lang", "de", "status"),
        ("show",),
        ("due", "--within", "länge"),
        ("health", "--min", "owned"),
        ("health", "--min", "okand=5"),
        ("list", "goals", "--owner", "ingen"),
        ("programme", "kartlagg"),
        ("report", "--period", "2013-13"),
        ("report", "--period", "2013-01", "--as-of", "2013-02-02"),
        ("report", "--format", "xml"),
        ("report", "--audience", "alla"),
        ("report", "--period", "2013-01", "--since", "2013-02-01"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_so_on_stderr(
    servplan: Run, plan: Path, arguments: tuple[str, ...]
) -> None:
    done = servplan(*arguments, plan=plan)
    assert (done.code, done.out) == (2, "")
    assert done.err
    assert "Traceback" not in done.err


def test_a_wrong_command_is_told_the_one_that_was_meant(servplan: Run, plan: Path) -> None:
    done = servplan("statsu", plan=plan)
    assert (done.code, done.out) == (2, "")
    assert "'status'" in done.err


def test_wrong_usage_weighs_more_than_a_faulty_plan(servplan: Run, broken: Path) -> None:
    assert servplan("report", "--period", "2013-01", "--as-of", "2013-02-02", plan=broken).code == 2


# Dates


def test_as_of_shows_what_was_true_then(servplan: Run, plan: Path) -> None:
    found = data(servplan, plan, "status", "--as-of", "2013-03-31")
    assert found["as_of"] == "2013-03-31"
    assert found["totals"]["by_status"] == {"in_progress": 1, "unreported": 3}
    assert (found["totals"]["overdue"], found["totals"]["retired"]) == (0, 0)


@pytest.mark.parametrize(
    ("word", "day"), [("idag", "2014-01-20"), ("today", "2014-01-20"), ("igår", "2014-01-19")]
)
def test_a_day_may_be_named_in_words(servplan: Run, plan: Path, word: str, day: str) -> None:
    assert data(servplan, plan, "status", "--as-of", word)["as_of"] == day


def test_once_the_period_is_past_the_plan_stands_at_its_end(servplan: Run, plan: Path) -> None:
    assert data(servplan, plan, "status", SERVPLAN_TODAY="2015-12-30")["as_of"] == "2015-12-30"
    assert data(servplan, plan, "status", SERVPLAN_TODAY="2020-01-01")["as_of"] == "2015-12-31"


def test_once_the_period_is_past_the_newest_entry_moves_the_date(servplan: Run, tmp_path: Path) -> None:
    log = "log: [{date: 2016-02-01, status: done}, {date: 2021-01-01, note: n}]\n"
    folder = write(tmp_path / "plan", {"activities/aa.yaml": f"title: A\n{log}"})
    assert data(servplan, folder, "status", SERVPLAN_TODAY="2020-01-01")["as_of"] == "2016-02-01"


@pytest.mark.parametrize("command", ["status", "tree", "programme", "due", "events", "health"])
def test_every_text_names_its_date(servplan: Run, plan: Path, command: str) -> None:
    assert "2013-07-07" in servplan(command, "--as-of", "2013-07-07", plan=plan).out


def test_check_gives_the_same_answer_tomorrow(servplan: Run, plan: Path) -> None:
    days = ("2012-01-01", "2014-01-20", "2031-05-05")
    assert len({servplan("check", plan=plan, SERVPLAN_TODAY=day) for day in days}) == 1


def test_check_adds_what_time_brings_when_it_is_given_a_day(servplan: Run, plan: Path) -> None:
    found = data(servplan, plan, "check", "--as-of", "2014-01-20")
    infos = [(item["path"], item["code"]) for item in found["findings"] if item["severity"] == "info"]
    assert infos == [
        ("data/activities/kartlagg.yaml", "overdue"),
        ("data/activities/workshop.yaml", "due-unreported"),
    ]
    assert (found["errors"], found["warnings"]) == (0, 2)


# What goes wrong


def test_check_ends_with_1_for_errors_and_strictly_for_warnings_too(
    servplan: Run, plan: Path, tmp_path: Path
) -> None:
    assert servplan("check", plan=plan).code == 0
    assert servplan("check", "--strict", plan=plan).code == 1
    assert servplan("check", "--strict", plan=write(tmp_path / "bare", {})).code == 0
    assert servplan("check", plan=write(tmp_path / "plan", BROKEN)).code == 1


def test_without_a_plan_it_ends_with_3_and_says_what_to_do(servplan: Run, tmp_path: Path) -> None:
    assert servplan("--lang", "sv", "status", plan=tmp_path) == (
        3,
        "",
        (
            f"Här finns ingen plan: {tmp_path} och mapparna ovanför saknar data/plan.yaml.\n"
            "→ Gå till planens mapp, eller ange den: servplan --plan MAPP …\n"
        ),
    )


def test_the_plan_is_the_nearest_folder_upwards(plan: Path) -> None:
    def here(folder: Path, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "servplan", "status"],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            env={"PATH": os.environ["PATH"], "SERVPLAN_TODAY": "2014-01-20", **environment},
            check=True,
        )
        return done.stdout

    shown = here(plan / "data" / "activities")
    assert shown.startswith("Testplan  läget 2014-01-20\n")
    assert here(plan.parent, SERVPLAN_PLAN=str(plan)) == shown


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_shown(servplan: Run, broken: Path) -> None:
    done = servplan("status", "--format", "json", plan=broken)
    assert done.code == 0
    assert json.loads(done.out)["unreadable"] == ["data/activities/trasig.yaml"]
    assert json.loads(done.out)["totals"]["activities"] == 3
    first, last = done.err.splitlines()
    assert first.startswith("data/activities/trasig.yaml: ")
    assert last == "Filerna är inte med i det som följer; se: servplan check"


READING = (
    ("status",),
    ("tree",),
    ("programme",),
    ("list", "goal"),
    ("show", "kartlagg"),
    ("explain", "kartlagg"),
    ("find", "boden"),
    ("due",),
    ("events",),
    ("health",),
)


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_every_read_command_speaks_json_and_names_unreadable_files_once(
    servplan: Run, broken: Path, command: tuple[str, ...]
) -> None:
    done = servplan(*command, "--format", "json", plan=broken)
    assert (done.code, done.err.count("trasig.yaml")) == (0, 1)
    assert json.loads(done.out)


def test_doctor_tells_what_it_finds(servplan: Run, broken: Path) -> None:
    facts = data(servplan, broken, "doctor")
    assert (facts["plan"], facts["unreadable files"]) == (str(broken), "1")
    assert (facts["today"], facts["default date"], facts["language"]) == ("2014-01-20", "2014-01-20", "sv")


def test_doctor_speaks_the_plans_language_or_the_one_asked_for(
    servplan: Run, broken: Path, tmp_path: Path
) -> None:
    swedish, english = (
        servplan("doctor", plan=broken).out,
        servplan("--lang", "en", "doctor", plan=broken).out,
    )
    assert "\noläsliga filer   1\n" in swedish
    assert "\nunreadable files  1\n" in english
    nowhere = servplan("--lang", "sv", "doctor", plan=tmp_path / "ingen")
    assert (nowhere.code, "ingen här; gå till en plans mapp" in nowhere.out) == (0, True)


@pytest.mark.parametrize("reading", ["status", "check", "list activity", "show resa"])
def test_a_commit_without_a_plan_is_told_and_not_shown_as_an_empty_one(
    servplan: Run, tmp_path: Path, reading: str
) -> None:
    plan = make_history(
        tmp_path / "plan",
        [
            Made("2013-01-01", "Planen", FILES | {"plan.yaml": HEADER}),
            Made("2013-01-02", "Bort", {"plan.yaml": None}),
            Made("2013-01-03", "Åter", {"plan.yaml": HEADER}),
        ],
    )
    assert servplan(*reading.split(), "--rev", "HEAD~1", plan=plan) == (
        3,
        "",
        (
            "Det fanns ingen plan här i ”HEAD~1”: den incheckningen saknar data/plan.yaml.\n"
            "→ git log -- data/plan.yaml visar vilka incheckningar som lade till och tog bort den.\n"
        ),
    )


def test_a_period_and_a_span_are_not_asked_for_together(servplan: Run) -> None:
    done = servplan("due", "--period", "2013-10", "--within", "90d")
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("→ Använd en av dem.\n")


def test_a_record_whose_file_cannot_be_read_is_named_as_such(servplan: Run, broken: Path) -> None:
    done = servplan("show", "trasig", plan=broken)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-2] == "Posten ”trasig” kan inte läsas."


def test_report_refuses_a_plan_with_errors_and_writes_nothing(
    servplan: Run, broken: Path, tmp_path: Path
) -> None:
    done = servplan("report", "-o", str(tmp_path / "ut"), plan=broken)
    assert (done.code, done.out) == (3, "")
    assert "  data/activities/trasig.yaml\n" in done.err
    assert "--allow-errors" in done.err.splitlines()[-1]
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize("form", ["md", "html"])
def test_report_with_allowed_errors_says_so_on_the_page(servplan: Run, broken: Path, form: str) -> None:
    done = servplan("report", "--allow-errors", "--format", form, "-o", "-", plan=broken)
    assert done.code == 0
    assert "data/activities/trasig.yaml" in done.out.replace("\\", "")
    assert "Ofullständig" in done.out
    assert "Ofullständig" not in servplan("report", "--format", form, "-o", "-", plan=ROOT).out


def test_a_plan_of_a_newer_format_is_not_shown_as_an_empty_one(servplan: Run, tmp_path: Path) -> None:
    newer = write(tmp_path / "plan", FILES | {"plan.yaml": "servplan: 2\ntitle: Ny\n"})
    done = servplan("status", plan=newer)
    assert (done.code, done.out) == (3, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("due", "--as-of", "9999-12-31"),
        ("due", "--within", "9999w", "--as-of", "9900-01-01"),
        ("health", "--as-of", "0001-01-01"),
        ("report", "--period", "9999", "-o", "-"),
        ("report", "--period", "0001-01", "-o", "-"),
        ("status", "--as-of", "0001-01-01"),
        ("events", "--until", "9999-12-31"),
    ],
    ids=" ".join,
)
def test_the_ends_of_the_calendar_are_no_crash(servplan: Run, plan: Path, arguments: tuple[str, ...]) -> None:
    done = servplan(*arguments, plan=plan)
    assert done.code in (0, 2, 3)
    assert "Traceback" not in done.err


def test_records_in_a_circle_are_shown_all_the_same(servplan: Run, tmp_path: Path) -> None:
    files = {
        "goals/ett.yaml": "title: Mål ett\nlevel: target\nsupports: [tva]\n",
        "goals/tva.yaml": "title: Mål två\nlevel: target\nsupports: [ett]\n",
        "activities/aa.yaml": "title: Uppgift\nsupports: [ett]\n",
    }
    folder = write(tmp_path / "plan", files)
    for command in ("status", "tree"):
        done = servplan(command, plan=folder)
        assert done.code == 0
        assert ("Mål ett" in done.out, "Mål två" in done.out) == (True, True)
    assert "Uppgift" in servplan("tree", plan=folder).out


def test_what_supports_only_a_retired_goal_still_stands_in_the_tree(servplan: Run, tmp_path: Path) -> None:
    files = {
        "goals/borta.yaml": "title: Borta\nlevel: target\nretired: {date: 2013-02-01, reason: r}\n",
        "activities/aa.yaml": "title: Uppgift\nsupports: [borta]\n",
    }
    assert "Uppgift" in servplan("tree", plan=write(tmp_path / "plan", files)).out


def ended(command: list[str], plan: Path, stdout: int) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "servplan", "--plan", str(plan), *command],
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE")
@pytest.mark.parametrize("command", [["status"], ["check", "--all"], ["list", "goals", "--format", "json"]])
def test_a_reader_that_leaves_early_is_no_error(command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert ended(command, ROOT, writing) == (0, "")
    finally:
        os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_said_in_words(plan: Path) -> None:
    with open("/dev/full", "wb", buffering=0) as full:  # noqa: PTH123
        code, said = ended(["status"], plan, full.fileno())
    assert code == 3
    assert "Traceback" not in said


# What a run costs

FOREIGN = {
    "annotated_doc",
    "annotated_types",
    "pydantic",
    "pydantic_core",
    "shellingham",
    "typer",
    "typing_extensions",
    "typing_inspection",
    "yaml_rs",
}
"""The foreign packages that a short command may load."""
UNNEEDED = (
    "servplan.checks",
    "servplan.cli.check",
    "servplan.cli.records",
    "servplan.cli.report",
    "servplan.export",
    "servplan.files.oracle",
    "servplan.public",
    "servplan.render.findings",
    "servplan.render.locale_formats",
    "servplan.render.report",
    "servplan.render.templates",
    "servplan.render.terminal",
)


LISTING = """\
import atexit, sys
from servplan.__main__ import main
atexit.register(lambda: sys.stderr.write(" ".join(sys.modules)))
main()
"""


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a run on the shipped plan has loaded when it ends."""
    pytest.importorskip("yaml_rs")
    done = subprocess.run(
        [sys.executable, "-c", LISTING, "--plan", str(ROOT), *arguments],
        capture_output=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"]},
        check=True,
    )
    return set(done.stderr.split())


def test_status_loads_only_what_it_uses() -> None:
    loaded = loaded_by("status")
    assert "servplan.cli.status" in loaded
    assert {name for name in loaded if name.startswith(UNNEEDED)} == set()


def test_status_loads_few_foreign_packages() -> None:
    tops = {name.split(".")[0] for name in loaded_by("status") if not name.startswith("_")}
    own = {"servplan", "sitecustomize", "usercustomize"}
    assert tops - set(sys.stdlib_module_names) - own <= FOREIGN


def test_version_reads_no_plan(servplan: Run, tmp_path: Path) -> None:
    done = servplan("--version", plan=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("servplan ")
