"""`diff`: a plan change between commits, or since one, as the command tells it."""

import json
import os
import re
import subprocess
from datetime import date
from pathlib import Path
from textwrap import dedent

from servplan.files.git_commit import find_commit
from tests.conftest import Run
from tests.diffs import ANSWER, BASE
from tests.plans import HEADER, write


def repository(tmp_path: Path, files: dict[str, str]) -> Path:
    plan = write(tmp_path / "plan", files)
    git(plan, "init", "-q")
    commit(plan, "Ett")
    return plan


def git(plan: Path, *command: str) -> None:
    identity = ["-c", "user.name=Enheten", "-c", "user.email=enheten@example.org"]
    moment = "2013-03-01T12:00:00+01:00"
    clock = {"PATH": os.environ["PATH"], "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    subprocess.run(["git", *identity, *command], cwd=plan, check=True, capture_output=True, env=clock)


def commit(plan: Path, message: str) -> None:
    git(plan, "add", "-A")
    git(plan, "commit", "-q", "-m", message)


def test_the_command_compares_a_commit_with_the_work_tree(servplan: Run, tmp_path: Path) -> None:
    plan = repository(tmp_path, BASE)
    head = "Planens ändringar  HEAD (2013-03-01) → arbetskatalogen\n\n"
    assert servplan("diff", "--exit-code", plan=plan) == (0, f"{head}Ingen ändring i planen.\n", "")
    (plan / "data/goals/tva.yaml").write_text(
        "title: '<b>Två</b>'\nlevel: sub-goal\nsupports: [topp]\n", "utf-8"
    )
    told = servplan("diff", "--exit-code", plan=plan)
    shown = "1 förändrad\n\n~ Mål tva: <b>Två</b>\n└── Titel: Två → <b>Två</b>\n"
    assert (told.code, told.out) == (1, head + shown)
    assert "\\<b\\>" in servplan("diff", "--format", "md", plan=plan).out
    (change,) = json.loads(servplan("diff", "HEAD", "--format", "json", plan=plan).out)["changes"]
    assert (change["change"], change["id"], change["fields"]) == (
        "changed",
        "tva",
        [{"field": "title", "old": "Två", "new": "<b>Två</b>"}],
    )


def test_what_cannot_be_compared_is_no_unchanged_plan(servplan: Run, tmp_path: Path) -> None:
    plan = repository(tmp_path, BASE)
    (plan / "data/activities/resa.yaml").write_text("title: [\n", "utf-8")
    (plan / "data/goals/mal").mkdir()
    (plan / "data/goals/mal/tva.yaml").write_text("title: Två\nlevel: sub-goal\n", "utf-8")
    told = servplan("diff", "--exit-code", plan=plan)
    assert (told.code, told.out.split("\n\n", 1)[1]) == (
        1,
        dedent("""\
            Inte jämfört, eftersom ena sidan inte kan läsas: resa

            Inte jämfört, eftersom flera filer har samma id: tva

            Ingen ändring i resten av planen.
        """),
    )
    markdown = servplan("diff", "--format", "md", plan=plan).out
    assert markdown.split("\n\n")[2:] == told.out.split("\n\n")[1:]
    data = json.loads(servplan("diff", "--format", "json", plan=plan).out)
    assert (data["changes"], data["unreadable"], data["doubled"]) == ([], ["resa"], ["tva"])


def test_answers_order_and_defaults_are_told_in_words(servplan: Run, tmp_path: Path) -> None:
    logged = BASE["activities/resa.yaml"] + "log:\n- {date: 2013-03-01, status: done}\n"
    held = "- {date: 2013-03-01, status: on_hold}\n"
    header = HEADER + "rhythm: {grace_days: 5}\n"
    plan = repository(tmp_path, BASE | {"activities/resa.yaml": logged + held, "plan.yaml": header})
    (plan / "data/activities/resa.yaml").write_text(logged.replace("log:\n", f"log:\n{held}"), "utf-8")
    (plan / "data/plan.yaml").write_text(HEADER, "utf-8")
    (plan / "data/audit.yaml").write_text(ANSWER, "utf-8")
    assert servplan("diff", plan=plan).out.split("\n\n", 2)[2] == dedent("""\
        ~ Plan: Testplan
        └── Rapporteringsrytm: Dagars frist: 5 → 10
        ~ Aktivitet resa: Resa
        └── ± 2013-03-01 · ordningen ändrad, det sista gäller: Status: Vilande → Status: Klar
        ~ Svar på granskningen: data/audit.yaml
        └── + resa · due-moved · Tjäle · Enheten
    """)


def test_another_kind_is_told_in_words_to_people_and_in_codes_to_programs(
    servplan: Run, tmp_path: Path
) -> None:
    plan = repository(tmp_path, BASE | {"activities/resa.yaml": "title: Resa\n"})
    (plan / "data/services").mkdir()
    (plan / "data/activities/resa.yaml").rename(plan / "data/services/resa.yaml")
    told = servplan("diff", plan=plan).out
    assert told.split("\n\n", 2)[2].startswith(
        "~ Service resa: Resa\n├── filen flyttad: data/activities → data/services\n└── Sort: aktivitet → service\n"
    )
    assert "  - Sort: aktivitet → service\n" in servplan("diff", "--format", "md", plan=plan).out
    data = json.loads(servplan("diff", "--format", "json", plan=plan).out)
    assert data["changes"][0]["fields"] == [{"field": "kind", "old": "activity", "new": "service"}]


def test_a_text_of_several_lines_stays_in_its_place(servplan: Run, tmp_path: Path) -> None:
    plan = repository(tmp_path, BASE)
    text = BASE["activities/resa.yaml"] + "note: |\n  Först.\n\n  + Mål falskt: Falskt\n  ~ Mål ett: Ett\n"
    (plan / "data/activities/resa.yaml").write_text(text.replace("[enheten]", "[]"), "utf-8")
    assert servplan("diff", plan=plan).out.split("\n\n", 2)[2] == dedent("""\
        ~ Aktivitet resa: Resa
        ├── Ansvariga: Enheten → saknas
        ├── Kommentar: saknas → Först.
        │
        │     + Mål falskt: Falskt
        │     ~ Mål ett: Ett
        │
        ├── → ingen är längre ansvarig
        └── → Enheten ansvarar inte längre för något
    """)


def test_sides_without_a_common_commit_are_said_to_be_so(servplan: Run, tmp_path: Path) -> None:
    plan = repository(tmp_path, BASE)
    git(plan, "branch", "-M", "main")
    git(plan, "checkout", "-q", "--orphan", "annan")
    commit(plan, "Utan släkt")
    told = servplan("diff", "main...annan", plan=plan)
    assert (told.code, told.out) == (2, "")
    assert told.err == (
        "”main” och ”annan” har ingen gemensam incheckning, så det går inte att se var de skildes åt.\n"
        "→ Jämför dem direkt med varandra: main..annan; är klonen bara delvis hämtad: git fetch --unshallow\n"
    )


def test_a_change_is_told_in_the_plans_words(servplan: Run, tmp_path: Path) -> None:
    plan = repository(tmp_path, BASE)
    (plan / "data/activities/2013").mkdir()
    (plan / "data/activities/resa.yaml").unlink()
    (plan / "data/activities/2013/resa.yaml").write_text(
        "title: Studieresa\nsupports: [tva]\nowners: []\ndue: 2013-12-31\n"
        "log:\n  - {date: 2013-02-20, status: in_progress, outlook: at_risk, action: Extra möte, note: Bokad}\n",
        "utf-8",
    )
    commit(plan, "Två")
    assert servplan("diff", "HEAD~1..HEAD", plan=plan) == (
        0,
        dedent("""\
            Planens ändringar  HEAD~1 (2013-03-01) → HEAD (2013-03-01)

            1 förändrad

            ~ Aktivitet resa: Studieresa
            ├── filen flyttad: data/activities → data/activities/2013
            ├── Titel: Resa → Studieresa
            ├── Ansvariga: Enheten → saknas
            ├── Stöder: Ett → Två
            ├── Slutdatum: 30 juni → 31 december 2013
            ├── + 2013-02-20 · Status: Pågår · Prognos: Risk för avvikelse · Bokad · Åtgärd: Extra möte
            ├── → ”Ett” har förlorat sin sista aktivitet
            ├── → ingen är längre ansvarig
            └── → Enheten ansvarar inte längre för något
        """),
        "",
    )


def test_a_reformatted_and_reordered_plan_has_not_changed(servplan: Run, tmp_path: Path) -> None:
    plan = repository(tmp_path, BASE)
    (plan / "data/activities/resa.yaml").write_text(
        "# Om resan\ndue:   2013-06-30\nowners:\n- enheten # ansvarig\nsupports: ett\ntitle: 'Resa'\n",
        "utf-8",
    )
    commit(plan, "Putsat")
    told = servplan("diff", "HEAD~1..HEAD", "--exit-code", plan=plan)
    assert (told.code, told.out.splitlines()[-1]) == (0, "Ingen ändring i planen.")


def test_of_lists_and_groups_only_what_differs_is_told(servplan: Run, tmp_path: Path) -> None:
    plan = repository(tmp_path, BASE)
    (plan / "data/activities/resa.yaml").write_text(
        BASE["activities/resa.yaml"].replace("[ett]", "[ett, tva]")
    )
    (plan / "data/plan.yaml").write_text(HEADER.replace("2015-12-31", "2016-12-31"), "utf-8")
    (plan / "data/goals/tre.yaml").write_text(
        "title: Ett tredje mål\nlevel: sub-goal\norder: 3\ntags: [ny, viktig]\n", "utf-8"
    )
    (plan / "data/goals/tva.yaml").unlink()
    assert servplan("diff", plan=plan).out.split("\n\n", 2)[2] == dedent("""\
        ~ Plan: Testplan
        └── Period: Slut: 31 december 2015 → 31 december 2016
        ~ Aktivitet resa: Resa
        └── Stöder: + Två
        + Mål tre: Ett tredje mål
        └── Etiketter: ny, viktig · Ordning: 3 · Nivå: Delmål 2013
        − Mål tva: Två
    """)


def test_what_is_only_written_like_a_day_a_code_or_an_id_is_left_as_it_is(
    servplan: Run, tmp_path: Path
) -> None:
    plan = repository(tmp_path, BASE)
    (plan / "data/goals/tva.yaml").write_text(
        "title: '2024-01-01'\nlevel: sub-goal\nsupports: [topp]\nnote: ett\n"
        "decided: [{body: '2013-02-01', date: 2013-02-01}]\n",
        "utf-8",
    )
    (plan / "data/owners/enheten.yaml").write_text("title: Enheten\ntype: role\n", "utf-8")
    assert servplan("diff", plan=plan).out.split("\n\n", 2)[2] == dedent("""\
        ~ Mål tva: 2024-01-01
        ├── Titel: Två → 2024-01-01
        ├── Kommentar: saknas → ett
        └── Beslutat: saknas → 2013-02-01, 1 februari 2013
        ~ Ansvarig enheten: Enheten
        └── Typ: Enhet → Roll
    """)


def test_json_names_the_compared_states(servplan: Run, tmp_path: Path) -> None:
    plan = repository(tmp_path, BASE)
    head = {"name": "HEAD (2013-03-01)", "commit": find_commit(plan, "HEAD").id, "day": "2013-03-01"}
    told = json.loads(servplan("diff", "HEAD..HEAD", "--format", "json", plan=plan).out)
    assert (told["from"], told["to"]) == (head, head)
    told = json.loads(servplan("diff", "--format", "json", plan=plan).out)
    assert told["from"] == head
    assert (told["to"]["name"], told["to"]["commit"]) == ("arbetskatalogen", None)
    assert date.fromisoformat(told["to"]["day"]) > date(2013, 3, 1)


def test_a_commit_before_the_plan_began_has_nothing_of_it(servplan: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    plan.mkdir()
    git(plan, "init", "-q")
    (plan / "README").write_text("hej\n", "utf-8")
    commit(plan, "Noll")
    write(plan, {"goals/topp.yaml": "title: Topp\nlevel: overall\n"})
    commit(plan, "Ett")
    told = servplan("diff", "HEAD~1..HEAD", plan=plan)
    assert (told.code, told.out.splitlines()[2:]) == (
        0,
        ["1 tillagd", "", "+ Mål topp: Topp", "└── Nivå: Övergripande mål"],
    )


def test_where_two_parted_is_told_in_words(servplan: Run, tmp_path: Path) -> None:
    plan = repository(tmp_path, BASE)
    git(plan, "branch", "-M", "main")
    git(plan, "checkout", "-q", "-b", "gren")
    (plan / "data/activities/resa.yaml").write_text("title: Färd\n", "utf-8")
    commit(plan, "Färd")
    told = servplan("diff", "main...gren", plan=plan).out.splitlines()[0]
    assert re.sub(r"\d{4}-\d\d-\d\d", "DAG", told) == (
        "Planens ändringar  där gren skildes från main (DAG) → gren (DAG)"
    )
