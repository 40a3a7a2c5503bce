"""`init`."""

import shlex
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal

import typer

from servplan.cli.session import Session, session_of, today_in
from servplan.files.fresh import GIT, filled, refuse_in_use
from servplan.files.git import run, top_of
from servplan.files.layout import HEADER_PATH
from servplan.files.merge_setup import install_merge_driver
from servplan.files.remote import forge_of
from servplan.model.header import FollowUp, Header, Rhythm
from servplan.render.blocks import safe
from servplan.render.words import N_
from servplan.scaffold.new_plan import FORGES, NewPlan, plan_files

_PIN = N_(
    "Before the pipelines can run, set the variable SERVPLAN where the plan is shared: it says which servplan"
    " pip installs, such as servplan[fast] @ git+https://…@TAG. docs/pipelines.md of servplan tells how."
)
TIMEZONE: str = Header.model_fields["timezone"].default


def init(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="An empty folder, or one to make.")],
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="What the plan is called.")] = None,
    organisation: Annotated[str | None, typer.Option(metavar="TEXT", help="Whose plan it is.")] = None,
    year: Annotated[
        int | None, typer.Option(min=1900, max=2999, help="The plan's year; else this one.")
    ] = None,
    lang: Annotated[
        Literal["sv", "en"] | None, typer.Option("--lang", help="The plan's language; else Swedish.")
    ] = None,
    forge: Annotated[
        Literal["github", "gitlab", "both", "none"] | None,
        typer.Option(
            help="Where the plan will be shared; else where the clone comes from, both if that is unknown."
        ),
    ] = None,
    every: Annotated[Rhythm, typer.Option(help="How often owners report.")] = "month",
    grace_days: Annotated[
        int, typer.Option(min=0, max=90, help="Days after a period's end until its report is due.")
    ] = 10,
) -> None:
    """Make a new plan, with pipelines and a page that tells the unit how to use it.

    It holds an example owner, two goals and an activity, to be replaced by your own.
    """
    session = session_of(ctx)
    root = Path(folder).absolute()
    language = lang or session.language or "sv"
    session.choose(str(root), language)
    refuse_in_use(root, may_hold=GIT)  # a fresh clone of an empty repository
    rhythm = FollowUp(every=every, grace_days=grace_days)
    new = NewPlan(title, organisation, year or today_in(TIMEZONE).year, language, rhythm)
    above = top_of(root)
    at_top = above in (None, root.resolve())
    forges = _forges(forge, above) if at_top else ()
    texts = plan_files(new, forges)
    with filled(root, _header_last(texts)):
        _set_up_git(root, above is None)
    _tell(session, folder, list(texts), None if at_top else above, pinned=bool(forges))


def _forges(asked: str | None, clone: Path | None) -> Collection[str]:
    """Return for which forges pipelines are written: as asked, else for the one that the clone comes from."""
    named = asked or (clone and forge_of(clone, "origin")) or "both"
    return {"both": FORGES, "none": ()}.get(named, (named,))


def _header_last(texts: dict[str, str]) -> dict[str, str]:
    """Return the files in an order in which the folder is no plan before it is whole."""
    return {path: text for path, text in texts.items() if path != HEADER_PATH} | {
        HEADER_PATH: texts[HEADER_PATH]
    }


def _set_up_git(root: Path, alone: bool) -> None:
    """Make the plan's folder a repository if it lies in none, and tell this clone how to merge records."""
    if alone:
        run(root, "init", "--quiet", "--initial-branch=main")
    install_merge_driver(root)


def _tell(session: Session, folder: str, paths: list[str], above: Path | None, pinned: bool) -> None:
    """Show what was made, and what to type next."""
    words = session.words
    files = words.number("{n} file", "{n} files", len(paths))
    lines = [words("A new plan lies in {folder}: {files}, no errors.", folder=folder, files=files)]
    tops = dict.fromkeys(path.partition("/")[0] + ("/" if "/" in path else "") for path in paths)
    lines += [f"  {name}" for name in tops]
    if above:
        lines.append(
            words(
                "It lies in the repository {top}: pipelines, CODEOWNERS and pre-commit belong at its top, and"
                " were not written. docs/pipelines.md of servplan tells how to do it by hand.",
                top=above,
            )
        )
    commit = words("New plan")
    lines += ["", words("Type next, after replacing the examples in data/ (README.md tells more):")]
    steps = (f"cd {shlex.quote(folder)}", "servplan check", "git add -A", f'git commit -m "{commit}"')
    lines += [f"  {step}" for step in steps]
    if pinned:
        lines += ["", words(_PIN)]
    lines += [
        "",
        words("In this clone git merges records with servplan; in others, once: servplan doctor --fix"),
    ]
    session.write(safe("\n".join((*lines, ""))))
