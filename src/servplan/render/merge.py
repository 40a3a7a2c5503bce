"""What a merge leaves to a person, in words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from servplan.files.candidates import flow
from servplan.merge.choice import REMARK, Conflict
from servplan.merge.three_way import Merged
from servplan.render.messages import message
from servplan.render.words import N_, Words

if TYPE_CHECKING:
    from servplan.merge.versions import Held

_MARKED = N_(
    "→ Choose between the marks <<<<<<< and >>>>>>> in the file; then servplan check, git add {path}"
)
_WHOLE = N_(
    "→ The file holds one side's text alone (ours). If a version is no UTF-8 text, give up the merge "
    "(git status tells how), save that version as one, commit it and merge again; or take one whole: "
    "git checkout --ours {path} (or --theirs), git add {path}"
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
    if merged.fault:
        yield words(_sentence(merged), path=path, reason=message(merged.fault, words))
    for day in merged.alike:
        yield words(
            "{record}: both sides added an equal entry of {day}; both stand, as they may be two. "
            "If they are one, void one of them: servplan void {record} {day} --reason …",
            record=record,
            day=day,
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
    sentence = (
        N_("{record}: {field} differs: {ours} in yours (ours), {theirs} in the shared plan (theirs).")
        if in_sync
        else N_("{record}: {field} differs: {ours} above (ours), {theirs} below (theirs).")
    )
    return words(
        sentence,
        record=record,
        field=_field(conflict, words),
        ours=_shown(conflict.ours, conflict, words),
        theirs=_shown(conflict.theirs, conflict, words),
    )


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
