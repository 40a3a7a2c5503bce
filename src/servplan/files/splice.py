"""Edits of a YAML text that touch only what they say: lines are spliced in, the rest stays byte for byte.

An existing file is never dumped. A splice is made from the marks of ruamel's nodes, the text is read again,
and only a text whose data changed exactly as intended is returned. What cannot be spliced so is refused, with
what to do by hand; nothing is guessed.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from servplan.diagnostics import Keys, ServplanError
from servplan.files import oracle
from servplan.files.guard import CONTROL
from servplan.files.marks import PairMarks, comments, pair_marks, scalar_marks

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value

WIDTH = 100
"""How long a line an entry may stand on; longer ones are written key by key."""

_PLAIN = re.compile(r"[A-Za-zÅÄÖåäöÉéÜü0-9”“(][^\x00-\x1f\x7f-\x9f:#\[\]{},&*!|>'\"%@`\\]*")


class SpliceError(ServplanError):
    """A text that cannot be edited without touching more than was meant: `cannot-splice`."""


def append_entry(path: str, text: str, entry: "Data") -> str:
    """Return the text with one more entry at the end of its `log`.

    Raises:
        SpliceError: if the text's form does not allow it.
    """
    before = _data(path, text)
    log = before.get("log") or []
    wanted = before | {"log": [*(log if isinstance(log, list) else [log]), entry]}
    return _proven(path, text, wanted, _appended(text, "log", entry), f"log: {flow(entry)}")


def set_key(path: str, text: str, key: str, value: "Value", order: Sequence[str] = ()) -> str:
    """Return the text with a top-level key set to a value; `order` says where a new key belongs.

    Raises:
        SpliceError: if the text's form does not allow it.
    """
    before = _data(path, text)
    wanted = before | {key: value}
    found = pair_marks(text, key)
    candidates = _replaced(text, found, value) if found else _inserted(text, key, value, order, list(before))
    return _proven(path, text, wanted, candidates, f"{key}: {flow(value)}")


def append_item(path: str, text: str, key: str, item: "Value", order: Sequence[str] = ()) -> str:
    """Return the text with one more item at the end of a top-level list; a single item becomes a list.

    `order` says where a new list belongs.

    Raises:
        SpliceError: if the text's form does not allow it.
    """
    before = _data(path, text)
    old = before.get(key)
    if not isinstance(old, list):
        return set_key(path, text, key, [old, item] if old is not None else [item], order)
    wanted = before | {key: [*old, item]}
    return _proven(path, text, wanted, _appended(text, key, item), f"{key}: … {flow(item)}")


def remove_key(path: str, text: str, key: str) -> str:
    """Return the text without a top-level key.

    Raises:
        SpliceError: if the text's form does not allow it.
    """
    before = _data(path, text)
    found = pair_marks(text, key)
    if found is None:
        return text
    wanted = {name: value for name, value in before.items() if name != key}
    start, end = found.key_start, _line_end(text, found.value_end)
    return _proven(path, text, wanted, iter([text[:start] + text[end:]]), f"- {key}")


def replace_scalars(path: str, text: str, places: Sequence[Keys], new: str) -> str:
    """Return the text with the plain or quoted words at some places replaced by another word.

    Raises:
        SpliceError: if the text's form does not allow it.
    """
    wanted = _data(path, text)
    spans = []
    for keys in places:
        span = scalar_marks(text, keys)
        if span is None:
            raise SpliceError("cannot-splice", path=path, wanted=new)
        spans.append(span)
        _put(wanted, keys, new)
    changed = text
    for start, end in sorted(spans, reverse=True):
        changed = changed[:start] + flow(new) + changed[end:]
    return _proven(path, text, wanted, iter([changed]), new)


def _put(data: "Value", keys: Keys, new: str) -> None:
    """Set the value at a place; a single item stands where a list could."""
    for depth, key in enumerate(keys):
        held = data[key] if isinstance(data, dict) else data[int(key)]  # type: ignore[index]
        if depth == len(keys) - 1 or not isinstance(held, dict | list):
            data[key] = new  # type: ignore[index]
            return
        data = held


def field_value(path: str, text: str, key: str) -> "Value":
    """Return a top-level key's value, None where it is not there.

    Raises:
        SpliceError: if the text cannot be read.
    """
    return _data(path, text).get(key)


def pair_lines(text: str, key: str) -> str:
    """Return a top-level key's lines as they are written, for another text; nothing where it is not there."""
    found = pair_marks(text, key)
    if found is None:
        return ""
    lines = text[found.key_start : _line_end(text, found.value_end)].replace("\r\n", "\n")
    return lines if lines.endswith("\n") else f"{lines}\n"


def _data(path: str, text: str) -> "Data":
    data, fault = oracle.read(path, text)
    if fault or data is None:
        raise SpliceError("cannot-splice", path=path, wanted="")
    return data


def _proven(path: str, text: str, wanted: "Data", candidates: Iterator[str], shown: str) -> str:
    """Return the first candidate that says exactly what is wanted, and has all of the text's comments."""
    for candidate in candidates:
        data, fault = oracle.read(path, candidate)
        if fault or data != wanted or CONTROL.search(candidate):
            continue
        if comments(candidate) == comments(text):
            return candidate
    raise SpliceError("cannot-splice", path=path, wanted=shown)


def _appended(text: str, key: str, item: "Value") -> Iterator[str]:
    """Yield texts with an item at the end of a list, in the list's own form."""
    newline = _newline(text)
    found = pair_marks(text, key)
    if found is None:
        yield _at_end(text, newline.join((f"{key}:", *_item_lines(item, "  ", False))) + newline)
    elif found.is_empty:
        kept = text[: found.value_start].rstrip(" ") + text[found.value_end :]
        yield _after_line(kept, found.key_end, _item_lines(item, "  ", False))
    elif found.is_flow:
        close = found.value_end - 1
        body = text[found.value_start + 1 : close]
        separator = "" if not body.strip() else " " if body.rstrip().endswith(",") else ", "
        yield text[:close].rstrip(" ") + separator + flow(item) + text[close:]
    else:
        lines = _item_lines(item, " " * found.value_column, found.last_is_flow)
        yield _after_line(text, found.value_end, lines)


def _after_line(text: str, at: int, lines: Sequence[str]) -> str:
    """Add lines after the line that holds an offset; a text without a final line feed stays without one."""
    newline = _newline(text)
    end = _line_end(text, at)
    block = newline.join(lines)
    return text[:end] + block + newline + text[end:] if text[:end].endswith("\n") else text + newline + block


def _item_lines(item: "Value", indent: str, prefer_flow: bool) -> list[str]:
    """Return an item's lines: on one line where that is short or the others are, else key by key."""
    line = f"{indent}- {flow(item)}"
    if not isinstance(item, dict) or len(line) <= WIDTH or (prefer_flow and len(line) <= WIDTH + 20):
        return [line]
    pairs = [f"{key}: {flow(value)}" for key, value in item.items()]
    return [f"{indent}- {pairs[0]}", *(f"{indent}  {pair}" for pair in pairs[1:])]


def _replaced(text: str, found: PairMarks, value: "Value") -> Iterator[str]:
    """Yield texts with a key's value replaced, on its own line."""
    on_key_line = "\n" not in text[found.key_end : found.value_start]
    start = found.value_start if on_key_line else text.find(":", found.key_end) + 1
    gap = "" if text[start - 1 : start] == " " else " "
    for written in _forms(value):
        yield text[:start] + gap + written + text[found.value_end :]


def _inserted(
    text: str, key: str, value: "Value", order: Sequence[str], present: Sequence[str]
) -> Iterator[str]:
    """Yield texts with a new key after the key that comes before it in the order, else at the end."""
    newline = _newline(text)
    before = order[: order.index(key)] if key in order else ()
    anchor = next((name for name in reversed(present) if name in before), None)
    for written in _forms(value):
        line = f"{key}: {written}"
        found = pair_marks(text, anchor) if anchor else None
        if found:
            yield _after_line(text, found.value_end, [line])
        yield _at_end(text, line + newline)


def _at_end(text: str, block: str) -> str:
    """Add lines at a text's end; a text without a final line feed stays without one."""
    if text.endswith("\n") or not text:
        return text + block
    newline = _newline(text)
    return text + newline + block.removesuffix(newline)


def _line_end(text: str, at: int) -> int:
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
    """Return a value on one line: `text`, `"text: with signs"`, `[a, b]`, `{date: 2013-03-04}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value == value.strip() and oracle.resolve_plain(value) == value
        return value if plain else json.dumps(value, ensure_ascii=False)
    return "null" if value is None else str(value)
