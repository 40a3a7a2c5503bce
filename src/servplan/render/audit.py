"""What the audit finds, in words, and as findings with places."""

from collections.abc import Iterator
from typing import NamedTuple

from servplan.analysis.audit.findings import Finding
from servplan.analysis.audit.run import Audited
from servplan.analysis.diff import FieldChange
from servplan.diagnostics import Diagnostic, Severity
from servplan.files.layout import ANSWERS_PATH
from servplan.render.change_words import DiffWords
from servplan.render.remedies import remedy_lines
from servplan.render.words import Words
from servplan.revisions import End


class AuditView(NamedTuple):
    """An audit and what it is about.

    `is_whole` tells whether all of history was looked at: only then is a row that answers nothing idle.
    """

    audited: Audited
    ends: tuple[End, End]
    is_whole: bool


class AuditWords:
    """How a finding is told."""

    def __init__(self, view: AuditView, words: Words) -> None:
        self.words = words
        titles = {id_: record.title for id_, record in view.audited.end.records.items()}
        self._told = DiffWords(titles, words)

    def what(self, finding: Finding) -> str:
        """Return what was changed, before and after, in the plan's words."""
        field, old, new = finding.found
        if finding.code == "record-deleted":
            return finding.path
        if field != "log":
            return self._told.field(FieldChange(field, old, new), finding.kind)
        if finding.code == "entry-reordered":
            return self._told.reordered(old, new, finding.kind)
        if old and new:
            return self._told.rewritten(old, new, finding.kind)
        said = self._told.entry(old or new, finding.kind)
        if finding.code == "recorded-untrue":
            said += f" · {self.words.label('field', 'recorded')}: {new['recorded']}"
        return said

    def who(self, finding: Finding) -> str:
        """Return which commit did it: its id, day, author and subject; or that it is not committed."""
        commit = finding.commit
        if not commit.id:
            return self.words("the work tree, not committed")
        return f"{commit.id[:7]} {commit.day} {commit.author}: {commit.subject}"

    def answer(self, finding: Finding) -> str:
        """Return what answers a finding, with its reason."""
        if finding.answer is None:
            return ""
        how, reason, by = finding.answer
        return ": ".join(filter(None, (self.words.label("answer", how), reason))) + (f" ({by})" if by else "")

    def diagnostic(self, finding: Finding) -> Diagnostic:
        """Return a finding as one of a check: an error, or mere information where something answers it."""
        params = {"record": finding.id, "what": self.what(finding), "who": self.who(finding)}
        params["remedy"] = " ".join(remedy_lines(finding, self.words))
        severity = Severity.INFO if finding.answer else Severity.ERROR
        return Diagnostic(finding.code, finding.path, finding.keys, params=params, severity=severity)


def diagnostics(view: AuditView, words: Words) -> list[Diagnostic]:
    """Return the findings that nothing answers, and as information the rows that answer nothing."""
    told = AuditWords(view, words)
    return [*(told.diagnostic(finding) for finding in view.audited.found.open), *idle_rows(view)]


def idle_rows(view: AuditView) -> Iterator[Diagnostic]:
    """Yield the rows of answers that answer nothing any more."""
    for row in view.audited.found.idle_rows if view.is_whole else ():
        yield Diagnostic("answer-idle", ANSWERS_PATH, (row,), severity=Severity.INFO)
