"""`programme`."""

import typer

from servplan.analysis.find import pick
from servplan.analysis.programme import build_programmes
from servplan.cli.options import AsOf, Format, OptionalId, Rev
from servplan.cli.session import session_of
from servplan.model.programme import Programme
from servplan.render.json import as_json, programmes_json
from servplan.render.views.programme import programme_blocks


def programme(
    ctx: typer.Context,
    id_: OptionalId = None,
    as_of: AsOf = None,
    rev: Rev = None,
    format: Format = "text",  # noqa: A002
) -> None:
    """Show a programme's boxes: ticked or open, whose, since when, on what evidence."""
    session = session_of(ctx).at(rev)
    standing = session.graph(as_of).standing
    programmes = build_programmes(standing)
    if id_:
        wanted = pick(session.plan, id_, Programme).id
        programmes = tuple(item for item in programmes if item.id == wanted)
    if format == "json":
        session.write(as_json(programmes_json(standing.as_of, programmes)))
    else:
        session.show(programme_blocks(standing.as_of, programmes, session.plan, session.words))
