"""Contacts: meetings with other municipalities and organisations."""

from typing import ClassVar, Literal

from pydantic import Field

from servplan.model.fields import Many, Text
from servplan.model.record import Entry, Record

ContactStatus = Literal["not_planned", "planned", "done"]


class ContactEntry(Entry):
    """How far a contact has come."""

    status: ContactStatus | None = Field(None, description="Where it stands, from this day on.")

    reports: ClassVar = ("status",)
    changes: ClassVar = (*Entry.changes, "status")


class Contact(Record):
    """A municipality or an organisation to meet and learn from; never a person by name."""

    kind = "contact"
    folder = "contacts"
    entry = ContactEntry

    municipalities: Many[Text] = Field((), description="Municipality codes, quoted: `'1885'`.")
    organisation: Text | None = Field(None, description="The organisation, where it is no municipality.")
    log: tuple[ContactEntry, ...] = Field((), description="What happened, entry by entry.")
