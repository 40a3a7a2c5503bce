"""`year-shift`: a year closed and the next one drafted, asked one by one or from a list."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from servplan.analysis.inquiry import CANCEL
from servplan.cli import keyboard
from servplan.cli.asking import answered, choose
from servplan.cli.changing import By, Commit, DryRun, On, carry_out, entry_of, plan_words, record_files_of
from servplan.cli.completion import complete_id
from servplan.cli.session import Session, session_of
from servplan.diagnostics import UsageError
from servplan.model.activity import Activity
from servplan.render.commit_messages import year_shift_sentence
from servplan.render.views.inquiry import menu_blocks
from servplan.render.views.year_shift import CODES, CONFIRMATION, MEANINGS, carried_lines, open_lines
from servplan.render.words import N_
from servplan.year_shift import (
    Choices,
    Closing,
    Open,
    closing,
    followers,
    new_ids,
    reported_since,
    shift_edits,
    unfinished,
)

if TYPE_CHECKING:
    from servplan.files.oracle import Data

OUTCOMES = {
    "carry": N_("goes over"),
    "skip": N_("is left as it is"),
    "cancel": N_("is cancelled"),
    "leave": N_("the rest is left"),
}


class _Answered(NamedTuple):
    """What was answered about an activity: the code, and what the log's entry says, if there is one."""

    id: str
    code: str
    said: "Data"


def year_shift(
    ctx: typer.Context,
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The year to close: 2013.")],
    carry: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help="An activity that goes over; again for more.", autocompletion=complete_id
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All unfinished activities of the year go over.")
    ] = False,
    list_: Annotated[
        Path | None,
        typer.Option(
            "--list", metavar="FILE", help="A file with the ids that go over, one a line; # remarks."
        ),
    ] = None,
    extend: Annotated[
        bool, typer.Option("--extend", help="Let the plan go on for a year, if this one is its last.")
    ] = False,
    date: On = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Close a year: unfinished activities go over to the next as new records; the closed year stays readable.

    Without --carry, --all or --list you are asked about one activity after another, on a terminal.
    What new goals and activities are due by default moves along. A plan that ends with the year, as a new
    one does, is made a year longer with --extend.
    """
    session = session_of(ctx)
    closed = closing(year, session.plan.header.period, session.today, extend)
    entry_of(session, date, by)  # what stands against either is said before the first question
    waiting = unfinished(session.plan, closed)
    asked = [*(carry or ()), *(_listed(list_) if list_ else ())]
    if everything:
        choices = Choices(tuple(item.record.id for item in waiting), {})
    elif asked or list_ or not waiting:
        files = record_files_of(session, asked, (Activity,))
        choices = Choices(tuple(file.id for file in files), {})
    else:
        choices = _dialogue(session, waiting, date, by)
    words = plan_words(session)
    reason = words("Continues as {id}", id="{id}")
    message = year_shift_sentence(year, words)
    carry_out(session, lambda tree: shift_edits(tree, closed, choices, reason), message, dry_run, commit)
    _tell(session, waiting, choices, closed)


def _listed(file: Path) -> list[str]:
    """Return the ids of a list: one a line, with remarks after `#`."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise UsageError("unreadable-list", path=str(file), reason=reason) from None
    return [text for line in lines if (text := line.partition("#")[0].strip())]


def _tell(session: Session, waiting: Sequence[Open], choices: Choices, closed: Closing) -> None:
    """Say what goes over, what has to be reported anew, and which goals need one that follows them."""
    plan, words = session.plan, session.words
    carried = new_ids(plan, choices.carried, closed)
    late = reported_since(waiting, carried, closed)
    for line in carried_lines(carried, late, followers(plan, carried, closed), closed, words):
        session.say(line)


def _dialogue(session: Session, waiting: Sequence[Open], on: str | None, by: str | None) -> Choices:
    """Ask what is to become of each activity, and in the end whether to write; end the run where not."""
    if not keyboard.is_ready():
        raise UsageError("choice-missing", number=str(len(waiting)))
    done: list[_Answered] = []
    try:
        while (code := _round(session, waiting, done)) == "back":
            _take_back(session, done)
    except EOFError:
        session.say("")
        code = "no"
    if code == "yes":
        return _choices(session, done, on, by)
    session.say(session.words("Nothing was written."))
    raise typer.Exit


def _round(session: Session, waiting: Sequence[Open], done: list[_Answered]) -> str:
    """Ask about one activity after another, then whether to write; return what is answered to that."""
    words = session.words
    while len(done) < len(waiting):
        code = _ask(session, waiting, done)
        if code == "back":
            _take_back(session, done)
        if code == "leave":
            break
    counted = Counter(item.code for item in done)
    carried, cancelled = counted["carry"], counted["cancel"]
    told = {"carried": carried, "left": len(waiting) - carried - cancelled, "cancelled": cancelled}
    session.say("")
    session.say(words("Carried over: {carried}. Left: {left}. Cancelled: {cancelled}.", **told))
    session.say(words("Write this?"))
    session.tell(menu_blocks(CONFIRMATION, words))
    return choose(session, CONFIRMATION, MEANINGS)


def _ask(session: Session, waiting: Sequence[Open], done: list[_Answered]) -> str:
    """Ask about the next activity, and return what is answered; an answer is noted."""
    words, item = session.words, waiting[len(done)]
    for line in open_lines(item, session.plan, f"{len(done) + 1}/{len(waiting)}", words):
        session.say(line)
    session.tell(menu_blocks(CODES, words))
    while True:
        code = choose(session, CODES, MEANINGS)
        said: Data | None = answered(session, CANCEL) if code == "cancel" else {}
        if said is not None:
            break
    if code in OUTCOMES:
        session.say(f"  → {words(OUTCOMES[code])}")
    if code not in ("back", "leave"):
        done.append(_Answered(item.record.id, code, said))
    return code


def _take_back(session: Session, done: list[_Answered]) -> None:
    """Take back the last answer, so that its activity is asked about again."""
    if done:
        done.pop()
    else:
        session.say(session.words("This is the first record of the round."))


def _choices(session: Session, done: Sequence[_Answered], on: str | None, by: str | None) -> Choices:
    """Return what was chosen, cancellations with their entries."""
    carried = tuple(item.id for item in done if item.code == "carry")
    cancelled = [item for item in done if item.code == "cancel"]
    return Choices(carried, {item.id: entry_of(session, on, by, **item.said) for item in cancelled})
