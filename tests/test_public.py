from datetime import date

from servplan.analysis.graph import Graph
from servplan.analysis.programme import build_programmes
from servplan.analysis.status import build_status
from servplan.model.plan import Plan
from servplan.public import public_plan
from servplan.state import Standing
from tests.plans import load

SECRET = "HEMLIG"
HEADER = """\
servplan: 1
title: Testplan
period: {start: 2013-01-01, end: 2015-12-31}
levels: [{id: overall, title: Mål}, {id: sub-goal, title: Delmål}]
visibility: {area: internal}
internal_note: HEMLIG i huvudet
"""
FILES = {
    "plan.yaml": HEADER,
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\ncontact: HEMLIG anknytning\n",
    "owners/dold.yaml": "title: HEMLIG enhet\ntype: unit\nvisibility: internal\nformerly: [dold-forr]\n",
    "goals/service.yaml": "title: Service\nlevel: overall\ninternal_note: HEMLIG\n",
    "goals/dolt-mal.yaml": "title: HEMLIGT mål\nlevel: overall\nvisibility: internal\n",
    "areas/frovi.yaml": "title: HEMLIG bygd\n",
    "areas/stora.yaml": "title: Storå\nvisibility: public\n",
    "activities/resa.yaml": """\
        title: Resa
        supports: [service, dolt-mal]
        owners: [dold-forr, landsbygd]
        area: [frovi, stora]
        log:
          - {date: 2013-03-01, by: landsbygd, status: in_progress, internal_note: HEMLIG}
          - {date: 2013-04-01, status: done, note: HEMLIG, visibility: internal}
    """,
    "activities/dold-resa.yaml": """\
        title: HEMLIG resa
        supports: [service]
        visibility: internal
        log: [{date: 2013-03-01, status: done}]
    """,
}


def shown(files: dict[str, str]) -> Plan:
    loaded = load(files)
    assert loaded.diagnostics == ()
    return public_plan(loaded.plan)


def test_internal_records_are_dropped() -> None:
    assert {"dold", "dolt-mal", "dold-resa"}.isdisjoint(shown(FILES).records)


def test_a_kind_is_internal_by_default_unless_its_record_says_public() -> None:
    records = shown(FILES).records
    assert "frovi" not in records
    assert "stora" in records


def test_internal_entries_are_dropped_before_the_replay() -> None:
    plan = shown(FILES)
    assert Standing(plan, date(2013, 12, 1)).state("resa").status == "in_progress"


def test_who_reported_is_dropped() -> None:
    assert [entry.by for entry in shown(FILES).records["resa"].log] == [None]


def test_references_to_what_is_internal_are_dropped_old_ids_too() -> None:
    resa = shown(FILES).records["resa"]
    assert resa.supports == ("service",)
    assert resa.owners == ("landsbygd",)
    assert resa.area == ("stora",)


def test_references_inside_entries_and_retirements_are_dropped() -> None:
    files = {
        "owners/dold.yaml": "title: Dold\ntype: unit\nvisibility: internal\n",
        "activities/resa.yaml": """\
            title: Resa
            log: [{date: 2013-03-01, owners: [dold, synlig]}]
            retired: {date: 2013-06-01, reason: Ersatt, superseded_by: [dold]}
        """,
        "owners/synlig.yaml": "title: Synlig\ntype: unit\npart_of: dold\nsuccessor: dold\n",
    }
    records = shown(files).records
    assert records["resa"].log[0].owners == ("synlig",)
    assert records["resa"].retired.superseded_by == ()
    assert (records["synlig"].part_of, records["synlig"].successor) == (None, None)


def test_nothing_internal_is_left_anywhere() -> None:
    plan = shown(FILES)
    dumped = [plan.header.model_dump_json(), *(item.model_dump_json() for item in plan.records.values())]
    assert [text for text in dumped if SECRET in text] == []


def test_public_sums_are_sums_of_what_is_public() -> None:
    full = build_status(Graph(Standing(load(FILES).plan, date(2013, 12, 1))))
    public = build_status(Graph(Standing(shown(FILES), date(2013, 12, 1))))
    assert (full.activities.total, full.activities.by_status) == (2, {"done": 2})
    assert (public.activities.total, public.activities.by_status) == (1, {"in_progress": 1})
    assert [goal.id for goal in public.goals] == ["service"]


def test_what_is_public_stays_as_it_is() -> None:
    files = {
        "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\ncontact_public: info@example.org\n",
        "activities/resa.yaml": """\
            title: Resa
            owners: [landsbygd]
            area: all
            note: Öppet
            log: [{date: 2013-03-01, status: done, note: Klart, reason: Därför, evidence: [https://example.org]}]
        """,
    }
    loaded = load(files)
    assert public_plan(loaded.plan).records == loaded.plan.records


def test_the_public_plan_of_a_public_plan_is_the_same() -> None:
    once = shown(FILES)
    twice = public_plan(once)
    assert (twice.header, twice.records) == (once.header, once.records)


def test_a_box_whose_programme_is_internal_is_in_no_programme() -> None:
    files = {
        "programmes/tio.yaml": "title: Tio\nvisibility: internal\n",
        "programmes/fem.yaml": "title: Fem\n",
        "boxes/mark.yaml": "title: Mark\nprogramme: tio\n",
    }
    (programme,) = build_programmes(Standing(shown(files), date(2013, 6, 1)))
    assert (programme.id, programme.boxes) == ("fem", ())


def test_the_plan_itself_is_not_changed() -> None:
    plan = load(FILES).plan
    before = {key: item.model_dump_json() for key, item in plan.records.items()}
    public_plan(plan)
    assert {key: item.model_dump_json() for key, item in plan.records.items()} == before
