"""`servplan list`, `servplan show` and `servplan find` as they are typed."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.plans import write
from tests.sample import FILES, data, text


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES)


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


def test_show_tells_who_is_responsible_since_the_log_changed_it(servplan: Run, tmp_path: Path) -> None:
    changed = """
        title: Kartlägg nuläget
        owners: [landsbygd]
        log:
          - {date: 2013-05-01, owners: [naringsliv]}
          - {date: 2013-06-01, owners: [naringsliv], note: Som förut}
          - {date: 2013-09-01, owners: []}
    """
    plan = write(tmp_path / "plan", FILES | {"activities/kartlagg.yaml": changed})
    for day, told in (
        ("2013-06-30", "Ansvariga  Näringsliv sedan 2013-05-01\n"),
        ("2013-10-01", "Ansvariga  – sedan 2013-09-01\n"),
    ):
        shown = servplan("show", "kartlagg", "--as-of", day, plan=plan)
        assert (shown.code, told in shown.out) == (0, True)
    assert " sedan " not in servplan("show", "kartlagg", "--as-of", "2013-04-30", plan=plan).out


def test_show_shows_what_points_to_a_record(servplan: Run, plan: Path) -> None:
    shown = data(servplan, plan, "show", "landsbygd")
    assert shown["referenced_by"] == [
        {"id": "besoka-boden", "kind": "activity", "field": "owners.0"},
        {"id": "besoka-boden", "kind": "activity", "field": "log.0.by"},
        {"id": "mark", "kind": "box", "field": "owners.0"},
    ]
    done = servplan("show", "landsbygd", plan=plan)
    assert [title for title in ("Besöka Bodens kommun", "Mark är säkrad") if title not in done.out] == []


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


def test_find_finds_in_every_text(servplan: Run, plan: Path) -> None:
    assert servplan("find", "studiebesoket", plan=plan) == (
        0,
        text("""
            Id            Sort       Titel
            besoka-boden  Aktivitet  Besöka Bodens kommun
        """),
        "",
    )


def test_what_does_not_exist_at_a_date_has_no_state(servplan: Run, plan: Path) -> None:
    begun = data(servplan, plan, "show", "kartlagg", "--as-of", "2013-06-30")
    before = data(servplan, plan, "show", "kartlagg", "--as-of", "2012-06-30")
    assert (begun["state"]["due"], before["state"]) == ("2013-12-31", None)
