"""`history`."""

from collections.abc import Sequence
from typing import Annotated

import typer

from servplan.analysis.find import pick
from servplan.analysis.history import build_history, steps_of, titled_then, within
from servplan.analysis.origins import Step
from servplan.cli.days import parse_day
from servplan.cli.options import AsOf, Id, Rev, Since, TextMarkdownJson, Until
from servplan.cli.session import Session, session_of
from servplan.commits import Past, WorkFiles, commits_between
from servplan.diagnostics import ServplanError, UsageError
from servplan.files.git_commit import Commit, find_commit
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.render.json import as_json, history_json
from servplan.render.markdown import write_markdown
from servplan.render.views.history import history_blocks
from servplan.revisions import Side


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
    """Tell one record's story: what happened, who wrote it down, and how the plan was changed."""
    session = session_of(ctx).at(rev)
    tip = session.commit or _head(session)
    record, steps = _told(session, id_, tip)
    day = session.as_of(as_of or until)
    first, last = (parse_day(text, session.today) if text else None for text in (since, until))
    events = within(build_history(record, steps, day, form_too), first, last)
    record = titled_then(record, steps, last)
    if format == "json":
        session.write(as_json(history_json(record, day, events)))
        return
    blocks = history_blocks(record, events, session.plan, day, session.words)
    if format == "md":
        session.write(write_markdown(blocks))
    else:
        session.show(blocks)


def _head(session: Session) -> Commit | None:
    """Return the last commit; None, and a word about it, where there is no history to ask."""
    try:
        return find_commit(session.root, "HEAD")
    except ServplanError as error:
        if error.code not in ("no-repository", "no-commit", "no-git"):
            raise
    session.say(session.words("There are no commits here: this is what the ledger tells alone."))
    return None


def _told(session: Session, asked: str, tip: Commit | None) -> tuple[Record, Sequence[Step]]:
    """Return the record that is meant, as it is now or was last, and what was done to it.

    Raises:
        UsageError: `unknown-id`, `ambiguous-id`, or `unreadable-id` where no version can be read.
    """
    plan = session.plan
    if tip is None:
        return pick(plan, asked), ()
    work = None if session.commit else WorkFiles(session.root, tip, Side(session.tree), session.today)
    past = Past(session.root, commits_between(session.root, None, tip.id), work)
    id_ = _meant(plan, asked, past)
    steps = steps_of(past.story_of(id_))
    known = (plan.records.get(id_), *(step.record for step in reversed(steps)))
    record = next(filter(None, known), None)
    if record is None:
        paths = (plan.unreadable.get(id_), *(step.unreadable for step in reversed(steps)))
        raise UsageError("unreadable-id", asked=id_, path=next(filter(None, paths), ""))
    return record, steps


def _meant(plan: Plan, asked: str, past: Past) -> str:
    """Return the id that is meant: one that the plan has, one that only history has, or by words."""
    if asked in plan.unreadable or asked in plan.records:
        return asked
    later = None if asked in plan.former else past.last_id(asked)
    return later or pick(plan, asked).id
