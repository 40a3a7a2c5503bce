"""What a commit says: one sentence, as somebody of the unit would write it."""

from collections.abc import Sequence
from textwrap import shorten
from typing import TYPE_CHECKING

from servplan.render.words import N_, Words

if TYPE_CHECKING:
    from servplan.files.oracle import Data

LENGTH = 120
"""How long a sentence may be; a reason that is longer stands whole in the record."""

MOST_IDS = 3


def sentence(text: str) -> str:
    """Return a text as a commit's first line: on one line, and not too long."""
    return shorten(text, LENGTH, placeholder=" …")


_TEMPLATES: Sequence[tuple[str, object, str]] = (
    ("due", None, N_("Move the due date of {ids} to {due}: {reason}")),
    ("owners", [], N_("Leave {ids} without an owner")),
    ("owners", None, N_("Hand {ids} over to {owners}")),
    ("status", "cancelled", N_("Cancel {ids}: {reason}")),
    ("ticked", True, N_("Tick {ids}")),
    ("ticked", False, N_("Untick {ids}: {reason}")),
    ("assessment", None, N_("Assess {ids}: {what}")),
    ("status", None, N_("Report {ids}: {what}")),
    ("outlook", None, N_("Report {ids}: {what}")),
    ("progress", None, N_("Report {ids}: {what}")),
    ("count", None, N_("Report {ids}: {what}")),
    ("amends", None, N_("Say why {ids} was corrected: {reason}")),
    ("note", None, N_("Note on {ids}: {note}")),
)
"""By what an entry holds, and with which value (None: any): what it says. The first that fits counts."""

_OTHERWISE = N_("Add to the log of {ids}")


def entry_sentence(ids: Sequence[str], entry: "Data", words: Words) -> str:
    """Return what an entry tells of records."""
    fitting = (
        text for key, value, text in _TEMPLATES if key in entry and (value is None or entry[key] == value)
    )
    told = {key: str(value) for key, value in entry.items()}
    told |= {"ids": several(ids, words), "what": _reported(entry, words)}
    if isinstance(owners := entry.get("owners"), list):
        told["owners"] = ", ".join(map(str, owners))
    return sentence(words(next(fitting, _OTHERWISE), **told))


def follow_up_sentence(period: str, owner: str | None, number: int, words: Words) -> str:
    """Return what a round of follow-up tells: which period it was, whose, and how many records."""
    subject = f"{period}: {owner}" if owner else period
    return words.number(
        "Follow-up {subject}, {n} record", "Follow-up {subject}, {n} records", number, subject=subject
    )


def submit_sentence(period: str, owner: str, words: Words) -> str:
    """Return what is told of all that an owner hands in for a period."""
    return words("Follow-up {period}: {owner}", period=period, owner=owner)


def year_shift_sentence(year: int, words: Words) -> str:
    """Return what the closing of a year tells."""
    return words("Close {year} and draft {next}", year=year, next=year + 1)


def several(ids: Sequence[str], words: Words) -> str:
    """Return ids as a list in words: `a`, `a and b`, `a, b, c and 4 more`."""
    if len(ids) == 1:
        return ids[0]
    if len(ids) <= MOST_IDS:
        return words("{some} and {last}", some=", ".join(ids[:-1]), last=ids[-1])
    return words("{some} and {n} more", some=", ".join(ids[:MOST_IDS]), n=len(ids) - MOST_IDS)


def _reported(entry: "Data", words: Words) -> str:
    """Return how an entry says that something stands."""
    coded = ("status", "assessment", "outlook")
    parts = [_label(name, entry, words) for name in coded if name in entry]
    if "progress" in entry:
        parts.append(f"{entry['progress']} %")
    if "count" in entry:
        parts.append(words("{n} more", n=entry["count"]))
    return ", ".join(parts)


def _label(group: str, entry: "Data", words: Words) -> str:
    """Return a code's word as it stands inside a sentence."""
    word = words.label(group, str(entry[group]))
    return word[:1].lower() + word[1:]
