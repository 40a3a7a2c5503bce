"""`data/plan.yaml`: what the plan is, for whom, and how it is followed."""

from typing import Annotated, Literal

from pydantic import Field

from servplan.model.fields import INTERNAL, LINK, Day, Frozen, Many, Text, Whole
from servplan.model.record import Visibility

Rhythm = Literal["month", "tertial", "year"]


class Period(Frozen):
    """The plan's first and last day."""

    start: Day
    end: Day


class Vision(Frozen):
    """Where the plan is heading in the long run."""

    year: Annotated[int, Field(strict=True)]
    statements: Many[Text] = ()


class Level(Frozen):
    """A level of goals; `default_due` is what `add` writes into a new record."""

    id: Text
    title: Text
    default_due: Day | None = None


class Defaults(Frozen):
    """What `add` writes into a new record."""

    default_due: Day | None = None


class FollowUp(Frozen):
    """How often owners report, and how many days after a period's end a report is due."""

    every: Rhythm = "month"
    grace_days: Whole = 10


class Source(Frozen):
    """A document that records are taken from; `source: bild 24` points into the source `bild`."""

    id: Text
    title: Text
    occasion: Text | None = None
    date: Day | None = None
    link: Annotated[Text | None, LINK] = None
    note: Text | None = None


class Channel(Frozen):
    """Where others can follow the work."""

    title: Text
    url: Annotated[Text | None, LINK] = None
    note: Text | None = None


class Header(Frozen):
    """The plan's own description."""

    servplan: Annotated[int, Field(strict=True, description="The format's version.")]
    title: Text
    organisation: Text | None = None
    municipality: Text | None = None
    language: Literal["sv", "en"] = "sv"
    timezone: Text = "Europe/Stockholm"
    period: Period
    vision: Vision | None = None
    background: Text | None = None
    levels: tuple[Level, ...] = ()
    activities: Defaults = Field(default_factory=Defaults)
    rhythm: FollowUp = Field(default_factory=FollowUp)
    sources: tuple[Source, ...] = ()
    channels: tuple[Channel, ...] = ()
    contact_public: Text | None = None
    terms: dict[str, Text] = Field(default_factory=dict)
    visibility: dict[str, Visibility] = Field(default_factory=dict)
    checks: dict[str, Literal["error", "warning", "info", "off"]] = Field(default_factory=dict)
    labels: dict[str, Text] = Field(default_factory=dict)
    note: Text | None = None
    internal_note: Annotated[Text | None, INTERNAL] = None
