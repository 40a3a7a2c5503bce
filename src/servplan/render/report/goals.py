"""The line of sight: goals with their axes, the activities that serve them, the programmes' points."""

from collections.abc import Iterator, Sequence

from servplan.analysis.programme import BoxRow, ProgrammeStatus
from servplan.analysis.report import GoalLine, GoalResult
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
from servplan.render.report.results import outcome_cell
from servplan.render.views.answers import measurement_code, value_text
from servplan.render.views.badges import cancelled_text, schedule_code, style_of, symbol_of
from servplan.render.views.programme import count_of, declared_note, ticked_text
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
    words, goal = material.words, line.result.goal
    activities = None
    if line.activities:
        caption = words("Activities for “{title}”", title=goal.title)
        activities = activities_table(material, caption, line.activities)
    return Goal(
        id=goal.id,
        title=goal.title,
        level=words.label("level", goal.level),
        depth=min(depth, 6),
        facts=() if line.shown_above else tuple(_facts(material, line.result)),
        conditions=() if line.shown_above else tuple(_conditions(material, line.result)),
        pointer=words("Shown above, with what serves it.") if line.shown_above else "",
        indicators=None if line.shown_above else _indicators(material, line.result),
        activities=activities,
        goals=tuple(_goal(material, below, depth + 1) for below in line.goals),
    )


def _facts(material: Material, result: GoalResult) -> Iterator[tuple[str, Cell]]:
    """Yield a goal's axes, each with what it rests on, and what became of its due date."""
    words, goal = material.words, result.goal
    evidenced = {None: words("no report"), True: words("yes"), False: words("no")}[goal.evidenced]
    yield words("Reported"), material.badge("assessment", goal.assessment or NO_ASSESSMENT)
    yield from _reason(material, result)
    yield words("Evidenced"), material.evidence(result.state.evidence, evidenced)
    yield words("Schedule of activities"), material.badge("schedule", schedule_code(goal.on_schedule))
    if result.proposal.result:
        yield words("Proposed"), material.badge("assessment", result.proposal.result)
    yield _done(material, result)
    yield words.label("field", "due"), _due(material, result)
    if result.outcome.code not in ("ahead", "undated"):
        yield words("In time"), outcome_cell(material, result)


def _reason(material: Material, result: GoalResult) -> Iterator[tuple[str, Cell]]:
    """Yield why a goal was assessed so; where that goes against its rule, also that nobody said why."""
    words, reported, proposed = material.words, result.goal.assessment, result.proposal.result
    reason = result.state.claim.reason if result.state.claim else None
    if reported and proposed and reported != proposed:
        yield words("Why it is not assessed as proposed"), Cell(reason or words("None stated"))
    elif reason:
        yield words("Reason"), Cell(reason)


def _done(material: Material, result: GoalResult) -> tuple[str, Cell]:
    words, tally = material.words, result.goal.activities
    if not tally.total:
        return words("Activities"), Cell(words("none"), "!", "warn")
    parts = [words("{done} of {total}", done=tally.done, total=tally.counted), cancelled_text(tally, words)]
    if tally.unreported:
        parts.append(words.number("{n} unreported", "{n} unreported", tally.unreported))
    if result.done_late:
        late = result.done_late
        parts.append(words.number("{n} done after its due date", "{n} done after their due dates", late))
    share = tally.done / tally.counted if tally.counted else 0.0
    return words("Activities done"), Cell(", ".join(filter(None, parts)), share=share)


def _due(material: Material, result: GoalResult) -> Cell:
    """Return when a goal is due, and when it was promised for where that was another day."""
    state = result.state
    if state.promised in (None, state.due):
        return material.day_cell(state.due)
    promised = material.words("promised for {date}", date=material.day(state.promised))
    return Cell(f"{material.day(state.due)} ({promised})")


def _indicators(material: Material, result: GoalResult) -> Table | None:
    """Make a table of what measures a goal; none without indicators."""
    words = material.words
    rows = tuple(
        (
            Cell(row.title),
            Cell(value_text(row.latest, row.unit, words)),
            Cell(row.aim or words("Not stated")),
            material.badge("measurement", measurement_code(row.met)),
        )
        for row in result.indicators
    )
    heads = (words("Indicator"), words("Latest value"), words.label("field", "target"), words("Stands"))
    caption = words("Indicators for “{title}”", title=result.goal.title)
    return Table(caption, tuple(map(Column, heads)), rows) if rows else None


def _conditions(material: Material, result: GoalResult) -> Sequence[str]:
    words = material.words
    return [words("Reached when: {what}", what=item.what) for item in result.proposal.conditions]


def programmes(material: Material) -> Section | None:
    """Make the programmes' points: ticked or open; none without a programme."""
    parts: list[Part] = []
    for programme in material.report.programmes:
        parts += [Text((_points_sentence(programme, material.words),)), _points(material, programme)]
    title = material.words("The programme's points")
    return Section("avsnitt_punkter", title, tuple(parts)) if parts else None


def _points(material: Material, programme: ProgrammeStatus) -> Table:
    """Make a table of a programme's points; counts and due dates where a point has them."""
    words, boxes = material.words, programme.boxes
    columns = {
        words("Point"): [Cell(box.title) for box in boxes],
        words("Standing"): [_box_standing(material, box) for box in boxes],
        words("Owner"): [material.people(box.owners) for box in boxes],
    }
    if any(box.progress for box in boxes):
        columns[words.label("field", "count")] = [
            Cell(count_of(box, words) or "–", whole=True) for box in boxes
        ]
    if any(box.due for box in boxes):
        columns[words.label("field", "due")] = [material.day_cell(box.due) for box in boxes]
    columns[words("Evidence")] = [material.evidence(box.evidence) for box in boxes]
    return Table(programme.title, tuple(map(Column, columns)), tuple(zip(*columns.values(), strict=True)))


def _box_standing(material: Material, box: BoxRow) -> Cell:
    """Return whether a point is ticked, with the day; of an open one, whether its due date has passed."""
    if box.ticked:
        cell = material.badge("box", "ticked")
        return cell._replace(text=f"{cell.text} {material.day(box.ticked_on)}") if box.ticked_on else cell
    if box.overdue:
        text = f"{material.words.label('box', 'open')} · {material.words.label('standing', 'overdue')}"
        return Cell(text, symbol_of("standing", "overdue"), style_of("standing", "overdue"))
    return material.badge("box", "open")


def _points_sentence(programme: ProgrammeStatus, words: Words) -> str:
    return "; ".join(filter(None, (ticked_text(programme, words), declared_note(programme, words)))) + "."
