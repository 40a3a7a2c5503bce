"""The demo: the same on every machine, whole or not at all, and with something in it for every command."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from servplan.demo.history import edits_of
from servplan.demo.story import Report, Rewrite, months, start
from servplan.files.tree import MemoryTree, WorkTree
from servplan.load import load_plan
from servplan.model.kinds import KINDS
from servplan.model.owner import Owner
from servplan.state import Standing
from tests.conftest import Run
from tests.story import git

LAST_COMMIT = "4216ccca6cd3e692a1fcd624807c22c76f58cf8e"
"""The last commit's id. Whoever changes the story, or how edits are written, finds the new one in the failure."""

SETTINGS = """\
[core]
    autocrlf = true
    hooksPath = /nowhere/hooks
    attributesFile = /nowhere/attributes
[init]
    defaultBranch = trunk
    defaultObjectFormat = sha256
    templateDir = /nowhere/templates
[commit]
    gpgSign = true
[tag]
    gpgSign = true
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo in an empty folder of a user with settings and a clock of their own."""
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(SETTINGS, "utf-8")
    folder = home / "exempel"
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "servplan", "demo", str(folder)],
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(home), "TZ": "Asia/Tokyo"},
    )
    return folder


def test_the_history_is_the_same_on_every_machine(demo: Path) -> None:
    assert git(demo, "rev-parse", "main") == f"{LAST_COMMIT}\n"


def test_the_files_are_as_committed_whatever_the_settings_say_of_line_ends(demo: Path) -> None:
    assert git(demo, "-c", "core.autocrlf=true", "status", "--porcelain") == ""
    crlf = [path for path in demo.rglob("*.*") if path.is_file() and b"\r\n" in path.read_bytes()]
    assert [path for path in crlf if ".git" not in path.parts] == []


def test_each_month_is_written_down_within_three_weeks(demo: Path) -> None:
    days = [date.fromisoformat(day) for day in git(demo, "log", "--reverse", "--format=%as").split()]
    told = [(year, month) for year in (2023, 2024, 2025) for month in range(1, 13)]
    after = [(year + month // 12, month % 12 + 1) for year, month in told]
    assert [(day.year, day.month) for day in days] == after
    assert max(day.day for day in days) <= 21


def test_those_who_commit_are_units_of_the_plan(demo: Path) -> None:
    units = {owner.title for owner in load_plan(WorkTree(demo)).plan.of(Owner)}
    names, addresses = zip(
        *(line.split("|") for line in git(demo, "log", "--format=%an|%ae").splitlines()), strict=True
    )
    assert set(names) <= units
    assert {address.partition("@")[2] for address in addresses} == {"example.org"}


def test_decisions_and_follow_ups_are_annotated_tags(demo: Path) -> None:
    listed = git(demo, "for-each-ref", "--format=%(objecttype) %(refname:short)", "refs/tags").splitlines()
    assert len(listed) == 7
    assert {line.split()[0] for line in listed} == {"tag"}


def test_check_finds_no_error_but_warnings_that_teach(demo: Path, servplan: Run) -> None:
    told = servplan("check", "--format", "json", plan=demo)
    found = json.loads(told.out)
    codes = {finding["code"] for finding in found["findings"]}
    assert (told.code, found["errors"]) == (0, 0)
    assert codes == {"due-outside-period", "no-activity", "no-owner", "no-reason"}


def test_every_kind_and_every_status_has_its_records(demo: Path) -> None:
    plan = load_plan(WorkTree(demo)).plan
    assert {record.kind for record in plan.records.values()} == {kind.kind for kind in KINDS}
    standing = Standing(plan, plan.header.period.end)
    states = [standing.state(id_) for id_, record in standing.records.items() if record.kind == "activity"]
    statuses = {state.status for state in states}
    assert statuses == {"done", "in_progress", "on_hold", "cancelled", "unreported"}
    assert standing.state("utred-driftsformer").postponed == 3


def test_every_event_changes_something() -> None:
    texts = start()
    idle, unclear = [], []
    for month in months():
        for event in month.events:
            if isinstance(event, Rewrite) and texts[event.rewrite].count(event.find) != 1:
                unclear.append(event)
            edits = edits_of(MemoryTree(texts), event)
            if all(edit.before == edit.after for edit in edits):
                idle.append(event)
            texts |= {edit.path: edit.after for edit in edits if edit.after is not None}
            for gone in (edit.path for edit in edits if edit.after is None):
                del texts[gone]
    assert (idle, unclear) == ([], [])


def test_nothing_is_reported_before_it_has_happened() -> None:
    reports = [
        (month.written, event.entry)
        for month in months()
        for event in month.events
        if isinstance(event, Report)
    ]
    assert [entry for written, entry in reports if date.fromisoformat(entry["date"]) > written] == []


def test_addresses_lead_to_nobody(demo: Path) -> None:
    files = [path for path in demo.rglob("*") if path.suffix in (".yaml", ".md")]
    text = "\n".join(path.read_text("utf-8") for path in files)
    assert set(re.findall(r"(?:@|https?://)([\w.-]+)", text)) == {"example.org"}


@pytest.mark.parametrize("taken", ["a file", "a folder with a hidden file in it"])
def test_what_is_there_is_left_alone(taken: str, tmp_path: Path, servplan: Run) -> None:
    target = tmp_path / "exempel"
    held = target if taken == "a file" else target / ".dold"
    held.parent.mkdir(exist_ok=True)
    held.write_text("mitt", "utf-8")
    told = servplan("--lang", "sv", "demo", "exempel", plan=tmp_path)
    assert (told.code, told.out) == (3, "")
    words = "kan inte skrivas" if taken == "a file" else "är inte tom; inget skrevs. Där ligger:\n  .dold"
    assert words in told.err
    assert (held.read_text("utf-8"), sorted(target.rglob("*"))) == ("mitt", [held] if held != target else [])


def test_without_git_nothing_is_left(tmp_path: Path, servplan: Run) -> None:
    told = servplan("--lang", "sv", "demo", "djupt/inne/exempel", plan=tmp_path, PATH=str(tmp_path / "tom"))
    assert (told.code, told.out) == (3, "")
    assert told.err.splitlines()[0] == "git är inte installerat här."
    assert list(tmp_path.iterdir()) == []


def test_where_git_fails_halfway_the_folder_is_as_before(tmp_path: Path, servplan: Run) -> None:
    failing = tmp_path / "bin" / "git"
    failing.parent.mkdir()
    failing.write_text('#!/bin/sh\n/usr/bin/git "$@"\necho "disken är full" >&2\nexit 1\n', "utf-8")
    failing.chmod(0o755)
    folder = tmp_path / "exempel"
    folder.mkdir()
    told = servplan("--lang", "sv", "demo", str(folder), plan=tmp_path, PATH=str(failing.parent))
    assert (told.code, told.err.splitlines()[:2]) == (3, ["git init misslyckades:", "disken är full"])
    assert (folder.is_dir(), list(folder.iterdir())) == (True, [])
