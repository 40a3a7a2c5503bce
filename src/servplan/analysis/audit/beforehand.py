"""The audit's rules, asked before a change is written: whether it would be a finding without a reason."""

from datetime import date

from servplan.analysis.audit.registry import RECORD_RULES
from servplan.analysis.audit.step import Step
from servplan.analysis.diff import record_data
from servplan.analysis.ledger import NO_ENTRIES
from servplan.diagnostics import NOTHING
from servplan.files.git_log import LoggedCommit
from servplan.model.header import Header
from servplan.model.record import Record

NOT_COMMITTED = LoggedCommit("", (), date.min, "", "", ())


def needs_amending(before: Record, after: Record, header: Header) -> bool:
    """Tell whether a change of a record is one that the audit finds unless an entry `amends` it."""
    old, new = record_data(before, NOTHING), record_data(after, NOTHING)
    start = str(header.period.start)
    step = Step(
        model=type(before),
        entry=before.entry,
        before=old,
        after=new,
        log=NO_ENTRIES,
        commit=NOT_COMMITTED,
        rhythm_on=lambda _day: header.rhythm,
        starts=(start, start),
        gone=(),
    )
    return any(rule.find(step) for rule in RECORD_RULES if rule.AMENDABLE)
