"""Owners: who is responsible."""

from typing import Annotated, Literal

from pydantic import Field

from servplan.model.fields import INTERNAL, Ref, Text
from servplan.model.record import Entry, Record


class Owner(Record):
    """A unit, a role or a partner that can be responsible; never a person by name."""

    kind = "owner"
    folder = "owners"

    type: Literal["unit", "role", "partner"] = Field(description="What sort of owner it is.")
    part_of: Annotated[str | None, Ref("owner")] = Field(None, description="The owner it belongs to.")
    contact: Annotated[Text | None, INTERNAL] = Field(
        None, description="How colleagues reach it; never leaves in public output."
    )
    contact_public: Text | None = Field(None, description="A public address of the function.")
    successor: Annotated[str | None, Ref("owner")] = Field(None, description="Who took over its duties.")
    log: tuple[Entry, ...] = Field((), description="What happened, entry by entry.")
