"""Blocks as plain text: for pipes, files, and tables too long for a terminal's art."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from servplan.render.blocks import Block, Cell, Heading, Node, Para, Table, Tree, safe


def write_plain(blocks: Iterable[Block]) -> str:
    """Return the blocks as text; nothing is cut, whatever the width."""
    parts = ["\n".join(_lines(block)) for block in blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(block: Block) -> Iterable[str]:
    if isinstance(block, Heading):
        return [safe("  ".join(part for part in (block.text, block.aside) if part))]
    if isinstance(block, Para):
        return [safe("".join(span.text for span in block.spans))]
    if isinstance(block, Table):
        return _table_lines(block)
    return _tree_lines(block)


def _table_lines(table: Table) -> Iterator[str]:
    if table.title:
        yield safe(table.title)
    heads = tuple(Cell(column.head) for column in table.columns)
    shown = (heads, *table.rows) if any(column.head for column in table.columns) else table.rows
    texts = [[safe(cell.text).split("\n") for cell in row] for row in shown]
    columns = zip(*texts, strict=True) if texts else ()
    widths = [max(width(line) for lines in column for line in lines) for column in columns]
    for row in texts:
        for line in zip_longest(*row, fillvalue=""):
            padded = (
                _padded(text, wide, column.right)
                for text, wide, column in zip(line, widths, table.columns, strict=True)
            )
            yield "  ".join(padded).rstrip()


def _padded(text: str, wide: int, right: bool) -> str:
    fill = " " * (wide - width(text))
    return fill + text if right else text + fill


def width(text: str) -> int:
    """Return how many terminal cells a text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(sign) for sign in text)


def _cells(sign: str) -> int:
    if sign < "\u0300":
        return 1
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _tree_lines(tree: Tree) -> Iterator[str]:
    for root in tree.roots:
        yield from _node_lines(root, "", "")


def _node_lines(node: Node, first: str, rest: str) -> Iterator[str]:
    """Yield a tree's line and those under it; further lines of its own text stand under themselves."""
    line, *more = "".join(span.text for span in node.spans).split("\n")
    aside = "".join(span.text for span in node.aside)
    yield safe(f"{first}{line}  {aside}".rstrip())
    under = rest + ("│ " if node.children else "  ")
    yield from (safe(f"{under}{text}".rstrip()) for text in more)
    last = len(node.children) - 1
    for index, child in enumerate(node.children):
        branch, under = ("└── ", "    ") if index == last else ("├── ", "│   ")
        yield from _node_lines(child, rest + branch, rest + under)
