"""`audit`."""

from typing import Annotated, Literal

import typer

from servplan.analysis.audit.findings import judge
from servplan.analysis.audit.suspicions import suspicions
from servplan.cli.ranges import asked_range, work_tree
from servplan.cli.session import Session, session_of
from servplan.commits import Past, Story, WorkFiles, commits_between, read_records
from servplan.files.git_commit import find_commit
from servplan.files.git_log import LoggedCommit
from servplan.load import Loaded
from servplan.model.plan import Plan
from servplan.render.audit import AuditView, diagnostics
from servplan.render.finding_formats import FORMATS
from servplan.render.findings import Findings
from servplan.render.json import as_json, audit_json
from servplan.render.markdown import write_markdown
from servplan.render.messages import message
from servplan.render.views.audit import audit_blocks
from servplan.revisions import End, Side


def audit(
    ctx: typer.Context,
    revisions: Annotated[
        str | None,
        typer.Argument(
            metavar="[A..B]",
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
        findings = Findings(diagnostics(view, words), view.last.placed, view.last.text)
        session.write(FORMATS[format](findings, words))
    raise typer.Exit(1 if view.found.open else 0)


def _view(session: Session, revisions: str | None) -> AuditView:
    """Return what is found in the commits that are asked for, and in the work tree if it is."""
    asked = asked_range(session, revisions) if revisions else None
    if asked and asked.last:
        session.at(asked.last.id)
    side = Side(session.tree)
    head = (asked and asked.last) or find_commit(session.root, "HEAD")
    work = None if asked and asked.last else WorkFiles(session.root, head, side, session.today)
    commits = commits_between(session.root, asked.first.id if asked else None, head.id)
    story = Past(session.root, commits, work).story()
    suspected = suspicions(story)
    end = read_records(side, [item.id for item in suspected])
    last = Loaded(Plan(side.header, end), session.tree, (), 0)
    _name_unreadable(session, story, last)
    found = judge(suspected, last.plan, story.renamed, last.answers.rows)
    ends = asked.ends if asked else (_first(session, commits[0]), work_tree(session))
    return AuditView(found, last, ends, len(commits), story.unreadable, is_whole=asked is None)


def _first(session: Session, commit: LoggedCommit) -> End:
    return End(session.words("the first commit"), commit.id, commit.day)


def _name_unreadable(session: Session, story: Story, last: Loaded) -> None:
    """Say what was not judged, and which rows of answers do not count."""
    for finding in map(last.placed, last.answers.findings):
        line = finding.span.line if finding.span else 1
        session.say(f"{finding.path}:{line}: {message(finding, session.words)}")
    if story.unreadable:
        files = ", ".join(story.unreadable)
        session.say(session.words("Not judged, since they cannot be read: {files}", files=files))
