"""The plan under examination, with what several rules look at gathered once."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple, Protocol

from servplan.analysis.graph import Graph
from servplan.checks.suggestions import Suggestions
from servplan.diagnostics import Diagnostic, Severity
from servplan.load import Loaded
from servplan.model.record import Record
from servplan.model.walk import Reference, references
from servplan.state import Standing


class Check(Protocol):
    """What a rule's module offers."""

    __name__: str
    CODE: str
    SEVERITY: Severity

    def find(self, plan: "Examined") -> Iterator[Diagnostic]:
        """Yield what is against the rule."""


class Use(NamedTuple):
    """One reference from a record to what it names; `target` is None where nothing is known by that name."""

    record: Record
    reference: Reference
    target: Record | None


class Examined:
    """A loaded plan, the codes of all rules, and what is common to the rules."""

    def __init__(self, loaded: Loaded, codes: frozenset[str]) -> None:
        self.codes = codes
        self.loaded = loaded
        self.plan = loaded.plan
        self._graphs: dict[date, Graph] = {}
        self._suggestions: dict[tuple[str, ...], Suggestions] = {}

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every reference of every record, with the record that it means."""
        records, get = self.plan.records, self.plan.get
        return tuple(
            Use(record, reference, records.get(reference.target) or get(reference.target))
            for record in records.values()
            for reference in references(record)
        )

    def is_named_unread(self, id_: str) -> bool:
        """Tell whether a file that could not be read names a record: what is said there is not known."""
        return any(id_ in text for text in self._unread_texts)

    @cached_property
    def _unread_texts(self) -> tuple[str, ...]:
        return tuple(map(self.loaded.text, self.plan.unreadable.values()))

    def graph_at(self, day: date) -> Graph:
        """Return the supports as of a day, built once a day."""
        if day not in self._graphs:
            self._graphs[day] = Graph(Standing(self.plan, day))
        return self._graphs[day]

    def closest(self, id_: str, kinds: tuple[str, ...]) -> str:
        """Return the id of one of these kinds (`*`: any) that is most like a misspelt one, or nothing."""
        if kinds not in self._suggestions:
            anything = "*" in kinds
            ids = [item.id for item in self.plan.records.values() if anything or item.kind in kinds]
            self._suggestions[kinds] = Suggestions(ids)
        return self._suggestions[kinds].closest(id_)
