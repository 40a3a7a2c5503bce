"""What the plan is: vision, background, sources, abbreviations."""

from servplan.render.page import (
    Cell,
    Column,
    Section,
    Table,
    Text,
)
from servplan.render.report.material import Material, Part


def about(material: Material) -> Section | None:
    """Make what the plan is: vision, background, sources, abbreviations; none where it says nothing of it."""
    words, header = material.words, material.plan.header
    parts: list[Part] = []
    if header.vision:
        lead = words("Vision {year}:", year=header.vision.year)
        parts.append(Text((lead, *(f"– {item}" for item in header.vision.statements))))
    if header.background:
        parts.append(Text(tuple(header.background.split("\n\n"))))
    if header.sources:
        rows = tuple(
            (
                Cell(item.title, href=item.link or ""),
                Cell(item.occasion or words("Not stated")),
                material.day_cell(item.date),
            )
            for item in header.sources
        )
        heads = (words("Source"), words("Occasion"), words("Date"))
        parts.append(Table(words("Sources"), tuple(map(Column, heads)), rows))
    if header.terms:
        meanings = tuple((Cell(term), Cell(text)) for term, text in sorted(header.terms.items()))
        columns = (Column(words("Abbreviation")), Column(words("Meaning")))
        parts.append(Table(words("Abbreviations"), columns, meanings))
    return Section("avsnitt_om-planen", words("About the plan"), tuple(parts)) if parts else None
