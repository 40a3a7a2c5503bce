"""A plan change as Markdown, for a merge request."""

from collections.abc import Iterator

from servplan.analysis.diff import Change, PlanDiff
from servplan.model.plan import Plan
from servplan.render.templates import markdown_text
from servplan.render.views.diff import consequence_text, entry_text, field_text
from servplan.render.words import Words


def diff_markdown(found: PlanDiff, plan: Plan, words: Words) -> str:
    """Return the changes as a Markdown list, every text escaped."""
    lines = [f"## {words('Changes of the plan')}", ""]
    if not found.changes:
        lines.append(words("No change in the plan."))
    for change in found.changes:
        lines += _change(change, plan, words)
    if found.unreadable:
        ids = ", ".join(found.unreadable)
        lines += ["", markdown_text(words("Not compared, since one side cannot be read: {ids}", ids=ids))]
    return "\n".join(lines) + "\n"


def _change(change: Change, plan: Plan, words: Words) -> Iterator[str]:
    what, kind = words.label("change", change.change), words.label("kind", change.kind)
    yield f"- **{what}**: {kind} `{change.id}`, {markdown_text(change.title)}"
    for text in _details(change, plan, words):
        yield f"  - {markdown_text(text)}"
    for item in change.consequences:
        yield f"  - ⚠ {markdown_text(consequence_text(item, plan, words))}"


def _details(change: Change, plan: Plan, words: Words) -> Iterator[str]:
    if change.renamed_from:
        yield words("was called {id}", id=change.renamed_from)
    if change.moved:
        yield words("file moved: {old} → {new}", old=change.moved[0], new=change.moved[1])
    yield from (field_text(field, plan, words) for field in change.fields)
    yield from ("+ " + entry_text(entry, plan, words) for entry in change.entries)
    yield from ("− " + entry_text(entry, plan, words) for entry in change.entries_removed)
