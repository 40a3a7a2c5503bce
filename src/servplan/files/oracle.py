"""What a YAML text means: ruamel's composer with the core schema of YAML 1.2, slow and exact.

The only module that knows ruamel.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.tokens import (
    AliasToken,
    AnchorToken,
    DirectiveToken,
    DocumentStartToken,
    StreamStartToken,
    TagToken,
    Token,
)

from servplan.diagnostics import Diagnostic, Keys, Span
from servplan.files.guard import CONTROL, MAX_DEPTH, span_at

MAX_DIGITS = 1000
"""Python refuses to write out whole numbers of more than some four thousand digits."""

T = TypeVar("T")
Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Data = dict[str, Value]
Finder = Callable[[Keys, bool], Span]
"""Returns the place of the value (or, if so asked, of the key) that some keys lead to."""

_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read(path: str, text: str) -> tuple[Data | None, Diagnostic | None]:
    """Read a screened text: its data, or the one thing that is wrong with it, and where."""
    return _read(path, text, _mapping)


def read_rows(path: str, text: str) -> tuple[list[Value] | None, Diagnostic | None]:
    """Read a screened text that is a list, as `read` does one that is a mapping; one of nothing is empty."""
    return _read(path, text, _rows)


def _read(
    path: str, text: str, shaped: Callable[[str, Node | None], T]
) -> tuple[T | None, Diagnostic | None]:
    try:
        if fault := _refused_feature(path, text):
            return None, fault
        return shaped(path, compose(text)), None
    except _FaultError as problem:
        fault = problem.diagnostic
    except MarkedYAMLError as error:
        fault = _syntax_fault(path, text, error)
    except RecursionError:
        fault = Diagnostic("too-deep", path, params={"limit": str(MAX_DEPTH)})
    except (YAMLError, ValueError, OverflowError) as error:
        fault = Diagnostic("yaml-syntax", path, params={"problem": str(error)})
    return None, fault if fault.span else fault._replace(span=Span(1, 1))


def finder(text: str, line_offset: int = 0) -> Finder | None:
    """Return what finds the places in a text that begins `line_offset` lines into its file.

    None if the text cannot be read, or holds nothing.
    """
    try:
        root = compose(text)
    except (YAMLError, ValueError, OverflowError, RecursionError):
        return None
    return partial(_found, root, line_offset) if root else None


def _found(root: Node, line_offset: int, keys: Keys, on_key: bool) -> Span:
    """Return the place of a value (or key); where the way ends early, the last place on it counts."""
    target = root
    for depth, key in enumerate(keys):
        child = child_of(target, key)
        if child is None:
            break
        key_node, value_node = child
        target = key_node if on_key and depth == len(keys) - 1 and key_node else value_node
    return _span(target, line_offset)


def child_of(node: Node | None, key: str | int) -> tuple[Node | None, Node] | None:
    """Return the key node (none in a list) and the value node at one step down, or None."""
    if isinstance(node, MappingNode):
        for key_node, value_node in node.value:
            if key_node.value == key:
                return key_node, value_node
    elif isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return None, node.value[key]
    return None


def _span(node: Node, line_offset: int = 0) -> Span:
    return _marks_span(node.start_mark, node.end_mark, line_offset)


def _marks_span(start: StreamMark, end: StreamMark, line_offset: int = 0) -> Span:
    length = end.column - start.column if end.line == start.line else 1
    return Span(start.line + line_offset + 1, start.column + 1, max(1, length))


def _yaml() -> YAML:
    return YAML(typ="safe", pure=True)


@lru_cache(maxsize=4)
def compose(text: str) -> Node | None:
    """Return a text's tree of nodes, with their marks, which nobody changes.

    The last trees are kept: a merge looks at each of its four texts three times, and composing is slow.
    """
    node: Node | None = _yaml().compose(text)
    return node


class _FaultError(Exception):
    """Ends a reading in this module; what is wrong leaves it as a value."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


def _mapping(path: str, node: Node | None) -> dict[str, Value]:
    if node is None or (isinstance(node, ScalarNode) and not node.style and not node.value):
        raise _FaultError(Diagnostic("empty-file", path))
    if not isinstance(node, MappingNode):
        span = _span(node)
        raise _FaultError(Diagnostic("not-a-mapping", path, span=span))
    return _pairs(path, node, 0)


def _rows(path: str, node: Node | None) -> list[Value]:
    if node is None or (isinstance(node, ScalarNode) and not node.style and not node.value):
        return []
    if not isinstance(node, SequenceNode):
        shown = node.value[0][0] if isinstance(node, MappingNode) and node.value else node
        params = {"written": str(shown.value or "{}"), "expected": "list"}
        raise _FaultError(Diagnostic("wrong-type", path, params=params, span=_span(shown)))
    return [_data(path, item, 1) for item in node.value]


def _pairs(path: str, node: MappingNode, depth: int) -> dict[str, Value]:
    data: dict[str, Value] = {}
    for key_node, value_node in node.value:
        span = _span(key_node)
        key = _data(path, key_node, depth + 1)
        if not isinstance(key, str):
            raise _FaultError(Diagnostic("key-not-text", path, span=span))
        if key in data:
            raise _FaultError(Diagnostic("duplicate-key", path, params={"key": key}, span=span))
        data[key] = _data(path, value_node, depth + 1)
    return data


def _data(path: str, node: Node, depth: int) -> Value:
    if depth > MAX_DEPTH:
        span = _span(node)
        raise _FaultError(Diagnostic("too-deep", path, params={"limit": str(MAX_DEPTH)}, span=span))
    if isinstance(node, MappingNode):
        return dict(_pairs(path, node, depth))
    if isinstance(node, SequenceNode):
        return [_data(path, item, depth + 1) for item in node.value]
    assert isinstance(node, ScalarNode)  # noqa: S101 (the composer has three kinds of nodes)
    text: str = node.value
    if node.style == '"':
        return _unescaped(path, node, text)
    if node.style:
        return text
    if len(text) > MAX_DIGITS and _INT.fullmatch(text):
        params = {"value": f"{text[:20]}…", "bound": f"< 10^{MAX_DIGITS}"}
        raise _FaultError(Diagnostic("out-of-range", path, params=params, span=_span(node)))
    return resolve_plain(text)


def _unescaped(path: str, node: Node, text: str) -> str:
    """Return what a double-quoted text says: two escapes may be one character, and some are none at all."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    if match := CONTROL.search(joined):
        params = {"character": f"U+{ord(match[0]):04X}"}
        raise _FaultError(Diagnostic("control-character", path, params=params, span=_span(node)))
    return joined


def resolve_plain(text: str) -> Value:
    """Return what a plain scalar means in the YAML 1.2 core schema (spec, chapter 10.3.2)."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text, 0 if text[1:2] in ("o", "x") else 10)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _INFINITE.fullmatch(text):
        return float(text.lower().replace(".", ""))
    return text


_REFUSED: dict[type[Token], str] = {
    AnchorToken: "anchor",
    AliasToken: "alias",
    TagToken: "tag",
    DirectiveToken: "directive",
}


def _refused_feature(path: str, text: str) -> Diagnostic | None:
    """Find what YAML can do and a plan may not: it would hide what a reviewer has to see."""
    content = False
    for token in _yaml().scan(text):
        feature = _REFUSED.get(type(token))
        if isinstance(token, DocumentStartToken) and content:
            feature = "document"
        content = content or not isinstance(token, (StreamStartToken, DirectiveToken))
        if feature:
            span = _marks_span(token.start_mark, token.end_mark)
            return Diagnostic("yaml-feature", path, params={"feature": feature}, span=span)
    return None


_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?= |$)", re.MULTILINE)
_PROBLEMS: tuple[tuple[str, str], ...] = (
    ("quoted scalar; found unexpected (?:end|document)", "a quotation mark is not closed"),
    ("unknown escape", "a backslash in double quotes; single quotes keep it as it is"),
    ("mapping values are not allowed", "a colon followed by a space in a text without quotes"),
    ("flow (?:sequence|mapping); expected ','", "a bracket is not closed, or a comma is missing"),
    (r"found character '\\t'", "a tab, where only spaces may indent"),
    ("cannot start any token", "a text that begins with this sign needs quotes"),
    ("expected <block end>", "a line is indented otherwise than those it belongs to"),
    ("could not find expected ':'", "a line without a colon after its key"),
)
"""What ruamel says, and what it means to someone who writes a plan."""


def _syntax_fault(path: str, text: str, error: MarkedYAMLError) -> Diagnostic:
    if conflict := _CONFLICT.search(text):
        params = {"problem": "git's marks of a merge conflict"}
        return Diagnostic("yaml-syntax", path, params=params, span=span_at(text, conflict.start(), 7))
    said = f"{error.context}; {error.problem}"
    meant = (phrase for pattern, phrase in _PROBLEMS if re.search(pattern, said))
    params = {"problem": next(meant, str(error.problem or error.context or ""))}
    return Diagnostic("yaml-syntax", path, params=params, span=_syntax_span(text, error))


def _syntax_span(text: str, error: MarkedYAMLError) -> Span:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    last = text.count("\n") - text.endswith("\n")
    if line > last:  # "unexpected end": point at the last line that holds anything
        line, column = last, len(text.splitlines()[last]) if text else 0
    if error.context_mark and "quoted scalar" in str(error.context):
        line, column = error.context_mark.line, error.context_mark.column
    return Span(line + 1, column + 1)
