"""Format versions of a plan's files: older ones become this one by pure functions.

`servplan: N` in `data/plan.yaml` names the version that the whole plan is written in. A newer one than
`FORMAT` is not guessed at: it is one finding, and nothing is read.
"""

from collections.abc import Mapping

FORMAT = 1
"""The version that this servplan reads and writes."""


def version_of(data: Mapping[str, object]) -> int | None:
    """Return the version that a header's data declares; None if it says none that is a number."""
    version = data.get("servplan")
    return version if isinstance(version, int) and not isinstance(version, bool) else None
