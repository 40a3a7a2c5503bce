"""`check`."""

from typing import Annotated, Literal

import typer

from servplan.checks.registry import run_checks
from servplan.checks.time_brings import time_findings
from servplan.cli.options import Rev
from servplan.cli.session import session_of
from servplan.render.finding_formats import FORMATS
from servplan.render.findings import Findings, findings_text, summary


def check(
    ctx: typer.Context,
    strict: Annotated[bool, typer.Option("--strict", help="End with 1 for warnings too.")] = False,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show every finding, not the first ten of each rule.")
    ] = False,
    format: Annotated[  # noqa: A002
        Literal["text", "json", "github", "gitlab", "sarif"],
        typer.Option("--format", help="Text to read, or for a program."),
    ] = "text",
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="Tell too what is overdue or unreported on this day (YYYY-MM-DD)."
        ),
    ] = None,
    rev: Rev = None,
) -> None:
    """Check all that is written: every finding in one run, with its place and remedy.

    The answer is the same tomorrow; with --as-of, what only time brings is added for that day.
    """
    session = session_of(ctx).at(rev)
    loaded, words = session.loaded, session.words
    found = run_checks(loaded)
    if as_of:
        found += time_findings(loaded.plan, session.as_of(as_of))
    findings = Findings(found, loaded.placed, loaded.text)
    if format in FORMATS:
        session.write(FORMATS[format](findings, words))
    else:
        session.write("\n".join((*findings_text(findings, words, show_all), "")))
        session.write(summary(findings, loaded.files, words) + "\n")
    failed = findings.has_errors or (strict and findings.has_warnings)
    raise typer.Exit(1 if failed else 0)
