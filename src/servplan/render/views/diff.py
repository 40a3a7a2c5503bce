"""`diff`: changes of the plan in the plan's words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from servplan.analysis.consequences import Consequence
from servplan.analysis.diff import HEADER, Change, FieldChange, PlanDiff
from servplan.analysis.ledger import EntryData
from servplan.model.kinds import BY_NAME
from servplan.model.walk import steps
from servplan.render.blocks import Block, Heading, Node, Span, Style, Tree, para
from servplan.render.locale_formats import Formats
from servplan.render.words import LABELS, N_, Words

SIGNS = {"added": ("+", "good"), "removed": ("−", "bad"), "changed": ("~", "warn"), "retired": ("×", "dim")}

CONSEQUENCES = {
    "last-activity-lost": N_("“{title}” has lost its last activity"),
    "due-after-goal": N_("due {due}, after “{title}” ({limit})"),
    "owner-vacant": N_("nobody is responsible any more"),
    "owner-idle": N_("{title} is responsible for nothing any more"),
    "owner-overloaded": N_("{title} is now responsible for {number} unfinished activities and boxes"),
    "box-unticked": N_("the box is no longer ticked"),
    "postponed-again": N_("postponed {times} times"),
    "read-again": N_("reworded: read again what serves it: {below}"),
}
NOT_SAID = ("date", "known_by", "recorded", "by")
"""An entry's fields that say when and by whom, and not what happened."""


def diff_blocks(found: PlanDiff, sides: tuple[str, str], words: Words) -> list[Block]:
    """Return the changes as lines: what happened to a record, its fields, its log, and what follows."""
    told = DiffWords(found.titles, words)
    blocks: list[Block] = [Heading(words("Changes of the plan"), " → ".join(sides))]
    if found.changes:
        blocks.append(para((summary(found, words), "dim")))
        blocks.append(Tree(tuple(_change(change, told) for change in found.changes)))
    else:
        blocks.append(para(words("No change in the plan.")))
    if found.unreadable:
        blocks.append(para((unreadable_text(found, words), "bad")))
    return blocks


def summary(found: PlanDiff, words: Words) -> str:
    """Return how many records changed in which way."""
    counts = Counter(change.change for change in found.changes)
    return ", ".join(f"{words.label('change', code)}: {counts[code]}" for code in SIGNS if counts[code])


def unreadable_text(found: PlanDiff, words: Words) -> str:
    """Return which records could not be compared."""
    ids = ", ".join(found.unreadable)
    return words("Not compared, since one side cannot be read: {ids}", ids=ids)


def _change(change: Change, told: "DiffWords") -> Node:
    sign, style = SIGNS[change.change]
    name = "" if change.kind == HEADER else f" {change.id}"
    head = f"{sign} {told.words.label('kind', change.kind)}{name}: {change.title}"
    return Node((Span(head, style),), (), tuple(Node((Span(*line),)) for line in told.lines(change)))


class DiffWords:
    """How a change is told: the words, and the title of every record that it may name."""

    def __init__(self, titles: Mapping[str, str], words: Words) -> None:
        self.words = words
        self._titles = titles
        self._formats = Formats(words.language)

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
        yield from (("− " + self.entry(entry, change.kind), "bad") for entry in change.log.removed)
        yield from (("→ " + self.consequence(item), "warn") for item in change.consequences)

    def _inventory(self, change: Change) -> str:
        """Return what a new record says, on one line."""
        parts = ((field.field, self._value(field.field, field.new, change.kind)) for field in change.fields)
        return " · ".join(f"{self.words.label('field', name)}: {text}" for name, text in parts)

    def field(self, change: FieldChange, kind: str) -> str:
        """Return a field's change: `Slutdatum: 30 juni → 31 december 2013`."""
        name = self.words.label("field", change.field)
        return f"{name}: {self._turn(change.field, change.old, change.new, kind)}"

    def _turn(self, field: str, old: Any, new: Any, kind: str) -> str:
        """Return how a value became another; of a list or a group only what differs."""
        days = _day(old), _day(new)
        if days[0] and days[1]:
            return " → ".join(self._formats.change_of_day(days[0], days[1]))
        if isinstance(new, dict):
            return self._turn_of_group(field, old, new, kind)
        if (
            isinstance(old, list)
            and isinstance(new, list)
            and (text := self._turn_of_list(field, old, new, kind))
        ):
            return text
        return f"{self._value(field, old, kind)} → {self._value(field, new, kind)}"

    def _turn_of_group(self, field: str, old: Any, new: dict[str, Any], kind: str) -> str:
        if not isinstance(old, dict):
            return self._value(field, new, kind)
        names = (name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name))
        return "; ".join(self.field(FieldChange(name, old.get(name), new.get(name)), kind) for name in names)

    def _turn_of_list(self, field: str, old: list[Any], new: list[Any], kind: str) -> str:
        """Return what came and went, where something stayed; nothing where only the order is another."""
        gone, come = [item for item in old if item not in new], [item for item in new if item not in old]
        if len(gone) == len(old):
            return ""
        marked = [("−", item) for item in gone] + [("+", item) for item in come]
        return ", ".join(f"{mark} {self._value(field, item, kind)}" for mark, item in marked)

    def entry(self, entry: EntryData, kind: str) -> str:
        """Return a log entry as what happened, on its day."""
        return " · ".join((self._when(entry), *self._said(entry, kind)))

    def consequence(self, item: Consequence) -> str:
        """Return what follows from a change, in words."""
        params = {
            name: self._formats.day(day) if (day := _day(text)) else text
            for name, text in item.params.items()
        }
        return self.words(
            CONSEQUENCES[item.code], **params, title=self._titles.get(item.params["id"], item.params["id"])
        )

    def rewritten(self, old: EntryData, new: EntryData, kind: str) -> str:
        """Return how an entry was rewritten: its day, and the fields that differ."""
        names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
        changes = (self.field(FieldChange(name, old.get(name), new.get(name)), kind) for name in names)
        return " · ".join((self._when(old), *changes))

    def _when(self, entry: EntryData) -> str:
        return str(entry.get("date") or self.words("by {date}", date=entry.get("known_by", "?")))

    def _said(self, entry: EntryData, kind: str) -> Iterator[str]:
        """Yield what an entry sets, then its note and the rest."""
        first = BY_NAME[kind].entry.changes + BY_NAME[kind].entry.reports
        for key in dict.fromkeys((*(key for key in first if key in entry), *entry)):
            if key == "note":
                yield str(entry[key])
            elif key not in NOT_SAID:
                yield f"{self.words.label('field', key)}: {self._value(key, entry[key], kind)}"

    def _value(self, field: str, value: Any, kind: str) -> str:
        words = self.words
        if isinstance(value, list):
            return ", ".join(self._value(field, item, kind) for item in value) or words("nothing")
        if isinstance(value, dict):
            parts = (
                f"{words.label('field', key)}: {self._value(key, item, kind)}" for key, item in value.items()
            )
            return "; ".join(parts)
        if isinstance(value, str):
            return self._text(field, value, kind)
        if isinstance(value, bool):
            return words("yes") if value else words("no")
        return words("nothing") if value is None else str(value)

    def _text(self, field: str, text: str, kind: str) -> str:
        if field in LABELS and text in LABELS[field]:
            return self.words.label(field, text)
        if day := _day(text):
            return self._formats.day(day)
        return self._titles.get(text, text) if field in _references(kind) else text


def _references(kind: str) -> set[str]:
    """Return the fields of a kind, and of its entries, that name other records."""
    model = BY_NAME.get(kind)
    models = (model, model.entry) if model else ()
    return {"superseded_by"} | {step.key for item in models for step in steps(item, "reference") if step.mark}


def _day(value: object) -> date | None:
    """Return the day that a text is, if it is one."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None
