"""`programme`: the boxes, ticked or open, against the points declared."""

from datetime import date

from servplan.analysis.programme import BoxRow, ProgrammeStatus
from servplan.model.plan import Plan
from servplan.render.blocks import Block, Cell, Column, Heading, Para, Span, Table, bar
from servplan.render.views.badges import day, names, style_of
from servplan.render.words import SYMBOLS, Words


def programme_blocks(
    as_of: date, programmes: tuple[ProgrammeStatus, ...], plan: Plan, words: Words
) -> list[Block]:
    """Return each programme with its boxes."""
    blocks: list[Block] = []
    if not programmes:
        heading = Heading(words.label("kinds", "programme"), words.as_of(as_of))
        return [heading, Para((Span(words("None."), "dim"),))]
    for programme in programmes:
        blocks += [
            Heading(programme.title, words.as_of(as_of)),
            Para((Span(points_sentence(programme, words)),)),
            _boxes(programme, plan, words),
        ]
    return blocks


def points_sentence(programme: ProgrammeStatus, words: Words) -> str:
    """Return how many boxes are ticked, with a bar, and how that agrees with the points declared."""
    ticked = f"{ticked_text(programme, words)} {bar(programme.ticked, len(programme.boxes))}"
    note = declared_note(programme, words)
    return f"{ticked} · {note}" if note else ticked


def ticked_text(programme: ProgrammeStatus, words: Words) -> str:
    """Return how many of a programme's boxes are ticked."""
    return words.number(
        "{ticked} of {n} box ticked",
        "{ticked} of {n} boxes ticked",
        len(programme.boxes),
        ticked=programme.ticked,
    )


def declared_note(programme: ProgrammeStatus, words: Words) -> str:
    """Return that a programme declares another number of points than it has boxes; else nothing."""
    found = len(programme.boxes)
    if programme.declared is None or programme.declared == found:
        return ""
    return words.number(
        "the programme says {n} point, {found} boxes are found",
        "the programme says {n} points, {found} boxes are found",
        programme.declared,
        found=found,
    )


def _boxes(programme: ProgrammeStatus, plan: Plan, words: Words) -> Table:
    columns = [Column(""), Column(words("Box"), wraps=True)]
    optional = {
        words("Owner"): [names(plan, box.owners) for box in programme.boxes],
        words("Date"): [day(box.ticked_on) for box in programme.boxes],
        words("Evidence"): [", ".join(box.evidence) or "–" for box in programme.boxes],
        words("Count"): [count_of(box, words) or "–" for box in programme.boxes],
    }
    shown = {head: texts for head, texts in optional.items() if set(texts) != {"–"}}
    columns += [Column(head, wraps=head == words("Evidence")) for head in shown]
    rows = tuple(
        (*_first_cells(box), *(Cell(texts[index]) for texts in shown.values()))
        for index, box in enumerate(programme.boxes)
    )
    return Table(tuple(columns), rows)


def _first_cells(box: BoxRow) -> tuple[Cell, Cell]:
    code = "ticked" if box.ticked else "open"
    return Cell(SYMBOLS["box"][code], style_of("box", code)), Cell(box.title)


def count_of(box: BoxRow, words: Words) -> str:
    """Return how many are counted of a box's target; nothing where it has none."""
    if box.progress is None:
        return ""
    return words("{done} of {total}", done=box.progress.done, total=box.progress.target)
