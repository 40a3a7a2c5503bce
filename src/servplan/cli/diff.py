"""`diff`."""

from typing import Annotated, Literal

import typer

from servplan.analysis.diff import compare
from servplan.cli.session import Session, session_of
from servplan.files.git import GitTree, find_commit, merge_base
from servplan.load import Loaded, load_plan
from servplan.render.diff_markdown import diff_markdown
from servplan.render.json import as_json, diff_json
from servplan.render.views.diff import diff_blocks


def diff(
    ctx: typer.Context,
    revisions: Annotated[
        str | None,
        typer.Argument(metavar="[A..B]", help="A..B, A...B, or A (to the work tree); else HEAD."),
    ] = None,
    format: Annotated[  # noqa: A002
        Literal["text", "md", "json"], typer.Option("--format", help="Text, Markdown or JSON.")
    ] = "text",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 if anything changed.")] = False,
) -> None:
    """Show what changed in the plan: records, fields, entries, and what follows from it."""
    session = session_of(ctx)
    before, after = _sides(session, revisions or "HEAD")
    found = compare(before.plan, after.plan)
    if format == "json":
        session.write(as_json(diff_json(found)))
    elif format == "md":
        session.write(diff_markdown(found, after.plan, session.words))
    else:
        session.show(diff_blocks(found, after.plan, session.words))
    raise typer.Exit(1 if exit_code and found.changes else 0)


def _sides(session: Session, revisions: str) -> tuple[Loaded, Loaded]:
    """Return the two plans that are meant: commits, or a commit and the work tree."""
    first, dots, second = revisions.partition("...")
    if dots:
        base = merge_base(session.root, first or "HEAD", second or "HEAD")
        return _at(session, base), _at(session, second or "HEAD")
    first, dots, second = revisions.partition("..")
    if dots:
        return _at(session, first or "HEAD"), _at(session, second or "HEAD")
    return _at(session, first), session.loaded


def _at(session: Session, revision: str) -> Loaded:
    return load_plan(GitTree(session.root, find_commit(session.root, revision)))
