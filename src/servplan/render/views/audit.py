"""`audit`: what was changed without trace, rule by rule, each finding with the ways out of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from servplan.analysis.audit.findings import Finding
from servplan.render.audit import AuditView, AuditWords, idle_rows
from servplan.render.blocks import Block, Heading, Node, Span, Tree, para
from servplan.render.messages import hint, message
from servplan.render.remedies import remedy_lines
from servplan.render.words import Words


def audit_blocks(view: AuditView, words: Words, show_all: bool) -> list[Block]:
    """Return the findings, those of a rule together; with `show_all` those that are answered below."""
    told = AuditWords(view, words)
    open_ = view.audited.found.open
    blocks: list[Block] = [Heading(words("Changed without trace"), " → ".join(end.name for end in view.ends))]
    blocks.append(para((_summary(view, words), "dim")))
    if open_:
        blocks.append(Tree(tuple(_rules(open_, view, told, words))))
    answered = [finding for finding in view.audited.found.findings if finding.answer]
    if answered and show_all:
        blocks.append(Heading(words("What is answered"), level=2))
        blocks.append(Tree(tuple(_rules(answered, view, told, words))))
    for row in map(view.audited.texts.placed, idle_rows(view)):
        line = row.span.line if row.span else 1
        blocks.append(para(f"{row.path}:{line}: {message(row, words)} {hint(row, words)}"))
    return blocks


def _summary(view: AuditView, words: Words) -> str:
    found = view.audited.found
    number, answered = len(found.open), len(found.findings) - len(found.open)
    parts = [
        words.number("{n} finding", "{n} findings", number) if number else words("Nothing"),
        words.number("{n} commit looked at", "{n} commits looked at", len(view.audited.commits)),
    ]
    if answered:
        parts.append(words.number("{n} answered (--all)", "{n} answered (--all)", answered))
    return ", ".join(parts)


def _rules(findings: Sequence[Finding], view: AuditView, told: AuditWords, words: Words) -> Iterator[Node]:
    """Yield a branch for each rule with its findings."""
    for code, group in groupby(findings, key=lambda finding: finding.code):
        members = list(group)
        style = "bad" if members[0].answer is None else "dim"
        yield Node(
            (Span(f"{words.label('audit', code)} ({len(members)})", style),),
            (Span(code, "dim"),),
            tuple(_finding(finding, view, told, words) for finding in members),
        )


def _place(finding: Finding, view: AuditView, told: AuditWords) -> str:
    """Return the line where a finding is seen in the plan as it is at last."""
    span = view.audited.texts.placed(told.diagnostic(finding)).span
    return f"{finding.path}:{span.line if span else 1}"


def _finding(finding: Finding, view: AuditView, told: AuditWords, words: Words) -> Node:
    head = f"{words.label('kind', finding.kind)} {finding.id}: {finding.title}"
    lines = [Node((Span(told.what(finding)),)), Node((Span(told.who(finding), "dim"),))]
    if finding.keys:
        lines.append(Node((Span(_place(finding, view, told), "dim"),)))
    if finding.answer:
        lines.append(Node((Span("✓ " + told.answer(finding), "good"),)))
    else:
        lines += [Node((Span("→ " + line, "warn"),)) for line in remedy_lines(finding, words)]
    return Node((Span(head, "strong"),), (), tuple(lines))
