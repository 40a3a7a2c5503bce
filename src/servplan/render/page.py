"""A page as plain data: sections of figures, tables, texts and goals, ready for any template.

Everything is text in the reader's language already; a template only sets it. Anchors are ids, so that an
address into a report stays the same from month to month.
"""

from typing import NamedTuple


class Link(NamedTuple):
    """What something rests on, and its address; nothing where it is none of the web."""

    text: str
    href: str


class Cell(NamedTuple):
    """A piece of text with its symbol, the tone it is shown in, where it leads, and a share to draw.

    `links` stand after the text. What is `whole` stays on one line.
    """

    text: str
    symbol: str = ""
    tone: str = ""
    href: str = ""
    share: float | None = None
    links: tuple[Link, ...] = ()
    whole: bool = False


class Column(NamedTuple):
    """A table column's head; figures stand to the right, and long texts have room to."""

    head: str
    figures: bool = False
    long: bool = False


class Figure(NamedTuple):
    """A number that stands out, with what it counts and a remark."""

    label: str
    value: str
    note: str = ""
    tone: str = ""


class Text(NamedTuple):
    """Paragraphs."""

    paragraphs: tuple[str, ...]
    sort: str = "text"


class Figures(NamedTuple):
    """Numbers side by side."""

    figures: tuple[Figure, ...]
    sort: str = "figures"


class Table(NamedTuple):
    """A table with a caption; the first cell of a row is its head."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sort: str = "table"


class Goal(NamedTuple):
    """A goal's block: where it stands, and under it goals and activities."""

    id: str
    title: str
    level: str
    depth: int
    facts: tuple[tuple[str, Cell], ...]
    conditions: tuple[str, ...]
    pointer: str
    indicators: Table | None
    activities: Table | None
    goals: "tuple[Goal, ...]"


class Goals(NamedTuple):
    """The line of sight, from the overall goals down."""

    goals: tuple[Goal, ...]
    sort: str = "goals"


class Section(NamedTuple):
    """A section with its anchor; `parts` stand in reading order."""

    id: str
    title: str
    parts: tuple[Text | Figures | Table | Goals, ...]


class Page(NamedTuple):
    """A whole report."""

    language: str
    title: str
    organisation: str
    subtitle: str
    data_date: str
    warning: str
    contents: str
    sections: tuple[Section, ...]
    footer: tuple[str, ...]
