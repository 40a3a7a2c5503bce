"""Findings for machines: JSON, GitHub, GitLab Code Quality, SARIF; a new format is a line in `FORMATS`."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from servplan import __version__
from servplan.diagnostics import Diagnostic, Severity, Span
from servplan.render.blocks import safe
from servplan.render.finding_messages import FINDINGS
from servplan.render.findings import Findings
from servplan.render.messages import hint, message
from servplan.render.words import Words

_GITLAB_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(findings: Findings, words: Words) -> str:
    """Return the findings as servplan's own JSON, in the order of files and lines."""
    counts = {
        "errors": findings.count(Severity.ERROR),
        "warnings": findings.count(Severity.WARNING),
        "infos": findings.count(Severity.INFO),
    }
    rows = [finding_row(finding, words) for finding in findings.in_order()]
    return _dumped({"findings": rows, **counts})


def finding_row(finding: Diagnostic, words: Words) -> dict[str, object]:
    """Return a finding with its place as the keys that JSON has of it."""
    span = _span(finding)
    return {
        "path": finding.path,
        "line": span.line,
        "column": span.column,
        "severity": finding.severity.value,
        "code": finding.code,
        "message": message(finding, words),
        "hint": hint(finding, words),
    }


def as_github(findings: Findings, words: Words) -> str:
    """Return the findings as workflow commands, which GitHub shows beside the lines of a change."""
    return "".join(_github_line(finding, words) for finding in findings.in_order())


def _github_line(finding: Diagnostic, words: Words) -> str:
    span = _span(finding)
    fields = {
        "file": finding.path,
        "line": str(span.line),
        "col": str(span.column),
        "endColumn": str(span.column + span.length),
        "title": finding.code,
    }
    properties = ",".join(f"{name}={_github_property(text)}" for name, text in fields.items())
    text = _github_text(_sentence(finding, words))
    return f"::{_GITHUB_COMMAND[finding.severity]} {properties}::{text}\n"


def _github_text(text: str) -> str:
    """Return a text as GitHub takes it, without what could move the cursor or turn the reading direction."""
    return safe(text).replace("%", "%25").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")


def as_gitlab(findings: Findings, words: Words) -> str:
    """Return a Code Quality report; fingerprints stay the same when lines move."""
    seen: Counter[str] = Counter()
    rows = []
    for finding in findings.in_order():
        key = _identity(finding)
        rows.append(
            {
                "description": _sentence(finding, words),
                "check_name": finding.code,
                "fingerprint": _digest(f"{key}\0{seen[key]}"),
                "severity": _GITLAB_SEVERITY[finding.severity],
                "location": {"path": finding.path, "lines": {"begin": _span(finding).line}},
            }
        )
        seen[key] += 1
    return _dumped(rows)


def _identity(finding: Diagnostic) -> str:
    """Return what makes a finding the same one in another version of the file: all but its line."""
    names = (str(key) for key in finding.keys if isinstance(key, str))
    params = (f"{name}={text}" for name, text in sorted(finding.params.items()))
    return "\0".join((finding.code, finding.path, *names, *params))


def _digest(text: str) -> str:
    """Return a fingerprint; a file's name may hold what is no UTF-8."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def as_sarif(findings: Findings, words: Words) -> str:
    """Return a SARIF 2.1.0 log of one run."""
    placed = findings.in_order()
    codes = sorted({finding.code for finding in placed})
    driver = {
        "name": "servplan",
        "version": __version__,
        "rules": [{"id": code, "shortDescription": {"text": _rule_text(code, words)}} for code in codes],
    }
    results = [_sarif_result(finding, codes, words) for finding in placed]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dumped({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule_text(code: str, words: Words) -> str:
    return words(FINDINGS[code].text)


def _sarif_result(finding: Diagnostic, codes: Sequence[str], words: Words) -> dict[str, Any]:
    span = _span(finding)
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endColumn": span.column + span.length,
    }
    place = {"artifactLocation": {"uri": finding.path}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _SARIF_LEVEL[finding.severity],
        "message": {"text": _sentence(finding, words)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"servplan/v1": _digest(_identity(finding))},
    }


def _sentence(finding: Diagnostic, words: Words) -> str:
    return " ".join(filter(None, (message(finding, words), hint(finding, words))))


def _span(finding: Diagnostic) -> Span:
    return finding.span or Span(1, 1)


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Findings, Words], str]] = {
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
}
