"""Questions: what is still to be settled."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from servplan.model.fields import Many, Ref, Text, Whole
from servplan.model.record import Entry, Record


class QuestionEntry(Entry):
    """What was answered or decided."""

    answer: Text | None = Field(None, description="The answer, from this day on.")
    decision: Text | None = Field(None, description="What was decided.")

    changes: ClassVar = (*Entry.changes, "answer", "decision")


class Question(Record):
    """A question to decide, a topic to look into, or an idea to try."""

    kind = "question"
    folder = "questions"
    entry = QuestionEntry
    begins_when_added = True

    form: Literal["question", "topic", "idea"] = Field("question", description="What sort it is.")
    phase: Whole | None = Field(None, description="The phase in which it is to be settled.")
    part_of: Annotated[str | None, Ref("question")] = Field(None, description="The question it is part of.")
    concerns: Annotated[Many[str], Ref("*")] = Field((), description="The records it is about.")
    log: tuple[QuestionEntry, ...] = Field((), description="What happened, entry by entry.")
