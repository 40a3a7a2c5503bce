"""Questions: what is to be settled, phase by phase, each with its parts."""

from typing import NamedTuple

from servplan.analysis.graph import sibling_key
from servplan.model.question import Question
from servplan.state import Standing


class QuestionRow(NamedTuple):
    """A question with the questions that are part of it; answer and decision are None until given."""

    id: str
    title: str
    form: str
    phase: int | None
    answer: str | None
    decision: str | None
    parts: "tuple[QuestionRow, ...]"


def build_questions(standing: Standing) -> tuple[QuestionRow, ...]:
    """Return the questions that are part of no other, in order, the phased ones first."""
    found = [item for item in standing.records.values() if isinstance(item, Question)]
    ids = {item.id for item in found}
    parts: dict[str, list[Question]] = {}
    tops = []
    for item in sorted(found, key=sibling_key):
        whole = standing.plan.resolve(item.part_of) if item.part_of else None
        if whole in ids and whole is not None and whole != item.id:
            parts.setdefault(whole, []).append(item)
        else:
            tops.append(item)
    tops.sort(key=lambda item: (item.phase is None, item.phase or 0, item.form))
    return tuple(_row(standing, item, parts) for item in tops)


def _row(standing: Standing, question: Question, parts: dict[str, list[Question]]) -> QuestionRow:
    values = standing.state(question.id).values
    below = parts.pop(question.id, ())
    return QuestionRow(
        question.id,
        question.title,
        question.form,
        question.phase,
        values.get("answer"),
        values.get("decision"),
        tuple(_row(standing, item, parts) for item in below),
    )
