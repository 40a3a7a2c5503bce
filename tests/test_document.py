"""The two readers mean the same, places are exact, and no bytes whatsoever raise."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from servplan.diagnostics import Keys, Span
from servplan.files import document, oracle
from servplan.files.document import Document, read_document
from servplan.files.guard import Screened, screen
from servplan.files.places import Places

NUMBERS = [
    "012",
    "1_000",
    "0b1",
    "0o7",
    "0o8",
    "+0o7",
    "0x1F",
    "-0x1",
    "0xfg",
    "1.10",
    "1.",
    ".5",
    "-.5",
    "1e3",
    "1.e3",
    "12e03",
    "1e400",
    "+.inf",
    "-.INF",
    ".nan",
    "-.nan",
    "+12",
    "-0",
    "0.",
    "9223372036854775808",
    "1:30",
    "2013-02-30",
    "2013-03-04T10:00:00Z",
]
WORDS = [
    "no",
    "yes",
    "on",
    "off",
    "y",
    "NULL",
    "nUll",
    "Null",
    "~",
    "TRUE",
    "tRue",
    "<<",
    "=",
    "null",
    "true",
]
SIGNS = [
    "a#b",
    "a #b",
    "a: b",
    "a:b",
    "a::",
    ":",
    "::",
    ":a",
    "?",
    "?a",
    "-",
    "--",
    "- a",
    "# c",
    "a&b",
    "a !b",
    "%a",
]
QUOTED = [
    "''",
    "'a''b'",
    '"\\u00e5"',
    '"\\ud83d\\ude00"',
    '"\\x41\\t"',
    '"a\\\n b"',
    '"a\n\n  b"',
    "'a\n  b'",
    '"a\nb: c"',
]
BLOCKS = [
    "|\n    x\n    y",
    "|-\n    x",
    ">\n    x\n    y\n\n    z",
    ">+\n    x\n",
    "|",
    "|2\n    x",
    "|  # c\n    x",
    "|\n\n    x",
]
TEXT = st.text(st.sampled_from("abåäöÅ 019.:#-?,[]{}'\"|>~_%@`\\/😀"), min_size=1, max_size=8)
SCALARS = st.one_of(
    st.sampled_from(NUMBERS + WORDS + SIGNS + QUOTED),
    TEXT,
    TEXT.map(json.dumps),
    TEXT.map(lambda text: "'" + text.replace("'", "''") + "'"),
    st.integers().map(str),
    st.floats().map(str),
)
NAMES = ["title", "log", "åtgärd", "a b", '"quoted"', "'single'", "due_2", "no", "x-y", "012"]
BREAKS = st.sampled_from([", ", ",", " , ", ",\n    ", "\n    , "])


@st.composite
def flows(draw: st.DrawFn, depth: int = 2) -> str:
    if depth == 0 or draw(st.booleans()):
        return draw(SCALARS)
    items = draw(st.lists(flows(depth - 1), max_size=3))
    if draw(st.booleans()):
        return "[" + draw(BREAKS).join(items) + "]"
    pairs = [f"f{n}{draw(st.sampled_from([': ', ':', ' : ', '']))}{item}" for n, item in enumerate(items)]
    return "{" + draw(BREAKS).join(pairs) + "}"


@st.composite
def values(draw: st.DrawFn, margin: int, depth: int) -> str:
    """What stands after a key or a dash, up to the line's end."""
    sort = draw(st.sampled_from(["scalar", "scalar", "flow", "block text", "nested", "nested"]))
    comment = draw(st.sampled_from(["", "", "", "  # c: d", " "]))
    if sort == "nested" and depth:
        return f"{comment}\n" + draw(blocks(margin + draw(st.sampled_from([2, 2, 4])), depth - 1))
    if sort == "block text":
        indented = draw(st.sampled_from(BLOCKS)).replace("\n    ", "\n" + " " * (margin + 2))
        return f" {indented}\n"
    return f" {draw(SCALARS if sort == 'scalar' else flows())}{comment}\n"


@st.composite
def blocks(draw: st.DrawFn, margin: int = 0, depth: int = 3) -> str:
    """A mapping or (below the top) a list, at a margin."""
    left = " " * margin
    if margin and draw(st.booleans()):
        items = draw(st.lists(values(margin, depth), min_size=1, max_size=3))
        return "".join(f"{left}-{item}" for item in items)
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    between = draw(st.sampled_from(["", "", "", "\n", "# c\n", f"{left}# c\n"]))
    return between.join(f"{left}{name}:{draw(values(margin, depth))}" for name in names)


@st.composite
def yaml_texts(draw: st.DrawFn) -> str:
    """YAML as people write it, now and then with a slip, Windows line ends, or no last line feed."""
    text = draw(blocks())
    if draw(st.integers(0, 4)) == 0:
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.sampled_from(["\n", " ", "  ", ":", "[", "}", '"', "'", ",", "#", "- ", "|"]))
            + text[at:]
        )
    if draw(st.integers(0, 4)) == 0:
        text = text.rstrip("\n")
    return text.replace("\n", "\r\n") if draw(st.integers(0, 9)) == 0 else text


def exact(value: object) -> object:
    """Tell 1, 1.0 and True apart, and let nan be itself."""
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    return [exact(item) for item in value] if isinstance(value, list) else (type(value), repr(value))


def has_text_keys(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and has_text_keys(item) for key, item in value.items())
    return all(map(has_text_keys, value)) if isinstance(value, list) else True


def places(value: object, above: Keys = ()) -> list[Keys]:
    """Every way to a key's or an item's value that is written out."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [(*above, key) for key, item in items if item is not None]
    return found + [way for key, item in items for way in places(item, (*above, key))]


@settings(deadline=None, max_examples=600)
@given(yaml_texts())
@example("a: -0x1\n")
@example("a: +0o7\n")
@example("a: |\n")
@example("a: |\n  x")
@example("a: [|]\n")
@example("a: {b:}\n")
@example("a: [::]\n")
@example("a: {b: ?c}\n")
@example('a: "\\ud83d\\ude00"\n')
@example("a: {b: 1,\n  c\n  d: 2}\n")
@example("a: [{b: 1}, c # ]\n  d: e]\n")
@example("? [a]\n: b\n")
@example("a: 0_\n")
@example("a: 1.5_\n")
@example("a: 0._\n")
def test_the_fast_reader_means_what_the_oracle_means(text: str) -> None:
    read = read_document("p", text.encode())
    if read.data is None:
        return
    data, fault = oracle.read("p", text)
    if has_text_keys(read.data):
        assert (fault, exact(read.data)) == (None, exact(data))
    else:
        assert fault is not None


@settings(deadline=None, max_examples=300)
@given(yaml_texts())
def test_what_is_wrong_is_what_the_oracle_finds(text: str) -> None:
    read = read_document("p", text.encode())
    if isinstance(screen("p", text.encode()), Screened) and (read.data is None or has_text_keys(read.data)):
        assert read.fault == oracle.read("p", text)[1]


@settings(deadline=None, max_examples=250)
@given(yaml_texts())
@example("  title: a\n  due: b\n")
@example("a:\r\n  b: c\r\nd: e\r\n")
@example("a: [b,\nc: d]\n")
@example('a: {b: "x\ny: z", c: d}\n')
@example("a:   # why\n\n  # more\n  b\n")
def test_every_place_is_the_one_that_the_oracle_gives(text: str) -> None:
    data, fault = oracle.read("p", text)
    if fault or data is None:
        return
    found, exactly = Places(text), oracle.finder(text)
    assert exactly is not None
    for keys in places(data):
        for on_key in (True, False):
            assert start(found.find(keys, on_key)) == start(exactly(keys, on_key)), keys


def start(span: Span) -> tuple[int, int]:
    return span.line, span.column


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=40).map(str.encode), yaml_texts().map(str.encode)))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"a: \xff")
@example(b'a: "\\Ub0000000"')
@example(b"? [a]\n: b")
@example(b"? {a: b}\n")
@example(b"a: " + b"1" * 5000)
@example(b"a: 0x" + b"f" * 5000)
@example(b"%YAML 1.1\n---\n")
@example(b"%")
@example(b"!!binary x")
@example(b"a: !<")
@example(b"a: *")
@example(b"- ? - ? - : [")
def test_no_bytes_make_the_reader_raise(raw: bytes) -> None:
    read = read_document("p", raw)
    assert (read.data is None) == (read.fault is not None)
    if read.fault:
        span = read.fault.span
        assert span is not None
        assert span.line >= 1
        assert span.column >= 1
        assert span.line <= (read.text or "").count("\n") + 1


@pytest.mark.parametrize(
    "unit", ["? ", "- ", "-  ", "? - ", "- ? ", ": ", "[", "{a: ", "[ # ]\n ", "{ # }\n "]
)
def test_endless_nesting_is_a_finding_in_no_time(unit: str) -> None:
    read = read_document("p", f"a:\n  {unit * 20_000}".encode())
    assert read.fault is not None
    assert read.fault.code in ("too-deep", "yaml-syntax")


def test_margins_that_nest_too_deep_are_a_finding_at_the_line() -> None:
    text = "".join(" " * n + "a:\n" for n in range(60))
    fault = read_document("p", text.encode()).fault
    assert fault is not None
    assert (fault.code, fault.span) == ("too-deep", Span(41, 41))


@pytest.mark.parametrize(
    "text", ["a: 1\n", "a: [x, 'y']\nb: {c: åäö}\n", "log:\n  - {date: 2013-03-04, note: 'x'}\n"]
)
def test_plain_records_go_to_the_fast_reader(text: str) -> None:
    screened = screen("p", text.encode())
    assert isinstance(screened, Screened)
    assert screened.clear


def test_without_the_fast_reader_every_text_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = b"a: 012\nb: [no, 1.10, ~]\nc: |\n  x\n"
    fast = read_document("p", raw)
    monkeypatch.setattr(document, "yaml_rs", None)
    assert (
        read_document("p", raw)
        == fast
        == Document("p", raw.decode(), {"a": 12, "b": ["no", 1.1, None], "c": "x\n"})
    )
