"""What the audit finds in real histories."""

from datetime import date
from pathlib import Path

import pytest

from servplan.commits import Past, commits_between
from servplan.files.git_commit import find_commit
from servplan.files.layout import HEADER_PATH
from tests.audits import BASE, RESA, START, audit, history, moved, put, told
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
