import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servplan.model.ids import MAX_ID, as_id, id_fault


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


@given(st.text())
def test_a_proposed_id_is_empty_or_well_formed(text: str) -> None:
    assert as_id(text) == "" or id_fault(as_id(text)) in (None, "length", "yaml-word", "device-name")
    assert len(as_id(text)) <= MAX_ID


@given(st.text(min_size=MAX_ID, alphabet="abcåäö -"))
def test_a_proposed_id_proposes_itself(text: str) -> None:
    assert as_id(as_id(text)) == as_id(text)
