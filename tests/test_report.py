"""Reports: what they hold, by whom they may be read, and how days and periods are written."""

from datetime import date
from pathlib import Path

import pytest

from servplan.render.formats import FORMATS
from servplan.render.report.page import SECTIONS
from tests.conftest import Run
from tests.elements import read
from tests.plans import write
from tests.reports import FILES, HEADER, page, report

# The same again


def test_the_same_plan_and_date_give_the_same_bytes(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", FILES)
    for form in FORMATS:
        runs = {
            servplan("report", "--period", "2013-03", "--format", form, "-o", "-", plan=plan, **environment)
            for environment in (
                {"PYTHONHASHSEED": "1", "SERVPLAN_TODAY": "2013-04-20"},
                {"PYTHONHASHSEED": "2", "SERVPLAN_TODAY": "2019-01-01", "TZ": "Asia/Tokyo"},
            )
        }
        ((code, out, err),) = runs
        assert (code, err) == (0, "")
        assert out


def test_the_report_is_written_as_markdown_and_html_when_not_told(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", FILES)
    done = servplan("report", "-o", str(tmp_path / "ut"), plan=plan, SERVPLAN_TODAY="2013-04-11")
    assert done == (0, f"{tmp_path}/ut/report-2013-03.md\n{tmp_path}/ut/report-2013-03.html\n", "")
    assert (tmp_path / "ut" / "report-2013-03.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert (
        (tmp_path / "ut" / "report-2013-03.md")
        .read_text("utf-8")
        .startswith("# Verksamhetsplan för byarna\n")
    )


@pytest.mark.parametrize(
    ("today", "name"), [("2013-04-10", "report-2013-02.md"), ("2013-04-11", "report-2013-03.md")]
)
def test_the_period_is_the_last_one_whose_grace_is_over(
    servplan: Run, tmp_path: Path, today: str, name: str
) -> None:
    plan = write(tmp_path / "plan", FILES)
    done = servplan("report", "--format", "md", "-o", str(tmp_path), plan=plan, SERVPLAN_TODAY=today)
    assert done == (0, f"{tmp_path}/{name}\n", "")


def test_free_days_may_be_reported(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", FILES)
    arguments = ("--as-of", "2013-03-17", "--since", "2013-03-02", "--format", "md", "--audience", "board")
    done = servplan("report", *arguments, "-o", str(tmp_path), plan=plan)
    assert done == (0, f"{tmp_path}/report-2013-03-02--2013-03-17-board.md\n", "")


# What it holds


def test_what_was_recorded_in_the_period_changed_and_what_happened_before_is_late() -> None:
    files = {
        "activities/aa.yaml": """\
            title: A
            log:
              - {date: 2013-02-10, note: before}
              - {date: 2013-02-20, note: late, recorded: 2013-03-05}
              - {date: 2013-03-01, note: first}
              - {date: 2013-03-31, note: last, recorded: 2013-03-31}
              - {date: 2013-03-10, note: told in April, recorded: 2013-04-02}
              - {date: 2013-04-01, note: after}
              - {known_by: 2013-03-15, note: known}
              - {date: 2013-03-16, note: wrong, voided: {date: 2013-03-17, reason: r}}
        """
    }
    march, april = report(files), report(files, "2013-04")
    assert [event.entry.note for event in march.changed] == ["first", "known", "last"]
    assert [event.entry.note for event in march.late] == ["late"]
    assert [event.entry.note for event in april.changed] == ["after"]
    assert [event.entry.note for event in april.late] == ["told in April"]


def test_what_is_reported_afterwards_stands_under_its_own_caption() -> None:
    captions = {item.text(): item.parent for item in read(page(FILES)).all("caption")}
    late = captions["Efterrapporterat"]
    assert late is not None
    assert [row.all("th")[0].text() for row in late.all("tr")[1:]] == ["Resa till Boden"]
    assert "10 februari 2013" in late.text()


def test_an_event_of_which_only_a_latest_day_is_known_says_so() -> None:
    assert "senast 8 mars 2013" in read(page(FILES)).text()


def test_decisions_are_those_taken_in_the_period_by_day() -> None:
    found = report(FILES)
    assert [(row.id, str(row.decision.date)) for row in found.decisions] == [
        ("resa", "2013-03-02"),
        ("punkter-2015", "2013-03-12"),
    ]
    assert report(FILES, "2013-04").decisions == ()


def test_overdue_unanswered_and_upcoming_are_kept_apart() -> None:
    found = report(FILES)
    assert [duty.id for duty in found.overdue] == ["resa"]
    assert [duty.id for duty in found.unanswered] == ["tyst"]
    assert [duty.id for duty in found.upcoming] == ["sen"]


def test_every_existing_activity_stands_under_its_goals_or_among_those_that_serve_none() -> None:
    files = FILES | {
        "goals/borta.yaml": "title: Borta\nlevel: target\nretired: {date: 2013-02-01, reason: r}\n",
        "activities/herrelos.yaml": "title: Herrelös\nsupports: [borta]\n",
        "activities/delad.yaml": "title: Delad\nsupports: [sen]\n",
    }
    found = report(files)
    shown = {row.record.id for row in found.loose}
    waiting = list(found.goals)
    while waiting:
        line = waiting.pop()
        shown |= {row.record.id for row in line.activities}
        waiting.extend(line.goals)
    assert shown == {"resa", "klar", "tyst", "delad", "avbruten", "fri", "herrelos"}


def test_a_goal_under_two_goals_is_opened_once_and_pointed_to_after() -> None:
    found = read(page(FILES))
    headings = [item for item in found.all("h4") if "Servicepunkter finns" in item.text()]
    assert ["id" in item.attributes for item in headings] == [True, False]
    (pointer,) = (item for item in found.all("p") if item.attributes.get("class") == "pointer")
    assert pointer.all("a")[0].attributes["href"] == "#" + headings[0].attributes["id"]


def test_the_three_axes_of_a_goal_are_shown_apart() -> None:
    found = read(page(FILES))
    start = next(item for item in found.all("h4") if "Servicepunkter finns" in item.text())
    assert start.parent is not None
    facts = start.parent.all("dl")[0]
    shown = {
        item.all("dt")[0].text(): item.all("dd")[0].text(spoken=True).strip() for item in facts.all("div")
    }
    assert shown["Rapporterat"] == "Ej uppnått"
    assert shown["Underlag finns"] == "ja · https://example.org/b"
    assert shown["Aktiviteternas tidsläge"] == "Aktiviteter försenade"
    assert shown["I tid"] == "Ej uppnått till slutdatum"


REACHED = {
    "goals/malet.yaml": """\
        title: Målet
        level: overall
        due: 2012-12-31
        log: [{date: 2013-03-20, assessment: achieved}]
    """,
    "activities/sen.yaml": """\
        title: Sen
        supports: [malet]
        due: 2013-01-31
        log: [{date: 2013-03-15, status: done}]
    """,
}
"""A goal that is reached after its due date, by an activity that was done after its own."""


def test_a_goal_reached_late_says_so_beside_its_due_date() -> None:
    text = page(REACHED, "md")
    assert "- Aktiviteternas tidsläge: ● Ingen aktivitet försenad" in text
    assert "- Klara aktiviteter: 1 av 1, 1 klar efter slutdatum" in text
    assert "- I tid: ! Uppnått efter slutdatum (20 mars 2013)" in text


def test_a_goal_whose_due_date_was_moved_says_what_was_promised() -> None:
    log = "log: [{date: 2013-02-01, due: 2013-06-30, reason: r}]"
    text = page({"goals/malet.yaml": f"title: M\nlevel: overall\ndue: 2013-04-30\n{log}\n"}, "md")
    assert "- Slutdatum: 30 juni 2013 (ursprungligen 30 april 2013)" in text


DEVIATING = """\
title: M
level: overall
reached_when: {is: completed, what: allt är klart}
log: [{date: 2013-03-20, assessment: achieved%s}]
"""


@pytest.mark.parametrize(
    ("reason", "said"), [(", reason: Alla är nöjda", "Alla är nöjda"), ("", "Ej angivet")]
)
def test_an_assessment_against_the_proposal_tells_its_reason_or_that_there_is_none(
    reason: str, said: str
) -> None:
    text = page({"goals/malet.yaml": DEVIATING % reason}, "md")
    assert f"- Skäl till att bedömningen avviker från förslaget: {said}" in text


INDICATOR = """\
title: Betyg
measures: [levande]
unit: betyg 1–5
direction: up
target: {what: "minst 4,0", value: 4}
values: [{period: "2012", value: 3.4}, {period: "2013", value: 3.9, published: 2013-04-01}]
"""


def test_a_goal_shows_its_indicators_by_the_values_published_by_then() -> None:
    files = FILES | {"indicators/betyg.yaml": INDICATOR}
    assert "| Betyg | 3,4 betyg 1–5 (2012) | minst 4,0 | ○ Målvärdet ej nått |" in page(files, "md")
    assert "| Betyg | 3,9 betyg 1–5 (2013) |" in page(files, "md", period="2013-04")


def test_a_point_shows_its_count_its_due_date_and_the_day_it_was_ticked() -> None:
    files = FILES | {
        "boxes/moten.yaml": "title: Möten\nprogramme: tio\ndue: 2013-03-01\ntarget_count: 15\n"
        "log: [{date: 2013-02-01, count: 12}]\n"
    }
    text = page(files, "md")
    assert "| Punkt | Läge | Ansvarig | Antal | Slutdatum | Underlag |" in text
    assert (
        "| Möten | ! Inte avprickad · Försenad | ! Ansvarig saknas | 12 av 15 | 1 mars 2013 | Inget |" in text
    )
    assert "| Mark är säkrad | [x] Avprickad 5 mars 2013 | Landsbygd | – |" in text


def test_goals_and_points_at_risk_stand_beside_the_activities_by_due_date() -> None:
    files = FILES | {
        "goals/svart.yaml": "title: Svårt\nlevel: overall\ndue: 2013-12-31\n"
        "log: [{date: 2013-03-01, assessment: not_expected, action: Ny plan}]\n",
        "boxes/larm.yaml": "title: Larm\nprogramme: tio\nlog: [{date: 2013-03-01, outlook: at_risk}]\n",
        "goals/missat.yaml": "title: Missat\nlevel: overall\n"
        "log: [{date: 2013-03-01, outlook: off_track, assessment: not_achieved}]\n",
    }
    assert [row.record.id for row in report(files).deviating] == ["resa", "svart", "larm"]
    assert "| Svårt | Mål | ↘ Bedöms inte uppnås | ! Ansvarig saknas | 31 december 2013 | Ny plan |" in page(
        files, "md"
    )


def test_what_is_most_overdue_stands_first() -> None:
    entry = "log: [{date: 2013-01-10, status: in_progress}]"
    due = {"aa": "2013-03-01", "bb": "2013-01-31", "cc": "2013-02-28"}
    files = {f"activities/{id_}.yaml": f"title: T\ndue: {day}\n{entry}\n" for id_, day in due.items()}
    files["activities/bb.yaml"] += "owners: [landsbygd]\n"
    files["owners/landsbygd.yaml"] = "title: Landsbygd\ntype: unit\n"
    assert [duty.id for duty in report(files).overdue] == ["bb", "cc", "aa"]


def test_what_is_dated_by_month_is_told_in_that_month_whenever_it_was_written() -> None:
    entry = "{known_by: 2013-03-31, status: done, recorded: 2013-04-20}"
    files = {"activities/aa.yaml": f"title: A\nlog: [{entry}]\n"}
    assert [event.id for event in report(files).changed] == ["aa"]
    assert [event.id for event in report(files, "2013-04").late] == ["aa"]
    assert "| A | senast 31 mars 2013 | Status: Klar |" in page(files, "md")


def test_a_share_leaves_the_cancelled_out_and_they_are_shown_beside_it() -> None:
    tally = report(FILES).status.activities
    assert (tally.done, tally.counted, tally.total) == (1, 5, 6)
    text = read(page(FILES)).text()
    assert "1 av 5" in text
    assert "1 avbruten räknas inte" in text
    assert "6 aktiviteter efter status" in text


def test_deviations_say_what_is_done_about_them() -> None:
    text = page(FILES, "md")
    assert "Ny tid bokas" in text
    assert "Värden bad om det" in text


def test_a_programme_says_how_many_points_it_declared() -> None:
    text = page(FILES, "md")
    assert "10" in next(line for line in text.splitlines() if "av 2" in line and "10" in line)


def test_what_was_retired_is_counted() -> None:
    assert len(report(FILES).retired) == 1
    assert "1 post har utgått" in read(page(FILES)).text()


def test_a_plan_without_anything_has_a_report(tmp_path: Path, servplan: Run) -> None:
    plan = write(tmp_path / "plan", {})
    for audience in SECTIONS:
        done = servplan("report", "--audience", audience, "-o", "-", plan=plan)
        assert (done.code, done.err) == (0, "")


def test_a_report_in_english_has_no_swedish_of_its_own() -> None:
    text = read(page(FILES, lang="en")).all("main")[0].text().replace("levande kommun", "")
    assert "In progress" in text
    assert [word for word in ("Pågår", "Försenad", "Ansvarig", "mars") if word in text] == []


# For whom

INTERNAL = {
    "plan.yaml": HEADER + "internal_note: HEMLIGT\nvisibility: {case: internal}\n",
    "owners/dold.yaml": "title: HEMLIG enhet\ntype: unit\nvisibility: internal\n",
    "goals/dolt.yaml": "title: HEMLIGT mål\nlevel: overall\nvisibility: internal\n",
    "activities/dold.yaml": "title: HEMLIG åtgärd\nsupports: [levande]\nvisibility: internal\n"
    "log: [{date: 2013-03-03, status: done}]\n",
    "cases/bevakning.yaml": "title: HEMLIG bevakning\nlog: [{date: 2013-03-03, note: HEMLIGT}]\n",
    "activities/oppen.yaml": """\
        title: Öppen åtgärd
        supports: [levande, dolt]
        owners: [dold]
        internal_note: HEMLIG
        log:
          - {date: 2013-03-03, status: in_progress, by: dold, internal_note: HEMLIG, note: Öppet}
          - {date: 2013-03-04, note: HEMLIG, visibility: internal}
    """,
}
INTERNAL["activities/dold-a.yaml"] = INTERNAL.pop("activities/dold.yaml")


@pytest.mark.parametrize("form", FORMATS)
def test_a_public_report_holds_nothing_internal(form: str) -> None:
    files = FILES | INTERNAL
    assert "HEMLIG" in page(files, form)
    shown = page(files, form, "public")
    assert "HEMLIG" not in shown
    assert "dold" not in shown
    assert "Öppen åtgärd" in shown


def test_a_public_report_sums_what_is_public() -> None:
    shown = page(FILES | INTERNAL, "md", "public")
    assert "7 aktiviteter efter status" in shown
    assert "8 aktiviteter efter status" in page(FILES | INTERNAL, "md")


def test_an_unreadable_header_makes_nothing_public(servplan: Run, tmp_path: Path) -> None:
    faulty = FILES | INTERNAL | {"plan.yaml": INTERNAL["plan.yaml"] + "okand: nyckel\n"}
    arguments = ("--audience", "public", "--period", "2013-03", "--allow-errors", "-o", "-")
    done = servplan("report", *arguments, plan=write(tmp_path / "plan", faulty))
    assert "HEMLIG" not in done.out


@pytest.mark.parametrize("audience", SECTIONS)
def test_each_audience_has_its_sections_in_its_order(audience: str) -> None:
    anchors = [item.attributes["id"] for item in read(page(FILES, audience=audience)).all("h2")]
    ids = [anchor.removeprefix("avsnitt_") for anchor in anchors]
    expected = {
        "full": "oversikt beslut forandringar mal punkter avvikelser ej-rapporterat utan-ansvarig kommande "
        "om-planen",
        "board": "oversikt beslut avvikelser mal punkter kommande ej-rapporterat om-planen",
        "public": "mal-i-korthet mal punkter beslut forandringar avvikelser ej-rapporterat oversikt om-planen",
    }
    assert ids == expected[audience].split()


# Dates as they are written


@pytest.mark.parametrize(
    ("period", "lang", "said"),
    [
        ("2013-03", "sv", "mars 2013"),
        ("2013", "sv", "2013"),
        ("2013-03", "en", "March 2013"),
    ],
)
def test_a_period_is_written_in_words(period: str, lang: str, said: str) -> None:
    found = read(page(FILES, period=period, lang=lang))
    subtitle = next(item for item in found.all("p") if item.attributes.get("class") == "subtitle")
    assert subtitle.text().endswith(said)


def test_the_page_says_of_which_day_it_is() -> None:
    said = next(item for item in read(page(FILES)).all("p") if item.attributes.get("class") == "date")
    assert "31 mars 2013" in said.text()
    assert date(2013, 3, 31).isoformat() not in said.text()
