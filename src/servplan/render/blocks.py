"""What a command shows, before it is known where: headings, paragraphs, tables and trees.

Commands' views build blocks; `terminal` and `plain` put them on a screen or into a pipe. Styles are names of
meanings, not of colours.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

Style = str
"""One of `good`, `warn`, `bad`, `dim`, `strong`, or nothing."""

_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]")


class Span(NamedTuple):
    """A piece of text with one meaning."""

    text: str
    style: Style = ""


class Cell(NamedTuple):
    """A table's cell; `right` sets figures to the right."""

    text: str
    style: Style = ""


class Column(NamedTuple):
    """A table's column: a head, and whether it holds figures, texts that may wrap, or what never breaks.

    What `yields` stands beneath its row rather than leave little room to the main text.
    """

    head: str
    right: bool = False
    wraps: bool = False
    whole: bool = False
    yields: bool = False


class Heading(NamedTuple):
    """A heading, with what stands at the line's other end."""

    text: str
    aside: str = ""
    level: int = 1


class Para(NamedTuple):
    """A paragraph made of pieces."""

    spans: tuple[Span, ...]


class Table(NamedTuple):
    """Rows under column heads; `title` names the table."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


class Node(NamedTuple):
    """A line of a tree, with what stands at its end, and the lines under it."""

    spans: tuple[Span, ...]
    aside: tuple[Span, ...] = ()
    children: "tuple[Node, ...]" = ()


class Tree(NamedTuple):
    """Lines under lines."""

    roots: tuple[Node, ...]


Block = Heading | Para | Table | Tree


def rows_of(block: Block) -> int:
    """Return how many lines a block takes at least."""
    if isinstance(block, Table):
        return len(block.rows)
    return sum(map(_node_rows, block.roots)) if isinstance(block, Tree) else 1


def _node_rows(node: Node) -> int:
    return 1 + sum(map(_node_rows, node.children))


def safe(text: str) -> str:
    """Return a text without what could move the cursor, change colours or turn the reading direction."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text) if _UNSAFE.search(text) else text


def para(*pieces: str | tuple[str, Style]) -> Para:
    """Return a paragraph from texts and (text, style) pairs."""
    spans = (Span(piece) if isinstance(piece, str) else Span(*piece) for piece in pieces)
    return Para(tuple(spans))


def bar(part: int, whole: int, width: int = 10, unknown: int = 0) -> str:
    """Return a bar of a share: full only when whole, empty only when nothing.

    What is `unknown` of the whole is dotted, so that it does not look like nothing done.
    """
    if not whole:
        return "·" * width
    filled, dotted = _cells(part, whole, width), _cells(unknown, whole, width)
    filled = min(filled, width - dotted) if part + unknown <= whole else filled
    return "█" * filled + "░" * (width - filled - dotted) + "·" * dotted


def _cells(part: int, whole: int, width: int) -> int:
    cells = round(width * part / whole)
    if part:
        cells = max(1, cells)
    return cells if part >= whole else min(width - 1, cells)


def stacked_bar(parts: Sequence[tuple[str, int]], width: int) -> str:
    """Return a bar of signs, each as often as its part is large; whatever is not nothing has one at least."""
    told = [(sign, number) for sign, number in parts if number]
    whole = sum(number for _sign, number in told)
    if not whole:
        return "·" * width
    room = width - len(told)
    cells = [1 + room * number // whole for _sign, number in told]
    nearest = sorted(range(len(told)), key=lambda at: -(room * told[at][1] % whole))
    for at in nearest[: width - sum(cells)]:
        cells[at] += 1
    return "".join(sign * number for (sign, _number), number in zip(told, cells, strict=True))
