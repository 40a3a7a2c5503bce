"""Which files are a plan's, and which ids their names give them."""

from servplan.files.layout import HEADER_PATH
from servplan.model.kinds import BY_FOLDER


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
