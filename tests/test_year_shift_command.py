"""`year-shift`: from a list, or one key for each activity."""

import os
import subprocess
from pathlib import Path

import pytest

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
from servplan.render.views.inquiry import MOVES, keys_of
from servplan.render.views.year_shift import CODES
from servplan.render.words import Words
from tests.conftest import Run
from tests.plans import write
from tests.shifts import PLAN
from tests.terminal import Terminal


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


def test_a_goal_that_was_handed_over_is_drafted_for_those_who_have_it(servplan: Run, plan: Path) -> None:
    assert servplan("log", "service-2013", "--owner", "", "--date", "2013-12-01", plan=plan).code == 0
    done = servplan("year-shift", "2013", "--carry", "resa-2013", plan=plan)
    assert (done.code, "add goal" in done.err, "--owner" in done.err) == (0, True, False)


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
