"""What all records share: the common fields, and the dated entries of the log."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from servplan.model.fields import INTERNAL, LINK, Day, Frozen, Many, ManyOrNone, Ref, Text

Visibility = Literal["public", "internal"]
Status = Literal["not_started", "in_progress", "on_hold", "done", "cancelled"]
Outlook = Literal["on_track", "at_risk", "off_track"]
Assessment = Literal[
    "achieved",
    "partly_achieved",
    "not_achieved",
    "expected",
    "expected_partly",
    "not_expected",
    "not_assessable",
]


class Voided(Frozen):
    """Says that an entry was wrong: it is kept, and the replay skips it."""

    date: Day = Field(description="The day the entry was found to be wrong.")
    reason: Text = Field(description="Why the entry does not count.")


class Entry(Frozen):
    """One dated line of a record's log: what happened, or what is so from then on."""

    date: Day | None = Field(None, description="The day it happened.")
    known_by: Day | None = Field(None, description="Where the day is not known: it had happened by this day.")
    by: Annotated[str | None, Ref("owner"), INTERNAL] = Field(None, description="The owner who reports.")
    due: Day | None = Field(None, description="The new due date, from this day on.")
    owners: Annotated[ManyOrNone[str], Ref("owner")] = Field(
        None, description="The new owners, from this day on; the first is accountable."
    )
    note: Text | None = Field(None, description="What happened, in words.")
    internal_note: Annotated[Text | None, INTERNAL] = Field(
        None, description="Words that never leave in public output."
    )
    evidence: Annotated[Many[Text], LINK] = Field(
        (), description="Addresses, or paths in the plan, that show it."
    )
    reason: Text | None = Field(None, description="Why.")
    action: Text | None = Field(None, description="What is done about a deviation.")
    recorded: Day | None = Field(
        None, description="The day the entry was written, where that is not its date."
    )
    visibility: Visibility | None = Field(None, description="`internal` keeps the entry inside.")
    voided: Voided | None = Field(None, description="Says that the entry was wrong.")
    amends: Many[Text] = Field((), description="Base fields that were corrected on purpose; needs a reason.")

    reports: ClassVar[tuple[str, ...]] = ()
    """The fields that make an entry of this kind a report."""
    changes: ClassVar[tuple[str, ...]] = ("due", "owners")
    """The fields that set something from the entry's day on."""
    remarks: ClassVar[tuple[str, ...]] = ("note", "internal_note", "action")
    """Words that explain an entry: a slip in them may be corrected."""
    completions: ClassVar[tuple[str, ...]] = (
        *remarks,
        "by",
        "evidence",
        "reason",
        "recorded",
        "voided",
        "amends",
    )
    """What may be added to an entry later without changing what it reported; all other fields are facts."""


class Decision(Frozen):
    """A decision by a public body that stands behind a record."""

    body: Text = Field(description="Who decided.")
    date: Day | None = Field(None, description="The day of the decision.")
    paragraph: Text | None = Field(None, description="The paragraph of the minutes.")
    case_number: Text | None = Field(None, description="The registry's case number (dnr).")
    link: Annotated[Text | None, LINK] = Field(None, description="The minutes' address.")


class Retirement(Frozen):
    """Says that a record is out of use from a day on, and what stands in its place."""

    date: Day = Field(description="The first day on which the record no longer exists.")
    reason: Text = Field(description="Why it was retired.")
    superseded_by: Annotated[Many[str], Ref("*")] = Field(
        (), description="The records that stand in its place."
    )


class Record(Frozen):
    """One record of a plan. `id` and `path` come from the file's name, never from its text."""

    kind: ClassVar[str]
    folder: ClassVar[str]
    entry: ClassVar[type[Entry]] = Entry
    begins_when_added: ClassVar[bool] = False
    """Whether the plan itself makes such a thing; what it only describes was there before."""

    id: str = Field(repr=True)
    path: str = Field(repr=False)
    title: Text = Field(description="What it is called.")
    description: Text | None = Field(None, description="What it is, at more length.")
    source: Many[Text] = Field((), description="Where it is taken from: `bild 24`.")
    tags: Many[Text] = Field((), description="Words to find it by.")
    owners: Annotated[Many[str], Ref("owner")] = Field(
        (), description="The responsible owners; the first is accountable."
    )
    order: Annotated[int | None, Field(strict=True)] = Field(
        None, description="Its place among its siblings."
    )
    note: Text | None = Field(None, description="A remark for readers.")
    internal_note: Annotated[Text | None, INTERNAL] = Field(
        None, description="A remark that never leaves in public output."
    )
    visibility: Visibility | None = Field(
        None, description="`internal` keeps the record inside; left out: the kind's default."
    )
    decided: Many[Decision] = Field((), description="The decisions behind it.")
    valid_from: Day | None = Field(None, description="The first day it exists; left out: the period's start.")
    formerly: Many[str] = Field((), description="Ids it had before; old references resolve.")
    retired: Retirement | None = Field(None, description="Since when and why it is out of use.")
