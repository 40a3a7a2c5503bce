"""`servplan doctor` as it is typed."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.plans import write
from tests.sample import BROKEN, FILES, data


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return write(tmp_path / "plan", FILES | BROKEN)


def test_doctor_tells_what_it_finds(servplan: Run, broken: Path) -> None:
    facts = data(servplan, broken, "doctor")
    assert (facts["plan"], facts["unreadable files"]) == (str(broken), "1")
    assert (facts["today"], facts["default date"], facts["language"]) == ("2014-01-20", "2014-01-20", "sv")


def test_doctor_speaks_the_plans_language_or_the_one_asked_for(
    servplan: Run, broken: Path, tmp_path: Path
) -> None:
    swedish, english = (
        servplan("doctor", plan=broken).out,
        servplan("--lang", "en", "doctor", plan=broken).out,
    )
    assert "\noläsliga filer   1\n" in swedish
    assert "\nunreadable files  1\n" in english
    nowhere = servplan("--lang", "sv", "doctor", plan=tmp_path / "ingen")
    assert (nowhere.code, "ingen här; gå till en plans mapp" in nowhere.out) == (0, True)
