"""The byte guard: what a record's file may be made of, before any parser sees it.

Every parser has inputs that it reads wrongly or dies of. The guard refuses some outright and sends the rest
of the doubtful ones past the fast reader, so that speed never decides what a file means.
"""

import re
from typing import NamedTuple

from servplan.diagnostics import Diagnostic, Span

MAX_BYTES = 1 << 20
MAX_DEPTH = 40

_PLAIN = bytes(range(0x20, 0x7F)) + b"\n" + bytes(range(0x80, 0x100))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ODD_LEADS = (b"\xc2", b"\xe2\x80", b"\xef")
_INDICATOR = re.compile(rb"""(?:^|[\s\[\]{},"'])(?:[&*]\S|!)""", re.MULTILINE)
_MARKER = re.compile(rb"^(?:---|\.\.\.|%)", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
_DASHES = re.compile(rf"(?:-\s+){{{MAX_DEPTH}}}")
_NOT_CORE_NUMBER = re.compile(rb"_[0-9]|0b[01]")


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
    if (odd or any(lead in raw for lead in _ODD_LEADS)) and (match := _CONTROL.search(text)):
        params = {"character": f"U+{ord(match[0]):04X}"}
        return Diagnostic("control-character", path, params=params, span=span_at(text, match.start()))
    if _too_deep(text):
        return Diagnostic("too-deep", path, params={"limit": str(MAX_DEPTH)}, span=Span(1, 1))
    return Screened(text, not odd.replace(b"\r", b"") and _is_clear(raw))


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


def _too_deep(text: str) -> bool:
    """Tell whether brackets or dashes nest past the limit; quotes are not looked at."""
    if text.count("[") + text.count("{") > MAX_DEPTH and _bracket_depth(text) > MAX_DEPTH:
        return True
    return text.count("- - ") > MAX_DEPTH // 2 and _DASHES.search(text) is not None


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for match in _BRACKET.finditer(text):
        depth += 1 if match[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _is_clear(raw: bytes) -> bool:
    if (b"&" in raw or b"*" in raw or b"!" in raw) and _INDICATOR.search(raw):
        return False
    if (b"---" in raw or b"..." in raw or b"%" in raw) and _MARKER.search(raw):
        return False
    if b"\r" in raw and raw.count(b"\r") != raw.count(b"\r\n"):
        return False
    return not ((b"_" in raw or b"0b" in raw) and _NOT_CORE_NUMBER.search(raw))
