"""A record as a commit found it and as it left it: what the rules look at."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel

from servplan.analysis.diff import KIND, Data, record_data
from servplan.analysis.ledger import LogChange
from servplan.files.git_log import LoggedCommit
from servplan.model.header import FollowUp
from servplan.model.record import Entry, Record


class Step(NamedTuple):
    """One record around one commit.

    `model` has the fields that it promised by, `entry` is what its entries are. `after` is None where the
    record went; `log` is what happened to its entries. `gone` has the entries that commits before took away:
    one that comes back is not new. `starts` has the plan's first day before and after, `rhythm_on` tells
    which rhythm of reporting was in force on a day, `is_ordered` whether the entries had one order before.
    """

    model: type[BaseModel]
    entry: type[Entry]
    before: Data
    after: Data | None
    log: LogChange
    commit: LoggedCommit
    rhythm_on: Callable[[date], FollowUp]
    starts: tuple[str, str]
    gone: Sequence[Data]
    is_ordered: bool = True

    @property
    def latest(self) -> str:
        """The last day on which what the commit brought can have been written, as it is noted.

        A commit's day is told where it was made, so that a day more is borne with.
        """
        return (self.commit.day + timedelta(days=1)).isoformat()


def facts_of(record: Record, renamed: Mapping[str, str]) -> Data:
    """Return what the rules look at of a record: its data and, by `KIND`, its kind."""
    return {**record_data(record, renamed), KIND: record.kind}


class Found(NamedTuple):
    """A field that a commit changed against a rule, or one item of it: before and after."""

    field: str
    old: Any
    new: Any


class Rule(Protocol):
    """What a rule's module offers.

    Findings of `AMENDABLE` rules are answered by an entry that `amends` the field; `answer` tells what else
    does, and `WAYS` what to do first, by the codes of `remedies`.
    """

    __name__: str
    CODE: str
    AMENDABLE: bool

    @property
    def WAYS(self) -> tuple[str, ...]:  # noqa: N802 (a module's constant)
        """The codes of its own ways out."""

    def find(self, step: Step) -> "Sequence[Found]":
        """Return what is against the rule."""

    def answer(self, step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
        """Return how the record, as it is at last, answers; `earlier` has what stood there before."""
