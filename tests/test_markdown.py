"""Markdown: what a reader of it sees is what was said."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from servplan.render.blocks import Block, Cell, Column, Heading, Node, Span, Table, Tree, para
from servplan.render.markdown import markdown_text, write_markdown


def seen(blocks: list[Block]) -> list[tuple[str, str]]:
    """What a reader of Markdown sees: each text, with what it stands in."""
    found, inside = [], ""
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(write_markdown(blocks)):
        if token.type.endswith("_open") and token.tag != "p":
            inside = token.tag
        if token.type == "inline":
            found.append((inside, "".join(child.content for child in token.children or ())))
    return found


LINE_STARTS = [
    "# x",
    "- x",
    "+ x",
    "* x",
    "> x",
    "1. x",
    "12) x",
    "=== ",
    "---",
    "    x",
    "\tx",
    "~~~",
    "```",
    "|x|",
    "[x]: y",
]


@pytest.mark.parametrize("text", LINE_STARTS)
def test_a_text_that_begins_like_markdown_is_a_paragraph(text: str) -> None:
    assert shown(text) == re.sub(r" +", " ", text).strip()


def shown(text: str) -> str:
    """What a reader of Markdown sees of an escaped text that stands alone."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown_text(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return "".join(child.content for child in tokens[1].children or ())


PIECES = [
    "1. ",
    "# ",
    "- ",
    "+ ",
    "> ",
    "    ",
    "&lt;",
    "](x)",
    "[",
    "**",
    "_",
    "`",
    "~~",
    "<b>",
    "|",
    "\\",
    "!",
    "---",
    "===",
    "a",
    "å ö",
]
ANY_TEXT = st.lists(st.sampled_from(PIECES), min_size=1).map("".join).filter(lambda text: text.strip())


@given(ANY_TEXT)
def test_markdown_finds_nothing_to_read_in_any_text(text: str) -> None:
    assert shown(text) == re.sub(r" +", " ", text).strip()


@pytest.mark.parametrize("text", ["&lt;b&gt;", "R&amp;D", "&#42;"])
def test_an_entity_in_a_text_is_shown_as_it_was_written(text: str) -> None:
    assert shown(text) == text


def test_blocks_stand_in_what_markdown_has_for_them() -> None:
    table = Table((Column("Id"), Column("Antal", right=True)), ((Cell("ett"), Cell("7")),), "Tabell")
    tree = Tree((Node((Span("Rot", "strong"),), (Span("kod", "dim"),), (Node((Span("Blad"),)),)),))
    blocks = [Heading("Rubrik", "läget"), para("Stycke ", ("starkt", "strong")), table, tree]
    assert write_markdown(blocks) == (
        "## Rubrik\n\nläget\n\nStycke starkt\n\n"
        "**Tabell**\n\n| Id | Antal |\n|---|---:|\n| ett | 7 |\n\n"
        "- **Rot** · kod\n  - Blad\n"
    )


@given(ANY_TEXT, ANY_TEXT)
def test_no_text_becomes_markdown(one: str, other: str) -> None:
    table = Table((Column("x"), Column("y")), ((Cell(one), Cell(other)),))
    tree = Tree((Node((Span(one),), (), (Node((Span(other),)),)),))
    first, second = (re.sub(r" +", " ", text).strip() for text in (one, other))
    assert seen([table, tree]) == [
        ("th", "x"),
        ("th", "y"),
        ("td", first),
        ("td", second),
        ("li", first),
        ("li", second),
    ]


def test_a_text_of_several_lines_stays_in_its_place() -> None:
    table = Table((Column("x"),), ((Cell("ett\n\n- två\x1b[31m"),),))
    assert seen([table]) == [("th", "x"), ("td", "ett - två�[31m")]
