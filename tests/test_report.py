"""Reports: what they hold, by whom they may be read, and that their pages are well made."""

import itertools
import os
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from servplan.analysis.graph import Graph
from servplan.analysis.period import parse_period
from servplan.analysis.report import Report, Span, build_report
from servplan.diagnostics import ServplanError
from servplan.files.tree import MemoryTree
from servplan.load import load_plan
from servplan.public import public_plan
from servplan.render.formats import FORMATS
from servplan.render.report.page import SECTIONS, report_page
from servplan.render.templates import checked_address
from servplan.render.words import words_of
from servplan.state import Standing
from tests.conftest import ROOT, Run
from tests.plans import load, texts, write

HEADER = """\
servplan: 1
title: Verksamhetsplan för byarna
organisation: Testkommun
period: {start: 2013-01-01, end: 2015-12-31}
vision: {year: 2025, statements: [en trivsam kommun, fler invånare]}
background: |
  Första stycket.

  Andra stycket.
levels:
  - {id: overall, title: Övergripande mål}
  - {id: target, title: Mål 2015}
  - {id: sub-goal, title: Delmål 2013}
sources: [{id: bild, title: Bilder, occasion: Boden, date: 2013-04-30, link: https://example.org/bilder}]
terms: {KS: Kommunstyrelsen, BMB: Bygg- och miljönämnden}
contact_public: naringsliv@example.org
"""
FILES = {
    "plan.yaml": HEADER,
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "goals/levande.yaml": "title: En levande kommun\nlevel: overall\ndue: 2015-12-31\n",
    "goals/effektiv.yaml": "title: Effektiv service\nlevel: overall\ndue: 2015-12-31\n",
    "goals/punkter-2015.yaml": """\
        title: Servicepunkter finns
        level: target
        supports: [levande, effektiv]
        due: 2013-02-28
        reached_when: {is: completed, what: alla är klara}
        decided: [{body: KS, date: 2013-03-12, paragraph: § 12, link: https://example.org/p12}]
        log: [{date: 2013-03-20, assessment: not_achieved, reason: Försenat, evidence: [https://example.org/b]}]
    """,
    "goals/djupt.yaml": "title: Djupt mål\nlevel: sub-goal\nsupports: [punkter-2015]\n",
    "goals/djupare.yaml": "title: Djupare mål\nlevel: sub-goal\nsupports: [djupt]\n",
    "goals/djupast.yaml": "title: Djupast mål\nlevel: sub-goal\nsupports: [djupare]\n",
    "activities/resa.yaml": """\
        title: Resa till Boden
        supports: [djupast]
        owners: [landsbygd]
        due: 2013-03-10
        decided: [{body: KS, date: 2013-03-02}]
        log:
          - date: 2013-02-10
            status: in_progress
            outlook: at_risk
            action: Ny tid bokas
            recorded: 2013-03-05
          - {date: 2013-03-15, due: 2013-03-20, reason: Värden bad om det}
    """,
    "activities/klar.yaml": """\
        title: Kartläggning
        supports: [punkter-2015]
        log: [{known_by: 2013-03-08, status: done}]
    """,
    "activities/tyst.yaml": "title: Tyst arbete\nsupports: [punkter-2015]\ndue: 2013-02-28\n",
    "activities/sen.yaml": "title: Sedan\nsupports: [effektiv]\ndue: 2013-05-15\n",
    "activities/avbruten.yaml": """\
        title: Avbruten åtgärd
        supports: [effektiv]
        log: [{date: 2013-03-21, status: cancelled, reason: Behövs inte}]
    """,
    "activities/fri.yaml": "title: Fri åtgärd\n",
    "activities/utgatt.yaml": "title: Utgången\nretired: {date: 2013-02-01, reason: r}\n",
    "programmes/tio.yaml": "title: Tiopunktsprogrammet\npoints: 10\n",
    "boxes/mark.yaml": """\
        title: Mark är säkrad
        programme: tio
        owners: [landsbygd]
        log: [{date: 2013-03-05, ticked: true, evidence: [https://example.org/mark]}]
    """,
    "boxes/besok.yaml": "title: Besök\nprogramme: tio\nlog: [{date: 2013-03-06, count: 3}]\n",
}
"""A plan in which every section of a report has something to say of March 2013."""

TEMPLATES = {
    f"templates/{path.name}": path.read_text("utf-8")
    for path in (ROOT / "templates").iterdir()
    if path.is_file()
}


def report(files: dict[str, str], period: str = "2013-03") -> Report:
    found = parse_period(period)
    graph = Graph(Standing(load(files).plan, found.end))
    return build_report(graph, Span(found.start, found.end, found))


def page(
    files: dict[str, str],
    form: str = "html",
    audience: str = "full",
    period: str = "2013-03",
    lang: str = "sv",
) -> str:
    """The report of a plan's files on the shipped templates, unless the plan has its own."""
    own = {path: text for path, text in files.items() if path.startswith("templates/")}
    data = {path: text for path, text in files.items() if path not in own}
    tree = MemoryTree(TEMPLATES | texts(data) | own)
    loaded = load_plan(tree)
    assert loaded.diagnostics == ()
    plan = public_plan(loaded.plan) if audience == "public" else loaded.plan
    found = parse_period(period)
    view = build_report(Graph(Standing(plan, found.end)), Span(found.start, found.end, found))
    return FORMATS[form].render(report_page(view, plan, words_of(plan.header, lang), audience, []), tree)


MARCH = parse_period("2013-03")

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Element:
    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.inside: list[Element | str] = []

    def all(self, *tags: str) -> "list[Element]":
        """Every element below, or those of some tags, in the page's order."""
        found: list[Element] = []
        for item in self.inside:
            if isinstance(item, Element):
                found += [item] if not tags or item.tag in tags else []
                found += item.all(*tags)
        return found

    def text(self, spoken: bool = False) -> str:
        """The text inside; `spoken` leaves out what assistive technology does."""
        return "".join(
            item if isinstance(item, str) else item.text(spoken)
            for item in self.inside
            if isinstance(item, str) or not (spoken and item.attributes.get("aria-hidden") == "true")
        )


class Reader(HTMLParser):
    """Builds a page's elements, and finds fault with any that is not closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.current = Element("", {}, None)
        self.feed(html)
        self.close()
        assert self.current is self.root, f"<{self.current.tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs}, self.current)
        self.current.inside.append(element)
        if tag not in VOID:
            self.current = element

    def handle_endtag(self, tag: str) -> None:
        assert self.current.tag == tag, f"</{tag}> closes <{self.current.tag}>"
        assert self.current.parent is not None
        self.current = self.current.parent

    def handle_data(self, data: str) -> None:
        self.current.inside.append(data)


def read(html: str) -> Element:
    return Reader(html).root


PAGES = [("full", "sv"), ("board", "sv"), ("public", "en")]


@pytest.fixture(scope="module", params=PAGES, ids="-".join)
def html(request: pytest.FixtureRequest) -> Element:
    audience, lang = request.param
    return read(page(FILES, audience=audience, lang=lang))


# The page by construction


def test_a_page_has_one_main_heading_and_its_landmarks(html: Element) -> None:
    for tag in ("html", "title", "h1", "header", "nav", "main", "footer"):
        assert len(html.all(tag)) == 1, tag
    assert html.all("h1")[0].text() == "Verksamhetsplan för byarna"
    assert html.all("nav")[0].attributes["aria-label"]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_page_says_its_language(lang: str) -> None:
    assert read(page(FILES, lang=lang)).all("html")[0].attributes["lang"] == lang


def test_heading_levels_never_skip(html: Element) -> None:
    levels = [int(item.tag[1]) for item in html.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert [(before, after) for before, after in itertools.pairwise(levels) if after > before + 1] == []


def test_every_table_has_a_caption_and_heads_with_a_scope(html: Element) -> None:
    tables = html.all("table")
    assert len(tables) > 8
    for table in tables:
        (caption,) = table.all("caption")
        assert caption.text().strip()
        assert {item.attributes.get("scope") for item in table.all("thead")[0].all("th")} == {"col"}
        assert table.all("thead")[0].all("td") == []
        for row in table.all("tbody")[0].all("tr"):
            assert [item.attributes.get("scope") for item in row.all("th")] == ["row"]
            assert len(row.all("th", "td")) == len(table.all("thead")[0].all("th"))


def test_a_table_stays_one_where_its_rows_are_stacked(html: Element) -> None:
    for table in html.all("table"):
        heads = [item.text() for item in table.all("thead")[0].all("th")]
        for row in table.all("tbody")[0].all("tr"):
            assert row.attributes["role"] == "row"
            assert [item.attributes["data-head"] for item in row.all("td")] == heads[1:]
            assert {item.attributes["role"] for item in row.all("td")} <= {"cell"}


def test_days_stay_on_one_line(html: Element) -> None:
    day = re.compile(r"(senast |by )?\d{1,2} \w+ 20\d\d")
    spans = [item for table in html.all("table") for item in table.all("span")]
    days = [item for item in spans if day.fullmatch(item.text().strip())]
    assert {"whole" in item.attributes["class"].split() for item in days} == {True}


def test_every_id_stands_once(html: Element) -> None:
    ids = [item.attributes["id"] for item in html.all() if "id" in item.attributes]
    assert sorted(ids) == sorted(set(ids))


def test_a_goal_called_like_a_section_keeps_ids_unique() -> None:
    names = ("mal", "oversikt", "punkter", "om-planen", "beslut")
    files = {f"goals/{name}.yaml": f"title: {name}\nlevel: overall\n" for name in names}
    found = read(page(FILES | files))
    ids = [item.attributes["id"] for item in found.all() if "id" in item.attributes]
    assert sorted(ids) == sorted(set(ids))


def test_every_link_within_the_page_leads_somewhere(html: Element) -> None:
    ids = {item.attributes["id"] for item in html.all() if "id" in item.attributes}
    links = {item.attributes["href"] for item in html.all("a")}
    assert {link for link in links if link.startswith("#") and link[1:] not in ids} == set()


def test_every_link_has_words(html: Element) -> None:
    assert [
        item.attributes["href"] for item in html.all("a") if not re.search(r"\w", item.text(spoken=True))
    ] == []


def test_a_page_loads_and_runs_nothing(html: Element) -> None:
    assert html.all("script", "iframe", "object", "embed", "link", "img", "form", "base") == []
    for item in html.all():
        assert {"src", "srcset", "data", "action", "formaction", "background"}.isdisjoint(item.attributes)
        assert [name for name in item.attributes if name.startswith("on")] == []
    (style,) = html.all("style")
    assert re.findall(r"@import|url\(", style.text()) == []


def test_links_lead_to_the_web_or_within_the_page_only(html: Element) -> None:
    assert [
        item.attributes["href"]
        for item in html.all("a")
        if not re.match(r"https?://|#", item.attributes["href"])
    ] == []


def test_every_symbol_is_hidden_from_readers_and_has_a_word_beside_it(html: Element) -> None:
    symbols = [item for item in html.all("span") if "symbol" in item.attributes.get("class", "").split()]
    assert len(symbols) > 10
    for symbol in symbols:
        assert symbol.attributes.get("aria-hidden") == "true"
        assert symbol.parent is not None
        assert re.search(r"\w", symbol.parent.text(spoken=True))


def test_no_cell_is_empty_or_a_sign_alone(html: Element) -> None:
    bare = [
        item.text() for item in html.all("td", "th", "dd") if not re.search(r"\w", item.text(spoken=True))
    ]
    assert bare == []


def test_what_scrolls_can_be_reached_and_has_a_name(html: Element) -> None:
    for region in (item for item in html.all("div") if item.attributes.get("role") == "region"):
        assert region.attributes["tabindex"] == "0"
        assert region.attributes["aria-label"]


def test_the_shipped_plans_page_is_well_made_too(servplan: Run) -> None:
    done = servplan("report", "--format", "html", "-o", "-")
    assert (done.code, done.err) == (0, "")
    found = read(done.out)
    ids = [item.attributes["id"] for item in found.all() if "id" in item.attributes]
    assert len(set(ids)) == len(ids)
    links = {item.attributes["href"] for item in found.all("a")}
    assert {link for link in links if link.startswith("#") and link[1:] not in ids} == set()


@pytest.mark.parametrize("audience", SECTIONS)
def test_markdown_has_one_main_heading_and_skips_no_level(audience: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(page(FILES, "md", audience))
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    assert levels.count(1) == 1
    assert [(one, two) for one, two in itertools.pairwise(levels) if two > one + 1] == []


def test_markdown_and_html_hold_the_same_tables() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(page(FILES, "md"))
    rows = sum(1 for token in tokens if token.type == "tr_open")
    found = read(page(FILES))
    assert sum(1 for token in tokens if token.type == "table_open") == len(found.all("table"))
    assert rows == len(found.all("tr"))


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
    assert "| Mark är säkrad | [x] Avprickad 5 mars 2013 | Landsbygd | Ej angivet |" in text


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


# Texts are data

NASTY = '<script>alert(1)</script> & "citat" | rör * stjärna * _u_ `kod` [x](javascript:x) # x ~~bort~~ 1 < 2'


def nasty(text: str) -> dict[str, str]:
    quoted = "'" + text.replace("'", "''") + "'"
    condition = f"{{is: started, what: {quoted}}}"
    entry = f"{{date: 2013-03-03, status: done, note: {quoted}}}"
    return {
        "plan.yaml": HEADER.replace("title: Verksamhetsplan för byarna", f"title: {quoted}"),
        "goals/malet.yaml": f"title: {quoted}\nlevel: overall\nreached_when: {condition}\n",
        "activities/aa.yaml": f"title: {quoted}\nsupports: [malet]\nlog: [{entry}]\n",
        "programmes/prog.yaml": f"title: {quoted}\n",
        "boxes/box.yaml": f"title: {quoted}\nprogramme: prog\n",
    }


def test_every_text_stands_in_html_as_it_was_written() -> None:
    found = read(page(nasty(NASTY)))
    assert found.all("script") == []
    assert found.all("h1")[0].text() == NASTY
    heads = [item.text() for item in found.all("th")]
    assert heads.count(NASTY) >= 2
    assert found.all("h3")[0].text().endswith(NASTY)
    assert NASTY in found.all("li")[-1].text()


def test_every_text_stands_in_markdown_as_it_was_written() -> None:
    tokens = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .parse(page(nasty(NASTY), "md"))
    )
    assert [token.type for token in tokens if token.type.startswith("html")] == []
    inline = [token for token in tokens if token.type == "inline"]
    kinds = {child.type for token in inline for child in token.children or ()}
    assert kinds <= {
        "text",
        "text_special",
        "strong_open",
        "strong_close",
        "softbreak",
        "link_open",
        "link_close",
    }
    seen = ["".join(child.content for child in token.children or ()) for token in inline]
    assert seen[0] == NASTY
    assert sum(1 for text in seen if NASTY in text) >= 6
    links = [
        child.attrs["href"] for token in inline for child in token.children or () if child.type == "link_open"
    ]
    assert [link for link in links if not str(link).startswith("https://")] == []


def test_a_text_of_several_lines_stays_in_its_cell() -> None:
    lines = "Första\n\n# Andra\n| tredje | x |\n- fjärde"
    quoted = '"' + lines.replace("\n", "\\n") + '"'
    files = {"activities/aa.yaml": f"title: A\nlog: [{{date: 2013-03-03, status: done, note: {quoted}}}]\n"}
    tokens = MarkdownIt("commonmark").enable("table").parse(page(files, "md"))
    assert "Andra" not in [token.content for token in tokens if token.type == "inline"]
    (cell,) = (token.content for token in tokens if token.type == "inline" and "tredje" in token.content)
    assert "Första" in cell
    assert "fjärde" in cell
    assert lines in read(page(files)).text()


@pytest.mark.parametrize("text", ["&lt;b&gt;", "R&amp;D", "&#42;"])
def test_an_entity_in_a_text_stays_as_it_was_written(text: str) -> None:
    assert read(page(nasty(text))).all("h1")[0].text() == text


INVISIBLE = ["\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]


@pytest.mark.parametrize("form", ["md", "html"])
def test_nothing_in_a_report_turns_the_reading_direction(form: str) -> None:
    title = "title: " + "".join(f"a{sign}" for sign in INVISIBLE)
    text = page({"goals/malet.yaml": f"level: overall\n{title}\n"}, form)
    assert "a" in text
    assert [hex(ord(sign)) for sign in INVISIBLE if sign in text] == []


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/å?a=1", True),
        ("http://example.org", True),
        ("#malet", True),
        ("underlag/a.pdf", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
    ],
)
def test_only_addresses_of_the_web_and_paths_become_links(address: str, kept: bool) -> None:
    assert checked_address(address) == (address if kept else "")


EVIDENCE = """\
title: A
log:
  - date: 2013-03-03
    status: done
    evidence: [https://example.org/a?b=1&c=<x>, HTTP://example.org/b, README.md, 'javascript:alert(1)']
"""


def test_evidence_on_the_web_is_a_link_and_nothing_else_is() -> None:
    tree = MemoryTree(TEMPLATES | texts({"activities/aa.yaml": EVIDENCE}))
    plan = load_plan(tree).plan
    view = build_report(Graph(Standing(plan, MARCH.end)), Span(MARCH.start, MARCH.end, MARCH))
    shown = report_page(view, plan, words_of(plan.header, "sv"), "full", [])
    web = {"https://example.org/a?b=1&c=%3Cx%3E", "HTTP://example.org/b"}
    html = read(FORMATS["html"].render(shown, tree))
    assert {item.attributes["href"] for item in html.all("a") if "#" not in item.attributes["href"]} == web
    row = next(item for item in html.all("tr") if "https://example.org/a" in item.text())
    assert row.text().strip().endswith("b=1&c=<x>, HTTP://example.org/b, README.md, javascript:alert(1)")
    tokens = MarkdownIt("commonmark").enable("table").parse(FORMATS["md"].render(shown, tree))
    links = (child for token in tokens for child in token.children or () if child.type == "link_open")
    assert {child.attrs["href"] for child in links} == web


def test_a_link_cannot_leave_its_brackets() -> None:
    link = "https://example.org/) [x](https://evil.example/"
    decided = f"decided: [{{body: KS, date: 2013-03-12, paragraph: § 1, link: '{link}'}}]"
    text = page({"goals/malet.yaml": f"title: M\nlevel: overall\n{decided}\n"}, "md")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    links = [
        str(child.attrs["href"])
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert [item for item in links if item.startswith("https://evil")] == []


# Templates


def test_a_plans_own_template_wins() -> None:
    own = {"templates/report.md.j2": "Hej {{ page.organisation|md }}\n"}
    assert page(FILES | own, "md") == "Hej Testkommun\n"
    assert page(FILES | own, "html").startswith("<!DOCTYPE html>")


def test_a_plans_own_style_wins() -> None:
    assert "body { color: teal }" in page(FILES | {"templates/report.css": "body { color: teal }"})


def test_a_plans_own_html_template_escapes_too() -> None:
    own = {"templates/report.html.j2": "{{ page.title }}"}
    assert page(nasty("<b>") | own) == "&lt;b&gt;"


def test_a_template_may_be_indented_by_tabs() -> None:
    own = {"templates/report.md.j2": "{% if page.title %}\n\t{{ page.organisation }}\n{% endif %}"}
    assert page(FILES | own, "md") == "\tTestkommun\n"


FAILING = {
    "syntax": "a\n{% if %}\n",
    "undefined": "a\n{{ page.okand }}\n",
    "type": "a\n{{ page.title + 1 }}\n",
    "zero": "a\n{{ 1 // 0 }}\n",
    "lookup": "a\n{{ 'x'.encode('okand') }}\n",
    "format": "a\n{{ '{x}'.format() }}\n",
    "endless": "{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}\n",
    "missing": "a\n{% include 'saknas.j2' %}\n",
    "outside": "a\n{% include '../data/plan.yaml' %}\n",
    "filter": "a\n{{ page.title|okant }}\n",
    "huge": "a\n{{ range(10 ** 9)|list }}\n",
}


@pytest.mark.parametrize("fault", FAILING)
def test_a_template_that_fails_is_a_clear_error(servplan: Run, tmp_path: Path, fault: str) -> None:
    plan = write(tmp_path / "plan", FILES)
    (plan / "templates").mkdir()
    (plan / "templates" / "report.md.j2").write_text(FAILING[fault], encoding="utf-8")
    done = servplan("report", "--format", "md", "-o", str(tmp_path / "ut"), plan=plan)
    assert (done.code, done.out) == (3, "")
    first, remedy = done.err.splitlines()
    assert re.match(r"Mallen \S+ ", first)
    assert remedy.startswith("→ Rätta planens egen mall")
    assert not (tmp_path / "ut").exists()


def test_a_failing_template_is_told_with_its_line() -> None:
    with pytest.raises(ServplanError) as error:
        page(FILES | {"templates/report.md.j2": FAILING["undefined"]}, "md")
    assert (error.value.code, error.value.params["name"], error.value.params["line"]) == (
        "bad-template",
        "report.md.j2",
        "2",
    )


@pytest.mark.parametrize(
    "expression",
    [
        "page.__class__.__mro__",
        "''.__class__.__base__.__subclasses__()",
        "page|attr('__class__')",
        "page.title.__init__.__globals__",
        "self.__init__.__globals__",
        "cycler.__init__.__globals__",
        "'{0.__class__.__init__.__globals__}'.format(page)",
        "page.sections.__class__",
        "[].append(1)",
    ],
)
def test_a_template_reaches_nothing_but_its_page(expression: str) -> None:
    with pytest.raises(ServplanError) as error:
        page(FILES | {"templates/report.md.j2": f"{{{{ {expression} }}}}"}, "md")
    assert error.value.code == "bad-template"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets not everybody make links")
def test_a_template_that_is_a_link_out_of_the_plan_is_not_read(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", FILES)
    (tmp_path / "utanfor.txt").write_text("UTANFÖR PLANEN", encoding="utf-8")
    (plan / "templates").mkdir()
    (plan / "templates" / "report.md.j2").symlink_to(tmp_path / "utanfor.txt")
    done = servplan("report", "--format", "md", "-o", "-", plan=plan)
    assert "UTANFÖR" not in done.out
    assert "Traceback" not in done.err


def test_a_folder_in_a_templates_place_is_said_in_words(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", FILES)
    (plan / "templates" / "report.md.j2").mkdir(parents=True)
    done = servplan("report", "--format", "md", "-o", "-", plan=plan)
    assert "Traceback" not in done.err
    assert done.code in (0, 3)


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
