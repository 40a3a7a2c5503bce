"""`add`: a new record, with an id made of its title, the plan's own due date, and the day it begins."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from servplan.analysis.find import fold
from servplan.cli.changing import Commit, DryRun, carry_out, listed, meant_ids, plan_words
from servplan.cli.completion import complete_goal, complete_kind, complete_owner
from servplan.cli.days import last_day, parse_day
from servplan.cli.session import Session, session_of
from servplan.diagnostics import UsageError
from servplan.edit import new_record_edit, plain_value, proposed_id, settable_key
from servplan.model.ids import free_id, id_fault
from servplan.model.kinds import BY_NAME
from servplan.model.record import Record
from servplan.model.shape import codes_of
from servplan.render.commit_messages import sentence
from servplan.render.vocabulary import code_of

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value


def add(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help="goal, activity …; Swedish will do.", autocompletion=complete_kind
        ),
    ],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What it is called.")],
    id_: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id; else one made of the title.")
    ] = None,
    supports: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="What it serves: an id or words of its title; again for more.",
            autocompletion=complete_goal,
        ),
    ] = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Who is responsible; again for more, the first is accountable.",
            autocompletion=complete_owner,
        ),
    ] = None,
    level: Annotated[str | None, typer.Option(metavar="LEVEL", help="A goal's level.")] = None,
    due: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="2014-03-31, +2v, or 2014-03 for its last day; else the plan's."),
    ] = None,
    valid_from: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Its first day: 2014-01-15, idag; else today, for what is planned while the plan runs.",
        ),
    ] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Any other field; again for a list."),
    ] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Make a new record; its id is made of the title's first words unless told.

    What is added while the plan runs begins today, so that reports of days before stay as they were.
    """
    session = session_of(ctx)
    model = BY_NAME[code_of("kind", kind)]
    named = {"supports": supports, "owners": owner}
    data: Data = {"title": title, **_assigned(session, model, fields or ()), **_named(session, model, named)}
    if level:
        data["level"] = _level(session, level)
    is_due_chosen = bool(due) or "due" in data
    if day := _due(session, model, data, due):
        data["due"] = day
    if first := _first_day(session, model, data, valid_from):
        data["valid_from"] = first
    _refuse_incomplete(session, model, data)
    record_id = id_ or _proposed(title)
    _refuse_taken(session, record_id)
    words = plan_words(session)
    message = sentence(words("Add {id}: {title}", id=record_id, title=title))
    carry_out(session, lambda tree: [new_record_edit(tree, model, record_id, data)], message, dry_run, commit)
    _tell(session, model, data, is_due_chosen)


def _assigned(session: Session, model: type[Record], texts: "list[str] | tuple[()]") -> "Data":
    """Return the fields that `--set` names; one that is named again is a list."""
    found: dict[str, list[Value]] = {}
    for text in texts:
        field, equals, value = text.partition("=")
        if not equals:
            raise UsageError("no-assignment", given=text)
        key = settable_key(model, field)
        [meant] = meant_ids(session, model, key, [value])
        found.setdefault(key, []).append(plain_value(model, key, meant))
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def _named(session: Session, model: type[Record], asked: Mapping[str, list[str] | None]) -> "Data":
    """Return the records that a new one names, by field."""
    return {
        key: listed(meant_ids(session, model, settable_key(model, key), texts))
        for key, texts in asked.items()
        if texts
    }


def _level(session: Session, asked: str) -> str:
    """Return the level that is meant: its id, or words of its title."""
    levels = session.plan.header.levels
    found = [item.id for item in levels if item.id == asked]
    found = found or [item.id for item in levels if fold(asked) in fold(item.title)]
    if len(found) != 1:
        known = ", ".join(f"{item.id} ({item.title})" for item in levels)
        raise UsageError("unknown-level", given=asked, known=known)
    return found[0]


def _due(session: Session, model: type[Record], data: "Data", asked: str | None) -> "Value":
    """Return the due date of a new record: the one told, else the plan's default for its kind or level."""
    if asked:
        settable_key(model, "due")
        return last_day(asked, session.today).isoformat()
    header = session.plan.header
    defaults = {item.id: item.default_due for item in header.levels}
    default = (
        header.activities.default_due if model.kind == "activity" else defaults.get(str(data.get("level")))
    )
    return data.get("due") or (default.isoformat() if default else None)


def _first_day(session: Session, model: type[Record], data: "Data", asked: str | None) -> "Value":
    """Return the first day of a new record: the one told, else today if the plan's period runs.

    What the plan makes did not exist before it was added; what it only describes did.
    """
    today, period = session.today, session.plan.header.period
    if asked:
        return parse_day(asked, today).isoformat()
    is_running = model.begins_when_added and period.start < today <= period.end
    return data.get("valid_from") or (today.isoformat() if is_running else None)


def _tell(session: Session, model: type[Record], data: "Data", is_due_chosen: bool) -> None:
    """Say what a new record's dates lead to, if nobody chose them."""
    words, today, period = session.words, session.today, session.plan.header.period
    due = str(data.get("due", ""))
    if due and not is_due_chosen and date.fromisoformat(due) < today:
        session.say(words("Mind: the due date {due} has passed already; --due gives another.", due=due))
    if model.begins_when_added and today > period.end and "valid_from" not in data:
        told = {"end": period.end, "start": period.start}
        session.say(
            words(
                "Mind: the plan ended {end}; this counts from {start} on. --valid-from gives another day.",
                **told,
            )
        )


def _refuse_incomplete(session: Session, model: type[Record], data: "Data") -> None:
    """Refuse a record that lacks a field which its kind must have, or has one that it cannot have."""
    for key in data:
        settable_key(model, key)
    required = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    missing = [key for key in required if key not in (*data, "id", "path")]
    if missing:
        levels = "|".join(item.id for item in session.plan.header.levels)
        options = [
            f"--level {levels}" if key == "level" else f"--set {key}={'|'.join(codes_of(model, key)) or '…'}"
            for key in missing
        ]
        words = session.words
        raise UsageError(
            "incomplete",
            kind=model.kind,
            fields=", ".join(words.label("field", key).lower() for key in missing),
            options=" ".join(options),
        )


def _proposed(title: str) -> str:
    """Return the id that a title proposes."""
    found = proposed_id(title)
    if id_fault(found):
        raise UsageError("no-id-in-title", title=title)
    return found


def _refuse_taken(session: Session, id_: str) -> None:
    """Refuse an id that a record bears or has borne, and propose one that is free."""
    plan = session.plan
    files = session.record_files
    holder = plan.resolve(id_) or (id_ if id_ in files else None)
    if holder:
        free = free_id(id_, files.keys() | plan.former.keys())
        title = f" ({plan.records[holder].title})" if holder in plan.records else ""
        raise UsageError("id-taken", id=id_, path=files[holder].path + title, closest=free)
