"""A plan whose year is over, for tests of the next one."""

from datetime import date

from servplan.analysis.graph import Graph
from servplan.analysis.status import PlanStatus, build_status
from servplan.files.journal import Edit
from servplan.files.overlay import OverlayTree
from servplan.files.tree import MemoryTree, Tree
from servplan.load import load_plan
from servplan.state import Standing
from servplan.year_shift import (
    Choices,
    Closing,
    closing,
    shift_edits,
    unfinished,
)
from tests.plans import HEADER, texts

PLAN = {
    "plan.yaml": HEADER + "language: sv\nactivities: {default_due: 2013-06-30}  # halvåret\n",
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
    "owners/kontoret.yaml": "title: Kontoret\ntype: unit\n",
    "goals/service-2015.yaml": "title: Service\nlevel: target\nowners: [enheten]\ndue: 2015-12-31\n",
    "goals/service-2013.yaml": """\
        title: Service i år
        level: sub-goal
        supports: [service-2015]
        owners: [enheten]
        due: 2013-12-31
        """,
    "activities/resa-2013.yaml": """\
        title: >-
          Resa norrut, med
          alla
        supports: [service-2013]  # målet
        owners: [enheten]
        due: 2013-09-30
        tags: [resor]
        target_count: 5
        visibility: internal
        log:
          - {date: 2013-03-01, status: in_progress, count: 2}
          - {date: 2013-04-01, owners: [kontoret], outlook: at_risk, note: Sent}
        """,
    "activities/utredning.yaml": "title: Utredning\nsupports: service-2013\nowners: [enheten]\ndue: 2013-12-31\n",
    "activities/del-klar.yaml": """\
        title: Klar del
        supports: [utredning]
        owners: [enheten]
        due: 2013-05-31
        log:
          - {date: 2013-05-01, status: done}
        """,
    "activities/del-kvar.yaml": """\
        title: Återstående del
        supports: [utredning]
        owners: [enheten]
        due: 2012-02-29
        depends_on: [resa-2013, del-klar]
        """,
    "activities/senare.yaml": "title: Senare\nsupports: service-2013\nowners: [enheten]\ndue: 2014-03-31\n",
    "activities/inget-datum.yaml": "title: Utan datum\nsupports: service-2013\nowners: [enheten]\n",
    "activities/flyttad.yaml": """\
        title: Flyttad
        supports: service-2013
        owners: [enheten]
        due: 2013-12-31
        log:
          - {date: 2013-10-01, due: 2014-06-30, reason: Sent}
        """,
    "activities/avbruten.yaml": """\
        title: Avbruten
        supports: service-2013
        owners: [enheten]
        due: 2013-12-31
        log:
          - {date: 2013-10-01, status: cancelled, reason: Nej}
        """,
}
ALL = ("del-kvar", "resa-2013", "utredning")
YEAR = closing(2013, load_plan(MemoryTree(texts(PLAN))).plan.header.period, date(2014, 1, 10))


def tree_of(**more: str) -> MemoryTree:
    return MemoryTree(texts(PLAN | {path.replace("__", "/") + ".yaml": text for path, text in more.items()}))


def over(tree: Tree, edits: list[Edit]) -> OverlayTree:
    return OverlayTree(tree, {edit.path: edit.after for edit in edits})


def shifted(tree: Tree, *carried: str, year: Closing = YEAR) -> OverlayTree:
    return over(tree, shift_edits(tree, year, Choices(carried, {}), "Fortsätter som {id}"))


def waiting(tree: Tree, year: Closing = YEAR) -> list[str]:
    return [item.record.id for item in unfinished(load_plan(tree).plan, year)]


def text(tree: Tree, path: str) -> str:
    return tree.read(f"data/{path}.yaml").decode()


def status(tree: Tree, day: date) -> PlanStatus:
    return build_status(Graph(Standing(load_plan(tree).plan, day)))
