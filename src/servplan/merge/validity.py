"""Whether a merged file is valid where both sides are: what is right by itself may not go together."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from servplan.files.layout import ANSWERS_PATH, DATA, HEADER_PATH
from servplan.files.tree import MemoryTree


class FileName(NamedTuple):
    """What a file's path says of it: the record's id, and its kind's folder (none for what is no record)."""

    id: str
    folder: str

    @property
    def is_rows(self) -> bool:
        """Whether the file is a list of rows: the answers to the audit."""
        return self.path == ANSWERS_PATH

    @property
    def is_header(self) -> bool:
        """Whether the file is the plan's header."""
        return self.path == HEADER_PATH

    @property
    def path(self) -> str:
        """A path at which the file may stand in a plan."""
        return PurePosixPath(DATA, self.folder, f"{self.id}.yaml").as_posix()


def stays_valid(name: FileName, sides: Sequence[bytes], merged: bytes) -> bool:
    """Tell whether a merged file is valid, or a side is not either."""
    return is_valid(name, merged) or not all(is_valid(name, side) for side in sides)


def is_valid(name: FileName, raw: bytes) -> bool:
    """Tell whether nothing in a file by itself is an error; where its links lead is not in it."""
    from servplan.checks import bad_link  # noqa: PLC0415 (200 ms, for few merges)
    from servplan.checks.registry import errors_of  # noqa: PLC0415 (200 ms, for few merges)
    from servplan.load import load_answers, load_plan, load_record  # noqa: PLC0415

    tree = MemoryTree({name.path: raw})
    if name.is_header:
        return all(error.code == bad_link.CODE for error in errors_of(load_plan(tree)))
    if name.is_rows:
        return not load_answers(tree).findings
    return load_record(name.path, raw) is not None
