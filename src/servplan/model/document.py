"""Documents: what is to be written and adopted."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from servplan.model.fields import LINK, Ref, Text
from servplan.model.record import Entry, Record

DocumentStatus = Literal["not_started", "in_progress", "referred", "adopted", "rejected"]


class DocumentEntry(Entry):
    """How far a document has come."""

    status: DocumentStatus | None = Field(None, description="Where it stands, from this day on.")

    reports: ClassVar = ("status",)
    changes: ClassVar = (*Entry.changes, "status")


class Document(Record):
    """A policy, plan or strategy that the plan is to produce, or rests on."""

    kind = "document"
    folder = "documents"
    entry = DocumentEntry

    type: Literal["policy", "plan", "strategy", "agenda", "inventory", "other"] = Field(
        "other", description="What sort of document it is."
    )
    link: Annotated[Text | None, LINK] = Field(None, description="Where it can be read.")
    part_of: Annotated[str | None, Ref("document")] = Field(None, description="The document it is part of.")
    log: tuple[DocumentEntry, ...] = Field((), description="What happened, entry by entry.")
