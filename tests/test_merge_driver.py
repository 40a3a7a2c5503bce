"""git merges with servplan: real merges, in repositories where `doctor --fix` has set it up."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from servplan.diagnostics import ServplanError
from servplan.files.merge_setup import MERGED_FILES, driver_command, install_merge_driver, merge_driver_state
from tests.conftest import Outcome, Run
from tests.plans import write

RECORD = """\
title: Resan
supports: malet
owners: [enheten]
due: 2013-06-30
log:
  - {date: 2013-03-01, status: in_progress}
"""
FILES = {
    "goals/malet.yaml": "title: Målet\nlevel: overall\n",
    "activities/resan.yaml": RECORD,
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
}
RESAN = "data/activities/resan.yaml"


def git(folder: Path, *arguments: str, **environment: str) -> Outcome:
    done = subprocess.run(
        ["git", "-c", "user.name=Enheten", "-c", "user.email=enheten@example.org", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": "/usr/bin:/bin", "GIT_EDITOR": "true", "LC_ALL": "C", **environment},
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def committed(folder: Path, **texts: str) -> None:
    """Write records and commit everything; the names are those of files in `activities`."""
    for name, text in texts.items():
        (folder / "data" / "activities" / f"{name}.yaml").write_text(text, "utf-8")
    assert git(folder, "add", "-A").code == 0
    assert git(folder, "commit", "--quiet", "-m", "Ändrat").code == 0


@pytest.fixture(params=["", "planer/norr"], ids=["at the top", "in a folder"])
def plan(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A plan in git that is merged with servplan, with a branch `deras`; `huvud` is checked out."""
    top = tmp_path / "repo"
    top.mkdir()
    git(top, "init", "--quiet", "--initial-branch=huvud")
    folder = write(top / request.param, FILES)
    assert install_merge_driver(folder) == [".gitattributes"]
    committed(folder)
    git(top, "branch", "deras")
    return folder


def both(plan: Path, ours: str, theirs: str) -> None:
    git(plan, "checkout", "--quiet", "deras")
    committed(plan, resan=theirs)
    git(plan, "checkout", "--quiet", "huvud")
    committed(plan, resan=ours)


def text(plan: Path) -> str:
    return (plan / RESAN).read_text("utf-8")


VOIDED = "voided: {date: 2013-03-05, reason: Fel}"
OURS = RECORD + "  - {date: 2013-04-01, note: Vi har bokat}\n"
THEIRS = RECORD + "  - {date: 2013-04-02, note: De har packat}\n"
TOGETHER = OURS + "  - {date: 2013-04-02, note: De har packat}\n"


def test_entries_of_both_branches_merge_without_a_word(plan: Path) -> None:
    both(plan, OURS, THEIRS)
    done = git(plan, "merge", "deras")
    assert (done.code, done.err, text(plan)) == (0, "", TOGETHER)


@pytest.mark.parametrize("command", [("rebase", "deras"), ("cherry-pick", "deras")])
def test_rebasing_and_picking_merge_so_too(plan: Path, command: tuple[str, ...]) -> None:
    both(plan, OURS, THEIRS)
    assert git(plan, *command).code == 0
    assert sorted(text(plan).splitlines()) == sorted(TOGETHER.splitlines())


def test_a_conflict_is_named_and_left_between_gits_marks(plan: Path, servplan: Run) -> None:
    both(plan, OURS.replace("2013-06-30", "2013-09-30"), THEIRS.replace("2013-06-30", "2013-12-31"))
    done = git(plan, "merge", "deras")
    assert done.code == 1
    assert done.err == (
        "resan: Slutdatum skiljer sig: ”2013-09-30” överst (ours), ”2013-12-31” underst (theirs).\n"
        f"→ Välj mellan märkena <<<<<<< och >>>>>>> i filen; sedan servplan check, git add {RESAN}\n"
    )
    assert git(plan, "add", RESAN).code == 0
    assert text(plan) == TOGETHER.replace(
        "due: 2013-06-30\n",
        "<<<<<<< ours: resan, due\ndue: 2013-09-30\n=======\ndue: 2013-12-31\n>>>>>>> theirs\n",
    )
    assert "gits märken efter en sammanslagning med konflikt" in servplan("check", plan=plan).out


def test_a_file_is_named_as_it_is_typed_where_the_user_stands(plan: Path) -> None:
    both(plan, RECORD.replace("Resan", "Färden"), RECORD.replace("Resan", "Turen"))
    assert git(plan / "data/goals", "merge", "deras").err.endswith("git add ../activities/resan.yaml\n")
    assert git(plan / "data/goals", "add", "../activities/resan.yaml").code == 0


def crossed(plan: Path) -> None:
    """Make two branches that merged each other, each with its own choice of a due date."""
    both(plan, RECORD.replace("2013-06-30", "2013-09-30"), RECORD.replace("2013-06-30", "2013-12-31"))
    git(plan, "branch", "innan")
    for branch, other in (("huvud", "deras"), ("deras", "innan")):
        git(plan, "checkout", "--quiet", branch)
        assert git(plan, "merge", other).code == 1
        committed(plan, resan=RECORD.replace("2013-06-30", "2013-12-31"))


def test_what_two_bases_contradict_each_other_in_is_no_conflict_where_both_sides_agree(plan: Path) -> None:
    crossed(plan)
    committed(plan, resan=THEIRS.replace("2013-06-30", "2013-12-31"))
    git(plan, "checkout", "--quiet", "huvud")
    committed(plan, resan=OURS.replace("2013-06-30", "2013-12-31"))
    done = git(plan, "merge", "deras")
    assert (done.code, done.err, text(plan)) == (0, "", TOGETHER.replace("2013-06-30", "2013-12-31"))


def test_what_each_side_dropped_of_the_other_is_gone_and_the_audit_tells_who_dropped_it(
    plan: Path, servplan: Run
) -> None:
    both(plan, OURS, THEIRS)
    git(plan, "branch", "innan")
    for branch, other in (("huvud", "deras"), ("deras", "innan")):
        git(plan, "checkout", "--quiet", branch)
        assert git(plan, "merge", "--strategy=ours", "-m", f"{branch} för sig", other).code == 0
    git(plan, "checkout", "--quiet", "huvud")
    assert (git(plan, "merge", "deras").code, text(plan)) == (0, RECORD)
    found = json.loads(servplan("audit", "--format", "json", plan=plan).out)["findings"]
    removed = {finding["subject"] for finding in found if finding["code"] == "entry-removed"}
    assert removed >= {"huvud för sig", "deras för sig"}


def test_a_conflict_is_told_in_the_language_that_is_asked_for_or_the_plans(plan: Path) -> None:
    both(plan, RECORD.replace("Resan", "Färden"), RECORD.replace("Resan", "Turen"))
    assert "Title differs: “Färden” above (ours)" in git(plan, "merge", "deras", SERVPLAN_LANG="en").err
    git(plan, "merge", "--abort")
    header = plan / "data" / "plan.yaml"
    header.write_text(header.read_text("utf-8") + "language: en\n", "utf-8")
    assert "Title differs: “Färden” above (ours)" in git(plan, "merge", "deras").err


def test_a_record_renamed_on_one_side_is_merged_with_the_edit_of_the_other(plan: Path) -> None:
    git(plan, "checkout", "--quiet", "deras")
    git(plan, "mv", RESAN, "data/activities/studieresan.yaml")
    committed(plan, studieresan=THEIRS)
    git(plan, "checkout", "--quiet", "huvud")
    committed(plan, resan=OURS)
    assert git(plan, "merge", "deras").code == 0
    assert (plan / "data/activities/studieresan.yaml").read_text("utf-8") == TOGETHER


def test_both_branches_adding_one_record_are_merged_by_key(plan: Path) -> None:
    git(plan, "checkout", "--quiet", "deras")
    committed(plan, ny="title: Ny\ntags: [a]\n")
    git(plan, "checkout", "--quiet", "huvud")
    committed(plan, ny="title: Ny\ndue: 2013-12-31\n")
    assert git(plan, "merge", "deras").code == 0
    assert (plan / "data/activities/ny.yaml").read_text("utf-8") == "title: Ny\ndue: 2013-12-31\ntags: [a]\n"


def test_two_records_of_one_id_are_to_be_chosen_between_whole(plan: Path) -> None:
    ours, theirs = "title: Vår\nformerly: [var]\n", "title: Deras\nsupports: malet\n"
    git(plan, "checkout", "--quiet", "deras")
    committed(plan, ny=theirs)
    git(plan, "checkout", "--quiet", "huvud")
    committed(plan, ny=ours)
    done = git(plan, "merge", "deras")
    assert done.code == 1
    assert done.err == (
        "ny: båda sidor har gett det här id:t till var sin post, och bådas texter står i filen. "
        "Avbryt sammanslagningen (git status säger hur) och ge först den ena ett annat id: servplan rename\n"
    )
    assert (plan / "data/activities/ny.yaml").read_text("utf-8") == (
        f"<<<<<<< ours: ny, formerly\n{ours}=======\n{theirs}>>>>>>> theirs\n"
    )


def test_equal_entries_of_both_branches_are_told(plan: Path) -> None:
    visit = "  - {date: 2013-04-01, count: 1}\n"
    both(plan, RECORD + visit, RECORD.replace("Resan", "Färden") + visit)
    done = git(plan, "merge", "deras")
    assert (done.code, text(plan).count(visit)) == (0, 2)
    assert done.err == (
        "resan: båda sidor lade till en likadan notering 2013-04-01; båda står kvar, "
        "eftersom det kan vara två. Är de samma ogiltigförklarar du den ena: "
        "servplan void resan 2013-04-01 --entry 3 --reason …\n"
    )


def test_of_an_entry_that_both_branches_changed_only_what_differs_is_told(plan: Path) -> None:
    entry = RECORD.replace(
        "in_progress}", "in_progress, note: Alla i arbetsgruppen har anmält sig till resan}"
    )
    one, two = (entry.replace("resan}", f"resan, {more}}}") for more in (VOIDED, "progress: 20"))
    (plan / RESAN).write_text(entry, "utf-8")
    git(plan, "checkout", "--quiet", "deras")
    committed(plan, resan=entry)
    git(plan, "checkout", "--quiet", "huvud")
    git(plan, "merge", "deras")
    both(plan, one, two)
    assert git(plan, "merge", "deras").err.splitlines()[0] == (
        "resan: båda sidor har ändrat noteringen 2013-03-01: ”{voided: {date: 2013-03-05, reason: Fel}}” (ours), "
        "”{progress: 20}” (theirs). Det är en och samma notering: behåll den ena texten, med det som den andra "
        "lägger till."
    )


def test_an_unreadable_side_is_named_and_left_to_a_person(plan: Path) -> None:
    both(plan, OURS, RECORD.replace("title: Resan", "title: [Resan"))
    done = git(plan, "merge", "deras")
    assert done.code == 1
    assert "resan.yaml får slås ihop för hand: Filen är inte giltig YAML" in done.err
    assert "\n>>>>>>> " in text(plan)


def test_what_a_side_saved_in_utf_16_is_left_as_ours_with_the_reason(plan: Path) -> None:
    both(plan, OURS, THEIRS)
    (plan / RESAN).write_bytes(OURS.encode("utf-16"))
    assert git(plan, "commit", "--quiet", "-a", "-m", "Sparad annorlunda").code == 0
    done = git(plan, "merge", "deras")
    assert (done.code, (plan / RESAN).read_bytes()) == (1, OURS.encode("utf-16"))
    first, remedy = done.err.splitlines()
    assert first.endswith("går inte att slå ihop: Filen är inte skriven i UTF-8 utan troligen i UTF-16.")
    assert f"git checkout --ours {RESAN} (eller --theirs), git add {RESAN}" in remedy


def test_a_module_in_the_merged_repository_is_not_run(plan: Path) -> None:
    top = Path(git(plan, "rev-parse", "--show-toplevel").out.strip())
    (top / "servplan.py").write_text("raise SystemExit(7)\n", "utf-8")
    (top / "typing.py").write_text("raise SystemExit(7)\n", "utf-8")
    both(plan, OURS, THEIRS)
    assert git(plan, "merge", "deras").code == 0


def run_driver(folder: Path, *arguments: str) -> Outcome:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "servplan", "merge-driver", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": "/usr/bin:/bin"},
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def test_three_files_far_from_any_plan_are_enough(tmp_path: Path) -> None:
    for name, content in (("o", RECORD), ("a", OURS), ("b", THEIRS)):
        (tmp_path / name).write_text(content, "utf-8")
    assert run_driver(tmp_path, "o", "a", "b", "7", RESAN) == Outcome(0, "", "")
    assert (tmp_path / "a").read_text("utf-8") == TOGETHER


def test_what_cannot_be_read_leaves_ours_untouched(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(OURS, "utf-8")
    done = run_driver(tmp_path, "o", "a", "b", "7", RESAN)
    assert done == Outcome(
        3,
        "",
        f"{RESAN} går inte att slå ihop: No such file or directory.\n→ Inget skrevs; slå ihop filen för hand.\n",
    )
    assert (tmp_path / "a").read_text("utf-8") == OURS


def test_what_git_cannot_merge_by_lines_either_leaves_ours_untouched(tmp_path: Path) -> None:
    for name, content in (("o", b"a: 1\n"), ("a", b"a: \0\n"), ("b", b"a: 2\n")):
        (tmp_path / name).write_bytes(content)
    done = run_driver(tmp_path, "o", "a", "b", "7", RESAN)
    assert (done.code, (tmp_path / "a").read_bytes()) == (3, b"a: \0\n")
    assert done.err.startswith(
        f"{RESAN} går inte att slå ihop: Filen innehåller det osynliga tecknet U+0000.\n"
    )


def test_a_wrong_command_line_is_a_wrong_usage(tmp_path: Path) -> None:
    assert run_driver(tmp_path, "o", "a", "b", "lång", RESAN).code == 2
    assert run_driver(tmp_path, "o", "a").code == 2


def test_a_merge_without_a_word_imports_neither_typer_nor_the_models(tmp_path: Path) -> None:
    for name, content in (("o", RECORD), ("a", OURS), ("b", THEIRS)):
        (tmp_path / name).write_text(content, "utf-8")
    code = (
        "import sys; from servplan.cli.driver import run_for_git; "
        f"run_for_git('o', 'a', 'b', '7', '{RESAN}'); "
        "print(sorted({'typer', 'pydantic', 'rich', 'babel'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "[]\n"


def test_doctor_tells_what_is_missing_and_fix_mends_it(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", FILES)

    def told() -> str:
        return servplan("doctor", plan=plan).out

    assert "sammanslagning   planen ligger inte i något git-arkiv\n" in told()
    git(plan, "init", "--quiet")
    assert "saknas i .gitattributes: servplan doctor --fix\n" in told()
    done = servplan("doctor", "--fix", plan=plan)
    assert (
        "installerad: git slår ihop planens filer nyckel för nyckel och notering för notering\n" in done.out
    )
    assert done.err == "Skrivet: .gitattributes. Checka in filen, så att den gäller för alla.\n"
    git(plan, "config", "--unset", "merge.servplan.driver")
    assert "saknas i den här klonens inställningar: servplan doctor --fix\n" in told()
    git(plan, "config", "merge.servplan.driver", "/borta/python -m servplan merge-driver")
    assert "programmet går inte att köra längre: servplan doctor --fix\n" in told()
    git(plan, "config", "merge.servplan.driver", "false")
    assert "programmet går inte att köra längre: servplan doctor --fix\n" in told()
    assert servplan("doctor", "--fix", plan=plan).err == ""
    assert merge_driver_state(plan) == "installed"


def test_a_repository_that_git_refuses_is_not_taken_for_none(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", FILES)
    git(plan, "init", "--quiet")
    (plan / ".git/config").write_text("[trasig\n", "utf-8")
    with pytest.raises(ServplanError) as caught:
        merge_driver_state(plan)
    assert caught.value.code == "git-failed"
    told = servplan("doctor", plan=plan)
    assert told.code == 0
    assert "sammanslagning   okänt; git svarar: fatal: bad config line 1 in file" in told.out


def test_without_git_doctor_goes_on(servplan: Run, tmp_path: Path) -> None:
    told = servplan("doctor", plan=write(tmp_path / "plan", FILES), PATH=str(tmp_path))
    assert (told.code, "sammanslagning   okänt utan git\n" in told.out) == (0, True)


def test_setting_up_keeps_what_the_attributes_say_already(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    plan = write(tmp_path, FILES)
    (plan / ".gitattributes").write_text("*.png binary", "utf-8")
    assert [install_merge_driver(plan), install_merge_driver(plan)] == [[".gitattributes"], []]
    assert (plan / ".gitattributes").read_text("utf-8") == f"*.png binary\n{MERGED_FILES}\n"


def test_setting_up_outside_a_repository_fails_in_words_and_writes_nothing(
    servplan: Run, tmp_path: Path
) -> None:
    plan = write(tmp_path / "plan", FILES)
    done = servplan("doctor", "--fix", plan=plan)
    assert (done.code, [path.name for path in plan.iterdir()]) == (3, ["data"])
    assert "ligger inte i något git-förråd." in done.err


def test_a_choice_that_other_attributes_overrule_is_told_and_written_once(
    servplan: Run, tmp_path: Path
) -> None:
    git(tmp_path, "init", "--quiet")
    plan = write(tmp_path, FILES)
    (plan / ".git/info").mkdir(exist_ok=True)
    (plan / ".git/info/attributes").write_text("* merge=union\n", "utf-8")
    for _again in range(2):
        told = servplan("doctor", "--fix", plan=plan)
    assert (plan / ".gitattributes").read_text("utf-8") == f"{MERGED_FILES}\n"
    assert "data/.gitattributes säger annat" in " ".join(told.out.split())


def test_the_command_names_its_interpreter_in_full() -> None:
    assert driver_command().startswith(Path(sys.executable).as_posix())
