"""The registry of what a report can be written as: a new format is a function and a line here."""

from collections.abc import Callable
from typing import NamedTuple

from servplan.files.tree import Tree
from servplan.render.json import as_json
from servplan.render.page import Page
from servplan.render.templates import render_page


class ReportFormat(NamedTuple):
    """A format: its file name's ending, and how a page becomes text."""

    ending: str
    render: Callable[[Page, Tree], str]


def _markdown(page: Page, tree: Tree) -> str:
    return render_page(page, "report.md.j2", tree)


def _html(page: Page, tree: Tree) -> str:
    return render_page(page, "report.html.j2", tree)


def _json(page: Page, _tree: Tree) -> str:
    return as_json(plain(page))


def plain(value: object) -> object:
    """Return view data as lists and mappings."""
    if hasattr(value, "_asdict"):
        return {key: plain(item) for key, item in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


FORMATS = {
    "md": ReportFormat("md", _markdown),
    "html": ReportFormat("html", _html),
    "json": ReportFormat("json", _json),
}
