"""A record as a commit found it and as it left it: what the rules look at."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from servplan.analysis.diff import record_data
from servplan.analysis.ledger import LogChange, compare_logs
from servplan.commits import RecordEdit
from servplan.files.git_log import LoggedCommit
from servplan.model.header import FollowUp
from servplan.model.record import Record

Data = Mapping[str, Any]
"""A record, or a part of one, as its file has it."""


class Step(NamedTuple):
    """One record around one commit.

    `after` is None where the record went; `log` is what happened to its entries. `gone` has the entries that
    commits before took away: one that comes back is not new. `start` is the plan's first day, `rhythm` how
    often it is reported.
    """

    model: type[Record]
    before: Data
    after: Data | None
    log: LogChange
    commit: LoggedCommit
    rhythm: FollowUp
    start: str
    gone: Sequence[Data]


class Found(NamedTuple):
    """A field that a commit changed against a rule, or one item of it: before and after."""

    field: str
    old: Any
    new: Any


class Rule(Protocol):
    """What a rule's module offers.

    Findings of `AMENDABLE` rules are answered by an entry that `amends` the field; `answer` tells what else
    does.
    """

    __name__: str
    CODE: str
    AMENDABLE: bool

    def find(self, step: Step) -> "Sequence[Found]":
        """Return what is against the rule."""

    def answer(self, step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
        """Return how the record, as it is at last, answers; `earlier` has what stood there before."""


def met(edit: RecordEdit, renamed: Mapping[str, str]) -> Data | None:
    """Return what a commit found: for a merge, what its sides make of what they had in common.

    None if nothing speaks of the record: a side has removed it, and it is the merge of that.
    """
    sides = [record_data(record, renamed) for record in edit.before if record]
    if len(edit.before) == 1 or not sides:
        return sides[0] if sides else None
    if edit.after is None and edit.base and len(sides) < len(edit.before):
        return None
    base = record_data(edit.base, renamed) if edit.base else {}
    after = record_data(edit.after, renamed) if edit.after else {}
    keys = dict.fromkeys(key for data in (base, *sides) for key in data if key != "log")
    merged = {key: _merged(base.get(key), [side.get(key) for side in sides], after.get(key)) for key in keys}
    log = _merged_log(base.get("log", []), [side.get("log", []) for side in sides])
    return {key: value for key, value in {**merged, "log": log}.items() if value not in (None, [])}


def _merged(base: object, sides: Sequence[object], after: object) -> object:
    """Return the value that a merge should have; where its sides differ, any of theirs will do."""
    changed = [side for side in sides if side != base]
    return after if after in changed else next(iter(changed), base)


def _merged_log(base: Sequence[Data], sides: Sequence[Sequence[Data]]) -> list[Data]:
    """Return the entries of all sides: without what one of them removed, with what each made of the rest."""
    changes = [compare_logs(base, side) for side in sides]
    removed = [entry for change in changes for entry in change.removed]
    merged = []
    for entry in base:
        versions = [new for change in changes for old, new in change.rewritten if old is entry]
        if not any(entry is other for other in removed):
            merged.append(_merged_entry(entry, versions))
    came: list[Data] = []
    for change in changes:
        came += without(change.added, came)
    return merged + came


def _merged_entry(entry: Data, versions: Sequence[Data]) -> Data:
    keys = dict.fromkeys(key for data in (entry, *versions) for key in data)
    merged = {key: _merged(entry.get(key), [data.get(key) for data in versions], None) for key in keys}
    return {key: value for key, value in merged.items() if value is not None}


def without(items: Sequence[Data], others: Sequence[Data]) -> list[Data]:
    """Return the items that are not among others; of equal ones as many as there are more."""
    left = list(items)
    for item in others:
        if item in left:
            left.remove(item)
    return left
