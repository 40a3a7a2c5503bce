"""`log`, `start`, `done`, `hold`, `cancel`, `assess`, `tick`, `untick`: what happened, as an entry."""

from typing import TYPE_CHECKING, Annotated

import typer

from servplan.cli.changing import (
    By,
    Commit,
    DryRun,
    Evidence,
    Ids,
    Note,
    On,
    Reason,
    carry_out,
    entry_of,
    listed,
    record_file,
)
from servplan.cli.session import Session, parse_day, session_of
from servplan.diagnostics import UsageError
from servplan.edit import entry_edits
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.programme import Box
from servplan.model.record import Record
from servplan.render.vocabulary import code_of

if TYPE_CHECKING:
    from servplan.files.oracle import Data

Outlook = Annotated[
    str | None, typer.Option(metavar="OUTLOOK", help="on_track, at_risk or off_track; Swedish will do.")
]
Action = Annotated[str | None, typer.Option(metavar="TEXT", help="What is done about a deviation.")]
Progress = Annotated[int | None, typer.Option(min=0, max=100, help="How far it has come, in per cent.")]
Count = Annotated[int | None, typer.Option(min=0, help="How many more.")]
NewDue = Annotated[str | None, typer.Option("--due", metavar="DATE", help="A new due date; say why.")]


def log(
    ctx: typer.Context,
    ids: Ids,
    message: Note = None,
    date: On = None,
    by: By = None,
    outlook: Outlook = None,
    action: Action = None,
    progress: Progress = None,
    count: Count = None,
    due: NewDue = None,
    reason: Reason = None,
    evidence: Evidence = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Write an entry: what happened, an outlook, progress, a count, a new due date."""
    session = session_of(ctx)
    if due and not reason:
        raise UsageError("reason-missing", what="due")
    fields: Data = {
        "due": parse_day(due, session.today).isoformat() if due else None,
        "progress": progress,
        "count": count,
        "outlook": outlook and code_of("outlook", outlook),
        "note": message,
        "evidence": listed(evidence),
        "reason": reason,
        "action": action,
    }
    if not any(value is not None for value in fields.values()):
        raise UsageError("nothing-to-say")
    _enter(session, ids, (), entry_of(session, date, by, **fields), dry_run, commit)


def start(
    ctx: typer.Context,
    ids: Ids,
    message: Note = None,
    date: On = None,
    by: By = None,
    outlook: Outlook = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Report that activities are in progress."""
    session = session_of(ctx)
    told = outlook and code_of("outlook", outlook)
    entry = entry_of(session, date, by, status="in_progress", outlook=told, note=message)
    _enter(session, ids, (Activity,), entry, dry_run, commit)


def done(
    ctx: typer.Context,
    ids: Ids,
    message: Note = None,
    date: On = None,
    by: By = None,
    evidence: Evidence = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Report that activities are done."""
    session = session_of(ctx)
    entry = entry_of(session, date, by, status="done", note=message, evidence=listed(evidence))
    _enter(session, ids, (Activity,), entry, dry_run, commit)


def hold(
    ctx: typer.Context,
    ids: Ids,
    message: Note = None,
    date: On = None,
    by: By = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Report that activities are on hold."""
    session = session_of(ctx)
    entry = entry_of(session, date, by, status="on_hold", note=message, reason=reason)
    _enter(session, ids, (Activity,), entry, dry_run, commit)


def cancel(
    ctx: typer.Context,
    ids: Ids,
    reason: Reason = None,
    message: Note = None,
    date: On = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Report that activities will not be done, and why."""
    session = session_of(ctx)
    _needs(reason, "cancel")
    entry = entry_of(session, date, by, status="cancelled", note=message, reason=reason)
    _enter(session, ids, (Activity,), entry, dry_run, commit)


def assess(
    ctx: typer.Context,
    ids: Ids,
    assessment: Annotated[
        str, typer.Option("--as", metavar="ASSESSMENT", help="achieved, expected …; Swedish will do.")
    ],
    message: Note = None,
    date: On = None,
    by: By = None,
    evidence: Evidence = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Assess goals or boxes; against the proposed assessment a reason is needed."""
    session = session_of(ctx)
    code = code_of("assessment", assessment)
    entry = entry_of(
        session, date, by, assessment=code, note=message, evidence=listed(evidence), reason=reason
    )
    _enter(session, ids, (Goal, Box), entry, dry_run, commit)


def tick(
    ctx: typer.Context,
    ids: Ids,
    message: Note = None,
    date: On = None,
    by: By = None,
    evidence: Evidence = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Tick boxes."""
    session = session_of(ctx)
    entry = entry_of(session, date, by, ticked=True, note=message, evidence=listed(evidence))
    _enter(session, ids, (Box,), entry, dry_run, commit)


def untick(
    ctx: typer.Context,
    ids: Ids,
    reason: Reason = None,
    message: Note = None,
    date: On = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Take a tick back, and say why."""
    session = session_of(ctx)
    _needs(reason, "untick")
    entry = entry_of(session, date, by, ticked=False, note=message, reason=reason)
    _enter(session, ids, (Box,), entry, dry_run, commit)


def _needs(reason: str | None, what: str) -> None:
    if not reason:
        raise UsageError("reason-missing", what=what)


def _enter(
    session: Session,
    asked: list[str],
    kinds: tuple[type[Record], ...],
    entry: "Data",
    dry_run: bool,
    commit: bool,
) -> None:
    """Write the same entry into every record that is meant."""
    files = [record_file(session, text, kinds) for text in dict.fromkeys(asked)]
    titles = ", ".join(file.id for file in files)
    message = session.words("Report on {ids}", ids=titles)
    carry_out(session, lambda tree: entry_edits(tree, files, entry), message, dry_run, commit)
