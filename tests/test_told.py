"""Rules about what a report claims, and what is told of a record at a date."""

import json
from pathlib import Path

import pytest

from servplan.analysis.assessment import propose
from servplan.analysis.graph import Graph
from servplan.model.goal import Goal
from servplan.state import Standing, replay
from tests.conftest import Run
from tests.plans import load, write

ACTIVITY = "title: Resan\nowners: [enheten]\ndue: 2013-06-30\nlog:\n"
OWNER = {"owners/enheten.yaml": "title: Enheten\ntype: unit\n"}


def test_evidence_is_that_of_the_last_claim_and_not_of_a_later_outlook() -> None:
    log = "log:\n- {date: 2013-03-01, assessment: expected, evidence: https://example.org/x}\n- {date: 2013-04-01, outlook: at_risk}\n"
    plan = load({"goals/malet.yaml": f"title: M\nlevel: overall\n{log}"}).plan
    state = Standing(plan, plan.header.period.end).state("malet")
    assert (state.evidence, state.report is state.claim) == (("https://example.org/x",), False)


@pytest.mark.parametrize(
    ("assessment", "overdue"), [("partly_achieved", False), ("not_achieved", False), ("expected", True)]
)
def test_a_goal_that_was_judged_is_not_overdue(assessment: str, overdue: bool) -> None:
    text = (
        f"title: M\nlevel: overall\ndue: 2013-06-30\nlog: [{{date: 2013-07-01, assessment: {assessment}}}]\n"
    )
    plan = load({"goals/malet.yaml": text}).plan
    assert replay(plan.records["malet"], plan.header.period.end).overdue is overdue


def test_an_outlook_alone_says_nothing_of_the_status() -> None:
    plan = load(OWNER | {"activities/resan.yaml": ACTIVITY + "- {date: 2013-03-01, outlook: at_risk}\n"}).plan
    state = replay(plan.records["resan"], plan.header.period.end)
    assert (state.status, state.report is None) == ("unreported", False)


def test_a_document_that_cannot_be_read_is_a_missing_input() -> None:
    files = {
        "goals/malet.yaml": "title: M\nlevel: overall\ndocuments: [ett, tva]\nreached_when: {is: adopted, what: antagna}\n",
        "documents/ett.yaml": "title: Ett\nlog: [{date: 2013-02-01, status: adopted}]\n",
        "documents/tva.yaml": "title: [\n",
    }
    plan = load(files).plan
    goal = plan.records["malet"]
    assert isinstance(goal, Goal)
    proposal = propose(Graph(Standing(plan, plan.header.period.end)), goal)
    assert (proposal.missing, proposal.result) == (("tva",), "not_assessable")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    log = "- {date: 2013-03-01, status: in_progress, outlook: at_risk, action: Ring KS, internal_note: HEMLIGT}\n"
    later = "- {date: 2013-07-01, status: done}\n"
    files = OWNER | {
        "activities/resan.yaml": ACTIVITY + log + later + "tags: [enheten]\n",
        "boxes/punkt.yaml": "title: Punkt\nprogramme: punkter\nlog: [{date: 2013-02-01, ticked: true}]\n",
        "programmes/punkter.yaml": "title: Punkter\n",
        "areas/byn.yaml": "title: Byn\nvalid_from: 2013-05-01\nretired: {date: 2014-01-01, reason: Delad}\n",
    }
    return write(tmp_path / "plan", files)


@pytest.mark.parametrize("audience", ["full", "board", "public"])
def test_an_internal_note_leaves_in_no_report(audience: str, plan: Path, servplan: Run) -> None:
    told = servplan("report", "--period", "2013-03", "--audience", audience, "-o", "-", plan=plan)
    assert (told.code, "HEMLIGT" in told.out) == (0, False)
    assert "Intern kommentar: HEMLIGT" in servplan("show", "resan", plan=plan).out


def test_what_is_done_about_a_risk_stands_until_the_activity_is_done(plan: Path, servplan: Run) -> None:
    during, after = (
        servplan("report", "--period", period, "--audience", "board", "-o", "-", plan=plan).out
        for period in ("2013-05", "2013-08")
    )
    assert ("Ring KS" in during, "Ring KS" in after) == (True, False)


def test_show_tells_only_what_had_happened_by_the_date(plan: Path, servplan: Run) -> None:
    told = servplan("show", "resan", "--as-of", "2013-04-01", plan=plan).out
    assert ("2013-03-01" in told, "2013-07-01" in told) == (True, False)


@pytest.mark.parametrize(
    ("as_of", "said"),
    [("2013-04-01", "Finns inte än den 2013-04-01."), ("2014-01-01", "Utgått sedan 2014-01-01: Delad")],
)
def test_show_tells_that_a_record_does_not_exist(as_of: str, said: str, plan: Path, servplan: Run) -> None:
    assert said in servplan("show", "byn", "--as-of", as_of, plan=plan).out


def test_a_text_that_equals_an_id_stays_a_text(plan: Path, servplan: Run) -> None:
    assert "Etiketter  enheten" in servplan("show", "resan", plan=plan).out


def test_a_status_is_asked_in_the_terms_of_the_kind(plan: Path, servplan: Run) -> None:
    asked = servplan("list", "boxes", "--status", "avprickad", "--format", "json", plan=plan)
    (box,) = json.loads(asked.out)
    assert (box["id"], box["state"]["status"], box["state"]["ticked"]) == ("punkt", None, True)
    refused = servplan("list", "boxes", "--status", "klar", plan=plan)
    assert (refused.code, refused.err.splitlines()[1]) == (
        2,
        "→ Välj ett av: ticked (Avprickad), open (Inte avprickad), overdue (Försenad), due_unreported (Ej rapporterad, slutdatum passerat).",
    )


def test_a_report_of_days_outside_the_plan_is_refused(plan: Path, servplan: Run) -> None:
    told = servplan("report", "--period", "2011", "-o", "-", plan=plan)
    assert (told.code, told.out) == (2, "")


def test_a_share_is_asked_in_per_cent(plan: Path, servplan: Run) -> None:
    codes = [
        servplan("health", "--min", f"owned={bound}", plan=plan).code
        for bound in ("0.6", "600%", "0.6%", "100")
    ]
    assert codes == [2, 2, 0, 0]


def test_a_folder_inside_the_plan_leads_to_it(plan: Path, servplan: Run) -> None:
    assert servplan("status", plan=plan / "data").code == 0


@pytest.mark.parametrize(
    ("due", "day"), [("+30d", "2014-02-19"), ("+2v", "2014-02-03"), ("2014-02-28", "2014-02-28")]
)
def test_a_due_date_may_be_told_from_today_on(due: str, day: str, plan: Path, servplan: Run) -> None:
    told = servplan("log", "resan", "--due", due, "--reason", "Vinter", "--dry-run", plan=plan)
    assert (told.code, f"due: {day}" in told.out) == (0, True)
