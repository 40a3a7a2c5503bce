"""Blocks on a terminal, by rich: colours with symbols and words, fitted to the width."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from servplan.render.blocks import Block, Heading, Node, Para, Span, Table, safe

SHORT = 14
"""Cells no longer than this never break; others may, so that no column pushes out another."""

STYLES = {
    "good": "green",
    "warn": "yellow",
    "bad": "red",
    "dim": "dim",
    "strong": "bold",
    "": "",
}


def write_terminal(blocks: Iterable[Block], console: Console) -> None:
    """Print the blocks, a blank line between them."""
    for number, block in enumerate(blocks):
        if number:
            console.print()
        _print(block, console)


def _print(block: Block, console: Console) -> None:
    if isinstance(block, Heading):
        _print_heading(block, console)
    elif isinstance(block, Para):
        console.print(_text(block.spans))
    elif isinstance(block, Table):
        _print_table(block, console)
    else:
        for root in block.roots:
            _print_node(root, "", "", console)


def _text(spans: Iterable[Span]) -> Text:
    text = Text()
    for span in spans:
        text.append(safe(span.text), STYLES[span.style])
    return text


def _print_heading(heading: Heading, console: Console) -> None:
    text = Text(safe(heading.text), "bold" if heading.level > 1 else "bold underline")
    if heading.aside:
        gap = console.width - cell_len(heading.text) - cell_len(heading.aside)
        aside = Text(safe(heading.aside), "dim")
        text = Text.assemble(text, (" " * max(2, gap), ""), aside)
    console.print(text)


def _print_table(table: Table, console: Console) -> None:
    shown = RichTable(
        box=None,
        padding=(0, 2, 0, 0),
        pad_edge=False,
        show_header=any(column.head for column in table.columns),
        header_style="dim",
        title=Text(safe(table.title), "bold") if table.title else None,
        title_justify="left",
    )
    for number, column in enumerate(table.columns):
        longest = max((cell_len(row[number].text) for row in table.rows), default=0)
        shown.add_column(
            Text(safe(column.head)),
            justify="right" if column.right else "left",
            no_wrap=not column.wraps and longest <= SHORT,
            overflow="fold",
        )
    for row in table.rows:
        shown.add_row(*(Text(safe(cell.text), STYLES[cell.style]) for cell in row))
    console.print(shown)


def _print_node(node: Node, first: str, rest: str, console: Console) -> None:
    """Print a tree's line, its end set to the right, long texts wrapped under themselves."""
    aside = _text(node.aside)
    room = max(20, console.width - cell_len(first) - (aside.cell_len + 2 if node.aside else 0))
    under = rest + ("│ " if node.children else "  ")
    for number, line in enumerate(_text(node.spans).wrap(console, room)):
        start = Text(first if number == 0 else under, "dim")
        shown = Text.assemble(start, line)
        if number == 0 and node.aside:
            gap = console.width - shown.cell_len - aside.cell_len
            shown = Text.assemble(shown, " " * max(2, gap), aside)
        console.print(shown, soft_wrap=True)
    last = len(node.children) - 1
    for index, child in enumerate(node.children):
        branch, below = ("└─ ", "   ") if index == last else ("├─ ", "│  ")
        _print_node(child, rest + branch, rest + below, console)
