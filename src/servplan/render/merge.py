"""What a merge leaves to a person, in words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from servplan.files.candidates import flow
from servplan.merge.three_way import Merged
from servplan.merge.writing import REMARK, Conflict
from servplan.render.messages import message
from servplan.render.words import Words

if TYPE_CHECKING:
    from servplan.merge.arrangement import Held

WIDTH = 60
"""How many signs of each side's text a line shows; the file has all of it."""


def merge_lines(path: str, record: str, merged: Merged, words: Words) -> Iterator[str]:
    """Yield what is to be said of a merged file: nothing, where all went well and nothing is doubtful."""
    if merged.fault:
        reason = message(merged.fault, words)
        yield words("{path} was merged line by line, as git does it: {reason}", path=path, reason=reason)
    for day in merged.alike:
        yield words(
            "{record}: both sides added an equal entry of {day}; both stand. Delete one if they are one.",
            record=record,
            day=day,
        )
    for conflict in merged.conflicts:
        yield _conflict_line(record, conflict, words)
    if merged.conflicts:
        yield words(
            "→ Choose between the marks <<<<<<< and >>>>>>> in the file; then servplan check, git add {path}",
            path=path,
        )


def _conflict_line(record: str, conflict: Conflict, words: Words) -> str:
    if not conflict.keys:
        return words("{record}: both sides changed the same lines.", record=record)
    return words(
        "{record}: {field} differs: {ours} (ours), {theirs} (theirs).",
        record=record,
        field=_field(conflict, words),
        ours=_shown(conflict.ours, words),
        theirs=_shown(conflict.theirs, words),
    )


def _field(conflict: Conflict, words: Words) -> str:
    """Return the way to a field in words, with the entry's day: `Log 2013-04-02 › Due`."""
    labels = [words("Comment") if key == REMARK else words.label("field", key) for key in conflict.keys]
    labels[0] += f" {conflict.day}" if conflict.day else ""
    return " › ".join(labels)


def _shown(held: "Held", words: Words) -> str:
    """Return one side's text on one line."""
    if not held:
        return words("removed")
    value = held[0]
    text = " ".join((value if isinstance(value, str) else flow(value)).split())
    return words("“{said}”", said=text if len(text) <= WIDTH else f"{text[:WIDTH]}…")
