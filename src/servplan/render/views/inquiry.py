"""The words of questions, the keys of answers in every dialogue, and a record's card in `follow-up`.

A key means the same in every dialogue. It is the first letter of its text in the catalogue, so that each
language has its own letters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from servplan.analysis.graph import Graph
from servplan.analysis.inquiry import Question
from servplan.analysis.reporting import Reporting
from servplan.diagnostics import NOTHING
from servplan.model.record import Record
from servplan.render.blocks import Block, Cell, Column, Heading, Para, Span, Table, para
from servplan.render.messages import error_text
from servplan.render.views.badges import badge_cell, day, names
from servplan.render.views.records import count_text, entry_day, standing_cell, what_happened
from servplan.render.words import N_, Words
from servplan.state import State

MOVES = ("skip", "back", "leave", "explain")
"""The keys that answer nothing: on, back, away, and what the keys mean."""

_KEYS: Mapping[str, str] = {
    "going_on": N_("g: going on"),
    "back_on_track": N_("g: going on, back on track"),
    "done": N_("d: done"),
    "count": N_("c: count"),
    "at_risk": N_("r: at risk"),
    "on_hold": N_("b: blocked"),
    "not_started": N_("n: not started"),
    "ticked": N_("t: tick it"),
    "not_yet": N_("n: not yet, on track"),
    "new_due": N_("m: move the date"),
    "carry": N_("o: over to the next year"),
    "cancel": N_("x: cancel it"),
    "yes": N_("y: yes"),
    "no": N_("n: no"),
    "skip": N_("s: skip"),
    "back": N_("u: undo"),
    "leave": N_("q: quit"),
    "explain": N_("?: explain"),
}
"""The key of every answer and move, and its name."""

_MEANINGS: Mapping[str, str] = {
    "going_on": N_("Work goes on. A note may follow."),
    "back_on_track": N_("Work goes on, and the deviation is over. A note may follow."),
    "done": N_("It is finished. A note and evidence may follow."),
    "count": N_("So many more since the last report; asks for the number."),
    "at_risk": N_("The plan may not hold; asks what is done about it."),
    "on_hold": N_("It rests; asks why."),
    "not_started": N_("Nobody has begun. A note may follow."),
    "ticked": N_("The box is reached. A note and evidence may follow."),
    "not_yet": N_("Not reached, but nothing stands against the plan. A note may follow."),
    "new_due": N_("A new due date; asks which and why, and then how it stands."),
    "carry": N_("Goes on in the next year as a new record; this one is kept as it is."),
    "cancel": N_("Will not be done; asks why."),
    "yes": N_("Writes all of it."),
    "no": N_("Writes nothing."),
    "skip": N_("Says nothing now; it still awaits a report."),
    "back": N_("Goes back to the record before, and takes back what was answered."),
    "leave": N_("Stops here. All answers are written; the same command goes on."),
    "explain": N_("Shows this."),
}

_QUESTIONS: Mapping[str, str] = {
    "note": N_("A note"),
    "evidence": N_("Evidence, an address or a path"),
    "count": N_("How many more?"),
    "action": N_("What is done about it?"),
    "due": N_("New due date"),
    "on_hold": N_("Why is it on hold?"),
    "new_due": N_("Why is it moved?"),
    "cancel": N_("Why is it cancelled?"),
}
"""What is asked for a field; for a reason, by the answer that needs it."""

PROMPT = " > "
"""What stands between a question and the place to answer it."""


def keys_of(codes: Iterable[str], words: Words) -> dict[str, str]:
    """Return the key of each answer or move: letters to codes."""
    return {_key(code, words)[0]: code for code in codes}


def _key(code: str, words: Words) -> tuple[str, str]:
    letter, _, name = words(_KEYS[code]).partition(": ")
    return letter, name


def round_blocks(view: Reporting, name: str, dated: date, dry_run: bool, words: Words) -> list[Block]:
    """Return what a round through the records begins with: whose, of which period, until when."""
    title = words("Follow-up {period}", period=view.period.name)
    aside = words("{missing} of {total} await a report", missing=len(view.missing), total=view.total)
    ends = N_("The grace ended {grace}.") if view.stage == "over" else N_("The grace ends {grace}.")
    written = N_("Each is saved at once.") if not dry_run else N_("Dry run: nothing is saved.")
    rules = (
        words(ends, grace=view.grace_end),
        words("Answers are dated {date}.", date=dated),
        words(written),
    )
    return [Heading(f"{title}, {name}" if name else title, aside), para((" ".join(rules), "dim"))]


def card_blocks(
    record: Record, state: State, place: tuple[int, int], graph: Graph, words: Words
) -> list[Block]:
    """Return a record as it is asked about: what it is, what it serves, how it stands."""
    number, total = place
    title = f"{words('{done} of {total}', done=number, total=total)}  {record.title}"
    rows = tuple((Cell(label, "dim"), cell) for label, cell in _card_rows(record, state, graph, words))
    return [Table((Column(""), Column("", wraps=True)), rows, title)]


def _card_rows(record: Record, state: State, graph: Graph, words: Words) -> Iterator[tuple[str, Cell]]:
    plan = graph.standing.plan
    yield words("Id"), Cell(record.id)
    if served := graph.parents.get(record.id):
        yield words.label("field", "supports"), Cell(names(plan, served))
    if programme := getattr(record, "programme", None):
        yield words.label("field", "programme"), Cell(names(plan, [programme]))
    yield words.label("field", "owners"), Cell(names(plan, state.owners))
    yield words.label("field", "due"), Cell(_due_text(state, words))
    yield words("Stands"), standing_cell(record.kind, state, words)
    if counted := count_text(record, state, words):
        yield words.label("field", "count"), Cell(counted)
    if state.outlook:
        yield words.label("field", "outlook"), badge_cell(words, "outlook", state.outlook)
    if action := state.values.get("action"):
        yield words.label("field", "action"), Cell(action)
    yield words("Last report"), _report_cell(state, graph, words)


def _due_text(state: State, words: Words) -> str:
    if not state.postponed:
        return day(state.due)
    moved = words.number(
        "moved once; promised: {promised}",
        "moved {n} times; promised: {promised}",
        state.postponed,
        promised=day(state.promised),
    )
    return f"{day(state.due)} ({moved})"


def _report_cell(state: State, graph: Graph, words: Words) -> Cell:
    if state.report is None:
        return Cell("–")
    said = what_happened(state.report, graph.standing.plan, words)
    return Cell(f"{entry_day(state.report, words)}  {said}")


def menu_blocks(codes: Sequence[str], words: Words) -> list[Block]:
    """Return the keys that may be pressed: the answers on one line, the moves on the next."""
    answers = [code for code in codes if code not in MOVES]
    moves = [code for code in codes if code in MOVES]
    return [Para((*_keys(answers, words), Span("\n"), *_keys(moves, words)))]


def _keys(codes: Iterable[str], words: Words) -> Iterator[Span]:
    for number, code in enumerate(codes):
        letter, name = _key(code, words)
        yield Span("  " if number else "")
        yield Span(letter, "strong")
        yield Span(f" {name}")


def explained_blocks(
    codes: Iterable[str], words: Words, meanings: Mapping[str, str] = NOTHING
) -> list[Block]:
    """Return what each key means: what `meanings` says of it, else what it usually does."""
    told = {**_MEANINGS, **meanings}
    rows = tuple(
        (*(Cell(text) for text in _key(code, words)), Cell(words(told[code]), "dim")) for code in codes
    )
    return [Table((Column(""), Column(""), Column("", wraps=True)), rows)]


def choice_text(words: Words) -> str:
    """Return what stands before the place to press a key."""
    return words("Answer") + PROMPT


def question_lines(question: Question, words: Words) -> Iterator[str]:
    """Yield what was wrong with the last text, and then the question itself, without a line's end."""
    if question.fault:
        fault, remedy = error_text(question.fault, words)
        yield from (fault, f"→ {remedy}")
    code = question.answer.code if question.asked.field == "reason" else question.asked.field
    enter = words("Enter takes the answer back") if question.asked.needed else words("Enter goes on")
    yield f"{words(_QUESTIONS[code])} ({enter}){PROMPT}"
