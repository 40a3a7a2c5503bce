"""Areas: the village areas that the plan is about."""

from typing import Annotated, Literal

from pydantic import Field

from servplan.model.fields import Day, Frozen, Many, Number, Ref, Text, Whole
from servplan.model.record import Entry, Record


class Point(Frozen):
    """Where something lies (WGS 84), and how sure that is."""

    lat: Annotated[Number, Field(ge=-90, le=90, description="Latitude in degrees.")]
    lon: Annotated[Number, Field(ge=-180, le=180, description="Longitude in degrees.")]
    confidence: Literal["verified", "probable", "estimate"] = Field(
        description="`verified`: two sources agree; `probable`: one source; `estimate`: ours."
    )
    source: Text | None = Field(None, description="Where the position is taken from.")


class Population(Frozen):
    """How many people live there, and when they were counted."""

    value: Whole = Field(description="The number of people.")
    year: Annotated[int, Field(strict=True, ge=1900, le=2200, description="The year counted.")]
    source: Text | None = Field(None, description="Where the number is taken from.")


class AreaPlan(Frozen):
    """The area's local development plan."""

    status: Literal["none", "started", "draft", "adopted"] = Field(
        description="How far the local development plan has come."
    )
    document: Annotated[str | None, Ref("document")] = Field(None, description="The plan itself.")
    date: Day | None = Field(None, description="The day the status was reached.")


class Area(Record):
    """A village area ("funktionellt område"); it may cross a municipal border."""

    kind = "area"
    folder = "areas"

    municipalities: Many[Text] = Field((), description="Municipality codes, quoted: `'1885'`.")
    point: Point | None = Field(None, description="Where it lies; left out where not known.")
    population: Population | None = Field(None, description="How many live there.")
    plan: AreaPlan | None = Field(None, description="Its local development plan.")
    processes: Many[Text] = Field((), description="What is going on there.")
    log: tuple[Entry, ...] = Field((), description="What happened, entry by entry.")
