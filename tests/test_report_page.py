"""The report's pages by construction: headings, landmarks, tables, links, and what is read aloud."""

import itertools
import re

import pytest
from markdown_it import MarkdownIt

from servplan.render.report.page import SECTIONS
from tests.conftest import Run
from tests.elements import Element, read
from tests.reports import FILES, page

PAGES = [("full", "sv"), ("board", "sv"), ("public", "en")]


@pytest.fixture(scope="module", params=PAGES, ids="-".join)
def html(request: pytest.FixtureRequest) -> Element:
    audience, lang = request.param
    return read(page(FILES, audience=audience, lang=lang))


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


def test_a_long_text_has_room_beside_what_stays_on_one_line() -> None:
    at_risk = "title: Resa\ndue: 2013-12-31\nlog: [{date: 2013-03-01, outlook: at_risk, action: Ny plan}]\n"
    shown = read(page(FILES | {"activities/resa.yaml": at_risk}))
    classes = [item.attributes.get("class") for item in shown.all("td") if item.text().strip() == "Ny plan"]
    assert classes == ["long"]
