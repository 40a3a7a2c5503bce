"""`status` and `tree`."""

import typer

from servplan.analysis.find import pick
from servplan.analysis.graph import Graph, sibling_key
from servplan.analysis.status import build_status
from servplan.cli.options import AsOf, Format, OptionalId, Rev
from servplan.cli.session import session_of
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.record import Record
from servplan.render.json import as_json, status_json, tree_json
from servplan.render.views.status import status_blocks, tree_blocks


def status(ctx: typer.Context, as_of: AsOf = None, rev: Rev = None, format: Format = "text") -> None:  # noqa: A002
    """Show where the plan stands: activities by status, goals with counts and assessments."""
    session = session_of(ctx).at(rev)
    graph = session.graph(as_of)
    view = build_status(graph)
    if format == "json":
        session.write(as_json(status_json(view, session.loaded.unreadable)))
    else:
        blocks = status_blocks(view, graph, session.words)
        session.show([*blocks, *session.closing(as_of, view.as_of)])


def tree(
    ctx: typer.Context,
    id_: OptionalId = None,
    as_of: AsOf = None,
    rev: Rev = None,
    format: Format = "text",  # noqa: A002
) -> None:
    """Show the line of sight: goals, and under them what serves them, down to the activities."""
    session = session_of(ctx).at(rev)
    graph = session.graph(as_of)
    roots = [pick(session.plan, id_)] if id_ else _roots(graph)
    if format == "json":
        session.write(as_json(tree_json(graph, roots)))
    else:
        session.show(tree_blocks(graph, roots, session.words))


def _roots(graph: Graph) -> list[Record]:
    """Return the goals that support nothing, then activities without a goal, then what leads in circles."""
    records = graph.standing.records
    free = [item for item in records.values() if item.id not in graph.parents]
    goals = sorted((item for item in free if isinstance(item, Goal)), key=sibling_key)
    roots: list[Record] = [*goals, *(item for item in free if isinstance(item, Activity))]
    shown = {id_ for root in free for id_ in (root.id, *graph.below(root.id))}
    for item in records.values():
        if isinstance(item, Goal) and item.id not in shown:
            roots.append(item)
            shown |= {item.id, *graph.below(item.id)}
    return roots
