"""What git is in the middle of, told by whatever comes next, with the way on."""

import subprocess

import pytest

from tests.clones import RECORD, Shared, commit, git, log_entry
from tests.conftest import Run
from tests.meetings import conflict, merged_by_servplan, postponed, renamed_short


@pytest.mark.parametrize(
    ("command", "told", "last"),
    [
        (
            "cherry-pick",
            "git cherry-pick är inte avslutad.",
            "eller ångra: git cherry-pick --abort",
        ),
        ("rebase", "git rebase är inte avslutad.", "eller ångra: git rebase --abort"),
    ],
)
def test_what_git_is_in_the_middle_of_is_told_and_nothing_is_done(
    shared: Shared, run: Run, command: str, told: str, last: str
) -> None:
    git(shared.one, "switch", "--quiet", "--create", "gren")
    postponed(shared.one, "2013-09-30")
    git(shared.one, "switch", "--quiet", "main")
    postponed(shared.one, "2013-12-31")
    with pytest.raises(subprocess.CalledProcessError):
        git(shared.one, command, "gren")
    for again in (("sync",), ("submit", "--owner", "enheten")):
        done = run(shared.one, *again)
        assert (done.code, done.err.splitlines()[0], done.err.splitlines()[-1]) == (3, told, last)


def test_of_several_commits_the_way_on_is_told_between_two_of_them(shared: Shared, run: Run) -> None:
    postponed(shared.one, "2013-09-30")
    log_entry(shared.one, "resan", "Bokad")
    commit(shared.one)
    with pytest.raises(subprocess.CalledProcessError):
        git(shared.one, "revert", "--no-edit", "HEAD~1", "HEAD")
    git(shared.one, "checkout", "HEAD", "--", "data")
    git(shared.one, "commit", "--quiet", "--allow-empty", "--no-edit")
    done = run(shared.one, "sync")
    assert done.err == (
        "git revert är inte avslutad.\n→ Fortsätt: git revert --continue; eller ångra: git revert --abort\n"
    )


def test_a_rebase_that_picks_a_commit_is_a_rebase(shared: Shared, run: Run) -> None:
    git(shared.one, "switch", "--quiet", "--create", "gren")
    postponed(shared.one, "2013-09-30")
    git(shared.one, "switch", "--quiet", "main")
    postponed(shared.one, "2013-12-31")
    with pytest.raises(subprocess.CalledProcessError):
        git(shared.one, "rebase", "gren")
    git(shared.one, "update-ref", "CHERRY_PICK_HEAD", "main")
    assert run(shared.one, "sync").err.splitlines()[0] == "git rebase är inte avslutad."


def test_a_stash_that_met_other_changes_is_not_taken_for_the_latest(shared: Shared, run: Run) -> None:
    path = shared.one / RECORD
    path.write_text(path.read_text("utf-8").replace("2013-06-30", "2013-09-30"), "utf-8")
    git(shared.one, "stash", "--quiet")
    postponed(shared.one, "2013-12-31")
    with pytest.raises(subprocess.CalledProcessError):
        git(shared.one, "stash", "pop")
    done = run(shared.one, "sync")
    assert (done.code, done.err.splitlines()[:3]) == (
        3,
        [
            "git är inte klar med några filer; efter git stash pop, till exempel.",
            "Bådas texter står mellan märken i:",
            f"  {RECORD}",
        ],
    )


def test_an_unfinished_merge_is_told_by_whatever_comes_next(shared: Shared, run: Run) -> None:
    conflict(shared, run)
    for command in (("sync",), ("submit", "--owner", "enheten")):
        again = run(shared.one, *command)
        assert (again.code, again.err.splitlines()[:3]) == (
            3,
            ["En sammanslagning är inte avslutad.", "Bådas texter står mellan märken i:", f"  {RECORD}"],
        )
    log_entry(shared.one, "kartan", "Rört")
    (shared.one / RECORD).write_text("title: Resan\nsupports: malet\nowners: enheten\n", "utf-8")
    git(shared.one, "add", RECORD)
    ready = run(shared.one, "sync")
    assert ready.err == (
        "En sammanslagning är färdig att checkas in.\n"
        "→ Avsluta den: git commit --no-edit; eller ångra den: git merge --abort\n"
    )
    git(shared.one, "commit", "--quiet", "--no-edit")
    assert run(shared.one, "sync").out == "Du har redan det senaste från origin/main.\n"


@pytest.mark.parametrize("path", [RECORD, "rapport.docx"])
def test_a_merge_by_hand_that_left_a_file_of_the_plan_unmerged_is_to_be_done_again(
    shared: Shared, run: Run, path: str
) -> None:
    """Only a record has a merge driver that can be mended; of another file one side is taken."""
    merged_by_servplan(shared)
    git(shared.one, "config", "merge.servplan.driver", "false merge-driver %O %A %B %L %P")
    for clone in (shared.other, shared.one):
        if path == RECORD:
            log_entry(clone, "resan", clone.name)
        else:
            (clone / path).write_bytes(b"\0" + clone.name.encode())
        commit(clone)
    git(shared.other, "push", "--quiet", "origin", "main")
    git(shared.one, "fetch", "--quiet")
    with pytest.raises(subprocess.CalledProcessError):
        git(shared.one, "merge", "origin/main")
    done = run(shared.one, "sync")
    assert (done.code, "servplan doctor --fix" in done.err) == (3, path == RECORD)
    assert f"git add {path}" in done.err
    git(shared.one, "merge", "--abort")
    if path == RECORD:
        assert done.err == (
            "git merge är inte avslutad och kunde inte slå ihop de här filerna; de har bara den ena sidans text:\n"
            f"  {path}\n"
            "→ Ångra: git merge --abort; sedan: servplan doctor --fix; och gör om.\n"
            "Eller ta den enas fil hel och lämna den andras: "
            f"git checkout --ours {path} (eller --theirs), git add {path}\n"
        )
        assert run(shared.one, "doctor", "--fix").code == 0
        assert run(shared.one, "sync").code == 0


def test_nothing_is_committed_in_the_middle_of_a_merge(shared: Shared, run: Run) -> None:
    conflict(shared, run)
    kartan = shared.one / "data/activities/kartan.yaml"
    text = kartan.read_text("utf-8")
    done = run(shared.one, "set", "kartan", "description", "Ritad", "--commit")
    assert (done.code, kartan.read_text("utf-8")) == (3, text)
    assert done.err.splitlines()[0] == "En sammanslagning är inte avslutad."


def test_a_merge_by_hand_in_which_git_mistook_a_record_is_to_be_undone_and_left_to_sync(
    shared: Shared, run: Run
) -> None:
    renamed_short(shared, run, "other")
    assert run(shared.one, "set", "norra", "description", "Bygden", "--commit").code == 0
    git(shared.other, "push", "--quiet", "origin", "main")
    git(shared.one, "fetch", "--quiet")
    with pytest.raises(subprocess.CalledProcessError):
        git(shared.one, "merge", "origin/main")
    assert run(shared.one, "sync").err == (
        "En sammanslagning är inte avslutad, och git tog data/areas/norra.yaml för borttagen, "
        "som är omdöpt till data/areas/norra-bygden.yaml.\n"
        "→ Ångra den och låt servplan slå ihop: git merge --abort, servplan sync\n"
    )
    git(shared.one, "merge", "--abort")
    assert run(shared.one, "sync").code == 0


@pytest.mark.parametrize("operation", ["merge", "rebase"])
def test_by_hand_two_records_of_one_id_are_to_be_undone(shared: Shared, run: Run, operation: str) -> None:
    merged_by_servplan(shared)
    for clone, old in ((shared.other, "kartan"), (shared.one, "resan")):
        assert run(clone, "rename", old, "turen", "--commit").code == 0
    git(shared.other, "push", "--quiet", "origin", "main")
    git(shared.one, "fetch", "--quiet")
    with pytest.raises(subprocess.CalledProcessError):
        git(shared.one, operation, "origin/main")
    assert run(shared.one, "sync").err == (
        f"git {operation} är inte avslutad: två poster har fått samma id, "
        "och bådas texter står i data/activities/turen.yaml.\n"
        f"→ Ångra: git {operation} --abort; ge sedan den ena ett annat id: servplan rename\n"
    )
