import os
import subprocess
from pathlib import Path

import pytest

from tests import plans
from tests.conftest import Run

PLAN = {
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "goals/service.yaml": "title: Service\nlevel: overall\nowners: [landsbygd]\n",
    "programmes/tio.yaml": "title: Tio punkter\npoints: 1\n",
    "boxes/lista.yaml": "title: Lista\nprogramme: tio\nsupports: service\n",
    "activities/resa.yaml": "title: Resa\nsupports: [service]  # målet\nowners: [landsbygd]\ndue: 2014-12-31\n",
    "activities/rapport.yaml": "title: Rapport\nsupports: service\n",
}
IDENTITY = {
    "GIT_AUTHOR_NAME": "Enheten",
    "GIT_AUTHOR_EMAIL": "enheten@example.org",
    "GIT_COMMITTER_NAME": "Enheten",
    "GIT_COMMITTER_EMAIL": "enheten@example.org",
}
RESA = "data/activities/resa.yaml"
NEW = "data/activities/ny-resa-till-boden.yaml"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(tmp_path / "plan", PLAN)


def data(root: Path) -> dict[str, str]:
    files = (path for path in (root / "data").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in files}


def git(root: Path, *arguments: str) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env=kept | IDENTITY)
    return done.stdout.decode()


@pytest.fixture
def repository(plan: Path) -> Path:
    git(plan, "init", "--quiet")
    git(plan, "add", "data")
    git(plan, "commit", "--quiet", "-m", "Planen")
    return plan


# What was reported


@pytest.mark.parametrize(
    ("command", "path", "line"),
    [
        (["log", "resa", "-m", "Bokat"], RESA, "{date: 2014-01-20, note: Bokat}"),
        (["log", "resa", "-m", "12"], RESA, '{date: 2014-01-20, note: "12"}'),
        (
            ["log", "resa", "--progress", "40 %", "--count", "2"],
            RESA,
            "{date: 2014-01-20, progress: 40, count: 2}",
        ),
        (["log", "resa", "--outlook", "risk för avvikelse"], RESA, "{date: 2014-01-20, outlook: at_risk}"),
        (
            ["log", "resa", "--due", "2014-03-31", "--reason", "Sent"],
            RESA,
            "{date: 2014-01-20, due: 2014-03-31, reason: Sent}",
        ),
        (["start", "resa", "--by", "land"], RESA, "{date: 2014-01-20, status: in_progress, by: landsbygd}"),
        (["done", "resa", "--date", "idag"], RESA, "{date: 2014-01-20, status: done}"),
        (["done", "resa", "--date", "igår"], RESA, "{date: 2014-01-19, status: done, recorded: 2014-01-20}"),
        (
            ["done", "resa", "--date", "2013-12-01"],
            RESA,
            "{date: 2013-12-01, status: done, recorded: 2014-01-20}",
        ),
        (["hold", "resa", "--reason", "Vinter"], RESA, "{date: 2014-01-20, status: on_hold, reason: Vinter}"),
        (["cancel", "resa", "--reason", "Nej"], RESA, "{date: 2014-01-20, status: cancelled, reason: Nej}"),
        (
            ["assess", "service", "--as", "achieved"],
            "data/goals/service.yaml",
            "{date: 2014-01-20, assessment: achieved}",
        ),
        (
            ["assess", "lista", "--as", "achieved"],
            "data/boxes/lista.yaml",
            "{date: 2014-01-20, assessment: achieved}",
        ),
        (
            ["tick", "lista", "--evidence", "https://example.org/x"],
            "data/boxes/lista.yaml",
            '{date: 2014-01-20, ticked: true, evidence: ["https://example.org/x"]}',
        ),
        (
            ["untick", "lista", "--reason", "Fel"],
            "data/boxes/lista.yaml",
            "{date: 2014-01-20, ticked: false, reason: Fel}",
        ),
    ],
)
def test_what_happened_is_one_entry_shown_as_it_was_written(
    servplan: Run, plan: Path, command: list[str], path: str, line: str
) -> None:
    before = data(plan)
    added = f"log:\n  - {line}\n"
    shown = "".join(f"+{text}\n" for text in added.splitlines())
    assert servplan(*command, plan=plan) == (0, f"{path}\n{shown}", "")
    assert data(plan) == before | {path: before[path] + added}


@pytest.mark.parametrize(
    ("command", "mind"),
    [
        (["log", "resa", "--due", "2014-01-19", "--reason", "R"], "2014-01-19 hade redan passerat den 2014-01-20"),
        (
            ["log", "resa", "--due", "2013-05", "--reason", "R", "--date", "2013-06-03"],
            "2013-05-31 hade redan passerat den 2013-06-03",
        ),
        (["set", "rapport", "due", "2013-12-31"], "2013-12-31 hade redan passerat den 2014-01-20"),
    ],
)  # fmt: skip
def test_a_due_date_that_has_passed_is_written_with_a_remark(
    servplan: Run, plan: Path, command: list[str], mind: str
) -> None:
    done = servplan(*command, plan=plan)
    assert (done.code, done.err) == (0, f"Obs: slutdatumet {mind}.\n")
    assert "due: " in done.out


def test_a_due_date_that_has_not_passed_on_its_entrys_day_needs_no_remark(servplan: Run, plan: Path) -> None:
    for command in (
        ["log", "resa", "--due", "2013-06-30", "--reason", "R", "--date", "2013-06-03"],
        ["log", "resa", "--due", "idag", "--reason", "R"],
        ["set", "rapport", "due", "2014-01-20"],
    ):
        done = servplan(*command, plan=plan)
        assert (done.code, done.err) == (0, "")


def test_references_are_named_by_their_beginning_or_words(servplan: Run, plan: Path) -> None:
    changed = servplan("set", "resa", "supports", "--add", "list", plan=plan)
    assert changed == (
        0,
        f"{RESA}\n-supports: [service]  # målet\n+supports: [service, lista]  # målet\n",
        "",
    )
    removed = servplan("set", "resa", "supports", "--remove", "serv", plan=plan)
    assert (removed.code, "+supports: [lista]  # målet\n" in removed.out) == (0, True)
    added = servplan(
        "add", "box", "Ny punkt", "--set", "programme=tio punkt", "--set", "owners=land", plan=plan
    )
    assert "+programme: tio\n" in added.out
    assert "+owners: landsbygd\n" in added.out


def test_a_reference_that_leads_nowhere_can_be_removed_as_it_stands(servplan: Run, plan: Path) -> None:
    (plan / RESA).write_text("title: Resa\nsupports: [service, borta]\n", encoding="utf-8")
    done = servplan("set", "resa", "supports", "--remove", "borta", plan=plan)
    assert (done.code, (plan / RESA).read_text("utf-8")) == (0, "title: Resa\nsupports: [service]\n")


def test_one_command_reports_on_several_records(servplan: Run, plan: Path) -> None:
    done = servplan("done", "resa", "rapport", "resa", "-m", "Klar: nu", plan=plan)
    entry = '+log:\n+  - {date: 2014-01-20, status: done, note: "Klar: nu"}\n'
    assert done == (0, f"{RESA}\n{entry}data/activities/rapport.yaml\n{entry}", "")


@pytest.mark.parametrize(
    ("command", "entry"),
    [
        (["done", "resa", "--date", "2013-06"], "{known_by: 2013-06-30, status: done, recorded: 2014-01-20}"),
        (["done", "resa", "--date", "2013"], "{known_by: 2013-12-31, status: done, recorded: 2014-01-20}"),
        (["done", "resa", "--date", "2014-01"], "{known_by: 2014-01-20, status: done}"),
        (
            ["log", "resa", "--due", "2015-06", "--reason", "R"],
            "{date: 2014-01-20, due: 2015-06-30, reason: R}",
        ),
        (["log", "resa", "--due", "+2v", "--reason", "R"], "{date: 2014-01-20, due: 2014-02-03, reason: R}"),
    ],
)
def test_where_a_month_is_told_its_last_day_counts(
    servplan: Run, plan: Path, command: list[str], entry: str
) -> None:
    assert servplan(*command, plan=plan) == (0, f"{RESA}\n+log:\n+  - {entry}\n", "")


@pytest.mark.parametrize(
    ("first", "between"),
    [
        (("done", "resa"), ("hold", "resa", "--reason", "R")),
        (("tick", "lista"), ("untick", "lista", "--reason", "R")),
    ],
)
def test_what_another_entry_of_the_day_took_back_can_be_said_again(
    servplan: Run, plan: Path, first: tuple[str, ...], between: tuple[str, ...]
) -> None:
    servplan(*first, plan=plan)
    servplan(*between, plan=plan)
    assert servplan(*first, plan=plan).out.count("\n+") == 1
    assert servplan(*first, plan=plan).err == "Så är det redan; inget skrevs.\n"


def test_what_had_happened_by_a_day_is_shown_so(servplan: Run, plan: Path) -> None:
    servplan("done", "resa", "--date", "2013-06", plan=plan)
    assert "senast 2013-06-30  Status: Klar" in servplan("show", "resa", plan=plan).out
    again = servplan("done", "resa", "--date", "2013-06", plan=plan)
    assert again == (0, "", "Så är det redan; inget skrevs.\n")


@pytest.mark.parametrize(
    ("command", "record"),
    [
        (["start"], "resa"),
        (["done"], "resa"),
        (["hold"], "resa"),
        (["cancel"], "resa"),
        (["tick"], "lista"),
        (["untick"], "lista"),
        (["assess", "--as", "achieved"], "service"),
        (["log"], "resa"),
    ],
)
def test_every_report_takes_a_note_an_outlook_an_action_evidence_and_a_reason(
    servplan: Run, plan: Path, command: list[str], record: str
) -> None:
    told = [
        "-m",
        "M",
        "--outlook",
        "at_risk",
        "--action",
        "A",
        "--reason",
        "R",
        "--evidence",
        "https://e.org",
    ]
    done = servplan(*command, record, *told, "--date", "igår", plan=plan, SERVPLAN_BY="landsbygd")
    assert (done.code, done.err) == (0, "")
    for pair in (
        "date: 2014-01-19",
        "outlook: at_risk",
        "note: M",
        "reason: R",
        "action: A",
        "by: landsbygd",
    ):
        assert pair in done.out
    assert 'evidence: ["https://e.org"]' in done.out


def test_a_record_that_is_named_twice_is_reported_on_once(servplan: Run, plan: Path) -> None:
    done = servplan("done", "resa", "Resa", "res", plan=plan)
    assert done == (0, f"{RESA}\n+log:\n+  - {{date: 2014-01-20, status: done}}\n", "")


def test_words_mean_a_record_of_the_commands_kind(servplan: Run, plan: Path) -> None:
    (plan / "data/documents").mkdir()
    (plan / "data/documents/rapporten.yaml").write_text("title: Rapporten\n", encoding="utf-8")
    assert servplan("done", "rappo", plan=plan).out.startswith("data/activities/rapport.yaml\n")
    assert servplan("log", "rappo", "-m", "Ny", plan=plan).code == 2


def test_a_missing_reason_is_answered_with_the_command_to_type(servplan: Run, plan: Path) -> None:
    done = servplan("cancel", "resa", "--date", "i går", plan=plan)
    typed = f'servplan --plan {plan} cancel resa --date "i går" --reason "…"'
    assert done == (2, "", f"Att avbryta en aktivitet kräver ett skäl.\n→ {typed}\n")


def test_what_is_already_so_is_said_and_nothing_written(servplan: Run, plan: Path) -> None:
    servplan("done", "resa", plan=plan)
    before = data(plan)
    so = (0, "", "Så är det redan; inget skrevs.\n")
    assert servplan("done", "resa", plan=plan) == so
    assert servplan("done", "resa", "--dry-run", plan=plan) == so
    assert servplan("set", "resa", "title", "Resa", plan=plan) == so
    assert data(plan) == before


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["cancel", "resa"], 2, "Att avbryta en aktivitet kräver ett skäl.\n→ servplan "),
        (["cancel", "resa", "--reason", " "], 2, "Att avbryta en aktivitet kräver ett skäl.\n→ servplan "),
        (
            ["retire", "resa", "--reason", "R", "--by-record", "resa"],
            2,
            "”resa” kan inte stå i sitt eget ställe.",
        ),
        (["untick", "lista"], 2, "Att ta bort en avprickning kräver ett skäl.\n→ servplan "),
        (["retire", "resa"], 2, "Att låta en post utgå kräver ett skäl.\n→ servplan "),
        (["log", "resa", "--due", "2014-03-31"], 2, "Att flytta ett slutdatum kräver ett skäl.\n→ servplan "),
        (["log", "resa"], 2, "Noteringen skulle inte säga något."),
        (["done", "service"], 2, "”service” är av sorten Mål; kommandot är för: Aktivitet."),
        (["tick", "resa"], 2, "”resa” är av sorten Aktivitet; kommandot är för: "),
        (["assess", "resa", "--as", "achieved"], 2, "”resa” är av sorten Aktivitet; kommandot är för: "),
        (["done", "resa", "--by", "service"], 2, "”service” är av sorten Mål; kommandot är för: Ansvarig."),
        (["done", "xyz"], 2, "Ingen post heter ”xyz”."),
        (["done", "r"], 2, ""),
        (["done", "resa", "xyz"], 2, "Ingen post heter ”xyz”."),
        (["done", "resa", "--date", "2014-02-30"], 2, "”2014-02-30” är inget datum."),
        (["assess", "service", "--as", "toppen"], 2, "”toppen” är ingen bedömning."),
        (["set", "resa", "due", "2014-05-01"], 2, "”resa” har ett slutdatum: det flyttas med en notering"),
        (["set", "resa", "foo", "x"], 2, "Här finns inget fält ”foo” att sätta."),
        (["set", "resa", "log", "x"], 2, "Här finns inget fält ”log” att sätta."),
        (
            ["log", "service", "--progress", "40"],
            2,
            "”service” är av sorten Mål; dess logg berättar inte om: ",
        ),
        (["log", "resa", "--count", "två"], 2, "”två” är inget tal.\n→ Skriv ett heltal: 3.\n"),
        (
            ["log", "resa", "--progress", "101%"],
            2,
            "”101%” är ingen procentsats.\n→ Skriv ett heltal från 0 till 100: --progress 35 eller 35%.\n",
        ),
        (
            ["log", "resa", "-m", "M", "--date", "25", "november"],
            2,
            "”25” är inget datum.\n→ Skriv det utan mellanslag, som ÅÅÅÅ-MM-DD, ”idag” eller ”igår”; ",
        ),
        (["decide", "resa", "november", "--body", "KS", "--date", "25"], 2, "”25” är inget datum."),
        (["retire", "resa", "november", "--reason", "R", "--date", "25"], 2, "”25” är inget datum."),
        (["set", "resa", "supports", "servic3"], 2, "Ingen post heter ”servic3”.\n→ Menade du ”service”?"),
        (["set", "resa", "supports", "land"], 2, "”landsbygd” är av sorten Ansvarig; "),
        (["log", "resa", "--outlook", "toppen"], 2, "”toppen” är ingen prognos."),
        (["done", "resa", "--date", "2014-02"], 2, "2014-02 har inte kommit än; i dag är det 2014-01-20."),
        (["done", "resa", "--date", "+1d"], 2, "2014-01-21 har inte kommit än; i dag är det 2014-01-20."),
        (["done", "resa", "--date", "2013-13"], 2, "”2013-13” är ingen period."),
        (["log", "resa", "--due", "snart", "--reason", "R"], 2, "”snart” är inget datum."),
        (
            ["decide", "resa", "--body", "KS", "--date", "2013-06"],
            2,
            "”2013-06” är ingen dag, och här behövs en.",
        ),
        (["decide", "resa", "--body", "KS", "--date", "+2v"], 2, "2014-02-03 har inte kommit än"),
        (["set", "resa", "tags", "--add"], 2, "--add och --remove behöver "),
        (["set", "resa", "tags", "--add", "--remove", "a"], 2, "--add och --remove behöver "),
        (
            ["set", "resa", "title", "Resa", "norrut"],
            2,
            "”title” rymmer ett värde, inte flera.\n→ Skriv en text av flera ord inom citattecken: ",
        ),
        (["set", "resa", "title", "--add", "x"], 2, "”title” rymmer ett värde, inte flera.\n"),
        (
            ["set", "resa", "order", "tre"],
            2,
            "”order” rymmer ett tal; ”tre” är inget.\n→ servplan set resa order 3\n",
        ),
        (["set", "resa", "decided", "KS"], 2, "”decided” rymmer en grupp av nycklar"),
        (["rename", "rapport", "resa"], 2, f"Id:t ”resa” är upptaget av {RESA}."),
        (["rename", "rapport", "Fel"], 2, "”Fel” kan inte vara ett id."),
    ],
)
def test_wrong_usage_is_said_with_exit_2_and_nothing_is_written(
    servplan: Run, plan: Path, command: list[str], code: int, said: str
) -> None:
    before = data(plan)
    done = servplan(*command, plan=plan)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(said)
    assert done.err
    assert "Traceback" not in done.err
    assert data(plan) == before


PROMISES = {
    **PLAN,
    "boxes/lista.yaml": "title: Lista\nprogramme: tio\nsupports: service\ntarget_count: 15\n",
    "goals/service.yaml": "title: Service\nlevel: overall\ndecided: {body: KS, date: 2013-01-15}\n",
    "activities/resa.yaml": """\
        title: Resa
        supports: service
        due: 2014-12-31
        valid_from: 2013-02-01
        retired: {date: 2014-01-01, reason: Ersatt}
        """,
}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["lista", "target_count", "12"], "”target_count” för ”lista” är utlovat eller beslutat: "),
        (["lista", "target_count"], "”target_count” för ”lista” är utlovat eller beslutat: "),
        (["tio", "points", "2"], "”points” för ”tio” är utlovat eller beslutat: "),
        (["service", "title", "Sämre service"], "”title” för ”service” är utlovat eller beslutat: "),
        (["service", "decided"], "”decided” för ”service” är utlovat eller beslutat: "),
        (["rapport", "valid_from", "2013-03-01"], "”valid_from” för ”rapport” är utlovat eller beslutat: "),
        (["resa", "valid_from"], "”valid_from” för ”resa” är utlovat eller beslutat: "),
        (["resa", "retired"], "”retired” för ”resa” är utlovat eller beslutat: "),
        (["resa", "due"], "”resa” har ett slutdatum: det flyttas med en notering"),
    ],
)
def test_a_promise_is_only_corrected_with_a_reason_and_then_the_audit_finds_nothing(
    servplan: Run, tmp_path: Path, command: list[str], said: str
) -> None:
    plan = plans.write(tmp_path / "plan", PROMISES)
    git(plan, "init", "--quiet")
    git(plan, "add", "data")
    git(plan, "commit", "--quiet", "-m", "Planen")
    before = data(plan)
    refused = servplan("set", *command, plan=plan)
    assert (refused.code, refused.out, said in refused.err) == (2, "", True)
    typed = f'servplan --plan {plan} set {" ".join(command).replace("Sämre service", chr(34) + "Sämre service" + chr(34))} --reason "…"\n'
    assert refused.err.endswith(typed)
    assert data(plan) == before
    done = servplan("set", *command, "--reason", "Fel avskrivet", plan=plan)
    entry = f"+  - {{date: 2014-01-20, amends: [{command[1]}], reason: Fel avskrivet}}\n"
    assert (done.code, done.out.endswith(entry)) == (0, True)
    assert servplan("audit", plan=plan).code == 0
    assert " Rättar: " in servplan("events", plan=plan).out


@pytest.mark.parametrize("blank", [["--reason", ""], ["--reason="], []])
def test_the_command_to_type_has_one_reason(servplan: Run, plan: Path, blank: list[str]) -> None:
    done = servplan("retire", "resa", *blank, "--date", "idag", plan=plan)
    typed = f'servplan --plan {plan} retire resa --date idag --reason "…"'
    assert done == (2, "", f"Att låta en post utgå kräver ett skäl.\n→ {typed}\n")


def test_what_was_not_promised_before_is_set_freely(servplan: Run, plan: Path) -> None:
    for command in (
        ["lista", "target_count", "15"],
        ["rapport", "due", "2014-06-01"],
        ["resa", "title", "R"],
    ):
        done = servplan("set", *command, plan=plan)
        assert (done.code, "amends" in done.out) == (0, False)
    assert servplan("set", "resa", "title", "R", "--reason", "Så", plan=plan).err == (
        "Så är det redan; inget skrevs.\n"
    )


# What is against the plan


GOAL = """\
title: Service
level: overall
reached_when: {is: completed, what: är klara}
due: 2013-12-31
"""


def test_an_assessment_against_the_goals_own_condition_needs_a_reason(servplan: Run, plan: Path) -> None:
    (plan / "data/goals/service.yaml").write_text(GOAL, encoding="utf-8")
    servplan("done", "rapport", "resa", "--date", "2013-10-01", plan=plan)
    before = data(plan)
    against = ["assess", "service", "--as", "delvis uppnått"]
    refused = servplan(*against, plan=plan)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        "Villkoret för ”service” ger förslaget ”Uppnått”; bedömningen ”Delvis uppnått” kräver ett skäl.\n"
        f'→ servplan --plan {plan} assess service --as "delvis uppnått" --reason "…"\n'
        "  servplan explain service visar vad förslaget vilar på.\n"
    )
    assert data(plan) == before
    assert servplan(*against, "--reason", "Kvaliteten brister", plan=plan).code == 0
    assert servplan("assess", "service", "--as", "uppnått", plan=plan).code == 0
    assert "no-reason" not in servplan("check", "--format", "json", plan=plan).out


def test_the_proposal_is_that_of_the_assessments_own_day(servplan: Run, plan: Path) -> None:
    (plan / "data/goals/service.yaml").write_text(GOAL, encoding="utf-8")
    servplan("done", "rapport", "resa", "--date", "2013-10-01", plan=plan)
    early = servplan("assess", "service", "--as", "uppnått", "--date", "2013-09-30", plan=plan)
    assert (early.code, "förslaget ”Kan inte bedömas”" in early.err) == (2, True)


def test_of_a_retired_record_only_what_was_before_can_be_told(servplan: Run, plan: Path) -> None:
    retired = "retired: {date: 2013-06-01, reason: Ersatt, superseded_by: [rapport]}\n"
    (plan / RESA).write_text(PLAN["activities/resa.yaml"] + retired, encoding="utf-8")
    said = (
        "”resa” har utgått sedan 2013-06-01; därefter finns inget att säga om den.\n"
        "→ I dess ställe finns ”rapport”: ange den, eller en tidigare dag med --date.\n"
    )
    for command in (["done", "resa"], ["log", "resa", "-m", "M", "--date", "2013-06-01"]):
        assert servplan(*command, plan=plan) == (2, "", said)
    assert servplan("decide", "resa", "--body", "KS", plan=plan) == (2, "", said)
    assert servplan("retire", "resa", "--reason", "Annat", "--date", "2013-01-05", plan=plan) == (2, "", said)
    assert servplan("done", "resa", "--date", "2013-05-31", plan=plan).code == 0
    corrected = servplan("set", "resa", "title", "Resan", plan=plan)
    assert (corrected.code, corrected.err) == (0, "Obs: ”resa” har utgått sedan 2013-06-01.\n")


def test_of_a_record_nothing_is_told_before_it_begins(servplan: Run, plan: Path) -> None:
    begins = "valid_from: 2014-01-01\ncontinues: rapport\n"
    (plan / RESA).write_text(PLAN["activities/resa.yaml"] + begins, encoding="utf-8")
    refused = servplan("done", "resa", "--date", "2013-12-31", plan=plan)
    said = (
        "”resa” börjar 2014-01-01; om 2013-12-31 finns inget att säga om den.\n"
        "→ Dessförinnan var det ”rapport”: ange den, eller en senare dag med --date.\n"
    )
    assert refused == (2, "", said)
    assert servplan("retire", "resa", "--reason", "R", "--date", "2013-12", plan=plan).code == 2
    assert servplan("done", "resa", "--date", "2014-01-01", plan=plan).code == 0


def test_retiring_again_in_the_same_words_is_already_so(servplan: Run, plan: Path) -> None:
    command = ["retire", "resa", "rapport", "--reason", "Ersatt", "--date", "+2v"]
    first = servplan(*command, plan=plan)
    assert (first.code, first.out.count("+retired: {date: 2014-02-03, reason: Ersatt}")) == (0, 2)
    assert servplan(*command, plan=plan) == (0, "", "Så är det redan; inget skrevs.\n")


@pytest.mark.parametrize(
    "command",
    [
        ["log", "resa", "-m", " "],
        ["set", "resa", "title"],
        ["set", "resa", "order", "1.5"],
        ["add", "activity", "Ny resa", "--set", "order=tre"],
    ],
)
def test_a_change_that_would_be_wrong_is_refused_with_the_finding(
    servplan: Run, plan: Path, command: list[str]
) -> None:
    before = data(plan)
    done = servplan(*command, plan=plan)
    assert (done.code, done.out) == (3, "")
    assert "Inget skrevs: data/" in done.err
    assert data(plan) == before


def test_a_form_that_cannot_be_edited_is_refused_with_what_to_write(servplan: Run, plan: Path) -> None:
    (plan / RESA).write_text("{title: Resa, supports: service}\n", encoding="utf-8")
    done = servplan("done", "resa", plan=plan)
    assert (done.code, done.out) == (3, "")
    assert "{date: 2014-01-20, status: done}" in done.err
    assert data(plan)[RESA] == "{title: Resa, supports: service}\n"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ["tick", "buss"],
            (
                "”buss” är av sorten Service; kommandot är för: Punkt.\n"
                '→ Menade du buss-rullar? För ”buss” finns: servplan log buss -m "…"\n'
            ),
        ),
        (
            ["tick", "resa"],
            (
                "”resa” är av sorten Aktivitet; kommandot är för: Punkt.\n"
                "→ servplan list box visar de id:n som passar. För ”resa” finns: "
                'servplan done resa, servplan log resa -m "…"\n'
            ),
        ),
        (
            ["done", "buss-rullar"],
            (
                "”buss-rullar” är av sorten Punkt; kommandot är för: Aktivitet.\n"
                "→ servplan list activity visar de id:n som passar. För ”buss-rullar” finns: servplan tick buss-rullar\n"
            ),
        ),
        (
            ["programme", "resa"],
            (
                "”resa” är av sorten Aktivitet; kommandot är för: Program.\n"
                "→ servplan list programme visar de id:n som passar. För ”resa” finns: "
                'servplan done resa, servplan log resa -m "…"\n'
            ),
        ),
    ],
)
def test_an_id_of_another_kind_is_told_with_the_way_on(
    servplan: Run, plan: Path, command: list[str], said: str
) -> None:
    plans.write(
        plan,
        {"services/buss.yaml": "title: Buss\n", "boxes/buss-rullar.yaml": "title: Bussen\nprogramme: tio\n"},
    )
    assert servplan(*command, plan=plan) == (2, "", said)


def test_words_mean_only_what_a_command_can_act_on(servplan: Run, plan: Path) -> None:
    plans.write(plan, {"services/buss.yaml": "title: Bussen som rullar\n"})
    plans.write(plan, {"boxes/linje.yaml": "title: Bussen som rullar\nprogramme: tio\n"})
    assert servplan("tick", "bussen rullar", plan=plan).out.startswith("data/boxes/linje.yaml\n")


# What the plan says


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["set", "resa", "title", "Resan: norrut"], f'{RESA}\n-title: Resa\n+title: "Resan: norrut"\n'),
        (["set", "resa", "tags", "a", "b"], f"{RESA}\n+tags: [a, b]\n"),
        (["set", "resa", "owners"], f"{RESA}\n-owners: [landsbygd]\n"),
        (
            ["set", "resa", "supports", "lista"],
            f"{RESA}\n-supports: [service]  # målet\n+supports: [lista]  # målet\n",
        ),
        (["set", "resa", "order", "3"], f"{RESA}\n+order: 3\n"),
        (["set", "rapport", "tags", "--add", "a"], "data/activities/rapport.yaml\n+tags: [a]\n"),
        (["set", "rapport", "due", "2014-06-01"], "data/activities/rapport.yaml\n+due: 2014-06-01\n"),
        (
            [
                "add",
                "aktivitet",
                "Ny resa till Boden",
                "--supports",
                "serv",
                "--owner",
                "land",
                "--due",
                "2014-06-01",
            ],
            (
                f"{NEW}\n+title: Ny resa till Boden\n+supports: [service]\n+due: 2014-06-01\n"
                "+owners: [landsbygd]\n+valid_from: 2014-01-20\n"
            ),
        ),
        (
            ["retire", "rapport", "--reason", "Ersatt", "--date", "2013-12-31", "--by-record", "resa"],
            "data/activities/rapport.yaml\n+retired: {date: 2013-12-31, reason: Ersatt, superseded_by: [resa]}\n",
        ),
        (
            ["decide", "resa", "--body", "KS", "--paragraph", "§ 12"],
            f'{RESA}\n+decided: [{{body: KS, date: 2014-01-20, paragraph: "§ 12"}}]\n',
        ),
        (
            ["rename", "resa", "studieresa"],
            f"{RESA}\n"
            + "".join(f"-{line}\n" for line in PLAN["activities/resa.yaml"].splitlines())
            + "data/activities/studieresa.yaml\n"
            + "".join(
                f"+{line}\n" for line in [*PLAN["activities/resa.yaml"].splitlines(), "formerly: [resa]"]
            ),
        ),
    ],
)
def test_a_change_is_shown_whole_or_with_dry_run_not_made(
    servplan: Run, plan: Path, command: list[str], shown: str
) -> None:
    before = data(plan)
    dry = servplan(*command, "--dry-run", plan=plan)
    assert (dry.code, dry.err) == (0, "")
    assert [line for line in dry.out.splitlines() if line.startswith("@@")]
    assert data(plan) == before
    assert not (plan / ".servplan").exists()
    done = servplan(*command, plan=plan)
    assert done == (0, shown, "")
    assert data(plan) != before


def test_a_dry_run_is_a_diff_that_git_applies(servplan: Run, repository: Path) -> None:
    (repository / RESA).write_text(PLAN["activities/resa.yaml"].rstrip("\n"), encoding="utf-8")
    dry = servplan("set", "resa", "title", "Ny", "--dry-run", plan=repository)
    last = servplan("done", "resa", "--dry-run", plan=repository)
    assert "\n\\ No newline at end of file\n" in last.out
    for shown in (dry, last):
        file = repository.parent / "change.diff"
        file.write_text(shown.out, encoding="utf-8")
        git(repository, "apply", "--check", "--unidiff-zero", str(file))


def test_a_due_date_moves_by_an_entry_and_the_promise_stays(servplan: Run, plan: Path) -> None:
    assert servplan("log", "resa", "--due", "2015-03-31", "--reason", "Sent", plan=plan).code == 0
    assert data(plan)[RESA].startswith(PLAN["activities/resa.yaml"])


def test_old_ids_still_find_the_record_after_a_rename(servplan: Run, plan: Path) -> None:
    assert servplan("rename", "resa", "studieresa", plan=plan).code == 0
    assert servplan("done", "resa", plan=plan).out.startswith("data/activities/studieresa.yaml\n")


# Committing


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD")


def test_commit_commits_just_these_files(servplan: Run, repository: Path) -> None:
    (repository / "data/goals/service.yaml").write_text("title: Ändrad\nlevel: overall\n", encoding="utf-8")
    git(repository, "add", "data/goals/service.yaml")
    done = servplan("done", "resa", "--commit", plan=repository, **IDENTITY)
    assert (done.code, done.err) == (0, "Incheckat: Rapportera resa: klar\n")
    assert git(repository, "show", "--format=%an", "--name-only").split() == ["Enheten", RESA]
    status = [line for line in git(repository, "status", "--porcelain").splitlines() if "data/" in line]
    assert status == ["M  data/goals/service.yaml"]


def test_commit_commits_a_rename_with_every_file_it_touches(servplan: Run, repository: Path) -> None:
    assert servplan("rename", "service", "god", "--commit", plan=repository, **IDENTITY).code == 0
    assert "data/" not in git(repository, "status", "--porcelain")
    assert git(repository, "show", "--format=", "--name-only", "--no-renames").splitlines() == [
        "data/activities/rapport.yaml",
        RESA,
        "data/boxes/lista.yaml",
        "data/goals/god.yaml",
        "data/goals/service.yaml",
    ]


def test_commit_refuses_files_that_differ_from_head(servplan: Run, repository: Path) -> None:
    (repository / RESA).write_text(PLAN["activities/resa.yaml"] + "order: 1\n", encoding="utf-8")
    before, commit = data(repository), head(repository)
    done = servplan("done", "resa", "--commit", plan=repository, **IDENTITY)
    assert (done.code, done.out) == (3, "")
    assert RESA in done.err
    assert (data(repository), head(repository)) == (before, commit)


def test_commit_outside_a_repository_writes_nothing(servplan: Run, plan: Path) -> None:
    before = data(plan)
    done = servplan("done", "resa", "--commit", plan=plan, **IDENTITY)
    assert (done.code, done.out) == (3, "")
    assert "ligger inte i något git-förråd.\n→ " in done.err
    assert data(plan) == before


def test_without_an_identity_it_is_said_what_to_type_and_nothing_is_written(
    servplan: Run, repository: Path
) -> None:
    before = data(repository)
    nobody = {"HOME": str(repository.parent), "XDG_CONFIG_HOME": str(repository.parent), "EMAIL": ""}
    git(repository, "config", "user.useConfigOnly", "true")
    done = servplan("done", "resa", "--commit", plan=repository, **nobody)
    assert (done.code, done.out) == (3, "")
    assert done.err == (
        "git vet inte vem som checkar in här; inget checkades in.\n"
        '→ Tala om det en gång: git config user.name "…" och git config user.email "…"; försök sedan igen.\n'
    )
    assert data(repository) == before
    assert "data/" not in git(repository, "status", "--porcelain")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["start", "resa", "--outlook", "avvikelse", "--action", "A"], "Rapportera resa: pågår, avvikelse"),
        (["done", "resa", "rapport"], "Rapportera resa och rapport: klar"),
        (["cancel", "resa", "--reason", "Inga\npengar"], "Avbryt resa: Inga pengar"),
        (["log", "resa", "--progress", "40", "--count", "2"], "Rapportera resa: 40 %, 2 till"),
        (["log", "resa", "-m", "Möte i mars"], "Notera om resa: Möte i mars"),
        (["log", "resa", "--evidence", "https://e.org"], "Komplettera loggen för resa"),
        (
            ["log", "resa", "--due", "2015-03-31", "--reason", "Lokalen dröjer"],
            "Flytta slutdatum för resa till 2015-03-31: Lokalen dröjer",
        ),
        (["assess", "service", "--as", "delvis uppnått"], "Bedöm service: delvis uppnått"),
        (["tick", "lista", "--outlook", "at_risk"], "Pricka av lista"),
        (["untick", "lista", "--reason", "För tidigt"], "Ta bort avprickningen av lista: För tidigt"),
        (["set", "resa", "title", "Resan"], "Ändra titel för resa"),
        (["add", "activity", "Ny resa", "--supports", "service"], "Lägg till ny-resa: Ny resa"),
        (["retire", "resa", "--reason", "Ersatt"], "Låt resa utgå från 2014-01-20: Ersatt"),
        (["decide", "resa", "--body", "Kommunstyrelsen"], "Notera beslut av Kommunstyrelsen om resa"),
        (["rename", "resa", "studieresa"], "Byt id från resa till studieresa"),
    ],
)
def test_a_commit_is_a_sentence_in_the_plans_language(
    servplan: Run, repository: Path, command: list[str], sentence: str
) -> None:
    (repository / "data/plan.yaml").write_text(plans.HEADER + "language: sv\n", encoding="utf-8")
    done = servplan("--lang", "en", *command, "--commit", plan=repository, **IDENTITY)
    assert (done.code, done.err) == (0, f"Committed: {sentence}\n")
    assert git(repository, "log", "-1", "--format=%B").strip() == sentence


def test_a_plan_in_a_subfolder_is_committed_and_other_staged_files_stay_staged(
    servplan: Run, tmp_path: Path
) -> None:
    top = tmp_path / "kommun"
    plan = plans.write(top / "planer" / "vp", PLAN)
    (top / "annat.txt").write_text("a\n", encoding="utf-8")
    git(top, "init", "--quiet")
    git(top, "add", "planer")
    git(top, "commit", "--quiet", "-m", "Planen")
    git(top, "add", "annat.txt")
    assert servplan("rename", "resa", "studieresa", "--commit", plan=plan, **IDENTITY).code == 0
    added = servplan("add", "activity", "Ny", "--supports", "service", "--commit", plan=plan, **IDENTITY)
    assert added.code == 0
    assert git(top, "status", "--porcelain") == "A  annat.txt\n"
    assert git(top, "show", "--format=", "--name-only") == "planer/vp/data/activities/ny.yaml\n"


def test_git_sees_a_rename_and_follows_it(servplan: Run, repository: Path) -> None:
    servplan("rename", "resa", "studieresa", "--commit", plan=repository, **IDENTITY)
    log = git(repository, "log", "--follow", "--format=%s", "--", "data/activities/studieresa.yaml")
    assert log == "Byt id från resa till studieresa\nPlanen\n"


@pytest.mark.parametrize(
    "command",
    [
        ["done", "resa"],
        ["done", "resa", "rapport"],
        ["rename", "service", "god"],
        ["add", "activity", "Ny resa", "--supports", "service"],
    ],
)
def test_a_commit_that_a_hook_stops_puts_the_files_back(
    servplan: Run, repository: Path, command: list[str]
) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    staged = "git diff --cached --name-only --diff-filter=d -- data"
    rewriting = f"for file in $({staged}); do echo '# rättad' >> $file; done"
    hook.write_text(f"#!/bin/sh\n{rewriting}\necho Stopp >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    (repository / RESA).write_bytes(PLAN["activities/resa.yaml"].replace("\n", "\r\n").encode())
    git(repository, "add", RESA)
    git(repository, "commit", "--quiet", "--no-verify", "-m", "Radslut")
    (repository / "annat.txt").write_text("a\n", encoding="utf-8")
    git(repository, "add", "annat.txt")
    before, commit = data(repository), head(repository)
    done = servplan(*command, "--commit", plan=repository, **IDENTITY)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("git checkade inte in, och filerna är som förut:\nStopp\n→ Åtgärda det")
    assert (data(repository), head(repository)) == (before, commit)
    assert git(repository, "status", "--porcelain", "--untracked-files=no") == "A  annat.txt\n"


def test_what_is_already_so_makes_no_commit(servplan: Run, repository: Path) -> None:
    servplan("done", "resa", "--commit", plan=repository, **IDENTITY)
    commit = head(repository)
    assert servplan("done", "resa", "--commit", plan=repository, **IDENTITY).code == 0
    assert head(repository) == commit
