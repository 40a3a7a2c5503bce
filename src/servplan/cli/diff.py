"""`diff`."""

from typing import Annotated

import typer

from servplan.analysis.diff import compare_pair
from servplan.cli.options import TextMarkdownJson
from servplan.cli.ranges import asked_range
from servplan.cli.session import session_of
from servplan.files.git_tree import GitTree, Objects
from servplan.render.diff_markdown import diff_markdown
from servplan.render.json import as_json, diff_json
from servplan.render.views.diff import diff_blocks
from servplan.revisions import read_pair


def diff(
    ctx: typer.Context,
    revisions: Annotated[
        str | None,
        typer.Argument(metavar="A..B", help="A..B, A...B, or A (to the work tree); else HEAD."),
    ] = None,
    format: TextMarkdownJson = "text",  # noqa: A002
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 if anything changed, or may have.")
    ] = False,
) -> None:
    """Show what changed in the plan: records, fields, entries, and what follows from it."""
    session = session_of(ctx)
    asked = asked_range(session, revisions or "HEAD")
    objects = Objects(session.root)
    after = GitTree(session.root, asked.last, objects) if asked.last else session.tree
    pair = read_pair(GitTree(session.root, asked.first, objects), after)
    found = compare_pair(pair)
    if format == "json":
        session.write(as_json(diff_json(found, asked.ends)))
    elif format == "md":
        session.write(diff_markdown(found, asked.names, session.words))
    else:
        session.show(diff_blocks(found, asked.names, session.words))
    raise typer.Exit(1 if exit_code and not found.is_empty else 0)
