"""`init` makes a whole plan in an empty folder, or nothing."""

import os
from pathlib import Path

import pytest

from tests.clones import git
from tests.conftest import Run


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_it_makes_a_plan_and_says_what_to_type_next(servplan: Run, tmp_path: Path) -> None:
    done = servplan("init", "ny", "--year", "2027", "--forge", "gitlab")
    assert done == (
        0,
        (
            "En ny plan ligger i ny: 27 filer, inga fel.\n"
            "  .gitattributes\n"
            "  .gitignore\n"
            "  .gitlab-ci.yml\n"
            "  .pre-commit-config.yaml\n"
            "  .vscode/\n"
            "  CODEOWNERS\n"
            "  README.md\n"
            "  data/\n"
            "\n"
            "Byt ut exemplen i data/ (README.md berättar mer) och skriv sedan:\n"
            "  cd ny\n"
            "  servplan check\n"
            "  git add -A\n"
            '  git commit -m "Ny plan"\n'
            "\n"
            "Innan flödena kan köras: sätt variabeln SERVPLAN där planen delas. Den säger vilket servplan som"
            " pip installerar, till exempel servplan[fast] @ git+https://…@TAGG."
            " docs/pipelines.md i servplan berättar hur.\n"
            "\n"
            "I den här klonen slår git ihop poster med servplan; i andra, en gång: servplan doctor --fix\n"
        ),
        "",
    )
    plan = tmp_path / "ny"
    assert git(plan, "branch", "--show-current") == "main"
    assert servplan("check", "--strict", plan=plan) == (0, "5 filer lästa, 0 fel, 0 varningar\n", "")


def test_what_git_takes_in_is_what_was_made(servplan: Run, tmp_path: Path) -> None:
    servplan("init", "ny")
    plan = tmp_path / "ny"
    servplan("report", "--period", "2014", "-o", str(plan / "reports"), plan=plan)
    assert (plan / "reports").is_dir()
    listed = git(plan, "ls-files", "--others", "--exclude-standard").splitlines()
    assert [path for path in listed if path.startswith(("reports", ".servplan"))] == []
    attributes = git(plan, "check-attr", "eol", "merge", "--", "data/plan.yaml", "data/goals/2014/malet.yaml")
    assert [line.rpartition(": ")[2] for line in attributes.splitlines()] == ["lf", "servplan"] * 2


def test_the_year_is_this_one_and_the_language_the_one_asked_for(servplan: Run, tmp_path: Path) -> None:
    done = servplan("--lang", "en", "init", "ny")
    assert done.out.startswith("A new plan lies in ny: 29 files, no errors.\n")
    header = (tmp_path / "ny/data/plan.yaml").read_text("utf-8")
    assert header.splitlines()[1:3] == ["title: Plan 2014", "language: en"]


def test_a_fresh_clone_and_the_folder_itself_will_do(servplan: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=huvud")
    assert servplan("init", ".").code == 0
    assert (git(tmp_path, "branch", "--show-current"), (tmp_path / ".gitlab-ci.yml").is_file()) == (
        "huvud",
        True,
    )


@pytest.mark.parametrize(
    ("address", "asked", "there"),
    [
        ("git@github.com:kommunen/plan.git", (), {".github"}),
        ("https://gitlab.kommunen.example/plan.git", (), {".gitlab-ci.yml"}),
        ("https://git.kommunen.example/plan.git", (), {".github", ".gitlab-ci.yml"}),
        ("git@github.com:kommunen/plan.git", ("--forge", "both"), {".github", ".gitlab-ci.yml"}),
        ("git@github.com:kommunen/plan.git", ("--forge", "none"), set()),
    ],
)
def test_a_clone_gets_the_pipelines_of_where_it_comes_from(
    servplan: Run, tmp_path: Path, address: str, asked: tuple[str, ...], there: set[str]
) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", address)
    done = servplan("init", ".", *asked)
    assert (done.code, "SERVPLAN" in done.out) == (0, bool(there))
    assert {".github", ".gitlab-ci.yml"} & {item.name for item in tmp_path.iterdir()} == there


def test_a_folder_in_use_is_refused_and_named(servplan: Run, tmp_path: Path) -> None:
    (tmp_path / "ny").mkdir()
    (tmp_path / "ny/brev.docx").write_text("", "utf-8")
    done = servplan("init", "ny")
    assert done == (
        3,
        "",
        (
            f"{tmp_path}/ny är inte tom; inget skrevs. Där ligger:\n"
            "  brev.docx\n"
            "→ Välj en mapp som är tom eller inte finns.\n"
        ),
    )
    assert names(tmp_path) == ["ny/brev.docx"]


def test_a_file_is_no_folder(servplan: Run, tmp_path: Path) -> None:
    (tmp_path / "ny").write_text("", "utf-8")
    done = servplan("init", "ny")
    assert (done.code, done.out) == (3, "")
    assert names(tmp_path) == ["ny"]


def test_in_a_repository_of_others_only_the_plan_is_made(servplan: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    done = servplan("init", "planer/norr")
    assert done.code == 0
    assert f"\nDen ligger i kodförrådet {tmp_path}: automatiska kontroller, " in done.out
    tops = {path.partition("/")[0] for path in names(tmp_path / "planer/norr")}
    assert tops == {".gitattributes", ".gitignore", ".vscode", "README.md", "data"}
    assert not (tmp_path / "planer/norr/.git").exists()


@pytest.mark.parametrize(
    ("title", "code", "words"),
    [
        ("", 2, "--title behöver ett värde."),
        ("rad\x07", 2, "U+0007"),
    ],
)
def test_a_title_that_no_plan_may_have_leaves_nothing(
    servplan: Run, tmp_path: Path, title: str, code: int, words: str
) -> None:
    done = servplan("init", "ny", "--title", title)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert list(tmp_path.iterdir()) == []


def failing_git(folder: Path) -> str:
    """Return a path to programs in which git knows no repository and can make none."""
    folder.mkdir()
    program = folder / "git"
    program.write_text("#!/bin/sh\necho 'fatal: not a git repository' >&2\nexit 128\n", "utf-8")
    program.chmod(0o755)
    return f"{folder}{os.pathsep}/usr/bin:/bin"


def test_where_git_fails_nothing_is_left(servplan: Run, tmp_path: Path) -> None:
    path = failing_git(tmp_path / "bin")
    done = servplan("init", "planer/ny", PATH=path)
    assert (done.code, done.err.splitlines()[0]) == (3, "git init misslyckades:")
    assert names(tmp_path) == ["bin/git"]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["bin"]


def test_without_git_nothing_is_made(servplan: Run, tmp_path: Path) -> None:
    done = servplan("init", "ny", PATH=str(tmp_path))
    assert done == (
        3,
        "",
        (
            "git är inte installerat här.\n"
            "→ Installera git 2.30 eller nyare; --commit och all granskning behöver det.\n"
        ),
    )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_no_system_can_make_is_refused_in_words(servplan: Run, tmp_path: Path) -> None:
    done = servplan("init", "x" * 300)
    assert (done.code, done.out, list(tmp_path.iterdir())) == (3, "", [])
    assert "Traceback" not in done.err
