"""What was decided and what changed in a report's days."""

from collections.abc import Sequence

from servplan.analysis.events import Event
from servplan.render.page import (
    Cell,
    Column,
    Section,
    Table,
    Text,
)
from servplan.render.report.material import Material, Part
from servplan.render.views.records import what_was_said


def decisions(material: Material) -> Section | None:
    """Make the list of decisions taken in the report's days; none without any."""
    words = material.words
    rows = tuple(
        (
            material.day_cell(row.decision.date),
            Cell(row.decision.body),
            Cell(row.decision.paragraph or words("Not stated"), href=row.decision.link or ""),
            Cell(row.title, href=material.anchor(row.id)),
        )
        for row in material.report.decisions
    )
    if not rows:
        return None
    heads = (words("Date"), words("Body"), words("Paragraph"), words("About"))
    table = Table(words("Decisions in the period"), tuple(map(Column, heads)), rows)
    return Section("avsnitt_beslut", words("Decisions"), (table,))


def changes(material: Material) -> Section:
    """Make what changed in the report's days, and what was reported later than it happened."""
    words, report = material.words, material.report
    parts: list[Part] = []
    if report.changed:
        parts.append(_events_table(material, words("Reported in the period"), report.changed))
    else:
        parts.append(Text((words("Nothing was reported in the period."),)))
    if report.late:
        parts.append(_events_table(material, words("Reported afterwards"), report.late))
    return Section("avsnitt_forandringar", words("What changed"), tuple(parts))


def _events_table(material: Material, caption: str, events: Sequence[Event]) -> Table:
    words, day = material.words, material.formats.day
    rows = tuple(
        (
            Cell(event.title, href=material.anchor(event.id)),
            Cell(_event_day(material, event), whole=True),
            material.evidence(event.entry.evidence, what_was_said(event.entry, material.plan, words, day)),
        )
        for event in events
    )
    heads = (words("Record"), words("Date"), words("What happened"))
    return Table(caption, tuple(map(Column, heads)), rows)


def _event_day(material: Material, event: Event) -> str:
    text = material.day(event.date)
    return text if event.exact else material.words("by {date}", date=text)
