"""`trend`."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

import typer

from servplan.analysis.find import pick
from servplan.analysis.trend import Only, Row, commit_rows, ledger_rows, thinned
from servplan.cli.days import parse_day
from servplan.cli.options import AreaFilter, AsOf, GoalFilter, OwnerFilter, Rev, Since, Until
from servplan.cli.session import Session, session_of
from servplan.files.git_commit import find_commit, read_tags
from servplan.files.git_log import LoggedCommit, read_log
from servplan.model.area import Area
from servplan.model.goal import Goal
from servplan.model.header import Rhythm
from servplan.model.owner import Owner
from servplan.model.record import Record
from servplan.render.json import as_json, trend_json
from servplan.render.trend_csv import trend_csv
from servplan.render.views.trend import trend_blocks
from servplan.revisions import is_plan_file
from servplan.timeline import read_plans

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
        days = first or date.min, last or date.max
        rows, step = _of_commits(session, by, every, days, day, only)
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


def _of_commits(
    session: Session, by: str, every: Rhythm | None, span: tuple[date, date], as_of: date | None, only: Only
) -> tuple[list[Row], str]:
    """Return the figures of the plan at commits of the main line, and of which periods they are the last."""
    tip = session.commit or find_commit(session.root, "HEAD")
    commits = read_log(session.root, [tip.id], mainline=True)
    names = _tags(session, commits) if by == "tag" else _plan_commits(commits)
    wanted = [item for item in commits if item.id in names and span[0] <= item.day <= span[1]]
    shown, step = thinned(wanted, every)
    plans = list(read_plans(session.root, commits, {commit.id for commit in shown}))
    rows = commit_rows(plans, names, as_of, only)
    _say_what_is_left_out(session, rows, len(wanted), step)
    if newer := [names[commit.id] for commit, plan in plans if plan is None]:
        text = session.words("Left out, since their format is newer: {names}", names=", ".join(newer))
        session.say(text)
    return rows, step


def _plan_commits(commits: Sequence[LoggedCommit]) -> dict[str, str]:
    """Return the commits that changed the plan, with what they are called."""
    return {
        commit.id: f"{commit.day} {commit.id[:7]}"
        for commit in commits
        if any(is_plan_file(file.path) for file in commit.touched)
    }


def _say_what_is_left_out(session: Session, rows: Sequence[Row], number: int, step: str) -> None:
    words = session.words
    if step != "commit" and len(rows) < number:
        text = words(
            "{shown} of {number} are shown: the last one of each {period}.",
            shown=len(rows),
            number=number,
            period=words.label("step", step),
        )
        session.say(text)
    unreadable = sorted({id_ for row in rows for id_ in row.unreadable})
    if unreadable:
        session.say(words("Left out where they cannot be read: {ids}", ids=", ".join(unreadable)))


def _tags(session: Session, commits: Sequence[LoggedCommit]) -> dict[str, str]:
    """Return the commits of the main line that bear tags, with their names; others are named on stderr."""
    line = {commit.id for commit in commits}
    found: dict[str, str] = {}
    aside = []
    for name, commit in read_tags(session.root).items():
        if commit in line:
            found[commit] = f"{found[commit]}, {name}" if commit in found else name
        else:
            aside.append(name)
    if aside:
        session.say(session.words("Not on the main line: {names}", names=", ".join(aside)))
    return found
