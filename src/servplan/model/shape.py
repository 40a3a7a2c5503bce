"""What a field of a kind can hold, seen from its type: one or several, words, numbers or groups of keys."""

from typing import NamedTuple, get_args, get_origin

from pydantic import BaseModel

from servplan.model.record import Record


class Shape(NamedTuple):
    """Whether a field holds several values, and whether these are numbers or groups of keys."""

    is_many: bool
    is_number: bool
    is_group: bool


def shape_of(kind: type[Record], key: str) -> Shape | None:
    """Return what a kind's field can hold; None where it has no such key."""
    found = next((info for name, info in kind.model_fields.items() if key in (name, info.alias)), None)
    if found is None:
        return None
    types = set(_types(found.annotation))
    groups = [each for each in types if isinstance(each, type) and issubclass(each, BaseModel)]
    return Shape(tuple in types, bool({int, float, bool} & types), bool(groups))


def _types(annotation: object) -> list[object]:
    """Return every type that an annotation is made of, `tuple` included."""
    origin = get_origin(annotation)
    return [origin or annotation, *(each for part in get_args(annotation) for each in _types(part))]
