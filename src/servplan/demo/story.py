"""What the demo's files tell: the plan as it was first written, and month by month what was written down.

An event that names an id is carried out as servplan's commands do it. One that names a file is done by hand,
as people also do, with or without leaving a trace.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import Any, Literal

from servplan.files.document import read_document
from servplan.files.tree import WorkTree
from servplan.model.fields import Day, Frozen, Many, Text

START, STORY = "start", "story"


class Report(Frozen):
    """An entry in the log of one record or several."""

    report: Many[str]
    entry: dict[str, Any]


class Add(Frozen):
    """A new record."""

    add: str
    id: str
    record: dict[str, Any]


class Change(Frozen):
    """A record's field, set to a value or with a value added or removed; an empty value removes the field."""

    change: str
    field: str
    value: Any
    how: Literal["set", "add", "remove"] = "set"

    @property
    def values(self) -> list[Any]:
        """The values, as a list; one may stand without."""
        return self.value if isinstance(self.value, list) else [self.value]


class Rename(Frozen):
    """A record's new id."""

    rename: str
    to: str


class Rewrite(Frozen):
    """Words in a file, replaced by hand."""

    rewrite: str
    find: str
    put: str


class Move(Frozen):
    """A file, moved by hand."""

    move: str
    to: str


class Delete(Frozen):
    """A file, deleted by hand."""

    delete: str


Event = Report | Add | Change | Rename | Rewrite | Move | Delete


class Tag(Frozen):
    """What a commit is remembered as."""

    name: Text
    says: Text


class Month(Frozen):
    """What was written down of one month: when, by which unit, with which words, and what it was."""

    written: Day
    by: Text
    says: Text
    tag: Tag | None = None
    events: tuple[Event, ...] = ()


@contextmanager
def _shipped() -> Iterator[WorkTree]:
    with as_file(files("servplan") / "demo") as folder:
        yield WorkTree(folder)


def start() -> dict[str, str]:
    """Return the texts that the plan begins with, by path from the plan's folder."""
    with _shipped() as tree:
        paths = [entry.path for entry in tree.files(START)]
        return {path.removeprefix(f"{START}/"): tree.read(path).decode() for path in paths}


def months() -> list[Month]:
    """Return what was written down, the first month first."""
    with _shipped() as tree:
        documents = [read_document(entry.path, tree.read(entry.path)) for entry in tree.files(STORY)]
    return [Month.model_validate(document.data) for document in documents]
