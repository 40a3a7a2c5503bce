"""What Pydantic has against a record, as findings' codes, places and parameters."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from servplan.diagnostics import Keys
from servplan.model.walk import model_at


class Fault(NamedTuple):
    """One thing that the model does not accept, at a place in the record's data."""

    code: str
    keys: Keys
    on_key: bool
    params: Mapping[str, str]


Written = Callable[[Keys], str]
"""Returns a value as it stands in the file."""

_EXPECTED = {
    "string_type": "text",
    "int_type": "whole-number",
    "int_from_float": "whole-number",
    "float_type": "number",
    "bool_type": "true-false",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "not_a_day": "day",
}
_BOUNDS = {"greater_than_equal": ("ge", "≥"), "less_than_equal": ("le", "≤")}
"""Each of Pydantic's bounds: the name under which it gives the number, and its sign."""


def schema_faults(model: type[BaseModel], error: ValidationError, written: Written) -> Iterator[Fault]:
    """Yield each error as a fault; `written` returns the text of a value as the file has it."""
    for detail in error.errors(include_url=False, include_context=True):
        keys: Keys = tuple(detail["loc"])
        yield _fault(model, detail, keys, written)


def _fault(model: type[BaseModel], detail: Any, keys: Keys, written: Written) -> Fault:
    sort = detail["type"]
    if sort == "missing":
        return Fault("missing-key", keys, True, {"key": str(keys[-1])})
    if sort == "extra_forbidden":
        return Fault("unknown-key", keys, True, unknown_key(model, keys))
    code, params = _value_fault(detail, keys, written)
    return Fault(code, keys, False, params)


def _value_fault(detail: Any, keys: Keys, written: Written) -> tuple[str, Mapping[str, str]]:
    """Return the code and parameters of what is wrong with a value."""
    sort, given = detail["type"], detail["input"]
    if given is None or sort == "blank_text":
        return "blank-text", {}
    if sort == "no_such_day":
        return "no-such-day", {"written": written(keys)}
    if sort == "literal_error":
        allowed = detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return "bad-value", _bad_value(given if isinstance(given, str) else written(keys), allowed)
    if sort in _BOUNDS:
        name, sign = _BOUNDS[sort]
        return "out-of-range", {"value": str(given), "bound": f"{sign} {detail['ctx'][name]}"}
    return "wrong-type", {"expected": _EXPECTED.get(sort, "text"), "written": written(keys)}


def unknown_key(model: type[BaseModel], keys: Keys) -> dict[str, str]:
    """Return what a finding says of a key that a model does not know: the keys it knows, and the closest."""
    holder = model_at(model, keys[:-1])
    names = [field.alias or name for name, field in holder.model_fields.items()] if holder else []
    known = [name for name in names if name not in ("id", "path")]
    key = str(keys[-1])
    return {"key": key, "known": ", ".join(known), "closest": _closest(key.lower(), known)}


def _bad_value(given: str, allowed: str) -> dict[str, str]:
    words = allowed.split(", ")
    closest = _closest(given.lower().replace(" ", "_").replace("-", "_"), words)
    return {"value": given, "allowed": allowed, "closest": closest}


def _closest(word: str, known: list[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 (only for a mistake)

    return next(iter(get_close_matches(word, known, 1, 0.6)), "")
