"""What `sync` and `submit` have in common: what stands against them, and how a remote is reached."""

import subprocess
from pathlib import Path

import pytest

from tests.clones import (
    BRANCH,
    FILES,
    RECORD,
    Shared,
    commit,
    copied,
    git,
    log_entry,
)
from tests.conftest import Run
from tests.plans import write


def test_histories_that_have_nothing_in_common_are_not_merged(
    shared: Shared, run: Run, tmp_path: Path
) -> None:
    stranger = copied(shared.server.parent, tmp_path / "stranger")
    git(stranger.one, "commit", "--quiet", "--amend", "-m", "En annan plan")
    git(stranger.one, "push", "--quiet", "--force", "origin", "main")
    git(shared.one, "remote", "set-url", "origin", str(stranger.server))
    done = run(shared.one, "sync")
    assert (done.code, done.err.splitlines()[1]) == (
        3,
        "origin/main och det som finns här har ingen gemensam incheckning; inget har rörts.",
    )


def without_git(shared: Shared) -> None:
    (shared.one / ".git").rename(shared.one / "git")


def detached(shared: Shared) -> None:
    git(shared.one, "switch", "--quiet", "--detach")


def test_the_branch_to_go_back_to_is_named_unless_work_would_be_on_none(shared: Shared, run: Run) -> None:
    git(shared.one, "switch", "--quiet", "--create", "vinter")
    detached(shared)
    assert run(shared.one, "sync").err.endswith("\n→ Gå till en gren: git switch vinter\n")
    log_entry(shared.one, "resan", "Mitt")
    commit(shared.one)
    assert run(shared.one, "sync").err == (
        "Ingen gren är utcheckad här, och det som senast checkades in ligger inte på någon.\n"
        "→ Behåll det på en egen gren: git switch -c NAMN\n"
    )


def without_remote(shared: Shared) -> None:
    git(shared.one, "remote", "remove", "origin")


def with_another_remote(shared: Shared) -> None:
    git(shared.one, "remote", "rename", "origin", "kommunen")


def without_server(shared: Shared) -> None:
    shared.server.rename(shared.server.with_name("borta"))


def without_network(shared: Shared) -> None:
    git(shared.one, "remote", "set-url", "origin", "http://anna:hemligt@127.0.0.1:1/plan.git")


def without_commit(shared: Shared) -> None:
    git(shared.one, "switch", "--quiet", "--orphan", "tom")
    write(shared.one, FILES)


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (without_git, "ligger inte i något git-förråd."),
        (detached, "Här är ingen gren utcheckad, utan en enskild incheckning."),
        (without_commit, "Inget är incheckat här ännu."),
        (without_remote, "Den här kopian av planen delas inte med någon ännu."),
        (with_another_remote, "Den här kopian känner inte till ”origin”."),
        (without_server, "Det finns inget git-förråd på adressen för origin:"),
        (without_network, "origin kan inte nås:"),
    ],
)
def test_what_stands_against_syncing_is_said_in_words(shared: Shared, run: Run, break_it, told: str) -> None:
    break_it(shared)
    done = run(shared.one, "sync")
    assert (done.code, done.out) == (3, "")
    assert told in done.err
    assert done.err.splitlines()[-1].startswith("→ ")
    assert "hemligt" not in done.err


def test_a_branch_that_the_remote_has_not(shared: Shared, run: Run) -> None:
    done = run(shared.one, "sync", "--branch", "huvud")
    assert (done.code, done.err.splitlines()[1]) == (3, "origin har ingen gren huvud; inget har rörts.")


@pytest.mark.parametrize("branch", ["main:annan", "--force", "a b", ""])
def test_what_cannot_be_a_branch_is_wrong_usage(shared: Shared, run: Run, branch: str) -> None:
    done = run(shared.one, "sync", f"--branch={branch}")
    assert done.code in (2, 3)
    assert git(shared.one, "branch", "--list") == "* main"


def test_a_plan_in_a_folder_of_a_repository_is_synced_and_submitted(shared: Shared, run: Run) -> None:
    folder = write(shared.one / "planer/norr", FILES)
    commit(shared.one)
    git(shared.one, "push", "--quiet", "origin", "main")
    git(shared.other, "pull", "--quiet")
    log_entry(folder, "resan", "Mitt")
    assert f"\n  {RECORD}\n" in run(folder, "submit", "--owner", "enheten").out
    log_entry(shared.other / "planer/norr", "resan", "Deras")
    log_entry(shared.other, "kartan", "Deras")
    commit(shared.other)
    git(shared.other, "push", "--quiet", "origin", "main")
    log_entry(shared.one, "kartan", "Mitt")
    done = run(folder, "sync")
    assert (done.code, done.err.splitlines()[2]) == (3, "  :/data/activities/kartan.yaml")
    git(shared.one, "restore", ".")
    done = run(folder, "sync")
    assert (done.code, f"  git add {RECORD}\n" in done.err) == (1, True)


def test_ssh_is_asked_as_the_callers_variables_say(shared: Shared, run: Run, tmp_path: Path) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text(
        '#!/bin/sh\necho "$@" > '
        + str(tmp_path / "asked")
        + "\necho 'Permission denied (publickey).' >&2\nexit 255\n"
    )
    ssh.chmod(0o755)
    git(shared.one, "remote", "set-url", "origin", "git@git.example.org:kommunen/plan.git")
    done = run(shared.one, "sync", GIT_SSH_COMMAND=str(ssh))
    assert (done.code, done.err.splitlines()[1]) == (3, "origin släpper inte in dig:")
    assert "git@git.example.org" in (tmp_path / "asked").read_text()


def test_without_a_terminal_nobody_is_asked_for_a_password(shared: Shared, run: Run, tmp_path: Path) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text(
        "#!/bin/sh\n(echo fråga > /dev/tty) 2>/dev/null && echo asked > "
        + str(tmp_path / "asked")
        + "\nexit 255\n"
    )
    ssh.chmod(0o755)
    git(shared.one, "remote", "set-url", "origin", "git@git.example.org:kommunen/plan.git")
    run(shared.one, "sync", GIT_SSH_COMMAND=str(ssh))
    assert not (tmp_path / "asked").exists()


def test_a_message_that_looks_like_an_option_is_a_message(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Bokad")
    run(shared.one, "submit", "--owner", "enheten", "-m", "--amend")
    assert git(shared.server, "log", "-1", "--format=%s", BRANCH) == "--amend"
    assert (
        subprocess.run(["git", "fsck"], cwd=shared.server, capture_output=True, check=False).returncode == 0
    )
