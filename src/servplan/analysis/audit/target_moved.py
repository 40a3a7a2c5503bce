"""What was aimed at stays as it was set.

An indicator's aim and baseline, what it measures and which way is better, the number of visits or points that
was promised, and the conditions under which a goal counts as reached: whoever moves the goalposts changes
every result. An entry with `amends` and a `reason` says why. What a body has decided of a goal is judged by
`goal-reworded`.

BEFORE data/boxes/foretagsbesok.yaml
    title: Företagsbesök
    programme: punktprogram
    target_count: 15

PASS data/boxes/foretagsbesok.yaml
    title: Företagsbesök
    programme: punktprogram
    target_count: 12
    log:
      - {date: 2013-05-20, amends: [target_count], reason: Tolv beslutades; femton var en felskrivning}

FAIL data/boxes/foretagsbesok.yaml
    title: Företagsbesök
    programme: punktprogram
    target_count: 12
"""

from collections.abc import Sequence
from typing import Any

from servplan.analysis.audit.fields import is_back, is_decided_goal, moved_promises
from servplan.analysis.audit.goal_reworded import WORDING
from servplan.analysis.audit.step import Found, Step
from servplan.analysis.diff import Data

CODE = "target-moved"
AMENDABLE = True
WAYS = ("write",)


def find(step: Step) -> Sequence[Found]:
    """Return the aims that were changed or taken away."""
    decided = WORDING if is_decided_goal(step) else ()
    return [found for found in moved_promises(step, CODE) if found.field not in decided]


def answer(step: Step, found: Found, end: Data, earlier: Sequence[Any]) -> str | None:
    """Return whether the aim stands again."""
    del step
    return is_back(found, end, earlier)
