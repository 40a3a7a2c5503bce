"""`sync` and `submit` between two clones and a bare repository."""

import subprocess
from pathlib import Path

import pytest

from servplan.files.merge_setup import MERGED_FILES
from tests.clones import FILES, Shared, copied, git, head, log_entry, share
from tests.conftest import Outcome, Run
from tests.plans import write

BRANCH = "uppfoljning/2013-02-enheten"
TODAY = "2013-03-05"
RECORD = "data/activities/resan.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    share(folder)
    return folder


@pytest.fixture
def shared(made: Path, tmp_path: Path) -> Shared:
    return copied(made, tmp_path / "shared")


@pytest.fixture
def run(servplan: Run) -> Run:
    def in_clone(clone: Path, *arguments: str, **environment: str) -> Outcome:
        return servplan(*arguments, plan=clone, **({"SERVPLAN_TODAY": TODAY} | environment))

    return in_clone


def commit(clone: Path, message: str = "Ändrat") -> None:
    git(clone, "add", "-A")
    git(clone, "commit", "--quiet", "-m", message)


def others_push(shared: Shared, id_: str = "kartan", note: str = "Annat") -> None:
    log_entry(shared.other, id_, note)
    commit(shared.other)
    git(shared.other, "push", "--quiet", "origin", "main")


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


def test_sync_takes_in_what_others_did(shared: Shared, run: Run) -> None:
    others_push(shared)
    assert run(shared.one, "sync") == (
        0,
        "Hämtat och sammanfört från origin/main: 1 incheckning, 1 fil ändrad.\n",
        "Hämtar origin/main …\n",
    )
    assert head(shared.one) == head(shared.other)
    assert run(shared.one, "sync").out == "Du har redan det senaste från origin/main.\n"


def test_sync_merges_into_a_submitted_branch(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Bokad")
    run(shared.one, "submit", "--owner", "enheten")
    others_push(shared)
    assert run(shared.one, "sync").code == 0
    assert git(shared.one, "branch", "--show-current") == BRANCH
    assert git(shared.one, "log", "-1", "--format=%s") == "Merge origin/main"
    assert run(shared.one, "submit", "--owner", "enheten").code == 0
    assert head(shared.server, BRANCH) == head(shared.one)


def test_a_submitted_branch_that_was_merged_goes_on_with_the_next_period(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Bokad")
    run(shared.one, "submit", "--owner", "enheten")
    git(shared.other, "pull", "--quiet", "--no-rebase", "origin", BRANCH)
    git(shared.other, "push", "--quiet", "origin", "main")
    run(shared.one, "sync")
    log_entry(shared.one, "kartan", "Ritad")
    done = run(shared.one, "submit", "--owner", "enheten", SERVPLAN_TODAY="2013-04-02")
    assert done.code == 0
    assert git(shared.server, "log", "--format=%s", "main..uppfoljning/2013-03-enheten") == (
        "Uppföljning 2013-03: Enheten"
    )


def test_changes_in_the_way_are_named_and_nothing_is_touched(shared: Shared, run: Run) -> None:
    others_push(shared, "resan")
    mine = log_entry(shared.one, "resan", "Bokad")
    text, before = mine.read_text("utf-8"), head(shared.one)
    done = run(shared.one, "sync")
    assert done == (
        3,
        "",
        (
            "Hämtar origin/main …\n"
            "Dessa ändringar är inte incheckade och står i vägen; inget har rörts:\n"
            f"  {RECORD}\n"
            "→ Lämna in dem först: servplan submit; eller lägg dem åt sidan: "
            "git stash -u, servplan sync, git stash pop\n"
        ),
    )
    assert (mine.read_text("utf-8"), head(shared.one)) == (text, before)


@pytest.mark.parametrize("ignored", [False, True])
@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("goals/nytt.yaml", "goals/nytt.yaml"),
        ("goals/ny", "goals/ny/nytt.yaml"),
        ("goals/nytt.yaml/anteckning", "goals/nytt.yaml"),
    ],
    ids=["a file", "a file for a folder", "a folder for a file"],
)
def test_what_is_in_no_commit_is_not_lost_to_a_file_of_its_name(
    shared: Shared, run: Run, mine: str, theirs: str, ignored: bool
) -> None:
    write(shared.other, FILES | {theirs: "title: Nytt\nlevel: overall\n"})
    commit(shared.other)
    git(shared.other, "push", "--quiet", "origin", "main")
    own = shared.one / "data" / mine
    own.parent.mkdir(exist_ok=True)
    own.write_text("Mitt\n", "utf-8")
    if ignored:
        (shared.one / ".git/info/exclude").write_text("data/goals/ny*\n", "utf-8")
    assert run(shared.one, "sync") == (
        3,
        "",
        (
            "Hämtar origin/main …\n"
            "Dessa finns inte i någon incheckning, och det som kom skulle ta deras plats; inget har rörts:\n"
            f"  data/{mine}\n"
            "→ Byt namn på dem eller flytta dem någon annanstans, och kör sync igen.\n"
        ),
    )
    assert own.read_text("utf-8") == "Mitt\n"


def test_changes_of_other_files_are_not_in_the_way(shared: Shared, run: Run) -> None:
    others_push(shared, "kartan")
    log_entry(shared.one, "resan", "Bokad")
    assert run(shared.one, "sync").code == 0
    assert git(shared.one, "status", "--short") == f"M {RECORD}"


def conflict(shared: Shared, run: Run) -> Outcome:
    others_push(shared, "resan", "Deras")
    log_entry(shared.one, "resan", "Mitt")
    commit(shared.one)
    return run(shared.one, "sync")


def test_a_conflict_is_named_and_both_texts_are_kept(shared: Shared, run: Run) -> None:
    done = conflict(shared, run)
    assert (done.code, done.out) == (1, "")
    told = done.err.splitlines()
    assert told[1:3] == [
        "Du och någon annan har ändrat samma sak. Inget är förlorat.",
        "Bådas texter står mellan märken i:",
    ]
    assert told[3] == f"  {RECORD}"
    assert told[-4:] == [
        "  servplan check",
        f"  git add {RECORD}",
        "  git commit --no-edit",
        "eller ångra hela sammanslagningen: git merge --abort",
    ]
    text = (shared.one / RECORD).read_text("utf-8")
    assert ("Deras" in text, "Mitt" in text) == (True, True)


def merged_by_servplan(shared: Shared) -> None:
    """Let git merge the plan's files by servplan in both clones; `sync` configures the rest."""
    (shared.other / ".gitattributes").write_text(f"{MERGED_FILES}\n", "utf-8")
    commit(shared.other)
    git(shared.other, "push", "--quiet", "origin", "main")
    git(shared.one, "pull", "--quiet")


def postponed(clone: Path, day: str) -> None:
    path = clone / RECORD
    path.write_text(path.read_text("utf-8").replace("2013-06-30", day), "utf-8")
    commit(clone)


@pytest.mark.parametrize(
    ("language", "conflict_line", "remedy"),
    [
        (
            "sv",
            "resan: Slutdatum skiljer sig: ”2013-09-30” hos dig (ours), ”2013-12-31” i den delade planen (theirs).",
            (
                "→ Behåll det som ska gälla och ta bort märkena. Låt två noteringar båda stå, och skriv\n"
                "voided: {date: …, reason: …} i den som inte ska gälla.\nSedan:"
            ),
        ),
        (
            "en",
            "resan: Due differs: “2013-09-30” in yours (ours), “2013-12-31” in the shared plan (theirs).",
            (
                "→ Keep what is to count and delete the marks. Of two entries keep both, and write\n"
                "voided: {date: …, reason: …} in the one that is not to count.\nThen:"
            ),
        ),
    ],
)
def test_a_conflict_of_fields_is_told_once_in_the_language_that_is_asked_for(
    shared: Shared, run: Run, language: str, conflict_line: str, remedy: str
) -> None:
    merged_by_servplan(shared)
    postponed(shared.other, "2013-12-31")
    git(shared.other, "push", "--quiet", "origin", "main")
    postponed(shared.one, "2013-09-30")
    done = run(shared.one, "--lang", language, "sync")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[4:] == [
        f"  {RECORD}",
        f"  {conflict_line}",
        *remedy.split("\n"),
        "  servplan check",
        f"  git add {RECORD}",
        "  git commit --no-edit",
        done.err.splitlines()[-1],
    ]


def push(clone: Path) -> None:
    commit(clone)
    git(clone, "push", "--quiet", "origin", "main")


def test_a_file_that_cannot_be_merged_stops_the_merge_before_anything_is_half(
    shared: Shared, run: Run
) -> None:
    path = log_entry(shared.other, "resan", "Deras")
    path.write_bytes(path.read_bytes().decode().encode("utf-16"))
    push(shared.other)
    log_entry(shared.one, "resan", "Mitt")
    commit(shared.one)
    before = head(shared.one)
    done = run(shared.one, "sync")
    assert (done.code, done.out, head(shared.one)) == (3, "", before)
    assert git(shared.one, "status", "--porcelain") == ""
    assert done.err.splitlines()[1:3] == [
        "De här filerna går inte att slå ihop, så inget slogs ihop; allt är som förut:",
        f"  {RECORD}",
    ]
    assert f"  git checkout --ours {RECORD}   (din; den andras: --theirs)\n" in done.err


def test_why_a_file_cannot_be_merged_is_told_once(shared: Shared, run: Run) -> None:
    merged_by_servplan(shared)
    path = log_entry(shared.other, "resan", "Deras")
    path.write_bytes(path.read_bytes().decode().encode("utf-16"))
    push(shared.other)
    log_entry(shared.one, "resan", "Mitt")
    commit(shared.one)
    done = run(shared.one, "sync")
    assert (done.code, git(shared.one, "status", "--porcelain")) == (3, "")
    assert done.err.count("utan troligen i UTF-16.") == 1


def test_a_merge_driver_that_fails_stops_the_merge_before_anything_is_half(shared: Shared, run: Run) -> None:
    merged_by_servplan(shared)
    others_push(shared, "resan", "Deras")
    log_entry(shared.one, "resan", "Mitt")
    commit(shared.one)
    git(shared.one, "config", "merge.servplan.driver", "false merge-driver %O %A %B %L %P")
    done = run(shared.one, "sync")
    assert (done.code, git(shared.one, "status", "--porcelain")) == (3, "")
    assert "sönder: servplan doctor --fix\n" in done.err
    assert run(shared.one, "doctor", "--fix").code == 0
    assert run(shared.one, "sync").code == 0


def test_a_new_file_in_a_folder_that_the_others_moved_waits_for_a_person(shared: Shared, run: Run) -> None:
    git(shared.other, "mv", "data/owners", "data/agare")
    push(shared.other)
    write(shared.one, {"owners/ny.yaml": "title: Ny\ntype: unit\n"})
    commit(shared.one)
    done = run(shared.one, "sync")
    assert done.code == 1
    assert done.err.splitlines()[2:5] == [
        "Bara hos den ena sidan, kanske i en mapp som den andra har flyttat:",
        "  data/agare/ny.yaml",
        "→ Behåll det som bara den ena sidan har: git add data/agare/ny.yaml",
    ]
    git(shared.one, "add", "data/agare/ny.yaml")
    git(shared.one, "commit", "--quiet", "--no-edit")


@pytest.mark.parametrize(
    ("deletes", "told"),
    [
        ("other", "Ändrad av dig, din text står där, borttagen av de andra:"),
        ("one", "Borttagen av dig, ändrad av de andra, vars text står där:"),
    ],
)
def test_a_file_that_one_side_deleted_is_told_with_who_did_and_how_to_go_on(
    shared: Shared, run: Run, deletes: str, told: str
) -> None:
    for name, clone in (("other", shared.other), ("one", shared.one)):
        if name == deletes:
            (clone / RECORD).unlink()
        else:
            log_entry(clone, "resan", "Kvar")
        commit(clone)
    git(shared.other, "push", "--quiet", "origin", "main")
    done = run(shared.one, "sync")
    assert done.code == 1
    assert done.err.splitlines()[2:] == [
        told,
        f"  {RECORD}",
        f"→ Behåll det som bara den ena sidan har: git add {RECORD}",
        f"eller låt det försvinna: git rm {RECORD}",
        "Sedan:",
        "  servplan check",
        "  git commit --no-edit",
        "eller ångra hela sammanslagningen: git merge --abort",
    ]
    git(shared.one, "rm", "--quiet", RECORD)
    git(shared.one, "commit", "--quiet", "--no-edit")
    assert run(shared.one, "sync").out == "Du har redan det senaste från origin/main.\n"


def test_a_file_that_each_side_renamed_is_not_merged_and_the_remedy_works(shared: Shared, run: Run) -> None:
    merged_by_servplan(shared)
    for clone, name in ((shared.other, "farden"), (shared.one, "turen")):
        assert run(clone, "rename", "resan", name, "--commit").code == 0
    git(shared.other, "push", "--quiet", "origin", "main")
    done = run(shared.one, "sync")
    assert (done.code, git(shared.one, "status", "--porcelain")) == (3, "")
    assert done.err.splitlines()[2:] == [
        "Du och någon annan har gett en fil olika namn. Inget slogs ihop; allt är som förut.",
        "Omdöpt på var sitt sätt; namnet förut:",
        f"  {RECORD}",
        "Ditt namn:",
        "  data/activities/turen.yaml",
        "De andras namn:",
        "  data/activities/farden.yaml",
        "→ Byt ditt namn mot de andras: servplan rename DITT DERAS --commit; sedan: servplan sync",
    ]
    assert run(shared.one, "rename", "turen", "farden", "--commit").code == 0
    assert run(shared.one, "sync").code == 0


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


def told_at_last(shared: Shared, run: Run) -> str:
    """What `sync` says last of a merge without a conflict."""
    done = run(shared.one, "sync")
    assert done.code == 0
    return done.err.splitlines()[-1]


def test_an_equal_entry_of_both_is_told_when_they_merge_without_a_conflict(shared: Shared, run: Run) -> None:
    merged_by_servplan(shared)
    postponed(shared.other, "2013-12-31")
    others_push(shared, "resan", "Besök")
    log_entry(shared.one, "resan", "Besök")
    commit(shared.one)
    assert told_at_last(shared, run) == (
        "resan: båda sidor lade till en likadan notering 2013-03-01; båda står kvar, "
        "eftersom det kan vara två. Är de samma ogiltigförklarar du den ena: "
        "servplan void resan 2013-03-01 --reason …"
    )


def test_what_both_sides_changed_to_the_same_text_is_told(shared: Shared, run: Run) -> None:
    others_push(shared, "resan", "Besök")
    log_entry(shared.one, "resan", "Besök")
    log_entry(shared.one, "kartan", "Annat")
    commit(shared.one)
    assert told_at_last(shared, run) == (
        "Båda sidor gjorde precis samma ändring, och den står en gång; "
        f"var det två besök rapporterar du det andra: {RECORD}"
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


def test_errors_after_a_merge_are_shown(shared: Shared, run: Run) -> None:
    (shared.other / "data/owners/grannen.yaml").unlink()
    (shared.other / "data/activities/kartan.yaml").write_text("title: Kartan\nsupports: malet\n", "utf-8")
    commit(shared.other)
    git(shared.other, "push", "--quiet", "origin", "main")
    (shared.one / RECORD).write_text("title: Resan\nsupports: malet\nowners: grannen\n", "utf-8")
    commit(shared.one)
    done = run(shared.one, "sync")
    assert done.code == 1
    assert "\nfel[unknown-reference] × 1\n  data/activities/resan.yaml:3:9: " in done.out


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
