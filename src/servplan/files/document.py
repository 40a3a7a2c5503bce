"""A YAML text as data with places.

Two readers, one meaning. The oracle (`files/oracle.py`, ruamel with the YAML 1.2 core schema) is what a text
means; `yaml_rs` reads the texts that the guard cleared, some hundred times faster. Where a text does not
parse, and wherever a place inside a value is asked for, the oracle reads it, or the few lines that matter.
It is imported then and not before: most runs never need it.
"""

import re
from typing import TYPE_CHECKING, NamedTuple

from servplan.diagnostics import Diagnostic, Keys, Span
from servplan.files.guard import screen

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value

try:
    import yaml_rs
except ImportError:  # the extra `fast` is not installed: the oracle reads everything
    yaml_rs = None  # type: ignore[assignment]

_TOP_KEY = re.compile(r"^([A-Za-z_][\w-]*):(?=[ \r\n]|\Z)[ ]*", re.MULTILINE)
_ODD_TOP = re.compile(r"^(?![A-Za-z_][\w-]*:(?:[ \r\n]|\Z)|-(?:[ \r\n]|\Z)|#|[ \r\n]|\Z)", re.MULTILINE)
_COMMENT = re.compile(r"(?:^|[ \t])#.*")
_VALUE_START = re.compile(r"(?:[ ]*(?:#[^\n]*)?\r?\n)*[ ]*")


class Document(NamedTuple):
    """One file's text and what it says; `data` is None where a fault stands against it.

    `text` is None where it was not kept: what needs it reads the file again.
    """

    path: str
    text: str | None
    data: "Data | None"
    fault: Diagnostic | None = None


def read_document(path: str, raw: bytes) -> Document:
    """Read a file's bytes as one YAML mapping with text keys; never raises for bad data."""
    screened = screen(path, raw)
    if isinstance(screened, Diagnostic):
        return Document(path, raw.decode(errors="replace"), None, screened)
    text, clear = screened
    if clear and yaml_rs is not None:
        try:
            quick = yaml_rs.loads(text, parse_datetime=False)
        except (ValueError, TypeError):
            pass  # the oracle tells what is wrong, and where
        else:
            if isinstance(quick, dict):
                return Document(path, text, quick)
    return read_exactly(path, text)


def read_exactly(path: str, text: str) -> Document:
    """Read a screened text by the oracle: slow, and exact about what is wrong and where."""
    from servplan.files import oracle  # noqa: PLC0415 (25 ms that most runs need not spend)

    data, fault = oracle.read(path, text)
    return Document(path, text, data, fault)


def read_rows(path: str, raw: bytes) -> "tuple[list[Value] | None, Diagnostic | None]":
    """Read a file's bytes as one YAML list, exactly: its items, or what is wrong with it."""
    from servplan.files import oracle  # noqa: PLC0415 (25 ms that most runs need not spend)

    screened = screen(path, raw)
    if isinstance(screened, Diagnostic):
        return None, screened
    return oracle.read_rows(path, screened.text)


def locate(text: str, keys: Keys, on_key: bool = False) -> Span:
    """Return the place of the value (or, with `on_key`, of the key) that `keys` leads to.

    Where the way ends early, the last place on it counts: a missing key stands at its parent. Top-level
    keys are found by their lines; for nested places ruamel composes just the lines of one top-level key.
    """
    if not keys:
        return Span(1, 1)
    tops = _top_keys(text)
    if tops is None:
        return _nested_span(text, 0, len(text), keys, on_key)
    top = tops.get(str(keys[0]))
    if top is None:
        return Span(1, 1)
    start, value_start, end = top
    if len(keys) == 1 and on_key:
        return Span(text.count("\n", 0, start) + 1, 1, len(str(keys[0])))
    if len(keys) == 1:
        return _value_span(text, value_start, end)
    return _nested_span(text, start, end, keys, on_key)


def _top_keys(text: str) -> dict[str, tuple[int, int, int]] | None:
    """Return each top-level key's offsets (key, value, end), or None where lines do not tell them apart."""
    matches = list(_TOP_KEY.finditer(text))
    starts = [match.start() for match in matches] + [len(text)]
    found = {
        match[1]: (match.start(), match.end(), end) for match, end in zip(matches, starts[1:], strict=True)
    }
    if not found or len(found) != len(matches) or _odd_top_line(text):
        return None
    return found


def _odd_top_line(text: str) -> bool:
    """Tell whether a line at the margin is neither a plain key, a list item, a comment nor empty."""
    return _ODD_TOP.search(text) is not None


def _value_span(text: str, start: int, end: int) -> Span:
    """Return the span of a value that begins on its key's line or on a later one."""
    match = _VALUE_START.match(text, start, end)
    begin = match.end() if match else start
    if begin >= end or text[begin] in "\r\n":
        begin = start
    line_end = text.find("\n", begin)
    rest = text[begin : line_end if line_end >= 0 else len(text)]
    line = text.count("\n", 0, begin) + 1
    column = begin - (text.rfind("\n", 0, begin) + 1) + 1
    shown = _COMMENT.sub("", rest).rstrip()
    return Span(line, column, max(1, len(shown)))


def _nested_span(text: str, start: int, end: int, keys: Keys, on_key: bool) -> Span:
    """Return a place by composing a part of the text, or all of it if that part does not stand alone."""
    from servplan.files import oracle  # noqa: PLC0415 (25 ms that most runs need not spend)

    part = oracle.span_of(text[start:end], keys, on_key, text.count("\n", 0, start))
    return part or oracle.span_of(text, keys, on_key) or Span(1, 1)
