"""The remark that a plan whose period is past is not shown as of today."""

from datetime import date

from servplan.render.blocks import Block, para
from servplan.render.words import Words


def closing_blocks(end: date, shown: date, today: date, words: Words) -> list[Block]:
    """Return why a plan that ended is shown as of another day than today; nothing where it is not."""
    if shown == today or today <= end:
        return []
    if shown == end:
        text = words("The plan ended {end}, and this is how it stood then.", end=end)
    else:
        text = words("The plan ended {end}, and this is how it stood at its newest entry.", end=end)
    remedy = words("--as-of today shows it as it stands today.")
    return [para((f"{text} {remedy}", "dim"))]
