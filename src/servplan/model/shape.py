"""What a field can hold, seen from its type: one or several, words, numbers or groups of keys."""

from datetime import date
from functools import cache
from typing import Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from servplan.model.fields import PlansOwn, Ref
from servplan.model.record import Record

Sort = Literal["day", "code", "id", "text"]
"""What a text in a field is: a day, a word that the format or the plan's header explains, a record's id, or
free words."""


class Shape(NamedTuple):
    """Whether a field holds several values, and whether these are numbers or groups of keys."""

    is_many: bool
    is_number: bool
    is_group: bool


def shape_of(kind: type[Record], key: str) -> Shape | None:
    """Return what a kind's field can hold; None where it has no such key."""
    found = _field(kind, key)
    if found is None:
        return None
    types = set(_types(found.annotation))
    groups = [each for each in types if isinstance(each, type) and issubclass(each, BaseModel)]
    return Shape(tuple in types, bool({int, float, bool} & types), bool(groups))


@cache
def sort_of(model: type[BaseModel], key: str) -> Sort:
    """Return what a text in a model's field is; in a field that the model has not, free words."""
    found = _field(model, key)
    if found is None:
        return "text"
    if any(isinstance(mark, Ref) for mark in found.metadata):
        return "id"
    if any(isinstance(mark, PlansOwn) for mark in found.metadata):
        return "code"
    types = _types(found.annotation)
    return "code" if Literal in types else "day" if date in types else "text"


def codes_of(model: type[BaseModel], key: str) -> tuple[str, ...]:
    """Return the words that the format has for a field; none where it holds anything else."""
    found = _field(model, key)
    return get_args(found.annotation) if found and get_origin(found.annotation) is Literal else ()


def ref_of(model: type[BaseModel], key: str) -> Ref | None:
    """Return the mark of a field that names other records; None of any other field."""
    found = _field(model, key)
    marks = found.metadata if found else ()
    return next((mark for mark in marks if isinstance(mark, Ref)), None)


def words_for_all(model: type[BaseModel], key: str) -> tuple[str, ...]:
    """Return the words that stand for more than one record in a field of references."""
    ref = ref_of(model, key)
    return ref.words if ref else ()


def _field(model: type[BaseModel], key: str) -> FieldInfo | None:
    return next((info for name, info in model.model_fields.items() if key in (name, info.alias)), None)


def _types(annotation: object) -> list[object]:
    """Return every type that an annotation is made of, `tuple` included."""
    origin = get_origin(annotation)
    return [origin or annotation, *(each for part in get_args(annotation) for each in _types(part))]
