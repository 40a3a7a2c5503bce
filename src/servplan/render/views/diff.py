"""`diff`: changes of the plan in the plan's words."""

from collections import Counter
from collections.abc import Iterator

from servplan.analysis.diff import ANSWERS, HEADER, Change, PlanDiff
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
    blocks += [para((text, "bad")) for text in uncompared(found, words)]
    if not found.changes:
        blocks.append(para(nothing(found, words)))
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


def nothing(found: PlanDiff, words: Words) -> str:
    """Return that nothing changed, as far as it could be compared."""
    return words("No change in the plan.") if found.is_empty else words("No change in the rest of the plan.")


def uncompared(found: PlanDiff, words: Words) -> Iterator[str]:
    """Yield what could not be compared, and why."""
    if found.unreadable:
        ids = ", ".join(found.unreadable)
        yield words("Not compared, since one side cannot be read: {ids}", ids=ids)
    if found.doubled:
        ids = ", ".join(found.doubled)
        yield words("Not compared, since several files have the same id: {ids}", ids=ids)


def _change(change: Change, told: DiffWords) -> Node:
    sign, style = SIGNS[change.change]
    name = "" if change.kind in (HEADER, ANSWERS) else f" {change.id}"
    head = f"{sign} {told.words.label('kind', change.kind)}{name}: {change.title}"
    return Node((Span(head, style),), (), tuple(Node((Span(*line),)) for line in told.lines(change)))
