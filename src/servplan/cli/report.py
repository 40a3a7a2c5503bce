"""`report`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from servplan.analysis.graph import Graph
from servplan.analysis.period import (
    ReportPeriod,
    last_reported_period,
    period_of,
)
from servplan.analysis.report import Span, build_report
from servplan.checks.registry import errors_of
from servplan.cli.days import parse_day
from servplan.cli.options import Rev
from servplan.cli.periods import asked_period
from servplan.cli.session import Session, session_of
from servplan.diagnostics import ServplanError, UsageError
from servplan.files.layout import HEADER_PATH
from servplan.files.tree import write_atomic
from servplan.model.plan import Plan
from servplan.public import public_plan
from servplan.render.formats import FORMATS
from servplan.render.report.page import SECTIONS, report_page, said_at
from servplan.state import Standing

STDOUT = "-"


def report(
    ctx: typer.Context,
    period: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            help="2013-03, 2013-T2 or 2013; else the last one due (with --rev: on that commit's day).",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The period that holds this day, up to it."),
    ] = None,
    rev: Rev = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="What changed since this day.")] = None,
    audience: Annotated[str, typer.Option(metavar="|".join(SECTIONS), help="Whom it is for.")] = "full",
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="May be given several times."),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="DIR|-", help="A folder, or - for stdout.")
    ] = "reports",
    allow_errors: Annotated[
        bool,
        typer.Option("--allow-errors", help="Report in spite of unreadable files, and say so."),
    ] = False,
) -> None:
    """Write the progress report of a period, as Markdown and HTML unless told otherwise."""
    session = session_of(ctx).at(rev)
    wanted = formats or (["md"] if output == STDOUT else ["md", "html"])
    _known("--format", wanted, FORMATS)
    _known("--audience", [audience], SECTIONS)
    _ = session.plan  # a newer format is told before anything else
    span = _within(session, _span(session, period, as_of, since))
    if span.period and not period and session.commit:
        _say_period(session, span.period)
    left_out = _left_out(session, allow_errors)
    plan = _public(session) if audience == "public" else session.plan
    view = build_report(Graph(Standing(plan, span.end)), span)
    page = report_page(view, plan, session.words, audience, left_out)
    if rev and session.commit:
        page = said_at(page, rev, session.commit.day, session.words)
    texts = [FORMATS[name].render(page, session.loaded.tree) for name in wanted]
    if output == STDOUT:
        session.write("\n".join(texts))
        return
    for name, text in zip(wanted, texts, strict=True):
        path = Path(output) / f"{_stem(span, audience)}.{FORMATS[name].ending}"
        write_atomic(path, text.encode(errors="replace"))  # a file's name may be no UTF-8
        session.write(f"{path}\n")


def _say_period(session: Session, period: ReportPeriod) -> None:
    """Say which period was due at a commit that was asked for: its name or its tag may promise another."""
    text = session.words(
        "{period} is the last period that was due on {day}, the commit's day; --period names another.",
        period=period.name,
        day=session.today,
    )
    session.say(text)


def _public(session: Session) -> Plan:
    """Return the public plan.

    Raises:
        ServplanError: `unreadable-header`, if it is not known what the plan keeps internal.
    """
    if not session.loaded.has_header:
        raise ServplanError("unreadable-header", path=HEADER_PATH)
    return public_plan(session.plan)


def _known(option: str, given: list[str], known: object) -> None:
    names = list(known)  # type: ignore[call-overload]
    for name in given:
        if name not in names:
            raise UsageError("unknown-choice", option=option, given=name, known=", ".join(names))


def _left_out(session: Session, allowed: bool) -> list[str]:
    """Return the files with errors; refuse them unless they are allowed.

    Raises:
        ServplanError: `plan-has-errors`, if there are any and they are not allowed.
    """
    faulty = sorted({item.path for item in errors_of(session.loaded)})
    if faulty and not allowed:
        files = "\n".join(f"  {path}" for path in faulty[:20])
        raise ServplanError("plan-has-errors", number=str(len(faulty)), files=files)
    return faulty


def _span(session: Session, named: str | None, as_of: str | None, since: str | None) -> Span:
    """Return the days that the report is about."""
    header = session.loaded.plan.header
    if named and as_of:
        raise UsageError("two-clocks")
    if named:
        span = _of_period(asked_period(session, named))
    elif as_of:
        day = parse_day(as_of, session.today)
        span = Span(period_of(day, header.rhythm.every).start, day, None)
    else:
        bounds = header.period
        period = last_reported_period(header.rhythm, session.today, bounds.start, bounds.end)
        span = _of_period(period)
    if not since:
        return span
    return Span(_not_after(parse_day(since, session.today), span.end), span.end, None)


def _within(session: Session, span: Span) -> Span:
    """Return the span, if any of it lies in the plan's period.

    Raises:
        UsageError: `outside-period`, if none does.
    """
    period = session.loaded.plan.header.period
    if span.end < period.start or span.start > period.end:
        raise UsageError("outside-period", start=str(period.start), end=str(period.end))
    return span


def _of_period(period: ReportPeriod) -> Span:
    return Span(period.start, period.end, period)


def _not_after(day: date, last: date) -> date:
    if day > last:
        raise UsageError("span-backwards", start=str(day), end=str(last))
    return day


def _stem(span: Span, audience: str) -> str:
    days = span.period.name if span.period else f"{span.start}--{span.end}"
    return f"report-{days}" if audience == "full" else f"report-{days}-{audience}"
