"""`doctor`."""

import sys
from collections.abc import Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Annotated

import typer

from servplan import __version__
from servplan.cli.options import Format
from servplan.cli.session import Session, session_of
from servplan.diagnostics import ServplanError
from servplan.files.merge_setup import ATTRIBUTES, State, install_merge_driver, merge_driver_state
from servplan.model.formats import FORMAT
from servplan.render.blocks import Cell, Column, Heading, Table
from servplan.render.json import as_json

MERGE_DRIVER: Mapping[State, str] = {
    "installed": "installed: git merges the plan's files by keys and entries",
    "not-chosen": f"missing in {ATTRIBUTES}: servplan doctor --fix",
    "not-configured": "missing in this clone's configuration: servplan doctor --fix",
    "cannot-run": "its program cannot be run any more: servplan doctor --fix",
    "no-repository": "the plan is in no git repository",
}


def doctor(
    ctx: typer.Context,
    format: Format = "text",  # noqa: A002
    fix: Annotated[
        bool, typer.Option("--fix", help="Let git merge the plan's files with servplan, in this clone.")
    ] = False,
) -> None:
    """Show what servplan finds on this machine: versions, the plan, and what is missing."""
    session = session_of(ctx)
    if fix:
        for path in install_merge_driver(session.root):
            session.say(session.words("Written: {path}. Commit it, so that it holds for all.", path=path))
    facts = _machine() | _plan(session)
    if format == "json":
        session.write(as_json(facts))
        return
    rows = tuple((Cell(name, "dim"), Cell(value)) for name, value in facts.items())
    session.show([Heading("servplan doctor"), Table((Column(""), Column("", wraps=True)), rows)])


def _machine() -> dict[str, str]:
    python = ".".join(map(str, sys.version_info[:3]))
    return {
        "servplan": f"{__version__} (plan format {FORMAT})",
        "python": f"{python} on {sys.platform}",
        "pydantic": version("pydantic"),
        "ruamel.yaml": version("ruamel.yaml"),
        "fast reader": "yaml-rs " + version("yaml-rs")
        if find_spec("yaml_rs")
        else "missing; plans are read slowly: pip install 'servplan[fast]'",
        "git": "found" if which("git") else "missing; history and review need it",
        "terminal": f"{sys.stdout.encoding}, {'a terminal' if sys.stdout.isatty() else 'a pipe'}",
    }


def _plan(session: Session) -> dict[str, str]:
    try:
        root, loaded = session.root, session.loaded
    except ServplanError:
        return {"plan": "none here; go to a plan's folder or use --plan DIR"}
    own = [entry.path for entry in loaded.tree.files("templates")]
    return {
        "plan": str(root),
        "records": str(len(loaded.plan.records)),
        "unreadable files": str(len(loaded.unreadable)),
        "language": session.words.language,
        "today": str(session.today),
        "default date": str(session.as_of(None)),
        "own templates": ", ".join(own) or "none",
        "merge driver": _merge_driver(root),
    }


def _merge_driver(root: Path) -> str:
    """Return whether git merges with servplan; `doctor` goes on where git has no answer."""
    try:
        return MERGE_DRIVER[merge_driver_state(root)]
    except ServplanError as error:
        return (
            f"unknown; git says: {error.params['said']}"
            if error.code == "git-failed"
            else "unknown without git"
        )
