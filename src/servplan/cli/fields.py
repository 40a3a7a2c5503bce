"""`set`, `add`, `retire`, `decide`, `rename`: what the plan says, changed."""

from typing import TYPE_CHECKING, Annotated

import typer

from servplan.analysis.find import pick
from servplan.cli.changing import (
    Commit,
    DryRun,
    Ids,
    On,
    Reason,
    carry_out,
    day_of,
    listed,
    owner_id,
    record_file,
)
from servplan.cli.completion import complete_goal, complete_kind, complete_owner
from servplan.cli.options import Id
from servplan.cli.session import Session, parse_day, session_of
from servplan.diagnostics import UsageError
from servplan.edit import (
    RecordFile,
    field_edit,
    field_value_of,
    new_record_edit,
    plain_value,
    proposed_id,
)
from servplan.files.journal import Edit
from servplan.files.tree import Tree
from servplan.model.kinds import BY_NAME
from servplan.model.record import Record
from servplan.rename import rename_edits
from servplan.render.vocabulary import code_of

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value


def set_(
    ctx: typer.Context,
    id_: Id,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="A key of the record's kind.")],
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="VALUE…", help="Taken literally; several make a list; none removes."),
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Add to the list.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Remove from the list.")] = False,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Set a field of a record; a due date moves by `log --due` instead, so that the promise is kept."""
    session = session_of(ctx)
    file = record_file(session, id_)
    key = _key(file.kind, field)
    if key == "due" and field_value_of(session.tree, file, "due"):
        raise UsageError("due-moves-in-log", id=file.id)
    given = [plain_value(file.kind, key, text) for text in values or ()]
    how = "add" if add else "remove" if remove else "set"

    def make(tree: Tree) -> list[Edit]:
        if how == "set":
            return [field_edit(tree, file, key, _value(given), how)]
        if len(given) != 1:
            raise UsageError("one-value")
        return [field_edit(tree, file, key, given[0], how)]

    message = session.words("Change {field} of {id}", field=key, id=file.id)
    carry_out(session, make, message, dry_run, commit)


def _key(kind: type[Record], field: str) -> str:
    keys = [info.alias or name for name, info in kind.model_fields.items()]
    settable = [key for key in keys if key not in ("id", "path", "log")]
    if field not in settable:
        raise UsageError("unknown-field", given=field, known=", ".join(settable))
    return field


def _value(given: "list[Value]") -> "Value":
    return given[0] if len(given) == 1 else given


def add(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", autocompletion=complete_kind)],
    title: Annotated[str, typer.Argument(metavar="TITLE")],
    id_: Annotated[str | None, typer.Option("--id", help="Its id; else one made of the title.")] = None,
    supports: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="What it serves.", autocompletion=complete_goal)
    ] = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Who is responsible.", autocompletion=complete_owner),
    ] = None,
    level: Annotated[str | None, typer.Option(help="A goal's level.")] = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="Else the plan's default.")] = None,
    fields: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="Any other field.")
    ] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Make a new record; its id is made of the title's first words unless told."""
    session = session_of(ctx)
    model = BY_NAME[code_of("kind", kind)]
    record_id = id_ or proposed_id(title)
    data: Data = {"title": title}
    data |= {key: plain_value(model, key, text) for key, text in map(_assignment, fields or ())}
    if supports:
        data["supports"] = [pick(session.plan, text).id for text in supports]
    if owner:
        data["owners"] = [str(owner_id(session, text)) for text in owner]
    if level:
        data["level"] = level
    if day := _due(session, model, level, due):
        data["due"] = day

    def make(tree: Tree) -> list[Edit]:
        return [new_record_edit(tree, model, record_id, data)]

    carry_out(session, make, session.words("Add {id}", id=record_id), dry_run, commit)


def _assignment(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise UsageError("no-assignment", given=text)
    return key, value


def _due(session: Session, model: type[Record], level: str | None, asked: str | None) -> str | None:
    """Return the due date of a new record: the one told, else the plan's default for its kind or level."""
    if asked:
        return parse_day(asked, session.today).isoformat()
    header = session.plan.header
    defaults = {item.id: item.default_due for item in header.levels}
    found = header.activities.default_due if model.kind == "activity" else defaults.get(level or "")
    return found.isoformat() if found else None


def retire(
    ctx: typer.Context,
    ids: Ids,
    reason: Reason = None,
    date: On = None,
    superseded_by: Annotated[
        list[str] | None, typer.Option("--by-record", metavar="ID", help="What stands in its place.")
    ] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Take records out of use from a day on, and say why; they are kept, and reports count them."""
    session = session_of(ctx)
    if not reason:
        raise UsageError("reason-missing", what="retire")
    files = [record_file(session, text) for text in dict.fromkeys(ids)]
    instead = [record_file(session, text).id for text in superseded_by or ()]
    retired: Data = {"date": day_of(session, date).isoformat(), "reason": reason}
    if instead:
        retired["superseded_by"] = listed(instead)
    message = session.words("Retire {ids}", ids=", ".join(file.id for file in files))
    carry_out(session, lambda tree: _each(tree, files, "retired", retired, "set"), message, dry_run, commit)


def decide(
    ctx: typer.Context,
    ids: Ids,
    body: Annotated[str, typer.Option(help="Who decided.")],
    date: On = None,
    paragraph: Annotated[str | None, typer.Option(help="The paragraph of the minutes.")] = None,
    case_number: Annotated[str | None, typer.Option(help="The registry's case number.")] = None,
    link: Annotated[str | None, typer.Option(help="The minutes' address.")] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Note a public body's decision on records."""
    session = session_of(ctx)
    files = [record_file(session, text) for text in dict.fromkeys(ids)]
    told: Data = {
        "body": body,
        "date": day_of(session, date).isoformat(),
        "paragraph": paragraph,
        "case_number": case_number,
        "link": link,
    }
    decision: Data = {key: value for key, value in told.items() if value is not None}
    message = session.words("Decision on {ids}", ids=", ".join(file.id for file in files))
    carry_out(session, lambda tree: _each(tree, files, "decided", decision, "add"), message, dry_run, commit)


def _each(tree: Tree, files: list[RecordFile], field: str, value: "Value", how: str) -> list[Edit]:
    return [field_edit(tree, file, field, value, how) for file in files]


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
    message = session.words("Rename {id} to {new}", id=file.id, new=new)
    carry_out(session, lambda tree: rename_edits(tree, file, new), message, dry_run, commit)
