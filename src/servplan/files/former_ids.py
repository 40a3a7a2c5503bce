"""The ids that a record's file says it had before: by them one record is told from another of the same id."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servplan.files.oracle import Value

KEY = "formerly"


def former_ids(data: "Value") -> set[str]:
    """Return the ids that a file's data names as its record's former ones."""
    said = data.get(KEY) if isinstance(data, dict) else None
    return {item for item in (said if isinstance(said, list) else [said]) if isinstance(item, str)}


def are_two_records(ours: "Value", theirs: "Value") -> bool:
    """Tell whether two files that came to one id apart are of different records.

    They are where one says that it had another id before and the other knows of none of those.
    """
    mine, other = former_ids(ours), former_ids(theirs)
    return bool(mine | other) and not mine & other
