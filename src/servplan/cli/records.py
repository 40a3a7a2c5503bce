"""`list`, `show` and `find`."""

from typing import Annotated

import typer

from servplan.analysis.events import concerning
from servplan.analysis.find import pick, search
from servplan.analysis.graph import sibling_key
from servplan.analysis.standing import standing_code
from servplan.analysis.status import level_order
from servplan.cli.completion import complete_kind
from servplan.cli.options import AreaFilter, AsOf, Format, GoalFilter, Id, OwnerFilter, Rev
from servplan.cli.session import session_of
from servplan.model.area import Area
from servplan.model.goal import Goal
from servplan.model.kinds import BY_NAME
from servplan.model.owner import Owner
from servplan.model.walk import references
from servplan.render.json import as_json, record_json, show_json
from servplan.render.views.records import Filters, found_blocks, list_blocks, show_blocks
from servplan.render.vocabulary import code_of, standing_of
from servplan.state import State

Kind = Annotated[
    str,
    typer.Argument(
        metavar="KIND",
        help="A kind of records: activity, activities, aktiviteter …",
        autocompletion=complete_kind,
    ),
]


def list_(
    ctx: typer.Context,
    kind: Kind,
    owner: OwnerFilter = None,
    goal: GoalFilter = None,
    area: AreaFilter = None,
    status: Annotated[
        str | None,
        typer.Option(help="Only with this status, assessment, or ticked/open; Swedish words will do."),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")] = False,
    tag: Annotated[str | None, typer.Option(help="Only with this tag.")] = None,
    as_of: AsOf = None,
    rev: Rev = None,
    format: Format = "text",  # noqa: A002
) -> None:
    """List the records of a kind."""
    session = session_of(ctx).at(rev)
    model = BY_NAME[code_of("kind", kind)]
    graph = session.graph(as_of)
    filters = Filters(
        owner=session.pick_id(owner, Owner),
        goal=session.pick_id(goal, Goal),
        area=session.pick_id(area, Area),
        standing=standing_of(model.kind, status) if status else None,
        overdue=overdue,
        tag=tag,
    )
    concerns = concerning(graph, filters.owner, filters.area, filters.goal)
    found = [
        record
        for record in graph.standing.records.values()
        if isinstance(record, model)
        and (tag is None or tag in record.tags)
        and _stands(record.kind, graph.standing.state(record.id), filters.standing, overdue)
        and concerns(record)
    ]
    levels = level_order(graph.standing.plan.header.levels)
    found.sort(key=lambda item: (levels.get(getattr(item, "level", ""), len(levels)), *sibling_key(item)))
    if format == "json":
        rows = [record_json(record, graph.standing.state(record.id)) for record in found]
        session.write(as_json(rows))
    else:
        session.show(list_blocks(graph, model, found, filters, session.words))


def _stands(kind: str, state: State, wanted: str | None, overdue: bool) -> bool:
    if overdue and not state.overdue:
        return False
    if wanted in ("due_unreported", "overdue"):
        return bool(getattr(state, wanted))
    return wanted is None or wanted == standing_code(kind, state)


def show(
    ctx: typer.Context,
    id_: Id,
    as_of: AsOf = None,
    rev: Rev = None,
    format: Format = "text",  # noqa: A002
) -> None:
    """Show one record whole: its fields, how it stands, its log, and what points to it."""
    session = session_of(ctx).at(rev)
    record = pick(session.plan, id_)
    graph = session.graph(as_of)
    pointing = [
        (other, reference)
        for other in session.plan.records.values()
        for reference in references(other)
        if session.plan.resolve(reference.target) == record.id
    ]
    if format == "json":
        session.write(as_json(show_json(record, graph.standing, pointing)))
    else:
        session.show(show_blocks(graph, record, pointing, session.words))


def find(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Words; å = a.")],
    rev: Rev = None,
    format: Format = "text",  # noqa: A002
) -> None:
    """Find records by words anywhere in their texts, whatever their date."""
    session = session_of(ctx).at(rev)
    found = search(session.plan.records.values(), " ".join(words))
    if format == "json":
        rows = [{"id": item.id, "kind": item.kind, "title": item.title} for item in found]
        session.write(as_json(rows))
    else:
        session.show(found_blocks(found, session.words))
