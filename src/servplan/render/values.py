"""Values of a plan in words: each as the type of its field says, whatever its text looks like."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from servplan.model.activity import ActivityEntry
from servplan.model.area import AreaPlan
from servplan.model.goal import Condition
from servplan.model.header import FollowUp, Header
from servplan.model.indicator import Value
from servplan.model.record import Decision
from servplan.model.shape import sort_of, words_for_all
from servplan.model.walk import model_at
from servplan.render.words import Words

Model = type[BaseModel]

GROUPS: Mapping[tuple[Model, str], str] = {
    (AreaPlan, "status"): "development_plan",
    (Condition, "is"): "condition",
    (FollowUp, "every"): "step",
    (Header, "checks"): "severity",
}
"""The labels of codes whose group does not bear the field's name."""
PERCENT = {(ActivityEntry, "progress")}
"""The numbers that are shares in per cent."""


def group_of(model: Model, key: str) -> str:
    """Return the group of labels that has the words for a field's codes."""
    return GROUPS.get((model, key), key)


class Values:
    """How values are told: days, codes and nothing at all in the manner that a view has chosen.

    Values are a model's own or those of a plan's file (days as texts, groups as mappings).
    """

    def __init__(
        self,
        words: Words,
        title: Callable[[str], str],
        day: Callable[[date], str],
        nothing: str,
    ) -> None:
        """Take what tells an id, a day and an empty value."""
        self._words = words
        self._title = title
        self._day = day
        self._nothing = nothing

    def text(self, model: Model, key: str, value: Any) -> str:
        """Return the value of a model's field, or one item of it, in words."""
        if value is None:
            return self._nothing
        if isinstance(value, list | tuple):
            return ", ".join(self.text(model, key, item) for item in value) or self._nothing
        if isinstance(value, Mapping | BaseModel):
            return self._group(model, key, value)
        return self._one(model, key, value)

    def _one(self, model: Model, key: str, value: object) -> str:
        match value:
            case bool():
                return self._words("yes") if value else self._words("no")
            case str():
                return self._told(model, key, value)
            case date():
                return self._day(value)
            case int() | float():
                figure = self._words.figure(value)
                return f"{figure} %" if (model, key) in PERCENT else figure
        return str(value)

    def _told(self, model: Model, key: str, text: str) -> str:
        if key == "amends":  # names fields
            return self._words.label("field", text).lower()
        match sort_of(model, key):
            case "day":
                return self._day(date.fromisoformat(text))
            case "code":
                return self._words.label(group_of(model, key), text)
            case "id":
                is_word = text in words_for_all(model, key)
                return self._words.label("reference", text) if is_word else self._title(text)
        return text

    def _group(self, model: Model, key: str, group: Mapping[str, Any] | BaseModel) -> str:
        """Return a group's values with their names; without those that a reader does not miss."""
        data = dict(given(group)) if isinstance(group, BaseModel) else group
        told = {name: self.text(*part_of(model, key, name), item) for name, item in data.items()}
        match model_at(model, (key,)):
            case model_ if model_ is Decision:
                return ", ".join(told.values())
            case model_ if model_ is Value:
                return self._measured(told)
        own = self._words.label("field", key)
        names = ((self.name(model, key, name), text) for name, text in told.items())
        return "; ".join(text if name == own else f"{name}: {text}" for name, text in names)

    def _measured(self, told: dict[str, str]) -> str:
        """Return a value that was measured: `2024: 81 (publicerat 2025-01-08)`."""
        told = dict(told)
        measured = ": ".join(told.pop(name) for name in ("period", "value") if name in told)
        besides = ", ".join(
            f"{self._words.label('field', name).lower()} {text}" for name, text in told.items()
        )
        return f"{measured} ({besides})" if besides else measured

    def name(self, model: Model, key: str, name: str) -> str:
        """Return the words for a key in the group that a field holds."""
        return self._words.label("field", name) if model_at(model, (key,)) else name


def part_of(model: Model, key: str, name: str) -> tuple[Model, str]:
    """Return the model and the key that describe a part of the group that a field holds.

    Where a group's keys are the plan's own (`terms`), the field describes them all.
    """
    inside = model_at(model, (key,))
    return (inside, name) if inside else (model, key)


def given(model: BaseModel) -> Iterator[tuple[str, Any]]:
    """Yield the keys that a file states, with their values, in the order in which the model has them."""
    for name, field in type(model).model_fields.items():
        if name in model.model_fields_set:
            yield field.alias or name, getattr(model, name)
