"""The line of sight: goals with their axes, the activities that serve them, the programmes' points."""

from collections.abc import Sequence

from servplan.analysis.programme import ProgrammeStatus
from servplan.analysis.report import GoalLine
from servplan.analysis.status import NO_ASSESSMENT
from servplan.render.page import (
    Cell,
    Column,
    Goal,
    Goals,
    Section,
    Table,
    Text,
)
from servplan.render.report.material import Material, Part, activities_table
from servplan.render.views.badges import schedule_code
from servplan.render.views.programme import declared_note, ticked_text
from servplan.render.words import Words


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
        parts.append(activities_table(material, words("Activities that serve no goal"), report.loose))
    return Section("avsnitt_mal", words("Goals and activities"), tuple(parts))


def _goal(material: Material, line: GoalLine, depth: int) -> Goal:
    words, goal = material.words, line.goal
    activities = None
    if line.activities:
        caption = words("Activities for “{title}”", title=goal.title)
        activities = activities_table(material, caption, line.activities)
    return Goal(
        id=goal.id,
        title=goal.title,
        level=words.label("level", goal.level),
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
            unknown = words.number("{n} unreported", "{n} unreported", tally.unreported)
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


def programmes(material: Material) -> Section | None:
    """Make the programmes' points: ticked or open; none without a programme."""
    words = material.words
    parts: list[Part] = []
    for programme in material.report.programmes:
        parts.append(Text((_points_sentence(programme, words),)))
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


def _points_sentence(programme: ProgrammeStatus, words: Words) -> str:
    return "; ".join(filter(None, (ticked_text(programme, words), declared_note(programme, words)))) + "."
