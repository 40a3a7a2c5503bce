"""Indicators: what measures a goal."""

from typing import Annotated, Literal

from pydantic import Field

from servplan.model.fields import LINK, PUBLISHED, TARGET, Day, Frozen, Many, Number, Ref, Text
from servplan.model.record import Entry, Record


class Series(Frozen):
    """Where an indicator's values come from; values of different series are never compared."""

    source: Text = Field(description="Who publishes it: Kolada, SCB …")
    id: Text = Field(description="Its id there.")
    definition: Text | None = Field(None, description="What exactly is measured.")


class Value(Frozen):
    """One measured value."""

    period: Text = Field(description="The period measured, quoted: `'2015'`.")
    value: Number = Field(description="The value as published.")
    published: Day | None = Field(None, description="The day it was published.")
    source: Annotated[Text | None, LINK] = Field(None, description="Where it was published.")


class Aim(Frozen):
    """What an indicator is to reach."""

    what: Text = Field(description="The aim in the plan's words.")
    value: Number | None = Field(None, description="The value to reach, where one is set.")
    period: Text | None = Field(None, description="When it is to be reached, quoted.")


class Indicator(Record):
    """A series that answers how far a goal is reached."""

    kind = "indicator"
    folder = "indicators"
    begins_when_added = True

    measures: Annotated[Many[str], Ref("goal")] = Field((), description="The goals it measures.")
    unit: Annotated[Text | None, TARGET] = Field(None, description="What a value counts.")
    direction: Annotated[Literal["up", "down"] | None, TARGET] = Field(
        None, description="Which way is better."
    )
    series: Annotated[Series | None, TARGET] = Field(None, description="Where its values come from.")
    baseline: Annotated[Value | None, TARGET] = Field(None, description="The value it starts from.")
    target: Annotated[Aim | None, TARGET] = Field(None, description="What it is to reach.")
    values: Annotated[Many[Value], PUBLISHED] = Field((), description="Its measured values.")
    log: tuple[Entry, ...] = Field((), description="What happened, entry by entry.")
