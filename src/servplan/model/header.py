"""`data/plan.yaml`: what the plan is, for whom, and how it is followed."""

from typing import Annotated, Literal

from pydantic import Field

from servplan.model.fields import INTERNAL, LINK, Day, Frozen, Many, Text, Whole
from servplan.model.record import Visibility

Rhythm = Literal["month", "tertial", "year"]


class Period(Frozen):
    """The plan's first and last day."""

    start: Day = Field(description="The plan's first day.")
    end: Day = Field(description="The plan's last day.")


class Vision(Frozen):
    """Where the plan is heading in the long run."""

    year: Annotated[int, Field(strict=True, description="The year that the vision is about.")]
    statements: Many[Text] = Field((), description="What is to be so by then, sentence by sentence.")


class Level(Frozen):
    """A level of goals; `default_due` is what `add` writes into a new record."""

    id: Text = Field(description="What goals name under `level`.")
    title: Text = Field(description="What the level is called in reports.")
    default_due: Day | None = Field(
        None, description="The due date for new goals; it counts only where a record states it."
    )


class Defaults(Frozen):
    """What `add` writes into a new record."""

    default_due: Day | None = Field(
        None, description="The due date for new activities; it counts only where a record states it."
    )


class FollowUp(Frozen):
    """How often owners report, and how many days after a period's end a report is due."""

    every: Rhythm = Field("month", description="The length of a reporting period.")
    grace_days: Whole = Field(10, description="How many days after a period's end its report is due.")


class Source(Frozen):
    """A document that records are taken from; `source: bild 24` points into the source `bild`."""

    id: Text = Field(description="What records write before the page: `bild` in `source: bild 24`.")
    title: Text = Field(description="What the document is called.")
    occasion: Text | None = Field(None, description="Where it was shown or decided.")
    date: Day | None = Field(None, description="Its date.")
    link: Annotated[Text | None, LINK] = Field(None, description="Where it can be read.")
    note: Text | None = Field(None, description="A remark for readers.")


class Channel(Frozen):
    """Where others can follow the work."""

    title: Text = Field(description="What the channel is called.")
    url: Annotated[Text | None, LINK] = Field(None, description="Its address.")
    note: Text | None = Field(None, description="A remark for readers.")


class Header(Frozen):
    """The plan's own description."""

    servplan: Annotated[int, Field(strict=True, description="The format's version.")]
    title: Text = Field(description="What the plan is called.")
    organisation: Text | None = Field(None, description="Whose plan it is.")
    municipality: Text | None = Field(None, description="The municipality's code, quoted: `'1885'`.")
    language: Literal["sv", "en"] = Field("sv", description="The language of the output.")
    timezone: Text = Field("Europe/Stockholm", description="The time zone that says which day is today.")
    period: Period = Field(description="The days that the plan is made for.")
    vision: Vision | None = Field(None, description="Where the plan is heading in the long run.")
    background: Text | None = Field(None, description="Why there is a plan, and what it rests on.")
    levels: tuple[Level, ...] = Field((), description="The levels of goals, the highest first.")
    activities: Defaults = Field(
        default_factory=Defaults, description="What a new activity is to begin with."
    )
    rhythm: FollowUp = Field(default_factory=FollowUp, description="How often owners report.")
    sources: tuple[Source, ...] = Field((), description="The documents that records are taken from.")
    channels: tuple[Channel, ...] = Field((), description="Where others can follow the work.")
    contact_public: Text | None = Field(
        None, description="Whom the public can ask: a function's address, not a person's."
    )
    terms: dict[str, Text] = Field(
        default_factory=dict, description="Abbreviations and what they mean; reports explain them."
    )
    visibility: dict[str, Visibility] = Field(
        default_factory=dict, description="By kind: whether its records are public unless they say otherwise."
    )
    checks: dict[str, Literal["error", "warning", "info", "off"]] = Field(
        default_factory=dict, description="By rule: what it weighs in this plan."
    )
    labels: dict[str, Text] = Field(
        default_factory=dict, description="The plan's own words for codes: `status.done: Färdig`."
    )
    note: Text | None = Field(None, description="A remark for readers.")
    internal_note: Annotated[Text | None, INTERNAL] = Field(
        None, description="A remark that never leaves in public output."
    )
