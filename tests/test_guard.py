import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servplan.diagnostics import Diagnostic, Span
from servplan.files.guard import MAX_BYTES, MAX_DEPTH, Screened, screen, span_at


def refused(raw: bytes) -> tuple[str, str, tuple[int, int]]:
    """The code, the parameter and the place of what the guard has against these bytes."""
    found = screen("p", raw)
    assert isinstance(found, Diagnostic)
    assert found.span is not None
    return found.code, next(iter(found.params.values())), (found.span.line, found.span.column)


def cleared(raw: bytes) -> bool:
    found = screen("p", raw)
    assert isinstance(found, Screened)
    return found.clear


@pytest.mark.parametrize(
    ("raw", "character", "place"),
    [
        (b"a: b\nc: \0\n", "U+0000", (2, 4)),
        (b"\xef\xbb\xbfa: b\n", "U+FEFF", (1, 1)),
        ("a: å\u200b\u2028\n".encode(), "U+2028", (1, 6)),
        ("a: \x85\n".encode(), "U+0085", (1, 4)),
        ("a: \uffff\n".encode(), "U+FFFF", (1, 4)),
        (b"a: \x1b[31m\n", "U+001B", (1, 4)),
        (b"a: \x7f\n", "U+007F", (1, 4)),
        (b"a: b\rc: d\r", "U+000D", (1, 5)),
        (b"a: b\r\r\n", "U+000D", (1, 5)),
    ],
)
def test_an_invisible_character_is_refused_at_its_place(
    raw: bytes, character: str, place: tuple[int, int]
) -> None:
    assert refused(raw) == ("control-character", character, place)


@pytest.mark.parametrize(
    ("text", "encoding", "probably"),
    [
        ("title: Åtgärd\n", "latin-1", "ISO 8859-1"),
        ("title: Åtgärd\n", "cp1252", "ISO 8859-1"),
        ("title: Åtgärd\n", "utf-16", "UTF-16"),
        ("title: Åtgärd\n", "utf-16-le", "UTF-16"),
        ("title: Åtgärd\n", "utf-16-be", "UTF-16"),
    ],
)
def test_a_foreign_encoding_is_named(text: str, encoding: str, probably: str) -> None:
    assert refused(text.encode(encoding))[:2] == ("not-utf8", probably)


def test_the_first_foreign_byte_is_the_place() -> None:
    assert refused("a: å\nb: ".encode() + b"\xe5\n")[2] == (2, 4)


def test_a_file_larger_than_the_limit_is_refused() -> None:
    assert refused(b"a: " + b"x" * MAX_BYTES)[0] == "too-large"
    assert cleared(b"a: " + b"x" * (MAX_BYTES - 3))


@pytest.mark.parametrize("opening", [b"[", b"{", b"[{"])
def test_brackets_deeper_than_the_limit_are_refused_where_they_pass_it(opening: bytes) -> None:
    inside = opening * (MAX_DEPTH // len(opening))
    assert isinstance(screen("p", b"a: " + inside), Screened)
    assert refused(b"a: " + inside + b"[")[::2] == ("too-deep", (1, 4 + MAX_DEPTH))


def test_closing_brackets_in_a_comment_do_not_hide_the_depth() -> None:
    assert refused(b"a: " + b"[ # ]\n  " * (MAX_DEPTH + 1))[0] == "too-deep"


def test_surplus_closing_brackets_do_not_hide_the_depth() -> None:
    assert refused(b"a: '" + b"]" * 100 + b"'\nb: " + b"[" * (MAX_DEPTH + 1))[0] == "too-deep"


def test_many_brackets_side_by_side_are_not_deep() -> None:
    assert cleared(b"a: [" + b"[], " * 500 + b"[]]\n")


@pytest.mark.parametrize(
    "raw", [b"", b"a: b\n", b"a: b", b"a: b\r\nc: d\r\n", "a: åäö 😀 é\u00a0\n".encode()]
)
def test_ordinary_text_is_cleared(raw: bytes) -> None:
    assert cleared(raw)


@pytest.mark.parametrize(
    "prose",
    [
        "title: Ring 0550-123 (kl. 8:30) & fråga!",
        "title: 'Hur? Så här!'",
        "note: a > b, b < c, x | y",
        "link: https://example.org/a?b=c&d=e#f",
        "status: in_progress",
        "log:\n  - {date: 2013-03-04, status: done}",
        "note: |\n  en\n\n  två",
        "owners: [a,\n  b]",
        "owners: [\n  a,\n  b\n]",
        "levels:\n  - {id: a, title: [b]}  # varför",
        'title: "\\u00e5tg\\xe4rd"',
    ],
)
def test_what_plans_are_written_in_goes_the_fast_way(prose: str) -> None:
    assert cleared(f"{prose}\n".encode())


@pytest.mark.parametrize(
    "odd",
    [
        "a: &x b",
        "a: *x",
        "a: !x b",
        "---\na: b",
        "%YAML 1.1",
        "a: 1_000",
        "a: 0b1",
        "a: -0x1",
        'a: "\\ud83d"',
        'a: "\\0"',
        "a: |\nb: c",
        "a: |\n\n  b",
        "a: [|]",
        "a: {b:}",
        "a: [::]",
        "a: {b: ?c}",
        "a: {b\n  c: d}",
        "a: [b # ]\n  c: d]",
        "a:\tb",
        "a: " + "1" * 1000,
        " " * 40 + "a: b",
    ],
)
def test_what_readers_may_read_differently_goes_the_exact_way(odd: str) -> None:
    assert not cleared(f"{odd}\n".encode())


@settings(deadline=None)
@given(st.text(), st.integers(0, 100))
def test_a_span_counts_lines_and_characters_from_one(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    before = text[:offset].split("\n")
    assert span_at(text, offset) == Span(len(before), len(before[-1]) + 1)
