"""Options that several commands share."""

from typing import Annotated, Literal

import typer

from servplan.cli.completion import complete_area, complete_goal, complete_id, complete_owner

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="What was true on this day (YYYY-MM-DD). Else today; once the plan's period is past, its last "
        "day, or that of the newest entry if this is later; idag for today all the same.",
    ),
]
Rev = Annotated[
    str | None,
    typer.Option(
        "--rev",
        metavar="REV",
        help="What the plan said at this commit, whose day is today then; else the work tree.",
    ),
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="From this day on.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Up to this day.")]
Format = Annotated[
    Literal["text", "json"], typer.Option("--format", help="Text to read, or JSON for programs.")
]
TextMarkdownJson = Annotated[
    Literal["text", "md", "json"], typer.Option("--format", help="Text, Markdown or JSON.")
]
Id = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="An id, its beginning, or words of its title.", autocompletion=complete_id
    ),
]
OptionalId = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]",
        help="An id, its beginning, or words of its title.",
        autocompletion=complete_id,
    ),
]
OwnerFilter = Annotated[
    str | None,
    typer.Option("--owner", metavar="ID", help="Only this owner's.", autocompletion=complete_owner),
]
GoalFilter = Annotated[
    str | None,
    typer.Option("--goal", metavar="ID", help="Only what serves this goal.", autocompletion=complete_goal),
]
AreaFilter = Annotated[
    str | None,
    typer.Option("--area", metavar="ID", help="Only what concerns this area.", autocompletion=complete_area),
]
