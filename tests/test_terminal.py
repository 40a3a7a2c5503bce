"""What a command prints: plainly into pipes, with colours and in the width of a terminal."""

import re
from collections import Counter
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
from servplan.render.views.records import Filters, list_blocks, show_blocks
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
        "list goals": list_blocks(graph, Goal, goals, Filters(), WORDS),
        "list activities": list_blocks(graph, Activity, activities, Filters(), WORDS),
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


@pytest.mark.parametrize(("columns", "piece"), [(80, r"\w"), (120, r"[\w-]+")])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_terminal_shows_all_that_a_pipe_gets_and_a_wide_one_breaks_no_word(
    name: str, columns: int, piece: str
) -> None:
    piped, shown = write_plain(SHIPPED[name]), " ".join(seen(SHIPPED[name], columns))
    assert Counter(re.findall(piece, piped)) - Counter(re.findall(piece, shown)) == Counter()


ID = "utredning-servicepunkter-2013"
WIDE = Table(
    (Column("Id", whole=True), Column("Titel", wraps=True), Column("Ansvarig", wraps=True), Column("Läge")),
    (
        (Cell(ID), Cell("Starta utredning om servicepunkter"), Cell("Räddningstjänsten"), Cell("● Klar")),
        (Cell("lis"), Cell("Peka ut områden"), Cell("–"), Cell("? Ej rapporterad, slutdatum passerat")),
    ),
)


@pytest.mark.parametrize("columns", range(20, 130, 7))
def test_an_id_is_whole_on_any_terminal(columns: int) -> None:
    assert any(line.startswith(f"{ID}  ") for line in seen([WIDE], columns))


def test_a_text_without_room_for_its_words_stands_beneath_its_row() -> None:
    assert seen([WIDE], 76) == [
        "Id                             Titel                  Läge",
        "utredning-servicepunkter-2013  Starta utredning om    ● Klar",
        "                               servicepunkter",
        "                               Ansvarig: Räddningstjänsten",
        "lis                            Peka ut områden        ? Ej rapporterad,",
        "                                                      slutdatum passerat",
    ]


def test_texts_share_the_room_that_whole_columns_leave() -> None:
    table = WIDE._replace(columns=(*WIDE.columns[:3], Column("Läge", whole=True)))
    (long,) = (line for line in seen([table], 110) if line.startswith("lis"))
    assert long == f"{'lis':29}  {'Peka ut områden':22}  {'–':17}  ? Ej rapporterad, slutdatum passerat"


def test_the_main_text_is_not_left_a_few_letters_beside_others() -> None:
    narrow = Column("Titel", wraps=True), Column("Ansvarig", wraps=True)
    table = Table(narrow, ((Cell("en två tre fyra fem sex"), Cell("ett stycke av någon längd")),))
    assert seen([table], 46) == [
        "Titel                   Ansvarig",
        "en två tre fyra fem     ett stycke av någon",
        "sex                     längd",
    ]
    assert seen([table], 28) == [
        "Titel",
        "en två tre fyra fem sex",
        "  Ansvarig: ett stycke av",
        "  någon längd",
    ]


def test_a_status_goes_beneath_only_where_the_title_has_no_room_beside_it() -> None:
    columns = Column("Id", whole=True), Column("Läge"), Column("Titel", wraps=True)
    table = Table(columns, ((Cell("lis"), Cell("? Ej rapporterad, passerat"), Cell("Peka ut områden")),))
    assert seen([table], 30) == [
        "Id   Läge          Titel",
        "lis  ? Ej          Peka ut",
        "     rapporterad,  områden",
        "     passerat",
    ]
    assert seen([table], 24) == [
        "Id   Titel",
        "lis  Peka ut områden",
        "     Läge: ? Ej",
        "     rapporterad,",
        "     passerat",
    ]


def test_figures_stand_to_the_right_of_their_column() -> None:
    table = Table(
        (Column("Antal", right=True), Column("x")), ((Cell("7"), Cell("a")), (Cell("12"), Cell("b")))
    )
    assert seen([table]) == ["Antal  x", "    7  a", "   12  b"]


@given(
    st.lists(st.lists(st.text("ab å\n", max_size=40), min_size=3, max_size=3), max_size=3),
    st.integers(1, 100),
)
def test_no_terminal_is_too_narrow_to_show_a_table(rows: list[list[str]], columns: int) -> None:
    heads = (Column("Id", whole=True), Column("Titel", wraps=True), Column("", wraps=True))
    table = Table(heads, tuple(tuple(map(Cell, row)) for row in rows))
    shown = "".join(seen([table], columns))
    assert Counter(re.findall("[abå]", "".join(map("".join, rows)))) == Counter(re.findall("[abå]", shown))


def test_what_has_no_room_beside_a_heading_stands_beneath_it() -> None:
    assert seen([Heading("En rubrik", "läget 2013-12-31")], 24) == ["En rubrik", "läget 2013-12-31"]


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


def test_an_id_stands_beneath_where_the_title_would_have_little_room() -> None:
    columns = (
        Column("Id", whole=True, yields=True),
        Column("Titel", wraps=True),
        Column("Slutdatum"),
    )
    long_id, title = "oppna-servicecenter-med-vaxel-och-mer", "Öppna servicecenter med växel och reception"
    rows = ((Cell(long_id), Cell(title), Cell("2025-11-30")),)
    assert seen([Table(columns, rows)], 80) == [
        "Titel                                        Slutdatum",
        f"{title}  2025-11-30",
        f"  Id: {long_id}",
    ]
    assert seen([Table(columns, rows)], 100)[1] == f"{long_id}  {title}  2025-11-30"
