"""`audit`."""

from typing import Annotated, Literal

import typer

from servplan.analysis.audit.run import Audited, audit_commits
from servplan.cli.ranges import asked_range, work_tree
from servplan.cli.session import Session, session_of
from servplan.diagnostics import UsageError
from servplan.files.git_commit import Commit, find_commit, merge_base
from servplan.files.git_log import LoggedCommit
from servplan.render.audit import AuditView, diagnostics
from servplan.render.finding_formats import FORMATS
from servplan.render.findings import Findings
from servplan.render.json import as_json, audit_json
from servplan.render.markdown import write_markdown
from servplan.render.messages import hint, message
from servplan.render.views.audit import audit_blocks
from servplan.revisions import End


def audit(
    ctx: typer.Context,
    revisions: Annotated[
        str | None,
        typer.Argument(
            metavar="A..B",
            help="A..B, A...B, or A (to the work tree); else all of history and the work tree.",
        ),
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Show what is answered, too, and by what.")] = False,
    format: Annotated[  # noqa: A002
        Literal["text", "md", "json", "github", "gitlab", "sarif"],
        typer.Option("--format", help="Text or Markdown to read, or for a program."),
    ] = "text",
) -> None:
    """Show what was changed without trace: promises moved, entries rewritten or late, records deleted.

    What an entry (`amends`, `voided`, `recorded`), a new decision or a row in data/audit.yaml answers is no
    finding. Ends with 1 if there are any.
    """
    session = session_of(ctx)
    view = _view(session, revisions)
    words = session.words
    if format == "text":
        session.show(audit_blocks(view, words, show_all))
    elif format == "md":
        session.write(write_markdown(audit_blocks(view, words, show_all)))
    elif format == "json":
        session.write(as_json(audit_json(view, words, show_all)))
    else:
        findings = Findings(diagnostics(view, words), view.audited.texts.placed, view.audited.texts.text)
        session.write(FORMATS[format](findings, words))
    raise typer.Exit(1 if view.audited.found.open else 0)


def _view(session: Session, revisions: str | None) -> AuditView:
    """Return what is found in the commits that are asked for, and in the work tree if it is."""
    asked = asked_range(session, revisions) if revisions else None
    if asked and asked.last:
        _refuse_swapped(session, asked.first, asked.last, asked.names)
        session.at(asked.last.id)
    head = session.commit or find_commit(session.root, "HEAD")
    today = None if session.commit else session.today
    audited = audit_commits(session.root, session.tree, asked.first if asked else None, head, today)
    _name_unreadable(session, audited)
    ends = asked.ends if asked else (_first(session, audited.commits[0]), work_tree(session))
    return AuditView(audited, ends, is_whole=asked is None)


def _refuse_swapped(session: Session, first: Commit, last: Commit, names: tuple[str, str]) -> None:
    """Make sure that a range is not asked for backwards: nothing found in it would look like praise.

    Raises:
        UsageError: `swapped-range`.
    """
    if first.id != last.id and merge_base(session.root, (first.id, last.id)) == last.id:
        raise UsageError("swapped-range", first=names[0], last=names[1])


def _first(session: Session, commit: LoggedCommit) -> End:
    return End(session.words("the first commit"), commit.id, commit.day)


def _name_unreadable(session: Session, audited: Audited) -> None:
    """Say what was not judged, and which rows of answers do not count."""
    for finding in map(audited.texts.placed, audited.answers.findings):
        line = finding.span.line if finding.span else 1
        told = message(finding, session.words), hint(finding, session.words)
        session.say(f"{finding.path}:{line}: {' '.join(told)}")
    if audited.unreadable:
        files = ", ".join(audited.unreadable)
        session.say(session.words("Not judged, since they cannot be read: {files}", files=files))
