"""How a table's columns share the width of a terminal: words stay whole, and so do ids and days.

Where there are too many columns for that, the longest texts stand beneath their row.
"""

from typing import NamedTuple

from servplan.render.blocks import Column, Table
from servplan.render.plain import width

GAP = 2
"""The spaces between two columns."""

SHORT = 14
"""Cells no longer than this never break; longer ones may, unless their column says otherwise."""

COMFORTABLE = 20
"""What the main text is to have, if it is as long as that, before other texts go beneath."""

ROOMY = 30
"""What the main text is to have, if it is as long as that, before what yields goes beneath."""

NARROWEST = 10
"""What the main text is left with, though words may break, before columns go beneath that usually do not."""


class Fit(NamedTuple):
    """The columns side by side with their widths, and those that stand beneath each row, from `indent` on."""

    beside: dict[int, int]
    beneath: tuple[int, ...]
    indent: int


class _Need(NamedTuple):
    """What a column asks for: the width of its longest line, and of what cannot be broken."""

    full: int
    least: int
    breaks: bool


def fit(table: Table, room: int) -> Fit:
    """Return how a table's columns fit into a width; what nothing can make fit is wider."""
    needs = {at: _need(column, table, at) for at, column in enumerate(table.columns)}
    breaking = [at for at, need in needs.items() if need.breaks]
    wrapping = [at for at in breaking if table.columns[at].wraps]
    main = next(iter(wrapping or breaking), None)
    beside = dict(needs)
    if main is not None:
        beside[main] = _comfortable(needs[main])
        _move(beside, [at for at in wrapping if at != main], room)
        if _shared(beside, room)[main] < min(needs[main].full, ROOMY):
            beside = {at: need for at, need in beside.items() if not table.columns[at].yields}
        beside[main] = _squeezed(beside[main], _excess(beside, room))
        _move(beside, [at for at in breaking if at != main], room)
    widths = _shared(beside, room)
    indent = sum(wide + GAP for at, wide in widths.items() if main is not None and at < main)
    beneath = tuple(at for at in needs if at not in beside)
    return Fit(widths, beneath, indent if 0 < indent <= room // 2 else GAP)


def _comfortable(need: _Need) -> _Need:
    return need._replace(least=max(need.least, min(need.full, COMFORTABLE)))


def _squeezed(need: _Need, excess: int) -> _Need:
    return need._replace(least=max(min(need.least, NARROWEST), need.least - max(0, excess)))


def _move(beside: dict[int, _Need], movable: list[int], room: int) -> None:
    """Take away columns, those that need most first, until the others fit at their narrowest."""
    for at in sorted(beside.keys() & movable, key=lambda at: -beside[at].least):
        if _excess(beside, room) > 0:
            del beside[at]


def _need(column: Column, table: Table, at: int) -> _Need:
    cells = [row[at].text for row in table.rows]
    lines = [line for text in (column.head, *cells) for line in text.split("\n")]
    full = max(map(width, lines))
    breaks = column.wraps or (not column.whole and max(map(width, cells), default=0) > SHORT)
    least = max((width(word) for line in lines for word in line.split()), default=0) if breaks else full
    return _Need(full, least, breaks)


def _excess(beside: dict[int, _Need], room: int) -> int:
    """Return how far columns at their narrowest are too wide."""
    return sum(need.least for need in beside.values()) + GAP * (len(beside) - 1) - room


def _shared(beside: dict[int, _Need], room: int) -> dict[int, int]:
    """Return the columns' widths: full, or the widest narrowed until all fit."""
    widths = {at: need.full for at, need in beside.items()}
    for _ in range(sum(widths.values()) + GAP * (len(widths) - 1) - room):
        spare = [at for at in widths if widths[at] > beside[at].least]
        if not spare:
            break
        widths[max(spare, key=lambda at: widths[at])] -= 1
    return widths
