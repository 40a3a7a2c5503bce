import json
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from servplan.export.schema import PLAN, all_schemas, schema_of
from servplan.files.document import read_document
from servplan.files.tree import WorkTree
from servplan.model.kinds import BY_FOLDER, BY_NAME
from tests.conftest import ROOT, Run

NAMES = (PLAN, *BY_NAME)


def shipped() -> list[tuple[str, str]]:
    """The path of every file of the shipped plan, with its schema's name."""
    paths = [entry.path for entry in WorkTree(ROOT).files("data") if entry.path.endswith(".yaml")]
    return [
        (path, PLAN if path == "data/plan.yaml" else BY_FOLDER[path.split("/")[1]].kind) for path in paths
    ]


def data_of(path: str) -> dict[str, object]:
    document = read_document(path, (ROOT / path).read_bytes())
    assert document.data is not None
    return dict(document.data)


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(name: str, data: object) -> list[str]:
    found = validator(name).iter_errors(data)
    return [f"{list(error.absolute_path)}: {error.message}" for error in found]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_valid_and_names_its_dialect(name: str) -> None:
    schema = schema_of(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_every_shipped_file_fits_its_schema() -> None:
    found = {path: faults(name, data_of(path)) for path, name in shipped()}
    assert {path: texts for path, texts in found.items() if texts} == {}
    assert len(found) > 90


def test_every_shipped_file_with_an_unknown_key_does_not_fit() -> None:
    for path, name in shipped():
        assert faults(name, data_of(path) | {"okand": "x"}), path


@pytest.mark.parametrize("name", BY_NAME)
def test_what_a_record_has_from_its_name_no_file_may_state(name: str) -> None:
    schema = schema_of(name)
    assert {"id", "path"}.isdisjoint(schema["properties"])
    assert {"id", "path"}.isdisjoint(schema.get("required", ()))
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("name", BY_NAME)
def test_every_key_of_a_record_is_described(name: str) -> None:
    properties = schema_of(name)["properties"]
    assert [key for key, part in properties.items() if not part.get("description")] == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("activity", {"title": 5}),
        ("activity", {"title": "A", "due": 2013}),
        ("activity", {"title": "A", "target_count": -1}),
        ("activity", {"title": "A", "log": [{"date": "2013-01-01", "status": "klar"}]}),
        ("activity", {"title": "A", "log": [{"date": "2013-01-01", "okand": 1}]}),
        ("activity", {"supports": ["x"]}),
        ("goal", {"title": "G"}),
        ("goal", {"title": "G", "level": "x", "reached_when": [{"is": "finished", "what": "w"}]}),
        ("plan", {"servplan": 1, "title": "P"}),
    ],
)
def test_what_the_model_refuses_the_schema_refuses(name: str, data: dict[str, object]) -> None:
    assert faults(name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("activity", {"title": "A", "supports": "malet", "owners": ["a", "b"], "area": "all"}),
        ("activity", {"title": "A", "log": [{"known_by": "2013-01-01", "owners": []}]}),
        ("goal", {"title": "G", "level": "x", "reached_when": {"is": "started", "what": "w"}}),
        ("goal", {"title": "G", "level": "x", "due": None, "note": None}),
    ],
)
def test_what_the_model_accepts_the_schema_accepts(name: str, data: dict[str, object]) -> None:
    assert faults(name, data) == []


def test_the_committed_schemas_are_those_that_the_program_prints(servplan: Run) -> None:
    done = servplan("schema")
    assert (done.code, done.err) == (0, "")
    committed = {path.stem: json.loads(path.read_text("utf-8")) for path in (ROOT / "schemas").glob("*.json")}
    assert committed == json.loads(done.out)


def test_one_kind_is_printed_by_any_of_its_names(servplan: Run) -> None:
    for name in ("activity", "activities", "aktiviteter", "Aktivitet"):
        done = servplan("schema", name)
        assert (done.code, json.loads(done.out)) == (0, schema_of("activity"))


def test_all_schemas_are_written_into_a_folder(servplan: Run, tmp_path: Path) -> None:
    done = servplan("schema", "-o", str(tmp_path / "schemas"))
    assert (done.code, done.err) == (0, "")
    assert done.out == "".join(f"{tmp_path}/schemas/{name}.json\n" for name in all_schemas())
    written = {path.stem: json.loads(path.read_text("utf-8")) for path in (tmp_path / "schemas").iterdir()}
    assert written == all_schemas()
