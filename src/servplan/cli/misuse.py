"""What typer says of a command line that it cannot read, as an error in servplan's words."""

import re
from typing import Any

from typer._click.exceptions import (  # typer has no public names for them
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
)
from typer.exceptions import TyperException

from servplan.diagnostics import UsageError
from servplan.render.vocabulary import words_for

_EXTRA = re.compile(r"unexpected extra argument\(s\) \((.*)\)", re.DOTALL)


def misuse(error: TyperException) -> UsageError:
    """Return the error that the report's language has words for; what is not foreseen is quoted."""
    written = _written(getattr(error, "ctx", None))
    match error:
        case NoSuchOption():
            closest = ", ".join(sorted(error.possibilities or ()))
            return UsageError("unknown-option", given=error.option_name, closest=closest, **written)
        case MissingParameter():
            name = _name(error.param)
            closest = words_for("kind") if name == "KIND" else ""
            return UsageError("missing-argument", name=name, closest=closest, **written)
        case BadParameter():
            return _bad_value(error, written)
        case BadOptionUsage():
            needs = "requires" in error.message
            return UsageError(
                "option-without-value" if needs else "value-without-use", option=error.option_name, **written
            )
    return _told_by_its_text(error, written)


def _told_by_its_text(error: TyperException, written: dict[str, str]) -> UsageError:
    """Return the error for what typer has no class for."""
    if error.message.startswith("Missing command"):
        return UsageError("missing-argument", name="COMMAND", closest="", **written)
    if extra := _EXTRA.search(error.message):
        return UsageError("extra-argument", given=extra[1], closest=_range(error, extra[1]), **written)
    return UsageError("bad-usage", said=error.message, **written)


def _range(error: Any, extra: str) -> str:
    """Return two commits as the one argument that names both, where such a one is asked for."""
    first = error.ctx.params.get("revisions")
    return f"{first}..{extra}" if first else ""


def _written(ctx: Any) -> dict[str, str]:
    """Return how the command is written, and what tells more of it."""
    path = ctx.command_path if ctx else "servplan COMMAND"
    pieces = ctx.command.collect_usage_pieces(ctx) if ctx else ()
    return {"usage": " ".join((path, *(piece.strip("{}") for piece in pieces))), "help": f"{path} -h"}


def _name(param: Any) -> str:
    """Return what help calls an argument or an option."""
    return str(param.opts[0] if param.opts[0].startswith("-") else param.metavar or param.name.upper())


def _bad_value(error: BadParameter, written: dict[str, str]) -> UsageError:
    """Return what a value could have been, where that can be listed."""
    param: Any = error.param
    choices = param.type_descriptor.choices if param else None
    if not choices:
        return UsageError("bad-usage", said=error.format_message(), **written)
    cause: Any = error.__cause__  # pydantic's, with what was given
    given = str(cause.errors()[0]["input"])
    return UsageError("unknown-choice", option=_name(param), given=given, known=", ".join(map(str, choices)))
