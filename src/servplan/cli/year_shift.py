"""`year-shift`: a year closed and the next one drafted, asked one by one or from a list."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servplan.analysis.inquiry import written
from servplan.cli import keyboard
from servplan.cli.changing import By, Commit, DryRun, On, carry_out, entry_of, plan_words, record_files_of
from servplan.cli.completion import complete_id
from servplan.cli.session import Session, session_of
from servplan.diagnostics import UsageError
from servplan.model.activity import Activity
from servplan.render.commit_messages import year_shift_sentence
from servplan.render.views.year_shift import carried_lines, open_lines
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

ANSWERS = {
    "carry": N_("goes over"),
    "leave": N_("is left as it is"),
    "cancel": N_("is cancelled"),
    "skip": N_("the rest is left"),
}

CHOICES = {
    "c": "carry",
    "f": "carry",
    "l": "leave",
    "x": "cancel",
    "a": "cancel",
    "s": "skip",
    "h": "skip",
}
CONFIRMATIONS = {"y": "yes", "j": "yes", "n": "no"}
"""What keys mean: the English ones and the Swedish ones, whatever the language."""


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
    date: On = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Close a year: unfinished activities go over to the next as new records; the closed year stays readable.

    Without --carry, --all or --list you are asked about one activity after another, on a terminal.
    """
    session = session_of(ctx)
    closed = closing(year, session.plan.header.period, session.today)
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
    entry_of(session, on, by)  # what stands against either is said before the first question
    try:
        choices = _choices(session, waiting, on, by)
        if _code(session.words("Write this? y yes · n no"), CONFIRMATIONS) == "yes":
            return choices
    except EOFError:
        session.say("")
    session.say(session.words("Nothing was written."))
    raise typer.Exit


def _choices(session: Session, waiting: Sequence[Open], on: str | None, by: str | None) -> Choices:
    """Ask about one activity after another, and say how many were chosen for what."""
    words = session.words
    carried: list[str] = []
    cancelled: dict[str, Data] = {}
    for number, item in enumerate(waiting, 1):
        for line in open_lines(item, session.plan, f"{number}/{len(waiting)}", words):
            session.say(line)
        choice = _code(words("c carry over · l leave · x cancel · s skip the rest"), CHOICES)
        session.say(f"  → {words(ANSWERS[choice])}")
        if choice == "skip":
            break
        if choice == "carry":
            carried.append(item.record.id)
        if choice == "cancel":
            reason = _reason(session)
            cancelled[item.record.id] = entry_of(session, on, by, status="cancelled", reason=reason)
    left = len(waiting) - len(carried) - len(cancelled)
    told = {"carried": len(carried), "left": left, "cancelled": len(cancelled)}
    session.say(words("Carried over: {carried}. Left: {left}. Cancelled: {cancelled}.", **told))
    return Choices(tuple(carried), cancelled)


def _code(question: str, keys: Mapping[str, str]) -> str:
    """Ask until one of the keys is pressed, and return what it means."""
    while (key := keyboard.read_key(f"  {question} > ")) not in keys:
        pass  # the question names the keys
    return keys[key]


def _reason(session: Session) -> str:
    """Ask for a reason until there is one that a file may hold."""
    question = session.words("Why?")
    while True:
        try:
            if reason := written(keyboard.read_line(f"  {question} > ")):
                return reason
        except UsageError as error:
            session.fail(error)
