"""The types that records' fields are made of, and the marks that say what a field means.

Types come from here, not from YAML: a text accepts only what YAML 1.2 reads as text, a day only
`YYYY-MM-DD`. `Ref`, `INTERNAL` and the promises stand on the field itself, so that whatever follows
references, leaves out what is internal or holds a promise needs no list of its own.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

T = TypeVar("T")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ID_PATTERN = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"


class Frozen(BaseModel):
    """A piece of a plan: immutable, and without keys that nobody declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True)


class Ref:
    """Marks a field that names other records: of which kinds, and which words stand for more than one."""

    def __init__(self, *kinds: str, words: tuple[str, ...] = ()) -> None:
        self.kinds = kinds
        self.words = words


class Internal:
    """Marks a field that never leaves in public output."""


class Link:
    """Marks a field that holds an address, or a path that exists in the plan."""


class Promise:
    """Marks a field of the record itself that promises something: once it stands, only the log moves it."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        """The code of the audit's rule that a changed promise is against."""


class PlansOwn:
    """Marks a field that holds a word of the plan's own, which the plan's header has a title for."""


INTERNAL = Internal()
LINK = Link()
PLANS_OWN = PlansOwn()
DUE = Promise("due-moved")
TARGET = Promise("target-moved")
PUBLISHED = Promise("value-rewritten")


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise PydanticCustomError("not_a_day", "not a day")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("no_such_day", "no such day") from None


def _parse_day(value: object) -> object:
    if isinstance(value, str):
        return _day(value)
    if value is None or isinstance(value, date):
        return value
    raise PydanticCustomError("not_a_day", "not a day")


def _as_tuple(value: object) -> object:
    """Let one item stand for a list of one, and nothing for none."""
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def _as_tuple_or_none(value: object) -> object:
    return None if value is None else _as_tuple(value)


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank_text", "blank")
    return text


def _one_or_many(schema: dict[str, Any]) -> None:
    """Tell editors that a single item may stand without a list."""
    options = [option for option in schema.pop("anyOf", [schema]) if "items" in option]
    listed = {key: options[0].pop(key) for key in ("items", "type")}
    schema["anyOf"] = [listed["items"], listed]


Text = Annotated[str, AfterValidator(_not_blank)]
Day = Annotated[date, BeforeValidator(_parse_day), WithJsonSchema({"type": "string", "format": "date"})]
Whole = Annotated[int, Field(strict=True, ge=0)]
Number = Annotated[float, Field(strict=True)]
Many = Annotated[tuple[T, ...], BeforeValidator(_as_tuple), Field(json_schema_extra=_one_or_many)]
ManyOrNone = Annotated[
    tuple[T, ...] | None, BeforeValidator(_as_tuple_or_none), Field(json_schema_extra=_one_or_many)
]
