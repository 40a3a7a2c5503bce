"""`schema`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from servplan.cli.completion import complete_kind
from servplan.cli.session import session_of
from servplan.export.schema import AUDIT, PLAN, all_schemas, schema_of
from servplan.files.tree import write_atomic
from servplan.render.vocabulary import code_of


def schema(
    ctx: typer.Context,
    kind: Annotated[
        str | None,
        typer.Argument(metavar="[KIND]", help="A kind, `plan` or `audit`.", autocompletion=complete_kind),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="DIR", help="Write all schemas into this folder."),
    ] = None,
) -> None:
    """Print the JSON Schema of a kind's files, or of all; editors complete and check with them."""
    session = session_of(ctx)
    if output:
        for name, content in all_schemas().items():
            path = Path(output) / f"{name}.json"
            write_atomic(path, _text(content).encode())
            session.write(f"{path}\n")
    elif kind:
        name = kind if kind in (PLAN, AUDIT) else code_of("kind", kind)
        session.write(_text(schema_of(name)))
    else:
        session.write(_text(all_schemas()))


def _text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
