"""`demo`."""

from pathlib import Path
from typing import Annotated

import typer

from servplan.cli.session import session_of
from servplan.demo.repository import make
from servplan.render.views.demo import demo_blocks


def demo(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A new or an empty folder.")],
) -> None:
    """Make an invented plan with three years of history in git, to try everything on."""
    session = session_of(ctx)
    place = Path(folder).resolve()
    months = make(place)
    session.choose(str(place), session.language)
    session.show(demo_blocks(folder, session.plan, months, session.words))
