"""`servplan audit` as it is typed."""

import json
from pathlib import Path

from servplan.files.git_commit import find_commit
from tests.audits import BASE, RESA, history, moved, put
from tests.conftest import Run
from tests.history import Made, run_git
from tests.plans import write

EVENTFUL = (
    Made("2013-03-01", "Flyttat", moved("2013-12-31")),
    Made("2013-09-02", "Sent", {RESA: moved("2013-12-31")[RESA] + "  - {date: 2013-03-03, progress: 50}\n"}),
    Made(
        "2013-09-03",
        "Rubrik",
        {"goals/bygd.yaml": "title: En levande bygd\nlevel: overall\ndue: 2013-12-31\n"},
    ),
)
ROW = "- {record: resa, rule: due-moved, reason: Felskrivet, by: Nämnden}\n"


def test_the_command_tells_what_where_who_and_what_to_do(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL)
    done = servplan("audit", plan=plan)
    assert (done.code, done.err) == (1, "")
    assert done.out == TOLD


TOLD = """\
Ändrat utan spår  första incheckningen → arbetskatalogen

2 anmärkningar, 4 incheckningar granskade

Ett utlovat slutdatum har ändrats (1)  due-moved
└── Aktivitet resa: Resa till Boden
    ├── Slutdatum: 30 juni → 31 december 2013
    ├── 26a2a69 2013-03-01 Enheten: Flyttat
    ├── data/activities/resa.yaml:4
    ├── → Skriv tillbaka i data/activities/resa.yaml: ”due: 2013-06-30”.
    ├── → Flytta det sedan i loggen: ”servplan log resa --due 2013-12-31 --reason …”.
    ├── → Var det fel förut, säg varför: ”servplan log resa --amends due --reason …”.
    └── → Ska ändringen stå kvar, säg varför: ”servplan accept resa due-moved --reason … --by …”.
En notering kom för sent (1)  entry-late
└── Aktivitet resa: Resa till Boden
    ├── 2013-03-03 · Framsteg: 50 %
    ├── 6870022 2013-09-02 Enheten: Sent
    ├── data/activities/resa.yaml:7
    ├── → Skriv i noteringen: ”recorded: 2013-09-02”.
    └── → Ska ändringen stå kvar, säg varför: ”servplan accept resa entry-late --reason … --by …”.
"""


def test_a_merge_request_gets_the_same_as_markdown(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL)
    done = servplan("audit", "--format", "md", plan=plan)
    assert (done.code, done.err) == (1, "")
    assert done.out == TOLD_AS_MARKDOWN


TOLD_AS_MARKDOWN = """\
## Ändrat utan spår

första incheckningen → arbetskatalogen

2 anmärkningar, 4 incheckningar granskade

- Ett utlovat slutdatum har ändrats (1) · due-moved
  - **Aktivitet resa: Resa till Boden**
    - Slutdatum: 30 juni → 31 december 2013
    - 26a2a69 2013-03-01 Enheten: Flyttat
    - data/activities/resa.yaml:4
    - → Skriv tillbaka i data/activities/resa.yaml: ”due: 2013-06-30”.
    - → Flytta det sedan i loggen: ”servplan log resa --due 2013-12-31 --reason …”.
    - → Var det fel förut, säg varför: ”servplan log resa --amends due --reason …”.
    - → Ska ändringen stå kvar, säg varför: ”servplan accept resa due-moved --reason … --by …”.
- En notering kom för sent (1) · entry-late
  - **Aktivitet resa: Resa till Boden**
    - 2013-03-03 · Framsteg: 50 %
    - 6870022 2013-09-02 Enheten: Sent
    - data/activities/resa.yaml:7
    - → Skriv i noteringen: ”recorded: 2013-09-02”.
    - → Ska ändringen stå kvar, säg varför: ”servplan accept resa entry-late --reason … --by …”.
"""


def test_what_is_answered_is_shown_on_demand_and_ends_well(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL[:1])
    put(plan, "audit.yaml", ROW)
    done = servplan("audit", plan=plan)
    assert (done.code, done.err) == (0, "")
    assert done.out == TOLD_ANSWERED
    assert servplan("audit", "--all", plan=plan).out == TOLD_ALL


TOLD_ANSWERED = """\
Ändrat utan spår  första incheckningen → arbetskatalogen

Inget, 2 incheckningar granskade, 1 besvarad (--all)
"""
TOLD_ALL = """\
Ändrat utan spår  första incheckningen → arbetskatalogen

Inget, 2 incheckningar granskade, 1 besvarad (--all)

Det som är besvarat

Ett utlovat slutdatum har ändrats (1)  due-moved
└── Aktivitet resa: Resa till Boden
    ├── Slutdatum: 30 juni → 31 december 2013
    ├── 26a2a69 2013-03-01 Enheten: Flyttat
    ├── data/activities/resa.yaml:4
    └── ✓ besvarad i data/audit.yaml: Felskrivet (Nämnden)
"""


def test_a_row_that_answers_nothing_is_said_where_all_of_history_is_looked_at(
    servplan: Run, tmp_path: Path
) -> None:
    plan = history(tmp_path)
    put(plan, "audit.yaml", "# svar\n" + ROW)
    done = servplan("--lang", "en", "audit", plan=plan)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1].startswith("data/audit.yaml:2: The row answers nothing any more.")
    assert "audit.yaml" not in servplan("audit", "HEAD", plan=plan).out


def test_rows_that_cannot_be_read_are_named_and_do_not_count(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL[:1])
    put(plan, "audit.yaml", "- {record: resa, rule: due-moved, by: Nämnden}\n")
    done = servplan("--lang", "en", "audit", plan=plan)
    assert done.code == 1
    assert done.err.startswith(
        "data/audit.yaml:1: The key “reason” is missing. Add a line “reason: …”. A row"
    )


def test_a_version_that_cannot_be_read_is_named_on_stderr(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Trasig", {RESA: "title: [\n"}))
    done = servplan("--lang", "en", "audit", plan=plan)
    id_ = find_commit(plan, "HEAD").id[:7]
    assert (done.code, done.err) == (0, f"Not judged, since they cannot be read: data/{RESA} ({id_})\n")


def test_json_holds_what_the_text_tells(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL)
    put(plan, "audit.yaml", ROW)
    done = servplan("audit", "--format", "json", "--all", plan=plan)
    found = json.loads(done.out)
    late, due = sorted(found["findings"], key=lambda row: row["severity"])
    assert done.code == 1
    assert {
        key: late[key] for key in ("path", "line", "code", "record", "old", "new", "date", "subject")
    } == {
        "path": f"data/{RESA}",
        "line": 7,
        "code": "entry-late",
        "record": "resa",
        "old": None,
        "new": {"date": "2013-03-03", "progress": 50},
        "date": "2013-09-02",
        "subject": "Sent",
    }
    assert (due["severity"], due["answer"]) == ("info", {"how": "row", "reason": "Felskrivet"})
    assert "Nämnden" not in done.out
    assert (found["from"]["name"], len(found["from"]["commit"])) == ("första incheckningen", 40)
    assert (found["to"]["name"], found["to"]["commit"]) == ("arbetskatalogen", None)
    some = json.loads(servplan("audit", "HEAD~1..HEAD", "--format", "json", plan=plan).out)
    assert (some["from"]["commit"], some["to"]["commit"]) == tuple(
        find_commit(plan, revision).id for revision in ("HEAD~1", "HEAD")
    )


def test_a_pipeline_gets_the_findings_that_nothing_answers(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL)
    put(plan, "audit.yaml", ROW)
    github = servplan("--lang", "en", "audit", "HEAD~2..HEAD", "--format", "github", plan=plan)
    assert github.code == 1
    assert github.out.startswith(
        f"::error file=data/{RESA},line=7,col=5,endColumn=37,title=entry-late::A log entry"
    )
    gitlab = json.loads(servplan("audit", "--format", "gitlab", plan=plan).out)
    assert [row["check_name"] for row in gitlab] == ["entry-late"]
    assert servplan("audit", "HEAD..HEAD", "--format", "github", plan=plan)[:2] == (0, "")


def test_a_pipelines_log_gets_nothing_that_moves_the_cursor_or_turns_the_text(
    servplan: Run, tmp_path: Path
) -> None:
    plan = history(tmp_path, Made("2013-03-01", "Fly\x1b[31mttat\a \u202etxet", moved("2013-12-31")))
    assert "Fly�[31mttat� �txet" in servplan("audit", "--format", "github", plan=plan).out


def test_a_range_from_a_merge_base_leaves_out_what_the_other_branch_did(
    servplan: Run, tmp_path: Path
) -> None:
    plan = history(tmp_path, *EVENTFUL[:1])
    run_git(plan, "checkout", "-q", "-b", "gren", "HEAD~1")
    assert servplan("audit", "main...gren", plan=plan).code == 0
    assert servplan("audit", "gren...main", plan=plan).code == 1


def test_what_cannot_be_audited_is_said(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL)
    run_git(tmp_path, "clone", "-q", "--depth", "2", f"file://{plan}", "grund")
    shallow = servplan("--lang", "en", "audit", plan=tmp_path / "grund")
    assert (shallow.code, shallow.out) == (3, "")
    assert "fetch with depth 0" in shallow.err
    assert servplan("audit", "HEAD~1..HEAD", plan=tmp_path / "grund").code == 0
    unknown = servplan("audit", "finns-inte..HEAD", plan=plan)
    assert (unknown.code, unknown.out) == (2, "")
    bare = write(tmp_path / "utan", BASE)
    outside = servplan("--lang", "en", "audit", plan=bare)
    assert (outside.code, outside.out) == (3, "")
    assert "is in no git repository" in outside.err


def test_a_range_that_is_asked_for_backwards_is_refused(servplan: Run, tmp_path: Path) -> None:
    plan = history(tmp_path, *EVENTFUL[:2])
    told = servplan("audit", "HEAD..HEAD~1", plan=plan)
    assert (told.code, told.out) == (2, "")
    first, last = told.err.splitlines()
    assert first.startswith("HEAD (")
    assert " är nyare än HEAD~1 (" in first
    assert last == "→ Ange den äldre först: A..B är det som B har och A saknar."
    assert servplan("audit", "HEAD..HEAD", plan=plan).code == 0
