import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from servplan.analysis.graph import Graph
from servplan.analysis.inquiry import (
    AT_RISK,
    BACK_ON_TRACK,
    COUNT,
    DONE,
    GOING_ON,
    NEW_DUE,
    NOT_STARTED,
    NOT_YET,
    ON_HOLD,
    TICKED,
)
from servplan.analysis.status import PlanStatus, build_status
from servplan.checks.registry import run_checks
from servplan.diagnostics import UsageError
from servplan.files.journal import Edit
from servplan.files.overlay import OverlayTree
from servplan.files.splice import SpliceError
from servplan.files.tree import MemoryTree, Tree
from servplan.load import load_plan
from servplan.render.views.inquiry import MOVES, keys_of
from servplan.render.views.year_shift import CODES
from servplan.render.words import Words
from servplan.state import Standing
from servplan.year_shift import (
    Choices,
    Closing,
    closing,
    followers,
    new_ids,
    reported_since,
    shift_edits,
    unfinished,
)
from tests.conftest import Run
from tests.plans import HEADER, texts, write
from tests.terminal import Terminal

PLAN = {
    "plan.yaml": HEADER + "language: sv\nactivities: {default_due: 2013-06-30}  # halvåret\n",
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
    "owners/kontoret.yaml": "title: Kontoret\ntype: unit\n",
    "goals/service-2015.yaml": "title: Service\nlevel: target\nowners: [enheten]\ndue: 2015-12-31\n",
    "goals/service-2013.yaml": """\
        title: Service i år
        level: sub-goal
        supports: [service-2015]
        owners: [enheten]
        due: 2013-12-31
        """,
    "activities/resa-2013.yaml": """\
        title: >-
          Resa norrut, med
          alla
        supports: [service-2013]  # målet
        owners: [enheten]
        due: 2013-09-30
        tags: [resor]
        target_count: 5
        visibility: internal
        log:
          - {date: 2013-03-01, status: in_progress, count: 2}
          - {date: 2013-04-01, owners: [kontoret], outlook: at_risk, note: Sent}
        """,
    "activities/utredning.yaml": "title: Utredning\nsupports: service-2013\nowners: [enheten]\ndue: 2013-12-31\n",
    "activities/del-klar.yaml": """\
        title: Klar del
        supports: [utredning]
        owners: [enheten]
        due: 2013-05-31
        log:
          - {date: 2013-05-01, status: done}
        """,
    "activities/del-kvar.yaml": """\
        title: Återstående del
        supports: [utredning]
        owners: [enheten]
        due: 2012-02-29
        depends_on: [resa-2013, del-klar]
        """,
    "activities/senare.yaml": "title: Senare\nsupports: service-2013\nowners: [enheten]\ndue: 2014-03-31\n",
    "activities/inget-datum.yaml": "title: Utan datum\nsupports: service-2013\nowners: [enheten]\n",
    "activities/flyttad.yaml": """\
        title: Flyttad
        supports: service-2013
        owners: [enheten]
        due: 2013-12-31
        log:
          - {date: 2013-10-01, due: 2014-06-30, reason: Sent}
        """,
    "activities/avbruten.yaml": """\
        title: Avbruten
        supports: service-2013
        owners: [enheten]
        due: 2013-12-31
        log:
          - {date: 2013-10-01, status: cancelled, reason: Nej}
        """,
}
ALL = ("del-kvar", "resa-2013", "utredning")
YEAR = closing(2013, load_plan(MemoryTree(texts(PLAN))).plan.header.period, date(2014, 1, 10))


def tree_of(**more: str) -> MemoryTree:
    return MemoryTree(texts(PLAN | {path.replace("__", "/") + ".yaml": text for path, text in more.items()}))


def over(tree: Tree, edits: list[Edit]) -> OverlayTree:
    return OverlayTree(tree, {edit.path: edit.after for edit in edits})


def shifted(tree: Tree, *carried: str, year: Closing = YEAR) -> OverlayTree:
    return over(tree, shift_edits(tree, year, Choices(carried, {}), "Fortsätter som {id}"))


def waiting(tree: Tree, year: Closing = YEAR) -> list[str]:
    return [item.record.id for item in unfinished(load_plan(tree).plan, year)]


def text(tree: Tree, path: str) -> str:
    return tree.read(f"data/{path}.yaml").decode()


def status(tree: Tree, day: date) -> PlanStatus:
    return build_status(Graph(Standing(load_plan(tree).plan, day)))


# What is asked about


def test_what_was_due_and_is_not_finished_is_asked_about_by_due_date() -> None:
    assert waiting(tree_of()) == list(ALL)


@pytest.mark.parametrize(
    "entry",
    [
        "{date: 2014-01-08, status: done}",
        "{date: 2014-01-08, due: 2014-03-31, reason: Sent}",
        "{known_by: 2014-01-08, status: cancelled, reason: Nej}",
    ],
)
def test_what_was_settled_after_the_year_ended_goes_on_by_itself(entry: str) -> None:
    tree = tree_of(activities__sen=f"title: S\nsupports: service-2013\ndue: 2013-12-31\nlog:\n  - {entry}\n")
    assert "sen" not in waiting(tree)
    before_new_year = YEAR._replace(as_of=YEAR.last)
    assert "sen" in waiting(tree, before_new_year)


@pytest.mark.parametrize(
    "field",
    [
        "valid_from: 2014-01-01",
        "retired: {date: 2013-06-01, reason: R}",
        "retired: {date: 2014-06-01, reason: R}",
    ],
)
def test_what_begins_later_or_is_retired_is_not_asked_about(field: str) -> None:
    assert waiting(
        tree_of(activities__x1=f"title: X\nsupports: service-2013\ndue: 2013-12-31\n{field}\n")
    ) == list(ALL)


def test_an_activity_whose_parts_are_finished_is_finished() -> None:
    done = PLAN["activities/del-klar.yaml"]
    assert waiting(MemoryTree(texts(PLAN | {"activities/del-kvar.yaml": done}))) == ["resa-2013"]


@pytest.mark.parametrize(
    ("year", "today", "code"),
    [
        (2012, "2014-01-10", "outside-years"),
        (2016, "2017-01-10", "outside-years"),
        (2015, "2016-01-10", "last-year"),
        (2014, "2014-11-30", "year-not-over"),
        (2013, "2012-12-31", "year-not-over"),
    ],
)
def test_a_year_that_is_not_over_or_has_no_next_one_is_not_closed(year: int, today: str, code: str) -> None:
    period = load_plan(tree_of()).plan.header.period
    with pytest.raises(UsageError) as caught:
        closing(year, period, date.fromisoformat(today))
    assert caught.value.code == code
    assert closing(2014, period, date(2014, 12, 1)) == (date(2014, 12, 31), date(2014, 12, 31), period.end)


# What becomes of it


def test_the_new_record_says_what_the_old_one_does_in_its_own_form() -> None:
    assert text(shifted(tree_of(), "resa-2013"), "activities/2014/resa-2014") == (
        "title: >-\n  Resa norrut, med\n  alla\n"
        "supports: [service-2013]  # målet\n"
        "due: 2014-09-30\n"
        "target_count: 3\n"
        "continues: resa-2013\n"
        "tags: [resor]\n"
        "owners: [kontoret]\n"
        "visibility: internal\n"
        "valid_from: 2014-01-01\n"
    )


def test_the_old_record_is_retired_and_nothing_else_in_it_changes() -> None:
    tree = tree_of()
    after = text(shifted(tree, "resa-2013"), "activities/resa-2013")
    retired = "retired: {date: 2014-01-01, reason: Fortsätter som resa-2014, superseded_by: [resa-2014]}\n"
    assert after.replace(retired, "") == text(tree, "activities/resa-2013")
    assert retired in after


def test_a_form_that_cannot_be_taken_over_is_written_plainly() -> None:
    tree = tree_of(activities__x1="{title: X, supports: service-2013, due: 2013-02-28}\n")
    with pytest.raises(SpliceError):
        shifted(tree, "x1")
    tree = tree_of(
        activities__x1="title: X\r\nnote: |\r\n  a\r\n\r\n  b\r\nsupports: service-2013\r\ndue: 2013-02-28\r\n"
    )
    after = text(shifted(tree, "x1"), "activities/2014/x1-2014")
    assert after == (
        "title: X\nsupports: service-2013\ndue: 2014-02-28\ncontinues: x1\nnote: |\n  a\n\n  b\nvalid_from: 2014-01-01\n"
    )


def test_references_follow_to_the_new_records() -> None:
    after = shifted(tree_of(), *ALL)
    part = text(after, "activities/2014/del-kvar-2014")
    assert "supports: [utredning-2014]\n" in part
    assert "depends_on: [resa-2014, del-klar]\n" in part
    assert "due: 2014-02-28\n" in part
    assert text(after, "activities/del-klar").startswith(
        "title: Klar del\nsupports: [utredning, utredning-2014]\n"
    )


def test_it_makes_no_difference_whether_all_go_at_once_or_one_by_one() -> None:
    at_once = shifted(tree_of(), *ALL)
    one_by_one: Tree = tree_of()
    for id_ in ("utredning", "resa-2013", "del-kvar"):
        one_by_one = shifted(one_by_one, id_)
    for path in ("2014/del-kvar-2014", "2014/utredning-2014", "2014/resa-2014", "del-klar"):
        assert text(one_by_one, f"activities/{path}") == text(at_once, f"activities/{path}")


def test_only_the_default_due_dates_of_the_year_move_in_the_header() -> None:
    levels = HEADER.replace("Mål 2015}", "Mål 2015, default_due: 2015-12-31}  # målen").replace(
        "Delmål 2013}", "Delmål 2013, default_due: 2013-12-31}  # i år"
    )
    tree = tree_of(plan=f"{levels}activities: {{default_due: 2013-06-30}}\n")
    after = text(shifted(tree), "plan")
    assert after == text(tree, "plan").replace("2013-06-30", "2014-06-30").replace("2013-12-31", "2014-12-31")


ONE_YEAR = PLAN | {"plan.yaml": PLAN["plan.yaml"].replace("end: 2015-12-31}", "end: 2013-12-31}  # ett år")}


def test_a_last_year_is_closed_by_making_the_plan_a_year_longer() -> None:
    tree = MemoryTree(texts(ONE_YEAR))
    period = load_plan(tree).plan.header.period
    with pytest.raises(UsageError) as caught:
        closing(2013, period, date(2014, 1, 10))
    assert caught.value.code == "last-year"
    after = shifted(tree, *ALL, year=closing(2013, period, date(2014, 1, 10), extend=True))
    assert "period: {start: 2013-01-01, end: 2014-12-31}  # ett år\n" in text(after, "plan")
    assert "due: 2014-12-31\n" in text(after, "activities/2014/utredning-2014")
    assert closing(2013, load_plan(after).plan.header.period, date(2014, 1, 10), extend=True) == (
        date(2013, 12, 31),
        date(2014, 1, 10),
        date(2014, 12, 31),
    )


def test_what_to_type_at_the_end_of_a_plan_is_said(servplan: Run, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan", ONE_YEAR)
    assert servplan("year-shift", "2013", "--all", plan=plan) == (
        2,
        "",
        (
            "2013 är planens sista år: den slutar 2013-12-31.\n"
            "→ Lägg till --extend, så flyttas slutet till 2014-12-31 (”period” i data/plan.yaml).\n"
        ),
    )
    done = servplan("year-shift", "2013", "--all", "--extend", plan=plan)
    assert (done.code, "+period: {start: 2013-01-01, end: 2014-12-31}  # ett år\n" in done.out) == (0, True)


def test_doing_it_again_does_nothing() -> None:
    once = shifted(tree_of(), *ALL)
    assert waiting(once) == []
    assert shift_edits(once, YEAR, Choices(ALL, {}), "Fortsätter som {id}") == []


@pytest.mark.parametrize("id_", ["senare", "avbruten", "inget-datum", "flyttad", "service-2013"])
def test_only_what_is_unfinished_goes_over(id_: str) -> None:
    with pytest.raises(UsageError) as caught:
        shifted(tree_of(), "resa-2013", id_)
    assert (caught.value.code, caught.value.params["id"]) == ("nothing-to-carry", id_)


def test_a_new_id_is_the_next_years_or_the_next_free_one() -> None:
    plan = load_plan(tree_of(documents__x1="title: X\nformerly: [utredning-2014]\n")).plan
    assert new_ids(plan, ALL, YEAR) == {
        "del-kvar": "del-kvar-2014",
        "resa-2013": "resa-2014",
        "utredning": "utredning-2014-2",
    }


def test_the_closed_year_is_as_it_was_and_in_the_next_each_work_counts_once() -> None:
    tree = tree_of()
    after = shifted(tree, *ALL)
    for day in (date(2013, 3, 31), date(2013, 12, 31)):
        assert status(after, day) == status(tree, day)
    before, now = status(tree, date(2014, 1, 10)), status(after, date(2014, 1, 10))
    assert [goal.activities.total for goal in now.goals] == [goal.activities.total for goal in before.goals]
    assert now.activities.total == before.activities.total


def test_no_finding_is_new_but_that_of_the_old_records() -> None:
    tree = tree_of()

    def found(tree: Tree) -> list[str]:
        return sorted(finding.code for finding in run_checks(load_plan(tree)))

    assert found(shifted(tree, *ALL)) == found(tree)


def test_goals_whose_due_date_has_passed_need_one_that_follows() -> None:
    plan = load_plan(tree_of()).plan
    carried = new_ids(plan, ALL, YEAR)
    [needed] = followers(plan, carried, YEAR)
    assert (needed.goal.id, needed.id) == ("service-2013", "service-2014")
    assert needed.activities == ("resa-2014", "utredning-2014")


def test_what_was_reported_since_is_named() -> None:
    late = "title: S\nsupports: service-2013\ndue: 2013-12-31\nlog:\n  - {date: 2014-01-02, note: Börjat}\n"
    plan = load_plan(tree_of(activities__sen=late)).plan
    assert reported_since(unfinished(plan, YEAR), ("sen", "resa-2013"), YEAR) == ["sen"]


# The command


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", PLAN)


def paths(shown: str) -> list[str]:
    return [line for line in shown.splitlines() if line.startswith("data/")]


CARRIED = [
    "data/plan.yaml",
    "data/activities/resa-2013.yaml",
    "data/activities/del-kvar.yaml",
    "data/activities/2014/resa-2014.yaml",
]
"""What changes when one activity goes over that another, which is left, depends on."""


def test_a_list_says_what_goes_over_and_the_rest_is_said(servplan: Run, plan: Path, tmp_path: Path) -> None:
    (tmp_path / "lista.txt").write_text("# Beslutat i januari\n\nresa norrut  # kvar\n", encoding="utf-8")
    done = servplan("year-shift", "2013", "--list", "lista.txt", plan=plan)
    assert (done.code, paths(done.out)) == (0, CARRIED)
    assert done.err == (
        "1 aktivitet förs över till 2014.\n\n"
        "De här målens slutdatum har passerat. Lägg upp de mål som tar vid och peka om till dem:\n"
        "Service i år (service-2013)\n"
        '  servplan add goal "Service i år" --id service-2014 --level sub-goal --due 2014-12-31'
        " --valid-from 2014-01-01 --supports service-2015 --owner enheten\n"
        "  servplan set resa-2014 supports service-2014\n"
    )
    again = servplan("year-shift", "2013", "--carry", "resa-2013", plan=plan)
    assert again == (0, "", "Så är det redan; inget skrevs.\n")


def test_the_commands_that_are_proposed_run(servplan: Run, plan: Path) -> None:
    servplan("year-shift", "2013", "--carry", "resa-2013", plan=plan)
    add = [
        "add",
        "goal",
        "Service i år",
        "--id",
        "service-2014",
        "--level",
        "sub-goal",
        "--due",
        "2014-12-31",
    ]
    assert servplan(*add, "--supports", "service-2015", "--owner", "enheten", plan=plan).code == 0
    assert servplan("set", "resa-2014", "supports", "service-2014", plan=plan).code == 0


def test_all_go_over_in_one_commit(servplan: Run, plan: Path) -> None:
    identity = {
        f"GIT_{who}_{what}": "e@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=plan, check=True, capture_output=True, env=os.environ | identity
        )
        return done.stdout.decode()

    git("init", "--quiet")
    git("add", "data")
    git("commit", "--quiet", "-m", "Planen")
    done = servplan("--lang", "en", "year-shift", "2013", "--all", "--commit", plan=plan, **identity)
    assert done.code == 0
    assert git("log", "-1", "--format=%s") == "Stäng 2013 och lägg upp 2014\n"
    assert git("status", "--porcelain") == ""
    assert len(git("show", "--format=", "--name-only").splitlines()) == 8


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2013"], "Vilka oavslutade aktiviteter (3) ska föras över?"),
        (["2013", "--carry", "senare"], "”senare” hör inte till de aktiviteter som skulle vara klara 2013"),
        (
            ["2013", "--carry", "service-2013"],
            "”service-2013” är av sorten Mål; kommandot är för: Aktivitet.",
        ),
        (["2013", "--carry", "finns-inte"], "Ingen post heter ”finns-inte”."),
        (["2013", "--list", "saknas.txt"], "Listan saknas.txt går inte att läsa: "),
        (["2014", "--all"], "2014 är inte slut: året kan stängas från och med 2014-12-01."),
        (["2015", "--all"], "2015 är planens sista år: den slutar 2015-12-31."),
        (["2012", "--all"], "2012 ligger utanför planen.\n→ År som kan stängas: 2013–2015.\n"),
    ],
)
def test_what_cannot_be_shifted_is_said_and_nothing_written(
    servplan: Run, plan: Path, arguments: list[str], said: str
) -> None:
    done = servplan("year-shift", *arguments, plan=plan)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert not (plan / "data/activities/2014").exists()


def terminal_of(plan: Path, *arguments: str, **environment: str) -> Terminal:
    return Terminal(
        "year-shift", "2013", *arguments, plan=plan, **{"SERVPLAN_TODAY": "2014-01-20", **environment}
    )


def texts_of(plan: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted((plan / "data").rglob("*.yaml"))}


def test_on_a_terminal_one_key_answers_for_each_activity(plan: Path) -> None:
    with terminal_of(plan) as terminal:
        terminal.press("x")
        terminal.enter("Ingen tid")
        terminal.press("l", "f", "h", "j")
        assert terminal.code() == 0
    assert paths(terminal.said) == CARRIED
    assert "+  - {date: 2014-01-20, status: cancelled, reason: Ingen tid}" in terminal.said
    assert (
        "\n2/3  Resa norrut, med alla  (resa-2013)\n"
        "  Ansvariga: Kontoret\n"
        "  Slutdatum: 2013-09-30 · Pågår · Risk för avvikelse\n"
        "  2013-04-01: Ansvariga: Kontoret · Prognos: Risk för avvikelse · Sent\n"
        "f för över till nästa år  x avbryt aktiviteten\n"
        "h hoppa över  b backa  a avsluta  ? förklaring\n"
        "Svar > l\n"
        "Tryck på en av: f x h b a ?\n"
        "Svar > f\n"
        "  → förs över\n"
    ) in terminal.said
    assert (
        "\nFörs över: 1. Lämnas: 1. Avbryts: 1.\nSkriva detta?\nj ja  n nej\nb backa  ? förklaring\nSvar > j\n"
    ) in terminal.said


def test_an_answer_is_taken_back_wherever_one_stands(plan: Path) -> None:
    with terminal_of(plan) as terminal:
        terminal.press("b", "x")
        terminal.enter("")  # takes the answer back
        terminal.press("f", "b", "h", "f", "x")
        terminal.enter("Ingen tid")
        terminal.press("b", "h", "j")
        assert terminal.code() == 0
    assert "status: cancelled" not in terminal.said
    assert "Det här är den första posten." in terminal.said
    assert "Varför avbryts den? (Enter ångrar svaret) > \nSvar > f\n" in terminal.said
    assert paths(terminal.said) == CARRIED


def test_who_leaves_keeps_what_was_answered_or_writes_nothing(plan: Path) -> None:
    before = texts_of(plan)
    with terminal_of(plan) as terminal:
        terminal.press("h", "f", "a", "n")
        assert terminal.code() == 0
    assert texts_of(plan) == before
    with terminal_of(plan) as terminal:
        terminal.press("h", "f", "a", "j")
        assert terminal.code() == 0
    assert paths(terminal.said) == CARRIED


def test_a_question_mark_explains_the_keys(plan: Path) -> None:
    with terminal_of(plan) as terminal:
        terminal.press("?", "a", "?", "n")
        assert terminal.code() == 0
    for meaning in (
        "Går vidare nästa år som en ny post; den här står kvar som den är.",
        "Blir inte av; frågar varför.",
        "Lämnas som den är, och kan föras över en annan gång.",
        "Slutar här, resten lämnas; du tillfrågas innan något skrivs.",
        "Skriver alltihop.",
    ):
        assert meaning in " ".join(terminal.said.split())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_key_means_the_same_in_every_dialogue(language: str) -> None:
    words = Words(language)
    shift = keys_of(CODES, words)
    follow_up = [
        GOING_ON,
        BACK_ON_TRACK,
        DONE,
        COUNT,
        AT_RISK,
        ON_HOLD,
        NOT_STARTED,
        TICKED,
        NOT_YET,
        NEW_DUE,
    ]
    for answer in follow_up:
        [key] = keys_of([answer.code], words)
        assert key not in shift
    assert set(MOVES) < set(shift.values())
    assert len(shift) == len(CODES)


@pytest.mark.parametrize("plain", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_on_a_plain_terminal_a_letter_and_enter_do(plan: Path, plain: dict[str, str]) -> None:
    with terminal_of(plan, **plain) as terminal:
        terminal.enter("", "fl", "h", "F", "a", "j")
        assert terminal.code() == 0
    assert paths(terminal.said) == CARRIED


def test_a_reason_that_no_file_may_hold_is_asked_for_again_at_once(plan: Path) -> None:
    with terminal_of(plan, TERM="dumb", PYTHONIOENCODING="ascii:strict", PYTHONUTF8="0") as terminal:
        terminal.enter("x", "bort\x1b[D", "för sent", "No time", "a", "j")
        assert terminal.code() == 0
    assert terminal.said.count("Texten har ett tecken som inte kan skrivas") == 2
    assert "reason: No time}" in terminal.said


def test_cancellations_are_dated_as_asked(plan: Path) -> None:
    with terminal_of(plan, "--date", "2013-12-20", "--dry-run") as terminal:
        terminal.press("x")
        terminal.enter("Ingen tid")
        terminal.press("a", "j")
        assert terminal.code() == 0
    assert "{date: 2013-12-20, status: cancelled, reason: Ingen tid, recorded: 2014-01-20}" in terminal.said


@pytest.mark.parametrize("wrong", [("--date", "snart"), ("--by", "finns-inte")])
def test_a_wrong_day_or_reporter_is_told_before_the_first_question(
    plan: Path, wrong: tuple[str, str]
) -> None:
    with terminal_of(plan, *wrong) as terminal:
        assert terminal.code() == 2
    assert "för över" not in terminal.said


@pytest.mark.parametrize(
    ("keys", "code", "word"),
    [("fan", 0, "Inget skrevs.\n"), ("f\x04", 0, "\nInget skrevs.\n"), ("f\x03", 130, "")],
    ids=["no", "Ctrl-D", "Ctrl-C"],
)
def test_until_it_is_confirmed_nothing_is_written(plan: Path, keys: str, code: int, word: str) -> None:
    before = texts_of(plan)
    with terminal_of(plan) as terminal:
        terminal.press(*keys)
        assert terminal.code() == code
    assert terminal.said.endswith(word)
    assert texts_of(plan) == before


def test_ctrl_d_at_the_reason_ends_it_too(plan: Path) -> None:
    before = texts_of(plan)
    with terminal_of(plan) as terminal:
        terminal.press("x")
        terminal.interrupt("\x04")
        assert terminal.code() == 0
    assert terminal.said.endswith("Varför avbryts den? (Enter ångrar svaret) > \nInget skrevs.\n")
    assert texts_of(plan) == before
