"""The proof of a merged text: it says what the three versions' data come to, and has their comments."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from servplan.analysis.ledger import day_of
from servplan.diagnostics import Diagnostic
from servplan.files.document import read_exactly, read_rows
from servplan.files.guard import screen
from servplan.files.marks import comments
from servplan.merge.arrangement import Position
from servplan.merge.days import contradictory
from servplan.merge.meaning import merged_data
from servplan.merge.pairing import canon
from servplan.merge.versions import Side

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value


@dataclass(frozen=True)
class Version:
    """One version of a file: its text, and its data or what stands against reading it.

    One that is not there has neither.
    """

    text: str
    data: "Data | list[Value] | None"
    fault: Diagnostic | None

    @cached_property
    def remarks(self) -> Counter[str]:
        """How often each comment stands in it."""
        found = () if self.data is None else comments(self.text)
        return Counter(comment.rstrip() for comment in found)


Versions = tuple[Version, Version, Version]
"""The base, ours and theirs."""


def is_proven(versions: Versions, texts: Mapping[Side, str], position: Position) -> bool:
    """Tell whether a merged text, with either side of every conflict, says all that it has to and no more."""
    is_rows = isinstance(versions[1].data, list)
    read = {text: read_version("", text.encode(), is_rows) for text in set(texts.values())}
    merged = {side: read[text] for side, text in texts.items()}
    return (
        all(_says(versions, version, position, side) for side, version in merged.items())
        and _has_comments(versions, [version.remarks for version in merged.values()])
        and all(_agrees(versions, version, position.folder) for version in merged.values())
    )


ABSENT = Version("", None, None)


def read_version(path: str, raw: bytes, is_rows: bool = False) -> Version:
    """Read one version, by the reader that tells exactly what it means and what is wrong.

    It is a group of keys, or a list of rows.
    """
    screened = screen(path, raw)
    if isinstance(screened, Diagnostic):
        return Version("", None, screened)
    if is_rows:
        return Version(screened.text, *read_rows(path, raw))
    document = read_exactly(path, screened.text)
    return Version(screened.text, document.data, document.fault)


def _says(versions: Versions, merged: Version, position: Position, side: Side) -> bool:
    base, ours, theirs = (version.data for version in versions)
    if merged.data is None or ours is None or theirs is None:
        return False
    return canon(merged.data) == canon(merged_data(base, ours, theirs, position, side))


def _has_comments(versions: Versions, found: "list[Counter[str]]") -> bool:
    """Tell whether no comment is lost and none doubled.

    Of the two sides of a conflict one is enough; each may have what its version has.
    """
    for comment in set().union(*(version.remarks for version in versions), *found):
        counts = [version.remarks[comment] for version in versions]
        least, most = _bounds(*counts)
        ours, theirs = (counter[comment] for counter in found)
        if max(ours, theirs) < least or (ours == theirs > most):
            return False
        if ours > max(most, counts[1]) or theirs > max(most, counts[2]):
            return False
    return True


def _bounds(base: int, ours: int, theirs: int) -> tuple[int, int]:
    """Return how often a comment may stand in the merged text.

    What both sides added, or both removed, may be one comment or two: that depends on its place, which a
    count does not know.
    """
    together = max(0, ours + theirs - base)
    if ours > base < theirs:
        return max(ours, theirs), together
    if ours < base > theirs:
        return together, min(ours, theirs)
    return together, together


def _agrees(versions: Versions, merged: Version, folder: str) -> bool:
    """Tell whether the merged log contradicts itself in nothing but what a side does by itself."""
    base, ours, theirs, log = (log_of(version) for version in (*versions, merged))
    if canon(base) in {canon(ours), canon(theirs)} or not _meets(log):
        return True
    return contradictory(log, folder) <= contradictory(ours, folder) | contradictory(theirs, folder)


def log_of(version: Version) -> "list[Value]":
    """Return a version's log; nothing where it has none, or none that is a list."""
    log = version.data.get("log") if isinstance(version.data, dict) else None
    return log if isinstance(log, list) else []


def _meets(log: "Value | Data") -> bool:
    """Tell whether a log has two entries of one day."""
    days = [day_of(entry) for entry in log] if isinstance(log, list) else []
    return len(days) != len(set(days))
