"""Pages through Jinja templates: the plan's own `templates/` first, then those that come with servplan.

Templates are data of the plan, so they run in Jinja's immutable sandbox: they print what they are given and
reach nothing else.
"""

import re
from collections.abc import Callable
from importlib.resources import files

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from servplan.diagnostics import ServplanError
from servplan.files.tree import Tree
from servplan.render.blocks import safe
from servplan.render.page import Page

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")
_MARKDOWN_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+=](?=\s|$|-)|\d+(?=[.)]\s))")
_ADDRESS = re.compile(r"https?://|#|[\w./-]+$")


class _PlanFirst(BaseLoader):
    """Finds a template in the plan's `templates/`, else among servplan's own."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def get_source(
        self, environment: object, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        del environment
        if "/" in template or template.startswith("."):
            raise TemplateNotFound(template)
        try:
            return self._tree.read(f"templates/{template}").decode(), template, None
        except FileNotFoundError:
            pass
        own = files("servplan") / "templates" / template
        try:
            return own.read_text("utf-8"), template, None
        except OSError:
            raise TemplateNotFound(template) from None


def render_page(page: Page, template: str, tree: Tree) -> str:
    """Return a page set by a template.

    Raises:
        ServplanError: `bad-template`, with the template's name, line and fault.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=_PlanFirst(tree),
        autoescape=template.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = markdown_text
    environment.filters["href"] = checked_address
    try:
        text: str = environment.get_template(template).render(page=page)
    except TemplateSyntaxError as error:
        raise _failed(error.name or template, error.lineno, error.message or "") from None
    except (TemplateError, TypeError, ValueError, OverflowError, ZeroDivisionError) as error:
        raise _failed(template, _line_in(error), str(error)) from None
    return safe(text)


def _failed(name: str, line: int, reason: str) -> ServplanError:
    return ServplanError("bad-template", name=name, line=str(line), reason=reason)


def _line_in(error: Exception) -> int:
    """Return the template's line at which an error was raised."""
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def markdown_text(text: str) -> str:
    """Return a text in which Markdown has nothing to read: one line, every sign as it stands."""
    line = " ".join(text.split("\n"))
    escaped = _MARKDOWN.sub(r"\\\1", line)
    return _MARKDOWN_START.sub(lambda match: f"{match[1]}\\{match[2]}", escaped)


def checked_address(text: str) -> str:
    """Return an address that may stand in a link; anything but the web, an anchor or a path is dropped."""
    return text if _ADDRESS.match(text) else ""
