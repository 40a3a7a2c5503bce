"""Which files are a plan's, which ids their names give them, and which record goes on with which."""

from collections.abc import Iterable, Mapping

from servplan.files.layout import HEADER_PATH
from servplan.files.similarity import most_alike
from servplan.model.kinds import BY_FOLDER
from servplan.model.record import Record


def is_plan_file(path: str) -> bool:
    """Tell whether a path is that of a plan's header or of a record's file."""
    return path == HEADER_PATH or is_record(path)


def is_record(path: str) -> bool:
    """Tell whether a path is that of a record's file."""
    parts = path.split("/")
    return len(parts) > 2 and parts[1] in BY_FOLDER and path.endswith(".yaml") and parts[-1][0] != "."


def id_of(path: str) -> str:
    """Return the id that a record's path gives it."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def renamed_ids(
    before: Mapping[str, bytes], after: Mapping[str, bytes], records: Iterable[Record]
) -> dict[str, str]:
    """Return each new id with the old one whose record it continues.

    `before` and `after` have the files that a change touched, `records` those of `after` that can be read.
    What `formerly` tells comes first; the rest is told by how alike the files are, as git does.
    """
    there, here = set(map(id_of, before)), set(map(id_of, after))
    gone, new = there - here, here - there
    told = {item.id: old for item in records if item.id in new for old in item.formerly if old in gone}
    gone -= set(told.values())
    left = {path: raw for path, raw in before.items() if id_of(path) in gone}
    come = {path: raw for path, raw in after.items() if id_of(path) in new - told.keys()}
    return told | {id_of(path): id_of(source) for path, source in most_alike(left, come).items()}
