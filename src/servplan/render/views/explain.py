"""`explain`: why a record counts as it does: rule, inputs, what is missing, result."""

from servplan.analysis.assessment import Input, Proposal
from servplan.analysis.graph import Graph
from servplan.analysis.status import GoalStatus
from servplan.model.record import Record
from servplan.render.blocks import Block, Cell, Column, Heading, Para, Span, Table, para
from servplan.render.views.badges import (
    badge,
    badge_cell,
    day,
    id_column,
    schedule_code,
    style_of,
    title_of,
)
from servplan.render.views.records import count_text, entry_day, standing_cell, what_happened
from servplan.render.words import SYMBOLS, Words
from servplan.state import UNREPORTED, State


def explain_goal_blocks(graph: Graph, goal: GoalStatus, proposal: Proposal, words: Words) -> list[Block]:
    """Return a goal's axes and its proposed assessment, with what they rest on."""
    aside = words.as_of(graph.standing.as_of)
    blocks: list[Block] = [Heading(goal.title, aside), _axes(goal, words)]
    blocks.append(_conditions(proposal, words))
    if proposal.inputs:
        blocks.append(_inputs(graph, proposal, words))
    if proposal.missing:
        missing = ", ".join(proposal.missing)
        blocks.append(para((words("Missing: a report of {missing}.", missing=missing), "warn")))
    blocks.append(_result(goal, proposal, words))
    return blocks


def _axes(goal: GoalStatus, words: Words) -> Table:
    evidenced = {None: words("no report"), True: words("yes"), False: words("no")}[goal.evidenced]
    rows = (
        (Cell(words("Reported"), "dim"), badge_cell(words, "assessment", goal.assessment or "none")),
        (Cell(words("Evidenced"), "dim"), Cell(evidenced)),
        (
            Cell(words("Schedule of activities"), "dim"),
            badge_cell(words, "schedule", schedule_code(goal.on_schedule)),
        ),
        (Cell(words.label("field", "due"), "dim"), Cell(day(goal.due))),
    )
    return Table((Column(""), Column("", wraps=True)), rows, words("How it stands"))


def _conditions(proposal: Proposal, words: Words) -> Table:
    rows = tuple(
        (Cell(words.label("condition", item.is_), "dim"), Cell(item.what)) for item in proposal.conditions
    )
    title = words("Rule – {rule}", rule=words.label("rule", proposal.rule))
    return Table((Column(""), Column("", wraps=True)), rows, title)


def _inputs(graph: Graph, proposal: Proposal, words: Words) -> Table:
    rows = tuple(
        (
            Cell(item.id, "dim"),
            Cell(item.title),
            _input_cell(graph, item, words),
        )
        for item in proposal.inputs
    )
    columns = (id_column(words), Column(words("Title"), wraps=True), Column(words("Stands")))
    return Table(columns, rows, words("Inputs"))


def _input_cell(graph: Graph, item: Input, words: Words) -> Cell:
    """Return how an input stands; an indicator stands by its value."""
    kind = graph.standing.records[item.id].kind
    if kind == "indicator":
        code = "unknown" if item.status == UNREPORTED else "met" if item.status == "done" else "missed"
        return badge_cell(words, "measurement", code)
    return standing_cell(kind, graph.standing.state(item.id), words)


def _result(goal: GoalStatus, proposal: Proposal, words: Words) -> Para:
    if proposal.result is None:
        return para(words("Result: no proposal."))
    result = f"{SYMBOLS['assessment'][proposal.result]} {words.label('assessment', proposal.result)}"
    pieces: list[tuple[str, str]] = [
        (words("Result: "), ""),
        (result, style_of("assessment", proposal.result)),
    ]
    if goal.assessment and goal.assessment != proposal.result:
        pieces.append(
            (" · " + words("the reported assessment differs; its reason stands in the log"), "warn")
        )
    return para(*pieces)


def explain_record_blocks(graph: Graph, record: Record, state: State, words: Words) -> list[Block]:
    """Return what a record's state was computed from."""
    as_of = graph.standing.as_of
    standing = standing_cell(record.kind, state, words)
    rows = [(Cell(words("Stands"), "dim"), standing)] if standing.text else []
    rows.append((Cell(words("Last report"), "dim"), Cell(_last_report(state, words))))
    if counted := count_text(record, state, words):
        rows.append((Cell(words.label("field", "count"), "dim"), Cell(counted)))
    if "due" in type(record).model_fields:
        rows += _due_rows(state, words)
    blocks: list[Block] = [
        Heading(record.title, words.as_of(as_of)),
        Table((Column(""), Column("", wraps=True)), tuple(rows)),
    ]
    if state.entries:
        columns = (Column(words("Date")), Column(words("What happened"), wraps=True))
        entries = tuple(
            (Cell(entry_day(item, words)), Cell(what_happened(item, graph.standing.plan, words)))
            for item in state.entries
        )
        blocks.append(Table(columns, entries, words("Entries that count, in their order")))
    above = graph.above(record.id)
    if above:
        serves = " › ".join(title_of(graph.standing.plan, id_) for id_ in above)
        blocks.append(Para((Span(words("Serves: "), "dim"), Span(serves))))
    return blocks


def _due_rows(state: State, words: Words) -> list[tuple[Cell, Cell]]:
    """Return what became of the due date, for kinds that have one."""
    moves = (
        words.number("{n} time later", "{n} times later", state.postponed)
        if state.postponed
        else words("never")
    )
    return [
        (Cell(words("Promised"), "dim"), Cell(day(state.promised))),
        (Cell(words.label("field", "due"), "dim"), Cell(day(state.due))),
        (Cell(words("Due date moved"), "dim"), Cell(moves)),
        (Cell(words("Overdue"), "dim"), Cell(*_lateness(state, words))),
    ]


def _last_report(state: State, words: Words) -> str:
    return entry_day(state.report, words) if state.report else words("none")


def _lateness(state: State, words: Words) -> tuple[str, str]:
    if state.due_unreported:
        span = badge(words, "standing", "due_unreported")
        reason = words("whether it is late is not known: nobody has reported")
        return f"{span.text} · {reason}", span.style
    if state.overdue:
        return words("yes: the due date has passed, and it is neither done nor cancelled"), "bad"
    return words("no"), ""
