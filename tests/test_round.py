"""`follow-up` at a terminal: whole dialogues, as a person sees them."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from servplan.cli import keyboard
from tests import plans
from tests.conftest import Run

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals that Python can open", allow_module_level=True)

from tests.terminal import Terminal

FILES = {
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "goals/service.yaml": "title: Service nära invånarna\nlevel: overall\n",
    "programmes/tio.yaml": "title: Tio punkter\n",
    "boxes/besok.yaml": "title: 15 företagsbesök\nprogramme: tio\nowners: [landsbygd]\ntarget_count: 15\n",
    "activities/resa.yaml": """\
        title: Resa till Boden
        supports: [service]  # målet
        owners: [landsbygd]
        due: 2013-10-31
        log:
          - {date: 2013-08-01, due: 2013-12-31, reason: Värden bad om det}
          - {date: 2013-08-30, status: in_progress, note: Datum bokat}
        """,
    "activities/enkat.yaml": "title: Enkät\nsupports: [service]\nowners: [landsbygd]\ndue: 2014-01-31\n",
    "activities/tillsyn.yaml": "title: Tillsyn\nsupports: [service]\n",
}
RESA, ENKAT, BESOK = "data/activities/resa.yaml", "data/activities/enkat.yaml", "data/boxes/besok.yaml"
MINE = ("follow-up", "--owner", "landsbygd")
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Enheten"), ("EMAIL", "enheten@example.org"))
}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(tmp_path / "plan", FILES)


@pytest.fixture
def repository(plan: Path) -> Path:
    git(plan, "init", "--quiet")
    git(plan, "add", "data")
    git(plan, "commit", "--quiet", "-m", "Planen")
    return plan


def git(root: Path, *arguments: str) -> str:
    environment = IDENTITY | {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env=environment)
    return done.stdout.decode()


def entries(plan: Path, path: str) -> list[str]:
    """The entries in a record's log, line by line."""
    return re.findall(r"^  - (.+)$", (plan / path).read_text("utf-8"), re.MULTILINE)


def trimmed(text: str) -> str:
    """A terminal's lines without the spaces that fill tables up."""
    return re.sub(r" +$", "", text, flags=re.MULTILINE)


# Whole dialogues


def test_a_round_from_the_first_record_to_the_last(plan: Path) -> None:
    with Terminal(*MINE, plan=plan) as terminal:
        terminal.press("p")
        terminal.enter("Resan är bokad: 12 personer")
        terminal.press("k")
        terminal.enter("", "https://example.org/enkat")
        terminal.press("n")
        terminal.enter("2", "")
        code = terminal.code()
    expected = """\
Uppföljning 2013-09, Landsbygd                          3 av 3 väntar på rapport

Fristen går ut 2013-10-10. Svaren dateras 2013-09-30. Varje svar skrivs genast.

1 av 3  Resa till Boden
Id               resa
Stöder           Service nära invånarna
Ansvariga        Landsbygd
Slutdatum        2013-12-31 (flyttat en gång; utlovat: 2013-10-31)
Läge             ◐ Pågår
Senaste rapport  2013-08-30  Status: Pågår · Datum bokat
p pågår  k klar  r risk  v vilande  d nytt datum
h hoppa över  b backa  a avsluta  ? förklaring
Svar > p
Notering (Enter går vidare) > Resan är bokad: 12 personer
Skrivet: data/activities/resa.yaml

2 av 3  Enkät
Id               enkat
Stöder           Service nära invånarna
Ansvariga        Landsbygd
Slutdatum        2014-01-31
Läge             ? Ej rapporterad
Senaste rapport  –
p pågår  k klar  r risk  v vilande  e ej påbörjad  d nytt datum
h hoppa över  b backa  a avsluta  ? förklaring
Svar > k
Notering (Enter går vidare) >
Underlag, en adress eller en sökväg (Enter går vidare) > https://example.org/enkat
Skrivet: data/activities/enkat.yaml

3 av 3  15 företagsbesök
Id               besok
Program          Tio punkter
Ansvariga        Landsbygd
Slutdatum        –
Läge             [ ] Inte avprickad
Antal            0 av 15
Senaste rapport  –
k klar, pricka av  n antal  i inte än, enligt plan  r risk  d nytt datum
h hoppa över  b backa  a avsluta  ? förklaring
Svar > n
Hur många till? (Enter ångrar svaret) > 2
Notering (Enter går vidare) >
Skrivet: data/boxes/besok.yaml

Skrivet i 3 poster:
data/activities/resa.yaml
+  - {date: 2013-09-30, status: in_progress, note: "Resan är bokad: 12 personer", by: landsbygd, recorded: 2013-10-07}
data/activities/enkat.yaml
+log:
+  - date: 2013-09-30
+    status: done
+    evidence: ["https://example.org/enkat"]
+    by: landsbygd
+    recorded: 2013-10-07
data/boxes/besok.yaml
+log:
+  - {date: 2013-09-30, count: 2, by: landsbygd, recorded: 2013-10-07}
Allt är rapporterat för 2013-09.
"""
    assert trimmed(terminal.said) == expected
    assert code == 0


def test_a_dumb_terminal_gets_lines_in_english_without_any_art(plan: Path) -> None:
    with Terminal("--lang", "en", *MINE, "--by", "landsbygd", plan=plan, TERM="dumb") as terminal:
        terminal.enter("x", "R", "Another host", "m", "soon", "2014-03-31", "No venue", "n", "", "q")
        code = terminal.code()
    expected = """\
Follow-up 2013-09, Landsbygd                               3 of 3 await a report

The grace ends 2013-10-10. Answers are dated 2013-09-30. Each is saved at once.

1 of 3  Resa till Boden
Id           resa
Supports     Service nära invånarna
Owners       Landsbygd
Due          2013-12-31 (moved once; promised: 2013-10-31)
Stands       ◐ In progress
Last report  2013-08-30  Status: In progress · Datum bokat
g going on  d done  r at risk  b blocked  m move the date
s skip  u undo  q quit  ? explain
Answer > x
Press one of: g d r b m s u q ?
Answer > R
What is done about it? (Enter takes the answer back) > Another host
Written: data/activities/resa.yaml

2 of 3  Enkät
Id           enkat
Supports     Service nära invånarna
Owners       Landsbygd
Due          2014-01-31
Stands       ? Unreported
Last report  –
g going on  d done  r at risk  b blocked  n not started  m move the date
s skip  u undo  q quit  ? explain
Answer > m
New due date (Enter takes the answer back) > soon
“soon” is no date.
→ Write it as YYYY-MM-DD, “idag” for today, or “+2v” for two weeks ahead; --help tells what more.
New due date (Enter takes the answer back) > 2014-03-31
Why is it moved? (Enter takes the answer back) > No venue
Written: data/activities/enkat.yaml

2 of 3  Enkät
Id           enkat
Supports     Service nära invånarna
Owners       Landsbygd
Due          2014-03-31 (moved once; promised: 2014-01-31)
Stands       ? Unreported
Last report  –
g going on  d done  r at risk  b blocked  n not started  m move the date
s skip  u undo  q quit  ? explain
Answer > n
A note (Enter goes on) >
Written: data/activities/enkat.yaml

3 of 3  15 företagsbesök
Id           besok
Programme    Tio punkter
Owners       Landsbygd
Due          –
Stands       [ ] Not ticked
Count        0 of 15
Last report  –
t tick it  c count  n not yet, on track  r at risk  m move the date
s skip  u undo  q quit  ? explain
Answer > q

2 records written:
data/activities/resa.yaml
+  - {date: 2013-09-30, outlook: at_risk, action: Another host, by: landsbygd, recorded: 2013-10-07}
data/activities/enkat.yaml
+log:
+  - {date: 2013-09-30, due: 2014-03-31, reason: No venue, by: landsbygd, recorded: 2013-10-07}
+  - {date: 2013-09-30, status: not_started, by: landsbygd, recorded: 2013-10-07}
1 of 3 still await a report; the same command goes on with them.
"""
    assert trimmed(terminal.shown) == expected
    assert code == 0


def test_without_colour_a_letter_and_enter_do(plan: Path) -> None:
    with Terminal(*MINE, plan=plan, NO_COLOR="1") as terminal:
        terminal.enter("v", "Väntar på besked", "a")
        code = terminal.code()
    assert (code, re.findall("\x1b\\[3[0-9]", terminal.shown)) == (0, [])
    assert entries(plan, RESA)[2].startswith("{date: 2013-09-30, status: on_hold, reason: Väntar på besked,")


def test_the_question_mark_explains_every_key_and_asks_again(plan: Path) -> None:
    with Terminal(*MINE, plan=plan) as terminal:
        terminal.press("?", "a")
        assert terminal.code() == 0
    explained = trimmed(terminal.said).partition("Svar > ?\n")[2].splitlines()
    assert explained[:2] == [
        "p  pågår       Arbetet pågår. En notering kan läggas till.",
        "k  klar        Den är avslutad. Notering och underlag kan läggas till.",
    ]
    assert explained[-5:-2] == ["?  förklaring  Visar detta.", "Svar > a", ""]


# Leaving, and what it costs


def test_who_leaves_goes_on_where_it_was(plan: Path) -> None:
    with Terminal(*MINE, plan=plan) as terminal:
        terminal.press("p")
        terminal.enter("")
        terminal.press("h", "a")
        assert terminal.code() == 0
    assert terminal.said.endswith(
        "Överhoppade: enkat\n2 av 3 väntar fortfarande på rapport; samma kommando fortsätter med dem.\n"
    )
    with Terminal(*MINE, plan=plan) as again:
        again.press("a")
        assert again.code() == 0
    assert "\n2 av 3  Enkät" in again.said
    assert again.said.endswith(
        "Inget skrevs.\n2 av 3 väntar fortfarande på rapport; samma kommando fortsätter med dem.\n"
    )


@pytest.mark.parametrize(("sign", "code"), [("\x03", 130), ("\x04", 0)], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("at_a_line", [False, True], ids=["at a key", "at a line"])
def test_an_answer_that_was_not_finished_is_not_written_and_all_others_are(
    plan: Path, sign: str, code: int, at_a_line: bool
) -> None:
    with Terminal(*MINE, plan=plan) as terminal:
        terminal.press("p")
        terminal.enter("Bokat")
        if at_a_line:
            terminal.press("k")
            terminal.interrupt(sign)
        else:
            terminal.press(sign)
        assert terminal.code() == code
    assert len(entries(plan, RESA)) == 3
    assert entries(plan, ENKAT) == []
    assert ("Avbrutet.\n" in terminal.said) == (code == 130)
    assert "Skrivet i 1 post:\ndata/activities/resa.yaml\n+  - {date: 2013-09-30, " in terminal.said


@pytest.mark.parametrize("end", ["kill", "close"])
def test_a_killed_program_and_a_closed_terminal_lose_nothing(plan: Path, end: str) -> None:
    with Terminal(*MINE, plan=plan) as terminal:
        terminal.press("p")
        terminal.enter("Bokat")
        getattr(terminal, end)()
    assert [len(entries(plan, path)) for path in (RESA, ENKAT)] == [3, 0]
    with Terminal(*MINE, plan=plan) as again:
        again.press("a")
        assert again.code() == 0
    assert "\n2 av 3  Enkät" in again.said


def test_ctrl_c_waits_until_an_answer_is_written() -> None:
    done = []

    def write() -> None:
        with keyboard.uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("whole")

    with pytest.raises(KeyboardInterrupt):
        write()
    assert done == ["whole"]


def test_back_takes_back_the_last_answer(plan: Path) -> None:
    before = (plan / RESA).read_bytes()
    with Terminal(*MINE, plan=plan) as terminal:
        terminal.press("p")
        terminal.enter("Fel post")
        terminal.press("h", "b", "b", "b", "a")
        assert terminal.code() == 0
    assert (plan / RESA).read_bytes() == before
    assert "Återtaget: data/activities/resa.yaml\n\n1 av 3  Resa till Boden" in trimmed(terminal.said)
    assert "Det här är den första posten.\n\n1 av 3  Resa till Boden" in trimmed(terminal.said)


# What stands against an answer


def test_a_refused_answer_is_told_and_asked_for_again(plan: Path) -> None:
    (plan / RESA).write_text("{title: Resa, owners: [landsbygd], due: 2013-12-31}\n", "utf-8")
    with Terminal(*MINE, plan=plan) as terminal:
        terminal.press("p")
        terminal.enter("Bokat")
        terminal.press("h", "p")
        terminal.enter("")
        terminal.press("a")
        assert terminal.code() == 0
    refused = """\
data/activities/resa.yaml är skriven i en form som inte kan ändras utan att mer än så berörs.
→ Skriv för hand på rad 1: log: [{date: 2013-09-30, status: in_progress, note: Bokat, by: landsbygd, recorded: 2013-10-07}]

1 av 3  Resa
"""
    assert refused in trimmed(terminal.said)
    assert len(entries(plan, ENKAT)) == 1


def test_evidence_that_leads_nowhere_is_asked_for_again_and_the_note_is_kept(plan: Path) -> None:
    with Terminal(*MINE, plan=plan) as terminal:
        terminal.press("k")
        terminal.enter("Klart", "underlag/saknas.pdf", "")
        terminal.press("a")
        assert terminal.code() == 0
    assert "”underlag/saknas.pdf” leder ingenstans.\n" in terminal.said
    assert entries(plan, RESA)[2].startswith("{date: 2013-09-30, status: done, note: Klart, by:")


def test_what_others_reported_or_broke_meanwhile_is_seen(plan: Path) -> None:
    with Terminal(*MINE, plan=plan) as terminal:
        terminal.press("x")
        (plan / ENKAT).write_text("title: [\n", "utf-8")
        with (plan / BESOK).open("a", encoding="utf-8") as file:
            file.write("log: [{date: 2013-09-20, count: 1}]\n")
        terminal.press("p")
        terminal.enter("")
        assert terminal.code() == 0
    assert "data/activities/enkat.yaml går inte längre att läsa; den hoppas över.\n" in terminal.said
    assert "besok väntar inte längre på rapport; någon annan har ordnat det.\n" in terminal.said
    assert terminal.said.endswith(
        "1 av 3 väntar fortfarande på rapport; samma kommando fortsätter med dem.\n"
    )


def test_an_answer_is_not_taken_back_from_a_file_that_others_changed(plan: Path) -> None:
    with Terminal(*MINE, plan=plan) as terminal:
        terminal.press("p")
        terminal.enter("")
        terminal.press("h")
        with (plan / RESA).open("a", encoding="utf-8") as file:
            file.write("# en kommentar\n")
        terminal.press("b", "b", "a")
        assert terminal.code() == 0
    assert "data/activities/resa.yaml ändrades medan ändringen gjordes; inget skrevs." in terminal.said
    assert len(entries(plan, RESA)) == 3


def test_no_text_of_the_plan_or_of_a_person_reaches_the_terminal_raw(plan: Path) -> None:
    (plan / ENKAT).write_text("title: Farlig\u202eenkät\nowners: [landsbygd]\ndue: 2013-01-31\n", "utf-8")
    with Terminal(*MINE, plan=plan, TERM="dumb") as terminal:
        terminal.enter("p", "bort\x1b[D", "b\u200bort", "a")
        assert terminal.code() == 0
    assert "Farlig\ufffdenkät" in terminal.shown
    assert "Texten har ett tecken som inte kan skrivas" in terminal.shown
    assert "\x1b" not in terminal.shown


# Whose, of which period


def test_without_an_owner_everybodys_records_are_asked_about_each_in_its_owners_name(plan: Path) -> None:
    with Terminal("follow-up", "--period", "2013-08", plan=plan) as terminal:
        terminal.press("e")
        terminal.enter("")
        terminal.press("e")
        terminal.enter("")
        terminal.press("a")
        assert terminal.code() == 0
    assert "Uppföljning 2013-08 " in terminal.said
    assert "Fristen gick ut 2013-09-10. Svaren dateras 2013-08-31." in terminal.said
    assert entries(plan, "data/activities/tillsyn.yaml") == [
        "{date: 2013-08-31, status: not_started, recorded: 2013-10-07}"
    ]
    assert entries(plan, ENKAT) == [
        "{date: 2013-08-31, status: not_started, by: landsbygd, recorded: 2013-10-07}"
    ]


def test_a_running_period_is_answered_with_todays_date(plan: Path) -> None:
    with Terminal(*MINE, "--period", "2013-10", plan=plan) as terminal:
        terminal.press("p")
        terminal.enter("")
        terminal.press("a")
        assert terminal.code() == 0
    assert entries(plan, RESA)[2] == "{date: 2013-10-07, status: in_progress, by: landsbygd}"


def test_a_dry_run_shows_the_changes_and_makes_none(plan: Path) -> None:
    before = (plan / ENKAT).read_bytes()
    with Terminal(*MINE, "--dry-run", plan=plan) as terminal:
        terminal.press("h", "k")
        terminal.enter("", "")
        terminal.press("a")
        assert terminal.code() == 0
    assert "Prov: inget skrivs.\n" in terminal.said
    assert "+++ b/data/activities/enkat.yaml\n" in terminal.said
    assert terminal.said.endswith(
        "Inget skrevs.\nÖverhoppade: resa\n"
        "3 av 3 väntar fortfarande på rapport; samma kommando fortsätter med dem.\n"
    )
    assert (plan / ENKAT).read_bytes() == before


def test_questions_are_put_on_a_terminal_only(servplan: Run, plan: Path) -> None:
    told = """\
follow-up ställer sina frågor i en terminal, och här finns ingen.
→ servplan due --period 2013-09 visar vad som väntar på rapport; servplan log ID --date 2013-09-30 rapporterar.
"""
    assert servplan(*MINE, plan=plan, SERVPLAN_TODAY="2013-10-07") == (2, "", told)


@pytest.mark.parametrize(
    ("today", "period", "told"),
    [
        ("2013-01-31", None, "Ingen period har tagit slut än: inget väntar på rapport.\n"),
        ("2014-06-01", "2013-08", "Landsbygd: Allt är rapporterat för 2013-08 (1).\n"),
        ("2014-06-01", "2013-07", "Landsbygd: Ingen rapport väntas för 2013-07.\n"),
    ],
)
def test_where_nothing_is_due_it_says_so(
    servplan: Run, tmp_path: Path, today: str, period: str | None, told: str
) -> None:
    done = "title: A\nowners: [landsbygd]\nvalid_from: 2013-08-01\nlog: [{date: 2013-08-31, status: done}]\n"
    files = {"owners/landsbygd.yaml": FILES["owners/landsbygd.yaml"], "activities/aa.yaml": done}
    plan = plans.write(tmp_path / "plan", files)
    asked = ("--period", period) if period else ()
    assert servplan(*MINE, *asked, plan=plan, SERVPLAN_TODAY=today) == (0, "", told)


def test_a_new_due_date_that_has_passed_is_written_with_a_remark(plan: Path) -> None:
    with Terminal(*MINE, plan=plan) as terminal:
        terminal.press("d")
        terminal.enter("2013-09-02", "Det blev av då")
        terminal.press("a")
        assert terminal.code() == 0
        assert "Obs: slutdatumet 2013-09-02 hade redan passerat den 2013-10-" in terminal.shown
    assert "{date: 2013-09-30, due: 2013-09-02, reason: Det blev av då, " in (plan / RESA).read_text("utf-8")


# Committing


def test_commit_commits_what_was_written_in_the_end(repository: Path) -> None:
    with Terminal(*MINE, "--commit", plan=repository, **IDENTITY) as terminal:
        terminal.press("p")
        terminal.enter("")
        terminal.press("p")
        terminal.enter("")
        terminal.press("a")
        assert terminal.code() == 0
    assert terminal.said.endswith("Incheckat: Uppföljning 2013-09: landsbygd, 2 poster\n")
    shown = git(repository, "show", "--format=%s", "--name-only").splitlines()
    assert shown == ["Uppföljning 2013-09: landsbygd, 2 poster", "", ENKAT, RESA]


def test_the_commit_is_told_in_the_plans_language(repository: Path) -> None:
    with Terminal("--lang", "en", *MINE, "--commit", plan=repository, **IDENTITY) as terminal:
        terminal.press("g")
        terminal.enter("")
        terminal.press("q")
        assert terminal.code() == 0
    assert git(repository, "log", "-1", "--format=%s") == "Uppföljning 2013-09: landsbygd, 1 post\n"


def test_who_commits_has_to_be_known_before_the_first_question(repository: Path) -> None:
    git(repository, "config", "user.useConfigOnly", "true")
    with Terminal(*MINE, "--commit", plan=repository) as terminal:
        assert terminal.code() == 3
    assert terminal.said.startswith("git vet inte vem som checkar in här; inget checkades in.\n")
    assert "Svar" not in terminal.said


def test_commit_refuses_changed_files_before_the_first_question(repository: Path) -> None:
    with (repository / BESOK).open("a", encoding="utf-8") as file:
        file.write("# ändrad\n")
    with Terminal(*MINE, "--commit", plan=repository, **IDENTITY) as terminal:
        assert terminal.code() == 3
    assert BESOK in terminal.said
    assert "Svar" not in terminal.said


def test_a_commit_that_git_refuses_leaves_the_answers_in_the_files(repository: Path) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho Stopp >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    with Terminal(*MINE, "--commit", plan=repository, **IDENTITY) as terminal:
        terminal.press("p")
        terminal.enter("")
        terminal.press("a")
        assert terminal.code() == 3
    assert terminal.said.endswith(
        "Svaren är skrivna i filerna, men git checkade inte in dem:\nStopp\n"
        "→ Rätta det, och checka in dem med git.\n"
    )
    assert len(entries(repository, RESA)) == 3
