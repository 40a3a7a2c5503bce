"""What commands say of a plan: in its words, with numbers and forms as Swedish has them."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.plans import write

PLAN = {
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
    "areas/norr.yaml": "title: Norra bygden\n",
    "goals/klimat.yaml": """\
        title: Ett gott klimat
        level: target
        due: 2013-06-30
        reached_when: [{is: established, what: rutinen finns}]
        log:
          - {date: 2013-05-01, outlook: at_risk, by: enheten}
          - {date: 2013-05-02, outlook: at_risk, by: enheten}
        """,
    "goals/ovrigt.yaml": "title: Något annat\nlevel: overall\n",
    "activities/resa.yaml": """\
        title: Resan
        supports: [klimat]
        owners: [enheten]
        area: all
        tags: [kust]
        due: 2013-06-30
        log:
          - {date: 2013-03-04, status: on_hold, reason: Vinter}
          - {date: 2013-05-03, owners: []}
        """,
    "activities/mote.yaml": "title: Mötet\nsupports: [ovrigt]\nowners: [enheten]\nlog: [{date: 2013-03-04, status: in_progress}]\n",
    "programmes/lofte.yaml": "title: Löftet\npoints: 1\n",
    "boxes/vandringar.yaml": """\
        title: Sex vandringar
        programme: lofte
        target_count: 6
        log: [{date: 2013-03-04, count: 2}]
        """,
    "boxes/bank.yaml": "title: En bänk\nprogramme: lofte\n",
    "indicators/betyg.yaml": """\
        title: Betyget
        measures: [klimat]
        unit: betyg
        direction: up
        target: {what: minst fyra, value: 4.0}
        values: [{period: '2013', value: 3.9}]
        """,
}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", PLAN)


def lines(servplan: Run, plan: Path, *command: str) -> list[str]:
    done = servplan(*command, plan=plan)
    assert (done.code, done.err) == (0, "")
    return [line.rstrip() for line in done.out.splitlines()]


def test_a_record_is_shown_in_the_plans_words(servplan: Run, plan: Path) -> None:
    assert lines(servplan, plan, "show", "klimat") == [
        "Ett gott klimat  Mål klimat",
        "",
        "Nivå         Mål 2015",
        "Slutdatum    2013-06-30",
        "Uppnått när  Villkor: inrättat; Vad: rutinen finns",
        "Fil          data/goals/klimat.yaml",
        "",
        "Läget 2014-01-20",
        "Läge     – Ej bedömt",
        "Prognos  ▲ Risk för avvikelse",
        "",
        "Logg",
        "Datum       Vad som hände",
        "2013-05-01  Prognos: Risk för avvikelse",
        "2013-05-02  Prognos: Risk för avvikelse",
        "",
        "Vad som pekar hit",
        "",
        "Betyget  betyg · Mäter",
        "Resan  resa · Stöder",
    ]


def test_each_field_that_points_somewhere_is_told_once(servplan: Run, plan: Path) -> None:
    assert lines(servplan, plan, "show", "enheten")[2:] == [
        "Typ  Enhet",
        "Fil  data/owners/enheten.yaml",
        "",
        "Vad som pekar hit",
        "",
        "Ett gott klimat  klimat · Logg (2)",
        "Mötet  mote · Ansvariga",
        "Resan  resa · Ansvariga",
    ]


def test_what_is_counted_is_told_of_how_many(servplan: Run, plan: Path) -> None:
    assert "Antal                   2 av 6" in lines(servplan, plan, "explain", "vandringar")
    assert "Antal  2 av 6" in lines(servplan, plan, "show", "vandringar")
    assert not any(line.startswith("Antal") for line in lines(servplan, plan, "explain", "bank"))


def test_a_date_that_was_never_moved_is_told_so(servplan: Run, plan: Path) -> None:
    assert "Slutdatum flyttat       aldrig" in lines(servplan, plan, "explain", "resa")


def test_an_entry_that_leaves_nobody_responsible_says_so(servplan: Run, plan: Path) -> None:
    assert (
        lines(servplan, plan, "events", "--since", "2013-05-03")[-1] == "2013-05-03  Resan  Ansvariga: saknas"
    )


def test_a_list_tells_what_its_records_were_chosen_by(servplan: Run, plan: Path) -> None:
    chosen = ["--status", "vilande", "--goal", "klimat", "--tag", "kust", "--area", "norr"]
    write(plan, {"activities/resa.yaml": PLAN["activities/resa.yaml"].replace("area: all", "area: norr")})
    assert lines(servplan, plan, "list", "aktiviteter", *chosen)[2:] == [
        "Status: Vilande · Stöder: Ett gott klimat · Område: Norra bygden · Etikett: kust",
        "",
        "Id    Titel  Status                Slutdatum",
        "resa  Resan  ! Vilande · Försenad  2013-06-30",
        "",
        "1 post",
    ]
    assert lines(servplan, plan, "list", "mål", "--status", "försenad", "--owner", "enheten")[2:] == [
        "Status: Försenad · Ansvarig: Enheten",
        "",
        "Inga.",
    ]


def test_due_tells_how_many_records_of_which_kinds(servplan: Run, plan: Path) -> None:
    told = lines(servplan, plan, "due")
    assert told[2:5] == ["2 poster · Mål: 1 · Aktiviteter: 1", "", "Utan ansvarig: 2 poster"]


def test_a_value_has_a_decimal_comma(servplan: Run, plan: Path) -> None:
    assert lines(servplan, plan, "indicators")[-1] == (
        "Betyget    3,9 betyg (2013)  minst fyra  ○ Målvärdet ej nått  –"
    )
    assert "Målvärde  Vad: minst fyra; Värde: 4" in lines(servplan, plan, "show", "betyg")
    told = servplan("--lang", "en", "indicators", plan=plan).out
    assert "3.9 betyg (2013)" in told


def test_numbers_and_words_agree(servplan: Run, plan: Path) -> None:
    sentence = "0 av 2 punkter avprickade ░░░░░░░░░░ · programmet anger 1 punkt, men har 2"
    assert sentence in lines(servplan, plan, "programme")
    (plan / "data/boxes/bank.yaml").unlink()
    assert "0 av 1 punkt avprickad ░░░░░░░░░░" in lines(servplan, plan, "programme")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("slutdatum", "”due” (Slutdatum)"),
        ("Ansvarig", "”owners” (Ansvariga)"),
        ("Beror på", "”depends_on” (Beror på)"),
        ("Owners", "”owners” (Ansvariga)"),
        ("duee", "”due” (Slutdatum)"),
    ],
)
def test_a_field_is_found_by_the_words_that_views_have_for_it(
    servplan: Run, plan: Path, typed: str, meant: str
) -> None:
    done = servplan("set", "resa", typed, "x", plan=plan)
    assert (done.code, done.out) == (2, "")
    fault, remedy = done.err.splitlines()
    assert fault == f"Här finns inget fält ”{typed}” att sätta."
    assert remedy.startswith(f"→ Menade du {meant}? Fälten är: title, ")


def test_a_plans_own_word_for_a_field_is_understood(servplan: Run, plan: Path) -> None:
    header = plan / "data/plan.yaml"
    header.write_text(header.read_text("utf-8") + "labels: {field.due: Klart senast}\n", "utf-8")
    done = servplan("set", "resa", "klart senast", "x", plan=plan)
    assert "Menade du ”due” (Klart senast)?" in done.err


def test_a_word_that_is_like_no_field_is_no_guess(servplan: Run, plan: Path) -> None:
    done = servplan("set", "resa", "status", "klar", plan=plan)
    assert done.err.splitlines()[1].startswith("→ Fälten är: title, ")
