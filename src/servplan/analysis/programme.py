"""Programmes: their boxes, ticked or open, against the number of points declared."""

from datetime import date
from typing import NamedTuple

from servplan.analysis.graph import sibling_key
from servplan.model.programme import Box, Programme
from servplan.state import Standing


class Progress(NamedTuple):
    """How many are done of how many."""

    done: int
    target: int


class BoxRow(NamedTuple):
    """One point: ticked or open, with what it rests on."""

    id: str
    title: str
    ticked: bool
    ticked_on: date | None
    owners: tuple[str, ...]
    evidence: tuple[str, ...]
    progress: Progress | None
    assessment: str | None
    outlook: str | None
    due: date | None
    overdue: bool | None


class ProgrammeStatus(NamedTuple):
    """A programme's boxes; `declared` is the number of points that it says it has."""

    id: str
    title: str
    declared: int | None
    boxes: tuple[BoxRow, ...]

    @property
    def ticked(self) -> int:
        """How many boxes are ticked."""
        return sum(1 for box in self.boxes if box.ticked)


def build_programmes(standing: Standing) -> tuple[ProgrammeStatus, ...]:
    """Return every programme that exists at the date, each with its boxes in order."""
    records = standing.records.values()
    boxes = sorted((item for item in records if isinstance(item, Box)), key=sibling_key)
    return tuple(
        ProgrammeStatus(
            programme.id,
            programme.title,
            programme.points,
            tuple(
                _row(standing, box) for box in boxes if standing.plan.resolve(box.programme) == programme.id
            ),
        )
        for programme in sorted((item for item in records if isinstance(item, Programme)), key=sibling_key)
    )


def _row(standing: Standing, box: Box) -> BoxRow:
    state = standing.state(box.id)
    count = Progress(state.counted, box.target_count) if box.target_count is not None else None
    return BoxRow(
        box.id,
        box.title,
        state.ticked,
        state.ticked_on,
        state.owners,
        state.evidence,
        count,
        state.assessment,
        state.outlook,
        state.due,
        state.overdue,
    )
