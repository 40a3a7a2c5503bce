import math

import pytest

from servplan.diagnostics import Span
from servplan.files import oracle
from servplan.files.oracle import Value, finder, resolve_plain


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("012", 12),
        ("0o7", 7),
        ("0x1F", 31),
        ("-0", 0),
        ("+12", 12),
        ("1.10", 1.1),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-2E+05", -200000.0),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("", None),
        ("~", None),
        ("Null", None),
        ("true", True),
        ("FALSE", False),
    ],
)
def test_yaml_1_2_reads_these_as_values(plain: str, value: Value) -> None:
    found = resolve_plain(plain)
    assert (type(found), found) == (type(value), value)


def test_nan_is_a_number() -> None:
    found = resolve_plain(".nan")
    assert isinstance(found, float)
    assert math.isnan(found)


@pytest.mark.parametrize(
    "plain",
    [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "n",
        "1_000",
        "0b1",
        "-0x1",
        "+0o7",
        "0o8",
        "1:30",
        "2013-02-30",
        "2013-03-04",
        ".",
        ".e3",
        "e3",
        "nULL",
        "tRue",
        "<<",
    ],
)
def test_yaml_1_2_reads_these_as_text(plain: str) -> None:
    assert resolve_plain(plain) == plain


@pytest.mark.parametrize("text", ["a: '012'", 'a: "012"', "a: |-\n  012", "a: >-\n  012"])
def test_what_is_quoted_or_a_block_is_text(text: str) -> None:
    assert oracle.read("p", text) == ({"a": "012"}, None)


def test_two_escapes_that_are_one_character_become_it() -> None:
    assert oracle.read("p", 'a: "\\ud83d\\ude00"') == ({"a": "😀"}, None)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "empty-file", (1, 1)),
        ("# bara en kommentar\n", "empty-file", (1, 1)),
        ("- a\n", "not-a-mapping", (1, 1)),
        ("\n\n  bara text\n", "not-a-mapping", (3, 3)),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", (3, 1)),
        ("a: {b: 1, b: 2}\n", "duplicate-key", (1, 11)),
        ("a: 1\n12: b\n", "key-not-text", (2, 1)),
        ("a:\n  ~: b\n", "key-not-text", (2, 3)),
        ("? [a]\n: b\n", "key-not-text", (1, 3)),
        ("a: &x b\n", "yaml-feature", (1, 4)),
        ("a: *x\n", "yaml-feature", (1, 4)),
        ("a: !!str b\n", "yaml-feature", (1, 4)),
        ("%YAML 1.1\n---\na: b\n", "yaml-feature", (1, 1)),
        ("a: b\n---\nc: d\n", "yaml-feature", (2, 1)),
        ('a: "b\nc: d\n', "yaml-syntax", (1, 4)),
        ("a: 'b\n", "yaml-syntax", (1, 4)),
        ("a: b: c\n", "yaml-syntax", (1, 5)),
        ("a: [b\nc: d\n", "yaml-syntax", (2, 2)),
        ("a:\n  b: c\n d: e\n", "yaml-syntax", (3, 2)),
        ("a:\n\tb: c\n", "yaml-syntax", (2, 1)),
        ('a: "\\ud83d"\n', "control-character", (1, 4)),
        ('a: "\\0"\n', "control-character", (1, 4)),
        ("a: " + "1" * 5000, "out-of-range", (1, 4)),
        ("a:\n" + "".join("  " * n + "b:\n" for n in range(1, 60)), "too-deep", (41, 81)),
    ],
)
def test_what_is_wrong_has_a_code_and_a_place(text: str, code: str, place: tuple[int, int]) -> None:
    data, fault = oracle.read("p", text)
    assert data is None
    assert fault is not None
    assert fault.span is not None
    assert (fault.code, (fault.span.line, fault.span.column)) == (code, place)


@pytest.mark.parametrize("text", ["---\na: b\n", "a: b\n...\n", "# c\n---\na: b\n"])
def test_one_document_may_be_marked_as_one(text: str) -> None:
    assert oracle.read("p", text) == ({"a": "b"}, None)


def test_a_text_that_cannot_be_read_has_no_places() -> None:
    assert finder('a: "') is None
    assert finder("") is None


def test_places_are_counted_from_where_the_text_begins() -> None:
    find = finder("a:\n  - åä: b\n", 10)
    assert find is not None
    assert find(("a", 0, "åä"), True) == Span(12, 5, 2)
