"""`indicators` and `questions`: what is measured, and what is still to be settled."""

from collections.abc import Sequence
from datetime import date

from servplan.analysis.indicators import IndicatorRow
from servplan.analysis.questions import QuestionRow
from servplan.model.indicator import Value
from servplan.render.blocks import Block, Cell, Column, Heading, Node, Span, Table, Tree, para
from servplan.render.views.badges import badge, badge_cell
from servplan.render.words import Words


def indicators_blocks(as_of: date, rows: Sequence[IndicatorRow], words: Words) -> list[Block]:
    """Return the indicators as rows."""
    heading = Heading(words.label("kinds", "indicator"), words.as_of(as_of))
    if not rows:
        return [heading, para((words("None."), "dim"))]
    columns = (
        Column(words("Indicator"), wraps=True),
        Column(words("Latest value"), wraps=True),
        Column(words.label("field", "target"), wraps=True),
        Column(words("Stands"), wraps=True),
        Column(words.label("field", "series"), wraps=True),
    )
    return [heading, Table(columns, tuple(_indicator(row, words) for row in rows))]


def _indicator(row: IndicatorRow, words: Words) -> tuple[Cell, ...]:
    return (
        Cell(row.title),
        Cell(value_text(row.latest, row.unit, words)),
        Cell(row.aim or "–"),
        badge_cell(words, "measurement", measurement_code(row.met)),
        Cell(row.series or "–", "dim"),
    )


def measurement_code(met: bool | None) -> str:
    """Return the code for whether an indicator reaches its aim."""
    return "unknown" if met is None else "met" if met else "missed"


def value_text(value: Value | None, unit: str | None, words: Words) -> str:
    """Return a value with its unit and period, or that there is none."""
    if value is None:
        return words("No data")
    return f"{words.figure(value.value)} {unit or ''} ({value.period})".replace("  ", " ")


def questions_blocks(as_of: date, rows: Sequence[QuestionRow], words: Words) -> list[Block]:
    """Return the questions as a tree."""
    heading = Heading(words.label("kinds", "question"), words.as_of(as_of))
    if not rows:
        return [heading, para((words("None."), "dim"))]
    return [heading, Tree(tuple(_question(row, words) for row in rows))]


def _question(row: QuestionRow, words: Words) -> Node:
    code = "decided" if row.decision else "answered" if row.answer else "open"
    said = row.decision or row.answer
    spans = (Span(row.title), Span(f" · {said}", "dim")) if said else (Span(row.title),)
    return Node(spans, (badge(words, "question", code),), tuple(_question(part, words) for part in row.parts))
