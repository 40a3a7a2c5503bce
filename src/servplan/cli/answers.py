"""`indicators` and `questions`."""

import typer

from servplan.analysis.indicators import build_indicators
from servplan.analysis.questions import build_questions
from servplan.cli.options import AsOf, Format, Rev
from servplan.cli.session import session_of
from servplan.render.json import as_json, indicators_json, questions_json
from servplan.render.views.answers import indicators_blocks, questions_blocks


def indicators(ctx: typer.Context, as_of: AsOf = None, rev: Rev = None, format: Format = "text") -> None:  # noqa: A002
    """Show the indicators: latest value, aim, and whether it is reached."""
    session = session_of(ctx).at(rev)
    standing = session.graph(as_of).standing
    rows = build_indicators(standing)
    if format == "json":
        session.write(as_json(indicators_json(standing.as_of, rows)))
    else:
        session.show(indicators_blocks(standing.as_of, rows, session.words))


def questions(ctx: typer.Context, as_of: AsOf = None, rev: Rev = None, format: Format = "text") -> None:  # noqa: A002
    """Show what is still to be settled: questions with their parts, answered or not."""
    session = session_of(ctx).at(rev)
    standing = session.graph(as_of).standing
    rows = build_questions(standing)
    if format == "json":
        session.write(as_json(questions_json(standing.as_of, rows)))
    else:
        session.show(questions_blocks(standing.as_of, rows, session.words))
