"""`servplan explain` as it is typed."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.plans import write
from tests.sample import FILES, data, text


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES)


def test_explain_prints_rule_inputs_and_result(servplan: Run, plan: Path) -> None:
    shown = data(servplan, plan, "explain", "servicepunkter")
    assert shown["proposal"] == {
        "rule": "started",
        "conditions": [{"is": "started", "what": "pågår"}],
        "inputs": [
            {
                "id": "besoka-boden",
                "title": "Besöka Bodens kommun",
                "status": "done",
                "due_unreported": False,
            },
            {"id": "kartlagg", "title": "Kartlägg nuläget", "status": "in_progress", "due_unreported": False},
        ],
        "missing": [],
        "result": "achieved",
    }
    assert servplan("explain", "servicepunkter", plan=plan).out == text("""
        Utredning kring servicepunkter pågår  läget 2014-01-20

        Så står det till
        Rapporterat              ● Uppnått
        Underlag finns           ja
        Aktiviteternas tidsläge  ! Aktiviteter försenade
        Slutdatum                2013-12-31

        Regel – Påbörjat: uppnått när en aktivitet har påbörjats
        påbörjat  pågår

        Vad regeln bygger på
        Id            Titel                 Läge
        besoka-boden  Besöka Bodens kommun  ● Klar
        kartlagg      Kartlägg nuläget      ! Pågår · Försenad

        Resultat: ● Uppnått
    """)
