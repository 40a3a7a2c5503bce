"""Programmes and their boxes to tick."""

from typing import Annotated, ClassVar

from pydantic import Field

from servplan.model.fields import DUE, TARGET, Day, Many, Ref, Whole
from servplan.model.record import Assessment, Entry, Outlook, Record


class Programme(Record):
    """A list of boxes to tick, with the number of points it promised."""

    kind = "programme"
    folder = "programmes"
    begins_when_added = True

    points: Annotated[Whole | None, TARGET] = Field(None, description="The number of points it says it has.")
    log: tuple[Entry, ...] = Field((), description="What happened, entry by entry.")


class BoxEntry(Entry):
    """What was reported of a box."""

    ticked: bool | None = Field(None, strict=True, description="Whether the box is ticked.")
    assessment: Assessment | None = Field(None, description="How far it is reached, judged by a person.")
    outlook: Outlook | None = Field(None, description="Where it is heading.")
    count: Whole | None = Field(None, description="How many more: the total is their sum.")

    reports: ClassVar = ("ticked", "assessment", "outlook", "count")
    changes: ClassVar = (*Entry.changes, "ticked", "assessment", "outlook")


class Box(Record):
    """One point of a programme: it is open until an entry ticks it."""

    kind = "box"
    folder = "boxes"
    entry = BoxEntry
    begins_when_added = True

    programme: Annotated[str, Ref("programme")] = Field(description="The programme it is in.")
    supports: Annotated[Many[str], Ref("goal")] = Field((), description="The goals it serves.")
    due: Annotated[Day | None, DUE] = Field(
        None, description="When it is to be ticked: the original promise."
    )
    area: Annotated[Many[str], Ref("area", words=("all",))] = Field(
        (), description="The areas it concerns, or `all`."
    )
    target_count: Annotated[Whole | None, TARGET] = Field(None, description="How many are to be done.")
    log: tuple[BoxEntry, ...] = Field((), description="What happened, entry by entry.")
