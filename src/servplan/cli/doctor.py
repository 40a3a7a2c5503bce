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
from servplan.files.layout import TEMPLATES
from servplan.files.merge_setup import ATTRIBUTES, State, install_merge_driver, merge_driver_state
from servplan.model.formats import FORMAT
from servplan.render.blocks import Cell, Column, Heading, Table
from servplan.render.json import as_json
from servplan.render.words import N_, Words

NAMES: Mapping[str, str] = {
    "servplan": "servplan",
    "python": "Python",
    "pydantic": "pydantic",
    "ruamel.yaml": "ruamel.yaml",
    "fast reader": N_("fast reader"),
    "git": "git",
    "terminal": N_("terminal"),
    "plan": N_("plan"),
    "records": N_("records"),
    "unreadable files": N_("unreadable files"),
    "language": N_("language"),
    "today": N_("today"),
    "default date": N_("default date"),
    "own templates": N_("own templates"),
    "merge driver": N_("merge driver"),
}
"""What is told, by its key in JSON, which is English as what stands there is."""

MERGE_DRIVER: Mapping[State, str] = {
    "installed": N_("installed: git merges the plan's files by keys and entries"),
    "not-chosen": N_("missing in {file}: servplan doctor --fix"),
    "overruled": N_("{file} chooses it, but .git/info/attributes or data/.gitattributes says otherwise"),
    "not-configured": N_("missing in this clone's configuration: servplan doctor --fix"),
    "cannot-run": N_("its program cannot be run any more: servplan doctor --fix"),
    "no-repository": N_("the plan is in no git repository"),
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
    words = Words("en") if format == "json" else session.words_anywhere
    facts = _machine(words) | _plan(session, words)
    if format == "json":
        session.write(as_json(facts))
        return
    rows = tuple((Cell(words(NAMES[key]), "dim"), Cell(value)) for key, value in facts.items())
    session.show([Heading("servplan doctor"), Table((Column(""), Column("", wraps=True)), rows)])


def _machine(words: Words) -> dict[str, str]:
    python = ".".join(map(str, sys.version_info[:3]))
    is_fast, has_git = find_spec("yaml_rs") is not None, which("git") is not None
    terminal = words("a terminal") if sys.stdout.isatty() else words("a pipe")
    return {
        "servplan": words("{version} (plan format {format})", version=__version__, format=FORMAT),
        "python": words("{version} on {system}", version=python, system=sys.platform),
        "pydantic": version("pydantic"),
        "ruamel.yaml": version("ruamel.yaml"),
        "fast reader": "yaml-rs " + version("yaml-rs")
        if is_fast
        else words("missing; plans are read slowly: pip install 'servplan[fast]'"),
        "git": words("found") if has_git else words("missing; history and review need it"),
        "terminal": f"{sys.stdout.encoding}, {terminal}",
    }


def _plan(session: Session, words: Words) -> dict[str, str]:
    try:
        root, loaded = session.root, session.loaded
    except ServplanError:
        return {"plan": words("none here; go to a plan's folder or use --plan DIR")}
    own = [entry.path for entry in loaded.tree.files(TEMPLATES)]
    return {
        "plan": str(root),
        "records": str(len(loaded.plan.records)),
        "unreadable files": str(len(loaded.unreadable)),
        "language": session.words.language,
        "today": str(session.today),
        "default date": str(session.as_of(None)),
        "own templates": ", ".join(own) or words("none"),
        "merge driver": _merge_driver(root, words),
    }


def _merge_driver(root: Path, words: Words) -> str:
    """Return whether git merges with servplan; `doctor` goes on where git has no answer."""
    try:
        return words(MERGE_DRIVER[merge_driver_state(root)], file=ATTRIBUTES)
    except ServplanError as error:
        if error.code == "git-failed":
            return words("unknown; git says: {said}", said=error.params["said"])
        return words("unknown without git")
