"""`servplan due`, `servplan events` and `servplan health` as they are typed."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.plans import write
from tests.sample import FILES, data, text


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES)


def test_due_shows_what_awaits_whom(servplan: Run, plan: Path) -> None:
    assert servplan("due", plan=plan) == (
        0,
        text("""
            Vad som väntar  läget 2014-01-20, slutdatum till och med 2014-02-19

            2 poster · Aktiviteter: 2

            Utan ansvarig: 1 post
            Slutdatum   Status                                Id        Titel
            2013-12-31  ? Ej rapporterad, slutdatum passerat  workshop  Åtta workshoppar

            Näringsliv: 1 post
            Slutdatum   Status      Id        Titel
            2013-12-31  ! Försenad  kartlagg  Kartlägg nuläget

            Rapporter som saknas för 2013-12, vars frist gick ut 2014-01-10
            Utan ansvarig  2
            Landsbygd      1
            Näringsliv     1

            servplan due --period 2013-12 räknar upp dem.
        """),
        "",
    )


def test_a_period_and_a_span_are_not_asked_for_together(servplan: Run) -> None:
    done = servplan("due", "--period", "2013-10", "--within", "90d")
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("→ Använd en av dem.\n")


def test_events_are_filtered(servplan: Run, plan: Path) -> None:
    def found(*arguments: str) -> list[tuple[str, str]]:
        rows = data(servplan, plan, "events", *arguments)["events"]
        return [(row["date"], row["id"]) for row in rows]

    assert found("--since", "2013-11-05", "--until", "2014-01-10") == [
        ("2013-11-05", "mark"),
        ("2014-01-10", "servicepunkter-2013"),
    ]
    assert {id_ for _day, id_ in found("--owner", "naringsliv")} == {"kartlagg"}
    assert {id_ for _day, id_ in found("--goal", "levande")} == {
        "servicepunkter-2013",
        "besoka-boden",
        "kartlagg",
    }


def test_health_below_a_bound_ends_with_1(servplan: Run, plan: Path) -> None:
    assert servplan("health", "--min", "owned=60%", plan=plan).code == 0
    low = servplan("health", "--min", "owned=67%", plan=plan)
    assert (low.code, low.err) == (1, "")
    assert "67 %" in low.out
