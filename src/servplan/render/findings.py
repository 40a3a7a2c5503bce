"""Findings as text for people."""

from collections.abc import Callable, Iterable, Sequence
from heapq import nsmallest
from typing import NamedTuple

from servplan.diagnostics import Diagnostic, Severity, Span
from servplan.render.blocks import safe
from servplan.render.messages import hint, message
from servplan.render.words import Words

PER_RULE = 10
"""How many findings of one rule the text shows unless all are asked for."""
EXCERPT = 68
"""How many signs of a line an excerpt shows, so that it fits a terminal of 80 columns."""

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Findings(NamedTuple):
    """All findings of a run, and how to look up their places and texts."""

    all: Sequence[Diagnostic]
    placed: Callable[[Diagnostic], Diagnostic]
    text: Callable[[str], str]

    @property
    def has_errors(self) -> bool:
        """Whether anything stands against the plan."""
        return any(finding.severity is Severity.ERROR for finding in self.all)

    @property
    def has_warnings(self) -> bool:
        """Whether anything is worth a warning."""
        return any(finding.severity is Severity.WARNING for finding in self.all)

    def in_order(self) -> list[Diagnostic]:
        """Return all findings with their places, by file and line."""
        return sorted(map(self.placed, self.all), key=_by_place)

    def count(self, severity: Severity) -> int:
        """Return how many findings weigh so much."""
        return sum(1 for finding in self.all if finding.severity is severity)


def _by_place(finding: Diagnostic) -> tuple[str, Span, str]:
    return finding.path, finding.span or Span(1, 1), finding.code


def findings_text(findings: Findings, words: Words, show_all: bool = False) -> Iterable[str]:
    """Yield the findings as lines, grouped by rule: errors first, each with its excerpt and remedy."""
    groups: dict[tuple[Severity, str], list[Diagnostic]] = {}
    for finding in findings.all:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    for (severity, code), members in sorted(
        groups.items(), key=lambda group: (_ORDER[group[0][0]], group[0][1])
    ):
        yield f"{words.label('severity', severity)}[{code}] × {len(members)}"
        shown = members if show_all else nsmallest(PER_RULE, members, key=lambda item: item.path)
        for finding in sorted(map(findings.placed, shown), key=_by_place):
            yield from finding_lines(finding, findings.text(finding.path), words)
        if len(members) > len(shown):
            yield words("  … and {n} more: servplan check --all", n=len(members) - len(shown))
        yield ""


def finding_lines(finding: Diagnostic, text: str, words: Words) -> Iterable[str]:
    """Yield one finding's lines: place and message, the excerpt with a caret, the remedy."""
    span = finding.span or Span(1, 1)
    yield safe(f"  {finding.path}:{span.line}:{span.column}: {message(finding, words)}")
    yield from _excerpt(_line(text, span.line), span)
    if remedy := hint(finding, words):
        yield safe(f"    → {remedy}")


def _excerpt(line: str, span: Span) -> Iterable[str]:
    """Yield a line and under it what is meant; of a long line only the part around the place."""
    if not line.strip():
        return
    start = max(0, span.column - EXCERPT // 2) if len(line) > EXCERPT else 0
    shown = line[start : start + EXCERPT]
    column = span.column - 1 - start
    marker = "^" * max(1, min(span.length, len(shown) - column))
    yield safe(f"    {span.line} | {shown}")
    yield f"    {' ' * len(str(span.line))} | {' ' * column}{marker}"


def _line(text: str, number: int) -> str:
    """Return one line of a text, counted as editors do: by line feeds."""
    lines = text.split("\n", number)
    return lines[number - 1].rstrip("\r").replace("\t", " ") if number <= len(lines) else ""


def summary(findings: Findings, files: int, words: Words) -> str:
    """Return the run's last line."""
    errors = findings.count(Severity.ERROR)
    warnings = findings.count(Severity.WARNING)
    parts = (
        words.number("{n} file read", "{n} files read", files),
        words.number("{n} error", "{n} errors", errors),
        words.number("{n} warning", "{n} warnings", warnings),
    )
    return ", ".join(parts)
