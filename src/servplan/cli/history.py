"""`history`."""

from typing import Annotated

import typer

from servplan.analysis.diff import HEADER
from servplan.analysis.header_story import PlanItself, build_header_story
from servplan.analysis.history import Event, build_history, titled_then, within
from servplan.analysis.past_record import find_record
from servplan.cli.days import parse_day
from servplan.cli.options import AsOf, Id, Rev, Since, TextMarkdownJson, Until
from servplan.cli.session import Session, session_of
from servplan.commits import Past, WorkFiles, commits_between
from servplan.diagnostics import ServplanError
from servplan.files.git_commit import Commit, find_commit
from servplan.model.record import Record
from servplan.render.json import as_json, history_json
from servplan.render.markdown import write_markdown
from servplan.render.views.history import history_blocks
from servplan.snapshot import Snapshot


def history(
    ctx: typer.Context,
    id_: Id,
    since: Since = None,
    until: Until = None,
    form_too: Annotated[
        bool, typer.Option("--all", help="Commits too that changed only the form of the file.")
    ] = False,
    as_of: AsOf = None,
    rev: Rev = None,
    format: TextMarkdownJson = "text",  # noqa: A002
) -> None:
    """Tell one record's story: what happened, who wrote it down, and how the plan was changed.

    The id `plan` tells what was done to data/plan.yaml itself.
    """
    session = session_of(ctx).at(rev)
    past, day = _past(session), session.as_of(as_of or until)
    first, last = (parse_day(text, session.today) if text else None for text in (since, until))
    record: Record | PlanItself
    if _is_plan_itself(session, past, id_):
        record, events = _story_of_plan(session, past)
    else:
        record, steps = find_record(session.plan, past, id_)
        events = build_history(record, steps, day, form_too)
        record = titled_then(record, steps, last)
    events = within(events, first, last)
    if format == "json":
        session.write(as_json(history_json(record, day, events)))
        return
    blocks = history_blocks(record, events, session.plan, day, session.words)
    if format == "md":
        session.write(write_markdown(blocks))
    else:
        session.show(blocks)


def _is_plan_itself(session: Session, past: Past | None, asked: str) -> bool:
    """Tell whether the plan itself is meant, and no record that bears or bore its name."""
    borne = asked in session.plan.records or (past and past.last_id(asked))
    return asked == HEADER and not borne


def _story_of_plan(session: Session, past: Past | None) -> tuple[PlanItself, tuple[Event, ...]]:
    events = build_header_story(past.story_of_plan()) if past else ()
    return PlanItself(session.header.title), events


def _head(session: Session) -> Commit | None:
    """Return the last commit; None, and a word about it, where there is no history to ask."""
    try:
        return find_commit(session.root, "HEAD")
    except ServplanError as error:
        if error.code not in ("no-repository", "no-commit", "no-git"):
            raise
    session.say(session.words("There are no commits here: this is what the ledger tells alone."))
    return None


def _past(session: Session) -> Past | None:
    """Return what was done up to the commit that is spoken of, or to the work tree."""
    tip = session.commit or _head(session)
    if tip is None:
        return None
    work = None if session.commit else WorkFiles(session.root, tip, Snapshot(session.tree), session.today)
    return Past(session.root, commits_between(session.root, None, tip.id), work)
