from hypothesis import given
from hypothesis import strategies as st

from servplan.analysis.collation import sort_key

SWEDISH = st.text("abcdefghijklmnopqrstuvwxyzåäö ", max_size=12)


def test_swedish_letters_come_after_z_in_their_own_order() -> None:
    words = ["ö", "z", "ä", "a", "å"]
    assert sorted(words, key=sort_key) == ["a", "z", "å", "ä", "ö"]


def test_words_sort_as_in_a_swedish_register() -> None:
    words = ["Östra", "Älven", "Zinkgruvan", "Åsen", "Arboga", "Örebro", "Ängelsberg"]
    assert sorted(words, key=sort_key) == [
        "Arboga",
        "Zinkgruvan",
        "Åsen",
        "Älven",
        "Ängelsberg",
        "Örebro",
        "Östra",
    ]


def test_other_accents_do_not_count() -> None:
    assert sorted(["idz", "idé", "ida"], key=sort_key) == ["ida", "idé", "idz"]


def test_danish_letters_stand_with_their_swedish_kin() -> None:
    assert sorted(["ö", "ø", "å", "æ", "z"], key=sort_key)[:3] == ["z", "å", "æ"]


@given(SWEDISH)
def test_case_does_not_count(text: str) -> None:
    assert sort_key(text.upper()) == sort_key(text)


@given(SWEDISH)
def test_composed_and_decomposed_letters_are_the_same(text: str) -> None:
    import unicodedata

    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


@given(SWEDISH, SWEDISH)
def test_words_differ_in_order_letter_by_letter(left: str, right: str) -> None:
    alphabet = " abcdefghijklmnopqrstuvwxyzåäö"
    by_letters = [alphabet.index(sign) for sign in left] < [alphabet.index(sign) for sign in right]
    assert (sort_key(left) < sort_key(right)) == by_letters
