"""Pages through Jinja templates: the plan's own `templates/` first, then those that come with servplan.

Templates are data of the plan, so they run in Jinja's immutable sandbox: they print what they are given and
reach nothing else.
"""

import re
from collections.abc import Callable
from importlib.resources import files

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from servplan.diagnostics import ServplanError
from servplan.files.layout import TEMPLATES
from servplan.files.tree import Tree
from servplan.render.markdown import markdown_text
from servplan.render.page import Page

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BREAKS_LINK = re.compile(r"[\s()<>\[\]\\`\"']")
_ADDRESS = re.compile(r"(?i:https?)://|#|[\w./-]+$")


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
        plans_own = self._plans_own(f"templates/{template}")
        if plans_own is not None:
            return plans_own, template, None
        own = files("servplan") / TEMPLATES / template
        try:
            return own.read_text("utf-8"), template, None
        except OSError:
            raise TemplateNotFound(template) from None

    def _plans_own(self, path: str) -> str | None:
        """Return the plan's own template, if it has one that is a text file inside the plan.

        Raises:
            ServplanError: `bad-template`, if there is one that is not.
        """
        found = next((entry for entry in self._tree.files(TEMPLATES) if entry.path == path), None)
        if found is None:
            return None
        try:
            if found.fault:
                raise _failed(path, 0, found.fault)
            return self._tree.read(path).decode()
        except (OSError, UnicodeDecodeError) as error:
            raise _failed(path, 0, str(error)) from None


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
    except ServplanError:
        raise
    except Exception as error:  # noqa: BLE001 (a template may fail in any way, and is the plan's)
        raise _failed(template, _line_in(error), str(error)) from None
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


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


def checked_address(text: str) -> str:
    """Return an address that may stand in a link, without signs that could end it; others are dropped."""
    if not _ADDRESS.match(text):
        return ""
    return _BREAKS_LINK.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), text)
