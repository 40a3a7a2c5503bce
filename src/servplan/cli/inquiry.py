"""`follow-up`: whose records of which period are asked about, and what is committed in the end."""

from collections.abc import Sequence
from typing import Annotated

import typer

from servplan.analysis.reporting import Reporting, build_reporting, reporting_graph
from servplan.cli import keyboard
from servplan.cli.changing import By, DryRun, owner_id, plan_words
from servplan.cli.options import OwnerFilter
from servplan.cli.periods import asked_period, newest_period
from servplan.cli.round import Round
from servplan.cli.session import Session, session_of
from servplan.diagnostics import ServplanError, UsageError
from servplan.files import git_commit
from servplan.files.store import locked
from servplan.model.owner import Owner
from servplan.render.commit_messages import follow_up_sentence
from servplan.render.views.badges import title_of
from servplan.render.views.inquiry import round_blocks


def follow_up(
    ctx: typer.Context,
    owner: OwnerFilter = None,
    period: Annotated[
        str | None,
        typer.Option(metavar="PERIOD", help="2013-09, 2013-T2 or 2013; else the newest that has ended."),
    ] = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Annotated[bool, typer.Option("--commit", help="Commit what was written, in the end.")] = False,
) -> None:
    """Go through what awaits a report for a period, one record after another; one key answers."""
    session = session_of(ctx)
    asked = asked_period(session, period) if period else newest_period(session)
    if asked is None:
        session.say(session.words("No period has ended yet: nothing awaits a report."))
        return
    who = session.pick_id(owner, Owner)
    graph = reporting_graph(session.plan, asked, session.today)
    view = build_reporting(graph, asked, session.today, who)
    if not view.missing:
        session.say(_nothing_due(session, view, who))
        return
    if not keyboard.is_ready():
        raise UsageError("no-terminal", period=asked.name, date=str(graph.standing.as_of))
    commit = commit and not dry_run
    if commit:
        git_commit.require_identity(session.root)
        git_commit.refuse_changed(session.root, [item.record.path for item in view.missing])
    asking = Round(session, view, graph, owner_id(session, by), dry_run)
    session.tell(round_blocks(view, _name(session, who), graph.standing.as_of, dry_run, session.words))
    was_interrupted = asking.run()
    asking.tell_outcome()
    if was_interrupted:
        raise typer.Exit(130)  # nothing is committed by somebody who wanted it to stop
    if commit:
        _commit(session, view, who, [edit.path for edit in asking.written()])


def _name(session: Session, who: str | None) -> str:
    return title_of(session.plan, who) if who else ""


def _nothing_due(session: Session, view: Reporting, who: str | None) -> str:
    """Say that nothing is awaited, or that all of it has come."""
    words, name, period = session.words, _name(session, who), view.period.name
    if view.total:
        text = words("Everything has been reported for {period}: {n}.", period=period, n=view.total)
    else:
        text = words("No report is awaited for {period}.", period=period)
    return f"{name}: {text}" if name else text


def _commit(session: Session, view: Reporting, who: str | None, paths: Sequence[str]) -> None:
    """Commit what was written; where git refuses, the answers stay in the files.

    Raises:
        ServplanError: `answers-not-committed`, with what git said.
    """
    if not paths:
        return
    message = follow_up_sentence(view.period.name, who, len(paths), plan_words(session))
    try:
        with locked(session.root):
            git_commit.commit(session.root, paths, message)
    except ServplanError as error:
        if error.code != "git-failed":
            raise
        raise ServplanError("answers-not-committed", said=error.params["said"]) from None
    session.say(session.words("Committed: {message}", message=message))
