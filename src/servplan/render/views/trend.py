"""`trend`: a line for each period or commit, with a bar of statuses and the figures."""

from collections.abc import Sequence

from servplan.analysis.status import STATUSES
from servplan.analysis.trend import Figures, Row
from servplan.render.blocks import Block, Cell, Column, Heading, Table, para, stacked_bar
from servplan.render.views.badges import symbol_of
from servplan.render.words import N_, Words

WIDE, NARROW = 14, 12
"""How many signs a bar has: fewer where lines have long names, so that they fit into 80 columns."""

TITLES = {
    "ledger": N_("Development by the ledger"),
    "commit": N_("Development by commits"),
    "tag": N_("Development by tags"),
}
_FIGURES = {
    "●": N_("done of counted activities"),
    "?": N_("unreported"),
    "!": N_("overdue"),
    "!?": N_("due date passed, nobody has reported"),
    "→": N_("due dates moved later"),
    "[x]": N_("ticked boxes"),
    "◎": N_("assessed goals"),
    "†": N_("retired records"),
    "⊘": N_("cannot be read"),
}
"""The heads of the columns of figures, and what they mean; the last two stand where there is anything."""


def trend_blocks(rows: Sequence[Row], by: str, words: Words) -> list[Block]:
    """Return the plan's development as a table with bars; where there is none to see, that is said."""
    aside = words.as_of(rows[-1].as_of) if rows else ""
    blocks: list[Block] = [Heading(words(TITLES[by]), aside)]
    if not rows:
        return [*blocks, para((words("Nothing to show."), "dim"))]
    needless = {
        "†": not any(row.figures.retired for row in rows),
        "⊘": not any(row.unreadable for row in rows),
    }
    heads = [head for head in _FIGURES if not needless.get(head)]
    table = _table(rows, heads, WIDE if by == "ledger" else NARROW, words)
    blocks += [table, para((_signs(words), "dim")), para((_meanings(heads, words), "dim"))]
    if len(rows) == 1:
        blocks.append(para((words("One line shows no development yet."), "warn")))
    if not any(row.figures.reported for row in rows):
        blocks.append(para((words("Nobody has reported anything yet."), "warn")))
    return blocks


def _table(rows: Sequence[Row], heads: Sequence[str], width: int, words: Words) -> Table:
    figures = [Column(head, right=True) for head in heads]
    columns = (Column(""), Column(words("Activities")), *figures)
    return Table(columns, tuple(_row(row, heads, width) for row in rows))


def _row(row: Row, heads: Sequence[str], width: int) -> tuple[Cell, ...]:
    tally, figures = row.figures.activities, dict(zip(_FIGURES, _figures(row), strict=True))
    parts = [(symbol_of("status", status), tally.by_status.get(status, 0)) for status in STATUSES]
    return (
        Cell(row.name),
        Cell(stacked_bar(parts, width)),
        *(figures[head] for head in heads),
    )


def _figures(row: Row) -> tuple[Cell, ...]:
    """Return a row's figures, one for each of `_FIGURES`."""
    found, tally = row.figures, row.figures.activities
    return (
        Cell(_done(found)),
        Cell(str(tally.unreported)),
        Cell(str(tally.overdue), "bad" if tally.overdue else "dim"),
        Cell(str(tally.due_unreported), "warn" if tally.due_unreported else "dim"),
        Cell(str(found.postponed)),
        Cell(f"{found.ticked}/{found.boxes}"),
        Cell(f"{found.assessed}/{sum(found.goals.values())}"),
        Cell(str(found.retired), "" if found.retired else "dim"),
        Cell(str(len(row.unreadable)), "bad" if row.unreadable else "dim"),
    )


def _done(found: Figures) -> str:
    """Return what is done of the counted activities; a dash where nobody has reported any of them."""
    share, tally = found.done_share, found.activities
    return "–" if share is None else f"{tally.done}/{tally.counted} {100 * share:3.0f} %"


def _signs(words: Words) -> str:
    """Return what the bar's signs mean."""
    return " · ".join(f"{symbol_of('status', status)} {words.label('status', status)}" for status in STATUSES)


def _meanings(heads: Sequence[str], words: Words) -> str:
    """Return what the heads of the figures mean."""
    return " · ".join(f"{head} {words(_FIGURES[head])}" for head in heads)
