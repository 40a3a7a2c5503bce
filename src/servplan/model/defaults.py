"""What a plan's models take for granted: the values of fields that a file leaves out."""

from collections.abc import Collection
from typing import Any

from pydantic import BaseModel

from servplan.model.walk import model_at


def counted(model: type[BaseModel], key: str, value: Any) -> Any:
    """Return what a field's value in a file counts as, in the file's form; None for one that is left out."""
    if isinstance(value, list):
        return [counted(model, key, item) for item in value]
    if value is None:
        return _granted(model).get(key)
    inside = model_at(model, (key,))
    return {**value, **_granted(inside, value)} if inside and isinstance(value, dict) else value


def _granted(model: type[BaseModel], without: Collection[str] = ()) -> dict[str, Any]:
    """Return the defaults of a model that say anything, `without` those of some keys."""
    told = {}
    for name, info in model.model_fields.items():
        default = None if info.is_required() else info.get_default(call_default_factory=True)
        if isinstance(default, BaseModel):
            default = default.model_dump(mode="json", by_alias=True, exclude_none=True)
        if default and (info.alias or name) not in without:
            told[info.alias or name] = default
    return told
