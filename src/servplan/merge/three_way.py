"""One file merged: by its pieces where that can be proven, else line by line, as git does."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from servplan.analysis.ledger import day_of
from servplan.diagnostics import Diagnostic
from servplan.files.former_ids import KEY, are_two_records
from servplan.files.git_merge import NotTextError, merge_lines
from servplan.files.pieces import EMPTY, Sheet, UnevenError, sheet
from servplan.merge.arrangement import Position
from servplan.merge.base import without_choices
from servplan.merge.choice import Choice, Conflict, Segment, conflicts_in, taken
from servplan.merge.pairing import canon, paired
from servplan.merge.proof import ABSENT, Version, Versions, is_proven, log_of, read_version
from servplan.merge.validity import FileName, stays_valid
from servplan.merge.versions import SIDES, canon_of
from servplan.merge.writing import merged_segments

if TYPE_CHECKING:
    from servplan.files.oracle import Value

Sides = tuple[bytes, bytes, bytes]
"""The base, ours and theirs, as git has them."""
Text = tuple[str, tuple[Conflict, ...]]
"""A merged text, with git's marks around what is to be chosen, and what that is about."""
LINES = Conflict((), "", (), ())
"""A conflict that git's line merge found, or one that cannot be told field by field."""


class Alike(NamedTuple):
    """An entry that both sides added, and that stands twice: its day, and the last one's number in the log.

    None while a conflict leaves open what the log will hold.
    """

    day: str
    number: int | None


class Merged(NamedTuple):
    """A merged file: its bytes, what is left for a person to decide, and what is worth to know.

    `alike` are the entries that both sides added and that are equal. `fault` is why the file was merged line
    by line; it is `left` as ours is where that cannot be done either. Where the sides `are_two` records that
    came to one id, the whole file is to be chosen: a half of each makes a third.
    """

    content: bytes
    conflicts: tuple[Conflict, ...]
    alike: tuple[Alike, ...] = ()
    fault: Diagnostic | None = None
    is_left: bool = False
    are_two: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether nothing has to be said of it."""
        return not (self.conflicts or self.alike or self.fault)


def merge(path: str, name: FileName, sides: Sides, marker_length: int = 7) -> Merged:
    """Merge the base, ours and theirs of one file; an empty base is a file that both sides made.

    Raises:
        ServplanError: if git's line merge is needed and cannot be had.
    """
    base = without_choices(sides[0])
    is_made_up = base != sides[0]
    versions = _read(path, name, (base, *sides[1:]))
    if not base.strip() or (is_made_up and versions[0].fault):
        versions = (ABSENT, *versions[1:])
    fault = next((version.fault for version in versions if version.fault), None)
    if fault:
        return _merged_unread(name, sides, fault, marker_length)
    if versions[0] is ABSENT and are_two_records(versions[1].data, versions[2].data):
        text, conflicts = _one_of_two(versions, name, marker_length)
        return Merged(_as_ours(path, name, text, sides[1]), conflicts, are_two=True)
    position = Position((), name.folder, versions[0].data is not None and not is_made_up)
    text, conflicts = _merged_text(versions, name, position, marker_length)
    if not conflicts and not _stays_whole(name, sides, text):
        text, conflicts = _chosen_by_lines(versions, name, marker_length)
    alike = _alike(versions, "" if conflicts else text) if position.has_base else ()
    return Merged(_as_ours(path, name, text, sides[1]), conflicts, tuple(alike))


def _read(path: str, name: FileName, sides: Sides) -> Versions:
    base, ours, theirs = (read_version(path, _in_lines(raw), name.is_rows) for raw in sides)
    return base, ours, theirs


def _stays_whole(name: FileName, sides: Sides, text: str) -> bool:
    """Tell whether a file other than a record's stays valid; a record's fields are valid each by itself."""
    return not (name.is_header or name.is_rows) or stays_valid(name, sides[1:], text.encode())


def _merged_text(versions: Versions, name: FileName, position: Position, marker_length: int) -> Text:
    """Return a file merged by its pieces; by lines, where that cannot be."""
    segments = _proven_segments(versions, position)
    if not segments:
        return _by_lines(versions, name, position, marker_length)
    return "".join(_marked(item, name, marker_length) for item in segments), conflicts_in(segments)


def _one_of_two(versions: Versions, name: FileName, marker_length: int) -> Text:
    """Return two records' files, to be chosen between."""
    _base, ours, theirs = versions
    held = [
        (item.data[KEY],) if isinstance(item.data, dict) and KEY in item.data else () for item in versions
    ]
    conflicts = (Conflict((KEY,), "", held[1], held[2], was_there=False),)
    return _marked(Choice(ours.text, theirs.text, conflicts), name, marker_length), conflicts


def _merged_unread(name: FileName, sides: Sides, fault: Diagnostic, marker_length: int) -> Merged:
    """Return a file of which a version cannot be read, merged line by line; the result has to be readable."""
    label = f"ours: {name.id}"
    try:
        content, is_clean = merge_lines(*sides, marker_length, label)
    except NotTextError:
        return Merged(sides[1], (LINES,), fault=fault, is_left=True)
    if is_clean and not _is_sound(name, sides[1:], content):
        content, is_clean = merge_lines(b"", sides[1], sides[2], marker_length, label)
    return Merged(content, () if is_clean else (LINES,), fault=fault)


def _is_sound(name: FileName, sides: Sequence[bytes], content: bytes) -> bool:
    """Tell whether a text can be read, and is valid where both sides are."""
    is_readable = read_version("", _in_lines(content), name.is_rows).fault is None
    return is_readable and stays_valid(name, sides, content)


def _in_lines(raw: bytes) -> bytes:
    """Return a text whose lines all end in a line feed: how they end is form, and git's to convert."""
    text = raw.replace(b"\r\n", b"\n")
    return text if text.endswith(b"\n") or not text else text + b"\n"


def _as_ours(path: str, name: FileName, text: str, ours: bytes) -> bytes:
    """Return a merged text with the line ends of ours, and without the last one if ours has none."""
    content = text.encode()
    if not ours.endswith(b"\n"):
        whole, cut = (read_version(path, raw, name.is_rows) for raw in (content, content[:-1]))
        content = content[:-1] if canon(whole.data) == canon(cut.data) else content
    return content.replace(b"\n", b"\r\n") if b"\r\n" in ours else content


def _proven_segments(versions: Versions, position: Position) -> list[Segment]:
    """Return the file merged by its pieces; nothing where that cannot be done, or not be proven."""
    try:
        base, ours, theirs = map(_sheet, versions)
        segments = merged_segments(base, ours, theirs, position)
    except UnevenError:
        return []
    position = position._replace(kept=frozenset(one.kept for one in conflicts_in(segments) if one.kept))
    texts = {side: taken(segments, side) for side in SIDES}
    return segments if is_proven(versions, texts, position) else []


def _sheet(version: Version) -> Sheet:
    return sheet(version.text, version.data) if version.data is not None else EMPTY


def _by_lines(versions: Versions, name: FileName, position: Position, marker_length: int) -> Text:
    """Return the file merged by lines if that leaves no conflict and is proven."""
    base, ours, theirs = (version.text.encode() for version in versions)
    content, is_clean = merge_lines(base, ours, theirs, marker_length, name.id)
    if is_clean and is_proven(versions, dict.fromkeys(SIDES, content.decode()), position):
        return content.decode(), ()
    return _chosen_by_lines(versions, name, marker_length)


def _chosen_by_lines(versions: Versions, name: FileName, marker_length: int) -> Text:
    """Return all lines in which the sides differ, to be chosen between: so either side can be had whole."""
    _base, ours, theirs = (version.text.encode() for version in versions)
    conflicts = tuple(_differences(versions)) or (LINES,)
    content, is_clean = merge_lines(b"", ours, theirs, marker_length, f"ours: {_about(name, conflicts)}")
    if is_clean:  # one side has no lines at all
        mine, other = (_in_lines(side.strip(b"\n")).decode() for side in (ours, theirs))
        return _marked(Choice(mine, other, conflicts), name, marker_length), conflicts
    return content.decode(), conflicts


def _differences(versions: Versions) -> Iterator[Conflict]:
    """Yield each field in which the sides differ: lines in conflict may be about any of them."""
    base, ours, theirs = (version.data if isinstance(version.data, dict) else {} for version in versions)
    for key in ours | theirs:
        mine, other = ((data[key],) if key in data else () for data in (ours, theirs))
        if canon_of(mine) != canon_of(other):
            yield Conflict((key,), "", mine, other, was_there=key in base)


def _marked(segment: Segment, name: FileName, marker_length: int) -> str:
    """Return a segment as a file holds it: a choice between git's marks, with what it is about."""
    if isinstance(segment, str):
        return segment
    begin, middle, end = (sign * marker_length for sign in "<=>")
    about = _about(name, segment.conflicts)
    return f"{begin} ours: {about}\n{segment.ours}{middle}\n{segment.theirs}{end} theirs\n"


def _about(name: FileName, conflicts: Iterable[Conflict]) -> str:
    """Return the record and the fields that conflicts are about: `besoka-boden, log 2013-04-02 due`."""
    fields = (" ".join(filter(None, (*one.keys[:1], one.day, *one.keys[1:]))) for one in conflicts)
    return ", ".join(dict.fromkeys(filter(None, (name.id, *fields))))


def _alike(versions: Versions, merged: str) -> Iterator[Alike]:
    """Return the equal entries that both sides added to a log; `merged` is the text, where it is known."""
    base, ours, theirs = map(log_of, versions)
    of_theirs = _added(base, theirs)
    days = {said: day for said, day in _added(base, ours).items() if said in of_theirs}
    log = log_of(read_version("", merged.encode())) if days and merged else []
    numbers = {canon(entry): number for number, entry in enumerate(log, 1)}
    return (Alike(day, numbers.get(said)) for said, day in days.items())


def _added(base: "list[Value]", log: "list[Value]") -> dict[str, str]:
    """Return the days of the entries that the base has not, by what they say."""
    found = zip(log, paired(base, log), strict=True)
    return {canon(entry): day_of(entry) for entry, known in found if known is None}
