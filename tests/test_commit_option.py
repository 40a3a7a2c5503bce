"""`--commit`: a change becomes a commit of just its files, or nothing is changed."""

from pathlib import Path

import pytest

from tests import plans
from tests.changes import IDENTITY, PLAN, RESA, committed, data, git, head
from tests.conftest import Run


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(tmp_path / "plan", PLAN)


@pytest.fixture
def repository(plan: Path) -> Path:
    return committed(plan)


def test_commit_commits_just_these_files(servplan: Run, repository: Path) -> None:
    (repository / "data/goals/service.yaml").write_text("title: Ändrad\nlevel: overall\n", encoding="utf-8")
    git(repository, "add", "data/goals/service.yaml")
    done = servplan("done", "resa", "--commit", plan=repository, **IDENTITY)
    assert (done.code, done.err) == (0, "Incheckat: Rapportera resa: klar\n")
    assert git(repository, "show", "--format=%an", "--name-only").split() == ["Enheten", RESA]
    status = [line for line in git(repository, "status", "--porcelain").splitlines() if "data/" in line]
    assert status == ["M  data/goals/service.yaml"]


def test_a_commit_is_of_the_day_that_was_said_to_be_today(servplan: Run, repository: Path) -> None:
    done = servplan("done", "resa", "--commit", plan=repository, SERVPLAN_TODAY="2014-02-03", **IDENTITY)
    assert done.code == 0
    assert git(repository, "show", "-s", "--format=%as %cs").split() == ["2014-02-03"] * 2
    assert servplan("audit", "HEAD~1..HEAD", plan=repository).code == 0


def test_commit_commits_a_rename_with_every_file_it_touches(servplan: Run, repository: Path) -> None:
    assert servplan("rename", "service", "god", "--commit", plan=repository, **IDENTITY).code == 0
    assert "data/" not in git(repository, "status", "--porcelain")
    assert git(repository, "show", "--format=", "--name-only", "--no-renames").splitlines() == [
        "data/activities/rapport.yaml",
        RESA,
        "data/boxes/lista.yaml",
        "data/goals/god.yaml",
        "data/goals/service.yaml",
    ]


def test_commit_refuses_files_that_differ_from_head(servplan: Run, repository: Path) -> None:
    (repository / RESA).write_text(PLAN["activities/resa.yaml"] + "order: 1\n", encoding="utf-8")
    before, commit = data(repository), head(repository)
    done = servplan("done", "resa", "--commit", plan=repository, **IDENTITY)
    assert (done.code, done.out) == (3, "")
    assert RESA in done.err
    assert (data(repository), head(repository)) == (before, commit)


def test_commit_outside_a_repository_writes_nothing(servplan: Run, plan: Path) -> None:
    before = data(plan)
    done = servplan("done", "resa", "--commit", plan=plan, **IDENTITY)
    assert (done.code, done.out) == (3, "")
    assert "ligger inte i något git-förråd.\n→ " in done.err
    assert data(plan) == before


def test_without_an_identity_it_is_said_what_to_type_and_nothing_is_written(
    servplan: Run, repository: Path
) -> None:
    before = data(repository)
    nobody = {"HOME": str(repository.parent), "XDG_CONFIG_HOME": str(repository.parent), "EMAIL": ""}
    git(repository, "config", "user.useConfigOnly", "true")
    done = servplan("done", "resa", "--commit", plan=repository, **nobody)
    assert (done.code, done.out) == (3, "")
    assert done.err == (
        "git vet inte vem som checkar in här; inget checkades in.\n"
        '→ Tala om det en gång: git config user.name "…" och git config user.email "…"; försök sedan igen.\n'
    )
    assert data(repository) == before
    assert "data/" not in git(repository, "status", "--porcelain")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["start", "resa", "--outlook", "avvikelse", "--action", "A"], "Rapportera resa: pågår, avvikelse"),
        (["done", "resa", "rapport"], "Rapportera resa och rapport: klar"),
        (["cancel", "resa", "--reason", "Inga\npengar"], "Avbryt resa: Inga pengar"),
        (["log", "resa", "--progress", "40", "--count", "2"], "Rapportera resa: 40 %, 2 till"),
        (["log", "resa", "-m", "Möte i mars"], "Notera om resa: Möte i mars"),
        (["log", "resa", "--evidence", "https://e.org"], "Komplettera loggen för resa"),
        (
            ["log", "resa", "--due", "2015-03-31", "--reason", "Lokalen dröjer"],
            "Flytta slutdatum för resa till 2015-03-31: Lokalen dröjer",
        ),
        (["assess", "service", "--as", "delvis uppnått"], "Bedöm service: delvis uppnått"),
        (["tick", "lista", "--outlook", "at_risk"], "Pricka av lista"),
        (["untick", "lista", "--reason", "För tidigt"], "Ta bort avprickningen av lista: För tidigt"),
        (["set", "resa", "title", "Resan"], "Ändra titel för resa"),
        (["add", "activity", "Ny resa", "--supports", "service"], "Lägg till ny-resa: Ny resa"),
        (["retire", "resa", "--reason", "Ersatt"], "Låt resa utgå från 2014-01-20: Ersatt"),
        (["decide", "resa", "--body", "Kommunstyrelsen"], "Notera beslut av Kommunstyrelsen om resa"),
        (["rename", "resa", "studieresa"], "Byt id från resa till studieresa"),
    ],
)
def test_a_commit_is_a_sentence_in_the_plans_language(
    servplan: Run, repository: Path, command: list[str], sentence: str
) -> None:
    (repository / "data/plan.yaml").write_text(plans.HEADER + "language: sv\n", encoding="utf-8")
    done = servplan("--lang", "en", *command, "--commit", plan=repository, **IDENTITY)
    assert (done.code, done.err) == (0, f"Committed: {sentence}\n")
    assert git(repository, "log", "-1", "--format=%B").strip() == sentence


def test_a_plan_in_a_subfolder_is_committed_and_other_staged_files_stay_staged(
    servplan: Run, tmp_path: Path
) -> None:
    top = tmp_path / "kommun"
    plan = plans.write(top / "planer" / "vp", PLAN)
    (top / "annat.txt").write_text("a\n", encoding="utf-8")
    git(top, "init", "--quiet")
    git(top, "add", "planer")
    git(top, "commit", "--quiet", "-m", "Planen")
    git(top, "add", "annat.txt")
    assert servplan("rename", "resa", "studieresa", "--commit", plan=plan, **IDENTITY).code == 0
    added = servplan("add", "activity", "Ny", "--supports", "service", "--commit", plan=plan, **IDENTITY)
    assert added.code == 0
    assert git(top, "status", "--porcelain") == "A  annat.txt\n"
    assert git(top, "show", "--format=", "--name-only") == "planer/vp/data/activities/ny.yaml\n"


def test_git_sees_a_rename_and_follows_it(servplan: Run, repository: Path) -> None:
    servplan("rename", "resa", "studieresa", "--commit", plan=repository, **IDENTITY)
    log = git(repository, "log", "--follow", "--format=%s", "--", "data/activities/studieresa.yaml")
    assert log == "Byt id från resa till studieresa\nPlanen\n"


@pytest.mark.parametrize(
    "command",
    [
        ["done", "resa"],
        ["done", "resa", "rapport"],
        ["rename", "service", "god"],
        ["add", "activity", "Ny resa", "--supports", "service"],
    ],
)
def test_a_commit_that_a_hook_stops_puts_the_files_back(
    servplan: Run, repository: Path, command: list[str]
) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    staged = "git diff --cached --name-only --diff-filter=d -- data"
    rewriting = f"for file in $({staged}); do echo '# rättad' >> $file; done"
    hook.write_text(f"#!/bin/sh\n{rewriting}\necho Stopp >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    (repository / RESA).write_bytes(PLAN["activities/resa.yaml"].replace("\n", "\r\n").encode())
    git(repository, "add", RESA)
    git(repository, "commit", "--quiet", "--no-verify", "-m", "Radslut")
    (repository / "annat.txt").write_text("a\n", encoding="utf-8")
    git(repository, "add", "annat.txt")
    before, commit = data(repository), head(repository)
    done = servplan(*command, "--commit", plan=repository, **IDENTITY)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("git checkade inte in, och filerna är som förut:\nStopp\n→ Åtgärda det")
    assert (data(repository), head(repository)) == (before, commit)
    assert git(repository, "status", "--porcelain", "--untracked-files=no") == "A  annat.txt\n"


def test_what_is_already_so_makes_no_commit(servplan: Run, repository: Path) -> None:
    servplan("done", "resa", "--commit", plan=repository, **IDENTITY)
    commit = head(repository)
    assert servplan("done", "resa", "--commit", plan=repository, **IDENTITY).code == 0
    assert head(repository) == commit
