"""How fast is fast enough, told in ratios to the peers, which travel between machines."""

from collections.abc import Sequence
from dataclasses import dataclass

from peers import HLEDGER, TODOMAN, Peer
from timing import Timing


@dataclass(frozen=True)
class Target:
    """At this size the case may take so many times what the peer takes."""

    case: str
    size: int
    peer: Peer
    bound: float

    def __str__(self) -> str:
        """Tell the target in words."""
        return f"{self.case} at {self.size} <= {self.bound} x {self.peer.case}"


TARGETS = (
    Target("servplan status", 10_000, HLEDGER, 0.6),
    Target("servplan check", 10_000, HLEDGER, 0.6),
    Target("servplan status", 1_000, HLEDGER, 2.0),
    Target("servplan check", 1_000, HLEDGER, 2.0),
    Target("servplan status", 100, TODOMAN, 1.0),
)


def ratio(timings: Sequence[Timing], case: str, size: int, peer: Peer) -> float | None:
    """Divide the case's median by the peer's, where both were timed at that size."""
    medians = {(timing.case.name, timing.size): timing.median for timing in timings}
    if (case, size) not in medians or (peer.case, size) not in medians:
        return None
    return medians[case, size] / medians[peer.case, size]


def verdict(target: Target, timings: Sequence[Timing]) -> str:
    """Tell whether the target is met, where it was measured."""
    measured = ratio(timings, target.case, target.size, target.peer)
    if measured is None:
        return "not measured"
    return "met" if measured <= target.bound else "not met"
