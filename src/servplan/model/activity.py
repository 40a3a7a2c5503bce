"""Activities: what is done."""

from typing import Annotated, ClassVar

from pydantic import Field

from servplan.model.fields import DUE, TARGET, Day, Many, Ref, Text, Whole
from servplan.model.record import Entry, Outlook, Record, Status


class ActivityEntry(Entry):
    """What was reported of an activity."""

    status: Status | None = Field(None, description="Where it stands, from this day on.")
    progress: Annotated[Whole | None, Field(le=100)] = Field(
        None, description="How far it has come, in per cent."
    )
    outlook: Outlook | None = Field(None, description="Where it is heading.")
    count: Whole | None = Field(None, description="How many more: the total is their sum.")

    reports: ClassVar = ("status", "progress", "outlook", "count")
    changes: ClassVar = (*Entry.changes, "status", "progress", "outlook")


class Activity(Record):
    """Something to be done by a date, for goals, for boxes, or as a part of another activity."""

    kind = "activity"
    folder = "activities"
    entry = ActivityEntry
    begins_when_added = True

    supports: Annotated[Many[str], Ref("goal", "box", "activity")] = Field(
        (), description="What it serves: goals, boxes, or the activity it is a part of."
    )
    start: Day | None = Field(None, description="When it is to begin.")
    due: Annotated[Day | None, DUE] = Field(None, description="When it is to be done: the original promise.")
    area: Annotated[Many[str], Ref("area", words=("all",))] = Field(
        (), description="The areas it concerns, or `all`."
    )
    depends_on: Annotated[Many[str], Ref("activity", "box", "goal")] = Field(
        (), description="What has to be done before."
    )
    target_count: Annotated[Whole | None, TARGET] = Field(None, description="How many are to be done.")
    participants: Many[Text] = Field((), description="Who takes part: functions, not persons.")
    continues: Annotated[str | None, Ref("activity")] = Field(
        None, description="Last year's activity that this one goes on with."
    )
    log: tuple[ActivityEntry, ...] = Field((), description="What happened, entry by entry.")
