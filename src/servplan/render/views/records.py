"""`list`, `show` and `find`: records as rows, and one record whole."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel

from servplan.analysis.graph import Graph
from servplan.analysis.standing import standing_code, standing_group
from servplan.model.plan import Plan
from servplan.model.record import Entry, Record
from servplan.model.walk import Reference
from servplan.render.blocks import Block, Cell, Column, Heading, Node, Para, Span, Table, Tree, para
from servplan.render.values import Values, given
from servplan.render.views.badges import (
    badge_cell,
    day,
    id_column,
    late_text,
    names,
    style_of,
    symbol_of,
    title_of,
)
from servplan.render.words import LABELS, Words
from servplan.state import Standing, State, effective_date, set_by

LONG = 60
"""Texts longer than this stand on lines of their own."""


class Filters(NamedTuple):
    """What the records of a list have in common: ids, the code of a standing, a tag."""

    owner: str | None = None
    goal: str | None = None
    area: str | None = None
    standing: str | None = None
    overdue: bool = False
    tag: str | None = None


def list_blocks(
    graph: Graph, kind: type[Record], records: Sequence[Record], filters: Filters, words: Words
) -> list[Block]:
    """Return records of one kind as rows: what they were chosen by, and the columns that tell anything."""
    standing = graph.standing
    blocks: list[Block] = [Heading(words.label("kinds", kind.kind), words.as_of(standing.as_of))]
    if chosen := " · ".join(_chosen_by(filters, kind, standing.plan, words)):
        blocks.append(para((chosen, "dim")))
    if not records:
        return [*blocks, para((words("None."), "dim"))]
    states = [standing.state(record.id) for record in records]
    columns = [id_column(words), Column(words("Title"), wraps=True)]
    extra = _list_columns(kind, states, standing.plan, words)
    rows = tuple(
        (Cell(record.id, "dim"), Cell(record.title), *(cells[index] for _column, cells in extra))
        for index, record in enumerate(records)
    )
    columns += [column for column, _cells in extra]
    number = words.number("{n} record", "{n} records", len(records))
    return [*blocks, Table(tuple(columns), rows), para((number, "dim"))]


def _chosen_by(filters: Filters, kind: type[Record], plan: Plan, words: Words) -> Iterator[str]:
    """Yield what records were chosen by, in words."""
    if filters.standing:
        group = "standing" if filters.standing in LABELS["standing"] else standing_group(kind.kind) or ""
        yield f"{words.label('field', 'status')}: {words.label(group, filters.standing)}"
    if filters.overdue:
        yield words.label("standing", "overdue")
    for head, text in (
        (words("Owner"), filters.owner and title_of(plan, filters.owner)),
        (words.label("field", "supports"), filters.goal and title_of(plan, filters.goal)),
        (words.label("field", "area"), filters.area and title_of(plan, filters.area)),
        (words("Tag"), filters.tag),
    ):
        if text:
            yield f"{head}: {text}"


def _list_columns(
    kind: type[Record], states: list[State], plan: Plan, words: Words
) -> list[tuple[Column, list[Cell]]]:
    found = []
    cells = [standing_cell(kind.kind, state, words) for state in states]
    if any(cell.text for cell in cells):
        cells = [cell if cell.text else Cell("–", "dim") for cell in cells]
        found.append((Column(words.label("field", "status")), cells))
    if any(state.due for state in states):
        cells = [Cell(day(state.due)) for state in states]
        found.append((Column(words.label("field", "due")), cells))
    if any(state.owners for state in states):
        cells = [Cell(names(plan, state.owners)) for state in states]
        found.append((Column(words.label("field", "owners"), wraps=True), cells))
    return found


def standing_cell(kind: str, state: State, words: Words) -> Cell:
    """Return how a record stands, in the terms of its kind; an empty cell where its kind has none."""
    if kind == "activity" and state.due_unreported:
        return badge_cell(words, "standing", "due_unreported")
    if kind == "activity" and state.overdue:
        sign, style = symbol_of("standing", "overdue"), style_of("standing", "overdue")
        return Cell(f"{sign} {late_text(state.status, words)}", style)
    group, code = standing_group(kind), standing_code(kind, state)
    return badge_cell(words, group, code) if group and code else Cell("")


def count_text(record: Record, state: State, words: Words) -> str:
    """Return how many are counted, of how many where the record says so; nothing where nothing is counted."""
    target: int | None = getattr(record, "target_count", None)
    if target is not None:
        return words("{done} of {total}", done=state.counted, total=target)
    return str(state.counted) if state.counted else ""


def show_blocks(
    graph: Graph, record: Record, pointing: Iterable[tuple[Record, Reference]], words: Words
) -> list[Block]:
    """Return one record: its fields, its state, its log, and what points here."""
    standing = graph.standing
    aside = f"{words.label('kind', record.kind)} {record.id}"
    blocks: list[Block] = [Heading(record.title, aside), _fields(record, standing.plan, words)]
    if record.id in standing.records:
        blocks += _state_table(record, standing, words)
    else:
        blocks.append(para((absence(record, standing, words), "warn")))
    written: tuple[Entry, ...] = getattr(record, "log", ())
    log = tuple(entry for entry in written if (effective_date(entry) or date.min) <= standing.as_of)
    if log:
        blocks.append(_log_table(log, standing.plan, words))
    if roots := _pointing_nodes(pointing, words):
        blocks += [Heading(words("What points here"), level=2), Tree(roots)]
    return blocks


def _pointing_nodes(pointing: Iterable[tuple[Record, Reference]], words: Words) -> tuple[Node, ...]:
    """Return a line for each field of a record that points somewhere, with how often it does."""
    times = Counter((other.title, other.id, field_name(reference, words)) for other, reference in pointing)
    return tuple(
        Node((Span(title), Span(f"  {id_} · {field}{f' ({n})' if n > 1 else ''}", "dim")))
        for (title, id_, field), n in times.items()
    )


def absence(record: Record, standing: Standing, words: Words) -> str:
    """Return why a record does not exist at a date."""
    if record.retired and record.retired.date <= standing.as_of:
        day_, reason = record.retired.date, record.retired.reason
        return words("Retired since {date}: {reason}", date=day_, reason=reason)
    return words("Does not exist yet on {date}.", date=standing.as_of)


def field_name(reference: Reference, words: Words) -> str:
    """Return the words for the field that a reference stands in."""
    return words.label("field", str(reference.keys[0]))


def _fields(record: Record, plan: Plan, words: Words) -> Table:
    shown = _given(record)
    values = _values(plan, words, nothing="–")
    rows = [
        (Cell(words.label("field", key), "dim"), Cell(_field_text(values, type(record), key, value)))
        for key, value in given(record)
        if key in shown
    ]
    rows.append((Cell(words("File"), "dim"), Cell(record.path, "dim")))
    return Table((Column(""), Column("", wraps=True)), tuple(rows))


def _given(record: Record) -> set[str]:
    return record.model_fields_set - {"id", "path", "title", "log"}


def _values(plan: Plan, words: Words, nothing: str, day_text: Callable[[date], str] = day) -> Values:
    """Return how one record is told: days as they are written, and for ids the records' titles."""
    return Values(words, lambda id_: title_of(plan, id_), day_text, nothing)


def _field_text(values: Values, kind: type[Record], key: str, value: Any) -> str:
    """Return a field's value; of long texts and of groups each on a line of its own."""
    if isinstance(value, tuple) and any(
        isinstance(item, BaseModel) or len(str(item)) > LONG for item in value
    ):
        return "\n".join(values.text(kind, key, item) for item in value)
    return values.text(kind, key, value)


def _state_table(record: Record, standing: Standing, words: Words) -> list[Block]:
    """Return how a record stands; nothing where nothing is known that its fields do not say."""
    rows = tuple((Cell(name, "dim"), cell) for name, cell in _state_rows(record, standing, words))
    if not rows:
        return []
    title = words.as_of(standing.as_of)
    return [Table((Column(""), Column("", wraps=True)), rows, title[:1].upper() + title[1:])]


def _state_rows(record: Record, standing: Standing, words: Words) -> Iterator[tuple[str, Cell]]:
    """Yield what is so of a record, by name."""
    state = standing.state(record.id)
    stands = standing_cell(record.kind, state, words)
    if stands.text:
        yield words("Stands"), stands
    if state.outlook:
        yield words.label("field", "outlook"), badge_cell(words, "outlook", state.outlook)
    if state.progress is not None:
        yield words.label("field", "progress"), Cell(f"{state.progress} %")
    if counted := count_text(record, state, words):
        yield words.label("field", "count"), Cell(counted)
    if given_over := set_by(state, "owners"):
        owners, since = names(standing.plan, state.owners), entry_day(given_over, words)
        text = (
            words("{owners} since {date}", owners=owners, date=since)
            if given_over.date
            else f"{owners} ({since})"
        )
        yield words.label("field", "owners"), Cell(text)
    for move in state.moves:
        reason = f"  {move.entry.reason}" if move.entry.reason else ""
        yield words("Due date moved"), Cell(f"{day(move.old)} → {day(move.new)}{reason}", "warn")


def _log_table(log: tuple[Entry, ...], plan: Plan, words: Words) -> Table:
    rows = tuple(
        (
            Cell(entry_day(entry, words)),
            Cell(all_that_happened(entry, plan, words), _entry_style(entry)),
        )
        for entry in log
    )
    columns = (Column(words("Date")), Column(words("What happened"), wraps=True))
    return Table(columns, rows, words.label("field", "log"))


def _entry_style(entry: Entry) -> str:
    return "dim" if entry.voided else ""


def entry_day(entry: Entry, words: Words) -> str:
    """Return when an entry happened, or by when it was known."""
    if entry.date is None and entry.known_by is not None:
        return words("by {date}", date=entry.known_by)
    return day(effective_date(entry))


def all_that_happened(entry: Entry, plan: Plan, words: Words) -> str:
    """Return an entry in words for those inside, with the note that never leaves."""
    text = what_happened(entry, plan, words)
    if not entry.internal_note:
        return text
    inside = f"{words.label('field', 'internal_note')}: {entry.internal_note}"
    return f"{text} · {inside}" if text else inside


def what_happened(entry: Entry, plan: Plan, words: Words) -> str:
    """Return an entry in words: what it sets, then its note, reason, action and evidence."""
    parts = [what_was_said(entry, plan, words), ", ".join(entry.evidence)]
    if entry.voided:
        parts.append(words("voided {date}: {reason}", date=entry.voided.date, reason=entry.voided.reason))
    return " · ".join(filter(None, parts))


def what_was_said(entry: Entry, plan: Plan, words: Words, day_text: Callable[[date], str] = day) -> str:
    """Return an entry in words, without its evidence: what it sets, then its note, reason and action."""
    values, data = _values(plan, words, words("none"), day_text), dict(entry)
    told = dict.fromkeys((*entry.changes, *entry.reports, "gained", "lost", "figure", "amends"))
    parts = [
        f"{words.label('field', name)}: {values.text(type(entry), name, data[name])}"
        for name in told
        if name in entry.model_fields_set and data[name] is not None
    ]
    parts += [entry.note] if entry.note else []
    parts += [
        f"{words.label('field', name)}: {text}"
        for name in ("reason", "action")
        if (text := getattr(entry, name))
    ]
    return " · ".join(parts)


def found_blocks(records: Sequence[Record], words: Words) -> list[Block]:
    """Return what was found, as rows."""
    if not records:
        return [Para((Span(words("Nothing found."), "dim"),))]
    columns = (id_column(words), Column(words("Kind")), Column(words("Title"), wraps=True))
    rows = tuple(
        (Cell(item.id, "dim"), Cell(words.label("kind", item.kind)), Cell(item.title)) for item in records
    )
    return [Table(columns, rows)]
