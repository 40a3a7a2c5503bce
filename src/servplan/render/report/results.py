"""The goals in short: what was to be reached, and how it went."""

from servplan.analysis.report import GoalResult
from servplan.analysis.status import NO_ASSESSMENT
from servplan.render.page import (
    Cell,
    Column,
    Section,
    Table,
    Text,
)
from servplan.render.report.material import Material


def results(material: Material) -> Section | None:
    """Make a table of each level's goals, after how many are achieved; none without goals."""
    rows, words = material.report.results, material.words
    if not rows:
        return None
    levels = [level.id for level in material.plan.header.levels]
    given = list(dict.fromkeys(row.goal.level for row in rows))
    tables = (
        _table(material, level, [row for row in rows if row.goal.level == level])
        for level in sorted(given, key=lambda level: levels.index(level) if level in levels else len(levels))
    )
    return Section("avsnitt_mal-i-korthet", words("The goals in short"), (_lead(material), *tables))


def _lead(material: Material) -> Text:
    words, counts = material.words, material.report.status.goals_by_assessment
    achieved, silent = counts.get("achieved", 0), counts.get(NO_ASSESSMENT, 0)
    total = len(material.report.results)
    sentence = words.number(
        "{achieved} of {n} goal is reported as achieved.",
        "{achieved} of {n} goals are reported as achieved.",
        total,
        achieved=achieved,
    )
    if silent:
        sentence += " " + words.number("{n} is not assessed.", "{n} are not assessed.", silent)
    return Text((sentence,))


def _table(material: Material, level: str, rows: list[GoalResult]) -> Table:
    words = material.words
    heads = (words("Goal"), words("Reported"), words("Due"), words("In time"))
    return Table(
        words.label("level", level),
        tuple(map(Column, heads)),
        tuple(_row(material, row) for row in rows),
    )


def _row(material: Material, row: GoalResult) -> tuple[Cell, ...]:
    return (
        Cell(row.goal.title, href=f"#{row.goal.id}"),
        material.badge("assessment", row.goal.assessment or NO_ASSESSMENT),
        material.day_cell(row.goal.due),
        outcome_cell(material, row),
    )


def outcome_cell(material: Material, row: GoalResult) -> Cell:
    """Return what became of a goal's due date, with the day where it was reached after it."""
    cell = material.badge("outcome", row.outcome.code)
    if row.outcome.code in ("late", "reached"):
        return cell._replace(text=f"{cell.text} ({material.day(row.outcome.day)})")
    return cell
