"""A report as a page: its sections by audience."""

from collections.abc import Sequence
from datetime import date

from servplan.analysis.report import Report, Span
from servplan.model.plan import Plan
from servplan.render.locale_formats import Formats
from servplan.render.page import (
    Page,
)
from servplan.render.report.about import about
from servplan.render.report.attention import deviations, ownerless, unreported, upcoming
from servplan.render.report.goals import goals, programmes
from servplan.render.report.happened import changes, decisions
from servplan.render.report.material import Material, SectionMaker
from servplan.render.report.overview import in_figures, overview
from servplan.render.report.results import results
from servplan.render.words import Words


def report_page(report: Report, plan: Plan, words: Words, audience: str, unreadable: Sequence[str]) -> Page:
    """Return a report as a page for an audience; files that could not be read are named on it."""
    material = Material(report, plan, words, Formats(words.language))
    sections = (maker(material) for maker in SECTIONS[audience])
    warning = ""
    if unreadable:
        warning = _warning(words, audience, unreadable)
    return Page(
        language=words.language,
        title=plan.header.title,
        organisation=plan.header.organisation or "",
        subtitle=words("Progress report {span}", span=span_text(report.span, material.formats)),
        data_date=words("As of {date}", date=material.day(report.span.end)),
        warning=warning,
        contents=words("Contents"),
        sections=tuple(section for section in sections if section),
        footer=_footer(material),
    )


def said_at(page: Page, revision: str, day: date, words: Words) -> Page:
    """Return a page that says which commit its plan is read from, by the name that was asked for."""
    said = words("the plan as {rev} has it ({day})", rev=revision, day=Formats(words.language).day(day))
    return page._replace(data_date=f"{page.data_date} · {said}")


def _warning(words: Words, audience: str, unreadable: Sequence[str]) -> str:
    """Return what is missing; the public is not told the names of files that may be internal."""
    if audience == "public":
        n = len(unreadable)
        return words.number("Incomplete: {n} file has errors.", "Incomplete: {n} files have errors.", n)
    return words("Incomplete: these files could not be read: {files}.", files=", ".join(unreadable))


def span_text(span: Span, formats: Formats) -> str:
    """Return a report's days in words: `mars 2013`, `maj–augusti 2013`, `2013`, or two days."""
    if span.period is None:
        return f"{formats.day(span.start)} – {formats.day(span.end)}"
    return formats.period(span.period)


def _footer(material: Material) -> tuple[str, ...]:
    words, header = material.words, material.plan.header
    lines = [words("What nobody has reported is shown as unreported: never as zero, late or fine.")]
    if header.contact_public:
        lines.append(words("Contact: {contact}", contact=header.contact_public))
    return tuple(lines)


SECTIONS: dict[str, tuple[SectionMaker, ...]] = {
    "full": (
        overview,
        decisions,
        changes,
        goals,
        programmes,
        deviations,
        unreported,
        ownerless,
        upcoming,
        about,
    ),
    "board": (overview, decisions, deviations, goals, programmes, upcoming, unreported, about),
    "public": (
        results,
        goals,
        programmes,
        decisions,
        changes,
        deviations,
        unreported,
        in_figures,
        about,
    ),
}
"""Each audience's sections, in reading order: a board wants decisions and deviations first.

The public wants to know what was to be reached and how it went; figures come last.
"""
