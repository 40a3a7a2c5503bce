"""A plan change as Markdown, for a merge request."""

from collections.abc import Iterator

from servplan.analysis.diff import Change, PlanDiff
from servplan.render.change_words import DiffWords
from servplan.render.markdown import markdown_text
from servplan.render.views.diff import nothing, summary, uncompared
from servplan.render.words import Words


def diff_markdown(found: PlanDiff, sides: tuple[str, str], words: Words) -> str:
    """Return the changes as a Markdown list, every text escaped."""
    told = DiffWords(found.titles, words)
    lines = [f"## {words('Changes of the plan')}", "", markdown_text(" → ".join(sides)), ""]
    lines += [summary(found, words), ""] if found.changes else []
    for change in found.changes:
        lines += _change(change, told)
    closing = [markdown_text(text) for text in uncompared(found, words)]
    closing += [] if found.changes else [nothing(found, words)]
    for number, text in enumerate(closing):
        lines += ["", text] if number or found.changes else [text]
    return "\n".join(lines) + "\n"


def _change(change: Change, told: DiffWords) -> Iterator[str]:
    what, kind = told.words.label("change", change.change), told.words.label("kind", change.kind)
    yield f"- **{what}**: {kind} `{change.id}`, {markdown_text(change.title)}"
    for text, style in told.lines(change):
        mark = "⚠ " if style == "warn" else ""
        yield f"  - {mark}{markdown_text(text.removeprefix('→ '))}"
