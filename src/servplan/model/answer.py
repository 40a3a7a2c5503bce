"""`data/audit.yaml`: answers to what the audit finds, a row each."""

from typing import Annotated

from pydantic import Field

from servplan.model.fields import INTERNAL, Day, Frozen, Text

Case = tuple[str, str, Day | None]
"""A record, a rule, and perhaps a day."""


class Answer(Frozen):
    """Says why a change that the audit found stands as it is, and who says so."""

    record: Text = Field(description="The record's id, also where the record is gone.")
    rule: Text = Field(description="The audit's rule: `due-moved`, `record-deleted` …")
    reason: Text = Field(description="Why the change stands.")
    by: Annotated[Text, INTERNAL] = Field(description="Who says so: a function or a body, not a person.")
    commit: Text | None = Field(None, description="Only this commit's change, by the beginning of its id.")
    date: Day | None = Field(None, description="Only a change that was committed on this day.")

    @property
    def case(self) -> Case:
        """What a row answers that names no commit, however its reason is put."""
        return self.record, self.rule, self.date
