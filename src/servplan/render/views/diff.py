"""`diff`: changes of the plan in the plan's words."""

from collections import Counter

from servplan.analysis.diff import HEADER, Change, PlanDiff
from servplan.render.blocks import Block, Heading, Node, Span, Tree, para
from servplan.render.change_words import DiffWords
from servplan.render.words import Words

SIGNS = {"added": ("+", "good"), "removed": ("−", "bad"), "changed": ("~", "warn"), "retired": ("×", "dim")}


def diff_blocks(found: PlanDiff, sides: tuple[str, str], words: Words) -> list[Block]:
    """Return the changes as lines: what happened to a record, its fields, its log, and what follows."""
    told = DiffWords(found.titles, words)
    blocks: list[Block] = [Heading(words("Changes of the plan"), " → ".join(sides))]
    if found.changes:
        blocks.append(para((summary(found, words), "dim")))
        blocks.append(Tree(tuple(_change(change, told) for change in found.changes)))
    else:
        blocks.append(para(words("No change in the plan.")))
    if found.unreadable:
        blocks.append(para((unreadable_text(found, words), "bad")))
    return blocks


def summary(found: PlanDiff, words: Words) -> str:
    """Return how many records changed in which way."""
    counts = Counter(change.change for change in found.changes)
    told = {
        "added": words.number("{n} added", "{n} added", counts["added"]),
        "removed": words.number("{n} removed", "{n} removed", counts["removed"]),
        "changed": words.number("{n} changed", "{n} changed", counts["changed"]),
        "retired": words.number("{n} retired", "{n} retired", counts["retired"]),
    }
    return ", ".join(told[code] for code in SIGNS if counts[code])


def unreadable_text(found: PlanDiff, words: Words) -> str:
    """Return which records could not be compared."""
    ids = ", ".join(found.unreadable)
    return words("Not compared, since one side cannot be read: {ids}", ids=ids)


def _change(change: Change, told: DiffWords) -> Node:
    sign, style = SIGNS[change.change]
    name = "" if change.kind == HEADER else f" {change.id}"
    head = f"{sign} {told.words.label('kind', change.kind)}{name}: {change.title}"
    return Node((Span(head, style),), (), tuple(Node((Span(*line),)) for line in told.lines(change)))
