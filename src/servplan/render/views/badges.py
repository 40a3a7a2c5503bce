"""A symbol, a word and a meaning for every code: never colour alone."""

from collections.abc import Mapping, Sequence
from datetime import date

from servplan.analysis.status import Tally
from servplan.model.plan import Plan
from servplan.render.blocks import Cell, Column, Span, Style
from servplan.render.words import SYMBOLS, Words

STYLES: Mapping[str, Mapping[str, Style]] = {
    "status": {
        "done": "good",
        "adopted": "good",
        "closed": "good",
        "cancelled": "dim",
        "unreported": "dim",
        "on_hold": "warn",
        "rejected": "bad",
    },
    "event": {"opened": "good", "closed": "bad"},
    "measurement": {"met": "good", "missed": "warn", "unknown": "dim"},
    "question": {"decided": "good", "open": "dim"},
    "assessment": {
        "achieved": "good",
        "partly_achieved": "warn",
        "not_achieved": "bad",
        "expected": "good",
        "expected_partly": "warn",
        "not_expected": "bad",
        "none": "dim",
    },
    "outlook": {"on_track": "good", "at_risk": "warn", "off_track": "bad"},
    "standing": {"overdue": "bad", "due_unreported": "warn"},
    "schedule": {"yes": "good", "no": "bad", "unknown": "dim"},
    "outcome": {
        "in_time": "good",
        "late": "warn",
        "partly": "warn",
        "missed": "bad",
        "passed": "bad",
        "passed_unreported": "warn",
    },
    "box": {"ticked": "good"},
}


def badge(words: Words, group: str, code: str) -> Span:
    """Return a code's symbol and word."""
    return Span(f"{symbol_of(group, code)} {words.label(group, code)}", style_of(group, code))


def badge_cell(words: Words, group: str, code: str) -> Cell:
    """Return a code's symbol and word as a table's cell."""
    return Cell(*badge(words, group, code))


def id_column(words: Words) -> Column:
    """Return the column of ids: never broken, so that they can be copied, and giving way to titles."""
    return Column(words("Id"), whole=True, yields=True)


def symbol_of(group: str, code: str) -> str:
    """Return the sign that stands beside a code's word."""
    return SYMBOLS[group].get(code, "·")


def style_of(group: str, code: str) -> Style:
    """Return the meaning that a code is shown with."""
    return STYLES[group].get(code, "")


def late_text(status: str, words: Words) -> str:
    """Return the status of what is overdue, and that it is: `Pågår · Försenad`."""
    return f"{words.label('status', status)} · {words.label('standing', 'overdue')}"


def schedule_code(on_schedule: bool | None) -> str:
    """Return the code for the axis *on schedule*."""
    return "unknown" if on_schedule is None else "yes" if on_schedule else "no"


def cancelled_text(tally: Tally, words: Words) -> str:
    """Return how many activities a share leaves out because they were cancelled; nothing without any."""
    n = tally.total - tally.counted
    return words.number("{n} cancelled is not counted", "{n} cancelled are not counted", n) if n else ""


def names(plan: Plan, ids: Sequence[str], empty: str = "–") -> str:
    """Return the titles that ids stand for; an id without a record stands for itself."""
    return ", ".join(title_of(plan, id_) for id_ in ids) or empty


def title_of(plan: Plan, id_: str) -> str:
    """Return the title of the record that an id means, or the id."""
    record = plan.get(id_)
    return record.title if record else id_


def day(value: date | None) -> str:
    """Return a day as text, or a dash."""
    return value.isoformat() if value else "–"
