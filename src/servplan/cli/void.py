"""`void`: an entry that was wrong."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from servplan.analysis.inquiry import whole_number
from servplan.cli.changing import Commit, DryRun, Reason, carry_out, needs_reason, plan_words, record_file
from servplan.cli.days import days_meant, past_day
from servplan.cli.options import Id
from servplan.cli.session import Session, session_of
from servplan.diagnostics import UsageError
from servplan.load import RecordFile
from servplan.model.record import Entry
from servplan.render.commit_messages import sentence
from servplan.render.views.records import entry_day, what_happened
from servplan.state import effective_date
from servplan.voiding import entries_of, log_of, void_edit

if TYPE_CHECKING:
    from servplan.files.oracle import Data


def void(
    ctx: typer.Context,
    id_: Id,
    day: Annotated[
        str | None,
        typer.Argument(
            metavar="[DAY]", help="The entry's day: 2013-03-04, idag; 2013-03 for any of the month."
        ),
    ] = None,
    entry: Annotated[
        str | None,
        typer.Option(metavar="N", help="Its number, where several may be meant: they are listed then."),
    ] = None,
    reason: Reason = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="When it was found to be wrong: 2013-03-04, idag, igår; else today."
        ),
    ] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Void an entry that was wrong, and say why: it stays in the log, and does not count."""
    session = session_of(ctx)
    needs_reason(reason, session.words("Voiding an entry"))
    found = past_day(date, session.today)
    file = record_file(session, id_)
    log = log_of(session.tree, file)
    at = _place(session, file, log, day, entry)
    first = effective_date(log[at])
    if first and found < first <= session.today:  # a day ahead is a slip that one voids
        raise UsageError("voided-before", day=str(first), given=str(found))
    if log[at].voided:
        session.say(session.words("It is so already; nothing was written."))
        return
    voided: Data = {"date": found.isoformat(), "reason": reason}
    words = plan_words(session)
    told = {"id": file.id, "day": entry_day(log[at], words), "reason": reason}
    message = sentence(words("Void the entry of {day} in {id}: {reason}", **told))
    carry_out(session, lambda tree: [void_edit(tree, file, at, log[at], voided)], message, dry_run, commit)


def _place(
    session: Session, file: RecordFile, log: Sequence[Entry], day: str | None, number: str | None
) -> int:
    """Return the place in a log of the entry that is meant; of a voided one only where no other is.

    Raises:
        UsageError: `no-entries`, `no-such-entry`, or `which-entry` with those that may be meant.
    """
    if not log:
        raise UsageError("no-entries", id=file.id)
    places = entries_of(log, *days_meant(day, session.today)) if day else list(range(len(log)))
    if number is not None:
        places = [at for at in places if at == whole_number(number) - 1]
    if not places:
        asked = " ".join(filter(None, (day, number and f"#{number}")))
        raise UsageError(
            "no-such-entry", id=file.id, given=asked, known=_listed(session, log, range(len(log)))
        )
    standing = [at for at in places if not log[at].voided] or places[:1]
    if len(standing) > 1:
        told = {"number": str(len(standing)), "found": _listed(session, log, standing)}
        raise UsageError("which-entry", id=file.id, **told)
    return standing[0]


def _listed(session: Session, log: Sequence[Entry], places: Sequence[int]) -> str:
    """Return entries as lines, each with its number in the log."""
    plan, words = session.plan, session.words
    told = (" ".join(what_happened(log[at], plan, words).split()) for at in places)
    rows = zip(places, told, strict=True)
    return "\n".join(f"  {at + 1}  {entry_day(log[at], words)}  {text}" for at, text in rows)
