"""The reports of a small plan for tests: what they hold, and as pages."""

from servplan.analysis.graph import Graph
from servplan.analysis.period import parse_period
from servplan.analysis.report import Report, Span, build_report
from servplan.files.tree import MemoryTree
from servplan.load import load_plan
from servplan.public import public_plan
from servplan.render.formats import FORMATS
from servplan.render.report.page import report_page
from servplan.render.words import words_of
from servplan.state import Standing
from tests.conftest import ROOT
from tests.plans import load, texts

HEADER = """\
servplan: 1
title: Verksamhetsplan för byarna
organisation: Testkommun
period: {start: 2013-01-01, end: 2015-12-31}
vision: {year: 2025, statements: [en trivsam kommun, fler invånare]}
background: |
  Första stycket.

  Andra stycket.
levels:
  - {id: overall, title: Övergripande mål}
  - {id: target, title: Mål 2015}
  - {id: sub-goal, title: Delmål 2013}
sources: [{id: bild, title: Bilder, occasion: Boden, date: 2013-04-30, link: https://example.org/bilder}]
terms: {KS: Kommunstyrelsen, BMB: Bygg- och miljönämnden}
contact_public: naringsliv@example.org
"""
FILES = {
    "plan.yaml": HEADER,
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "goals/levande.yaml": "title: En levande kommun\nlevel: overall\ndue: 2015-12-31\n",
    "goals/effektiv.yaml": "title: Effektiv service\nlevel: overall\ndue: 2015-12-31\n",
    "goals/punkter-2015.yaml": """\
        title: Servicepunkter finns
        level: target
        supports: [levande, effektiv]
        due: 2013-02-28
        reached_when: {is: completed, what: alla är klara}
        decided: [{body: KS, date: 2013-03-12, paragraph: § 12, link: https://example.org/p12}]
        log: [{date: 2013-03-20, assessment: not_achieved, reason: Försenat, evidence: [https://example.org/b]}]
    """,
    "goals/djupt.yaml": "title: Djupt mål\nlevel: sub-goal\nsupports: [punkter-2015]\n",
    "goals/djupare.yaml": "title: Djupare mål\nlevel: sub-goal\nsupports: [djupt]\n",
    "goals/djupast.yaml": "title: Djupast mål\nlevel: sub-goal\nsupports: [djupare]\n",
    "activities/resa.yaml": """\
        title: Resa till Boden
        supports: [djupast]
        owners: [landsbygd]
        due: 2013-03-10
        decided: [{body: KS, date: 2013-03-02}]
        log:
          - date: 2013-02-10
            status: in_progress
            outlook: at_risk
            action: Ny tid bokas
            recorded: 2013-03-05
          - {date: 2013-03-15, due: 2013-03-20, reason: Värden bad om det}
    """,
    "activities/klar.yaml": """\
        title: Kartläggning
        supports: [punkter-2015]
        log: [{known_by: 2013-03-08, status: done}]
    """,
    "activities/tyst.yaml": "title: Tyst arbete\nsupports: [punkter-2015]\ndue: 2013-02-28\n",
    "activities/sen.yaml": "title: Sedan\nsupports: [effektiv]\ndue: 2013-05-15\n",
    "activities/avbruten.yaml": """\
        title: Avbruten åtgärd
        supports: [effektiv]
        log: [{date: 2013-03-21, status: cancelled, reason: Behövs inte}]
    """,
    "activities/fri.yaml": "title: Fri åtgärd\n",
    "activities/utgatt.yaml": "title: Utgången\nretired: {date: 2013-02-01, reason: r}\n",
    "programmes/tio.yaml": "title: Tiopunktsprogrammet\npoints: 10\n",
    "boxes/mark.yaml": """\
        title: Mark är säkrad
        programme: tio
        owners: [landsbygd]
        log: [{date: 2013-03-05, ticked: true, evidence: [https://example.org/mark]}]
    """,
    "boxes/besok.yaml": "title: Besök\nprogramme: tio\nlog: [{date: 2013-03-06, count: 3}]\n",
}
"""A plan in which every section of a report has something to say of March 2013."""

TEMPLATES = {
    f"templates/{path.name}": path.read_text("utf-8")
    for path in (ROOT / "templates").iterdir()
    if path.is_file()
}


def report(files: dict[str, str], period: str = "2013-03") -> Report:
    found = parse_period(period)
    graph = Graph(Standing(load(files).plan, found.end))
    return build_report(graph, Span(found.start, found.end, found))


def page(
    files: dict[str, str],
    form: str = "html",
    audience: str = "full",
    period: str = "2013-03",
    lang: str = "sv",
) -> str:
    """The report of a plan's files on the shipped templates, unless the plan has its own."""
    own = {path: text for path, text in files.items() if path.startswith("templates/")}
    data = {path: text for path, text in files.items() if path not in own}
    tree = MemoryTree(TEMPLATES | texts(data) | own)
    loaded = load_plan(tree)
    assert loaded.diagnostics == ()
    plan = public_plan(loaded.plan) if audience == "public" else loaded.plan
    found = parse_period(period)
    view = build_report(Graph(Standing(plan, found.end)), Span(found.start, found.end, found))
    return FORMATS[form].render(report_page(view, plan, words_of(plan.header, lang), audience, []), tree)


MARCH = parse_period("2013-03")


def nasty(text: str) -> dict[str, str]:
    quoted = "'" + text.replace("'", "''") + "'"
    condition = f"{{is: started, what: {quoted}}}"
    entry = f"{{date: 2013-03-03, status: done, note: {quoted}}}"
    return {
        "plan.yaml": HEADER.replace("title: Verksamhetsplan för byarna", f"title: {quoted}"),
        "goals/malet.yaml": f"title: {quoted}\nlevel: overall\nreached_when: {condition}\n",
        "activities/aa.yaml": f"title: {quoted}\nsupports: [malet]\nlog: [{entry}]\n",
        "programmes/prog.yaml": f"title: {quoted}\n",
        "boxes/box.yaml": f"title: {quoted}\nprogramme: prog\n",
    }
