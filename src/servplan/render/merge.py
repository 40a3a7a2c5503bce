"""What a merge leaves to a person, in words."""

from collections.abc import Iterator
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from servplan.files.candidates import flow
from servplan.merge.arrangement import LOG
from servplan.merge.choice import REMARK, Conflict
from servplan.merge.three_way import Merged
from servplan.render.messages import message
from servplan.render.words import N_, Words

if TYPE_CHECKING:
    from servplan.files.oracle import Data
    from servplan.merge.versions import Held

_MARKED = N_(
    "→ Choose between the marks <<<<<<< and >>>>>>> in the file; then servplan check, git add {path}"
)
_WHOLE = N_(
    "→ The file holds one side's text alone (ours). If a version is no UTF-8 text, give up the merge "
    "(git status tells how), save that version as one, commit it and merge again; or take one whole: "
    "git checkout --ours {path} (or --theirs), git add {path}"
)
_TWO = N_(
    "{record}: both sides gave this id to a record of their own, and both texts stand in the file. "
    "Give up the merge (git status tells how), and give one of them another id first: servplan rename"
)
WIDTH = 60
"""How many signs of each side's text a line shows; the file has all of it."""


class Work(NamedTuple):
    """What goes on around a merged file: whether `sync` merges, and the file as one types it there.

    In a rebase git's ours is what others did, so that a text is told by its place in the file. Only `sync` is
    known to merge the shared plan into one's own; it says by itself what is to be done then.
    """

    in_sync: bool
    argument: str


def merge_told(path: str, record: str, merged: Merged, words: Words, work: Work) -> Iterator[str]:
    """Yield what is to be said of a merged file: nothing, where all went well and nothing is doubtful."""
    if merged.are_two:
        if not work.in_sync:
            yield words(_TWO, record=record)
        return
    if merged.fault:
        yield words(_sentence(merged), path=path, reason=message(merged.fault, words))
    for day, number in merged.alike:
        yield words(
            "{record}: both sides added an equal entry of {day}; both stand, as they may be two. "
            "If they are one, void one of them: {command}",
            record=record,
            day=day,
            command=f"servplan void {record} {day}{f' --entry {number}' if number else ''} --reason …",
        )
    for conflict in () if merged.fault else merged.conflicts:
        yield _conflict_line(record, conflict, words, work.in_sync)
    if merged.conflicts and not work.in_sync:
        yield words(_WHOLE if merged.is_left else _MARKED, path=work.argument)


def _sentence(merged: Merged) -> str:
    """Return what became of a file of which a version cannot be read."""
    if merged.is_left:
        return N_("{path} cannot be merged: {reason}")
    if merged.conflicts:
        return N_("{path} has to be merged by hand: {reason}")
    return N_("{path} was merged line by line, as git does it: {reason}")


def _conflict_line(record: str, conflict: Conflict, words: Words, in_sync: bool) -> str:
    if not conflict.keys:
        return words("{record}: both sides changed the same lines.", record=record)
    if _is_one_entry(conflict):
        return words(
            "{record}: the entry of {day} was changed by both sides: {ours} (ours), {theirs} (theirs). "
            "It is one entry: keep one text, with what the other adds.",
            record=record,
            day=conflict.day,
            **_both_shown(conflict, words),
        )
    sentence = (
        N_("{record}: {field} differs: {ours} in yours (ours), {theirs} in the shared plan (theirs).")
        if in_sync
        else N_("{record}: {field} differs: {ours} above (ours), {theirs} below (theirs).")
    )
    return words(
        sentence,
        record=record,
        field=_field(conflict, words),
        **_both_shown(conflict, words),
    )


def _is_one_entry(conflict: Conflict) -> bool:
    """Tell whether both sides have an entry, each its own version of it."""
    return conflict.keys == LOG and bool(conflict.day and conflict.ours and conflict.theirs)


def _both_shown(conflict: Conflict, words: Words) -> dict[str, str]:
    """Return both sides' texts; of two groups only the keys that differ."""
    ours, theirs = (_beyond(*sides) for sides in permutations((conflict.ours, conflict.theirs)))
    return {"ours": _shown(ours, conflict, words), "theirs": _shown(theirs, conflict, words)}


def _beyond(held: "Held", other: "Held") -> "Held":
    """Return a side's value; of a group, where the other side has one too, what that has not."""
    if not (held and other and isinstance(held[0], dict) and isinstance(other[0], dict)):
        return held
    group = other[0]
    left: Data = {key: value for key, value in held[0].items() if key not in group or group[key] != value}
    return (left,) if left else ()


def _field(conflict: Conflict, words: Words) -> str:
    """Return the way to a field in words, with the entry's day: `Log 2013-04-02 › Due`."""
    labels = [words("Comment") if key == REMARK else words.label("field", key) for key in conflict.keys]
    labels[0] += f" {conflict.day}" if conflict.day else ""
    return " › ".join(labels)


def _shown(held: "Held", conflict: Conflict, words: Words) -> str:
    """Return one side's text on one line."""
    if not held:
        return words("removed") if conflict.was_there else words("not there")
    value = held[0]
    text = " ".join((value if isinstance(value, str) else flow(value)).split())
    return words("“{said}”", said=text if len(text) <= WIDTH else f"{text[:WIDTH]}…")
