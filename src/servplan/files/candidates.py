"""Ways to write a change into a YAML text, the best first: `splice.py` takes the first that proves right.

Each leaves every line alone but those that it is about. A list is added to in its own form; what is taken out
leaves its comments where it stood.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from servplan.diagnostics import UsageError
from servplan.files import oracle
from servplan.files.guard import CONTROL
from servplan.files.marks import Outline, PairMarks, comment_marks, item_marks, last_end, outline, pair_marks

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value

WIDTH = 100
"""How long a line an entry may stand on; longer ones are written key by key."""

_PLAIN = re.compile(r"[A-Za-zÅÄÖåäöÉéÜü0-9”“(][^\x00-\x1f\x7f-\x9f:#\[\]{},&*!|>'\"%@`\\]*")


def appended(text: str, key: str, item: "Value") -> Iterator[str]:
    """Yield texts with an item at the end of a list, in the list's own form."""
    found = pair_marks(text, key)
    if found is None:
        lines = [f"{key}:", *_item_lines(item, "  ", False)]
        newline = _newline(text)
        yield _at_end(text, newline.join(lines) + newline)
        yield _after_line(text, last_end(text), lines)
    elif found.is_empty:
        kept = text[: found.value_start].rstrip(" ") + text[found.value_end :]
        yield _after_line(kept, found.key_end, _item_lines(item, "  ", False))
    elif found.is_flow:
        yield from _appended_in_brackets(text, found, item_marks(text, key), flow(item))
    else:
        lines = _item_lines(item, " " * found.value_column, found.last_is_flow)
        yield _after_line(text, found.value_end, lines)


def with_row(text: str, row: "Data") -> Iterator[str]:
    """Yield texts with a row at the end of the list that the whole text is, each key on a line of its own."""
    found = outline(text)
    if found is None:
        yield _at_end(text, "".join(line + _newline(text) for line in _lines_by_key(row, "")))
    elif found.form == "lines":
        yield _after_line(text, found.end, _lines_by_key(row, " " * found.column))
    elif found.children:
        last = found.children[-1].end
        yield f"{text[:last]}, {flow(row)}{text[last:]}"
    else:
        yield text[: found.start] + _newline(text).join(_lines_by_key(row, "")) + text[found.end :]


def _appended_in_brackets(
    text: str, found: PairMarks, items: Sequence[tuple[int, int]], item: str
) -> Iterator[str]:
    """Yield texts with an item before the closing bracket: on a line of its own where the last one has it."""
    close = found.value_end - 1
    if not items:
        yield text[: found.value_start + 1] + item + text[close:]
        return
    start, end = items[-1]
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    has_comma = text[end : end + 1] == ","
    stop = line_end(text, end)
    if not indent.strip() and stop <= close:
        comma, last = ("", ",") if has_comma else (",", "")
        yield (text[:end] + comma + text[end:stop] + indent + item + last + _newline(text) + text[stop:])
    yield text[:end] + f", {item}" + text[end:]


def replaced(text: str, found: PairMarks, value: "Value") -> Iterator[str]:
    """Yield texts with a key's value replaced: on the key's line, else where it stood."""
    on_key_line = "\n" not in text[found.key_end : found.value_start]
    start = found.value_start if on_key_line else text.find(":", found.key_end) + 1
    gap = "" if text[start - 1 : start] == " " else " "
    rest = text[found.value_end :]
    for written in _forms(value):
        yield text[:start] + gap + written + rest
        yield text[:start] + gap + written + _comment_on_line(text, start) + rest
        yield text[: found.value_start] + written + rest


def _comment_on_line(text: str, at: int) -> str:
    """Return the comment at the end of the line that holds an offset, with the blanks before it."""
    stop = line_end(text, at)
    for start, end in comment_marks(text):
        if at <= start < stop:
            return text[len(text[:start].rstrip(" \t")) : end]
    return ""


def inserted(
    text: str, key: str, value: "Value", order: Sequence[str], present: Sequence[str]
) -> Iterator[str]:
    """Yield texts with a new key after the key that comes before it in the order, at the end, or second."""
    newline = _newline(text)
    before = order[: order.index(key)] if key in order else ()
    anchor = next((name for name in reversed(present) if name in before), None)
    for written in _forms(value):
        line = f"{key}: {written}"
        if anchor:
            yield _after_pair(text, anchor, line)
        yield _at_end(text, line + newline)
        yield _after_pair(text, present[0], line)


def extended(text: str, item: Outline, key: str, value: "Value") -> Iterator[str]:
    """Yield texts with one more key in a group: within its brackets, else on a line of its own."""
    written = f"{key}: {flow(value)}"
    if item.form == "inline" and item.children:
        last = item.children[-1].end
        yield text[:last] + f", {written}" + text[last:]
    elif item.form == "lines":
        yield _after_line(text, item.end, [" " * item.column + written])


def _after_pair(text: str, key: str, line: str) -> str:
    found = pair_marks(text, key)
    return _after_line(text, found.value_end, [line]) if found else text


def without_pair(text: str, found: PairMarks) -> Iterator[str]:
    """Yield texts without a key and its value."""
    yield from _without_lines(text, found.key_start, found.value_end)


def without_item(text: str, key: str, at: int, kept: "Value") -> Iterator[str]:
    """Yield texts without the item at a list's place: without its lines, else without it on its line."""
    items, found = item_marks(text, key), pair_marks(text, key)
    start, end = items[at]
    dash = text.rfind("-", 0, start)
    in_brackets = found is None or found.is_flow
    yield from _without_lines(text, start if in_brackets else dash, end)
    if at + 1 < len(items):
        yield text[:start] + text[items[at + 1][0] :]
    else:
        yield text[: items[at - 1][1]] + text[end:]
    if found:
        yield from replaced(text, found, kept)


def _without_lines(text: str, start: int, end: int) -> Iterator[str]:
    """Yield texts without the lines from one offset to another: all of them, or all but their comments."""
    first, last = text.rfind("\n", 0, start) + 1, line_end(text, end)
    yield text[:first] + text[last:]
    margin = re.match("[ \t]*", text[first:])
    indent = margin[0] if margin else ""
    marks = [mark for mark in comment_marks(text) if first <= mark[0] < last]
    left = "".join(f"{indent}{text[begin:finish]}{_newline(text)}" for begin, finish in marks)
    yield text[:first] + (left if text[:last].endswith("\n") else left.rstrip("\r\n")) + text[last:]


def _after_line(text: str, at: int, lines: Sequence[str]) -> str:
    """Add lines after the line that holds an offset; a text without a final line feed stays without one."""
    newline = _newline(text)
    end = line_end(text, at)
    block = newline.join(lines)
    return text[:end] + block + newline + text[end:] if text[:end].endswith("\n") else text + newline + block


def _item_lines(item: "Value", indent: str, prefer_flow: bool) -> list[str]:
    """Return an item's lines: on one line where that is short or the others are, else key by key."""
    line = f"{indent}- {flow(item)}"
    if not isinstance(item, dict) or len(line) <= WIDTH or (prefer_flow and len(line) <= WIDTH + 20):
        return [line]
    return _lines_by_key(item, indent)


def _lines_by_key(item: "Data", indent: str) -> list[str]:
    pairs = [f"{key}: {flow(value)}" for key, value in item.items()]
    return [f"{indent}- {pairs[0]}", *(f"{indent}  {pair}" for pair in pairs[1:])]


def _at_end(text: str, block: str) -> str:
    """Add lines at a text's end; a text without a final line feed stays without one."""
    if text.endswith("\n") or not text:
        return text + block
    newline = _newline(text)
    return text + newline + block.removesuffix(newline)


def line_end(text: str, at: int) -> int:
    """Return where the line that holds an offset ends, its line feed included."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _forms(value: "Value") -> Iterator[str]:
    """Yield the ways to write a value, the plainest first."""
    yield flow(value)
    if isinstance(value, str):
        yield json.dumps(value, ensure_ascii=False)


def flow(value: "Value") -> str:
    """Return a value on one line: `text`, `"text: with signs"`, `[a, b]`, `{date: 2013-03-04}`.

    Raises:
        UsageError: `unfit-text`, if a text holds a character that no file of a plan may hold.
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        if match := CONTROL.search(value):
            raise UsageError("unfit-text", character=f"U+{ord(match[0]):04X}")
        plain = _PLAIN.fullmatch(value) and value == value.strip() and oracle.resolve_plain(value) == value
        return value if plain else json.dumps(value, ensure_ascii=False)
    return "null" if value is None else str(value)
