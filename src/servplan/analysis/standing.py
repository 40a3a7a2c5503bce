"""How a record of each kind stands, in the terms of its kind."""

from collections.abc import Callable, Mapping

from servplan.state import State

GROUPS: Mapping[str, str] = {
    "activity": "status",
    "goal": "assessment",
    "box": "box",
    "place": "event",
    "question": "question",
    "document": "status",
    "contact": "status",
    "case": "status",
}
"""The group of words that a kind's standing comes from; the other kinds have no standing of their own."""


def standing_code(kind: str, state: State) -> str | None:
    """Return the code of how a record stands; None where its kind has none, or nothing is known."""
    reader = _READERS.get(GROUPS.get(kind, ""))
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
