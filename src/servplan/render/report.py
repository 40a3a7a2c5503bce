"""A report as a page: its sections in words, by audience."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from servplan.analysis.events import Event
from servplan.analysis.follow_up import Duty
from servplan.analysis.programme import ProgrammeStatus
from servplan.analysis.report import ActivityRow, GoalLine, Moved, Report, Span
from servplan.analysis.status import NO_ASSESSMENT, STATUSES
from servplan.model.plan import Plan
from servplan.render.locale_formats import Formats
from servplan.render.page import (
    Cell,
    Column,
    Figure,
    Figures,
    Goal,
    Goals,
    Page,
    Section,
    Table,
    Text,
)
from servplan.render.views.badges import names, schedule_code, style_of, symbol_of
from servplan.render.views.records import what_happened
from servplan.render.words import LABELS, SYMBOLS, Words

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

    def anchor(self, record_id: str) -> str:
        """Return the address of a goal on the page; nothing for what has no place of its own."""
        goals = self.report.status.goals
        return f"#{record_id}" if any(goal.id == record_id for goal in goals) else ""

    def people(self, owners: Sequence[str]) -> Cell:
        """Return the owners' titles, or that there is none."""
        if not owners:
            return Cell(self.words("No owner"), "!", "warn")
        return Cell(names(self.plan, owners))


SectionMaker = Callable[[Material], Section | None]


def report_page(report: Report, plan: Plan, words: Words, audience: str, unreadable: Sequence[str]) -> Page:
    """Return a report as a page for an audience; files that could not be read are named on it."""
    material = Material(report, plan, words, Formats(words.language))
    sections = (maker(material) for maker in SECTIONS[audience])
    warning = ""
    if unreadable:
        warning = _warning(words, audience, unreadable)
    return Page(
        language=words.language,
        title=plan.header.title,
        organisation=plan.header.organisation or "",
        subtitle=words("Progress report {span}", span=span_text(report.span, material.formats)),
        data_date=words("As of {date}", date=material.day(report.span.end)),
        warning=warning,
        contents=words("Contents"),
        sections=tuple(section for section in sections if section),
        footer=_footer(material),
    )


def _warning(words: Words, audience: str, unreadable: Sequence[str]) -> str:
    """Return what is missing; the public is not told the names of files that may be internal."""
    if audience == "public":
        n = len(unreadable)
        return words.number("Incomplete: {n} file has errors.", "Incomplete: {n} files have errors.", n)
    return words("Incomplete: these files could not be read: {files}.", files=", ".join(unreadable))


def span_text(span: Span, formats: Formats) -> str:
    """Return a report's days in words: `mars 2013`, `maj–augusti 2013`, `2013`, or two days."""
    if span.period is None:
        return f"{formats.day(span.start)} – {formats.day(span.end)}"
    return formats.period(span.period)


def _footer(material: Material) -> tuple[str, ...]:
    words, header = material.words, material.plan.header
    lines = [words("What nobody has reported is shown as unreported: never as zero, late or fine.")]
    if header.contact_public:
        lines.append(words("Contact: {contact}", contact=header.contact_public))
    return tuple(lines)


def overview(material: Material) -> Section:
    """Make the first page: what matters most, in figures, and what they are made of."""
    report, words = material.report, material.words
    tally = report.status.activities
    figures = [
        Figure(
            words("Activities done"),
            words("{done} of {total}", done=tally.done, total=tally.counted),
            words("{n} unreported", n=tally.unreported) if tally.unreported else "",
        ),
        _attention(words("Overdue activities"), tally.overdue, "bad"),
        _attention(words("Due date passed without a report"), tally.due_unreported, "warn"),
        _attention(words("Activities without an owner"), tally.without_owner, "warn"),
        *(_programme_figure(material, programme) for programme in report.programmes),
    ]
    parts: list[Part] = [Figures(tuple(figures)), _status_table(material)]
    if report.status.goals:
        parts.append(_assessment_table(material))
    if report.retired:
        text = words.number("{n} record is retired.", "{n} records are retired.", len(report.retired))
        parts.append(Text((text,)))
    return Section("avsnitt_oversikt", words("At a glance"), tuple(parts))


def _attention(label: str, number: int, tone: str) -> Figure:
    return Figure(label, str(number), tone=tone if number else "")


def _programme_figure(material: Material, programme: ProgrammeStatus) -> Figure:
    words, found = material.words, len(programme.boxes)
    note = words("boxes ticked")
    if programme.declared not in (None, found):
        note = words("boxes ticked; {declared} points declared", declared=programme.declared)
    value = words("{done} of {total}", done=programme.ticked, total=found)
    return Figure(programme.title, value, note)


def _status_table(material: Material) -> Table:
    words, tally = material.words, material.report.status.activities
    rows = tuple(
        (
            material.badge("status", status),
            Cell(str(tally.by_status.get(status, 0))),
            Cell(
                material.formats.share(tally.by_status.get(status, 0), tally.total),
                share=tally.by_status.get(status, 0) / tally.total if tally.total else 0.0,
            ),
        )
        for status in STATUSES
    )
    columns = (Column(words("Status")), Column(words("Number"), True), Column(words("Share"), True))
    caption = words.number("{n} activity by status", "{n} activities by status", tally.total)
    return Table(caption, columns, rows)


def _assessment_table(material: Material) -> Table:
    words, status = material.words, material.report.status
    levels = [level.id for level in material.plan.header.levels if level.id in status.goals_by_level]
    titles = {level.id: level.title for level in material.plan.header.levels}
    given = [code for code in LABELS["assessment"] if code in status.goals_by_assessment]
    rows = tuple(
        (
            Cell(titles[level]),
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


def decisions(material: Material) -> Section | None:
    """Make the list of decisions taken in the report's days; none without any."""
    words = material.words
    rows = tuple(
        (
            Cell(material.day(row.decision.date)),
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
    words = material.words
    rows = tuple(
        (
            Cell(event.title, href=material.anchor(event.id)),
            Cell(_event_day(material, event)),
            Cell(what_happened(event.entry, material.plan, words)),
        )
        for event in events
    )
    heads = (words("Record"), words("Date"), words("What happened"))
    return Table(caption, tuple(map(Column, heads)), rows)


def _event_day(material: Material, event: Event) -> str:
    text = material.day(event.date)
    return text if event.exact else material.words("by {date}", date=text)


def goals(material: Material) -> Section:
    """Make the line of sight: each goal with its axes, and the activities that serve it."""
    words, report = material.words, material.report
    intro = words(
        "Each goal shows what was reported, whether that report has evidence, and whether its activities "
        "keep their dates: three things that say nothing of each other."
    )
    parts: list[Part] = [Text((intro,))]
    parts.append(Goals(tuple(_goal(material, line, 3) for line in report.goals)))
    if report.loose:
        parts.append(_activities(material, words("Activities that serve no goal"), report.loose))
    return Section("avsnitt_mal", words("Goals and activities"), tuple(parts))


def _goal(material: Material, line: GoalLine, depth: int) -> Goal:
    words, goal = material.words, line.goal
    levels = {level.id: level.title for level in material.plan.header.levels}
    activities = None
    if line.activities:
        caption = words("Activities for “{title}”", title=goal.title)
        activities = _activities(material, caption, line.activities)
    return Goal(
        id=goal.id,
        title=goal.title,
        level=levels.get(goal.level, goal.level),
        depth=min(depth, 6),
        facts=() if line.shown_above else tuple(_facts(material, line)),
        conditions=() if line.shown_above else tuple(_conditions(material, line)),
        pointer=words("Shown above, with what serves it.") if line.shown_above else "",
        activities=activities,
        goals=tuple(_goal(material, below, depth + 1) for below in line.goals),
    )


def _facts(material: Material, line: GoalLine) -> Sequence[tuple[str, Cell]]:
    words, goal = material.words, line.goal
    tally = goal.activities
    evidenced = {None: words("no report"), True: words("yes"), False: words("no")}[goal.evidenced]
    facts = [
        (words("Reported"), material.badge("assessment", goal.assessment or NO_ASSESSMENT)),
        (words("Evidenced"), Cell(evidenced)),
        (words("On schedule"), material.badge("schedule", schedule_code(goal.on_schedule))),
    ]
    if line.proposal.result:
        facts.append((words("Proposed"), material.badge("assessment", line.proposal.result)))
    if tally.total:
        share = tally.done / tally.counted if tally.counted else 0.0
        done = words("{done} of {total}", done=tally.done, total=tally.counted)
        if tally.unreported:
            unknown = words("{n} unreported", n=tally.unreported)
            done = f"{done}, {unknown}"
        facts.append((words("Activities done"), Cell(done, share=share)))
    else:
        facts.append((words("Activities"), Cell(words("none"), "!", "warn")))
    facts.append((words.label("field", "due"), Cell(material.day(goal.due))))
    return facts


def _conditions(material: Material, line: GoalLine) -> Sequence[str]:
    words = material.words
    return [
        words("Reached when: {what} ({rule})", what=item.what, rule=words.label("condition", item.is_))
        for item in line.proposal.conditions
    ]


def _activities(material: Material, caption: str, rows: Sequence[ActivityRow]) -> Table:
    words = material.words
    heads = (words("Activity"), words("Status"), words("Owner"), words("Due"))
    return Table(caption, tuple(map(Column, heads)), tuple(_activity(material, row) for row in rows))


def _activity(material: Material, row: ActivityRow) -> tuple[Cell, ...]:
    state = row.state
    status = material.badge("status", state.status)
    if state.due_unreported:
        status = material.badge("standing", "due_unreported")
    elif state.overdue:
        late = material.words.label("standing", "overdue")
        status = Cell(f"{status.text} · {late}", SYMBOLS["standing"]["overdue"], "bad")
    return (
        Cell(row.record.title),
        status,
        material.people(state.owners),
        Cell(material.day(state.due)),
    )


def programmes(material: Material) -> Section | None:
    """Make the programmes' points: ticked or open; none without a programme."""
    words = material.words
    parts: list[Part] = []
    for programme in material.report.programmes:
        found = len(programme.boxes)
        parts.append(Text((_points_sentence(material, programme, found),)))
        heads = (words("Point"), words("Standing"), words("Owner"), words("Date"), words("Evidence"))
        rows = tuple(
            (
                Cell(box.title),
                material.badge("box", "ticked" if box.ticked else "open"),
                material.people(box.owners),
                Cell(material.day(box.ticked_on)),
                Cell(", ".join(box.evidence) or words("None")),
            )
            for box in programme.boxes
        )
        parts.append(Table(programme.title, tuple(map(Column, heads)), rows))
    return Section("avsnitt_punkter", words("The programme's points"), tuple(parts)) if parts else None


def _points_sentence(material: Material, programme: ProgrammeStatus, found: int) -> str:
    words = material.words
    ticked = words("{ticked} of {found} boxes ticked", ticked=programme.ticked, found=found)
    if programme.declared in (None, found):
        return f"{ticked}."
    note = words(
        "the programme says {declared} points, {found} boxes are found",
        declared=programme.declared,
        found=found,
    )
    return f"{ticked}; {note}."


def deviations(material: Material) -> Section:
    """Make what is overdue, at risk, and moved from its original promise."""
    words, report = material.words, material.report
    parts: list[Part] = []
    if report.overdue:
        parts.append(_duties_table(material, words("Overdue"), report.overdue))
    if report.deviating:
        parts.append(_outlook_table(material))
    if report.moved:
        rows = tuple(_moved_row(material, row) for row in report.moved)
        heads = (words("Record"), words("Promised"), words("Due"), words("Moves"), words("Reason"))
        parts.append(Table(words("Due dates moved"), tuple(map(Column, heads)), rows))
    if not parts:
        parts.append(Text((words("Nothing reported is overdue, at risk or moved."),)))
    return Section("avsnitt_avvikelser", words("Overdue and moved"), tuple(parts))


def _outlook_table(material: Material) -> Table:
    words = material.words
    rows = tuple(
        (
            Cell(row.record.title),
            material.badge("outlook", row.state.outlook or "on_track"),
            material.people(row.state.owners),
            Cell(row.state.values.get("action") or words("None stated")),
        )
        for row in material.report.deviating
    )
    heads = (words("Activity"), words("Outlook"), words("Owner"), words("Action"))
    return Table(words("At risk, and what is done about it"), tuple(map(Column, heads)), rows)


def _moved_row(material: Material, row: Moved) -> tuple[Cell, ...]:
    reasons = [move.entry.reason for move in row.moves if move.entry.reason]
    return (
        Cell(row.title),
        Cell(material.day(row.promised)),
        Cell(material.day(row.due)),
        Cell(str(len(row.moves))),
        Cell("; ".join(reasons) or material.words("None stated")),
    )


def _duties_table(material: Material, caption: str, duties: Sequence[Duty]) -> Table:
    words = material.words
    rows = tuple(
        (
            Cell(duty.title),
            Cell(words.label("kind", duty.kind)),
            material.people(duty.owners),
            Cell(material.day(duty.due)),
        )
        for duty in duties
    )
    heads = (words("Record"), words("Kind"), words("Owner"), words("Due"))
    return Table(caption, tuple(map(Column, heads)), rows)


def unreported(material: Material) -> Section:
    """Make what nobody has reported: due already, and the rest."""
    words, report = material.words, material.report
    parts: list[Part] = []
    if report.unanswered:
        caption = words("Due date passed, and nobody has reported")
        parts.append(_duties_table(material, caption, report.unanswered))
    waiting = [row for row in report.unreported if not row.state.due_unreported]
    if waiting:
        parts.append(_activities(material, words("Never reported, due later"), waiting))
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
    table = _duties_table(material, words("Due within 60 days"), duties)
    return Section("avsnitt_kommande", words("Coming up"), (table,))


def about(material: Material) -> Section:
    """Make what the plan is: vision, background, sources, abbreviations."""
    words, header = material.words, material.plan.header
    parts: list[Part] = []
    if header.vision:
        lead = words("Vision {year}:", year=header.vision.year)
        parts.append(Text((lead, *(f"– {item}" for item in header.vision.statements))))
    if header.background:
        parts.append(Text(tuple(header.background.split("\n\n"))))
    if header.sources:
        rows = tuple(
            (
                Cell(item.title, href=item.link or ""),
                Cell(item.occasion or words("Not stated")),
                Cell(material.day(item.date)),
            )
            for item in header.sources
        )
        heads = (words("Source"), words("Occasion"), words("Date"))
        parts.append(Table(words("Sources"), tuple(map(Column, heads)), rows))
    if header.terms:
        meanings = tuple((Cell(term), Cell(text)) for term, text in sorted(header.terms.items()))
        columns = (Column(words("Abbreviation")), Column(words("Meaning")))
        parts.append(Table(words("Abbreviations"), columns, meanings))
    return Section("avsnitt_om-planen", words("About the plan"), tuple(parts))


SECTIONS: dict[str, tuple[SectionMaker, ...]] = {
    "full": (
        overview,
        decisions,
        changes,
        goals,
        programmes,
        deviations,
        unreported,
        ownerless,
        upcoming,
        about,
    ),
    "board": (overview, decisions, deviations, goals, programmes, upcoming, unreported, about),
    "public": (overview, decisions, changes, goals, programmes, deviations, unreported, about),
}
"""Each audience's sections, in reading order: a board wants decisions and deviations first."""
