"""The program: what it refuses as wrong usage, and what a run loads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.plans import write
from tests.sample import BROKEN, FILES


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES | BROKEN)


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "--as-of", "2013-02-30"),
        ("status", "--as-of", "igen"),
        ("status", "--format", "xml"),
        ("--lang", "de", "status"),
        ("show",),
        ("due", "--within", "länge"),
        ("health", "--min", "owned"),
        ("health", "--min", "okand=5"),
        ("list", "goals", "--owner", "ingen"),
        ("programme", "kartlagg"),
        ("report", "--period", "2013-13"),
        ("report", "--period", "2013-01", "--as-of", "2013-02-02"),
        ("report", "--format", "xml"),
        ("report", "--audience", "alla"),
        ("report", "--period", "2013-01", "--since", "2013-02-01"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_so_on_stderr(
    servplan: Run, plan: Path, arguments: tuple[str, ...]
) -> None:
    done = servplan(*arguments, plan=plan)
    assert (done.code, done.out) == (2, "")
    assert done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("statsu", "Det finns inget kommando ”statsu”.\n→ Menade du status, start? servplan -h visar alla kommandon.\n"),
        ("--lang en statsu", "There is no command “statsu”.\n→ Did you mean status, start? servplan -h lists the commands.\n"),
        ("--lang de status", "--lang kan inte vara ”de”.\n→ Välj ett av: sv, en.\n"),
        ("status --frmat=json", "Det finns ingen flagga --frmat här.\n→ Menade du --format? servplan status -h visar flaggorna.\n"),
        ("show", "ID saknas.\n→ Så skrivs kommandot: servplan show [OPTIONS] ID; servplan show -h visar mer.\n"),
        ("status a b", "”a b” är för mycket.\n→ Så skrivs kommandot: servplan status [OPTIONS]; servplan status -h visar mer.\n"),
        ("diff main gren", "”gren” är för mycket.\n→ Två incheckningar skrivs som ett argument: main..gren\n"),
        ("trend --every week", "--every kan inte vara ”week”.\n→ Välj ett av: month, tertial, year.\n"),
        ("due --owner", "--owner behöver ett värde.\n→ Lägg till -h för att se vad det kan vara.\n"),
        ("diff --exit-code=1", "--exit-code tar inget värde.\n→ Skriv bara --exit-code.\n"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_command_line_is_told_in_the_reports_language(
    servplan: Run, plan: Path, line: str, said: str
) -> None:
    done = servplan(*line.split(), plan=plan)
    assert (done.code, done.out, done.err) == (2, "", said)


def test_the_list_of_commands_is_cut_nowhere_within_words(servplan: Run, tmp_path: Path) -> None:
    told = servplan("-h", cwd=tmp_path, COLUMNS="80").out
    commands = told.split("Commands:\n")[1]
    assert "..." not in commands
    assert "\n  report        Write the progress report of a period\n" in commands


@pytest.mark.parametrize("command", ["list", "add"])
def test_a_missing_kind_is_answered_with_the_kinds(servplan: Run, plan: Path, command: str) -> None:
    done = servplan(command, plan=plan)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "KIND saknas.\n→ Välj ett av: owner (Ansvarig), goal (Mål), activity (Aktivitet),"
    )


def test_what_is_not_foreseen_of_a_mistake_is_quoted(servplan: Run, plan: Path) -> None:
    done = servplan("init", "ny", "--year", "många", plan=plan)
    assert done.code == 2
    assert done.err.startswith("Det går inte att tolka kommandot: Invalid value for '--year': ")
    assert done.err.endswith("\n→ servplan init -h visar hur det skrivs.\n")


def test_wrong_usage_weighs_more_than_a_faulty_plan(servplan: Run, broken: Path) -> None:
    assert servplan("report", "--period", "2013-01", "--as-of", "2013-02-02", plan=broken).code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("due", "--as-of", "9999-12-31"),
        ("due", "--within", "9999w", "--as-of", "9900-01-01"),
        ("health", "--as-of", "0001-01-01"),
        ("report", "--period", "9999", "-o", "-"),
        ("report", "--period", "0001-01", "-o", "-"),
        ("status", "--as-of", "0001-01-01"),
        ("events", "--until", "9999-12-31"),
    ],
    ids=" ".join,
)
def test_the_ends_of_the_calendar_are_no_crash(servplan: Run, plan: Path, arguments: tuple[str, ...]) -> None:
    done = servplan(*arguments, plan=plan)
    assert done.code in (0, 2, 3)
    assert "Traceback" not in done.err


# What a run costs


FOREIGN = {
    "annotated_doc",
    "annotated_types",
    "pydantic",
    "pydantic_core",
    "shellingham",
    "typer",
    "typing_extensions",
    "typing_inspection",
    "yaml_rs",
}
"""The foreign packages that a short command may load."""


UNNEEDED = (
    "servplan.checks",
    "servplan.cli.check",
    "servplan.cli.records",
    "servplan.cli.report",
    "servplan.export",
    "servplan.files.oracle",
    "servplan.public",
    "servplan.render.findings",
    "servplan.render.locale_formats",
    "servplan.render.report",
    "servplan.render.templates",
    "servplan.render.terminal",
)


LISTING = """\
import atexit, sys
from servplan.__main__ import main
atexit.register(lambda: sys.stderr.write(" ".join(sys.modules)))
main()
"""


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a run on the shipped plan has loaded when it ends."""
    pytest.importorskip("yaml_rs")
    done = subprocess.run(
        [sys.executable, "-c", LISTING, "--plan", str(ROOT), *arguments],
        capture_output=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"]},
        check=True,
    )
    return set(done.stderr.split())


def test_status_loads_only_what_it_uses() -> None:
    loaded = loaded_by("status")
    assert "servplan.cli.status" in loaded
    assert {name for name in loaded if name.startswith(UNNEEDED)} == set()


def test_status_loads_few_foreign_packages() -> None:
    tops = {name.split(".")[0] for name in loaded_by("status") if not name.startswith("_")}
    own = {"servplan", "sitecustomize", "usercustomize"}
    assert tops - set(sys.stdlib_module_names) - own <= FOREIGN


def test_version_reads_no_plan(servplan: Run, tmp_path: Path) -> None:
    done = servplan("--version", plan=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("servplan ")
