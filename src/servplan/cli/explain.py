"""`explain`."""

import typer

from servplan.analysis.assessment import propose
from servplan.analysis.find import pick
from servplan.analysis.status import goal_status
from servplan.cli.options import AsOf, Format, Id, Rev
from servplan.cli.session import session_of
from servplan.model.goal import Goal
from servplan.render.json import as_json, explain_json
from servplan.render.views.explain import explain_goal_blocks, explain_record_blocks


def explain(
    ctx: typer.Context,
    id_: Id,
    as_of: AsOf = None,
    rev: Rev = None,
    format: Format = "text",  # noqa: A002
) -> None:
    """Explain why a record counts as it does: rule, inputs, what is missing, result."""
    session = session_of(ctx).at(rev)
    record = pick(session.plan, id_)
    graph = session.graph(as_of)
    state = graph.standing.state(record.id)
    proposal = propose(graph, record) if isinstance(record, Goal) else None
    if format == "json":
        session.write(as_json(explain_json(record, state, graph.standing.as_of, proposal)))
    elif isinstance(record, Goal) and proposal:
        goal = goal_status(graph, record)
        session.show(explain_goal_blocks(graph, goal, proposal, session.words))
    else:
        session.show(explain_record_blocks(graph, record, state, session.words))
