"""Where things stand in a YAML text: line and column of whatever some keys lead to.

Top-level keys are found by their lines. For nested places the oracle composes just the lines of one top-level
key, and does so once, however many places in them are asked for. It is imported then and not before.
"""

import re
from functools import cached_property
from typing import TYPE_CHECKING

from servplan.diagnostics import Keys, Span

if TYPE_CHECKING:
    from servplan.files.oracle import Finder

_TOP_KEY = re.compile(r"^([A-Za-z_][\w-]*):(?=[ \r\n]|\Z)[ ]*", re.MULTILINE)
_ODD_TOP = re.compile(r"^(?![A-Za-z_][\w-]*:(?:[ \r\n]|\Z)|-(?:[ \r\n]|\Z)|#|[ \r\n]|\Z)", re.MULTILINE)
_COMMENT = re.compile(r"(?:^|[ \t])#.*")
_VALUE_START = re.compile(r"(?:[ ]*(?:#[^\n]*)?\r?\n)*[ ]*")


class Places:
    """The places in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._finders: dict[tuple[int, int], Finder | None] = {}

    def find(self, keys: Keys, on_key: bool = False) -> Span:
        """Return the place of the value (or, with `on_key`, of the key) that `keys` leads to.

        Where the way ends early, the last place on it counts: a missing key stands at its parent. A text that
        cannot be read has one place, its beginning.
        """
        if not keys:
            return Span(1, 1)
        if self._tops is None:
            return self._nested(0, len(self._text), keys, on_key)
        top = self._tops.get(str(keys[0]))
        if top is None:
            return Span(1, 1)
        start, value_start, end = top
        if len(keys) == 1 and on_key:
            return Span(self._text.count("\n", 0, start) + 1, 1, len(str(keys[0])))
        if len(keys) == 1:
            return _value_span(self._text, value_start, end)
        return self._nested(start, end, keys, on_key)

    @cached_property
    def _tops(self) -> dict[str, tuple[int, int, int]] | None:
        return _top_keys(self._text)

    def _nested(self, start: int, end: int, keys: Keys, on_key: bool) -> Span:
        """Return a place in a part of the text, or in all of it if that part does not stand alone."""
        find = self._finder(start, end) or self._finder(0, len(self._text))
        return find(keys, on_key) if find else Span(1, 1)

    def _finder(self, start: int, end: int) -> "Finder | None":
        """Return what finds the places in a part of the text, composed once."""
        from servplan.files import oracle  # noqa: PLC0415 (25 ms that most runs need not spend)

        if (start, end) not in self._finders:
            part, line_offset = self._text[start:end], self._text.count("\n", 0, start)
            self._finders[start, end] = oracle.finder(part, line_offset)
        return self._finders[start, end]


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
