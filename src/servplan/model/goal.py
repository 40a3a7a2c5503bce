"""Goals: what is to be reached."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from servplan.model.fields import DUE, PLANS_OWN, TARGET, Day, Frozen, Many, Ref, Text
from servplan.model.record import Assessment, Entry, Outlook, Record


class Condition(Frozen):
    """What has to be so for a goal to be reached, in the plan's words."""

    is_: Literal["started", "completed", "adopted", "established", "measured"] = Field(
        alias="is", description="What kind of condition it is."
    )
    what: Text = Field(description="The condition in the plan's words.")


class GoalEntry(Entry):
    """What was reported of a goal."""

    assessment: Assessment | None = Field(
        None, description="How far the goal is reached, judged by a person."
    )
    outlook: Outlook | None = Field(None, description="Where it is heading.")

    reports: ClassVar = ("assessment", "outlook")
    changes: ClassVar = (*Entry.changes, "assessment", "outlook")


class Goal(Record):
    """An overall goal, a target or a sub-goal: the plan's levels are its own."""

    kind = "goal"
    folder = "goals"
    entry = GoalEntry
    begins_when_added = True

    level: Annotated[Text, PLANS_OWN] = Field(description="One of the plan's levels, by id.")
    supports: Annotated[Many[str], Ref("goal")] = Field(
        (), description="The goals that it serves, one or several."
    )
    due: Annotated[Day | None, DUE] = Field(
        None, description="When it is to be reached: the original promise."
    )
    reached_when: Annotated[Many[Condition], TARGET] = Field(
        (), description="When it counts as reached; left out: the plan does not say."
    )
    documents: Annotated[Many[str], Ref("document")] = Field(
        (), description="The documents that have to be adopted."
    )
    log: tuple[GoalEntry, ...] = Field((), description="What happened, entry by entry.")
