"""`trend`."""

from datetime import date
from typing import Annotated, Literal

import typer

from servplan.analysis.commit_trend import Asked, CommitTrend, trend_of_commits
from servplan.analysis.find import pick
from servplan.analysis.trend import Only, ledger_rows
from servplan.cli.days import parse_day
from servplan.cli.options import AreaFilter, AsOf, GoalFilter, OwnerFilter, Rev, Since, Until
from servplan.cli.session import Session, session_of
from servplan.files.git_commit import find_commit
from servplan.model.area import Area
from servplan.model.goal import Goal
from servplan.model.header import Rhythm
from servplan.model.owner import Owner
from servplan.model.record import Record
from servplan.render.json import as_json, trend_json
from servplan.render.trend_csv import trend_csv
from servplan.render.views.trend import trend_blocks

By = Literal["ledger", "commit", "tag"]


def trend(
    ctx: typer.Context,
    by: Annotated[
        By,
        typer.Option(
            help="By the ledger's periods, or by what the plan said at commits or tags, each on its own day."
        ),
    ] = "ledger",
    every: Annotated[
        Rhythm | None, typer.Option(help="The length of a period; of commits the last one in each is shown.")
    ] = None,
    since: Since = None,
    until: Until = None,
    owner: OwnerFilter = None,
    goal: GoalFilter = None,
    area: AreaFilter = None,
    as_of: AsOf = None,
    rev: Rev = None,
    format: Annotated[  # noqa: A002
        Literal["text", "csv", "json"], typer.Option("--format", help="Text to read, CSV or JSON.")
    ] = "text",
) -> None:
    """Show how the plan has developed: activities by status and what else is counted, over time."""
    session = session_of(ctx).at(rev)
    only = Only(_ids(session, owner, Owner), _ids(session, area, Area), _ids(session, goal, Goal))
    first, last = (parse_day(text, session.today) if text else None for text in (since, until))
    if by == "ledger":
        span = first, session.as_of(as_of or until)
        step: str = every or "month"
        rows = ledger_rows(session.plan, span, every or "month", only)
    else:
        day = parse_day(as_of, session.today) if as_of else None
        tip = session.commit or find_commit(session.root, "HEAD")
        days = first or date.min, last or date.max
        found = trend_of_commits(session.root, tip.id, Asked(by == "tag", every, days, day, only))
        _say_what_is_left_out(session, found)
        rows, step = found.rows, found.step
    if format == "json":
        session.write(as_json(trend_json(rows, by, step)))
    elif format == "csv":
        session.write(trend_csv(rows))
    else:
        session.show(trend_blocks(rows, by, session.words))


def _ids(session: Session, asked: str | None, kind: type[Record]) -> tuple[str, ...]:
    """Return all ids of the record that is meant, the present one first; none where none is asked for."""
    if asked is None:
        return ()
    record = pick(session.plan, asked, kind)
    return record.id, *record.formerly


def _say_what_is_left_out(session: Session, found: CommitTrend) -> None:
    words = session.words
    if found.aside:
        session.say(words("Not on the main line: {names}", names=", ".join(found.aside)))
    if found.step != "commit" and len(found.rows) < found.asked:
        text = words(
            "{shown} of {number} are shown: the last one of each {period}.",
            shown=len(found.rows),
            number=found.asked,
            period=words.label("step", found.step),
        )
        session.say(text)
    unreadable = sorted({id_ for row in found.rows for id_ in row.unreadable})
    if unreadable:
        session.say(words("Left out where they cannot be read: {ids}", ids=", ".join(unreadable)))
    if found.newer:
        session.say(words("Left out, since their format is newer: {names}", names=", ".join(found.newer)))
