"""What in a plan's history is against a rule: every commit's step of every record, looked at by the rules."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from servplan.analysis.audit.entries import rewritten
from servplan.analysis.audit.headers import header_steps, rhythm_on, starts_around
from servplan.analysis.audit.registry import PLAN_RULES, RECORD_RULES
from servplan.analysis.audit.step import Found, Rule, Step, facts_of
from servplan.analysis.diff import HEADER, KIND, Data
from servplan.analysis.found import is_ordered, met
from servplan.analysis.ledger import NO_ENTRIES, compare_logs
from servplan.commits import RecordEdit, Story
from servplan.files.layout import HEADER_PATH


class Subject(NamedTuple):
    """What a change is of: a record as the commit found it, or the plan itself; by all its ids.

    `path` is where it lay in `commit`, which has it so.
    """

    kind: str
    ids: tuple[str, ...]
    title: str
    path: str
    commit: str


class Suspicion(NamedTuple):
    """A change that is against a rule, whether or not anything answers it.

    `id` is what the record is called at last; `earlier` has what stood in the changed thing's place before,
    the oldest first.
    """

    rule: Rule
    id: str
    subject: Subject
    step: Step
    found: Found
    earlier: tuple[Any, ...]


def suspicions(story: Story) -> list[Suspicion]:
    """Return every change that is against a rule, in the order of the commits."""
    gone: dict[str, list[Data]] = {}
    left: dict[tuple[str, str], Step] = {}
    trail = _Trail()
    for edit in story.edits:
        step = _step(edit, story, gone.setdefault(edit.id, []))
        if step is None:
            continue
        if step.after and step.after[KIND] != step.before[KIND]:
            left[edit.id, step.before[KIND]] = step
            if before := left.get((edit.id, step.after[KIND])):
                trail.look(RECORD_RULES, edit.id, _subject(edit), _returned(before, step))
        trail.look(RECORD_RULES, edit.id, _subject(edit), step)
        gone[edit.id] += (*step.log.removed, *(old for old, _new in rewritten(step)))
    for step in header_steps(story):
        parent = step.commit.parents[0]
        subject = Subject(HEADER, (HEADER,), step.before["title"], HEADER_PATH, parent)
        trail.look(PLAN_RULES, HEADER, subject, step)
    return trail.suspected


def _returned(left: Step, step: Step) -> Step:
    """Return what became of a record that is of a kind again, from the commit by which it had left it.

    What happened to its entries was told on the way.
    """
    return step._replace(model=left.model, entry=left.entry, before=left.before, log=NO_ENTRIES)


def _subject(edit: RecordEdit) -> Subject:
    sides = zip(edit.found, edit.commit.parents, strict=True)
    record, parent = next((record, parent) for record, parent in sides if record)
    return Subject(record.kind, (edit.id, record.id, *record.formerly), record.title, record.path, parent)


class _Trail:
    """What is suspected, and what stood where something was changed, as far back as it was changed."""

    def __init__(self) -> None:
        self.suspected: list[Suspicion] = []
        self._earlier: dict[tuple[str, str, str, str], tuple[Any, ...]] = {}

    def look(self, rules: Sequence[Rule], id_: str, subject: Subject, step: Step) -> None:
        """Note what is against some rules."""
        for rule in rules:
            for found in rule.find(step):
                place = rule.CODE, id_, found.field
                earlier = (*self._earlier.get((*place, _frozen(found.old)), ()), found.old)
                self._earlier[*place, _frozen(found.new)] = earlier
                self.suspected.append(Suspicion(rule, id_, subject, step, found, earlier))


def _step(edit: RecordEdit, story: Story, gone: Sequence[Data]) -> Step | None:
    """Return what the rules look at.

    None where nothing was there before, or a version cannot be read; where a commit only carries out what its
    sides have done, too.
    """
    before = None if edit.unreadable else met(edit, story.renamed)
    if before is None:
        return None
    after = facts_of(edit.after, story.renamed) if edit.after else None
    log = compare_logs(before.get("log", []), after.get("log", [])) if after else NO_ENTRIES
    found = next(record for record in edit.found if record)  # whose promises they were
    commit = edit.commit
    starts, rhythm = starts_around(story, commit), partial(rhythm_on, story, commit.id)
    before = {**before, KIND: found.kind}
    return Step(
        type(found), found.entry, before, after, log, commit, rhythm, starts, tuple(gone), is_ordered(edit)
    )


def _frozen(value: object) -> str:
    return json.dumps(value, sort_keys=True)
