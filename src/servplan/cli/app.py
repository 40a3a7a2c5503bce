"""The program: its commands, imported when they are asked for, and its way of failing."""

import re
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer._click.exceptions import NoArgsIsHelpError
from typer.core import TyperArgument, TyperGroup
from typer.exceptions import TyperException

from servplan import __version__
from servplan.cli.session import Session
from servplan.diagnostics import ServplanError, UsageError
from servplan.render.words import LANGUAGES

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
BLANK = ("", "…")
"""What stands where a value is still to be given, as in the commands that hints tell."""
MAY_BE_EMPTY = {("log", "owner")}
"""The options, by command, of which an empty value says something: nobody."""
SHORT = 62
"""How long the words beside a command may be where the list of commands is 80 columns wide."""


def _no_type(ctx: object) -> None:
    del ctx


def _short(told: str) -> str:
    """Return as many of a help's first clauses as a line of the list of commands has room for."""
    ends = [found.start() for found in re.finditer(r"[.,:;](?=\s|$)", told) if found.start() <= SHORT]
    return told[: ends[-1]] if ends else told


def _filled(ctx: object, option: Any, value: Any) -> Any:
    """Return an option's value; one that is empty was a variable without one, and “…” is to be filled in.

    Raises:
        UsageError: `option-without-value`.
    """
    del ctx
    texts = value if isinstance(value, list | tuple) else [value]
    if any(isinstance(text, str) and text.strip() in BLANK for text in texts):
        raise UsageError("option-without-value", option=option.opts[0])
    return value


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
        command.short_help = _short(command.help or "")
        for param in command.params:
            if isinstance(param, TyperArgument):  # its metavar says what it is; `list[str]` says nothing
                param.display_type_rich = _no_type  # type: ignore[method-assign]
            elif (cmd_name, param.name) not in MAY_BE_EMPTY:
                param.callback = _filled
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the arguments name, and the rest.

        Raises:
            UsageError: `unknown-command`, with those that are written much like it.
        """
        if args[0] not in COMMANDS and not (args[0].startswith("-") or ctx.resilient_parsing):
            from difflib import get_close_matches  # noqa: PLC0415 (only for a mistake)

            ctx.obj.choose(ctx.params["plan"], ctx.params["lang"])  # the callback has not run yet
            closest = ", ".join(get_close_matches(args[0], COMMANDS))
            raise UsageError("unknown-command", given=args[0], closest=closest)
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
    if plan is not None and not plan.strip():
        raise UsageError("option-without-value", option="--plan")
    ctx.obj.choose(plan, lang)
    if lang not in (None, *LANGUAGES):
        raise UsageError("unknown-choice", option="--lang", given=lang, known=", ".join(LANGUAGES))


def run() -> int:
    """Run the program and return its exit code; what goes wrong is said in words."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    session = Session()
    try:
        return app(obj=session, prog_name="servplan", standalone_mode=False) or 0
    except SystemExit as leaving:  # the shell's completion leaves by itself
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except TyperException as error:
        from servplan.cli.misuse import misuse  # noqa: PLC0415 (only for a mistake)

        return session.fail(misuse(error))
    except ServplanError as error:
        from servplan.cli.gone import with_past  # noqa: PLC0415 (only when something fails)

        return session.fail(with_past(session, error))
