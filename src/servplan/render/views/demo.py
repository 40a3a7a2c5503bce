"""`demo`: what was made, and what to try on it."""

import shlex
from pathlib import Path

from servplan.model.plan import Plan
from servplan.render.blocks import Block, Heading, para
from servplan.render.words import Words

TO_TRY = (
    "servplan status",
    "servplan programme --as-of 2024-12-31",
    "servplan diff bokslut-2023..bokslut-2024",
)
"""Three commands that show what a plan with a history is good for."""


def demo_blocks(folder: str, plan: Plan, months: int, words: Words) -> list[Block]:
    """Return what stands in the demo's folder, with commands to begin with."""
    made = words(
        "{records} records, with {months} months of history in git.", records=len(plan.records), months=months
    )
    way_in = () if Path(folder) == Path() else (f"cd {shlex.quote(folder)}",)
    commands = "\n".join(f"  {command}" for command in (*way_in, *TO_TRY))
    return [
        Heading(plan.header.title, plan.header.organisation or ""),
        para(made),
        para(words("Try for instance:") + "\n" + commands),
    ]
