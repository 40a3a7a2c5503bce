"""What to do about a finding: the ways out of it, with what is known of each."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from servplan.analysis.audit.step import Rule
from servplan.analysis.audit.suspicions import Suspicion
from servplan.analysis.ledger import day_of
from servplan.files.candidates import flow

Params = Mapping[str, str]

ABBREVIATED = 7
"""How many digits of a commit's id name it."""


class Way(NamedTuple):
    """One step out of a finding: a code, which `render` has the words for, and what they name."""

    code: str
    params: Params


def way_codes(rule: Rule) -> tuple[str, ...]:
    """Return the codes of all ways out of a rule's findings: its own first, then those of other rules too."""
    return (*rule.WAYS, *(("amend",) if rule.AMENDABLE else ()), "answer")


def ways_of(item: Suspicion, path: str) -> tuple[Way, ...]:
    """Return the ways out of a finding, the best first; `path` is where the record lies at last."""
    told = ((code, WAYS[code](item)) for code in way_codes(item.rule))
    known = {"record": item.id, "path": path}
    return tuple(Way(code, {**known, **params}) for code, params in told if params is not None)


def _write(item: Suspicion) -> Params | None:
    """Name what is to stand in the record again."""
    field, old, _new = item.found
    if old is None:
        return None
    is_item = isinstance(item.step.before.get(field), list) and not isinstance(old, list)
    return {"field": field, "yaml": f"- {flow(old)}" if is_item else f"{field}: {flow(old)}"}


def _beside(item: Suspicion) -> Params | None:
    return {} if item.found.new else None


def _take_away(item: Suspicion) -> Params | None:
    return {"field": item.found.field} if item.found.old is None else None


def _put_back(item: Suspicion) -> Params:
    """Name an entry as it was and as it is."""
    _field, old, new = item.found
    return {"yaml": f"- {flow(old)}", "now": f"- {flow(new)}"}


def _put_last(item: Suspicion) -> Params:
    """Name the entry that counted, and after which one it is to stand again."""
    _field, old, new = item.found
    return {"yaml": f"- {flow(old)}", "after": f"- {flow(new)}"}


def _postpone(item: Suspicion) -> Params | None:
    return {"day": item.found.new} if item.found.new else None


def _void(item: Suspicion) -> Params:
    entry = item.found.old or item.found.new
    return {"entry": f"{item.id} {day_of(entry)}".rstrip()}


def _record(item: Suspicion) -> Params | None:
    """Name the day on which an entry was written: what it said before, or that of its commit."""
    step, (_field, old, new) = item.step, item.found
    said = str((old or {}).get("recorded", ""))
    day = said if said and said <= step.latest else str(step.commit.day)
    return {"day": day} if day >= new.get("date", day) else None


def _restore(item: Suspicion) -> Params | None:
    """Name a commit that has the file, and where; None where a record of another kind took its place."""
    subject = item.subject
    return {"commit": subject.commit[:ABBREVIATED], "path": subject.path} if item.step.after is None else None


def _retire(item: Suspicion) -> Params | None:
    return {} if item.step.after is None else None


def _answer(item: Suspicion) -> Params:
    """Name what a row of `data/audit.yaml` needs besides its reason and who says so."""
    return {"rule": item.rule.CODE, "commit": item.step.commit.id[:ABBREVIATED]}


def _amend(item: Suspicion) -> Params:
    return {"field": item.found.field}


def _decide(_item: Suspicion) -> Params:
    return {}


WAYS: Mapping[str, Callable[[Suspicion], Params | None]] = {
    "write": _write,
    "beside": _beside,
    "take-away": _take_away,
    "put-last": _put_last,
    "postpone": _postpone,
    "decide": _decide,
    "void": _void,
    "put-back": _put_back,
    "void-then": _void,
    "record": _record,
    "restore": _restore,
    "retire": _retire,
    "amend": _amend,
    "answer": _answer,
}
"""What is known of each way; None where it is none of this finding."""
