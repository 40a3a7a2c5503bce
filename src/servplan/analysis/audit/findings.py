"""What the rules find in a plan's history, and what answers it at last."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from servplan.analysis.audit.registry import CODES, RULES
from servplan.analysis.audit.step import Data, Found, Rule, Step, met, without
from servplan.analysis.diff import record_data
from servplan.analysis.ledger import NO_ENTRIES, compare_logs
from servplan.commits import RecordEdit, Story
from servplan.diagnostics import Keys
from servplan.files.git_log import LoggedCommit
from servplan.model.answer import Answer
from servplan.model.header import FollowUp
from servplan.model.record import Record


class Suspicion(NamedTuple):
    """A change that is against a rule, whether or not anything answers it.

    `record` is what the commit found; `earlier` has what stood in the changed thing's place before, the
    oldest first.
    """

    rule: Rule
    id: str
    record: Record
    step: Step
    found: Found
    earlier: tuple[Any, ...]


class Answered(NamedTuple):
    """How a finding is answered: `amends` and `row` give a reason, `by` stands in the row."""

    how: str
    reason: str = ""
    by: str = ""


class Finding(NamedTuple):
    """A change without trace: of which record, by which commit, at which place; open without an `answer`."""

    code: str
    kind: str
    id: str
    title: str
    path: str
    keys: Keys
    found: Found
    commit: LoggedCommit
    answer: Answered | None


class Audit(NamedTuple):
    """All findings, those with an answer too, and the places of the rows that answer none."""

    findings: tuple[Finding, ...]
    idle_rows: tuple[int, ...]

    @property
    def open(self) -> list[Finding]:
        """The findings that nothing answers."""
        return [finding for finding in self.findings if finding.answer is None]


def suspicions(story: Story) -> list[Suspicion]:
    """Return every change that is against a rule, in the order of the commits."""
    gone: dict[str, list[Data]] = {}
    lineage: dict[tuple[str, str, str, str], tuple[Any, ...]] = {}
    suspected = []
    for edit in story.edits:
        step = _step(edit, story, gone.setdefault(edit.id, []))
        if step is None:
            continue
        for rule in RULES:
            for found in rule.find(step):
                place = rule.CODE, edit.id, found.field
                earlier = (*lineage.get((*place, _frozen(found.old)), ()), found.old)
                lineage[*place, _frozen(found.new)] = earlier
                known = next(record for record in edit.before if record)
                suspected.append(Suspicion(rule, edit.id, known, step, found, earlier))
        gone[edit.id] += (*step.log.removed, *(old for old, _new in step.log.rewritten))
    return suspected


def _step(edit: RecordEdit, story: Story, gone: Sequence[Data]) -> Step | None:
    """Return what the rules look at; None where a commit only carries out what its sides have done."""
    before = met(edit, story.renamed)
    if before is None:
        return None
    after = record_data(edit.after, story.renamed) if edit.after else None
    log = compare_logs(before.get("log", []), after.get("log", [])) if after else NO_ENTRIES
    header = story.headers.get(edit.commit.id)
    model = type(next(record for record in edit.before if record))  # whose promises they were
    rhythm = header.rhythm if header else FollowUp()
    start = str(header.period.start) if header else ""
    return Step(model, before, after, log, edit.commit, rhythm, start, tuple(gone))


def _frozen(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def judge(
    suspected: Sequence[Suspicion],
    end: Mapping[str, Record],
    renamed: Mapping[str, str],
    answers: Mapping[int, Answer],
) -> Audit:
    """Return what the suspicions come to, given the records as they are at last and the rows of answers."""
    data = {id_: record_data(record, renamed) for id_, record in end.items()}
    findings, used = [], set[int]()
    for item in suspected:
        answer = _answer_of(item, data.get(item.id))
        for row in () if answer else _rows_for(item, answers):
            used.add(row)
            answer = Answered("row", answers[row].reason, answers[row].by)
        findings.append(_finding(item, end.get(item.id), data.get(item.id), answer))
    findings.sort(key=lambda finding: (CODES.index(finding.code), finding.kind, finding.id))
    return Audit(tuple(findings), tuple(row for row in answers if row not in used))


def _answer_of(item: Suspicion, end: Data | None) -> Answered | None:
    """Return how the record answers by itself; one that is gone does not."""
    if end is None:
        return None
    if how := item.rule.answer(item.step, item.found, end, item.earlier):
        return Answered(how)
    for entry in _arrived_since(item.step, end) if item.rule.AMENDABLE else ():
        if item.found.field in _amended_by(entry, item.step) and "reason" in entry and "voided" not in entry:
            return Answered("amends", entry["reason"])
    return None


def _arrived_since(step: Step, end: Data) -> list[Data]:
    """Return the entries that came with the change or after it."""
    return without(end.get("log", []), step.before.get("log", []))


def _amended_by(entry: Data, step: Step) -> set[str]:
    """Return the fields that an entry says were corrected, less those that it named before the change.

    An entry that was completed since is no new one.
    """
    day = entry.get("date") or entry.get("known_by")
    old = (item for item in step.before.get("log", []) if day in (item.get("date"), item.get("known_by")))
    return set(entry.get("amends", ())) - {name for item in old for name in item.get("amends", ())}


def _rows_for(item: Suspicion, answers: Mapping[int, Answer]) -> Iterator[int]:
    """Yield the rows that speak of a suspicion: of its record and rule, and of its commit if they do."""
    commit = item.step.commit
    for index, row in answers.items():
        if (
            row.record in (item.id, item.record.id, *item.record.formerly)
            and row.rule == item.rule.CODE
            and (row.commit is None or (commit.id and commit.id.startswith(row.commit)))
            and (row.date is None or row.date == commit.day)
        ):
            yield index


def _finding(item: Suspicion, end: Record | None, data: Data | None, answer: Answered | None) -> Finding:
    last = end or item.record
    keys = _keys(item.found, data) if data else ()
    step, found = item.step, item.found
    return Finding(
        item.rule.CODE, last.kind, last.id, last.title, last.path, keys, found, step.commit, answer
    )


def _keys(found: Found, end: Data) -> Keys:
    """Return where a change is seen in the record as it is at last."""
    there = end.get(found.field)
    if isinstance(there, list) and found.new in there:
        return found.field, there.index(found.new)
    return (found.field,)
