"""`submit` from two clones to a bare repository."""

from pathlib import Path

import pytest

from tests.clones import (
    BRANCH,
    FILES,
    RECORD,
    Shared,
    commit,
    git,
    head,
    log_entry,
    others_push,
)
from tests.conftest import Run
from tests.plans import write


def test_submit_commits_pushes_and_says_where_to_go_on(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Bokad")
    (shared.one / "anteckningar.txt").write_text("mitt\n", "utf-8")
    done = run(shared.one, "submit", "--owner", "enheten")
    assert done == (
        0,
        (
            f"Incheckat på grenen {BRANCH}: Uppföljning 2013-02: Enheten\n"
            f"  {RECORD}\n"
            f"Be om granskning (merge request) av grenen {BRANCH} där planen delas.\n"
            f"Eller granska den i en klon: git fetch, servplan diff main...origin/{BRANCH}; "
            f"och ta in den: git merge origin/{BRANCH}, git push\n"
        ),
        (
            f"Skickar {BRANCH} till origin …\n"
            f"Du är nu på grenen {BRANCH}; lämnar du in igen läggs det till där.\n"
        ),
    )
    assert git(shared.one, "status", "--short", "--branch") == (
        f"## {BRANCH}...origin/{BRANCH}\n?? anteckningar.txt"
    )
    assert head(shared.server, BRANCH) == head(shared.one)
    assert git(shared.server, "show", "--format=%s", "--name-only", BRANCH).split("\n\n") == [
        "Uppföljning 2013-02: Enheten",
        RECORD,
    ]


def test_the_commit_is_told_in_the_plans_language(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Bokad")
    assert run(shared.one, "--lang", "en", "submit", "--owner", "enheten").code == 0
    assert git(shared.one, "log", "-1", "--format=%s") == "Uppföljning 2013-02: Enheten"


@pytest.mark.parametrize("word", ["last", "Senaste"])
def test_the_last_period_is_the_one_whose_grace_is_over(shared: Shared, run: Run, word: str) -> None:
    log_entry(shared.one, "resan", "Bokad")
    assert run(shared.one, "submit", "--owner", "enheten", "--period", word).code == 0
    assert git(shared.one, "branch", "--show-current") == "uppfoljning/2013-01-enheten"


def test_a_period_outside_the_plan_is_refused(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Bokad")
    done = run(shared.one, "submit", "--owner", "enheten", "--period", "1999-01")
    assert (done.code, done.out) == (2, "")
    assert "; dessa dagar ligger utanför." in done.err
    assert git(shared.one, "branch", "--list") == "* main"


def state(shared: Shared) -> list[str]:
    """What a dry run leaves as it is: files, commits and branches, here and on the server."""
    here = [git(shared.one, *asked.split()) for asked in ("status --short", "for-each-ref", "reflog HEAD")]
    return [*here, git(shared.server, "for-each-ref")]


def test_a_dry_run_shows_what_would_be_handed_in_and_does_nothing(shared: Shared, run: Run) -> None:
    others_push(shared)
    log_entry(shared.one, "resan", "Bokad")
    before = state(shared)
    asked = ("submit", "--owner", "enheten", "--dry-run")
    shown = f"Skulle checkas in på grenen {BRANCH}: Uppföljning 2013-02: Enheten\n  {RECORD}\n"
    assert run(shared.one, *asked) == (0, shown, "")
    assert state(shared) == before
    commit(shared.one)
    before = state(shared)
    shown = f"Det som redan är incheckat skulle skickas på grenen {BRANCH}.\n"
    assert run(shared.one, *asked) == (0, shown, "")
    assert state(shared) == before
    assert run(shared.other, *asked) == (0, "Det finns inget att lämna in.\n", "")


def test_submitting_again_adds_to_the_same_branch(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Bokad")
    run(shared.one, "submit", SERVPLAN_BY="enheten")
    log_entry(shared.one, "kartan", "Ritad")
    done = run(shared.one, "submit", "-m", "Kartan med", SERVPLAN_BY="enheten")
    assert done.code == 0
    told = git(shared.server, "log", "--format=%s", f"main..{BRANCH}").splitlines()
    assert told == ["Kartan med", "Uppföljning 2013-02: Enheten"]


def test_what_was_committed_before_is_handed_in_too(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Bokad")
    commit(shared.one, "Bokat resan")
    done = run(shared.one, "submit", "--owner", "enheten", "--period", "2013-T1")
    assert done.code == 0
    branch = "uppfoljning/2013-T1-enheten"
    assert git(shared.server, "log", "--format=%s", f"main..{branch}") == "Bokat resan"
    assert git(shared.one, "branch", "--show-current") == branch


def test_nothing_to_submit_is_said_and_fine(shared: Shared, run: Run) -> None:
    (shared.one / "anteckningar.txt").write_text("mitt\n", "utf-8")
    assert run(shared.one, "submit", "--owner", "enheten") == (0, "Det finns inget att lämna in.\n", "")
    assert git(shared.one, "branch", "--show-current") == "main"


def test_only_data_is_committed_whatever_else_is_staged(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Bokad")
    (shared.one / "data/activities/kartan.yaml").unlink()
    (shared.one / "annat.txt").write_text("annat\n", "utf-8")
    git(shared.one, "add", "annat.txt")
    done = run(shared.one, "submit", "--owner", "enheten")
    assert f"  data/activities/kartan.yaml\n  {RECORD}\n" in done.out
    assert git(shared.one, "status", "--short") == "A  annat.txt"


def test_an_error_in_the_plan_stops_it_before_anything_is_committed(shared: Shared, run: Run) -> None:
    (shared.one / RECORD).write_text("title: Resan\nsupports: malt\n", "utf-8")
    before = head(shared.one)
    done = run(shared.one, "submit", "--owner", "enheten")
    assert (done.code, done.err) == (1, "")
    assert "fel[unknown-reference] × 1" in done.out
    assert (head(shared.one), git(shared.one, "branch", "--show-current")) == (before, "main")


def test_submit_asks_for_whom(shared: Shared, run: Run) -> None:
    done = run(shared.one, "submit")
    assert done == (
        2,
        "",
        (
            "Det framgår inte för vilken ansvarig detta lämnas in.\n"
            "→ Lägg till --owner ID, eller sätt SERVPLAN_BY en gång; servplan list ansvariga visar deras id\n"
        ),
    )


def hook(server: Path, text: str) -> None:
    path = server / "hooks/pre-receive"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


def test_the_address_that_the_server_offers_is_shown(shared: Shared, run: Run) -> None:
    hook(
        shared.server,
        "echo 'To create a merge request, visit:' >&2; echo '  https://git.example.org/mr/new?b=1' >&2",
    )
    log_entry(shared.one, "resan", "Bokad")
    done = run(shared.one, "submit", "--owner", "enheten")
    assert done.out.endswith("Be om granskning (merge request) här:\nhttps://git.example.org/mr/new?b=1\n")


def test_a_server_that_says_no_leaves_the_commit_safe(shared: Shared, run: Run) -> None:
    hook(shared.server, "echo 'Bara granskade grenar' >&2; exit 1")
    log_entry(shared.one, "resan", "Bokad")
    done = run(shared.one, "submit", "--owner", "enheten")
    assert done.code == 3
    assert (
        f"origin tar inte emot grenen {BRANCH}; din incheckning ligger tryggt här. Svaret var:\n" in done.err
    )
    assert "  remote: Bara granskade grenar" in done.err
    assert "[remote rejected] (pre-receive hook declined)" in done.err
    assert "\N{REPLACEMENT CHARACTER}" not in done.err
    assert git(shared.one, "log", "--format=%s", "-1") == "Uppföljning 2013-02: Enheten"
    (shared.server / "hooks/pre-receive").unlink()
    again = run(shared.one, "submit", "--owner", "enheten")
    assert (again.code, head(shared.server, BRANCH)) == (0, head(shared.one))


def test_what_a_hook_here_prints_is_not_the_servers_word(shared: Shared, run: Run) -> None:
    stop = shared.one / ".git/hooks/pre-push"
    stop.parent.mkdir(exist_ok=True)
    stop.write_text("#!/bin/sh\necho '! [rejected] main (fetch first)' >&2; exit 1\n", "utf-8")
    stop.chmod(0o755)
    log_entry(shared.one, "resan", "Bokad")
    done = run(shared.one, "submit", "--owner", "enheten")
    assert done.code == 3
    assert "  ! [rejected] main (fetch first)\n" in done.err
    assert git(shared.one, "branch", "--format=%(refname:short)").splitlines() == ["main", BRANCH]


@pytest.mark.parametrize("other", [f"{BRANCH}_gammal", f"{BRANCH}_"])
def test_a_branch_that_only_begins_like_ones_own_is_left_alone(shared: Shared, run: Run, other: str) -> None:
    git(shared.one, "branch", other)
    before = head(shared.one, other)
    log_entry(shared.one, "resan", "Bokad")
    assert run(shared.one, "submit", "--owner", "enheten").code == 0
    assert (git(shared.one, "branch", "--show-current"), head(shared.one, other)) == (BRANCH, before)


@pytest.mark.parametrize("other", ["uppfoljning", f"{BRANCH}/gammal"])
def test_a_branch_that_has_the_name_of_a_folder_of_ones_own_is_told(
    shared: Shared, run: Run, other: str
) -> None:
    git(shared.one, "branch", other)
    log_entry(shared.one, "resan", "Bokad")
    assert run(shared.one, "submit", "--owner", "enheten") == (
        3,
        "",
        (
            f"Grenen {BRANCH} kan inte skapas så länge det finns en som heter {other}; inget har rörts.\n"
            f"→ Ge den ett annat namn: git branch -m {other} NAMN; kör sedan servplan submit igen\n"
        ),
    )
    git(shared.one, "branch", "-m", other, "annan")
    assert run(shared.one, "submit", "--owner", "enheten").code == 0


def test_what_a_submitted_branch_changes_is_reviewed_and_taken_in_from_a_clone(
    shared: Shared, run: Run
) -> None:
    log_entry(shared.one, "resan", "Bokad")
    run(shared.one, "submit", "--owner", "enheten")
    git(shared.other, "fetch", "--quiet")
    done = run(shared.other, "diff", f"main...origin/{BRANCH}", "--exit-code")
    assert (done.code, "Bokad" in done.out) == (1, True)
    git(shared.other, "merge", "--quiet", f"origin/{BRANCH}")
    git(shared.other, "push", "--quiet")
    assert head(shared.server) == head(shared.server, BRANCH)


def test_who_submits_second_gets_a_branch_apart_and_stays_on_it(shared: Shared, run: Run) -> None:
    log_entry(shared.other, "kartan", "Ritad")
    run(shared.other, "submit", "--owner", "enheten")
    log_entry(shared.one, "resan", "Bokad")
    done = run(shared.one, "submit", "--owner", "enheten")
    own = f"{BRANCH}_2"
    assert done == (
        0,
        (
            f"Incheckat på grenen {BRANCH}: Uppföljning 2013-02: Enheten\n"
            f"  {RECORD}\n"
            f"Be om granskning (merge request) av grenen {own} där planen delas.\n"
            f"Eller granska den i en klon: git fetch, servplan diff main...origin/{own}; "
            f"och ta in den: git merge origin/{own}, git push\n"
        ),
        (
            f"Skickar {BRANCH} till origin …\n"
            f"På {BRANCH} ligger redan något som lämnats in från annat håll; ditt ligger för sig, på {own}.\n"
            f"Du är nu på grenen {own}; lämnar du in igen läggs det till där.\n"
        ),
    )
    assert git(shared.one, "branch", "--format=%(refname:short)").splitlines() == ["main", own]
    assert git(shared.server, "diff", "--name-only", f"main...{own}") == RECORD
    log_entry(shared.one, "kartan", "Vikt")
    assert run(shared.one, "submit", "--owner", "enheten").code == 0
    assert (head(shared.server, own), head(shared.server, BRANCH)) == (head(shared.one), head(shared.other))


def test_a_branch_apart_is_found_again_from_main(shared: Shared, run: Run) -> None:
    log_entry(shared.other, "kartan", "Ritad")
    run(shared.other, "submit", "--owner", "enheten")
    log_entry(shared.one, "resan", "Bokad")
    run(shared.one, "submit", "--owner", "enheten")
    git(shared.one, "switch", "--quiet", "main")
    log_entry(shared.one, "kartan", "Vikt")
    assert run(shared.one, "submit", "--owner", "enheten").code == 0
    assert git(shared.one, "branch", "--show-current") == f"{BRANCH}_2"


def test_an_owner_whose_id_ends_in_a_number_has_branches_of_its_own(shared: Shared, run: Run) -> None:
    write(shared.one, FILES | {"owners/enheten-2.yaml": "title: Enhet 2\ntype: unit\n"})
    commit(shared.one)
    run(shared.one, "submit", "--owner", "enheten-2")
    log_entry(shared.one, "resan", "Bokad")
    assert run(shared.one, "submit", "--owner", "enheten").code == 0
    assert git(shared.one, "branch", "--show-current") == BRANCH


def test_two_who_work_on_one_branch_meet_by_sync(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Bokad")
    run(shared.one, "submit", "--owner", "enheten")
    git(shared.other, "fetch", "--quiet")
    git(shared.other, "switch", "--quiet", BRANCH)
    log_entry(shared.other, "kartan", "Ritad")
    assert run(shared.other, "submit", "--owner", "enheten").code == 0
    assert head(shared.server, BRANCH) == head(shared.other)
    write(shared.one, {"goals/nytt.yaml": "title: Nytt\nlevel: overall\n"})
    refused = run(shared.one, "submit", "--owner", "enheten")
    assert (refused.code, refused.err.splitlines()[-2:]) == (
        3,
        [
            f"Någon annan har lämnat in till {BRANCH} på origin. Din incheckning ligger tryggt här.",
            f"→ Hämta det: servplan sync --remote origin --branch {BRANCH}; kör sedan servplan submit igen",
        ],
    )
    assert run(shared.one, "sync", "--branch", BRANCH).code == 0
    assert run(shared.one, "submit", "--owner", "enheten").code == 0
    assert git(shared.server, "diff", "--name-only", f"main...{BRANCH}").splitlines() == [
        "data/activities/kartan.yaml",
        RECORD,
        "data/goals/nytt.yaml",
    ]


def test_a_commit_that_fails_leaves_files_and_branch_as_they_were(shared: Shared, run: Run) -> None:
    written = log_entry(shared.one, "resan", "Bokad")
    text = written.read_text("utf-8")
    refusing = shared.one / ".git/hooks/pre-commit"
    refusing.parent.mkdir(exist_ok=True)
    refusing.write_text("#!/bin/sh\necho 'Nej' >&2\nexit 1\n", "utf-8")
    refusing.chmod(0o755)
    done = run(shared.one, "submit", "--owner", "enheten")
    assert done == (3, "", "git commit misslyckades:\nNej\n→ Åtgärda det och försök igen.\n")
    assert written.read_text("utf-8") == text
    assert git(shared.one, "status", "--short", "--branch") == f"## main...origin/main\n M {RECORD}"
    assert git(shared.one, "branch", "--list") == "* main"


def test_who_commits_has_to_be_known(shared: Shared, run: Run) -> None:
    for key in ("user.name", "user.email"):
        git(shared.one, "config", "--unset", key)
    git(shared.one, "config", "user.useConfigOnly", "true")
    log_entry(shared.one, "resan", "Bokad")
    done = run(shared.one, "submit", "--owner", "enheten")
    assert (done.code, done.err.splitlines()[0]) == (
        3,
        "git vet inte vem som checkar in här; inget checkades in.",
    )
    assert git(shared.one, "branch", "--show-current") == "main"
    others_push(shared)
    log_entry(shared.one, "resan", "Igen")
    git(shared.one, "-c", "user.name=E", "-c", "user.email=e@example.org", "commit", "--quiet", "-am", "Eget")
    done = run(shared.one, "sync")
    assert (done.code, done.err.splitlines()[1]) == (
        3,
        "git vet inte vem som checkar in här; inget checkades in.",
    )
    assert git(shared.one, "status", "--short") == ""


def test_a_branch_with_other_changes_of_the_same_file_is_not_forced(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Bokad")
    run(shared.one, "submit", "--owner", "enheten")
    git(shared.one, "switch", "--quiet", "main")
    log_entry(shared.one, "resan", "Något annat")
    done = run(shared.one, "submit", "--owner", "enheten")
    assert (done.code, done.err.splitlines()[:2]) == (
        3,
        [f"Grenen {BRANCH} har andra ändringar i samma filer; inget har rörts:", f"  {RECORD}"],
    )
    assert git(shared.one, "branch", "--show-current") == "main"
    assert "Något annat" in (shared.one / RECORD).read_text("utf-8")


def test_a_branch_that_another_work_tree_is_on_is_told_with_where(
    shared: Shared, run: Run, tmp_path: Path
) -> None:
    git(shared.one, "worktree", "add", "--quiet", "-b", BRANCH, str(tmp_path / "bredvid"))
    log_entry(shared.one, "resan", "Bokad")
    done = run(shared.one, "submit", "--owner", "enheten")
    assert (done.code, done.err) == (
        3,
        (
            f"Grenen {BRANCH} är utcheckad i en annan mapp: {tmp_path}/bredvid; inget har rörts.\n"
            f"→ Lämna in där, eller släpp den: git -C {tmp_path}/bredvid switch --detach; "
            "kör sedan servplan submit igen\n"
        ),
    )
