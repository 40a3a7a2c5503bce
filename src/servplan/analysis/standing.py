"""How a record of each kind stands, in the terms of its kind."""

from collections.abc import Callable, Mapping

from servplan.model.kinds import BY_NAME
from servplan.state import State

_OWN = {"goal": "assessment", "box": "box", "place": "event", "question": "question"}
"""The kinds that stand otherwise than by the status that their entries report."""


def has_status(kind: str) -> bool:
    """Tell whether entries of a kind report a status."""
    return "status" in BY_NAME[kind].entry.changes


def standing_group(kind: str) -> str | None:
    """Return the group of words that a kind's standing comes from; None where it has no standing."""
    return _OWN.get(kind) or ("status" if has_status(kind) else None)


def standing_code(kind: str, state: State) -> str | None:
    """Return the code of how a record stands; None where its kind has none, or nothing is known."""
    reader = _READERS.get(standing_group(kind) or "")
    return reader(state) if reader else None


def _question_code(state: State) -> str:
    if state.values.get("decision"):
        return "decided"
    return "answered" if state.values.get("answer") else "open"


_READERS: Mapping[str, Callable[[State], str | None]] = {
    "status": lambda state: state.status,
    "assessment": lambda state: state.assessment or "none",
    "box": lambda state: "ticked" if state.ticked else "open",
    "event": lambda state: state.values.get("event"),
    "question": _question_code,
}
