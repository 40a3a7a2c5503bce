"""What in a plan's history is against a rule: every commit's step of every record, looked at by the rules."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from servplan.analysis.audit.entries import rewritten
from servplan.analysis.audit.registry import PLAN_RULES, RECORD_RULES
from servplan.analysis.audit.step import KIND, Found, Rule, Step, facts_of
from servplan.analysis.diff import HEADER, Data, dump
from servplan.analysis.ledger import NO_ENTRIES, compare_logs
from servplan.analysis.merged import met
from servplan.commits import RecordEdit, Story
from servplan.files.git_log import LoggedCommit
from servplan.files.layout import HEADER_PATH
from servplan.model.header import FollowUp, Header
from servplan.model.record import Entry


class Subject(NamedTuple):
    """What a change is of: a record as the commit found it, or the plan itself; by all its ids."""

    kind: str
    ids: tuple[str, ...]
    title: str
    path: str


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
    trail = _Trail()
    for edit in story.edits:
        step = _step(edit, story, gone.setdefault(edit.id, []))
        if step is None:
            continue
        record = next(record for record in edit.found if record)
        subject = Subject(record.kind, (edit.id, record.id, *record.formerly), record.title, record.path)
        trail.look(RECORD_RULES, edit.id, subject, step)
        gone[edit.id] += (*step.log.removed, *(old for old, _new in rewritten(step)))
    for step in _header_steps(story):
        trail.look(PLAN_RULES, HEADER, Subject(HEADER, (HEADER,), step.before["title"], HEADER_PATH), step)
    return trail.suspected


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
    starts = (_start(_found_header(story, commit)), _start(_header(story, commit.id)))
    rhythm_on = partial(_rhythm_on, story, commit.id)
    before = {**before, KIND: found.kind}
    return Step(type(found), found.entry, before, after, log, commit, rhythm_on, starts, tuple(gone))


def _header_steps(story: Story) -> Iterator[Step]:
    """Yield what commits did to the plan's header; of merges what is as neither side has it."""
    for commit in story.commits.values():
        after = story.headers.get(commit.id)
        sides = [_header(story, parent) for parent in commit.parents]
        if after and sides and sides[0] and after not in sides:
            now = dump(after)
            before = _found_of(now, [dump(side) for side in sides if side])
            starts, rhythm_on = (_start(sides[0]), _start(after)), partial(_rhythm_on, story, commit.id)
            yield Step(Header, Entry, before, now, NO_ENTRIES, commit, rhythm_on, starts, ())


def _found_of(now: Any, sides: Sequence[Any]) -> Any:
    """Return what a commit found of the header: what is as on one of its sides, and the first side's rest."""
    if now in sides:
        return now
    if not all(isinstance(data, Mapping) for data in (now, *sides)):
        return sides[0]
    keys = {**sides[0], **now}
    found = {key: _found_of(now.get(key), [side.get(key) for side in sides]) for key in keys}
    return {key: value for key, value in found.items() if value is not None}


def _found_header(story: Story, commit: LoggedCommit) -> Header | None:
    """Return the header that a commit found; that which it made if there was none."""
    return _header(story, commit.parents[0]) or _header(story, commit.id) if commit.parents else None


def _header(story: Story, commit: str | None) -> Header | None:
    """Return the plan's header by a commit: the last one that could be read."""
    while commit is not None and commit not in story.headers:
        commit = _first_parent(story, commit)
    return story.headers[commit] if commit is not None else None


def _first_parent(story: Story, commit: str) -> str | None:
    known = story.commits.get(commit)
    return known.parents[0] if known and known.parents else None


def _start(header: Header | None) -> str:
    return str(header.period.start) if header else ""


def _rhythm_on(story: Story, commit: str, day: date) -> FollowUp:
    """Return how often the plan was reported on a day, as that day's plan said; in what a commit came after.

    So a grace that is prolonged afterwards makes nothing late in time. Before the first plan its own counts.
    """
    rhythm = FollowUp()
    at: str | None = commit
    while at is not None:
        rhythm = story.headers[at].rhythm if at in story.headers else rhythm
        in_force = at in story.headers and (at not in story.commits or story.commits[at].day <= day)
        at = None if in_force else _first_parent(story, at)
    return rhythm


def _frozen(value: object) -> str:
    return json.dumps(value, sort_keys=True)
