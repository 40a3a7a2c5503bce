import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servplan.model.ids import MAX_ID, as_id, free_id, id_fault, numbered


@pytest.mark.parametrize(
    "text", ["ab", "besoka-boden", "lup-2013", "a1", "a-1-b", "x" * MAX_ID, "console", "nulla"]
)
def test_an_id_is_lower_case_letters_digits_and_single_hyphens(text: str) -> None:
    assert id_fault(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Boden",
        "besöka",
        "a_b",
        "a--b",
        "-ab",
        "ab-",
        "1ab",
        "a b",
        "a.b",
        "ab\n",
        "a/b",
        "..",
        "ａｂ",
        "٣a",
        "a\u0301b",
    ],
)
def test_other_signs_are_the_wrong_form(text: str) -> None:
    assert id_fault(text) == "form"


@pytest.mark.parametrize("text", ["a", "x" * (MAX_ID + 1), "ab-" * 20 + "ab"])
def test_an_id_has_2_to_50_signs(text: str) -> None:
    assert id_fault(text) == "length"


@pytest.mark.parametrize("text", ["null", "true", "false", "yes", "no", "on", "off", "y", "n"])
def test_a_word_that_some_yaml_reads_as_a_value_is_no_id(text: str) -> None:
    assert id_fault(text) == "yaml-word"


@pytest.mark.parametrize("text", ["con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"])
def test_a_windows_device_is_no_id(text: str) -> None:
    assert id_fault(text) == "device-name"


@pytest.mark.parametrize("text", ["com0", "com10", "con-1", "auxx"])
def test_what_only_looks_like_a_device_is_an_id(text: str) -> None:
    assert id_fault(text) is None


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Besöka Bodens kommun", "besoka-bodens-kommun"),
        ("Åtgärd: öar & älvar!", "atgard-oar-alvar"),
        (unicodedata.normalize("NFD", "Åtgärd på ö"), "atgard-pa-o"),
        ("Crêpe, Łódź, Ærø, Straße", "crepe-lodz-aero-strasse"),
        ("2013 års mål", "ars-mal"),
        ("LUP 2013", "lup-2013"),
        ("  --x--  ", "x"),
        ("2013", ""),
        ("日本", ""),
    ],
)
def test_a_text_proposes_an_id_without_accents(text: str, id_: str) -> None:
    assert as_id(text) == id_


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Samhällsbyggnadsförvaltningens verksamhetsutveckling ett", "samhallsbyggnadsforvaltningens"),
        ("a" * 40 + " " + "b" * 9, "a" * 40 + "-" + "b" * 9),
        ("a" * 40 + " " + "b" * 10, "a" * 40),
        ("a" * 60, "a" * MAX_ID),
    ],
)
def test_a_proposed_id_that_is_too_long_ends_with_a_whole_word(text: str, id_: str) -> None:
    assert as_id(text) == id_


@pytest.mark.parametrize(
    ("id_", "next_id"),
    [
        ("lup-klara", "lup-klara-2014"),
        ("lup-2013", "lup-2014"),
        ("lup-2013-2", "lup-2013-2-2014"),
        ("rum-4013", "rum-4013-2014"),
        ("ab-" + "c" * 47, "ab-2014"),
        ("c" * 50, "c" * 45 + "-2014"),
    ],
)
def test_an_id_is_carried_into_another_year(id_: str, next_id: str) -> None:
    assert numbered(id_, "2014") == next_id


def test_a_taken_id_is_numbered_until_it_is_free() -> None:
    assert free_id("resa", {"annat"}) == "resa"
    assert free_id("resa", {"resa", "resa-2"}) == "resa-3"
    assert free_id("c" * 50, {"c" * 50}) == "c" * 48 + "-2"


@given(st.from_regex(r"[a-z][a-z0-9]{0,20}(-[a-z0-9]{1,20}){0,3}", fullmatch=True))
def test_a_numbered_id_is_an_id(id_: str) -> None:
    assert id_fault(numbered(id_[:MAX_ID].rstrip("-"), "2014")) is None


@given(st.text())
def test_a_proposed_id_is_empty_or_well_formed(text: str) -> None:
    assert as_id(text) == "" or id_fault(as_id(text)) in (None, "length", "yaml-word", "device-name")
    assert len(as_id(text)) <= MAX_ID


@given(st.text(min_size=MAX_ID, alphabet="abcåäö -"))
def test_a_proposed_id_proposes_itself(text: str) -> None:
    assert as_id(as_id(text)) == as_id(text)
