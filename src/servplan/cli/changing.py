"""What all changing commands share: dates, who reports, showing a change, writing it, committing it."""

import difflib
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from servplan.analysis.find import pick
from servplan.cli.completion import complete_id, complete_owner
from servplan.cli.session import Session, parse_day
from servplan.diagnostics import UsageError
from servplan.edit import RecordFile, record_files
from servplan.files import git
from servplan.files.journal import Edit
from servplan.files.store import locked, write_edits
from servplan.files.tree import Tree
from servplan.model.owner import Owner
from servplan.model.record import Record
from servplan.render.blocks import safe

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value

Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID…", help="Ids, their beginnings, or words in quotes.", autocompletion=complete_id
    ),
]
On = Annotated[
    str | None,
    typer.Option("--date", metavar="DATE", help="When it happened: 2013-03-04, idag, igår; else today."),
]
By = Annotated[
    str | None,
    typer.Option(envvar="SERVPLAN_BY", metavar="OWNER", help="Who reports.", autocompletion=complete_owner),
]
Note = Annotated[str | None, typer.Option("--message", "-m", metavar="TEXT", help="What happened.")]
Evidence = Annotated[
    list[str] | None, typer.Option(metavar="LINK", help="An address or a path that shows it.")
]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change, and write nothing.")]
Commit = Annotated[bool, typer.Option("--commit", help="Commit just these files.")]

NO_NEWLINE = "\\ No newline at end of file"


def record_file(session: Session, asked: str, kinds: Sequence[type[Record]] = ()) -> RecordFile:
    """Return the record that is meant: an id by its file's name alone, words by reading the plan.

    Raises:
        UsageError: `unknown-id`, `ambiguous-id`, or `wrong-kind-of-record`.
    """
    files = record_files(session.tree)
    found = files.get(asked) or files[pick(session.plan, asked).id]
    if kinds and found.kind not in kinds:
        wanted = ", ".join(session.words.label("kind", kind.kind) for kind in kinds)
        kind = session.words.label("kind", found.kind.kind)
        raise UsageError("wrong-kind-of-record", id=found.id, kind=kind, wanted=wanted)
    return found


def owner_id(session: Session, asked: str | None) -> str | None:
    """Return the owner that is meant, by id."""
    return record_file(session, asked, (Owner,)).id if asked else None


def day_of(session: Session, asked: str | None) -> date:
    """Return the day of an entry; today where none is told."""
    return parse_day(asked, session.today) if asked else session.today


def entry_of(session: Session, asked_date: str | None, by: str | None, **fields: "Value") -> "Data":
    """Return an entry's data in the order in which files have it; what is not told is left out.

    Raises:
        UsageError: `future-date`, if it would tell of a day that has not come.
    """
    day = day_of(session, asked_date)
    if day > session.today:
        raise UsageError("future-date", day=day.isoformat(), today=session.today.isoformat())
    late = day != session.today
    entry: Data = {"date": day.isoformat(), **fields, "by": owner_id(session, by)}
    if late:
        entry["recorded"] = session.today.isoformat()
    return {key: value for key, value in entry.items() if value is not None and value != []}


def listed(texts: list[str] | None) -> "list[Value] | None":
    """Return texts as a value for a file; none as nothing."""
    return list(texts) if texts else None


def carry_out(
    session: Session,
    make: Callable[[Tree], Sequence[Edit]],
    message: str,
    dry_run: bool,
    commit: bool,
) -> None:
    """Make a change up under the plan's lock, and write it; or only show it.

    Raises:
        ServplanError: what stands against the change; nothing is written then.
    """
    if dry_run:
        for edit in (edits := make(session.tree)):
            session.write(change_text(edit))
        _say_if_so(session, edits)
        return
    with locked(session.root):
        edits = [edit for edit in make(session.tree) if edit.before != edit.after]
        paths = [edit.path for edit in edits]
        if commit and edits:
            git.refuse_changed(session.root, paths)
        write_edits(session.root, edits)
        if commit and edits:
            git.commit(session.root, paths, message)
    for edit in edits:
        session.write(written_text(edit))
    _say_if_so(session, edits)


def _say_if_so(session: Session, edits: Sequence[Edit]) -> None:
    if all(edit.before == edit.after for edit in edits):
        session.say(session.words("It is so already; nothing was written."))


def written_text(edit: Edit) -> str:
    """Return a written file's path and the lines that changed in it."""
    lines = change_text(edit).splitlines(True)[2:]
    return f"{edit.path}\n" + "".join(line for line in lines if line[:1] in "+-")


def change_text(edit: Edit) -> str:
    """Return an edit as a unified diff."""
    before, after = (edit.before or "").splitlines(True), (edit.after or "").splitlines(True)
    lines = difflib.unified_diff(before, after, f"a/{edit.path}", f"b/{edit.path}", n=1)
    return "".join(_shown(line) for line in lines)


def _shown(line: str) -> str:
    """Return a diff's line for the terminal; the last line of a file may have no end."""
    text = safe(line.rstrip("\r\n")) + "\n"
    return text if line.endswith("\n") else f"{text}{NO_NEWLINE}\n"
