"""The shipped plan against the slides that it is transcribed from, by their fingerprint."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from tools.fingerprint import FINGERPRINT, hashed_words

from servplan.files.tree import WorkTree
from servplan.load import load_plan
from servplan.model.plan import Plan
from servplan.model.record import Record
from tests.conftest import ROOT

SLIDES: dict[str, list[str]] = json.loads(FINGERPRINT.read_text("utf-8"))
UNCOVERED = Path(ROOT, "docs", "uncovered.md")
AS_ON_THE_SLIDE = {
    "konsumentvagledning-2015": ["Öka till gängligheten för konsumentvägledning"],
    "butik": ["Butiker"],
    "lindesberg": ["Lindesberg", "Lindesbergscentrum", "Lindesbergs"],
    "vibyn": ["Vibyns"],
}
"""Titles whose words are mended, or stand in another form on the slide."""

SPLIT_WORDS = {"utvecklingsstrategin": "utvecklings-strategin"}
"""Words that the slide's line breaks cut in two."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(WorkTree(ROOT)).plan


def slide_numbers(record: Record) -> list[str]:
    return [source.removeprefix("bild ") for source in record.source]


def titles(record: Record) -> list[str]:
    return AS_ON_THE_SLIDE.get(record.id, [record.title])


def places(words: list[str], slide: list[str]) -> Iterator[int]:
    """Yield where a run of words begins in a slide."""
    for start in range(len(slide) - len(words) + 1):
        if slide[start : start + len(words)] == words:
            yield start


def test_every_record_cites_a_slide(plan: Plan) -> None:
    assert [item.id for item in plan.records.values() if not item.source] == []
    cited = {number for item in plan.records.values() for number in slide_numbers(item)}
    assert cited <= SLIDES.keys()


def test_every_title_stands_in_every_slide_that_its_record_cites(plan: Plan) -> None:
    missing = [
        (record.id, number)
        for record in plan.records.values()
        for number in slide_numbers(record)
        if not any(list(places(hashed_words(title), SLIDES[number])) for title in titles(record))
    ]
    assert missing == []


def texts_of(value: object) -> Iterator[str]:
    """Yield every text inside a record or header."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in ("id", "path"):
                yield from texts_of(getattr(value, name))
    elif isinstance(value, dict):
        yield from value
        yield from value.values()
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)


def texts_for(slide: str, plan: Plan) -> Iterator[str]:
    """Yield what may account for a slide's words: its records, their owners, the header."""
    for record in plan.records.values():
        if slide in slide_numbers(record):
            yield from titles(record)
            yield from texts_of(record)
            yield from (plan.records[owner].title for owner in record.owners)
    yield from texts_of(plan.header)


def rows() -> Iterator[tuple[set[str], list[str]]]:
    """Yield each row of docs/uncovered.md: its slides and the texts that it quotes."""
    for line in UNCOVERED.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0][:1].isdigit():
            yield numbers_in(cells[0]), re.findall(r'"([^"]+)"', cells[1])


def numbers_in(cell: str) -> set[str]:
    """Return the slides that a cell names: `24–26, 28`."""
    found: set[str] = set()
    for part in cell.split(","):
        first, _, last = part.strip().partition("–")
        found |= {str(number) for number in range(int(first), int(last or first) + 1)}
    return found


def mark(slide: list[str], text: str, accounted: set[int]) -> None:
    """Note the words of a slide that a text accounts for; `…` inside stands for what is between."""
    pieces = [hashed_words(piece) for piece in re.split(r" … ", text)]
    for start in places(pieces[0], slide):
        ends = [at + len(pieces[-1]) for at in places(pieces[-1], slide) if at >= start]
        if ends:
            accounted |= set(range(start, ends[0]))


def sentences(text: str) -> Iterator[str]:
    """Yield a text and the parts that it may be put together from."""
    for mended, cut in SPLIT_WORDS.items():
        text = text.replace(mended, cut)
    yield text
    yield from re.split(r"(?<=[.…?!:])\s+|\n+|[()]|, ", text)


@pytest.mark.parametrize("number", sorted(SLIDES, key=int))
def test_every_word_of_a_slide_is_a_record_a_field_a_heading_or_a_row_with_its_reason(
    number: str, plan: Plan
) -> None:
    slide = SLIDES[number]
    accounted: set[int] = set()
    for text in texts_for(number, plan):
        for part in sentences(text):
            if hashed_words(part):
                mark(slide, part, accounted)
    for slides, quotes in rows():
        if number in slides:
            for quote in quotes:
                mark(slide, quote, accounted)
    left = [position for position in range(len(slide)) if position not in accounted]
    assert left == [], f"slide {number}: words number {left} of {len(slide)} are not accounted for"


def test_a_row_quotes_what_stands_on_its_slides() -> None:
    wrong = [
        (sorted(slides), quote)
        for slides, quotes in rows()
        for quote in quotes
        if not any(list(places(hashed_words(quote.split(" … ")[0]), SLIDES[number])) for number in slides)
    ]
    assert wrong == []
