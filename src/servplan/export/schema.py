"""JSON Schemas of the plan's files, for editors and other programs."""

from typing import Any

from servplan.model.answer import Answer
from servplan.model.header import Header
from servplan.model.kinds import BY_NAME

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PLAN = "plan"
AUDIT = "audit"
"""The schemas' names of `data/plan.yaml` and `data/audit.yaml`."""
FROM_THE_NAME = ("id", "path")
"""Fields that a record has from its file's name, and that no file may state."""


def all_schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas of `plan.yaml`, of `audit.yaml` and of every kind, by name."""
    return {name: schema_of(name) for name in (PLAN, AUDIT, *BY_NAME)}


def schema_of(name: str) -> dict[str, Any]:
    """Return the schema of a kind's files, of `plan.yaml` for `plan`, or of `audit.yaml` for `audit`."""
    if name == AUDIT:
        return {"$schema": DIALECT, "type": "array", "items": Answer.model_json_schema()}
    model = Header if name == PLAN else BY_NAME[name]
    schema = model.model_json_schema(by_alias=True)
    for key in FROM_THE_NAME:
        schema["properties"].pop(key, None)
    schema["required"] = [key for key in schema["required"] if key not in FROM_THE_NAME]
    return {"$schema": DIALECT, **schema}
