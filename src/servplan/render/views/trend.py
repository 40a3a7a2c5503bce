"""`trend`: a line for each period or commit, with a bar of statuses and the figures."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from servplan.analysis.status import STATUSES
from servplan.analysis.trend import Figures, Row
from servplan.render.blocks import Block, Cell, Column, Heading, Style, Table, para, stacked_bar
from servplan.render.plain import width
from servplan.render.views.badges import symbol_of
from servplan.render.words import N_, Words

LINE, GAP = 80, 2
"""How wide a line may be: the bar gets what names and figures leave of it."""

NARROWEST, WIDEST = 6, 14
"""How many signs a bar has at least, and a bar of shares at most."""

TITLES = {
    "ledger": N_("Development by the ledger"),
    "commit": N_("Development by commits"),
    "tag": N_("Development by tags"),
}
NAMES = {"ledger": N_("Period"), "commit": N_("Commit"), "tag": N_("Git tag")}


class _Figure(NamedTuple):
    """A column of figures: its head, what that means, and its cells; `always` shown, or where it counts."""

    head: str
    meaning: str
    cell: Callable[[Row], Cell]
    always: bool = True


def trend_blocks(rows: Sequence[Row], by: str, words: Words) -> list[Block]:
    """Return the plan's development as a table with bars; where there is none to see, that is said."""
    blocks: list[Block] = [Heading(words(TITLES[by]), _days(rows, by, words))]
    if not rows:
        return [*blocks, para((words("Nothing to show."), "dim"))]
    figures = [figure for figure in _FIGURES if figure.always or _counts(figure, rows)]
    names = [f"{row.commit.day} {row.name}" if by == "tag" and row.commit else row.name for row in rows]
    columns = [Column(words(figure.head), right=True) for figure in figures]
    cells = [tuple(figure.cell(row) for figure in figures) for row in rows]
    bars, reading = _bars(rows, _room([*names, words(NAMES[by])], columns, cells), words)
    table = Table(
        (Column(words(NAMES[by]), wraps=True), Column(words("Status"), whole=True), *columns),
        tuple((Cell(name), Cell(bar), *row) for name, bar, row in zip(names, bars, cells, strict=True)),
    )
    meanings = " · ".join(words(figure.meaning) for figure in figures)
    blocks += [table, para((f"{_signs(words)}. {reading}", "dim")), para((meanings, "dim"))]
    if len(rows) == 1:
        blocks.append(para((words("One line shows no development yet."), "warn")))
    if not any(row.figures.reported for row in rows):
        blocks.append(para((words("Nobody has reported anything yet."), "warn")))
    return blocks


def _days(rows: Sequence[Row], by: str, words: Words) -> str:
    """Return which day is spoken of: of commits each one's own, unless one was asked for."""
    if by != "ledger" and len({row.as_of for row in rows}) > 1:
        return words("each line as of its own day")
    return words.as_of(rows[-1].as_of) if rows else ""


def _counts(figure: _Figure, rows: Sequence[Row]) -> bool:
    return any(figure.cell(row).text != "0" for row in rows)


def _room(names: Sequence[str], columns: Sequence[Column], cells: Sequence[tuple[Cell, ...]]) -> int:
    """Return how many signs a bar may have: names break into words, figures do not."""
    longest = max(width(word) for name in names for word in name.split())
    texts = [column.head.split("\n") for column in columns]
    figures = (
        max(map(width, [*head, *(row[at].text for row in cells)])) + GAP for at, head in enumerate(texts)
    )
    return LINE - longest - GAP - sum(figures)


def _bars(rows: Sequence[Row], room: int, words: Words) -> tuple[list[str], str]:
    """Return each row's bar and how to read it: a sign an activity where that fits, else shares."""
    parts = [
        [(symbol_of("status", status), tally.by_status.get(status, 0)) for status in STATUSES]
        for tally in (row.figures.activities for row in rows)
    ]
    most = max(row.figures.activities.total for row in rows)
    if most <= room:
        return ["".join(sign * number for sign, number in signs) for signs in parts], words(
            "Each sign is an activity."
        )
    signs = max(NARROWEST, min(WIDEST, room))
    reading = words("The {n} signs show shares: no status that occurs is without one.", n=signs)
    return [stacked_bar(part, signs) for part in parts], reading


def _signs(words: Words) -> str:
    """Return what the bar's signs mean."""
    return " · ".join(f"{symbol_of('status', status)} {words.label('status', status)}" for status in STATUSES)


def _number(number: int, style: Style = "") -> Cell:
    return Cell(str(number), style if number else "dim")


def _done(found: Figures) -> Cell:
    """Return what is done of the counted activities, and the share; a dash where none has been reported."""
    tally = found.activities
    if found.done_share is None:
        return Cell("–")
    return Cell(f"{tally.done}/{tally.counted} {100 * found.done_share:3.0f} %")


_FIGURES = (
    _Figure(N_("Finished"), N_("Finished: of the counted activities"), lambda row: _done(row.figures)),
    _Figure(
        N_("Un-\nreported"),
        N_("Unreported activities"),
        lambda row: Cell(str(row.figures.activities.unreported)),
    ),
    _Figure(
        N_("Over-\ndue"), N_("Overdue activities"), lambda row: _number(row.figures.activities.overdue, "bad")
    ),
    _Figure(
        N_("Date\npast"),
        N_("Date past: due date passed, nobody has reported"),
        lambda row: _number(row.figures.activities.due_unreported, "warn"),
    ),
    _Figure(
        N_("Moved"),
        N_("Moved: how often due dates were moved later"),
        lambda row: Cell(str(row.figures.postponed)),
    ),
    _Figure(
        N_("Box-\nes"),
        N_("Boxes that are ticked"),
        lambda row: Cell(f"{row.figures.ticked}/{row.figures.boxes}"),
    ),
    _Figure(
        N_("Goals"),
        N_("Goals that are assessed"),
        lambda row: Cell(f"{row.figures.assessed}/{sum(row.figures.goals.values())}"),
    ),
    _Figure(N_("Re-\ntired"), N_("Retired records"), lambda row: _number(row.figures.retired), always=False),
    _Figure(
        N_("Un-\nread"),
        N_("Unread: files that cannot be read"),
        lambda row: _number(len(row.unreadable), "bad"),
        always=False,
    ),
)
