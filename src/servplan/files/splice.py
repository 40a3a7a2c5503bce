"""Edits of a YAML text that touch only what they say: lines are spliced in, the rest stays byte for byte.

An existing file is never dumped. A splice is made from the marks of ruamel's nodes (`candidates.py`), the
text is read again, and only one whose data changed exactly as intended and that has all its comments is
returned. What cannot be spliced so is refused, with what to do by hand; nothing is guessed.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from servplan.diagnostics import Diagnostic, Keys, ServplanError
from servplan.files import oracle
from servplan.files.candidates import (
    appended,
    extended,
    flow,
    inserted,
    line_end,
    replaced,
    with_row,
    without_item,
    without_pair,
)
from servplan.files.guard import CONTROL
from servplan.files.marks import comments, item_outline, pair_marks, scalar_marks
from servplan.files.places import Places

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value


class SpliceError(ServplanError):
    """A text that cannot be edited without touching more than was meant: `cannot-splice`.

    It tells the line, and what to write there by hand; `cannot-remove`, what to delete.
    """


def append_entry(path: str, text: str, entry: "Data") -> str:
    """Return the text with one more entry at the end of its `log`.

    Raises:
        SpliceError: if the text's form does not allow it.
    """
    before = _data(path, text)
    log = before.get("log") or []
    wanted = before | {"log": [*(log if isinstance(log, list) else [log]), entry]}
    return _proven(path, text, wanted, appended(text, "log", entry), "log")


def append_row(path: str, text: str, row: "Data") -> str:
    """Return the text, which is a list as a whole, with one more row at its end.

    Raises:
        SpliceError: if the text's form does not allow it.
    """
    rows, _fault = oracle.read_rows(path, text)
    if rows is not None:
        for candidate in _fitting(path, text, [*rows, row], with_row(text, row), oracle.read_rows):
            return candidate
    raise _refused(path, text, (), flow([row]))


def set_key(path: str, text: str, key: str, value: "Value", order: Sequence[str] = ()) -> str:
    """Return the text with a top-level key set to a value; `order` says where a new key belongs.

    Raises:
        SpliceError: if the text's form does not allow it.
    """
    before = _data(path, text)
    wanted = before | {key: value}
    found = pair_marks(text, key)
    candidates = replaced(text, found, value) if found else inserted(text, key, value, order, list(before))
    return _proven(path, text, wanted, candidates, key)


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
    return _proven(path, text, wanted, appended(text, key, item), key)


def set_in_item(path: str, text: str, place: tuple[str, int], field: str, value: "Value") -> str:
    """Return the text with one more key in a group: the one at a place of a top-level list.

    A single item may stand without a list.

    Raises:
        SpliceError: if the text's form does not allow it.
    """
    key, at = place
    wanted, item = deepcopy(_data(path, text)), item_outline(text, key, at)
    held = wanted.get(key)
    group = held[at] if isinstance(held, list) else held
    if item is not None and isinstance(group, dict):
        group[field] = value
        for candidate in _fitting(path, text, wanted, extended(text, item, field, value)):
            return candidate
    raise _refused(path, text, place, f"{field}: {flow(value)}")


def remove_key(path: str, text: str, key: str) -> str:
    """Return the text without a top-level key; its comments stay.

    Raises:
        SpliceError: if the text's form does not allow it.
    """
    before = _data(path, text)
    found = pair_marks(text, key)
    if found is None:
        return text
    wanted = {name: value for name, value in before.items() if name != key}
    return _proven(path, text, wanted, without_pair(text, found), key)


def remove_item(path: str, text: str, key: str, item: "Value") -> str:
    """Return the text without an item of a top-level list; the last one takes the key with it.

    Raises:
        SpliceError: if the text's form does not allow it.
    """
    before = _data(path, text)
    old = before.get(key)
    held: list[Value] = old if isinstance(old, list) else [old]
    if item not in held:
        return text
    at = held.index(item)
    kept = held[:at] + held[at + 1 :]
    if not kept:
        return remove_key(path, text, key)
    changed = _proven(path, text, before | {key: kept}, without_item(text, key, at, kept), key)
    return remove_item(path, changed, key, item)


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
            raise _refused(path, text, keys, new)
        spans.append(span)
        _put(wanted, keys, new)
    changed = text
    for start, end in sorted(spans, reverse=True):
        changed = changed[:start] + flow(new) + changed[end:]
    return _proven(path, text, wanted, iter([changed]), str(places[0][0]))


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
    lines = text[found.key_start : line_end(text, found.value_end)].replace("\r\n", "\n")
    return lines if lines.endswith("\n") else f"{lines}\n"


def _data(path: str, text: str) -> "Data":
    data, fault = oracle.read(path, text)
    if fault or data is None:
        raise _refused(path, text, (), "")
    return data


def _proven(path: str, text: str, wanted: "Data", candidates: Iterator[str], key: str) -> str:
    """Return the first candidate that fits."""
    for candidate in _fitting(path, text, wanted, candidates):
        return candidate
    if key not in wanted:
        line = str(Places(text).find((key,), on_key=True).line)
        raise SpliceError("cannot-remove", path=path, line=line, key=key)
    raise _refused(path, text, (key,), f"{key}: {flow(wanted[key])}")


def _fitting(
    path: str,
    text: str,
    wanted: object,
    candidates: Iterator[str],
    read: Callable[[str, str], tuple[object, Diagnostic | None]] = oracle.read,
) -> Iterator[str]:
    """Yield the candidates that say exactly what is wanted, and have all of the text's comments."""
    for candidate in candidates:
        data, fault = read(path, candidate)
        if fault or data != wanted or CONTROL.search(candidate):
            continue
        if comments(candidate) == comments(text):
            yield candidate


def _refused(path: str, text: str, keys: Keys, by_hand: str) -> SpliceError:
    line = str(Places(text).find(keys, on_key=True).line)
    return SpliceError("cannot-splice", path=path, line=line, wanted=by_hand)
