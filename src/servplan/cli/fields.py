"""`set`, `retire`, `decide`, `rename`: what the plan says, changed."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from servplan.cli.changing import (
    By,
    Commit,
    DryRun,
    Ids,
    Reason,
    carry_out,
    entry_of,
    meant_ids,
    needs_reason,
    plan_words,
    record_file,
    record_files_of,
    tell_if_passed,
    typed_with_reason,
)
from servplan.cli.days import last_day, past_day
from servplan.cli.options import Id
from servplan.cli.session import Session, session_of
from servplan.correction import corrected, moves_promise
from servplan.diagnostics import UsageError
from servplan.edit import (
    field_edits,
    field_value_of,
    listed,
    refuse_outside,
    refuse_retired,
    settable_key,
    typed_values,
)
from servplan.files.journal import Edit
from servplan.files.tree import Tree
from servplan.load import RecordFile, load_records
from servplan.model.record import Record
from servplan.rename import rename_edits
from servplan.render.commit_messages import sentence, several
from servplan.state import effective_date, is_retired, replay, set_by

if TYPE_CHECKING:
    from servplan.files.oracle import Data

IN_LOG = {"due": "due-moves-in-log", "owners": "owners-move-in-log"}
"""The fields that an entry can change from its day on, with what is said of one that has changed there."""


def set_(
    ctx: typer.Context,
    id_: Id,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="A key of the record's kind.")],
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="VALUE", help="Taken literally; several make a list; none removes."),
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Add to the list.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Remove from the list.")] = False,
    reason: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Why: an entry says it, with the field under `amends`."),
    ] = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Set a field of a record. What was promised or decided is only corrected with a reason.

    A due date that has changed is moved by `log --due` instead, so that postponements are counted; who is
    responsible from now on, by `log --owner`, so that it is known who was before.
    """
    session = session_of(ctx)
    file = record_file(session, id_)
    key = settable_key(file.kind, field)
    _tell_if_retired(session, file)
    if (add or remove) and (add == remove or not values):
        raise UsageError("add-or-remove", field=key, id=file.id)
    how = "add" if add else "remove" if remove else "set"
    given = typed_values(file, key, _meant(session, file, key, values or (), how), how)
    words = plan_words(session)
    name = words.label("field", key)
    message = words("Change {field} of {id}", field=name[:1].lower() + name[1:], id=file.id)
    entry = _correction(session, key, reason, by)

    def make(tree: Tree) -> list[Edit]:
        if entry:
            return corrected(tree, file, entry, lambda: field_edits(tree, [file], key, given, how))
        edits = field_edits(tree, [file], key, given, how)
        for edit in edits:
            _refuse_moved(tree, edit, file, key, session.today)
        return edits

    carry_out(session, make, message, dry_run, commit)
    if key == "due" and given:
        tell_if_passed(session, given[0], session.today)


def _meant(session: Session, file: RecordFile, key: str, texts: Sequence[str], how: str) -> list[str]:
    """Return what is typed into a field, references as ids; what stands there may be removed as it stands."""
    held = listed(field_value_of(session.tree, file, key)) if how == "remove" else ()
    return [text if text in held else meant_ids(session, file.kind, key, [text])[0] for text in texts]


def _correction(session: Session, key: str, reason: str | None, by: str | None) -> "Data | None":
    """Return the entry that says why a field is corrected; None where no reason is given."""
    if reason is None:
        return None
    return entry_of(session, None, by, amends=[key], reason=reason)


def _refuse_moved(tree: Tree, edit: Edit, file: RecordFile, key: str, day: date) -> None:
    """Refuse an edit that moves a promise, or that an entry overrules, without a reason; say what to type."""
    if moves_promise(tree, edit) or _is_set_in_log(tree, file, key, day):
        code = IN_LOG.get(key, "promise-stands")
        raise UsageError(code, id=file.id, field=key, command=typed_with_reason())


def _is_set_in_log(tree: Tree, file: RecordFile, key: str, day: date) -> bool:
    """Tell whether an entry has set a field of a record by a day: then it is the entry that counts."""
    return key in IN_LOG and any(set_by(replay(record, day), key) for record in _records(tree, [file]))


def _tell_if_retired(session: Session, file: RecordFile) -> None:
    """Say that a record is retired: what it says may be corrected, but somebody may have meant another."""
    for record in _records(session.tree, [file]):
        if record.retired and is_retired(record, session.today):
            since = record.retired.date
            session.say(session.words("Mind: “{id}” is retired since {date}.", id=file.id, date=since))


def retire(
    ctx: typer.Context,
    ids: Ids,
    reason: Reason = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The first day without it: 2014-01-01, idag, +2v, or 2013-12 for its last day; else today.",
        ),
    ] = None,
    superseded_by: Annotated[
        list[str] | None, typer.Option("--by-record", metavar="ID", help="What stands in its place.")
    ] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Take records out of use from a day on, and say why; they are kept, and reports count them."""
    session = session_of(ctx)
    needs_reason(reason, session.words("Retiring a record"))
    day = last_day(date, session.today) if date else session.today
    files = record_files_of(session, ids)
    retired: Data = {"date": day.isoformat(), "reason": reason}
    if instead := record_files_of(session, superseded_by or ()):
        retired["superseded_by"] = [file.id for file in instead]
    if itself := set(files).intersection(instead):
        raise UsageError("own-successor", id=itself.pop().id)

    def make(tree: Tree) -> list[Edit]:
        left = [file for file in files if field_value_of(tree, file, "retired") != retired]
        for record in _records(tree, left):
            refuse_outside(record, day)
            refuse_retired(record)
        return field_edits(tree, left, "retired", [retired])

    words, names = plan_words(session), [file.id for file in files]
    told = {"ids": several(names, words), "date": day, "reason": reason}
    message = sentence(words("Retire {ids} from {date} on: {reason}", **told))
    carry_out(session, make, message, dry_run, commit)
    _tell_of_later_entries(session, files, day)


def _tell_of_later_entries(session: Session, files: Collection[RecordFile], day: date) -> None:
    """Say of records that their logs go on after the day they are retired: somebody may have slipped."""
    for record in _records(session.tree, files):
        days = [effective_date(entry) for entry in getattr(record, "log", ()) if not entry.voided]
        if last := max((one for one in days if one and one >= day), default=None):
            told = {"id": record.id, "last": last, "date": day}
            session.say(
                session.words(
                    "Mind: the log of “{id}” goes on until {last}; it is retired from {date} on.", **told
                )
            )


def decide(
    ctx: typer.Context,
    ids: Ids,
    body: Annotated[str, typer.Option(metavar="BODY", help="Who decided.")],
    date: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day of the decision: 2013-03-04, idag, igår; else today."),
    ] = None,
    paragraph: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The paragraph of the minutes.")
    ] = None,
    case_number: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The registry's case number.")
    ] = None,
    link: Annotated[str | None, typer.Option(metavar="LINK", help="The minutes' address.")] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Note a public body's decision on records."""
    session = session_of(ctx)
    day = past_day(date, session.today)
    files = record_files_of(session, ids)
    told: Data = {
        "body": body,
        "date": day.isoformat(),
        "paragraph": paragraph,
        "case_number": case_number,
        "link": link,
    }
    decision: Data = {key: value for key, value in told.items() if value is not None}

    def make(tree: Tree) -> list[Edit]:
        for record in _records(tree, files):
            refuse_retired(record, day)
        return field_edits(tree, files, "decided", [decision], "add")

    words, names = plan_words(session), [file.id for file in files]
    message = sentence(words("Note the decision of {body} on {ids}", body=body, ids=several(names, words)))
    carry_out(session, make, message, dry_run, commit)


def _records(tree: Tree, files: Collection[RecordFile]) -> Collection[Record]:
    """Return the records of some files alone, as far as they can be read."""
    return load_records(tree, [file.path for file in files], {}).plan.records.values()


def rename(
    ctx: typer.Context,
    id_: Id,
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new id.")],
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Give a record another id: its file moves, every reference follows, the old id still resolves."""
    session = session_of(ctx)
    file = record_file(session, id_)
    words = plan_words(session)
    message = words("Rename {id} to {new}", id=file.id, new=new)
    carry_out(session, lambda tree: rename_edits(tree, file, new), message, dry_run, commit)
