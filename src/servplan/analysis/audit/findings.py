"""What the suspicions in a plan's history come to: what answers them at last, and what does not."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from servplan.analysis.audit.entries import is_completion
from servplan.analysis.audit.registry import CODES
from servplan.analysis.audit.remedies import Way, ways_of
from servplan.analysis.audit.step import Found, Step, facts_of
from servplan.analysis.audit.suspicions import Suspicion
from servplan.analysis.diff import HEADER, Data, dump
from servplan.analysis.found import without
from servplan.diagnostics import Keys
from servplan.files.git_log import LoggedCommit
from servplan.model.answer import Answer, Case
from servplan.model.plan import Plan
from servplan.model.record import Record


class Answered(NamedTuple):
    """How a finding is answered: `amends` and `row` give a reason, `by` stands in the row."""

    how: str
    reason: str = ""
    by: str = ""


class Finding(NamedTuple):
    """A change without trace: of which record, by which commit, at which place; open without an `answer`.

    `ways` are those out of it.
    """

    code: str
    kind: str
    id: str
    title: str
    path: str
    keys: Keys
    found: Found
    commit: LoggedCommit
    answer: Answered | None
    ways: tuple[Way, ...]


class Audit(NamedTuple):
    """All findings, those with an answer too, and the places of the rows that answer none."""

    findings: tuple[Finding, ...]
    idle_rows: tuple[int, ...]

    @property
    def open(self) -> list[Finding]:
        """The findings that nothing answers."""
        return [finding for finding in self.findings if finding.answer is None]


def judge(
    suspected: Sequence[Suspicion],
    end: Plan,
    renamed: Mapping[str, str],
    answers: Mapping[int, Answer],
    known_before: Callable[[LoggedCommit], Mapping[Case, int]],
) -> Audit:
    """Return what the suspicions come to, given the plan as it is at last and the rows of answers.

    Of the plan only the records are needed that something is suspected of. `known_before` tells how often
    all parents of a commit have a row for a case, that names no commit: one of those does not answer what
    came after it.
    """
    data = {id_: facts_of(record, renamed) for id_, record in end.records.items()}
    plan = dump(end.header)
    findings, used = [], set[int]()
    for item in suspected:
        of_plan = item.subject.kind == HEADER
        record = None if of_plan else end.records.get(item.id)
        there = plan if of_plan else data.get(item.id)
        answer = _answer_of(item, there)
        rows = [] if answer else list(_rows_for(item, record, answers, known_before))
        used.update(rows)
        if rows:
            row = answers[
                min(rows, key=lambda index: (answers[index].commit is None, answers[index].date is None))
            ]
            answer = Answered("row", row.reason, row.by)
        findings.append(_finding(item, record, there, answer))
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
    old = (item for item in step.before.get("log", []) if is_completion(step.entry, item, entry))
    return set(entry.get("amends", ())) - {name for item in old for name in item.get("amends", ())}


def _rows_for(
    item: Suspicion,
    end: Record | None,
    answers: Mapping[int, Answer],
    known_before: Callable[[LoggedCommit], Mapping[Case, int]],
) -> Iterator[int]:
    """Yield the rows that speak of a suspicion: of its record, by any id, of its rule, and of its commit."""
    commit, ids = item.step.commit, {item.id, *item.subject.ids, *(end.formerly if end else ())}
    times = Counter[Case]()
    for index, row in answers.items():
        times[row.case] += row.commit is None
        if row.record not in ids or row.rule != item.rule.CODE or row.date not in (None, commit.day):
            continue
        if (
            commit.id.startswith(row.commit)
            if row.commit
            else times[row.case] > known_before(commit).get(row.case, 0)
        ):
            yield index


def _finding(item: Suspicion, end: Record | None, data: Data | None, answer: Answered | None) -> Finding:
    was, found = item.subject, item.found
    is_another = bool(end and end.kind != was.kind)
    there = end if end and not is_another else was
    keys = _keys(found, data) if data and not is_another else ()
    code, commit = item.rule.CODE, item.step.commit
    ways = ways_of(item, there.path)
    return Finding(code, there.kind, item.id, there.title, there.path, keys, found, commit, answer, ways)


def _keys(found: Found, end: Data) -> Keys:
    """Return where a change is seen in the record as it is at last."""
    there = end.get(found.field)
    if isinstance(there, list) and found.new in there:
        return found.field, there.index(found.new)
    return (found.field,)
