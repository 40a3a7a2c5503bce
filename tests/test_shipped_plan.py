"""The shipped plan against its source, whose lines are transcribed here a second time, by hand."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from servplan.checks.registry import run_checks
from servplan.diagnostics import Severity
from servplan.files.tree import WorkTree
from servplan.load import Loaded, load_plan
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.plan import Plan
from servplan.model.programme import Box
from servplan.model.record import Record
from tests.conftest import ROOT, Run

BOXES = {
    42: "Bygglov för 25 lägenheter i Lindesbergs Kommun är klar",
    43: "Mark för Vibyns framtida utveckling är säkrad",
    44: "Stickväg till ”Handelsträdgård” är klar",
    45: "Placering av resecentrum i Lindesberg",
    46: "Fotbollsgatans planering i detalj klar",
    47: "Buss och trafikplats i Guldsmedshyttan är klar",
    48: "Lokala utvecklingsplaner är dokumenterade",
    49: "Servicepunkt i Lindesbergscentrum öppnad",
    50: "15 Företagsbesök tillsammans med politiken",
    51: "Område för stadsnära camping är utpekat",
    52: "Plan för Lindesbergs centrumutveckling klar",
    53: "Byggnation av brandsation påbörjad",
    54: "Pendlarparkeringar Banvägens norra del är färdigställda",
    55: "Turistbroschyr för Lindesbergs kommun med cykel- och vandringsleder mm",
}
OVERALL = {
    23: "Vidmakthålla en levande kommun med tätorter och landsbygd och se landsbygden som en resurs",
    30: "Ökad service genom bättre tillgänglighet för medborgarna",
    33: "Kommunen ska arbeta för ett differentierat näringsliv med traditioner och förnyelsekraft samt "
    "underlätta för nya och befintliga företag, främja nya idéer och uppfinningar",
    35: "Erbjuda bra och effektiv service till invånarna genom optimal användning av tilldelade resurser",
    39: "Kommunen ska ha hög standard inom IT-området",
}
TARGETS = {
    23: (
        "Fördjupad översiktsplan/LIS för våra sjönära mest attraktiva ytterområden är påbörjad",
        "Serviceplan för våra attraktiva ytterområden påbörjad",
        "Policys för lokalutveckling samt socialt företagande är antagna i kommunen",
        "Lokala utvecklingsplaner är upprättade i relevanta delar av kommunen",
    ),
    30: (
        "Utredning kring servicepunkter är klar och implementering påbörjad",
        "Ökad tillgänglighet till kommunens förvaltningar",
        "I SKL:s undersökning Insikt skall vi vara på den övre halvan av deltagande kommuner",
        "Öka tillgängligheten för konsumentvägledning",
    ),
    33: (
        "Antal arbetstillfällen från slutet av 2012 till slutet av 2015 ska öka",
        "Antal nystartade företag under 2015 relativt 2012 skall öka",
        "En lokal inkubator för innovationer skall vara inrättad senast 2015",
        "En lösning för säkerhetsställande av lokalt riskkapital skall vara implementerad",
    ),
    35: (
        "Arbetet kring en lokal serviceplan är påbörjad",
        "Utredning kring servicepunkter är klar och implementering påbörjad",
        "Ökad tillgänglighet till kommunens förvaltningar",
        "I SKL:s undersökning Insikt skall vi vara på den övre halvan av deltagande kommuner",
    ),
    39: (
        (
            "En stödjande funktion för underifrånperspektivet på landsbygden vid tillskapande av projekt för "
            "IT utbyggnad"
        ),
        "Förmedla näringslivets behov av IT kapacitet",
    ),
}
SUB_GOALS = {
    24: (
        (
            "Fördjupad översiktsplan/lokalisering i strandnära områden (LIS) för våra sjönära och mest "
            "attraktiva ytterområden"
        ),
    ),
    25: ("Serviceplan för våra attraktiva ytterområden",),
    26: ("Policys för lokalutveckling samt socialt företagande",),
    28: ("Lokala utvecklingsplaner är upprättade i relevanta delar av kommunen",),
    31: ("Utredning kring servicepunkter pågår och implementering påbörjad",),
    36: ("Arbetet kring en lokal serviceplan är påbörjad",),
    37: ("Utredning kring servicepunkter pågår och implementering påbörjad",),
    38: ("Ökad tillgänglighet till kommunens förvaltningar",),
    40: (
        (
            "En stödjande funktion för underifrånperspektivet på landsbygden vid tillskapande av projekt för "
            "IT utbyggnad"
        ),
    ),
}
ACTIVITIES = {
    24: (
        "Identifiera aktuella LIS områden",
        (
            "Skapa dialog och plan för en fördjupad översiktsplan för våra attraktiva ytterområden med "
            "berörda parter tex beslutsfattare, BMB etc."
        ),
    ),
    25: ("Kartlägg och dokumentera nuläge vad avser service",),
    26: ("Kartlägg och sammanställ behovet", "Workshop med kommunala beslutsfattare"),
    27: (
        "Beslutsunderlag till KS/KF",
        "Skapa minst ett nätverk och en utbildning kring socialtföretagande",
        "Komptetensutveckling för tänkta företagare, beslutsfattare och tilltänkta kunder har påbörjats",
    ),
    28: (
        "Lokala utvecklingsplaner klara",
        "Skapade av regelverk för ramprogram",
        "Skapande av mallar för ramprogram",
        "Skapande av en dörr in verksamhet för projekt",
    ),
    29: (
        "Skapande av mallar för hjälp till självhjälp för att gå från idé till verksamhet",
        "Skapande av mallar för redovisning och rekvirering av medel i projekt",
        "Skapande av mallar för lokala utvecklingsplaner i funktionella områden",
        "Tillgängliggöra alla mallar och verksamheter på nätet i form av en blogg eller liknande",
        (
            "Beredningsgrupp för Lokal Utveckling eller liknande behöver stöd i sin verksamhet för "
            "administration och dokumentation"
        ),
    ),
    31: (
        "Identifiera nuläget vad avser kommunala verksamheter",
        "Nätverka och skaffa en omvärldsanalys om vad som händer i övriga sverige inom området",
    ),
    32: (
        "Besöka Bodens kommun för att titta på deras servicepunkter",
        "Besöka Örnsköldsviks kommun för att titta på deras servicepunkter",
        "Delta i de regionala träffar som anordnas av Länsstyrelsen i Örebro i ämnet service",
    ),
    34: (
        "Identifiera parametrar för mätbara mål och syften",
        "Identifiera företag och branscher etc",
        "Boka in möten och uppföljning för företagsbesök",
        "Skapa en väg in för hantering av EU Frågor",
        "Skapa och vara värd för företagsfrukosten",
    ),
    36: (
        (
            "Skapa en dialog och plan med berörda parter som tex beslutsfattare, nämnder, förvalningar, BMB, "
            "BKT etc."
        ),
    ),
    37: ("Identifiera nuläget vad avser kommunala verksamheter",),
    38: ("”En väg in”",),
    40: (
        (
            "Skapa nätverk för bredband och fiber där minst ett samarbetsprojekt i kommunen för påtryckning "
            "av kanaliseringsstöd skapas"
        ),
        "Skapa ett bollplank och synliggöra medtoder och mallar för ansökningar av bla kanalisationsstöd",
    ),
}
OWNED = {
    "Identifiera aktuella LIS områden": ["Näringslivschefen"],
    ACTIVITIES[24][1]: ["Landsbygd"],
    "Kartlägg och dokumentera nuläge vad avser service": ["Landsbygd"],
    "Kartlägg och sammanställ behovet": ["Landsbygd"],
    "Beslutsunderlag till KS/KF": ["Landsbygd"],
    "Lokala utvecklingsplaner klara": ["Landsbygd"],
    ACTIVITIES[29][0]: ["Landsbygd"],
    "Identifiera nuläget vad avser kommunala verksamheter": ["Landsbygd"],
    "Besöka Bodens kommun för att titta på deras servicepunkter": ["Landsbygd"],
    "Identifiera parametrar för mätbara mål och syften": ["Näringsliv"],
    "Skapa en väg in för hantering av EU Frågor": ["Landsbygd"],
    ACTIVITIES[36][0]: ["Landsbygd"],
    "”En väg in”": ["Näringsliv", "BMB"],
    ACTIVITIES[40][0]: ["Landsbygd"],
}
"""Each activity beside which the slides name who is responsible; the others name nobody."""


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_plan(WorkTree(ROOT))


@pytest.fixture(scope="module")
def plan(loaded: Loaded) -> Plan:
    return loaded.plan


def goals(plan: Plan, level: str) -> list[Goal]:
    return [goal for goal in plan.of(Goal) if goal.level == level]


def by_slide(records: list[Record] | tuple[Record, ...]) -> dict[int, list[str]]:
    """The titles that cite each slide, in the records' order."""
    found: dict[int, list[str]] = {}
    for record in sorted(records, key=lambda item: item.order or 0):
        for slide in slides(record):
            found.setdefault(slide, []).append(record.title)
    return found


def slides(record: Record) -> list[int]:
    return [int(number) for source in record.source for number in re.findall(r"bild (\d+)", source)]


def listed(titles: dict[int, tuple[str, ...]]) -> dict[int, list[str]]:
    return {slide: list(lines) for slide, lines in titles.items()}


def test_the_plan_reads_without_errors(loaded: Loaded) -> None:
    assert loaded.diagnostics == ()
    assert [item for item in run_checks(loaded) if item.severity is Severity.ERROR] == []


def test_the_check_finds_what_the_source_leaves_open_and_nothing_else(loaded: Loaded) -> None:
    found = Counter(item.code for item in run_checks(loaded))
    assert (found["no-owner"], found["programme-points"]) == (17, 1)
    assert set(found) <= {"no-owner", "programme-points", "no-activity"}


def test_the_plan_holds_what_the_source_counts(plan: Plan) -> None:
    levels = Counter(goal.level for goal in plan.of(Goal))
    assert levels == {"overall": 5, "target": 15, "sub-goal": 8}
    assert (len(plan.of(Activity)), len(plan.of(Box))) == (31, 14)


def test_the_overall_goals_are_those_of_their_slides(plan: Plan) -> None:
    assert by_slide(goals(plan, "overall")) == {slide: [title] for slide, title in OVERALL.items()}


def test_the_targets_are_those_of_their_slides_in_their_order(plan: Plan) -> None:
    assert by_slide(goals(plan, "target")) == listed(TARGETS)


def test_the_sub_goals_are_those_of_their_slides(plan: Plan) -> None:
    assert by_slide(goals(plan, "sub-goal")) == listed(SUB_GOALS)


def test_the_activities_are_those_of_their_slides_in_their_order(plan: Plan) -> None:
    assert by_slide(plan.of(Activity)) == listed(ACTIVITIES)


def test_the_boxes_are_those_of_their_slides_in_their_order(plan: Plan) -> None:
    boxes = sorted(plan.of(Box), key=lambda box: box.order or 0)
    assert [(slides(box), box.title) for box in boxes] == [([slide], title) for slide, title in BOXES.items()]


def test_owners_are_those_that_the_slides_name_and_no_others(plan: Plan) -> None:
    owners = {item.title: [plan.records[id_].title for id_ in item.owners] for item in plan.of(Activity)}
    assert {title: names for title, names in owners.items() if names} == OWNED


def test_every_target_supports_the_overall_goals_of_its_slides(plan: Plan) -> None:
    for target in goals(plan, "target"):
        assert [plan.records[id_].title for id_ in target.supports] == [OVERALL[n] for n in slides(target)]


def test_every_sub_goal_supports_one_target(plan: Plan) -> None:
    for goal in goals(plan, "sub-goal"):
        assert [plan.records[id_].level for id_ in goal.supports] == ["target"]  # type: ignore[attr-defined]


def test_due_dates_are_those_of_the_headings(plan: Plan) -> None:
    dues = {(goal.level, str(goal.due)) for goal in plan.of(Goal)}
    assert dues == {("overall", "2015-12-31"), ("target", "2015-12-31"), ("sub-goal", "2013-12-31")}
    assert {str(item.due) for item in plan.of(Activity)} == {"2013-12-31"}


def test_nothing_is_reported_that_the_source_does_not_say(plan: Plan) -> None:
    logged = [item.id for item in (*plan.of(Goal), *plan.of(Activity), *plan.of(Box)) if item.log]
    assert logged == []


def test_only_the_company_visits_are_counted(plan: Plan) -> None:
    assert {box.title: box.target_count for box in plan.of(Box) if box.target_count} == {BOXES[50]: 15}


def test_every_record_says_where_it_is_taken_from(plan: Plan) -> None:
    assert [item.id for item in plan.records.values() if not item.source] == []


def squeezed(text: str) -> str:
    """A text without white space: where the slides break lines is lost."""
    return re.sub(r"\s+", "", text).casefold()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The shipped plan in a folder of its own, to take files away from."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "plan" / "data")).parent


def told(servplan: Run, plan: Path, *arguments: str) -> str:
    done = servplan(*arguments, plan=plan)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_a_removed_activity_is_gone_from_status_and_report(servplan: Run, copy: Path) -> None:
    title = "Besöka Bodens kommun för att titta på deras servicepunkter"
    before = json.loads(told(servplan, copy, "status", "--format", "json"))
    assert title in told(servplan, copy, "report", "--format", "html", "-o", "-")
    (copy / "data" / "activities" / "besoka-boden.yaml").unlink()
    after = json.loads(told(servplan, copy, "status", "--format", "json"))
    assert (before["totals"]["activities"], after["totals"]["activities"]) == (31, 30)
    counts = [
        {goal["id"]: goal["activities"]["total"] for goal in status["goals"]} for status in (before, after)
    ]
    fewer = {id_ for id_, total in counts[0].items() if counts[1][id_] == total - 1}
    assert fewer == {
        "utredning-servicepunkter-2013",
        "utredning-servicepunkter-2015",
        "okad-service",
        "effektiv-service",
    }
    assert title not in told(servplan, copy, "report", "--format", "html", "-o", "-")


def test_a_removed_box_is_gone_from_programme_and_report(servplan: Run, copy: Path) -> None:
    title = BOXES[54]
    before = json.loads(told(servplan, copy, "programme", "--format", "json"))
    assert title in told(servplan, copy, "report", "--format", "md", "-o", "-")
    (copy / "data" / "boxes" / "pendlarparkeringar.yaml").unlink()
    after = json.loads(told(servplan, copy, "programme", "--format", "json"))
    assert [status["programmes"][0]["boxes_total"] for status in (before, after)] == [14, 13]
    assert title in {box["title"] for box in before["programmes"][0]["boxes"]}
    assert title not in {box["title"] for box in after["programmes"][0]["boxes"]}
    assert title not in told(servplan, copy, "report", "--format", "md", "-o", "-")
