"""`sync` between two clones and a bare repository: what a merge brings, and what waits for a person."""

import pytest

from tests.clones import BRANCH, FILES, RECORD, TODAY, Shared, commit, git, head, log_entry, others_push
from tests.conftest import Run
from tests.meetings import conflict, merged_by_servplan, postponed, push
from tests.plans import write


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
    assert git(shared.one, "log", "-1", "--format=%s, %cs") == f"Merge origin/main, {TODAY}"
    assert (
        git(shared.one, "log", "-1", "--format=%s, %cs", "HEAD^") == f"Uppföljning 2013-02: Enheten, {TODAY}"
    )
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
            "→ Lämna in dem först: servplan submit --owner ID; eller lägg dem åt sidan: "
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


@pytest.mark.parametrize(
    ("language", "conflict_line", "remedy"),
    [
        (
            "sv",
            "resan: Slutdatum skiljer sig: ”2013-09-30” hos dig (ours), ”2013-12-31” i den delade planen (theirs).",
            (
                "→ Behåll det som ska gälla och ta bort märkena. I en logg får två olika noteringar båda stå;\n"
                "ogiltigförklara sedan den som inte ska gälla: servplan void ID DAG --reason …\n"
                "Har båda sidor ändrat en och samma notering behåller du en text, med det som den andra lägger till.\nSedan:"
            ),
        ),
        (
            "en",
            "resan: Due differs: “2013-09-30” in yours (ours), “2013-12-31” in the shared plan (theirs).",
            (
                "→ Keep what is to count and delete the marks. In a log two different entries may both stay;\n"
                "void the one that is not to count then: servplan void ID DAY --reason …\n"
                "Of one entry that both sides changed keep one text, with what the other adds.\nThen:"
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


def test_a_file_that_each_side_moved_to_a_folder_is_not_merged_and_the_remedy_works(
    shared: Shared, run: Run
) -> None:
    merged_by_servplan(shared)
    theirs, mine = (f"data/activities/{folder}/resan.yaml" for folder in ("2013", "bygd"))
    for clone, path in ((shared.other, theirs), (shared.one, mine)):
        (clone / path).parent.mkdir()
        git(clone, "mv", RECORD, path)
        commit(clone)
    git(shared.other, "push", "--quiet", "origin", "main")
    done = run(shared.one, "sync")
    assert (done.code, git(shared.one, "status", "--porcelain")) == (3, "")
    assert done.err.splitlines()[2:] == [
        "Du och någon annan har flyttat en fil till olika mappar. Inget slogs ihop; allt är som förut.",
        "Omdöpt på var sitt sätt; namnet förut:",
        f"  {RECORD}",
        "Ditt namn:",
        f"  {mine}",
        "De andras namn:",
        f"  {theirs}",
        (
            "→ Flytta din fil dit där de andra har den, och checka in: git add data, git commit -m TEXT; "
            "sedan: servplan sync"
        ),
    ]
    (shared.one / theirs).parent.mkdir()
    (shared.one / mine).rename(shared.one / theirs)
    git(shared.one, "add", "data")
    git(shared.one, "commit", "--quiet", "-m", "Samma mapp")
    assert run(shared.one, "sync").code == 0


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
        "servplan void resan 2013-03-01 --entry 2 --reason …"
    )


def test_what_both_sides_changed_to_the_same_text_is_told(shared: Shared, run: Run) -> None:
    others_push(shared, "resan", "Besök")
    log_entry(shared.one, "resan", "Besök")
    log_entry(shared.one, "kartan", "Annat")
    commit(shared.one)
    assert told_at_last(shared, run) == (
        "Båda sidor rapporterade precis detsamma, och det står en gång; "
        f"var det två besök rapporterar du det andra: {RECORD}"
    )


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


def test_a_change_that_both_made_alike_is_not_taken_for_two_visits(shared: Shared, run: Run) -> None:
    for clone in (shared.other, shared.one):
        postponed(clone, "2013-12-31")
    git(shared.other, "push", "--quiet", "origin", "main")
    log_entry(shared.one, "kartan", "Annat")
    commit(shared.one)
    assert told_at_last(shared, run) == "Hämtar origin/main …"


def test_of_a_file_that_is_no_text_one_side_is_taken(shared: Shared, run: Run) -> None:
    for clone in (shared.other, shared.one):
        (clone / "rapport.docx").write_bytes(b"\0" + clone.name.encode())
        commit(clone)
    git(shared.other, "push", "--quiet", "origin", "main")
    done = run(shared.one, "sync")
    assert (done.code, "UTF-8" in done.err, git(shared.one, "status", "--porcelain")) == (3, False, "")
    assert "→ Ta den enas fil hel och lämna den andras:\n  git merge origin/main\n" in done.err


def test_a_plan_that_the_others_moved_is_told_where_it_is(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Mitt")
    commit(shared.one)
    (shared.other / "plan").mkdir()
    git(shared.other, "mv", "data", "plan")
    push(shared.other)
    done = run(shared.one, "sync")
    assert (done.code, done.out.splitlines()[1:]) == (0, ["Planen ligger nu i plan: gå dit (cd plan)"])
    assert run(shared.one / "plan", "sync").code == 0


def test_a_merge_that_a_hook_refuses_leaves_all_as_before_and_says_so(shared: Shared, run: Run) -> None:
    log_entry(shared.one, "resan", "Mitt")
    commit(shared.one)
    others_push(shared)
    hook = shared.one / ".git/hooks/commit-msg"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'Ärendenummer saknas' >&2; exit 1\n", "utf-8")
    hook.chmod(0o755)
    done = run(shared.one, "sync")
    assert (done.code, done.err.splitlines()[1:], git(shared.one, "status", "--porcelain")) == (
        3,
        [
            "git vägrade checka in sammanslagningen; allt är som förut:",
            "  Ärendenummer saknas",
            "→ Rätta det som hindrar, och kör: servplan sync",
        ],
        "",
    )


def test_a_clone_whose_merges_wait_for_a_commit_is_merged_and_committed(shared: Shared, run: Run) -> None:
    git(shared.one, "config", "branch.main.mergeOptions", "--no-commit --no-ff")
    log_entry(shared.one, "resan", "Mitt")
    commit(shared.one)
    others_push(shared)
    assert run(shared.one, "sync").code == 0
    assert git(shared.one, "log", "-1", "--format=%s") == "Merge origin/main"
