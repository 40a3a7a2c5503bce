"""`sync` and `submit`: what others did, taken in, and one's own, handed in."""

import sys
from pathlib import PurePath
from typing import Annotated

import typer

from servplan.checks.registry import errors_of
from servplan.cli.changing import DryRun, plan_words
from servplan.cli.completion import complete_owner
from servplan.cli.driver import told_by_sync
from servplan.cli.periods import asked_period, period_at_work
from servplan.cli.session import Session, session_of
from servplan.diagnostics import UsageError
from servplan.files import clone, incoming, remote
from servplan.files.merge_setup import install_merge_driver, merge_driver_state
from servplan.files.store import locked
from servplan.files.submitted import own_branch, push_own
from servplan.files.tree import WorkTree
from servplan.load import Loaded, load_plan
from servplan.merge.rejoining import rejoin
from servplan.model.owner import Owner
from servplan.render.blocks import safe
from servplan.render.commit_messages import submit_sentence
from servplan.render.findings import Findings, findings_text, summary
from servplan.render.merge import Work, merge_told

Remote = Annotated[str, typer.Option("--remote", metavar="NAME", help="Where the plan is shared.")]


def sync(
    ctx: typer.Context,
    remote_name: Remote = "origin",
    branch: Annotated[str, typer.Option(metavar="NAME", help="The branch that all share.")] = "main",
) -> None:
    """Fetch what others did, merge it into yours, and check the result."""
    session = session_of(ctx)
    root, words = session.root, session.words
    session.today  # noqa: B018 (refuses what is no day before git commits on it)
    clone.require_branch(root)
    remote.require_remote(root, remote_name)
    name = f"{remote_name}/{branch}"
    session.say(words("Fetching {name} …", name=name))
    theirs = remote.fetch(root, remote_name, branch, _may_ask())
    if merge_driver_state(root) in ("not-configured", "cannot-run"):
        install_merge_driver(root)
        session.say(words("In this clone git now merges the plan's files with servplan."))
    with locked(root):
        told = told_by_sync(session.language)
        merged = incoming.merge(root, theirs, name, told, lambda: _rejoined(session))
    if not merged.commits:
        session.write(words("Already up to date with {name}.", name=name) + "\n")
        return
    if merged.said:
        session.say(merged.said)
    if merged.same:
        text = words(
            "Both sides reported the very same, which stands once; if it was two visits, "
            "report the second: {files}",
            files=", ".join(merged.same),
        )
        session.say(text)
    commits = words.number("{n} commit", "{n} commits", merged.commits)
    files = words.number("{n} file changed", "{n} files changed", len(merged.files))
    session.write(words("Merged {name}: {commits}, {files}.", name=name, commits=commits, files=files) + "\n")
    if moved := incoming.moved_to(root, merged.files):
        session.write(words("The plan lies in {folder} now: go there (cd {folder})", folder=moved) + "\n")
        return
    _stop_at_errors(session, load_plan(WorkTree(root)))


def _rejoined(session: Session) -> list[str]:
    """Merge the records that git took for deleted, and return what is to be said of them."""
    return [
        line
        for path, merged in rejoin(session.root)
        for line in merge_told(path, PurePath(path).stem, merged, session.words, Work(True, path))
    ]


def submit(
    ctx: typer.Context,
    owner: Annotated[
        str | None,
        typer.Option(envvar="SERVPLAN_BY", metavar="ID", help="For whom.", autocompletion=complete_owner),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            help="2013-03, 2013-T2, 2013, or last: whose grace is over; else the one being reported.",
        ),
    ] = None,
    message: Annotated[
        str | None, typer.Option("--message", "-m", metavar="TEXT", help="What the commit says.")
    ] = None,
    remote_name: Remote = "origin",
    dry_run: DryRun = False,
) -> None:
    """Hand in what you changed: commit it on a branch of its own, push it, and show where it is reviewed.

    You stay on that branch; handing in again adds to it. Where somebody else has handed in for the same owner
    and period, yours gets a branch and a review apart.
    """
    session = session_of(ctx)
    root, words = session.root, session.words
    clone.require_branch(root)
    remote.require_remote(root, remote_name)
    _stop_at_errors(session, session.loaded)
    who, when = _owner(session, owner), _period(session, period)
    branch = own_branch(root, f"uppfoljning/{when}-{who}")
    title = session.plan.records[who].title
    said = (message or "").strip() or submit_sentence(when, title, plan_words(session))
    if dry_run:
        _preview(session, remote_name, branch, said)
        return
    with locked(root):
        files = clone.changed_data(root)
        if not files and not clone.unpushed(root, remote_name):
            session.write(words("There is nothing to hand in.") + "\n")
            return
        if files:
            clone.commit_data(root, branch, said)
        else:
            clone.switch(root, branch)
    if files:
        committed = words("Committed on the branch {branch}: {message}", branch=branch, message=said)
        session.write(safe("\n".join((committed, *(f"  {path}" for path in files), ""))))
    _push(session, remote_name, branch)


def _preview(session: Session, remote_name: str, branch: str, message: str) -> None:
    """Show what would be handed in; nothing is committed, pushed or fetched."""
    words, files = session.words, clone.changed_data(session.root)
    if files:
        text = words("Would be committed on the branch {branch}: {message}", branch=branch, message=message)
    elif clone.unpushed(session.root, remote_name):
        text = words("What is committed already would be pushed on the branch {branch}.", branch=branch)
    else:
        text = words("There is nothing to hand in.")
    session.write(safe("\n".join((text, *(f"  {path}" for path in files), ""))))


def _push(session: Session, remote_name: str, branch: str) -> None:
    """Push the branch, and show where its review is opened."""
    root, words = session.root, session.words
    session.say(words("Pushing {branch} to {remote} …", branch=branch, remote=remote_name))
    own, said = push_own(root, remote_name, branch, _may_ask())
    if own != branch:
        text = words(
            "{branch} holds what was handed in from elsewhere; yours is apart, on {own}.",
            branch=branch,
            own=own,
        )
        session.say(text)
    if address := remote.review_address(root, remote_name, own, said):
        session.write(safe(words("Open a merge request here:") + f"\n{address}\n"))
    else:
        told = words(
            "Open a merge request for the branch {branch} where the plan is shared.\n"
            "Or review it in a clone: git fetch, servplan diff main...{remote}/{branch}; "
            "and take it in: git merge {remote}/{branch}, git push",
            branch=own,
            remote=remote_name,
        )
        session.write(f"{told}\n")
    session.say(words("You are on the branch {branch} now; handing in again adds to it.", branch=own))


def _may_ask() -> bool:
    """Tell whether somebody sits at a terminal who could be asked for a password."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _owner(session: Session, asked: str | None) -> str:
    found = session.pick_id(asked, Owner)
    if not found:
        raise UsageError("owner-missing")
    return found


def _period(session: Session, asked: str | None) -> str:
    """Return the name of the period that is meant: the one told, else the one that is being reported."""
    return (asked_period(session, asked) if asked else period_at_work(session)).name


def _stop_at_errors(session: Session, loaded: Loaded) -> None:
    """Show a plan's errors, and end with 1 if it has any."""
    if errors := errors_of(loaded):
        findings = Findings(errors, loaded.placed, loaded.text)
        session.write("\n".join((*findings_text(findings, session.words), "")))
        session.write(summary(findings, loaded.files, session.words) + "\n")
        raise typer.Exit(1)
