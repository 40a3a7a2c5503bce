"""What the audit finds in real histories."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from servplan.analysis.audit.findings import Answered
from servplan.commits import Past, commits_between
from servplan.files.git_commit import find_commit
from servplan.files.layout import HEADER_PATH
from tests.audits import BASE, BOTH, RESA, START, audit, history, moved, put, told
from tests.history import Made, run_git
from tests.plans import HEADER


@pytest.mark.parametrize("inside", ["", "planer/norr"])
def test_a_finding_names_the_commit_that_did_it(tmp_path: Path, inside: str) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-01", "Flyttat", moved("2013-12-31")),
        Made("2013-03-02", "Annat", {}),
        inside=inside,
    )
    (finding,) = audit(plan).open
    assert (finding.code, finding.id, finding.path, finding.keys) == (
        "due-moved",
        "resa",
        f"data/{RESA}",
        ("due",),
    )
    assert finding.found[1:] == ("2013-06-30", "2013-12-31")
    commit = finding.commit
    assert (commit.id, commit.author) == (find_commit(plan, "HEAD~1").id, "Enheten")
    assert (commit.day, commit.subject) == (date(2013, 3, 1), "Flyttat")


def test_a_range_has_what_its_commits_did_and_no_more(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-01", "Ett", moved("2013-12-31")),
        Made("2013-03-02", "Två", moved("2014-12-31")),
    )
    assert told(audit(plan, "HEAD~1", "HEAD")) == [("due-moved", "resa", "Två")]
    assert told(audit(plan, "HEAD", "HEAD")) == []
    assert len(told(audit(plan, last="HEAD"))) == 2


def test_what_is_changed_back_is_answered_with_all_that_came_between(tmp_path: Path) -> None:
    back = [Made("2013-03-01", due, moved(due)) for due in ("2013-12-31", "2014-12-31", "2013-06-30")]
    found = audit(history(tmp_path, *back))
    assert told(found) == []
    assert [item.answer and item.answer.how for item in found.findings] == ["back"] * 3


def test_an_amending_entry_may_come_later(tmp_path: Path) -> None:
    said = "  - {date: 2013-03-05, amends: [due], reason: Fel avskrivet}\n"
    late = {RESA: moved("2013-12-31")[RESA] + said}
    again = {RESA: late[RESA].replace("2013-12-31", "2014-12-31")}
    plan = history(
        tmp_path,
        Made("2013-03-01", "Ett", moved("2013-12-31")),
        Made("2013-03-05", "Rättat", late),
        Made("2013-03-06", "Igen", again),
    )
    assert told(audit(plan)) == [("due-moved", "resa", "Igen")]


@pytest.mark.parametrize(
    ("entry", "found"),
    [("amends: [due], reason: Rätt nu", []), ("note: Klart", [("due-moved", "resa", "Igen")])],
)
def test_each_correction_of_a_day_answers_for_itself(
    tmp_path: Path, entry: str, found: list[tuple[str, str, str]]
) -> None:
    first = moved("2013-12-31")[RESA] + "  - {date: 2013-03-05, amends: [due], reason: Fel avskrivet}\n"
    second = first.replace("2013-12-31", "2013-11-30") + f"  - {{date: 2013-03-05, {entry}}}\n"
    plan = history(
        tmp_path,
        Made("2013-03-05", "Rättat", {RESA: first}),
        Made("2013-03-05", "Igen", {RESA: second}),
    )
    assert told(audit(plan)) == found


def test_the_work_tree_counts_as_a_commit_of_today(tmp_path: Path) -> None:
    plan = history(tmp_path)
    put(plan, RESA, BASE[RESA] + "  - {date: 2013-11-30, status: done}\n")
    (finding,) = audit(plan).open
    assert (finding.code, finding.commit.id, finding.commit.day) == ("entry-late", "", date(2014, 1, 20))
    assert audit(plan, last="HEAD").findings == ()


def test_entries_that_arrive_with_their_file_are_not_late_and_a_moved_file_is_not_new(tmp_path: Path) -> None:
    done = "title: Sent\nlog: [{date: 2013-01-03, status: done}]\n"
    old = BASE[RESA] + "  - {date: 2013-02-03, progress: 20}\n"
    plan = history(
        tmp_path,
        Made("2013-09-01", "Ny", {"activities/sen.yaml": done}),
        Made("2013-09-02", "Flyttad", {RESA: None, "activities/2013/resa.yaml": old}),
    )
    assert told(audit(plan)) == [("entry-late", "resa", "Flyttad")]


LONG = START + "".join(f"  # rad {number} om resan\n" for number in range(9))


@pytest.mark.parametrize("formerly", ["formerly: [resa]\n", ""], ids=["told", "by hand"])
def test_a_renamed_record_is_followed(tmp_path: Path, formerly: str) -> None:
    renamed = {RESA: None, "activities/boden.yaml": LONG.replace("06-30", "07-31") + formerly}
    plan = history(
        tmp_path,
        Made("2013-02-06", "Utförlig", {RESA: LONG}),
        Made(
            "2013-02-07", "Notering åter", {RESA: LONG + "log: [{date: 2013-02-01, status: in_progress}]\n"}
        ),
        Made("2013-03-01", "Omdöpt", renamed),
    )
    assert told(audit(plan, "HEAD~1", "HEAD")) == [
        ("due-moved", "boden", "Omdöpt"),
        ("entry-removed", "boden", "Omdöpt"),
    ]


def test_references_that_follow_a_rename_rewrite_no_entry(tmp_path: Path) -> None:
    by = {RESA: BASE[RESA].replace("in_progress", "in_progress, by: enheten")}
    plan = history(
        tmp_path,
        Made("2013-02-06", "Vem", by),
        Made(
            "2013-03-01",
            "Omdöpt",
            {
                "owners/enheten.yaml": None,
                "owners/utveckling.yaml": "title: Enheten\ntype: unit\nformerly: [enheten]\n",
                RESA: by[RESA].replace("enheten", "utveckling"),
            },
        ),
    )
    assert told(audit(plan, "HEAD~1", "HEAD")) == []


def test_a_deleted_record_is_answered_by_its_return(tmp_path: Path) -> None:
    gone, retired = {RESA: None}, "retired: {date: 2013-03-10, reason: Blev inte av}\n"
    plan = history(tmp_path, Made("2013-03-01", "Bort", gone))
    assert told(audit(plan)) == [("record-deleted", "resa", "Bort")]
    put(plan, RESA, BASE[RESA] + retired)
    (finding,) = audit(plan).findings
    assert finding.answer is not None
    assert finding.answer.how == "retired"
    put(plan, RESA, START + retired)
    assert told(audit(plan)) == [("entry-removed", "resa", "")]


def test_an_entry_that_comes_back_voided_answers_and_is_not_late(tmp_path: Path) -> None:
    voided = BASE[RESA].replace("in_progress", "in_progress, voided: {date: 2013-09-01, reason: Fel}")
    plan = history(
        tmp_path,
        Made("2013-03-01", "Bort", {RESA: START}),
        Made("2013-09-01", "Åter", {RESA: voided}),
    )
    (finding,) = audit(plan).findings
    assert (finding.code, finding.answer and finding.answer.how) == ("entry-removed", "voided")


def test_a_late_entry_is_answered_by_recorded_and_by_a_reason_in_a_row(tmp_path: Path) -> None:
    said = "  - {date: 2013-03-03, progress: 50}\n"
    plan = history(tmp_path, Made("2013-09-01", "Sent", {RESA: BASE[RESA] + said}))
    assert told(audit(plan)) == [("entry-late", "resa", "Sent")]
    owned_up = said.replace("50", "50, recorded: 2013-09-01")
    put(plan, RESA, BASE[RESA] + owned_up)
    assert told(audit(plan)) == []
    run_git(plan, "checkout", "-q", ".")
    row = "- {record: resa, rule: entry-late, reason: Hittades i pärmen, by: Enheten, date: 2013-09-01}\n"
    (plan / "data/audit.yaml").write_text(row, "utf-8")
    found = audit(plan)
    assert (told(found), found.idle_rows) == ([], ())


def test_the_grace_is_that_which_was_in_force_on_the_entrys_day(tmp_path: Path) -> None:
    header = HEADER + "rhythm: {every: tertial, grace_days: 0}\n"
    said = BASE[RESA] + "  - {date: 2013-03-03, progress: 50}\n"
    before = said + "  - {date: 2013-02-27, progress: 40}\n"
    plan = history(
        tmp_path,
        Made("2013-03-01", "Rytm", {"plan.yaml": header}),
        Made("2013-04-29", "I tid", {RESA: said}),
        Made("2013-04-30", "Sent", {RESA: before}),
        Made("2013-05-01", "Rytm igen", {"plan.yaml": HEADER}),
    )
    assert told(audit(plan)) == [("entry-late", "resa", "Sent")]


def test_a_period_that_was_moved_is_the_plans_own_finding(tmp_path: Path) -> None:
    later = HEADER.replace("2013-01-01", "2013-02-01")
    assert later != HEADER
    plan = history(
        tmp_path,
        Made("2013-03-01", "Senare", {"plan.yaml": later}),
        Made("2013-03-02", "Form", {"a.yaml": ""}),
    )
    assert told(audit(plan)) == [("period-moved", "plan", "Senare")]
    put(plan, "audit.yaml", "- {record: plan, rule: period-moved, reason: Beslutat, by: Styrelsen}\n")
    found = audit(plan)
    assert (told(found), found.idle_rows) == ([], ())
    put(plan, "plan.yaml", HEADER)
    found = audit(plan)
    assert {(item.code, item.answer and item.answer.how) for item in found.findings} == {
        ("period-moved", "back")
    }


TITLE = ("title: Testplan", "title: Planen")


def test_a_merge_of_what_both_sides_did_to_the_header_did_nothing_itself(tmp_path: Path) -> None:
    titled, later = (HEADER.replace(*change) for change in (TITLE, ("2013-01-01", "2013-02-01")))
    plan = history(
        tmp_path,
        Made("2013-03-01", "Titel", {"plan.yaml": titled}, [1]),
        Made("2013-03-02", "Senare", {"plan.yaml": later}, [1]),
        Made("2013-03-03", "Sammanfogat", {"plan.yaml": later.replace(*TITLE)}, [2, 3]),
    )
    assert told(audit(plan)) == [("period-moved", "plan", "Senare")]


def test_a_version_that_cannot_be_read_is_named_and_hides_nothing(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-01", "Trasig", {RESA: "title: [\n"}),
        Made("2013-03-02", "Lagad", moved("2013-12-31")),
    )
    assert told(audit(plan)) == [("due-moved", "resa", "Lagad")]
    for first in (None, find_commit(plan, "HEAD~1").id):
        commits = commits_between(plan, first, find_commit(plan, "HEAD").id)
        named = f"data/{RESA} ({find_commit(plan, 'HEAD~1').id[:7]})"
        assert Past(plan, commits).story().unreadable == (named,)


def test_a_format_that_is_not_known_is_named_and_hides_nothing(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-01", "Framtiden", {"plan.yaml": HEADER.replace("servplan: 1", "servplan: 9")}),
        Made("2013-03-02", "Flyttad", moved("2013-12-31")),
        Made("2013-03-03", "Tillbaka", {"plan.yaml": HEADER}),
        Made("2013-03-04", "Rättad", {RESA: moved("2013-12-31")[RESA] + "note: Rättad\n"}),
    )
    assert told(audit(plan)) == [("due-moved", "resa", "Tillbaka")]
    commits = commits_between(plan, None, find_commit(plan, "HEAD").id)
    named = tuple(f"data/plan.yaml ({find_commit(plan, f'HEAD~{back}').id[:7]})" for back in (3, 2))
    assert Past(plan, commits).story().unreadable == named


def test_a_file_that_is_broken_twice_alike_is_compared_with_what_was_known_last(tmp_path: Path) -> None:
    more = BASE[RESA] + "  - {date: 2013-02-20, progress: 50}\n"
    plan = history(
        tmp_path,
        Made("2013-02-10", "Trasig", {RESA: "title: [\n"}),
        Made("2013-02-21", "Lagad", {RESA: more}),
        Made("2013-02-22", "Trasig igen", {RESA: "title: [\n"}),
        Made("2013-02-23", "Lagad igen", {RESA: more}),
    )
    assert told(audit(plan)) == []


COPY = "activities/farden.yaml"
COPIED = BASE[RESA].replace("2013-06-30", "2013-12-31")
TAKEN_OVER = COPIED + "formerly: [resa]\n"


@pytest.mark.parametrize(
    "steps",
    [
        [("Kopia", {COPY: COPIED}), ("Ersatt", {RESA: None, COPY: TAKEN_OVER})],
        [("Kopia", {COPY: COPIED}), ("Borttagen", {RESA: None}), ("Ersatt", {COPY: TAKEN_OVER})],
        [("Kopia", {COPY: TAKEN_OVER}), ("Form", {COPY: TAKEN_OVER + "\n"}), ("Ersatt", {RESA: None})],
        [("Borttagen", {RESA: None}), ("Ersatt", {COPY: TAKEN_OVER})],
        [("Borttagen", {RESA: None}), ("Annan", {COPY: "title: Ett\n"}), ("Ersatt", {COPY: TAKEN_OVER})],
        [
            ("Omdöpt", {RESA: None, "activities/turen.yaml": BASE[RESA] + "formerly: [resa]\n"}),
            ("Borttagen", {"activities/turen.yaml": None}),
            ("Ersatt", {COPY: TAKEN_OVER}),
        ],
        [("Kopia", {"activities/zon/resa.yaml": COPIED}), ("Ersatt", {RESA: None})],
    ],
)
def test_a_promise_is_followed_to_the_record_that_takes_over(
    tmp_path: Path, steps: list[tuple[str, dict[str, str | None]]]
) -> None:
    made = [Made(f"2013-03-{day:02}", subject, files) for day, (subject, files) in enumerate(steps, 1)]
    found = told(audit(history(tmp_path, *made)))
    assert ("due-moved", "resa" if "zon" in str(steps) else "farden", "Ersatt") in found
    assert {code for code, _id, _subject in found} <= {"due-moved", "entry-removed"}


def test_a_header_that_cannot_be_read_is_named_where_it_was_made_or_found(tmp_path: Path) -> None:
    broken, mended = "title: [Plan\n", HEADER.replace("2013-01-01", "2013-04-01")
    steps = [("Trasig", broken), ("Form", broken), ("Lagad", mended)]
    plan = history(
        tmp_path,
        *(Made(f"2013-03-0{day}", name, {"plan.yaml": text}) for day, (name, text) in enumerate(steps, 1)),
    )
    ids = [find_commit(plan, f"HEAD~{back}").id for back in (2, 1, 0)]
    for first, named in ((None, ids[0]), (ids[0], ids[0]), (ids[1], ids[1])):
        story = Past(plan, commits_between(plan, first, ids[2])).story()
        assert story.unreadable == (f"{HEADER_PATH} ({named[:7]})",)


def moved_folder(tmp_path: Path, old: str, new: str, edited: str | None) -> Path:
    """Move a plan to another folder of its repository, and edit a file in the same commit."""
    plan = history(tmp_path, Made("2013-02-20", "Framsteg", {RESA: BOTH}), inside=old)
    top = tmp_path / "repo"
    (top / new).mkdir(parents=True, exist_ok=True)
    run_git(top, "mv", f"{old}/data" if old else "data", f"{new}/data" if new else "data")
    if edited is not None:
        put(top / new, RESA, edited)
    day = {"GIT_AUTHOR_DATE": "2013-03-05T12:00:00Z", "GIT_COMMITTER_DATE": "2013-03-05T12:00:00Z"}
    run_git(top, "add", "-A")
    with pytest.MonkeyPatch.context() as patch:
        for name_, value in day.items():
            patch.setenv(name_, value)
        run_git(top, "commit", "-q", "-m", "Ny mapp")
    assert plan != top / new
    return top / new


@pytest.mark.parametrize(("old", "new"), [("", "planer/norr"), ("planer/norr", ""), ("norr", "planer/nord")])
def test_a_plan_is_followed_to_another_folder(tmp_path: Path, old: str, new: str) -> None:
    plan = moved_folder(tmp_path, old, new, BOTH.replace("2013-06-30", "2013-12-31"))
    for first in (None, "HEAD~1"):
        assert told(audit(plan, first)) == [("due-moved", "resa", "Ny mapp")]
    assert told(audit(plan, "HEAD~2", "HEAD")) == [("due-moved", "resa", "Ny mapp")]


def test_what_was_done_in_the_former_folder_is_judged_and_the_move_itself_is_nothing(tmp_path: Path) -> None:
    assert audit(moved_folder(tmp_path, "norr", "syd", None)).findings == ()
    lost = moved_folder(tmp_path / "annan", "norr", "syd", BASE[RESA])
    assert told(audit(lost)) == [("entry-removed", "resa", "Ny mapp")] * 2


def test_a_plan_is_followed_though_every_file_was_reformatted_as_it_moved(tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Flyttat slut", moved("2013-12-31")))
    (plan / "ny").mkdir()
    run_git(plan, "mv", "data", "ny/data")
    for file in (plan / "ny/data").rglob("*.yaml"):
        file.write_text(file.read_text("utf-8") + "# ses över\n", "utf-8")
    run_git(plan, "commit", "-q", "-a", "-m", "Ny mapp")
    assert told(audit(plan / "ny")) == [("due-moved", "resa", "Flyttat slut")]


def two_plans(tmp_path: Path) -> Path:
    """Make a repository of two plans that are much alike, and move a promise in `norr`; return its top."""
    plan = history(tmp_path, inside="norr")
    top = plan.parent
    shutil.copytree(plan, top / "öst")
    header = top / "öst" / HEADER_PATH
    header.write_text(re.sub("title: .*", "title: En annan plan", header.read_text("utf-8")), "utf-8")
    put(plan, RESA, moved("2013-12-31")[RESA])
    run_git(top, "add", "-A")
    run_git(top, "commit", "-q", "-m", "Flyttat slut")
    return top


@pytest.mark.parametrize(
    "moves",
    [
        [("norr", "planer/norr"), ("öst", "planer/öst")],
        [("norr", "syd"), ("öst", "norr")],
        [("norr", "syd"), ("öst", None)],
    ],
)
def test_a_plan_is_followed_where_other_plans_move_or_go_by_the_same_commit(
    tmp_path: Path, moves: list[tuple[str, str | None]]
) -> None:
    top = two_plans(tmp_path)
    for old, new in moves:
        if new is None:
            run_git(top, "rm", "-q", "-r", old)
        else:
            (top / new).parent.mkdir(exist_ok=True)
            run_git(top, "mv", old, new)
    run_git(top, "commit", "-q", "-m", "Nya mappar")
    (_old, new), *_others = moves
    assert told(audit(top / (new or ""))) == [("due-moved", "resa", "Flyttat slut")]


def test_a_record_that_is_left_behind_when_the_header_goes_first_is_deleted(tmp_path: Path) -> None:
    plan = history(tmp_path)
    (plan / "ny/data").mkdir(parents=True)
    run_git(plan, "mv", "data/plan.yaml", "ny/data/plan.yaml")
    run_git(plan, "commit", "-q", "-m", "Huvudet")
    run_git(plan, "rm", "-q", f"data/{RESA}")
    run_git(plan, "mv", "data/goals", "data/owners", "ny/data/")
    run_git(plan, "commit", "-q", "-m", "Resten")
    assert told(audit(plan / "ny")) == [("record-deleted", "resa", "Huvudet")]


@pytest.mark.parametrize("first", [None, "HEAD~1", "HEAD"])
def test_a_folder_that_was_moved_and_not_committed_is_followed_too(tmp_path: Path, first: str | None) -> None:
    plan = history(tmp_path, Made("2013-02-20", "Framsteg", {RESA: BOTH}), inside="norr")
    new = plan.parent / "planer/syd"
    new.parent.mkdir()
    run_git(plan.parent, "mv", "norr", "planer/syd")
    assert told(audit(new, first)) == []
    put(new, RESA, BOTH.replace("2013-06-30", "2013-12-31"))
    assert told(audit(new, first)) == [("due-moved", "resa", "")]


@pytest.fixture
def moved_beside(tmp_path: Path) -> Path:
    """A plan whose folder was moved while a branch went on in the former one, merged since."""
    plan = history(tmp_path, Made("2013-02-20", "Framsteg", {RESA: BOTH}), inside="norr")
    top = plan.parent
    run_git(top, "checkout", "-q", "-b", "sida")
    put(plan, RESA, BOTH.replace("2013-06-30", "2013-12-31"))
    run_git(top, "commit", "-q", "-am", "Flyttat slut")
    run_git(top, "checkout", "-q", "main")
    run_git(top, "mv", "norr", "syd")
    run_git(top, "commit", "-q", "-m", "Ny mapp")
    put(top / "syd", "goals/annat.yaml", "title: Annat\nlevel: overall\n")
    run_git(top, "add", "-A")
    run_git(top, "commit", "-q", "-m", "Annat")
    run_git(top, "merge", "-q", "-m", "Sammanfogat", "sida")
    return top / "syd"


def test_a_branch_that_began_before_the_folder_was_moved_is_judged_where_it_worked(
    moved_beside: Path,
) -> None:
    assert told(audit(moved_beside)) == [("due-moved", "resa", "Flyttat slut")]
    assert told(audit(moved_beside, "main^", "main")) == [("due-moved", "resa", "Flyttat slut")]


def test_a_merge_of_branches_with_the_plan_in_two_folders_is_judged_for_what_it_did(
    moved_beside: Path,
) -> None:
    put(moved_beside, RESA, BASE[RESA])
    run_git(moved_beside, "commit", "-q", "-a", "--amend", "-m", "Sammanfogat")
    assert ("entry-removed", "resa", "Sammanfogat") in told(audit(moved_beside))


def test_a_plan_in_a_folder_has_its_uncommitted_changes_judged(tmp_path: Path) -> None:
    plan = history(tmp_path, inside="planer/norr")
    put(plan, RESA, moved("2013-12-31")[RESA])
    assert told(audit(plan, "HEAD")) == [("due-moved", "resa", "")]


def test_a_record_that_only_looks_like_one_that_is_there_takes_nothing_over(tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Kopia", {COPY: COPIED}))
    assert audit(plan).findings == ()


def test_of_two_files_with_one_id_the_first_is_judged(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-01", "Dubblett", {"activities/a/resa.yaml": COPIED}),
        Made("2013-03-02", "Åter", {"activities/a/resa.yaml": None}),
    )
    assert [(item.code, item.commit.subject) for item in audit(plan).findings] == [
        ("due-moved", "Dubblett"),
        ("due-moved", "Åter"),
    ]
    assert told(audit(plan)) == []


def test_a_row_that_is_there_before_its_record_was_renamed_still_answers(tmp_path: Path) -> None:
    row = "- {record: resa, rule: due-moved, reason: Felskrivet, by: Enheten}\n"
    renamed = {RESA: None, "activities/boden.yaml": moved("2013-12-31")[RESA] + "formerly: [resa]\n"}
    plan = history(
        tmp_path,
        Made("2013-03-01", "Flyttat", moved("2013-12-31") | {"audit.yaml": row}),
        Made("2013-03-02", "Omdöpt", renamed),
    )
    assert told(audit(plan)) == []


def test_a_row_does_not_answer_what_comes_after_it(tmp_path: Path) -> None:
    row = "- {record: resa, rule: due-moved, reason: Felskrivet, by: Enheten}\n"
    plan = history(
        tmp_path,
        Made("2013-03-01", "Flyttat", moved("2013-12-31") | {"audit.yaml": row}),
        Made("2013-04-01", "Flyttat igen", moved("2014-12-31")),
    )
    assert told(audit(plan)) == [("due-moved", "resa", "Flyttat igen")]
    put(plan, RESA, moved("2015-12-31")[RESA])
    assert len(told(audit(plan))) == 2
    put(plan, "audit.yaml", row.replace("Felskrivet", "Felskrivet i planen"))
    assert len(told(audit(plan))) == 2
    put(plan, "audit.yaml", row + row)
    assert told(audit(plan)) == []


def test_the_row_that_speaks_of_a_commit_counts_before_one_that_does_not(tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Flyttat", moved("2013-12-31")))
    commit = run_git(plan, "rev-parse", "HEAD").strip()
    one = f"- {{record: resa, rule: due-moved, reason: Just denna, by: Enheten, commit: {commit[:8]}}}\n"
    every = "- {record: resa, rule: due-moved, reason: Alla, by: Nämnden}\n"
    put(plan, "audit.yaml", one + every)
    (finding,) = audit(plan).findings
    assert (finding.answer, audit(plan).idle_rows) == (Answered("row", "Just denna", "Enheten"), ())


def test_a_row_may_name_a_record_by_any_id_that_it_has_had(tmp_path: Path) -> None:
    def named(id_: str, old: str, formerly: str) -> dict[str, str | None]:
        text = moved("2013-12-31")[RESA] + f"formerly: [{formerly}]\n"
        return {f"activities/{old}.yaml": None, f"activities/{id_}.yaml": text}

    plan = history(
        tmp_path,
        Made("2013-03-01", "Flyttat", moved("2013-12-31")),
        Made("2013-03-02", "Omdöpt", named("boden", "resa", "resa")),
        Made("2013-03-03", "Omdöpt igen", named("lulea", "boden", "resa, boden")),
    )
    for name in ("resa", "boden", "lulea"):
        put(plan, "audit.yaml", f"- {{record: {name}, rule: due-moved, reason: Fel, by: Enheten}}\n")
        assert told(audit(plan)) == []


def test_a_commit_that_was_replaced_in_this_clone_is_judged_as_it_was_made(tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Flyttat slut", moved("2013-12-31")))
    new = run_git(plan, "commit-tree", "HEAD^{tree}", "-m", "Planen antagen").strip()
    run_git(plan, "replace", "HEAD~1", new)
    assert told(audit(plan)) == [("due-moved", "resa", "Flyttat slut")]


@pytest.mark.parametrize("kept", [True, False])
def test_a_voided_entry_that_is_written_again_months_later_is_late(tmp_path: Path, kept: bool) -> None:
    said = "  - {date: 2013-02-20, status: done"
    voided = said + ", voided: {date: 2013-02-20, reason: Fel}}\n"
    again = BASE[RESA] + (voided if kept else "") + said + "}\n"
    plan = history(
        tmp_path,
        Made("2013-02-20", "Klar", {RESA: BASE[RESA] + said + "}\n"}),
        Made("2013-02-21", "Ogiltig", {RESA: BASE[RESA] + voided}),
        Made("2013-05-20", "Igen", {RESA: again}),
    )
    expected = [("entry-late", "resa", "Igen")] if kept else [("entry-rewritten", "resa", "Igen")]
    assert told(audit(plan)) == expected


def test_what_was_made_of_an_entry_is_late_where_the_entry_is_restored_beside_it(tmp_path: Path) -> None:
    held = "  - {date: 2013-02-18, status: on_hold"
    made = BASE[RESA] + "  - {date: 2013-02-18, status: done"
    voided = held + ", voided: {date: 2013-05-20, reason: Fel}}\n"
    steps = [
        Made("2013-02-20", "Vilar", {RESA: BASE[RESA] + held + "}\n"}),
        Made("2013-05-20", "Omskriven", {RESA: made + "}\n"}),
        Made("2013-05-20", "Ogiltig", {RESA: made + "}\n" + voided}),
    ]
    assert told(audit(history(tmp_path / "a", *steps))) == [("entry-rewritten", "resa", "Omskriven")]
    told_when = Made("2013-05-21", "Antecknat", {RESA: made + ", recorded: 2013-05-20}\n" + voided})
    assert told(audit(history(tmp_path / "b", *steps, told_when))) == []


def test_a_promising_record_that_becomes_one_of_another_kind_is_deleted(tmp_path: Path) -> None:
    bare = "title: Utan datum\nsupports: [bygd]\n"
    moved_to = {"activities/utan.yaml": None, "documents/utan.yaml": "title: Utan datum\n"}
    steps = [
        Made("2013-02-20", "Ny", {"activities/utan.yaml": bare}),
        Made("2013-03-01", "Flyttad", moved_to),
    ]
    assert told(audit(history(tmp_path / "a", *steps))) == [("record-deleted", "utan", "Flyttad")]
    back = Made("2013-03-02", "Åter", {"activities/utan.yaml": bare, "documents/utan.yaml": None})
    assert told(audit(history(tmp_path / "b", *steps, back))) == []


def test_an_open_question_may_become_an_activity(tmp_path: Path) -> None:
    asked = {"questions/fraga.yaml": "title: Ska vi?\n"}
    became = {"questions/fraga.yaml": None, "activities/fraga.yaml": "title: Ska vi?\nsupports: [bygd]\n"}
    plan = history(tmp_path, Made("2013-02-20", "Fråga", asked), Made("2013-03-01", "Svar", became))
    assert told(audit(plan)) == []


def test_what_was_promised_is_not_moved_by_way_of_another_kind(tmp_path: Path) -> None:
    asked = {RESA: None, "questions/resa.yaml": "title: Resa till Boden\n"}
    away = Made("2013-03-01", "Fråga", asked)
    back = [
        Made("2013-03-02", "Åter", {"questions/resa.yaml": None, RESA: text})
        for text in (BASE[RESA], moved("2013-12-31")[RESA])
    ]
    assert told(audit(history(tmp_path / "a", away, back[0]))) == []
    assert told(audit(history(tmp_path / "b", away, back[1]))) == [("due-moved", "resa", "Åter")]
    reason = "  - {date: 2013-03-03, amends: [due], reason: Felskrivet}\n"
    amended = Made("2013-03-03", "Skäl", {RESA: moved("2013-12-31")[RESA] + reason})
    assert told(audit(history(tmp_path / "c", away, back[1], amended))) == []


def test_entries_that_changed_places_are_right_when_they_stand_as_before(tmp_path: Path) -> None:
    done, held = (f"  - {{date: 2013-02-20, status: {status}}}\n" for status in ("done", "on_hold"))
    steps = [
        Made("2013-02-20", "Två", {RESA: BASE[RESA] + done + held}),
        Made("2013-05-20", "Omkastade", {RESA: BASE[RESA] + held + done}),
    ]
    assert told(audit(history(tmp_path / "a", *steps))) == [("entry-reordered", "resa", "Omkastade")]
    back = Made("2013-05-21", "Åter", {RESA: BASE[RESA] + done + held})
    assert told(audit(history(tmp_path / "b", *steps, back))) == []


@pytest.mark.parametrize(("recorded", "found"), [("2013-05-20", []), ("2013-07-01", ["entry-late"])])
def test_a_late_entry_says_when_it_came_and_no_later_day(
    tmp_path: Path, recorded: str, found: list[str]
) -> None:
    said = BASE[RESA] + "  - {date: 2013-03-04, status: done"
    plan = history(
        tmp_path,
        Made("2013-05-20", "Sent", {RESA: said + "}\n"}),
        Made("2013-07-01", "Antecknat", {RESA: said + f", recorded: {recorded}}}\n"}),
    )
    assert [code for code, _id, _subject in told(audit(plan))] == found
