"""The plan as the public may see it.

Dropped before anything is computed: internal records, entries and fields, who reported (`by`), and every
reference to what was dropped. What is computed from the rest knows nothing of it, so that public sums are
sums of what is public. Internal means left out of public output; it does not mean secret: the file in the
repository stays readable to whoever can read the repository.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from servplan.model.fields import Internal, Ref
from servplan.model.plan import Plan
from servplan.model.record import Entry, Record

M = TypeVar("M", bound=BaseModel)


def public_plan(plan: Plan) -> Plan:
    """Return the plan without what is internal."""
    defaults = plan.header.visibility
    kept = {id_: item for id_, item in plan.records.items() if is_public(item, defaults)}
    hidden = plan.records.keys() - kept.keys()
    hidden |= {old for old, now in plan.former.items() if now in hidden}
    records = {id_: _public(item, frozenset(hidden)) for id_, item in kept.items()}
    return Plan(_public(plan.header, frozenset()), records, plan.unreadable)


def is_public(record: Record, defaults: Mapping[str, str]) -> bool:
    """Tell whether a record is public: by its own word, else by its kind's default."""
    return (record.visibility or defaults.get(record.kind, "public")) == "public"


def _public(model: M, hidden: frozenset[str]) -> M:
    """Return a model without internal fields, internal entries, and references to what is hidden."""
    changed: dict[str, Any] = {}
    for name, internal, refers in _fields_of(type(model)):
        value = getattr(model, name)
        kept = None if internal else _kept(value, hidden) if refers else _inside(value, hidden)
        if kept != value:
            changed[name] = kept
    return model.model_copy(update=changed) if changed else model


def _kept(value: Any, hidden: frozenset[str]) -> Any:
    """Return a reference, or a tuple of them, without those to what is hidden."""
    if isinstance(value, tuple):
        return tuple(item for item in value if item not in hidden)
    return None if value in hidden else value


def _inside(value: Any, hidden: frozenset[str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_inside(item, hidden) for item in value if not _is_internal(item))
    return _public(value, hidden) if isinstance(value, BaseModel) else value


def _is_internal(item: object) -> bool:
    return isinstance(item, Entry) and item.visibility == "internal"


@cache
def _fields_of(model: type[BaseModel]) -> tuple[tuple[str, bool, bool], ...]:
    """Return each field's name, whether it is internal, and whether it holds references."""
    return tuple(
        (
            name,
            any(isinstance(mark, Internal) for mark in field.metadata),
            any(isinstance(mark, Ref) for mark in field.metadata),
        )
        for name, field in model.model_fields.items()
    )
