"""Texts of a plan in its reports: data, whatever they hold."""

import pytest
from markdown_it import MarkdownIt

from servplan.analysis.graph import Graph
from servplan.analysis.report import Span, build_report
from servplan.files.tree import MemoryTree
from servplan.load import load_plan
from servplan.render.formats import FORMATS
from servplan.render.report.page import report_page
from servplan.render.templates import checked_address
from servplan.render.words import words_of
from servplan.state import Standing
from tests.elements import read
from tests.plans import texts
from tests.reports import MARCH, TEMPLATES, nasty, page

NASTY = '<script>alert(1)</script> & "citat" | rör * stjärna * _u_ `kod` [x](javascript:x) # x ~~bort~~ 1 < 2'


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
