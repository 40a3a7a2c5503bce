"""What every command that changes a plan has in common: which record is meant, what is shown, what is refused."""

from pathlib import Path

import pytest

from tests import plans
from tests.changes import PLAN, RESA, committed, data, git
from tests.conftest import Run


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(tmp_path / "plan", PLAN)


@pytest.fixture
def repository(plan: Path) -> Path:
    return committed(plan)


# Which record is meant


def test_words_mean_a_record_of_the_commands_kind(servplan: Run, plan: Path) -> None:
    (plan / "data/documents").mkdir()
    (plan / "data/documents/rapporten.yaml").write_text("title: Rapporten\n", encoding="utf-8")
    assert servplan("done", "rappo", plan=plan).out.startswith("data/activities/rapport.yaml\n")
    assert servplan("log", "rappo", "-m", "Ny", plan=plan).code == 2


def test_words_mean_only_what_a_command_can_act_on(servplan: Run, plan: Path) -> None:
    plans.write(plan, {"services/buss.yaml": "title: Bussen som rullar\n"})
    plans.write(plan, {"boxes/linje.yaml": "title: Bussen som rullar\nprogramme: tio\n"})
    assert servplan("tick", "bussen rullar", plan=plan).out.startswith("data/boxes/linje.yaml\n")


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


# What is shown


NEW = "data/activities/ny-resa-till-boden.yaml"


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


def test_what_is_already_so_is_said_and_nothing_written(servplan: Run, plan: Path) -> None:
    servplan("done", "resa", plan=plan)
    before = data(plan)
    so = (0, "", "Så är det redan; inget skrevs.\n")
    assert servplan("done", "resa", plan=plan) == so
    assert servplan("done", "resa", "--dry-run", plan=plan) == so
    assert servplan("set", "resa", "title", "Resa", plan=plan) == so
    assert data(plan) == before


# What is refused


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["cancel", "resa"], 2, "Att avbryta en aktivitet kräver ett skäl.\n→ servplan "),
        (["cancel", "resa", "--date", "idag"], 2, "Att avbryta en aktivitet kräver ett skäl.\n→ servplan "),
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
        (["done", "resa", "--date", "2013-13"], 2, "”2013-13” är inget datum."),
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


def test_a_missing_reason_is_answered_with_the_command_to_type(servplan: Run, plan: Path) -> None:
    done = servplan("cancel", "resa", "--date", "i går", plan=plan)
    typed = f'servplan --plan {plan} cancel resa --date "i går" --reason "…"'
    assert done == (2, "", f"Att avbryta en aktivitet kräver ett skäl.\n→ {typed}\n")


@pytest.mark.parametrize(
    "command",
    [
        ["retire", "resa", "--reason", ""],
        ["assess", "service", "--as", "achieved", "--reason="],
        ["log", "resa", "-m", " "],
        ["retire", "resa", "--reason", "…"],
        ["list", "activity", "--owner", ""],
        ["due", "--as-of", ""],
    ],
)
def test_an_option_without_a_value_is_a_slip_and_not_left_out(
    servplan: Run, plan: Path, command: list[str]
) -> None:
    before = data(plan)
    option = next(item.rstrip("=") for item in command if item.startswith("-") and item != "--as")
    said = f"{'--message' if option == '-m' else option} behöver ett värde."
    done = servplan(*command, plan=plan)
    assert (done.code, done.out, done.err.splitlines()[0]) == (2, "", said)
    assert data(plan) == before


@pytest.mark.parametrize(
    "command",
    [
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
