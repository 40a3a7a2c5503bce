"""The program: its commands, imported when they are asked for, and its way of failing."""

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperGroup

from servplan import __version__
from servplan.cli.session import Session
from servplan.diagnostics import ServplanError

COMMANDS = {
    "check": "check",
    "status": "status",
    "tree": "status",
    "programme": "programme",
    "list": "records",
    "show": "records",
    "find": "records",
    "explain": "explain",
    "due": "follow_up",
    "events": "follow_up",
    "health": "follow_up",
    "indicators": "answers",
    "questions": "answers",
    "diff": "diff",
    "history": "history",
    "trend": "trend",
    "audit": "audit",
    "report": "report",
    "follow-up": "inquiry",
    "log": "log",
    "start": "log",
    "done": "log",
    "hold": "log",
    "cancel": "log",
    "assess": "log",
    "tick": "log",
    "untick": "log",
    "void": "void",
    "accept": "accept",
    "set": "fields",
    "add": "add",
    "retire": "fields",
    "decide": "fields",
    "rename": "fields",
    "year-shift": "year_shift",
    "init": "init",
    "sync": "share",
    "submit": "share",
    "demo": "demo",
    "schema": "schema",
    "doctor": "doctor",
    "upgrade": "upgrade",
    "merge-driver": "merge_driver",
}
"""Every command with the module that holds it."""


def _no_type(ctx: object) -> None:
    del ctx


class LazyGroup(TyperGroup):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return all commands, in the order in which help lists them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """Return a command, or None if there is none of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"servplan.cli.{COMMANDS[cmd_name]}")
        name = cmd_name.replace("-", "_")
        function = getattr(module, name + "_" if name in ("list", "set") else name)
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name)(function)
        command = typer.main.get_command(single)
        for argument in command.params:
            if isinstance(argument, TyperArgument):  # its metavar says what it is; `list[str]` says nothing
                argument.display_type_rich = _no_type  # type: ignore[method-assign]
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the arguments name, and the rest; a near miss is suggested."""
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"servplan {__version__}")
        raise typer.Exit


@app.callback()
def servplan(
    ctx: typer.Context,
    plan: Annotated[
        str | None,
        typer.Option(
            envvar="SERVPLAN_PLAN",
            metavar="DIR",
            help="The plan's folder; left out: the nearest folder upwards with data/plan.yaml.",
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(envvar="SERVPLAN_LANG", metavar="sv|en", help="The output's language; else the plan's."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Keep a public plan honest: what was decided, what happened, and how it stands."""
    del version
    if lang not in (None, "sv", "en"):
        raise typer.BadParameter("choose sv or en", param_hint="--lang")
    ctx.obj.choose(plan, lang)


def run() -> int:
    """Run the program and return its exit code; what goes wrong is said in words."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    session = Session()
    try:
        app(obj=session)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except ServplanError as error:
        return session.fail(error)
    return 0
