"""What a command prints: plainly into pipes, with colours and in the width of a terminal."""

import re
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from servplan.analysis.events import build_events
from servplan.analysis.graph import Graph
from servplan.analysis.programme import build_programmes
from servplan.analysis.status import build_status
from servplan.files.tree import WorkTree
from servplan.load import load_plan
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.render.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Node,
    Para,
    Span,
    Table,
    Tree,
    bar,
    para,
    rows_of,
    safe,
)
from servplan.render.plain import width, write_plain
from servplan.render.terminal import write_terminal
from servplan.render.views.follow_up import events_blocks
from servplan.render.views.programme import programme_blocks
from servplan.render.views.records import list_blocks, show_blocks
from servplan.render.views.status import status_blocks, tree_blocks
from servplan.render.words import Words
from servplan.state import Standing
from tests.conftest import ROOT

DAY = date(2014, 1, 20)
WORDS = Words("sv")


def art(blocks: list[Block], columns: int = 80, colours: bool = True) -> str:
    """What a terminal of so many columns is sent."""
    screen = StringIO()
    system = "truecolor" if colours else None
    console = Console(
        width=columns,
        file=screen,
        force_terminal=True,
        highlight=False,
        color_system=system,
        legacy_windows=False,
    )
    write_terminal(blocks, console)
    return screen.getvalue()


def seen(blocks: list[Block], columns: int = 80) -> list[str]:
    """The lines on a terminal, without its colours."""
    return re.sub("\x1b\\[[0-9;]*m", "", art(blocks, columns)).splitlines()


def shipped() -> dict[str, list[Block]]:
    """What commands show of the shipped plan, whose titles are long."""
    plan = load_plan(WorkTree(ROOT)).plan
    graph = Graph(Standing(plan, DAY))
    records = graph.standing.records
    goals = [item for item in records.values() if isinstance(item, Goal)]
    activities = [item for item in records.values() if isinstance(item, Activity)]
    return {
        "status": status_blocks(build_status(graph), graph, WORDS),
        "tree": tree_blocks(graph, [item for item in goals if item.level == "overall"], WORDS),
        "list goals": list_blocks(graph, Goal, goals, WORDS),
        "list activities": list_blocks(graph, Activity, activities, WORDS),
        "programme": programme_blocks(DAY, build_programmes(graph.standing), plan, WORDS),
        "show": show_blocks(graph, records["mallar-lup"], [], WORDS),
        "events": events_blocks(build_events(plan, DAY), (None, DAY), plan, WORDS),
    }


SHIPPED = shipped()


# Plainly


def test_a_table_aligns_its_columns_for_swedish_letters_too() -> None:
    columns = (Column("Id"), Column("Namn"), Column("Antal", right=True))
    rows = (
        (Cell("å"), Cell("Åsa o\u0308rn"), Cell("5")),
        (Cell("abc"), Cell("Östra Bodarne"), Cell("1234")),
        (Cell("日本"), Cell("x"), Cell("–")),
    )
    lines = write_plain([Table(columns, rows, "Tabell")]).splitlines()
    assert lines == [
        "Tabell",
        "Id    Namn           Antal",
        "å     Åsa o\u0308rn            5",
        "abc   Östra Bodarne   1234",
        "日本  x                  –",
    ]


def test_a_table_without_heads_shows_none() -> None:
    rows = ((Cell("a"), Cell("1")), (Cell("bb"), Cell("2")))
    assert write_plain([Table((Column(""), Column("")), rows)]) == "a   1\nbb  2\n"


def test_lines_of_a_tree_show_what_stands_under_what() -> None:
    leaf = Node((Span("Blad"),), (Span("● Klar"),))
    tree = Tree(
        (Node((Span("Rot"),), (), (Node((Span("Gren"),), (), (leaf, leaf)), leaf)), Node((Span("Rot två"),)))
    )
    assert write_plain([tree]).splitlines() == [
        "Rot",
        "├── Gren",
        "│   ├── Blad  ● Klar",
        "│   └── Blad  ● Klar",
        "└── Blad  ● Klar",
        "Rot två",
    ]


def test_blocks_stand_apart_by_an_empty_line() -> None:
    blocks = [Heading("Rubrik", "läget"), para("Stycke ", ("starkt", "strong")), Tree(())]
    assert write_plain(blocks) == "Rubrik  läget\n\nStycke starkt\n"


def test_plain_text_cuts_nothing() -> None:
    long = "ord " * 100
    assert long.strip() in write_plain([Table((Column("", wraps=True),), ((Cell(long),),))])


@pytest.mark.parametrize("name", SHIPPED)
def test_no_line_ends_with_a_space(name: str) -> None:
    assert [line for line in write_plain(SHIPPED[name]).splitlines() if line != line.rstrip()] == []


@given(st.text(st.sampled_from("aåäöÅ–●日本e\u0301"), max_size=12))
def test_widths_are_those_of_the_terminal(text: str) -> None:
    assert width(text) == cell_len(text)


# On a terminal


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("name", SHIPPED)
def test_no_line_is_wider_than_the_terminal(name: str, columns: int) -> None:
    assert [line for line in seen(SHIPPED[name], columns) if cell_len(line) > columns] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_terminal_shows_every_word_that_a_pipe_gets(name: str) -> None:
    def letters(text: str) -> list[str]:
        return sorted(re.findall(r"\w", text))

    assert letters(" ".join(seen(SHIPPED[name]))) == letters(write_plain(SHIPPED[name]))


def test_long_lines_of_a_tree_go_on_under_themselves() -> None:
    tree = Tree((Node((Span("Rot"),), (), (Node((Span("ord " * 30),), (Span("● Klar"),)),)),))
    lines = seen([tree], 40)
    assert lines[1].startswith("└─ ord")
    assert lines[1].endswith("● Klar")
    assert all(line.startswith("     ord") for line in lines[2:])


def test_colour_is_never_alone() -> None:
    blocks = SHIPPED["status"] + SHIPPED["programme"]
    assert "\x1b[" in art(blocks)
    assert re.sub("\x1b\\[[0-9;]*m", "", art(blocks)) == re.sub(
        "\x1b\\[[0-9;]*m", "", art(blocks, colours=False)
    )


@pytest.mark.parametrize(
    "text", ["[red]rött[/red]", "[/]", "[link=https://example.org]x[/link]", ":smile:", "\\[x]"]
)
def test_a_text_that_looks_like_markup_is_shown_as_it_is(text: str) -> None:
    cell = Table((Column(text),), ((Cell(text),),), text)
    blocks: list[Block] = [
        Heading(text, text),
        Para((Span(text),)),
        cell,
        Tree((Node((Span(text),), (Span(text),)),)),
    ]
    assert " ".join(seen(blocks)).count(text) == 8


UNSAFE = [
    "\x1b",
    "\x07",
    "\x08",
    "\r",
    "\x9b",
    "\x00",
    "\u061c",
    "\u200e",
    "\u202e",
    "\u2066",
    "\u2069",
    "\ufeff",
]


@pytest.mark.parametrize("sign", UNSAFE, ids=[f"U+{ord(sign):04X}" for sign in UNSAFE])
def test_no_text_moves_the_cursor_or_turns_the_reading_direction(sign: str) -> None:
    text = f"a{sign}[31mb"
    cell = Table((Column(text),), ((Cell(text),),), text)
    blocks: list[Block] = [
        Heading(text, text),
        Para((Span(text),)),
        cell,
        Tree((Node((Span(text),), (Span(text),)),)),
    ]
    assert sign not in safe(text)
    assert sign not in write_plain(blocks)
    assert sign not in "".join(seen(blocks))


@given(st.text())
def test_safe_text_keeps_letters_signs_and_lines(text: str) -> None:
    kept = re.sub("[^\\w .,:;!?()/“”’–—&%§+=<>\n-]", "", text)
    assert safe(kept) == kept


# What blocks are made of


@given(st.integers(0, 200), st.integers(0, 200), st.integers(2, 40))
def test_a_bar_is_full_only_when_whole_and_empty_only_when_nothing(part: int, whole: int, size: int) -> None:
    part = min(part, whole)
    drawn = bar(part, whole, size)
    assert len(drawn) == size
    if whole:
        assert (drawn == "█" * size) == (part == whole)
        assert ("█" in drawn) == (part > 0)
    else:
        assert drawn == "·" * size


def test_rows_are_counted_to_know_what_is_too_long_for_art() -> None:
    leaf = Node((Span("x"),))
    table = Table((Column(""),), ((Cell("a"),),) * 7)
    tree = Tree((Node((Span("x"),), (), (leaf, Node((Span("x"),), (), (leaf,)))),))
    assert [rows_of(block) for block in (Heading("x"), table, tree)] == [1, 7, 4]
