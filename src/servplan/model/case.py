"""Cases: another authority withdraws a service, and what is done about it."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from servplan.model.fields import Day, Frozen, Many, Ref, Text
from servplan.model.record import Entry, Record

CaseStatus = Literal["watched", "acted", "answered", "closed"]


class Withdrawal(Frozen):
    """What was withdrawn, and when."""

    what: Text = Field(description="What is no longer offered, in words.")
    date: Day | None = Field(None, description="The day it was withdrawn.")
    known_by: Day | None = Field(None, description="Where the day is not known: it was so by this day.")


class CaseEntry(Entry):
    """How far a case has come."""

    status: CaseStatus | None = Field(None, description="Where it stands, from this day on.")

    reports: ClassVar = ("status",)
    changes: ClassVar = (*Entry.changes, "status")


class Case(Record):
    """A withdrawal that the municipality watches and acts on."""

    kind = "case"
    folder = "cases"
    entry = CaseEntry

    authority: Text | None = Field(None, description="The authority that withdraws the service.")
    service: Annotated[str | None, Ref("service")] = Field(None, description="The service withdrawn.")
    withdrawn: Withdrawal | None = Field(None, description="What was withdrawn, and when.")
    observations: Many[Text] = Field((), description="What was observed, without persons' names.")
    proposed_action: Text | None = Field(None, description="What is proposed to be done.")
    allies: Many[Text] = Field((), description="Who else acts.")
    log: tuple[CaseEntry, ...] = Field((), description="What happened, entry by entry.")
