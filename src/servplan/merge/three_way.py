"""One file merged: by its pieces where that can be proven, else line by line, as git does."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from servplan.diagnostics import Diagnostic
from servplan.files.git_merge import merge_lines
from servplan.files.pieces import EMPTY, Sheet, UnevenError, sheet
from servplan.merge.arrangement import Place
from servplan.merge.choice import Conflict, Segment, conflicts_in, taken
from servplan.merge.entry import day_of
from servplan.merge.pairing import canon, paired
from servplan.merge.proof import Version, Versions, is_proven, read_version, says_the_same
from servplan.merge.versions import SIDES, canon_of
from servplan.merge.writing import merged_segments

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value

LINES = Conflict((), "", (), ())
"""A conflict that git's line merge found, or one that cannot be told field by field."""


class Record(NamedTuple):
    """What a file's path says of it: the record's id, and its kind's folder (none for the plan's header)."""

    id: str
    folder: str


class Merged(NamedTuple):
    """A merged file: its bytes, what is left for a person to decide, and what is worth to know.

    `alike` are the days of entries that both sides added and that are equal: they stand twice. `fault` is why
    the file was merged line by line.
    """

    content: bytes
    conflicts: tuple[Conflict, ...]
    alike: tuple[str, ...] = ()
    fault: Diagnostic | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing has to be said of it."""
        return not (self.conflicts or self.alike or self.fault)


def merge(path: str, record: Record, sides: tuple[bytes, bytes, bytes], marker_length: int = 7) -> Merged:
    """Merge the base, ours and theirs of one file; an empty base is a file that both sides made.

    Raises:
        ServplanError: if git's line merge is needed and cannot be had.
    """
    base, ours, theirs = (read_version(path, _in_lines(raw)) for raw in sides)
    fault = (base.fault if sides[0] else None) or ours.fault or theirs.fault
    if fault:
        content, is_clean = merge_lines(*sides, marker_length, f"ours: {record.id}")
        return Merged(content, () if is_clean else (LINES,), fault=fault)
    versions = (base, ours, theirs)
    segments = _proven_segments(versions, record)
    if segments:
        conflicts = conflicts_in(segments)
        text = "".join(_marked(item, record, marker_length) for item in segments)
    else:
        text, conflicts = _by_lines(versions, record, marker_length)
    return Merged(_as_ours(path, text, sides[1]), conflicts, tuple(_alike(versions)))


def _in_lines(raw: bytes) -> bytes:
    """Return a text whose lines all end in a line feed: how they end is form, and git's to convert."""
    text = raw.replace(b"\r\n", b"\n")
    return text if text.endswith(b"\n") or not text else text + b"\n"


def _as_ours(path: str, text: str, ours: bytes) -> bytes:
    """Return a merged text with the line ends of ours, and without the last one if ours has none."""
    content = text.encode()
    if not ours.endswith(b"\n") and says_the_same(path, content, content[:-1]):
        content = content[:-1]
    return content.replace(b"\n", b"\r\n") if b"\r\n" in ours else content


def _proven_segments(versions: Versions, record: Record) -> list[Segment]:
    """Return the file merged by its pieces; nothing where that cannot be done, or not be proven."""
    place = _place(versions, record)
    try:
        base, ours, theirs = map(_sheet, versions)
        segments = merged_segments(base, ours, theirs, place)
    except UnevenError:
        return []
    place = place._replace(kept=frozenset(one.kept for one in conflicts_in(segments) if one.kept))
    texts = {side: taken(segments, side) for side in SIDES}
    return segments if is_proven(versions, texts, place) else []


def _place(versions: Versions, record: Record) -> Place:
    return Place((), record.folder, versions[0].data is not None)


def _sheet(version: Version) -> Sheet:
    return sheet(version.text, version.data) if version.data is not None else EMPTY


def _by_lines(versions: Versions, record: Record, marker_length: int) -> tuple[str, tuple[Conflict, ...]]:
    """Return the file merged by lines if that leaves no conflict and is proven.

    Else all lines in which the sides differ are to be chosen between: so either side can be had whole.
    """
    base, ours, theirs = (version.text.encode() for version in versions)
    content, is_clean = merge_lines(base, ours, theirs, marker_length, record.id)
    if is_clean and is_proven(versions, dict.fromkeys(SIDES, content.decode()), _place(versions, record)):
        return content.decode(), ()
    conflicts = tuple(_differences(versions)) or (LINES,)
    content, _clean = merge_lines(b"", ours, theirs, marker_length, f"ours: {_about(record, conflicts)}")
    return content.decode(), conflicts


def _differences(versions: Versions) -> Iterator[Conflict]:
    """Yield each field in which the sides differ: lines in conflict may be about any of them."""
    ours, theirs = (version.data or {} for version in versions[1:])
    for key in ours | theirs:
        mine, other = ((data[key],) if key in data else () for data in (ours, theirs))
        if canon_of(mine) != canon_of(other):
            yield Conflict((key,), "", mine, other)


def _marked(segment: Segment, record: Record, marker_length: int) -> str:
    """Return a segment as a file holds it: a choice between git's marks, with what it is about."""
    if isinstance(segment, str):
        return segment
    begin, middle, end = (sign * marker_length for sign in "<=>")
    about = _about(record, segment.conflicts)
    return f"{begin} ours: {about}\n{segment.ours}{middle}\n{segment.theirs}{end} theirs\n"


def _about(record: Record, conflicts: Iterable[Conflict]) -> str:
    """Return the record and the fields that conflicts are about: `besoka-boden, log 2013-04-02 due`."""
    fields = (" ".join(filter(None, (*one.keys[:1], one.day, *one.keys[1:]))) for one in conflicts)
    return ", ".join(dict.fromkeys(filter(None, (record.id, *fields))))


def _alike(versions: Versions) -> Iterator[str]:
    """Yield the days of equal entries that both sides added to a log; without a base they are one."""
    if versions[0].data is not None:
        base, ours, theirs = (_log(version.data) for version in versions)
        of_theirs = _added(base, theirs)
        yield from (day for said, day in _added(base, ours).items() if said in of_theirs)


def _log(data: "Data | None") -> "list[Value]":
    log = data.get("log") if data else None
    return log if isinstance(log, list) else []


def _added(base: "list[Value]", log: "list[Value]") -> dict[str, str]:
    """Return the days of the entries that the base has not, by what they say."""
    found = zip(log, paired(base, log), strict=True)
    return {canon(entry): day_of(entry) for entry, known in found if known is None}
