"""Merges before the audit: they are judged by what they did themselves."""

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servplan.analysis.audit.suspicions import suspicions
from servplan.commits import RecordEdit, Story
from servplan.files.git_log import LoggedCommit
from servplan.model.activity import Activity
from servplan.model.record import Record
from tests.audits import BASE, BOTH, OURS, RESA, START, THEIRS, audit, history, moved, told
from tests.history import Made

POOL = st.lists(
    st.sampled_from(
        [
            {"date": "2013-03-04", "count": 1},
            {"date": "2013-03-04", "count": 2},
            {"date": "2013-04-01", "status": "done"},
            {"date": "2013-04-01", "status": "done", "voided": {"date": "2013-04-02", "reason": "Fel"}},
            {"date": "2013-05-01", "note": "Möte"},
        ]
    ),
    max_size=4,
)


def visit(log: list[dict[str, object]], due: date | None = None) -> Record:
    given = {"id": "resa", "path": f"data/{RESA}", "title": "Resa", "due": due, "log": log}
    return Activity.model_validate(given)


def edit_of(base: Record, sides: tuple[Record, ...], after: Record) -> RecordEdit:
    commit = LoggedCommit("c" * 40, ("p" * 40, "q" * 40), date(2013, 5, 25), "Enheten", "Sammanfogat", ())
    return RecordEdit(commit, "resa", base, sides, after)


@settings(deadline=None, max_examples=150)
@given(POOL, POOL, st.booleans())
def test_a_merge_that_takes_over_what_one_side_did_is_never_to_blame(
    old: list[dict[str, object]], new: list[dict[str, object]], is_first: bool
) -> None:
    base, side = visit(old), visit(new, date(2013, 6, 30))
    edit = edit_of(base, (side, base) if is_first else (base, side), side)
    assert suspicions(Story({}, (edit,), {}, {})) == []


@settings(deadline=None, max_examples=150)
@given(POOL, POOL, POOL)
def test_a_merge_that_drops_what_a_side_added_is_always_found(
    old: list[dict[str, object]], ours: list[dict[str, object]], theirs: list[dict[str, object]]
) -> None:
    base = visit(old)
    edit = edit_of(base, (visit([*old, *ours]), visit([*old, *theirs])), base)
    found = [item.rule.CODE for item in suspicions(Story({}, (edit,), {}, {}))]
    assert bool(found) == bool(ours or theirs)


VOIDED = "  - {{date: 2013-02-01, status: in_progress, voided: {{date: 2013-03-02, reason: {reason}}}}}\n"


@pytest.mark.parametrize("kept", ["Fel", "Dubbelt"])
def test_a_merge_that_chooses_between_what_both_sides_made_of_an_entry_is_not_to_blame(
    tmp_path: Path, kept: str
) -> None:
    left = {reason: {RESA: f"{START}log:\n{VOIDED.format(reason=reason)}"} for reason in ("Fel", "Dubbelt")}
    plan = history(
        tmp_path,
        Made("2013-03-02", "Vår", left["Fel"], [1]),
        Made("2013-03-03", "Deras", left["Dubbelt"], [1]),
        Made("2013-03-05", "Sammanfogat", left[kept], [2, 3]),
    )
    assert told(audit(plan)) == []


def merged(tmp_path: Path, files: dict[str, str | None], day: str = "2013-03-05") -> Path:
    """Make a history in which two branches add an entry each, and a merge leaves these files."""
    return history(
        tmp_path,
        Made("2013-03-02", "Vår", {RESA: OURS}, [1]),
        Made("2013-03-03", "Deras", {RESA: THEIRS}, [1]),
        Made(day, "Sammanfogat", files, [2, 3]),
    )


def test_a_merge_that_keeps_what_both_sides_wrote_is_no_finding_however_late(tmp_path: Path) -> None:
    assert told(audit(merged(tmp_path, {RESA: BOTH}, "2013-12-01"))) == []


@pytest.mark.parametrize("left", [OURS, THEIRS, BASE[RESA]], ids=["ours", "theirs", "neither"])
def test_a_merge_that_drops_a_sides_entry_did_it_itself(tmp_path: Path, left: str) -> None:
    found = told(audit(merged(tmp_path, {RESA: left})))
    lost = [("entry-removed", "resa", "Sammanfogat")]
    assert found == (lost * 2 if left == BASE[RESA] else lost)


def test_a_merge_in_a_plan_below_the_repositorys_top_is_judged_too(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-02", "Vår", {RESA: OURS}, [1]),
        Made("2013-03-03", "Deras", {RESA: THEIRS}, [1]),
        Made("2013-03-05", "Sammanfogat", {RESA: OURS}, [2, 3]),
        inside="planer/norr",
    )
    assert told(audit(plan)) == [("entry-removed", "resa", "Sammanfogat")]


def test_a_merge_that_drops_a_record_that_one_side_added_deletes_it(tmp_path: Path) -> None:
    new = {"goals/nytt.yaml": "title: Nytt\nlevel: overall\n"}
    plan = history(
        tmp_path,
        Made("2013-03-02", "Nytt", new, [1]),
        Made("2013-03-03", "Annat", {RESA: OURS}, [1]),
        Made("2013-03-05", "Sammanfogat", {"goals/nytt.yaml": None, RESA: OURS}, [2, 3]),
    )
    assert told(audit(plan)) == [("record-deleted", "nytt", "Sammanfogat")]


@pytest.mark.parametrize(
    ("kept", "found"), [(THEIRS, []), (BASE[RESA], [("entry-removed", "boden", "Sammanfogat")])]
)
def test_a_merge_follows_a_record_that_one_side_renamed_and_the_other_wrote_in(
    tmp_path: Path, kept: str, found: list[tuple[str, str, str]]
) -> None:
    former = "formerly: [resa]\n"
    plan = history(
        tmp_path,
        Made("2013-03-02", "Omdöpt", {RESA: None, "activities/boden.yaml": former + BASE[RESA]}, [1]),
        Made("2013-03-03", "Deras", {RESA: THEIRS}, [1]),
        Made("2013-03-05", "Sammanfogat", {RESA: None, "activities/boden.yaml": former + kept}, [2, 3]),
    )
    assert told(audit(plan)) == found


@pytest.mark.parametrize("formerly", ["formerly: [resa]\n", ""])
def test_a_merge_that_renames_and_edits_did_both_itself(tmp_path: Path, formerly: str) -> None:
    ours, theirs = {RESA: OURS}, {RESA: THEIRS}
    new = BOTH.replace("2013-06-30", "2013-12-31") + formerly
    plan = history(
        tmp_path,
        Made("2013-03-02", "Vi", ours),
        Made("2013-03-03", "De", theirs, [1]),
        Made("2013-03-05", "Sammanfogat", {RESA: None, "activities/farden.yaml": new}, [2, 3]),
    )
    assert told(audit(plan)) == [("due-moved", "farden", "Sammanfogat")]


def test_a_merge_that_takes_one_side_over_is_not_to_blame_for_what_that_side_did(tmp_path: Path) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-02", "Annat", {"goals/nytt.yaml": "title: Nytt\nlevel: overall\n"}, [1]),
        Made("2013-03-03", "Flyttat", moved("2013-12-31"), [1]),
        Made("2013-03-05", "Sammanfogat", moved("2013-12-31"), [2, 3]),
    )
    assert told(audit(plan)) == [("due-moved", "resa", "Flyttat")]


@pytest.mark.parametrize(
    ("files", "code"),
    [(moved("2015-01-01"), "due-moved"), ({RESA: None}, "record-deleted")],
    ids=["neither side's date", "gone"],
)
def test_what_a_merge_makes_of_its_own_is_its_doing(
    tmp_path: Path, files: dict[str, str | None], code: str
) -> None:
    note = {"goals/nytt.yaml": "title: Nytt\nlevel: overall\n"}
    plan = history(
        tmp_path,
        Made("2013-03-02", "Ett", note, [1]),
        Made("2013-03-03", "Två", {"goals/mer.yaml": "title: Mer\nlevel: overall\n"}, [1]),
        Made(
            "2013-03-05", "Sammanfogat", {"goals/mer.yaml": "title: Mer\nlevel: overall\n", **files}, [2, 3]
        ),
    )
    assert told(audit(plan)) == [(code, "resa", "Sammanfogat")]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (moved("2013-12-31"), None),
        (moved("2015-01-01"), "due-moved"),
        ({RESA: None}, "record-deleted"),
        ({RESA: BASE[RESA].replace("date: 2013-02-01", "date: 2013-02-02")}, "entry-rewritten"),
    ],
    ids=["one side's date", "neither side's date", "gone", "an entry of both"],
)
def test_a_merge_of_unrelated_histories_is_judged_beside_each_of_them(
    tmp_path: Path, files: dict[str, str | None], code: str | None
) -> None:
    note = {"goals/nytt.yaml": "title: Nytt\nlevel: overall\n"}
    plan = history(
        tmp_path,
        Made("2013-02-06", "En annan början", {**BASE, **moved("2013-12-31")}, []),
        Made("2013-03-02", "Ett", note),
        Made("2013-03-05", "Sammanfogat", {**note, **files}, [1, 3]),
    )
    assert told(audit(plan)) == ([(code, "resa", "Sammanfogat")] if code else [])


def test_a_merge_that_settles_two_versions_of_an_entry_may_join_them(tmp_path: Path) -> None:
    voided = ", voided: {date: 2013-03-03, reason: Fel}"
    proof = ", evidence: [https://example.org/a]"
    one, two, joined = (
        {RESA: BASE[RESA].replace("in_progress", f"in_progress{more}")}
        for more in (voided, proof, proof + voided)
    )
    plan = history(
        tmp_path,
        Made("2013-03-02", "Ett", one, [1]),
        Made("2013-03-03", "Två", two, [1]),
        Made("2013-03-05", "Sammanfogat", joined, [2, 3]),
    )
    assert told(audit(plan)) == []


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, None),
        (moved("2015-01-01"), "due-moved"),
        ({RESA: None}, "record-deleted"),
        ({RESA: START}, "entry-removed"),
    ],
    ids=["nothing", "date", "gone", "an entry"],
)
def test_a_merge_of_sides_that_did_not_touch_the_plan_is_to_blame_for_what_it_did_to_it(
    tmp_path: Path, files: dict[str, str | None], code: str | None
) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-02", "Annat", {}, [1]),
        Made("2013-03-03", "Något", {}, [1]),
        Made("2013-03-05", "Sammanfogat", files, [2, 3]),
        Made("2013-03-06", "Mer", {}, [3]),
        Made("2013-03-07", "Igen", files, [4, 5]),
    )
    assert told(audit(plan)) == ([(code, "resa", "Sammanfogat")] if code else [])


def test_a_merge_that_takes_back_what_only_one_side_did_is_found_though_it_has_the_other_sides_files(
    tmp_path: Path,
) -> None:
    plan = history(
        tmp_path,
        Made("2013-03-02", "Vår", {RESA: OURS}, [1]),
        Made("2013-03-03", "Annat", {}, [1]),
        Made("2013-03-05", "Sammanfogat", {RESA: BASE[RESA]}, [2, 3]),
    )
    assert told(audit(plan)) == [("entry-removed", "resa", "Sammanfogat")]


def foreign(number: int) -> list[Made]:
    """Merges that follow the first commit, none of which has to do with the plan."""
    made = []
    for first in range(2, 3 * number + 2, 3):
        made += [Made("2013-03-02", subject, {}, [first - 1]) for subject in ("Annat", "Något")]
        made.append(Made("2013-03-05", "Sammanfogat", {}, [first, first + 1]))
    return made


def test_merges_that_have_nothing_to_do_with_the_plan_cost_no_process_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = (history(tmp_path / str(number), *foreign(number)) for number in (1, 4))
    started, start = [], subprocess.Popen

    def counted(command: list[str], **how: Any) -> "subprocess.Popen[bytes]":
        started.append(command)
        return start(command, **how)

    monkeypatch.setattr(subprocess, "Popen", counted)
    audit(few)
    of_few = len(started)
    audit(many)
    assert len(started) == 2 * of_few > 0


TUREN = "activities/turen.yaml"


def both_kept(tmp_path: Path, *since: Made) -> Path:
    """Merge a branch on which a record was renamed, and keep it under its first name too."""
    return history(
        tmp_path,
        Made("2013-03-01", "Omdöpt", {RESA: None, TUREN: BASE[RESA]}, [1]),
        Made("2013-03-02", "Annat", {"goals/annat.yaml": "title: Annat\nlevel: overall\n"}, [1]),
        Made("2013-03-03", "Båda", {TUREN: BASE[RESA]}, [3, 2]),
        *since,
    )


def test_a_record_and_its_rename_that_a_merge_keeps_are_judged_each_by_itself(tmp_path: Path) -> None:
    edited = {RESA: BASE[RESA] + "# ses över\n", TUREN: moved("2014-06-30")[RESA]}
    plan = both_kept(tmp_path, Made("2013-03-05", "Flyttat slut", edited))
    assert told(audit(plan)) == [("due-moved", "turen", "Flyttat slut")]


@pytest.mark.parametrize("gone", [RESA, TUREN])
def test_of_a_record_and_its_rename_either_is_missed(tmp_path: Path, gone: str) -> None:
    plan = both_kept(tmp_path, Made("2013-03-05", "Borttagen", {gone: None}))
    assert told(audit(plan)) == [("record-deleted", Path(gone).stem, "Borttagen")]


@pytest.mark.parametrize("times", [1, 2])
def test_equal_entries_of_both_sides_stand_once_or_twice_in_the_merge_and_neither_is_late(
    tmp_path: Path, times: int
) -> None:
    visit = "  - {date: 2013-03-01, count: 1}\n"
    plan = history(
        tmp_path,
        Made("2013-03-01", "Vår", {RESA: BASE[RESA] + visit}, [1]),
        Made("2013-03-02", "Deras", {RESA: BASE[RESA] + visit}, [1]),
        Made("2013-06-05", "Sammanfogat", {RESA: BASE[RESA] + visit * times}, [2, 3]),
    )
    assert told(audit(plan)) == []


@pytest.mark.parametrize("due", ["2013-06-30", "2013-09-30"])
def test_of_a_record_that_both_sides_added_a_merge_may_take_either(tmp_path: Path, due: str) -> None:
    new = {day: {TUREN: START.replace("2013-06-30", day)} for day in ("2013-06-30", "2013-09-30")}
    plan = history(
        tmp_path,
        Made("2013-03-01", "Vår", new["2013-06-30"], [1]),
        Made("2013-03-02", "Deras", new["2013-09-30"], [1]),
        Made("2013-03-03", "Sammanfogat", new[due], [2, 3]),
    )
    assert told(audit(plan)) == []


def test_a_merge_that_joins_what_both_sides_added_to_a_list_is_not_to_blame(tmp_path: Path) -> None:
    head = "title: Bygden\nlevel: overall\nreached_when:\n  - {is: completed, what: a}\n"
    amended = "log:\n  - {{date: 2013-03-0{day}, amends: [reached_when], reason: Beslutat}}\n"
    goal, new = "goals/ny.yaml", "  - {{is: completed, what: {what}}}\n"
    ours, theirs = new.format(what="b"), new.format(what="c")
    logs = [amended.format(day=day) for day in (2, 3)]
    both = logs[0] + logs[1].removeprefix("log:\n")
    plan = history(
        tmp_path,
        Made("2013-03-01", "Mål", {goal: head}),
        Made("2013-03-02", "Vår", {goal: head + ours + logs[0]}),
        Made("2013-03-03", "Deras", {goal: head + theirs + logs[1]}, [2]),
        Made("2013-03-04", "Sammanfogat", {goal: head + ours + theirs + both}, [3, 4]),
    )
    assert told(audit(plan)) == []


def test_a_merge_that_turns_two_entries_that_no_side_touched_did_it_itself(tmp_path: Path) -> None:
    done, held = (f"  - {{date: 2013-02-20, status: {status}}}\n" for status in ("done", "on_hold"))
    theirs = {"goals/b.yaml": "title: B\nlevel: overall\n"}
    plan = history(
        tmp_path,
        Made("2013-02-20", "Två", {RESA: BASE[RESA] + done + held}),
        Made("2013-02-21", "Vår", {"goals/a.yaml": "title: A\nlevel: overall\n"}),
        Made("2013-02-22", "Deras", theirs, [2]),
        Made("2013-02-23", "Sammanfogat", {**theirs, RESA: BASE[RESA] + held + done}, [3, 4]),
    )
    assert told(audit(plan)) == [("entry-reordered", "resa", "Sammanfogat")]


MAL, KLIMAT = "goals/mal.yaml", "indicators/klimat.yaml"
HEADS = {
    MAL: "title: Mål\nlevel: overall\ndecided:\n  - {body: KF, date: 2013-02-01}\n",
    KLIMAT: "title: Klimat\nvalues:\n  - {period: '2011', value: 1}\n",
}
CHOSEN = {
    MAL: ["  - {body: KS, date: 2013-03-02}\n", "  - {body: KF, date: 2013-03-03}\n"],
    KLIMAT: ["  - {period: '2012', value: 2}\n", "  - {period: '2013', value: 3}\n"],
}


def added_to(tmp_path: Path, path: str, ours: str, theirs: str, kept: str) -> Path:
    """Make a history in which two branches add to one list, and a merge keeps some of it."""
    return history(
        tmp_path,
        Made("2013-03-01", "Början", {path: HEADS[path]}),
        Made("2013-03-02", "Vår", {path: HEADS[path] + ours}),
        Made("2013-03-03", "Deras", {path: HEADS[path] + theirs}, [2]),
        Made("2013-03-04", "Sammanfogat", {path: HEADS[path] + kept}, [3, 4]),
    )


@pytest.mark.parametrize("kept", [0, 1])
@pytest.mark.parametrize("path", [MAL, KLIMAT])
def test_a_merge_that_keeps_only_what_one_side_added_to_a_list_did_it_itself(
    tmp_path: Path, path: str, kept: int
) -> None:
    plan = added_to(tmp_path, path, *CHOSEN[path], CHOSEN[path][kept])
    code = {MAL: "decision-changed", KLIMAT: "value-rewritten"}[path]
    assert told(audit(plan)) == [(code, Path(path).stem, "Sammanfogat")]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("path", [MAL, KLIMAT])
def test_a_merge_that_keeps_what_both_sides_added_to_a_list_is_not_to_blame(
    tmp_path: Path, path: str, turned: bool
) -> None:
    ours, theirs = CHOSEN[path]
    assert (
        told(audit(added_to(tmp_path, path, ours, theirs, theirs + ours if turned else ours + theirs))) == []
    )


@pytest.mark.parametrize("kept", [0, 1])
def test_of_two_values_of_one_period_that_sides_added_a_merge_may_take_either(
    tmp_path: Path, kept: int
) -> None:
    values = ["  - {period: '2012', value: 2}\n", "  - {period: '2012', value: 3}\n"]
    assert told(audit(added_to(tmp_path, KLIMAT, *values, values[kept]))) == []


def test_of_two_revisions_of_a_value_a_merge_has_to_keep_both(tmp_path: Path) -> None:
    ours, theirs = (f"  - {{period: '2011', value: {day}, published: 2013-02-0{day}}}\n" for day in (2, 3))
    plan = added_to(tmp_path, KLIMAT, ours, theirs, ours)
    assert told(audit(plan)) == [("value-rewritten", "klimat", "Sammanfogat")]


@pytest.mark.parametrize("kept", [2, 3])
def test_of_what_both_sides_made_of_a_lists_item_a_merge_may_take_either(tmp_path: Path, kept: int) -> None:
    rows = {day: f"  - {{body: KF, date: 2013-02-01, paragraph: § {day}}}\n" for day in (2, 3)}
    head = HEADS[MAL].partition("  - ")[0]
    plan = history(
        tmp_path,
        Made("2013-03-01", "Början", {MAL: HEADS[MAL]}),
        Made("2013-03-02", "Vår", {MAL: head + rows[2]}),
        Made("2013-03-03", "Deras", {MAL: head + rows[3]}, [2]),
        Made("2013-03-04", "Sammanfogat", {MAL: head + rows[kept]}, [3, 4]),
    )
    assert told(audit(plan)) == []
