"""`diff`."""

from typing import Annotated, Literal

import typer

from servplan.analysis.diff import compare
from servplan.cli.session import Session, session_of
from servplan.files.git import Commit, GitTree, Objects, find_commit, merge_base
from servplan.files.tree import Tree
from servplan.render.json import as_json, diff_json
from servplan.render.views.diff import diff_blocks
from servplan.revisions import read_pair


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
    (before, after), names = _sides(session, revisions or "HEAD")
    pair = read_pair(before, after)
    found = compare(pair.before, pair.after, pair.renamed)
    if format == "json":
        session.write(as_json(diff_json(found)))
    elif format == "md":
        from servplan.render.diff_markdown import diff_markdown  # noqa: PLC0415 (Jinja, for this form only)

        session.write(diff_markdown(found, names, session.words))
    else:
        session.show(diff_blocks(found, names, session.words))
    raise typer.Exit(1 if exit_code and found.changes else 0)


def _sides(session: Session, revisions: str) -> tuple[tuple[Tree, Tree], tuple[str, str]]:
    """Return the two states that are meant (the second may be the work tree), and what they are called."""
    first, dots, second = revisions.partition("...")
    if dots:
        first = merge_base(session.root, first or "HEAD", second or "HEAD")
    else:
        first, dots, second = revisions.partition("..")
    before = find_commit(session.root, first or "HEAD")
    if not dots:
        names = _name(first, before), session.words("the work tree")
        return (GitTree(session.root, before), session.tree), names
    after, objects = find_commit(session.root, second or "HEAD"), Objects(session.root)
    trees = GitTree(session.root, before, objects), GitTree(session.root, after, objects)
    return trees, (_name(first or "HEAD", before), _name(second or "HEAD", after))


def _name(revision: str, commit: Commit) -> str:
    """Return a commit as it was asked for, an object id shortened, with its day."""
    asked = revision[:10] if commit.id.startswith(revision) else revision
    return f"{asked} ({commit.day})"
