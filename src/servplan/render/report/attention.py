"""What needs attention: overdue and moved, not reported, without owner, coming up."""

from collections.abc import Sequence

from servplan.analysis.report import DEVIATING_OUTLOOKS, ActivityRow, Moved
from servplan.analysis.status import NO_ASSESSMENT
from servplan.render.page import (
    Cell,
    Column,
    Section,
    Table,
    Text,
)
from servplan.render.report.material import Material, Part, activities_table, duties_table
from servplan.render.views.badges import names
from servplan.state import State


def deviations(material: Material) -> Section:
    """Make what is overdue, at risk, and moved from its original promise."""
    words, report = material.words, material.report
    parts: list[Part] = []
    if report.overdue:
        parts.append(duties_table(material, words("Overdue records"), report.overdue))
    if report.deviating:
        parts.append(_outlook_table(material))
    if report.moved:
        rows = tuple(_moved_row(material, row) for row in report.moved)
        heads = (words("Record"), words("Promised"), words("Due"), words("Moves"))
        columns = (*map(Column, heads), Column(words("Reason"), long=True))
        parts.append(Table(words("Due dates moved"), columns, rows))
    if not parts:
        parts.append(Text((words("Nothing reported is overdue, at risk or moved."),)))
    return Section("avsnitt_avvikelser", words("Overdue and moved"), tuple(parts))


def _outlook_table(material: Material) -> Table:
    words = material.words
    rows = tuple(
        (
            Cell(row.record.title, href=material.anchor(row.record.id)),
            Cell(words.label("kind", row.record.kind)),
            _forecast(material, row.state),
            material.people(row.state.owners),
            material.day_cell(row.state.due),
            Cell(_action(row.state) or words("None stated")),
        )
        for row in material.report.deviating
    )
    heads = (words("Record"), words("Kind"), words("Outlook"), words("Owner"), words("Due"))
    columns = (*map(Column, heads), Column(words("Action"), long=True))
    return Table(words("At risk, and what is done about it"), columns, rows)


def _forecast(material: Material, state: State) -> Cell:
    """Return what is expected: the outlook that deviates, else the assessment that does."""
    if state.outlook in DEVIATING_OUTLOOKS:
        return material.badge("outlook", state.outlook)
    return material.badge("assessment", state.assessment or NO_ASSESSMENT)


def _action(state: State) -> str | None:
    """Return what is done about it, as the report that expects it says."""
    if state.outlook in DEVIATING_OUTLOOKS:
        action: str | None = state.values.get("action")
        return action
    return state.claim.action if state.claim else None


def _moved_row(material: Material, row: Moved) -> tuple[Cell, ...]:
    reasons = [move.entry.reason for move in row.moves if move.entry.reason]
    return (
        Cell(row.title),
        material.day_cell(row.promised),
        material.day_cell(row.due),
        Cell(str(len(row.moves))),
        Cell("; ".join(reasons) or material.words("None stated")),
    )


def unreported(material: Material) -> Section:
    """Make what nobody has reported: due already, and the rest."""
    words, report = material.words, material.report
    parts: list[Part] = []
    if report.unanswered:
        caption = words("Unreported records, due date passed")
        parts.append(duties_table(material, caption, report.unanswered))
    waiting = [row for row in report.unreported if not row.state.due_unreported]
    if waiting:
        parts.append(activities_table(material, words("Never reported, due later"), waiting))
    if not parts:
        parts.append(Text((words("Everything has been reported at least once."),)))
    return Section("avsnitt_ej-rapporterat", words("Not reported"), tuple(parts))


def ownerless(material: Material) -> Section:
    """Make the activities that nobody answers for."""
    words, rows = material.words, material.report.ownerless
    if not rows:
        text = Text((words("Every activity has an owner."),))
        return Section("avsnitt_utan-ansvarig", words("Without an owner"), (text,))
    table = _ownerless_table(material, rows)
    return Section("avsnitt_utan-ansvarig", words("Without an owner"), (table,))


def _ownerless_table(material: Material, rows: Sequence[ActivityRow]) -> Table:
    words = material.words
    shown = tuple(
        (
            Cell(row.record.title),
            Cell(names(material.plan, row.record.supports, words("None"))),
            material.badge("status", row.state.status),
        )
        for row in rows
    )
    heads = (words("Activity"), words("Supports"), words("Status"))
    caption = words.number("{n} activity without an owner", "{n} activities without an owner", len(rows))
    return Table(caption, tuple(map(Column, heads)), shown)


def upcoming(material: Material) -> Section | None:
    """Make what is due before the next meetings; none without any."""
    words, duties = material.words, material.report.upcoming
    if not duties:
        return None
    table = duties_table(material, words("Due within 60 days"), duties)
    return Section("avsnitt_kommande", words("Coming up"), (table,))
