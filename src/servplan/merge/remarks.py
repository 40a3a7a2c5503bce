"""Comments merged: those that lead to a piece, line by line, and the one that stands beside it."""

from collections.abc import Sequence
from itertools import takewhile

from servplan.files.pieces import EMPTY, Part, Sheet
from servplan.merge.arrangement import Position
from servplan.merge.choice import REMARK, Conflict, Segment, chosen
from servplan.merge.pairing import Slot, by_item
from servplan.merge.versions import counting

Notes = tuple[str, str]
"""The rest of a first line, for each side: one and the same where not both changed it."""


def merged_notes(base: Part | None, ours: Part, theirs: Part) -> Notes:
    """Return what stands beside a part on its first line: a comment most often."""
    was, mine, other = (part.note.strip() if part else "" for part in (base, ours, theirs))
    side = counting(was, mine, other)
    return (
        theirs.note if side == "theirs" else ours.note,
        ours.note if side == "ours" else theirs.note,
    )


def note_conflicts(notes: Notes, position: Position) -> tuple[Conflict, ...]:
    """Return the conflict about what stands beside a part, if there is one."""
    ours, theirs = ((note.strip(),) if note.strip() else () for note in notes)
    return (Conflict((*position.keys, REMARK), position.day, ours, theirs),) if ours != theirs else ()


def line_end(notes: Notes, position: Position) -> Segment:
    """Return the end of a first line."""
    return chosen(f"{notes[0]}\n", f"{notes[1]}\n", note_conflicts(notes, position))


def common_head(*sheets: Sheet) -> str:
    """Return the lines that begin all versions where one has no part that they could lead to."""
    if all(one.node.parts for one in sheets):
        return ""
    tops = [one.lead.splitlines(keepends=True) for one in sheets if one is not EMPTY]
    same = takewhile(lambda lines: len(set(lines)) == 1, zip(*tops, strict=False))
    return "".join(line for line, *_others in same)


def merged_lead(base: str, ours: str, theirs: str) -> str:
    """Return the blank lines and comments before a part: with what a side added, without what it removed."""
    side = counting(base, ours, theirs)
    if side:
        return ours if side == "ours" else theirs
    versions = [text.splitlines(keepends=True) for text in (base, ours, theirs)]
    was, mine, other = ([line.strip() for line in version] for version in versions)
    slots = by_item(was, mine, other)
    if slots is None:
        return ours + "".join(line for line in versions[2] if line.strip() not in (*was, *mine))
    return "".join(_remark(slot, versions) for slot in slots)


def _remark(slot: Slot, versions: Sequence[Sequence[str]]) -> str:
    """Return a line of a slot: the side's that changed it; both, where both did."""
    base, ours, theirs = (
        "" if number is None else version[number] for version, number in zip(versions, slot, strict=True)
    )
    side = counting(base.strip(), ours.strip(), theirs.strip())
    return {"ours": ours, "theirs": theirs, None: ours + theirs}[side]
