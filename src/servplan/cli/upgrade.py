"""`upgrade`."""

import typer

from servplan.cli.session import session_of
from servplan.model.formats import FORMAT


def upgrade(ctx: typer.Context) -> None:
    """Tell which format the plan is written in; it is read as it is, whatever older one that is."""
    session = session_of(ctx)
    version = session.plan.header.servplan
    session.write(
        session.words(
            "The plan is written in format {version}; this servplan writes format {known}.",
            version=version,
            known=FORMAT,
        )
        + "\n"
    )
