"""What all changing commands share: dates, who reports, showing a change, writing it, committing it."""

import difflib
import re
import shlex
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from servplan.analysis.find import pick, wrong_kind
from servplan.cli.completion import complete_id, complete_owner
from servplan.cli.days import when
from servplan.cli.session import Session
from servplan.diagnostics import ServplanError, UsageError
from servplan.files import git_commit
from servplan.files.journal import Edit
from servplan.files.store import locked, put_back, write_edits
from servplan.files.tree import Tree
from servplan.load import RecordFile
from servplan.model.kinds import BY_NAME
from servplan.model.owner import Owner
from servplan.model.record import Record
from servplan.model.shape import ref_of
from servplan.render.blocks import safe
from servplan.render.words import Words, words_of

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value

Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID", help="Ids, their beginnings, or words in quotes.", autocompletion=complete_id
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="DATE",
        help="When it happened: 2013-03-04, idag, igår; 2013-03 where the day is not known; else today.",
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        envvar="SERVPLAN_BY",
        metavar="OWNER",
        help="Who reports: an id or words of its title.",
        autocompletion=complete_owner,
    ),
]
Note = Annotated[str | None, typer.Option("--message", "-m", metavar="TEXT", help="What happened.")]
Evidence = Annotated[
    list[str] | None, typer.Option(metavar="LINK", help="An address or a path that shows it.")
]
Outlook = Annotated[
    str | None, typer.Option(metavar="OUTLOOK", help="on_track, at_risk or off_track; Swedish will do.")
]
Action = Annotated[str | None, typer.Option(metavar="TEXT", help="What is done about a deviation.")]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change, and write nothing.")]
Commit = Annotated[bool, typer.Option("--commit", help="Commit just these files.")]

NO_NEWLINE = "\\ No newline at end of file"


def record_file(session: Session, asked: str, kinds: Sequence[type[Record]] = ()) -> RecordFile:
    """Return the record that is meant: an id by its file's name alone, words by reading the plan.

    Raises:
        UsageError: `unknown-id`, `ambiguous-id`, or `wrong-kind-of-record`.
    """
    found = session.record_files.get(asked)
    if found is None:
        record = pick(session.plan, asked, *kinds)
        found = RecordFile(record.id, record.path, type(record))
    if kinds and found.kind not in kinds:
        raise wrong_kind(session.plan, found.id, found.kind, kinds)
    return found


def record_files_of(
    session: Session, asked: Sequence[str], kinds: Sequence[type[Record]] = ()
) -> list[RecordFile]:
    """Return the records that are meant, each once; see `record_file`."""
    return list(dict.fromkeys(record_file(session, text, kinds) for text in asked))


def owner_id(session: Session, asked: str | None) -> str | None:
    """Return the owner that is meant, by id."""
    return record_file(session, asked, (Owner,)).id if asked else None


def meant_ids(session: Session, kind: type[Record], key: str, texts: Sequence[str]) -> list[str]:
    """Return what is typed into a field: where it names other records, their ids; else as it is.

    Raises:
        UsageError: as `record_file`.
    """
    ref = ref_of(kind, key)
    if ref is None:
        return list(texts)
    kinds = [BY_NAME[name] for name in ref.kinds if name in BY_NAME]
    as_is = ("", *ref.words)
    return [text if text in as_is else record_file(session, text, kinds).id for text in texts]


def entry_of(session: Session, asked_date: str | None, by: str | None, **fields: "Value") -> "Data":
    """Return an entry's data in the order in which files have it; what is not told is left out.

    Raises:
        UsageError: what stands against the date; see `when`.
    """
    key, day = when(asked_date, session.today)
    entry: Data = {key: day.isoformat(), **fields, "by": owner_id(session, by)}
    if day != session.today:
        entry["recorded"] = session.today.isoformat()
    return {key: value for key, value in entry.items() if value is not None}


def needs_reason(reason: str | None, what: str) -> None:
    """Refuse what has no reason; `what` says what it would be.

    Raises:
        UsageError: `reason-missing`, with the command to type.
    """
    if not reason:
        raise UsageError("reason-missing", what=what, command=typed_with_reason())


def typed_with_reason() -> str:
    """Return the command as it was typed, with a reason to be filled in: what to type next."""
    typed = list(map(_quoted, sys.argv[1:]))
    end = typed.index("--") if "--" in typed else len(typed)
    return " ".join(["servplan", *typed[:end], '--reason "…"', *typed[end:]])


def _quoted(text: str) -> str:
    if re.fullmatch(r"[\w@%+=:,./-]+", text):
        return text
    return shlex.quote(text) if re.search(r'["$`\\!]', text) else f'"{text}"'


def tell_if_passed(session: Session, due: "Value", day: date) -> None:
    """Say of a due date that it comes before a day: that may be meant, or a slip."""
    if due and date.fromisoformat(str(due)) < day:
        session.say(session.words("Mind: the due date {due} had passed already on {day}.", due=due, day=day))


def plan_words(session: Session) -> Words:
    """Return the words of the plan's own language, in which its history is written."""
    return words_of(session.header, session.header.language)


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
    with locked(session.root) as tree:
        edits = [edit for edit in make(tree) if edit.before != edit.after]
        commits = commit and bool(edits)
        if commits:
            git_commit.refuse_changed(session.root, [edit.path for edit in edits])
        write_edits(session.root, edits)
        if commits:
            _commit(session, edits, message)
    for edit in edits:
        session.write(written_text(edit))
    if commits:
        session.say(session.words("Committed: {message}", message=message))
    _say_if_so(session, edits)


def _commit(session: Session, edits: Sequence[Edit], message: str) -> None:
    """Commit what was written; if that fails, the files are as before."""
    try:
        git_commit.commit(session.root, [edit.path for edit in edits], message)
    except (ServplanError, KeyboardInterrupt) as error:
        put_back(session.root, edits)
        if isinstance(error, ServplanError) and error.code == "git-failed":
            raise ServplanError("not-committed", said=error.params["said"]) from None
        raise


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
