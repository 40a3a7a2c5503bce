"""A plan change as Markdown, for a merge request."""

from collections.abc import Iterator

from servplan.analysis.diff import Change, PlanDiff
from servplan.render.change_words import DiffWords
from servplan.render.markdown import markdown_text
from servplan.render.views.diff import summary, unreadable_text
from servplan.render.words import Words


def diff_markdown(found: PlanDiff, sides: tuple[str, str], words: Words) -> str:
    """Return the changes as a Markdown list, every text escaped."""
    told = DiffWords(found.titles, words)
    lines = [f"## {words('Changes of the plan')}", "", markdown_text(" → ".join(sides)), ""]
    lines.append(summary(found, words) if found.changes else words("No change in the plan."))
    if found.changes:
        lines.append("")
    for change in found.changes:
        lines += _change(change, told)
    if found.unreadable:
        lines += ["", markdown_text(unreadable_text(found, words))]
    return "\n".join(lines) + "\n"


def _change(change: Change, told: DiffWords) -> Iterator[str]:
    what, kind = told.words.label("change", change.change), told.words.label("kind", change.kind)
    yield f"- **{what}**: {kind} `{change.id}`, {markdown_text(change.title)}"
    for text, style in told.lines(change):
        mark = "⚠ " if style == "warn" else ""
        yield f"  - {mark}{markdown_text(text.removeprefix('→ '))}"
