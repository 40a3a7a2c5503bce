"""`history`: one record's story, with the day it happened beside the day it was committed."""

from collections.abc import Iterator, Sequence
from datetime import date

from servplan.analysis.header_story import PlanItself
from servplan.analysis.history import COMMIT, LEDGER, Event, Item
from servplan.files.layout import HEADER_PATH
from servplan.model.plan import Plan
from servplan.model.record import Decision, Entry, Record, Retirement
from servplan.render.blocks import Block, Cell, Column, Heading, Style, Table, para
from servplan.render.change_words import DiffWords
from servplan.render.locale_formats import IsoFormats
from servplan.render.views.badges import day, names, title_of
from servplan.render.views.diff import SIGNS
from servplan.render.views.records import all_that_happened, entry_day
from servplan.render.words import N_, Words

WHAT = {
    "added": N_("Added: {title}"),
    "restored": N_("Restored: {title}"),
    "removed": N_("Removed: {title}"),
    "unreadable": N_("Cannot be read in this version ({path})"),
    "readable": N_("Can be read again"),
    "form": N_("Nothing changed in what it says"),
}
"""What a commit did to a record as a whole."""


def history_blocks(
    record: Record | PlanItself, events: Sequence[Event], plan: Plan, as_of: date, words: Words
) -> list[Block]:
    """Return the story of a record, or of the plan itself, as lines of time."""
    name = HEADER_PATH if isinstance(record, PlanItself) else record.id
    aside = f"{words.label('kind', record.kind)} {name} · {words.as_of(as_of)}"
    heading = Heading(record.title, aside)
    if not events:
        return [heading, para((words("Nothing is told of it."), "dim"))]
    told = _HistoryWords(plan, events, words)
    rows = tuple(row for event in events for row in told.rows(event))
    columns = (Column(words("Happened")), Column(words("Committed")), Column(words("What"), wraps=True))
    return [heading, Table(columns, rows)]


class _HistoryWords:
    """How events are told: the plan's words, and which commits stand in lines of their own."""

    def __init__(self, plan: Plan, events: Sequence[Event], words: Words) -> None:
        self._plan = plan
        self.words = words
        titles = {id_: item.title for id_, item in plan.records.items()}
        self._changes = DiffWords(titles, words, IsoFormats(words.language))
        self._shown = {_commit_id(event) for event in events if event.source == COMMIT}

    def rows(self, event: Event) -> Iterator[tuple[Cell, ...]]:
        """Yield an event's lines: its days, what happened, and who committed it with which words."""
        days = self._happened(event), self._committed(event)
        for text, style in self._lines(event):
            yield Cell(days[0]), Cell(days[1]), Cell(text, style)
            days = "", ""

    def _happened(self, event: Event) -> str:
        if isinstance(event.item, Entry):
            return entry_day(event.item, self.words)
        return day(event.date) if event.source == LEDGER else ""

    def _committed(self, event: Event) -> str:
        if event.step is None:
            return ""
        return day(event.step.commit.day) if event.step.commit else self.words("not committed")

    def _lines(self, event: Event) -> Iterator[tuple[str, Style]]:
        if event.item is not None:
            yield (
                self._item(event.item, event.moved),
                "dim" if isinstance(event.item, Entry) and event.item.voided else "",
            )
        else:
            yield from self._step(event)
        commit = event.step.commit if event.step else None
        if commit and (event.source == COMMIT or commit.id not in self._shown):
            said = {"author": commit.author, "subject": commit.subject, "id": commit.id[:7]}
            yield self.words("{author}: “{subject}” ({id})", **said), "dim"

    def _item(self, item: Item, moved: int) -> str:
        if isinstance(item, Decision):
            return self._decision(item)
        if isinstance(item, Retirement):
            return self._retirement(item)
        said = (all_that_happened(item, self._plan, self.words), *self._around(item, moved))
        return " · ".join(filter(None, said))

    def _around(self, entry: Entry, moved: int) -> Iterator[str]:
        """Yield what an entry says besides what happened: who reported, and when it was written."""
        words = self.words
        if moved:
            yield words("moved later for the {nth} time", nth=words.ordinal(moved))
        if entry.by:
            yield words("by {owner}", owner=title_of(self._plan, entry.by))
        if entry.recorded:
            yield words("written down on {date}", date=entry.recorded)

    def _decision(self, decision: Decision) -> str:
        said = (decision.body, decision.paragraph, decision.case_number, decision.link)
        return f"{self.words.label('field', 'decided')}: {', '.join(filter(None, said))}"

    def _retirement(self, retired: Retirement) -> str:
        label = self.words.label
        said = f"{label('field', 'retired')}: {retired.reason}"
        if not retired.superseded_by:
            return said
        return f"{said} · {label('field', 'superseded_by')}: {names(self._plan, retired.superseded_by)}"

    def _step(self, event: Event) -> Iterator[tuple[str, Style]]:
        sign, style = _SIGNS.get(event.what, ("", ""))
        if event.what in WHAT:
            path = event.step.unreadable if event.step else None
            title = event.change.title if event.change else ""
            yield f"{sign} {self.words(WHAT[event.what], title=title, path=path)}".lstrip(), style
        if event.change:
            yield from self._changes.lines(event.change)


_SIGNS = {**SIGNS, "restored": SIGNS["added"], "unreadable": ("!", "bad")}


def _commit_id(event: Event) -> str | None:
    return event.step.commit.id if event.step and event.step.commit else None
