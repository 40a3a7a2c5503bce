"""Changes of records in the plan's words, for every view that tells of them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from servplan.analysis.consequences import Consequence
from servplan.analysis.diff import ANSWERS, HEADER, KIND, Change, FieldChange
from servplan.analysis.ledger import EntryData
from servplan.model.header import Header
from servplan.model.kinds import BY_NAME
from servplan.model.shape import sort_of
from servplan.render.blocks import Style
from servplan.render.locale_formats import Formats
from servplan.render.values import Model, Values, part_of
from servplan.render.words import N_, Words

CONSEQUENCES = {
    "last-activity-lost": N_("“{title}” has lost its last activity"),
    "due-after-goal": N_("due {due}, after “{title}” ({limit})"),
    "due-before-parts": N_("due {limit}, before what serves it: {below}"),
    "owner-vacant": N_("nobody is responsible any more"),
    "owner-idle": N_("{title} is responsible for nothing any more"),
    "owner-overloaded": N_("{title} is now responsible for {number} unfinished activities and boxes"),
    "box-unticked": N_("the box is no longer ticked"),
    "postponed-again": N_("postponed {times} times"),
    "read-again": N_("reworded: read again what serves it: {below}"),
}
VOIDED = "voided"
DAYS = ("due", "limit")
"""The parameters of a consequence that are days."""
NOT_SAID = ("date", "known_by", "recorded", "by")
"""An entry's fields that say when and by whom, and not what happened."""


class DiffWords:
    """How a change is told: the words, the title of every record that it may name, how days are written."""

    def __init__(self, titles: Mapping[str, str], words: Words, formats: Formats | None = None) -> None:
        self.words = words
        self._titles = titles
        self._formats = formats or Formats(words.language)
        self._values = Values(words, self._title, self._formats.day, nothing=words("none"))

    def lines(self, change: Change) -> Iterator[tuple[str, Style]]:
        """Yield what happened to a record, line by line, each with its meaning."""
        words = self.words
        if change.renamed_from:
            yield words("was called {id}", id=change.renamed_from), ""
        if change.moved:
            yield words("file moved: {old} → {new}", old=change.moved[0], new=change.moved[1]), "dim"
        if change.change == "added" and change.fields:
            yield self._inventory(change), ""
        elif change.change != "removed":  # what is gone is told by its title; git still has the rest
            yield from ((self.field(field, change.kind), "") for field in change.fields)
        yield from (("+ " + self.entry(entry, change.kind), "") for entry in change.log.added)
        for old, new in change.log.rewritten:
            yield "± " + self.rewritten(old, new, change.kind), "bad"
        for first, last in change.log.reordered:
            yield "± " + self.reordered(first, last, change.kind), "bad"
        yield from (("− " + self.entry(entry, change.kind), "bad") for entry in change.log.removed)
        yield from (("→ " + self.consequence(item), "warn") for item in change.consequences)

    def _inventory(self, change: Change) -> str:
        """Return what a new record says, on one line."""
        model = _model(change.kind)
        return " · ".join(self._said_of(model, field.field, field.new) for field in change.fields)

    def _said_of(self, model: Model, key: str, value: Any) -> str:
        """Return a field with its value: `Slutdatum: 30 juni 2013`; that an entry is void in a sentence."""
        if key == VOIDED:
            day = self._formats.day(date.fromisoformat(value["date"]))
            return self.words("voided {date}: {reason}", date=day, reason=value["reason"])
        return f"{self.words.label('field', key)}: {self._values.text(model, key, value)}"

    def field(self, change: FieldChange, kind: str) -> str:
        """Return a field's change: `Slutdatum: 30 juni → 31 december 2013`."""
        return self._changed(_model(kind), change)

    def _changed(self, model: Model, change: FieldChange) -> str:
        if change.field == VOIDED and change.new and not change.old:
            return self._said_of(model, VOIDED, change.new)
        return f"{self.words.label('field', change.field)}: {self._turn(model, *change)}"

    def _turn(self, model: Model, key: str, old: Any, new: Any) -> str:
        """Return how a value became another; of a list or a group only what differs."""
        if key == KIND:
            return " → ".join(self.words.label("kind", kind).lower() for kind in (old, new))
        if isinstance(old, str) and isinstance(new, str) and sort_of(model, key) == "day":
            days = self._formats.change_of_day(date.fromisoformat(old), date.fromisoformat(new))
            return " → ".join(days)
        if isinstance(old, dict) and isinstance(new, dict):
            return self._turn_of_group(model, key, old, new)
        if (
            isinstance(old, list)
            and isinstance(new, list)
            and (text := self._come_and_gone(model, key, old, new))
        ):
            return text
        told = self._values.text(model, key, new)
        if isinstance(old, dict) and new is None:
            return self.words("none (was {old})", old=self._values.text(model, key, old))
        return told if isinstance(new, dict) else f"{self._values.text(model, key, old)} → {told}"

    def _turn_of_group(self, model: Model, key: str, old: dict[str, Any], new: dict[str, Any]) -> str:
        names = (name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name))
        return "; ".join(
            f"{self._values.name(model, key, name)}: "
            + self._turn(*part_of(model, key, name), old.get(name), new.get(name))
            for name in names
        )

    def _come_and_gone(self, model: Model, key: str, old: list[Any], new: list[Any]) -> str:
        """Return what came and went, where something stayed; nothing where only the order is another."""
        gone, come = [item for item in old if item not in new], [item for item in new if item not in old]
        if len(gone) == len(old):
            return ""
        marked = [("−", item) for item in gone] + [("+", item) for item in come]
        return ", ".join(f"{mark} {self._values.text(model, key, item)}" for mark, item in marked)

    def entry(self, entry: EntryData, kind: str) -> str:
        """Return a log entry as what happened, on its day; of an answer to the audit all that it says."""
        if kind == ANSWERS:
            return " · ".join(map(str, entry.values()))
        return " · ".join((self._when(entry), *self._said(entry, kind)))

    def consequence(self, item: Consequence) -> str:
        """Return what follows from a change, in words."""
        params = {
            name: self._formats.day(date.fromisoformat(text)) if name in DAYS else text
            for name, text in item.params.items()
        }
        return self.words(CONSEQUENCES[item.code], **params, title=self._title(item.params["id"]))

    def rewritten(self, old: EntryData, new: EntryData, kind: str) -> str:
        """Return how an entry was rewritten: its day, and the fields that differ."""
        names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
        model = BY_NAME[kind].entry
        changes = (self._changed(model, FieldChange(name, old.get(name), new.get(name))) for name in names)
        return " · ".join((self._when(old), *changes))

    def reordered(self, first: EntryData, last: EntryData, kind: str) -> str:
        """Return which entry of a day now counts, by standing after one that it stood before."""
        model = BY_NAME[kind].entry
        texts = {
            name: " · ".join(self._said_of(model, key, entry[key]) for key in model.changes if key in entry)
            for name, entry in (("first", first), ("last", last))
        }
        said = self.words("order changed, the last one counts: {first} → {last}", **texts)
        return f"{self._when(last)} · {said}"

    def _when(self, entry: EntryData) -> str:
        return str(entry.get("date") or self.words("by {date}", date=entry.get("known_by", "?")))

    def _said(self, entry: EntryData, kind: str) -> Iterator[str]:
        """Yield what an entry sets, then its note and the rest."""
        model = BY_NAME[kind].entry
        first = model.changes + model.reports
        for key in dict.fromkeys((*(key for key in first if key in entry), *entry)):
            if key == "note":
                yield str(entry[key])
            elif key not in NOT_SAID:
                yield self._said_of(model, key, entry[key])

    def _title(self, id_: str) -> str:
        return self._titles.get(id_, id_)


def _model(kind: str) -> Model:
    """Return the model of a kind's records, or of the plan's header."""
    return Header if kind == HEADER else BY_NAME[kind]
