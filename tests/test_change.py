import os
import subprocess
from pathlib import Path

import pytest

from tests import plans
from tests.conftest import Run

PLAN = {
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "goals/service.yaml": "title: Service\nlevel: overall\nowners: [landsbygd]\n",
    "programmes/tio.yaml": "title: Tio punkter\npoints: 1\n",
    "boxes/lista.yaml": "title: Lista\nprogramme: tio\nsupports: service\n",
    "activities/resa.yaml": "title: Resa\nsupports: [service]  # målet\nowners: [landsbygd]\ndue: 2014-12-31\n",
    "activities/rapport.yaml": "title: Rapport\nsupports: service\n",
}
IDENTITY = {
    "GIT_AUTHOR_NAME": "Enheten",
    "GIT_AUTHOR_EMAIL": "enheten@example.org",
    "GIT_COMMITTER_NAME": "Enheten",
    "GIT_COMMITTER_EMAIL": "enheten@example.org",
}
RESA = "data/activities/resa.yaml"
NEW = "data/activities/ny-resa-till-boden.yaml"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(tmp_path / "plan", PLAN)


def data(root: Path) -> dict[str, str]:
    files = (path for path in (root / "data").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in files}


def git(root: Path, *arguments: str) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env=kept | IDENTITY)
    return done.stdout.decode()


@pytest.fixture
def repository(plan: Path) -> Path:
    git(plan, "init", "--quiet")
    git(plan, "add", "data")
    git(plan, "commit", "--quiet", "-m", "Planen")
    return plan


# What was reported


@pytest.mark.parametrize(
    ("command", "path", "line"),
    [
        (["log", "resa", "-m", "Bokat"], RESA, "{date: 2014-01-20, note: Bokat}"),
        (["log", "resa", "-m", "12"], RESA, '{date: 2014-01-20, note: "12"}'),
        (
            ["log", "resa", "--progress", "40", "--count", "2"],
            RESA,
            "{date: 2014-01-20, progress: 40, count: 2}",
        ),
        (["log", "resa", "--outlook", "risk för avvikelse"], RESA, "{date: 2014-01-20, outlook: at_risk}"),
        (
            ["log", "resa", "--due", "2014-03-31", "--reason", "Sent"],
            RESA,
            "{date: 2014-01-20, due: 2014-03-31, reason: Sent}",
        ),
        (["start", "resa", "--by", "land"], RESA, "{date: 2014-01-20, status: in_progress, by: landsbygd}"),
        (["done", "resa", "--date", "idag"], RESA, "{date: 2014-01-20, status: done}"),
        (["done", "resa", "--date", "igår"], RESA, "{date: 2014-01-19, status: done, recorded: 2014-01-20}"),
        (
            ["done", "resa", "--date", "2013-12-01"],
            RESA,
            "{date: 2013-12-01, status: done, recorded: 2014-01-20}",
        ),
        (["hold", "resa", "--reason", "Vinter"], RESA, "{date: 2014-01-20, status: on_hold, reason: Vinter}"),
        (["cancel", "resa", "--reason", "Nej"], RESA, "{date: 2014-01-20, status: cancelled, reason: Nej}"),
        (
            ["assess", "service", "--as", "achieved"],
            "data/goals/service.yaml",
            "{date: 2014-01-20, assessment: achieved}",
        ),
        (
            ["assess", "lista", "--as", "achieved"],
            "data/boxes/lista.yaml",
            "{date: 2014-01-20, assessment: achieved}",
        ),
        (
            ["tick", "lista", "--evidence", "https://example.org/x"],
            "data/boxes/lista.yaml",
            '{date: 2014-01-20, ticked: true, evidence: ["https://example.org/x"]}',
        ),
        (
            ["untick", "lista", "--reason", "Fel"],
            "data/boxes/lista.yaml",
            "{date: 2014-01-20, ticked: false, reason: Fel}",
        ),
    ],
)
def test_what_happened_is_one_entry_shown_as_it_was_written(
    servplan: Run, plan: Path, command: list[str], path: str, line: str
) -> None:
    before = data(plan)
    added = f"log:\n  - {line}\n"
    shown = "".join(f"+{text}\n" for text in added.splitlines())
    assert servplan(*command, plan=plan) == (0, f"{path}\n{shown}", "")
    assert data(plan) == before | {path: before[path] + added}


def test_one_command_reports_on_several_records(servplan: Run, plan: Path) -> None:
    done = servplan("done", "resa", "rapport", "resa", "-m", "Klar: nu", plan=plan)
    entry = '+log:\n+  - {date: 2014-01-20, status: done, note: "Klar: nu"}\n'
    assert done == (0, f"{RESA}\n{entry}data/activities/rapport.yaml\n{entry}", "")


def test_what_is_already_so_is_said_and_nothing_written(servplan: Run, plan: Path) -> None:
    servplan("done", "resa", plan=plan)
    before = data(plan)
    so = (0, "", "Så är det redan; inget skrevs.\n")
    assert servplan("done", "resa", plan=plan) == so
    assert servplan("done", "resa", "--dry-run", plan=plan) == so
    assert servplan("set", "resa", "title", "Resa", plan=plan) == so
    assert data(plan) == before


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["cancel", "resa"], 2, 'Det här behöver ett skäl (cancel).\n→ Lägg till --reason "…".\n'),
        (["untick", "lista"], 2, 'Det här behöver ett skäl (untick).\n→ Lägg till --reason "…".\n'),
        (["retire", "resa"], 2, 'Det här behöver ett skäl (retire).\n→ Lägg till --reason "…".\n'),
        (
            ["log", "resa", "--due", "2014-03-31"],
            2,
            'Det här behöver ett skäl (due).\n→ Lägg till --reason "…".\n',
        ),
        (["log", "resa"], 2, "Noteringen skulle inte säga något."),
        (["done", "service"], 2, "”service” är av sorten Mål; kommandot är för: Aktivitet."),
        (["tick", "resa"], 2, "”resa” är av sorten Aktivitet; kommandot är för: "),
        (["assess", "resa", "--as", "achieved"], 2, "”resa” är av sorten Aktivitet; kommandot är för: "),
        (["done", "resa", "--by", "service"], 2, "”service” är av sorten Mål; kommandot är för: Ansvarig."),
        (["done", "xyz"], 2, "Ingen post heter ”xyz”."),
        (["done", "r"], 2, ""),
        (["done", "resa", "xyz"], 2, "Ingen post heter ”xyz”."),
        (["done", "resa", "--date", "2014-02-30"], 2, "”2014-02-30” är inget datum."),
        (["assess", "service", "--as", "toppen"], 2, "”toppen” är ingen bedömning."),
        (["set", "resa", "due", "2014-05-01"], 2, "”resa” har ett slutdatum: det flyttas med en notering"),
        (["set", "resa", "foo", "x"], 2, "Här finns inget fält ”foo” att sätta."),
        (["set", "resa", "log", "x"], 2, "Här finns inget fält ”log” att sätta."),
        (["set", "resa", "tags", "--add", "a", "b"], 2, "--add och --remove tar ett värde."),
        (["add", "activity", "Resa"], 2, f"Id:t ”resa” är upptaget av {RESA}."),
        (["add", "activity", "Ny", "--id", "../ny"], 2, "”../ny” kan inte vara ett id."),
        (["add", "activity", "Ny resa", "--set", "foo"], 2, "”foo” är inte FÄLT=VÄRDE."),
        (["rename", "rapport", "resa"], 2, f"Id:t ”resa” är upptaget av {RESA}."),
        (["rename", "rapport", "Fel"], 2, "”Fel” kan inte vara ett id."),
    ],
)
def test_wrong_usage_is_said_with_exit_2_and_nothing_is_written(
    servplan: Run, plan: Path, command: list[str], code: int, said: str
) -> None:
    before = data(plan)
    done = servplan(*command, plan=plan)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(said)
    assert done.err
    assert "Traceback" not in done.err
    assert data(plan) == before


@pytest.mark.parametrize(
    "command",
    [
        ["log", "resa", "-m", " "],
        ["set", "resa", "supports", "landsbygd"],
        ["set", "resa", "title"],
        ["set", "resa", "order", "tre"],
        ["add", "activity", "Ny resa", "--set", "supports=ingen"],
        ["add", "activity", "Ny resa", "--set", "foo=x"],
        ["add", "activity", "Ny resa", "--set", "note: hej\nowners=landsbygd"],
        ["add", "goal", "Nytt mål", "--level", "ingen"],
    ],
)
def test_a_change_that_would_be_wrong_is_refused_with_the_finding(
    servplan: Run, plan: Path, command: list[str]
) -> None:
    before = data(plan)
    done = servplan(*command, plan=plan)
    assert (done.code, done.out) == (3, "")
    assert "Inget skrevs: data/" in done.err
    assert data(plan) == before


def test_a_form_that_cannot_be_edited_is_refused_with_what_to_write(servplan: Run, plan: Path) -> None:
    (plan / RESA).write_text("{title: Resa, supports: service}\n", encoding="utf-8")
    done = servplan("done", "resa", plan=plan)
    assert (done.code, done.out) == (3, "")
    assert "{date: 2014-01-20, status: done}" in done.err
    assert data(plan)[RESA] == "{title: Resa, supports: service}\n"


# What the plan says


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["set", "resa", "title", "Resan: norrut"], f'{RESA}\n-title: Resa\n+title: "Resan: norrut"\n'),
        (["set", "resa", "tags", "a", "b"], f"{RESA}\n+tags: [a, b]\n"),
        (["set", "resa", "owners"], f"{RESA}\n-owners: [landsbygd]\n"),
        (["set", "resa", "order", "3"], f"{RESA}\n+order: 3\n"),
        (["set", "rapport", "tags", "--add", "a"], "data/activities/rapport.yaml\n+tags: [a]\n"),
        (["set", "rapport", "due", "2014-06-01"], "data/activities/rapport.yaml\n+due: 2014-06-01\n"),
        (
            [
                "add",
                "aktivitet",
                "Ny resa till Boden",
                "--supports",
                "serv",
                "--owner",
                "land",
                "--due",
                "2014-06-01",
            ],
            f"{NEW}\n+title: Ny resa till Boden\n+supports: [service]\n+due: 2014-06-01\n+owners: [landsbygd]\n",
        ),
        (
            ["retire", "rapport", "--reason", "Ersatt", "--date", "2013-12-31", "--by-record", "resa"],
            "data/activities/rapport.yaml\n+retired: {date: 2013-12-31, reason: Ersatt, superseded_by: [resa]}\n",
        ),
        (
            ["decide", "resa", "--body", "KS", "--paragraph", "§ 12"],
            f'{RESA}\n+decided: [{{body: KS, date: 2014-01-20, paragraph: "§ 12"}}]\n',
        ),
        (
            ["rename", "resa", "studieresa"],
            f"{RESA}\n"
            + "".join(f"-{line}\n" for line in PLAN["activities/resa.yaml"].splitlines())
            + "data/activities/studieresa.yaml\n"
            + "".join(
                f"+{line}\n" for line in [*PLAN["activities/resa.yaml"].splitlines(), "formerly: [resa]"]
            ),
        ),
    ],
)
def test_a_change_is_shown_whole_or_with_dry_run_not_made(
    servplan: Run, plan: Path, command: list[str], shown: str
) -> None:
    before = data(plan)
    dry = servplan(*command, "--dry-run", plan=plan)
    assert (dry.code, dry.err) == (0, "")
    assert [line for line in dry.out.splitlines() if line.startswith("@@")]
    assert data(plan) == before
    assert not (plan / ".servplan").exists()
    done = servplan(*command, plan=plan)
    assert done == (0, shown, "")
    assert data(plan) != before


def test_a_dry_run_is_a_diff_that_git_applies(servplan: Run, repository: Path) -> None:
    (repository / RESA).write_text(PLAN["activities/resa.yaml"].rstrip("\n"), encoding="utf-8")
    dry = servplan("set", "resa", "title", "Ny", "--dry-run", plan=repository)
    last = servplan("done", "resa", "--dry-run", plan=repository)
    assert "\n\\ No newline at end of file\n" in last.out
    for shown in (dry, last):
        file = repository.parent / "change.diff"
        file.write_text(shown.out, encoding="utf-8")
        git(repository, "apply", "--check", "--unidiff-zero", str(file))


def test_a_due_date_moves_by_an_entry_and_the_promise_stays(servplan: Run, plan: Path) -> None:
    assert servplan("log", "resa", "--due", "2015-03-31", "--reason", "Sent", plan=plan).code == 0
    assert data(plan)[RESA].startswith(PLAN["activities/resa.yaml"])


def test_old_ids_still_find_the_record_after_a_rename(servplan: Run, plan: Path) -> None:
    assert servplan("rename", "resa", "studieresa", plan=plan).code == 0
    assert servplan("done", "resa", plan=plan).out.startswith("data/activities/studieresa.yaml\n")


# Committing


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD")


def test_commit_commits_just_these_files(servplan: Run, repository: Path) -> None:
    (repository / "data/goals/service.yaml").write_text("title: Ändrad\nlevel: overall\n", encoding="utf-8")
    git(repository, "add", "data/goals/service.yaml")
    done = servplan("done", "resa", "--commit", plan=repository, **IDENTITY)
    assert (done.code, done.err) == (0, "")
    assert git(repository, "show", "--format=%an", "--name-only").split() == ["Enheten", RESA]
    status = [line for line in git(repository, "status", "--porcelain").splitlines() if "data/" in line]
    assert status == ["M  data/goals/service.yaml"]


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
    assert data(plan) == before


@pytest.mark.parametrize(
    "command",
    [["done", "resa"], ["rename", "service", "god"], ["add", "activity", "Ny resa", "--supports", "service"]],
)
def test_a_commit_that_a_hook_stops_puts_the_files_back(
    servplan: Run, repository: Path, command: list[str]
) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho Stopp >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    before, commit = data(repository), head(repository)
    done = servplan(*command, "--commit", plan=repository, **IDENTITY)
    assert (done.code, done.out) == (3, "")
    assert "Stopp" in done.err
    assert (data(repository), head(repository)) == (before, commit)
    assert "data/" not in git(repository, "status", "--porcelain")


def test_what_is_already_so_makes_no_commit(servplan: Run, repository: Path) -> None:
    servplan("done", "resa", "--commit", plan=repository, **IDENTITY)
    commit = head(repository)
    assert servplan("done", "resa", "--commit", plan=repository, **IDENTITY).code == 0
    assert head(repository) == commit
