"""The architecture, held to: imports point down only, and each library has its one place."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "servplan"
LAYERS = (
    {"__main__"},
    {"cli"},
    {"demo", "scaffold"},
    {"render", "export"},
    {"answering", "correction", "rename", "voiding", "year_shift"},
    {"edit", "merge"},
    {"proof"},
    {"checks"},
    {"analysis"},
    {"public"},
    {"state"},
    {"commits", "timeline"},
    {"lineage"},
    {"blobs", "revisions"},
    {"renaming", "snapshot"},
    {"identity"},
    {"load"},
    {"model"},
    {"files"},
    {"diagnostics"},
)
"""The rooms from the top down; those of one layer know nothing of each other."""

HOMES = {
    "ruamel": {"files/oracle.py", "files/marks.py"},
    "yaml_rs": {"files/document.py"},
    "typer": {"cli"},
    "rich": {"render/terminal.py", "cli/session.py"},
    "jinja2": {"render/templates.py"},
    "babel": {"render/locale_formats.py"},
    "subprocess": {"files/git.py"},
    "gettext": {"render/words.py"},
    "filelock": {"files/store.py"},
}
"""Where each library may be imported: a file, or any file of a room."""

DISTRIBUTIONS = {"ruamel": "ruamel.yaml", "yaml_rs": "yaml-rs"}
OPTIONAL = {"yaml_rs"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("servplan", cache_dir=None)


def test_imports_only_point_down(graph: grimp.ImportGraph) -> None:
    layers = [grimp.Layer(*rooms, independent=True) for rooms in LAYERS]
    broken = graph.find_illegal_dependencies_for_layers(layers, containers={"servplan"})
    assert [(item.importer, item.imported) for item in broken] == []


def test_every_module_has_its_layer(graph: grimp.ImportGraph) -> None:
    rooms = {child.rpartition(".")[2] for child in graph.find_children("servplan")}
    assert rooms == set().union(*LAYERS)


def test_no_module_leads_back_to_itself(graph: grimp.ImportGraph) -> None:
    circles = {
        (module, found)
        for module in graph.modules
        for found in graph.find_modules_directly_imported_by(module)
        if graph.chain_exists(importer=found, imported=module)
    }
    assert circles == set()


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_in_its_own_place_only(library: str) -> None:
    users = {
        path for path, tree in modules() if any(name.split(".")[0] == library for name in imported(tree))
    }
    assert {path for path in users if not {path, path.split("/")[0]} & HOMES[library]} == set()


def test_every_library_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {text.split(">")[0].strip() for text in project["dependencies"]}
    optional = {
        text.split(">")[0].strip() for group in project["optional-dependencies"].values() for text in group
    }
    tops = {name.split(".")[0] for _path, tree in modules() for name in imported(tree)}
    foreign = tops - set(sys.stdlib_module_names) - {"servplan", "pydantic_core"}
    missing = {
        name
        for name in foreign
        if DISTRIBUTIONS.get(name, name) not in (optional if name in OPTIONAL else declared)
    }
    assert missing == set()


def calls(tree: ast.Module) -> Iterator[str]:
    """Every `name.attribute` in a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


CLOCKS = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "time.localtime"}


def test_what_day_it_is_only_the_command_line_asks() -> None:
    asking = {path for path, tree in modules() if CLOCKS & set(calls(tree))}
    assert {path.split("/")[0] for path in asking} == {"cli"}


def test_only_the_command_line_and_the_way_in_look_at_the_environment() -> None:
    reading = {path for path, tree in modules() if "os.environ" in set(calls(tree))}
    assert {path.split("/")[0] for path in reading} <= {"cli", "__main__.py", "files"}
    assert {path for path in reading if path.startswith("files/")} <= {"files/git.py"}


def test_nothing_prints_but_the_command_line() -> None:
    def prints(tree: ast.Module) -> bool:
        return any(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            for node in ast.walk(tree)
        )

    assert [path for path, tree in modules() if prints(tree)] == []
    streams = {"sys.stdout", "sys.stderr", "sys.exit"}
    writing = {path.split("/")[0] for path, tree in modules() if streams & set(calls(tree))}
    assert writing <= {"cli", "__main__.py"}


def test_every_module_and_package_says_what_it_is() -> None:
    assert [path for path, tree in modules() if not ast.get_docstring(tree)] == []


def test_no_module_is_a_heap() -> None:
    def lines(path: Path) -> int:
        return len(path.read_text("utf-8").splitlines())

    assert [path.name for path in SOURCE.rglob("*.py") if lines(path) > 1000] == []
