"""The first page: what matters most, in figures, and what they are made of."""

from servplan.analysis.programme import ProgrammeStatus
from servplan.analysis.status import NO_ASSESSMENT
from servplan.render.page import (
    Cell,
    Column,
    Figure,
    Figures,
    Section,
    Table,
    Text,
)
from servplan.render.report.material import Material, Part
from servplan.render.views.badges import cancelled_text
from servplan.render.words import LABELS


def overview(material: Material) -> Section:
    """Make the first page: what matters most, in figures, and what they are made of."""
    report, words = material.report, material.words
    parts: list[Part] = [_figures(material), _status_table(material)]
    if report.status.goals:
        parts.append(_assessment_table(material))
    return Section("avsnitt_oversikt", words("At a glance"), (*parts, *_retired(material)))


def in_figures(material: Material) -> Section:
    """Make the figures alone, for readers who have met the goals already."""
    parts: list[Part] = [_figures(material), _status_table(material), *_retired(material)]
    return Section("avsnitt_oversikt", material.words("In figures"), tuple(parts))


def _figures(material: Material) -> Figures:
    report, words = material.report, material.words
    tally = report.status.activities
    notes = [cancelled_text(tally, words)]
    if tally.unreported:
        notes.append(words.number("{n} unreported", "{n} unreported", tally.unreported))
    figures = (
        Figure(
            words("Activities done"),
            words("{done} of {total}", done=tally.done, total=tally.counted),
            ", ".join(filter(None, notes)),
        ),
        _attention(words("Overdue activities"), tally.overdue, "bad"),
        _attention(words("Unreported activities, due date passed"), tally.due_unreported, "warn"),
        _attention(words("Activities without an owner"), tally.without_owner, "warn"),
        *(_programme_figure(material, programme) for programme in report.programmes),
    )
    return Figures(figures)


def _retired(material: Material) -> tuple[Text, ...]:
    n = len(material.report.retired)
    text = material.words.number("{n} record is retired.", "{n} records are retired.", n)
    return (Text((text,)),) if n else ()


def _attention(label: str, number: int, tone: str) -> Figure:
    return Figure(label, str(number), tone=tone if number else "")


def _programme_figure(material: Material, programme: ProgrammeStatus) -> Figure:
    words, found = material.words, len(programme.boxes)
    note = words("boxes ticked")
    if programme.declared not in (None, found):
        note = words("boxes ticked; points declared: {declared}", declared=programme.declared)
    value = words("{done} of {total}", done=programme.ticked, total=found)
    return Figure(programme.title, value, note)


def _status_table(material: Material) -> Table:
    words, tally = material.words, material.report.status.activities
    rows = tuple(
        (
            material.badge("status", status),
            Cell(str(number)),
            Cell(material.formats.share(number, tally.total), share=number / tally.total),
        )
        for status, number in tally.by_status.items()
    )
    columns = (Column(words("Status")), Column(words("Number"), True), Column(words("Share"), True))
    caption = words.number("{n} activity by status", "{n} activities by status", tally.total)
    return Table(caption, columns, rows)


def _assessment_table(material: Material) -> Table:
    words, status = material.words, material.report.status
    levels = [level.id for level in material.plan.header.levels if level.id in status.goals_by_level]
    given = [code for code in LABELS["assessment"] if code in status.goals_by_assessment]
    rows = tuple(
        (
            Cell(words.label("level", level)),
            Cell(str(status.goals_by_level[level])),
            *(Cell(str(_goals_with(material, level, code))) for code in given),
        )
        for level in levels
    )
    columns = (
        Column(words("Level")),
        Column(words("Number"), True),
        *(Column(words.label("assessment", code), True) for code in given),
    )
    return Table(words("Goals by level and reported assessment"), columns, rows)


def _goals_with(material: Material, level: str, code: str) -> int:
    return sum(
        1
        for goal in material.report.status.goals
        if goal.level == level and (goal.assessment or NO_ASSESSMENT) == code
    )
