"""`merge-driver`."""

from typing import Annotated

import typer

from servplan.cli.driver import Asked, drive


def merge_driver(
    ctx: typer.Context,
    base: Annotated[str, typer.Argument(metavar="%O", help="The file as both sides had it.")],
    ours: Annotated[str, typer.Argument(metavar="%A", help="Our file, which becomes the result.")],
    theirs: Annotated[str, typer.Argument(metavar="%B", help="Their file.")],
    marker_length: Annotated[int, typer.Argument(metavar="%L", min=1, help="How long git's marks are.")],
    path: Annotated[str, typer.Argument(metavar="%P", help="The file's path in the repository.")],
) -> None:
    """Merge a file that both sides changed, by keys and entries; git runs it (see doctor --fix).

    Ends with 1 where git's marks are left to choose between, and with 3 where nothing was written.
    """
    told = ctx.parent.params["lang"] if ctx.parent else None
    raise typer.Exit(drive(Asked(base, ours, theirs, marker_length, path), told))
