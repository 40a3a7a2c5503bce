"""Where things stand in a text; that every place is the oracle's, test_document.py holds."""

import time

import pytest

from servplan.diagnostics import Keys, Span
from servplan.files.places import Places

TEXT_WITH_PLACES = """\
title: Besöka Boden  # en resa
owners: [landsbygd, bmb]
description:

  Lång text
log:
  - {date: 2013-03-04, status: done}
  - date: 2013-04-01
    note: åäö
"""


@pytest.mark.parametrize(
    ("keys", "on_key", "shown"),
    [
        (("title",), True, "title"),
        (("title",), False, "Besöka Boden"),
        (("owners",), False, "[landsbygd, bmb]"),
        (("owners", 1), False, "bmb"),
        (("description",), False, "Lång text"),
        (("log", 0, "status"), True, "status"),
        (("log", 0, "status"), False, "done"),
        (("log", 1, "note"), False, "åäö"),
    ],
)
def test_a_span_covers_what_it_means(keys: Keys, on_key: bool, shown: str) -> None:
    span = Places(TEXT_WITH_PLACES).find(keys, on_key)
    line = TEXT_WITH_PLACES.split("\n")[span.line - 1]
    assert line[span.column - 1 : span.column - 1 + span.length] == shown


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ((), (1, 1)),
        (("nothing",), (1, 1)),
        (("log", 1, "nothing"), (8, 5)),
        (("log", 7), (7, 3)),
        (("title", "nothing"), (1, 8)),
    ],
)
def test_where_the_way_ends_early_the_last_place_on_it_counts(keys: Keys, place: tuple[int, int]) -> None:
    span = Places(TEXT_WITH_PLACES).find(keys, True)
    assert (span.line, span.column) == place


@pytest.mark.parametrize(
    "text", ["a:\nb: 1\n", "a:  \nb: 1\n", "a: # c\n\nb: 1\n", "a:\r\nb: 1\r\n", "b: 1\na:"]
)
def test_an_empty_value_stands_on_its_keys_line(text: str) -> None:
    assert Places(text).find(("a",)).line == text[: text.index("a:")].count("\n") + 1


def test_places_in_a_text_that_cannot_be_read_are_its_beginning() -> None:
    assert Places('a: "b\n').find(("a", 1)) == Span(1, 1)


def test_many_places_in_one_text_take_hardly_longer_than_one() -> None:
    text = "log:\n" + "".join(f"  - date: 2013-03-04\n    count: {number}\n" for number in range(100))
    alone, together = Places(text), Places(text)
    began = time.process_time()
    last = alone.find(("log", 99, "count"))
    of_one = time.process_time() - began
    found = [together.find(("log", number, "count")) for number in range(100)]
    assert time.process_time() - began < 20 * of_one
    assert (found[-1], [span.line for span in found]) == (last, list(range(3, 203, 2)))
