"""Walks records along the marks on their fields: references, links, internal fields."""

import types
import typing
from functools import cache
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel

from servplan.diagnostics import Keys
from servplan.model.fields import Frozen, Link, Promise, Ref

SORTS: dict[str, type[object]] = {"reference": Ref, "link": Link}
"""The marks that are walked along."""


class Reference(NamedTuple):
    """One reference in a record: where it stands, what it may name, and the id it names."""

    keys: Keys
    ref: Ref
    target: str


class _Step(NamedTuple):
    name: str
    key: str
    mark: Any
    inside: "tuple[_Step, ...]"


def references(record: BaseModel) -> list[Reference]:
    """Return every reference in a record, nested ones and log entries included."""
    return [Reference(*found) for found in _marked(record, steps(type(record), "reference"))]


def links(record: BaseModel) -> list[tuple[Keys, str]]:
    """Return every link in a record, with its place."""
    return [(keys, text) for keys, _mark, text in _marked(record, steps(type(record), "link"))]


def _marked(model: BaseModel, way: "tuple[_Step, ...]", before: Keys = ()) -> list[tuple[Keys, Any, str]]:
    found: list[tuple[Keys, Any, str]] = []
    values = model.__dict__  # a third of the time that attributes take, and this runs for every record
    for name, key, mark, inside in way:
        value = values[name]
        if not value:
            continue
        if mark is not None:
            found += _texts(value, mark, (*before, key))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                found += _marked(item, inside, (*before, key, index))
        else:
            found += _marked(value, inside, (*before, key))
    return found


def _texts(value: Any, mark: object, keys: Keys) -> list[tuple[Keys, Any, str]]:
    if isinstance(value, str):
        return [(keys, mark, value)]
    return [((*keys, index), mark, item) for index, item in enumerate(value)]


@cache
def steps(model: type[BaseModel], sort: str) -> tuple[_Step, ...]:
    """Return the fields of a model that carry a mark of this sort, or hold models that do."""
    found = []
    for name, field in model.model_fields.items():
        mark = next((mark for mark in field.metadata if isinstance(mark, SORTS[sort])), None)
        nested = _nested_model(field.annotation)
        inside = steps(nested, sort) if nested and not mark else ()
        if mark or inside:
            found.append(_Step(name, field.alias or name, mark, inside))
    return tuple(found)


def _nested_model(annotation: Any) -> type[Frozen] | None:
    """Return the model inside `X`, `X | None` or `tuple[X, ...]`."""
    origin = typing.get_origin(annotation)
    if origin is None:
        is_model = isinstance(annotation, type) and issubclass(annotation, Frozen)
        return annotation if is_model else None
    if origin in (typing.Union, types.UnionType, tuple, Annotated):
        inner = (_nested_model(part) for part in typing.get_args(annotation))
        return next((model for model in inner if model), None)
    return None


@cache
def promises(model: type[BaseModel], rule: str) -> tuple[str, ...]:
    """Return the keys of a kind's own fields whose change is against a rule of the audit."""
    return tuple(
        field.alias or name
        for name, field in model.model_fields.items()
        if any(isinstance(mark, Promise) and mark.rule == rule for mark in field.metadata)
    )


def is_promising(model: type[BaseModel]) -> bool:
    """Tell whether a kind has fields of its own that promise something."""
    return any(isinstance(mark, Promise) for field in model.model_fields.values() for mark in field.metadata)


def model_at(model: type[BaseModel], keys: Keys) -> type[BaseModel] | None:
    """Return the model that describes the mapping at `keys` of a record's data."""
    found: type[BaseModel] | None = model
    for key in keys:
        if found is None or isinstance(key, int):
            continue
        by_key = {field.alias or name: field for name, field in found.model_fields.items()}
        found = _nested_model(by_key[key].annotation) if key in by_key else None
    return found
