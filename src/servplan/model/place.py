"""Places: where services are, and what happened to them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from servplan.model.area import Point
from servplan.model.fields import Day, Frozen, Many, Number, Ref, Text
from servplan.model.record import Entry, Record

Form = Literal["fixed", "mobile", "agent", "machine", "digital"]


class Offer(Frozen):
    """A service that a place offers, and in which form."""

    service: Annotated[str, Ref("service")] = Field(description="The service.")
    form: Form = Field("fixed", description="In a house, on wheels, by an agent, a machine, or online.")
    since: Day | None = Field(None, description="Since when.")


class ServicePoint(Frozen):
    """A service point: who runs it, on what terms."""

    operator: Text | None = Field(None, description="Who runs it.")
    ownership: Text | None = Field(None, description="Who owns it.")
    agreement: Text | None = Field(None, description="The agreement behind it.")
    compensation: Text | None = Field(None, description="What it is paid for, and by whom.")
    tier: Literal["centralort", "serviceort", "servicepunkt"] | None = Field(
        None, description="Its tier: everything; school, care, bank, library; shop and information."
    )


class CountedFigure(Frozen):
    """A figure that was told of a place."""

    what: Text = Field(description="What is counted, with its unit.")
    value: Number = Field(description="How much.")


class PlaceEntry(Entry):
    """What happened to a place."""

    event: Literal["opened", "closed", "changed_hands", "changed"] | None = Field(
        None, description="What happened to the place itself."
    )
    gained: Annotated[Many[str], Ref("service")] = Field((), description="Services it offers from then on.")
    lost: Annotated[Many[str], Ref("service")] = Field((), description="Services it no longer offers.")
    figure: CountedFigure | None = Field(None, description="A figure that was told of it.")

    changes: ClassVar = (*Entry.changes, "event")


class Place(Record):
    """A shop, a school, a community centre: somewhere that offers services."""

    kind = "place"
    folder = "places"
    entry = PlaceEntry

    area: Annotated[Many[str], Ref("area", words=("all",))] = Field(
        (), description="The area it lies in; left out where the plan does not say."
    )
    serves: Annotated[Many[str], Ref("area", words=("all",))] = Field(
        (), description="The areas it serves besides its own."
    )
    host: Text | None = Field(None, description="Who houses it.")
    point: Point | None = Field(None, description="Where it lies; left out where not known.")
    services: Many[Offer] = Field((), description="What it offers.")
    service_point: ServicePoint | None = Field(None, description="Set where it is, or is to be, one.")
    log: tuple[PlaceEntry, ...] = Field((), description="What happened, entry by entry.")
