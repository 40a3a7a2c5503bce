"""A plan as an hledger journal: one transaction per record and one per log entry.

The accounts are named after goals and states, so `hledger balance` sums what `status` sums.
"""

from datetime import date
from itertools import accumulate
from pathlib import Path

from records import Entry, Plan, Record

_OPENING_DAY = date(2013, 1, 1)
_Transaction = tuple[date, str]


def write_journal(plan: Plan, file: Path) -> None:
    """Write the whole plan as one journal, in the order of its days."""
    transactions = [each for record in plan.records for each in _transactions(plan, record)]
    texts = [text for _, text in sorted(transactions, key=lambda each: each[0])]
    file.write_text("\n".join(texts), encoding="utf-8", newline="\n")


def _transactions(plan: Plan, record: Record) -> list[_Transaction]:
    """Open the record, then take it from state to state as its entries say."""
    account = _account(plan, record)
    states = accumulate(record.replayed, lambda state, entry: entry.state or state, initial="unreported")
    opening = _transaction(
        _OPENING_DAY,
        f"{record.title}  ; id:{record.id}",
        f"{account}:unreported",
        _counter_account(record),
    )
    entries = [
        _entry_transaction(entry, account, state)
        for entry, state in zip(record.replayed, states, strict=False)
    ]
    return [opening, *entries]


def _entry_transaction(entry: Entry, account: str, state: str) -> _Transaction:
    words = f"{entry.note or entry.reason or 'rapport'}  ; by:{entry.by}"
    if entry.state and entry.state != state:
        return _transaction(entry.date, words, f"{account}:{entry.state}", f"{account}:{state}")
    what = "postponed" if entry.due else "reported"
    return _transaction(entry.date, words, f"entries:{what}", "entries")


def _transaction(day: date, words: str, gaining: str, losing: str) -> _Transaction:
    return day, f"{day.isoformat()} {words}\n    {gaining}  1\n    {losing}  -1\n"


def _account(plan: Plan, record: Record) -> str:
    """Name where the record counts: under its goals, its programme, or its kind."""
    if record.kind == "goal":
        return ":".join(("goals", *plan.goal_path(record), record.id))
    if record.kind == "box":
        return f"programmes:{record.details['programme']}"
    return ":".join((record.kind, *plan.goal_path(record)))


def _counter_account(record: Record) -> str:
    """Name who answers for the record; only an activity can lack an owner."""
    if record.owners:
        return f"owners:{record.owners[0]}"
    return "owners:none" if record.kind == "activity" else "records"
