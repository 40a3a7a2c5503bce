"""What sections are made from, and the tables that several of them show."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from servplan.analysis.follow_up import Duty
from servplan.analysis.report import ActivityRow, Report
from servplan.model.plan import Plan
from servplan.render.locale_formats import Formats
from servplan.render.page import (
    Cell,
    Column,
    Figures,
    Goals,
    Link,
    Section,
    Table,
    Text,
)
from servplan.render.views.badges import late_text, names, style_of, symbol_of
from servplan.render.words import Words

_WEB = re.compile(r"https?://", re.IGNORECASE)

Part = Text | Figures | Table | Goals


class Material(NamedTuple):
    """What sections are made from: the report, its plan, and the reader's words and formats."""

    report: Report
    plan: Plan
    words: Words
    formats: Formats

    def badge(self, group: str, code: str) -> Cell:
        """Return a code's symbol, word and tone."""
        label = self.words.label(group, code)
        return Cell(label, symbol_of(group, code), style_of(group, code))

    def day(self, value: date | None) -> str:
        """Return a day as it is written in running text, or a dash."""
        return self.formats.day(value) if value else self.words("Not stated")

    def day_cell(self, value: date | None) -> Cell:
        """Return a day as a cell that stays on one line."""
        return Cell(self.day(value), whole=True)

    def anchor(self, record_id: str) -> str:
        """Return the address of a goal on the page; nothing for what has no place of its own."""
        goals = self.report.status.goals
        return f"#{record_id}" if any(goal.id == record_id for goal in goals) else ""

    def people(self, owners: Sequence[str]) -> Cell:
        """Return the owners' titles, or that there is none."""
        if not owners:
            return Cell(self.words("No owner"), "!", "warn")
        return Cell(names(self.plan, owners))

    def evidence(self, addresses: Sequence[str], lead: str = "") -> Cell:
        """Return a lead and what it rests on, as links to what stands on the web; without either, none."""
        links = tuple(Link(item, item if _WEB.match(item) else "") for item in addresses)
        return Cell(lead if lead or links else self.words("None"), links=links)


SectionMaker = Callable[[Material], Section | None]


def activities_table(material: Material, caption: str, rows: Sequence[ActivityRow]) -> Table:
    """Make a table of activities: how they stand, whose they are, when they are due."""
    words = material.words
    heads = (words("Activity"), words("Status"), words("Owner"), words("Due"))
    return Table(caption, tuple(map(Column, heads)), tuple(_activity_row(material, row) for row in rows))


def _activity_row(material: Material, row: ActivityRow) -> tuple[Cell, ...]:
    words, state = material.words, row.state
    status = material.badge("status", state.status)
    if state.due_unreported:
        status = material.badge("standing", "due_unreported")
    elif state.overdue:
        text = late_text(state.status, words)
        status = Cell(text, symbol_of("standing", "overdue"), style_of("standing", "overdue"))
    return (
        Cell(row.record.title),
        status,
        material.people(state.owners),
        material.day_cell(state.due),
    )


def duties_table(material: Material, caption: str, duties: Sequence[Duty]) -> Table:
    """Make a table of what somebody has to do something about."""
    words = material.words
    rows = tuple(
        (
            Cell(duty.title),
            Cell(words.label("kind", duty.kind)),
            material.people(duty.owners),
            material.day_cell(duty.due),
        )
        for duty in duties
    )
    heads = (words("Record"), words("Kind"), words("Owner"), words("Due"))
    return Table(caption, tuple(map(Column, heads)), rows)
