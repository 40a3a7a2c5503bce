"""Values in words: as the field's type says."""

from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel

from servplan.model.activity import Activity, ActivityEntry
from servplan.model.area import Area
from servplan.model.goal import Goal
from servplan.model.header import Header, Vision
from servplan.model.indicator import Indicator, Value
from servplan.model.kinds import KINDS
from servplan.model.owner import Owner
from servplan.model.place import Place
from servplan.model.question import QuestionEntry
from servplan.model.shape import sort_of
from servplan.model.walk import model_at
from servplan.render.locale_formats import Formats
from servplan.render.values import Values, group_of
from servplan.render.words import LABELS, Words

TITLES = {"enheten": "Enheten", "butik": "Dagligvaror", "norr": "Norra bygden"}
WORDS = Words("sv", {"level.target": "Mål 2015"})
VALUES = Values(WORDS, lambda id_: TITLES.get(id_, id_), Formats("sv").day, "inget")


@pytest.mark.parametrize(
    ("model", "key", "value", "told"),
    [
        (Activity, "title", "2024-01-01", "2024-01-01"),
        (Activity, "title", "enheten", "enheten"),
        (QuestionEntry, "answer", "back", "back"),
        (Activity, "due", "2013-06-30", "30 juni 2013"),
        (Activity, "owners", ["enheten", "okand"], "Enheten, okand"),
        (Activity, "area", ["all"], "Alla områden"),
        (Activity, "participants", "all", "all"),
        (Goal, "level", "target", "Mål 2015"),
        (Goal, "level", "okand", "okand"),
        (Goal, "reached_when", [{"is": "established", "what": "target"}], "Villkor: inrättat; Vad: target"),
        (Area, "point", {"lat": 59.5, "lon": 15.0}, "Latitud: 59,5; Longitud: 15"),
        (Value, "value", 1234567.25, "1\xa0234\xa0567,25"),
        (Vision, "year", 2025, "2025"),
        (Activity, "tags", ["2013-06-30", "enheten"], "2013-06-30, enheten"),
        (Activity, "decided", [{"body": "2013-01-01", "date": "2013-01-02"}],
         "2013-01-01, 2 januari 2013"),
        (Activity, "retired", {"date": "2013-01-02", "reason": "done", "superseded_by": ["norr"]},
         "Datum: 2 januari 2013; Skäl: done; Ersatt av: Norra bygden"),
        (ActivityEntry, "status", "done", "Klar"),
        (ActivityEntry, "progress", 50, "50 %"),
        (Owner, "type", "unit", "Enhet"),
        (Place, "services", [{"service": "butik", "form": "mobile"}], "Dagligvaror; Form: På hjul"),
        (Area, "plan", {"status": "started"}, "Status: Arbetet påbörjat"),
        (Indicator, "series", {"source": "SCB", "id": "2013-01-01"}, "Källa: SCB; Id: 2013-01-01"),
        (Header, "period", {"start": "2013-01-01"}, "Start: 1 januari 2013"),
        (Header, "terms", {"title": "2013-01-01"}, "title: 2013-01-01"),
        (Header, "checks", {"no-owner": "off"}, "no-owner: av"),
    ],
)  # fmt: skip
def test_a_value_is_told_as_its_field_says(
    model: type[BaseModel], key: str, value: object, told: str
) -> None:
    assert VALUES.text(model, key, value) == told


def test_an_unknown_field_holds_free_words() -> None:
    assert sort_of(Activity, "type") == "text"


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for name, field in model.model_fields.items():
        inside = model_at(model, (field.alias or name,))
        if inside:
            yield from models(inside)


def codes_in(annotation: object) -> Iterator[str]:
    for part in get_args(annotation):
        yield from (part,) if isinstance(part, str) else codes_in(part)


def test_every_code_that_a_field_can_hold_has_words() -> None:
    wordless = {
        (model.__name__, key, code)
        for top in (Header, *KINDS)
        for model in models(top)
        for name, field in model.model_fields.items()
        if sort_of(model, key := field.alias or name) == "code"
        for code in codes_in(field.annotation)
        if code not in LABELS.get(group_of(model, key), {})
    }
    assert wordless == set()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"period": "2024", "value": 81}, "2024: 81"),
        (
            {"period": "2024", "value": 81.5, "published": "2025-01-08", "source": "SCB"},
            "2024: 81,5 (publicerat 8 januari 2025, källa SCB)",
        ),
    ],
)
def test_a_measured_value_is_told_with_its_period_first(value: dict[str, object], said: str) -> None:
    assert VALUES.text(Indicator, "values", [value]) == said
