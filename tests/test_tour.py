"""The tour is one story: it makes the demo, and its commands run on it one after another."""

from pathlib import Path

from tests.conftest import ROOT, Run
from tests.story import tell

TOUR = ROOT / "docs" / "tour.md"


def test_the_tour_goes_as_its_page_says(servplan: Run, tmp_path: Path) -> None:
    tell(TOUR, tmp_path, servplan)
