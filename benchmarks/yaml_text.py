"""Records as YAML text in the style in which people write them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date

from records import Entry, Record, Value

_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()-]|:(?=//))*(?<! )")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_FLOW_LENGTH = 90


def record_text(record: Record) -> str:
    """Write the text of a record's file."""
    base: dict[str, Value | None] = {
        "title": record.title,
        **record.details,
        "supports": record.supports,
        "owners": record.owners,
        "due": record.due,
        "source": record.source,
    }
    lines = [line for key, value in _present(base.items()) for line in _field_lines(key, value)]
    if record.log:
        lines += ["log:", *(line for entry in record.log for line in _entry_lines(entry))]
    return "\n".join(lines) + "\n"


def _field_lines(key: str, value: Value) -> list[str]:
    """Put a field on one line, but each mapping of a list on its own."""
    if isinstance(value, tuple) and isinstance(value[0], Mapping):
        return [f"{key}:", *(f"  - {_inline(each)}" for each in value)]
    return [f"{key}: {_inline(value)}"]


def _entry_lines(entry: Entry) -> list[str]:
    """Put a short entry on one line and a long one on a line per field."""
    values = ((each.name, getattr(entry, each.name)) for each in fields(entry))
    pairs = [f"{key}: {_inline(value)}" for key, value in _present(values)]
    flow = "  - {" + ", ".join(pairs) + "}"
    if len(flow) <= _FLOW_LENGTH:
        return [flow]
    return [f"  - {pairs[0]}", *(f"    {pair}" for pair in pairs[1:])]


def _present(items: Iterable[tuple[str, Value | None]]) -> list[tuple[str, Value]]:
    return [(key, value) for key, value in items if value is not None and value != ()]


def _inline(value: Value) -> str:
    match value:
        case str():
            return _quoted(value)
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return "{" + ", ".join(f"{key}: {_inline(each)}" for key, each in value.items()) + "}"
        case _:
            return "[" + ", ".join(map(_inline, value)) + "]"


def _quoted(text: str) -> str:
    """Leave the text bare where no reader of YAML can take it for anything else."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)
