"""Blocks on a terminal, by rich: colours with symbols and words, fitted to the width."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from servplan.render.blocks import Block, Cell, Heading, Node, Para, Span, Table, safe
from servplan.render.widths import GAP, NARROWEST, fit

EMPTY = ("", "–")
"""The cells that say nothing: beneath a row they are left out."""

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
    aside = Text(safe(heading.aside), "dim")
    gap = console.width - text.cell_len - aside.cell_len
    if heading.aside and gap >= GAP:
        console.print(Text.assemble(text, " " * gap, aside))
    else:
        console.print(text)
        if heading.aside:
            console.print(aside)


def _print_table(table: Table, console: Console) -> None:
    if table.title:
        console.print(Text(safe(table.title), "bold"))
    found = fit(table, console.width)
    if any(table.columns[at].head for at in found.beside):
        _print_row(tuple(Cell(column.head, "dim") for column in table.columns), table, found.beside, console)
    for row in table.rows:
        _print_row(row, table, found.beside, console)
        for at in found.beneath:
            _print_beneath(table.columns[at].head, row[at], found.indent, console)


def _print_row(row: Sequence[Cell], table: Table, beside: Mapping[int, int], console: Console) -> None:
    """Print a row's cells side by side, each on as many lines as it needs."""
    cells = [
        [_set(line, wide, table.columns[at].right) for line in _cell_text(row[at]).wrap(console, wide)]
        for at, wide in beside.items()
    ]
    blank = [Text(" " * wide) for wide in beside.values()]
    for line in zip_longest(*cells):
        pieces = (piece or empty for piece, empty in zip(line, blank, strict=True))
        shown = Text(" " * GAP).join(pieces)
        shown.rstrip()
        console.print(shown, soft_wrap=True)


def _cell_text(cell: Cell) -> Text:
    return Text(safe(cell.text), STYLES[cell.style], overflow="fold")


def _set(line: Text, wide: int, right: bool) -> Text:
    """Return a cell's line, as wide as its column."""
    line.rstrip()
    fill = " " * max(0, wide - line.cell_len)
    return Text.assemble(fill, line) if right else Text.assemble(line, fill)


def _print_beneath(head: str, cell: Cell, indent: int, console: Console) -> None:
    """Print what has no room beside the rest of its row, unless there is nothing."""
    if cell.text in EMPTY:
        return
    text = Text.assemble((f"{safe(head)}: " if head else "", "dim"), _cell_text(cell))
    for line in text.wrap(console, max(NARROWEST, console.width - indent), overflow="fold"):
        line.rstrip()
        console.print(Text.assemble(" " * indent, line), soft_wrap=True)


def _print_node(node: Node, first: str, rest: str, console: Console) -> None:
    """Print a tree's line, its end set to the right, long texts wrapped under themselves."""
    aside = _text(node.aside)
    under = rest + ("│ " if node.children else "  ")
    margin = max(cell_len(first), cell_len(under))
    room = max(20, console.width - margin - (aside.cell_len + 2 if node.aside else 0))
    for number, line in enumerate(_text(node.spans).wrap(console, room)):
        line.rstrip()
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
