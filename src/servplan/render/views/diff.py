"""`diff`: changes of the plan in the plan's words."""

from typing import Any

from servplan.analysis.diff import Change, Consequence, FieldChange, PlanDiff
from servplan.model.plan import Plan
from servplan.render.blocks import Block, Node, Span, Style, Tree, para
from servplan.render.views.badges import title_of
from servplan.render.words import LABELS, N_, Words

SIGNS = {"added": ("+", "good"), "removed": ("−", "bad"), "changed": ("~", "warn"), "retired": ("×", "dim")}

CONSEQUENCES = {
    "last-activity-lost": N_("“{title}” has lost its only activity"),
    "due-after-goal": N_("due {due}, after “{title}” ({limit})"),
    "owner-vacant": N_("nobody is responsible any more"),
    "box-unticked": N_("the box is no longer ticked"),
    "postponed-again": N_("postponed {times} times"),
    "read-again": N_("reworded: read again what serves it: {below}"),
}


def diff_blocks(found: PlanDiff, plan: Plan, words: Words) -> list[Block]:
    """Return the changes as lines: what happened to a record, its fields, and what follows."""
    blocks: list[Block] = []
    if not found.changes:
        blocks.append(para(words("No change in the plan.")))
    else:
        blocks.append(Tree(tuple(_change(change, plan, words) for change in found.changes)))
    if found.unreadable:
        ids = ", ".join(found.unreadable)
        blocks.append(para((words("Not compared, since one side cannot be read: {ids}", ids=ids), "bad")))
    return blocks


def _change(change: Change, plan: Plan, words: Words) -> Node:
    sign, style = SIGNS[change.change]
    head = f"{sign} {words.label('kind', change.kind)} {change.id}: {change.title}"
    lines: list[tuple[str, Style]] = [(words.label("change", change.change), style)]
    if change.renamed_from:
        lines.append((words("was called {id}", id=change.renamed_from), ""))
    if change.moved:
        lines.append((words("file moved: {old} → {new}", old=change.moved[0], new=change.moved[1]), "dim"))
    lines += [(field_text(field, plan, words), "") for field in change.fields]
    lines += [("+ " + entry_text(entry, plan, words), "") for entry in change.entries]
    lines += [("− " + entry_text(entry, plan, words), "bad") for entry in change.entries_removed]
    lines += [("→ " + consequence_text(item, plan, words), "warn") for item in change.consequences]
    shown = lines[1:] if len(lines) > 1 else lines
    return Node((Span(head, style),), (), tuple(Node((Span(text, tone),)) for text, tone in shown))


def field_text(change: FieldChange, plan: Plan, words: Words) -> str:
    """Return a field's change: `Slutdatum 2013-06-30 → 2013-12-31`."""
    name = words.label("field", change.field)
    old, new = (_value(change.field, value, plan, words) for value in (change.old, change.new))
    return f"{name}: {old} → {new}"


def entry_text(entry: dict[str, Any], plan: Plan, words: Words) -> str:
    """Return a log entry as one line."""
    day = entry.get("date") or words("by {date}", date=entry.get("known_by", "?"))
    said = (
        f"{words.label('field', key)}: {_value(key, value, plan, words)}"
        for key, value in entry.items()
        if key not in ("date", "known_by", "recorded", "by")
    )
    return " · ".join((day, *said))


def _value(field: str, value: Any, plan: Plan, words: Words) -> str:
    if value is None or value == []:
        return words("nothing")
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if isinstance(value, list):
        return ", ".join(_value(field, item, plan, words) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_value(key, item, plan, words)}" for key, item in value.items())
    if field in LABELS and value in LABELS[field]:
        return words.label(field, value)
    return title_of(plan, value) if isinstance(value, str) else str(value)


def consequence_text(item: Consequence, plan: Plan, words: Words) -> str:
    """Return what follows from a change, in words."""
    return words(CONSEQUENCES[item.code], **item.params, title=title_of(plan, item.params["id"]))
