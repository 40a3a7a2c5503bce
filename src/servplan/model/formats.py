"""Format versions of a plan's files: older ones become this one by pure functions.

`servplan: N` in `data/plan.yaml` names the version that the whole plan is written in. A newer one than
`FORMAT` is not guessed at: it is one finding, and nothing is read. `tests/formats/` keeps a frozen plan of
every version, so that what could be read once can be read always.
"""

from collections.abc import Callable, Mapping
from typing import Any

Data = dict[str, Any]
Step = Callable[[str, Data], Data]
"""Takes a kind (`plan` for the header) and a file's data, and returns the data of the next version."""

FORMAT = 1
"""The version that this servplan reads and writes."""

STEPS: Mapping[int, Step] = {}
"""For each older version the step to the next; there is none yet, since 1 is the first."""


def version_of(data: Mapping[str, object]) -> int | None:
    """Return the version that a header's data declares; None if it says none that is a number."""
    version = data.get("servplan")
    return version if isinstance(version, int) and not isinstance(version, bool) else None


def is_known(version: int, steps: Mapping[int, Step] = STEPS) -> bool:
    """Tell whether a version can be read: this one, or an older one from which every step is known."""
    return version <= FORMAT and all(older in steps for older in range(version, FORMAT))


def upgraded(
    kind: str, data: Data, version: int, steps: Mapping[int, Step] = STEPS, to: int = FORMAT
) -> Data:
    """Return a file's data of an older version as this version has it."""
    for older in range(version, to):
        data = steps[older](kind, data)
    return data
