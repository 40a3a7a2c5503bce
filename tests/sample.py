"""A plan with one of everything to run commands on, and what they print."""

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

from tests.conftest import Run

FILES = {
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "owners/naringsliv.yaml": "title: Näringsliv\ntype: unit\n",
    "goals/levande-kommun.yaml": "title: En levande kommun\nlevel: overall\ndue: 2015-12-31\n",
    "goals/servicepunkter-2013.yaml": """\
        title: Utredning kring servicepunkter pågår
        level: sub-goal
        supports: [levande-kommun]
        due: 2013-12-31
        reached_when: {is: started, what: pågår}
        log:
          - {date: 2014-01-10, assessment: achieved, evidence: [https://example.org/beslut]}
    """,
    "activities/besoka-boden.yaml": """\
        title: Besöka Bodens kommun
        supports: [servicepunkter-2013]
        owners: [landsbygd]
        due: 2013-12-31
        area: all
        log:
          - {date: 2013-03-04, status: in_progress, by: landsbygd, outlook: on_track}
          - {date: 2013-04-02, due: 2014-03-31, reason: Värdkommunen bad om det}
          - {date: 2014-01-18, status: done, note: Studiebesöket genomfört., evidence: [https://example.org/a]}
    """,
    "activities/kartlagg.yaml": """\
        title: Kartlägg nuläget
        supports: [servicepunkter-2013]
        owners: [naringsliv]
        due: 2013-12-31
        log: [{date: 2013-09-02, status: in_progress, progress: 40}]
    """,
    "activities/workshop.yaml": "title: Åtta workshoppar\nsupports: [levande-kommun]\ndue: 2013-12-31\n",
    "activities/resa.yaml": """\
        title: Resa som utgick
        supports: [levande-kommun]
        retired: {date: 2013-06-01, reason: Behövs inte}
    """,
    "programmes/tio.yaml": "title: Tiopunktsprogrammet\npoints: 10\n",
    "boxes/mark.yaml": """\
        title: Mark är säkrad
        programme: tio
        owners: [landsbygd]
        order: 1
        log: [{date: 2013-11-05, ticked: true, evidence: [https://example.org/mark]}]
    """,
    "boxes/besok.yaml": """\
        title: 15 företagsbesök
        programme: tio
        order: 2
        target_count: 15
        log: [{date: 2013-05-01, count: 3}, {date: 2013-08-01, count: 2}]
    """,
}
"""A plan with one of everything; the runs stand on 20 January 2014."""

BROKEN = {"activities/trasig.yaml": "title: [trasig\n"}


def text(expected: str) -> str:
    """What a command prints, as a test has it: indented, below its first quotes."""
    return dedent(expected).removeprefix("\n")


def data(servplan: Run, plan: Path, *arguments: str, **environment: str) -> Any:
    """What a command that ends well gives to programs."""
    done = servplan(*arguments, "--format", "json", plan=plan, **environment)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)
