"""Who wrote down each line of a record's ledger: the steps of its history matched with what it holds now."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from servplan.analysis.diff import Change, FieldChange, record_data
from servplan.analysis.ledger import compare_logs
from servplan.files.git_log import LoggedCommit
from servplan.model.record import Record


class Step(NamedTuple):
    """What a commit (None: the work tree) did to a record.

    `change` is None where it changed nothing but the form, `record` is what it left, `unreadable` the path of
    what cannot be read.
    """

    commit: LoggedCommit | None
    change: Change | None
    record: Record | None
    unreadable: str | None = None


class Line(NamedTuple):
    """Something in a ledger: the field it stands in (`log`, `decided`, `retired`), and its file's data."""

    field: str
    data: Any


class Origin(NamedTuple):
    """The number of the step that wrote a line down, and the line as it was then and as it has become."""

    step: int
    first: Line
    now: Line


def lines_of(record: Record) -> list[Line]:
    """Return a record's ledger: its entries, the decisions behind it, and that it was retired."""
    data = record_data(record, {})
    several = (Line(field, item) for field in ("log", "decided") for item in data.get(field, ()))
    return [*several, *([Line("retired", data["retired"])] if "retired" in data else [])]


def find_origins(lines: Sequence[Line], steps: Sequence[Step]) -> list[Origin | None]:
    """Return for each line of a ledger where it comes from; None where no step wrote it."""
    known: list[Origin] = []
    for number, step in enumerate(steps):
        if step.change and step.record:
            known = _after(known, number, step.change, step.record)
    found = [_take(known, line) for line in lines]
    # An entry that names a renamed owner is the same in other words, and no step tells of that.
    left = [
        line.data for line, origin in zip(lines, found, strict=True) if not origin and line.field == "log"
    ]
    for old, new in compare_logs(
        [item.now.data for item in known if item.now.field == "log"], left
    ).rewritten:
        at = next(at for at, line in enumerate(lines) if not found[at] and line == Line("log", new))
        found[at] = _take(known, Line("log", old))
    return found


def _take(known: list[Origin], line: Line) -> Origin | None:
    """Take the first origin of a line out of those that are known."""
    at = next((at for at, item in enumerate(known) if item.now == line), None)
    return None if at is None else known.pop(at)


def _after(known: Sequence[Origin], number: int, change: Change, record: Record) -> list[Origin]:
    """Return the origins that are known after one more step."""
    kept, came = list(known), _came(change)
    if change.change == "added":
        there = list(known)
        came = [line for line in lines_of(record) if _take(there, line) is None]
    for entry in change.log.removed:
        _take(kept, Line("log", entry))
    for old, new in change.log.rewritten:
        origin = _take(kept, Line("log", old))
        kept += [origin._replace(now=Line("log", new))] if origin else []
    return kept + [Origin(number, line, line) for line in came]


def _came(change: Change) -> list[Line]:
    """Return the lines that came with a change."""
    of_fields = (line for field in change.fields for line in _came_in(field))
    return [*(Line("log", entry) for entry in change.log.added), *of_fields]


def _came_in(field: FieldChange) -> Iterator[Line]:
    if field.field == "retired" and field.new and not field.old:
        yield Line("retired", field.new)
    if field.field == "decided":
        yield from (Line("decided", item) for item in field.new or [] if item not in (field.old or []))


def without_lines(change: Change, lines: Sequence[Line]) -> Change:
    """Return a change without lines of the ledger that came with it."""
    entries = [line.data for line in lines if line.field == "log"]
    log = change.log._replace(added=compare_logs(entries, change.log.added).added)
    fields = (field for field in change.fields if not _only_brings(field, lines))
    return change._replace(log=log, fields=tuple(fields))


def _only_brings(field: FieldChange, lines: Sequence[Line]) -> bool:
    """Tell whether a field's change brought lines of the ledger and did nothing else."""
    came = list(_came_in(field))
    stayed = field.field == "retired" or all(item in (field.new or []) for item in field.old or [])
    return bool(came) and stayed and all(line in lines for line in came)
