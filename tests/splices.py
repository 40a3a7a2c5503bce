"""Records to splice, awkward texts for them, and what a splice touched."""

from itertools import takewhile

from hypothesis import strategies as st

from servplan.files import oracle
from servplan.files.oracle import Data

PATH = "data/activities/a.yaml"


ENTRY: Data = {"date": "2013-10-04", "status": "done"}


LINE = "{date: 2013-10-04, status: done}"


ORDER = ["title", "description", "supports", "due", "note", "log"]


def data_of(text: str) -> Data:
    data, fault = oracle.read(PATH, text)
    assert fault is None, fault
    assert data is not None
    return data


def alike(old: list[str], new: list[str]) -> int:
    """Return how many lines stand alike from the first on."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))


def touched(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines taken out and put in between what stands alike at both ends; lines keep their ends."""
    old, new = before.splitlines(True), after.splitlines(True)
    head = alike(old, new)
    tail = alike(old[head:][::-1], new[head:][::-1])
    return old[head : len(old) - tail], new[head : len(new) - tail]


AWKWARD = [
    "a: b",
    "# no comment",
    "a # b",
    'say "hi"',
    "it's",
    "two\nlines",
    "\n",
    " leading",
    "trailing ",
    "Åäö – ”citat” 💡",
    "no",
    "null",
    "~",
    "true",
    "12",
    "1.10",
    "012",
    "2013-03-04",
    "1:30",
    "- item",
    "---",
    "[a, b]",
    "{a: b}",
    "back\\slash",
    "tab\there",
    "*anchor",
    "&anchor",
    "!tag",
    "%directive",
    "@at",
    "`tick",
    "|",
    ">",
    "? key",
    "a,b",
    "\xa0",
    "x" * 300,
    "ord " * 1250 + "slut",
    "1e3",
    "0x1F",
    "yes",
    "a\tb",
    "a\r\nb",
    "#",
    ": ",
    "'",
    '"',
    "\\",
    "",
]


any_text = st.sampled_from(AWKWARD) | st.text(max_size=30)
