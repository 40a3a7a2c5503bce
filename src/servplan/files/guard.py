"""The byte guard: what a record's file may be made of, before any parser sees it.

Every parser has inputs that it reads wrongly or dies of. The guard refuses some outright and sends the rest
of the doubtful ones past the fast reader, so that speed never decides what a file means.
"""

import re
from typing import NamedTuple

from servplan.diagnostics import Diagnostic, Span
from servplan.files.doubt import is_doubtful

MAX_BYTES = 1 << 18
MAX_DEPTH = 40

_PLAIN = bytes(range(0x20, 0x7F)) + b"\n" + bytes(range(0x80, 0x100))
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|\r(?!\n)"
)
"""Characters that no text of a plan may hold; a lone carriage return is a line to some readers only."""

_ODD_LEADS = (b"\xc2", b"\xe2\x80", b"\xef")
_BRACKET = re.compile(r"(?:^|[ \t])#.*|[\[\]{}]", re.MULTILINE)
_COMPACT = re.compile(rf"(?:[-?:][ \t]+){{{MAX_DEPTH}}}")
_MARGIN = re.compile(r"^ *(?=[^ \n])", re.MULTILINE)


class Screened(NamedTuple):
    """A text that passed, and whether every reader is known to read it alike (`clear`)."""

    text: str
    clear: bool


def screen(path: str, raw: bytes) -> Screened | Diagnostic:
    """Return the file's text, or the finding that stands against reading it."""
    if len(raw) > MAX_BYTES:
        params = {"size": str(len(raw)), "limit": str(MAX_BYTES)}
        return Diagnostic("too-large", path, params=params, span=Span(1, 1))
    odd = raw.translate(None, _PLAIN)
    if odd and (fault := _foreign(path, raw)):
        return fault
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(path, raw, error)
    if (odd or any(lead in raw for lead in _ODD_LEADS)) and (match := CONTROL.search(text)):
        params = {"character": f"U+{ord(match[0]):04X}"}
        return Diagnostic("control-character", path, params=params, span=span_at(text, match.start()))
    clear = not odd.replace(b"\r", b"") and not is_doubtful(raw)
    if not clear and (deep := _too_deep(text)):
        return Diagnostic("too-deep", path, params={"limit": str(MAX_DEPTH)}, span=span_at(text, deep))
    return Screened(text, clear)


def span_at(text: str, offset: int, length: int = 1) -> Span:
    """Return the line and column of a character offset."""
    line = text.count("\n", 0, offset) + 1
    return Span(line, offset - (text.rfind("\n", 0, offset) + 1) + 1, max(1, length))


def _foreign(path: str, raw: bytes) -> Diagnostic | None:
    """Name encodings that give themselves away, so that the remedy can be exact."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw.count(b"\0") * 3 > len(raw):
        return Diagnostic("not-utf8", path, params={"encoding": "UTF-16"}, span=Span(1, 1))
    return None


def _not_utf8(path: str, raw: bytes, error: UnicodeDecodeError) -> Diagnostic:
    before = raw[: error.start].decode()
    encoding = "UTF-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "ISO 8859-1"
    params = {"encoding": encoding}
    return Diagnostic("not-utf8", path, params=params, span=span_at(before + " ", len(before)))


def _too_deep(text: str) -> int | None:
    """Return where brackets, dashes or margins nest past the limit; quotes are not looked at."""
    if text.count("[") + text.count("{") > MAX_DEPTH and (deep := _deep_bracket(text)):
        return deep
    if match := _COMPACT.search(text):
        return match.end()
    return _deep_margin(text) if " " * MAX_DEPTH in text else None


def _deep_bracket(text: str) -> int | None:
    depth = 0
    for match in _BRACKET.finditer(text):
        if match[0] in "[{":
            depth += 1
        elif match[0] in "]}":
            depth = max(0, depth - 1)
        if depth > MAX_DEPTH:
            return match.start()
    return None


def _deep_margin(text: str) -> int | None:
    margins: list[int] = []
    for match in _MARGIN.finditer(text):
        margin = len(match[0])
        while margins and margins[-1] >= margin:
            margins.pop()
        margins.append(margin)
        if len(margins) > MAX_DEPTH:
            return match.end()
    return None
