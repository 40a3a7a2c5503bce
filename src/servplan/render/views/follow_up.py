"""`due`, `events` and `health`: what awaits whom, what happened, how well the plan is kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from servplan.analysis.events import Event
from servplan.analysis.follow_up import Duties, Duty
from servplan.analysis.health import Health, Share
from servplan.analysis.reporting import OwnerReports, Reporting
from servplan.model.kinds import BY_NAME
from servplan.model.plan import Plan
from servplan.render.blocks import Block, Cell, Column, Heading, Para, Span, Table, bar, para
from servplan.render.views.badges import badge_cell, day, id_column, title_of
from servplan.render.views.records import what_happened
from servplan.render.words import N_, Words


def duties_blocks(
    view: Duties, owed: Reporting | None, owner: str | None, plan: Plan, words: Words
) -> list[Block]:
    """Return what is due, owner by owner, then who owes reports; what nobody answers for comes first."""
    aside = words("{as_of}, due until {until}", as_of=words.as_of(view.as_of), until=view.until)
    blocks: list[Block] = [Heading(words("What is due"), aside)]
    missing = owed_blocks(owed, owner, plan, words) if owed and owed.missing else []
    if not view.duties:
        nothing = (
            (words("No due date is near or has passed."), "")
            if missing
            else (words("Nothing is due."), "good")
        )
        return [*blocks, para(nothing), *missing]
    blocks.append(para((_kinds_text(view.duties, words), "dim")))
    for whose, group in groupby(view.duties, key=lambda duty: duty.owner):
        duties, name = list(group), _owner_name(whose, plan, words)
        title = words.number("{owner}: {n} record", "{owner}: {n} records", len(duties), owner=name)
        blocks.append(_owner_table(title, duties, words))
    return [*blocks, *missing]


def owed_blocks(view: Reporting, owner: str | None, plan: Plan, words: Words) -> list[Block]:
    """Return how many reports each owner owes for a period, or one of them, and what names them."""
    told = {"period": view.period.name, "grace": view.grace_end}
    title = words("Reports missing for {period}, whose grace ended {grace}", **told)
    rows = tuple(
        (Cell(_owner_name(group.owner, plan, words)), Cell(str(len(group.missing)), "warn"))
        for group in view.owners
        if group.missing
    )
    options = (f"--owner {owner} " if owner else "") + f"--period {view.period.name}"
    which = words("servplan due {options} names them.", options=options)
    return [Table((Column(""), Column("", right=True)), rows, title), para((which, "dim"))]


def _kinds_text(duties: Sequence[Duty], words: Words) -> str:
    """Return how many records are due, and how many of each kind: not only activities, as in `status`."""
    kinds = Counter(duty.kind for duty in duties)
    told = (f"{words.label('kinds', kind)}: {kinds[kind]}" for kind in BY_NAME if kinds[kind])
    return " · ".join((words.number("{n} record", "{n} records", len(duties)), *told))


def _owner_table(title: str, duties: Sequence[Duty], words: Words) -> Table:
    columns = (
        Column(words.label("field", "due")),
        Column(words.label("field", "status")),
        id_column(words),
        Column(words("Title"), wraps=True),
    )
    rows = tuple(
        (
            Cell(_due_text(duty, words)),
            badge_cell(words, "standing", duty.standing),
            Cell(duty.id, "dim"),
            Cell(duty.title),
        )
        for duty in duties
    )
    return Table(columns, rows, title)


def _due_text(duty: Duty, words: Words) -> str:
    if not duty.postponed:
        return day(duty.due)
    return f"{day(duty.due)}\n" + words.number("moved once", "moved {n} times", duty.postponed)


_STAGES: Mapping[str, str] = {
    "running": N_("The period runs until {end}, its grace until {grace}: reports may still come."),
    "grace": N_("The grace ends {grace}: reports may still come."),
    "over": N_("The grace ended {grace}."),
}


def reporting_blocks(view: Reporting, plan: Plan, words: Words) -> list[Block]:
    """Return who has reported a period: every owner in a row, then what each one has not reported."""
    stage = words(_STAGES[view.stage], end=view.period.end, grace=view.grace_end)
    blocks: list[Block] = [
        Heading(words("Reports for {period}", period=view.period.name), words.as_of(view.as_of)),
        Para((Span(stage, "dim" if view.stage == "over" else "warn"),)),
    ]
    if not view.owners:
        return [*blocks, Para((Span(words("No reports are awaited."), "dim"),))]
    columns = (Column(words("Owner")), Column(words("Reported"), right=True), Column(""), Column(""))
    blocks.append(Table(columns, tuple(_reports_row(group, plan, words) for group in view.owners)))
    blocks += [_missing_table(group, plan, words) for group in view.owners if group.missing]
    return blocks


def _reports_row(group: OwnerReports, plan: Plan, words: Words) -> tuple[Cell, ...]:
    total, missing = len(group.awaited), len(group.missing)
    said = words("{n} missing", n=missing) if missing else words("● all reported")
    return (
        Cell(_owner_name(group.owner, plan, words)),
        Cell(words("{done} of {total}", done=total - missing, total=total)),
        Cell(bar(total - missing, total)),
        Cell(said, "warn" if missing else "good"),
    )


def _missing_table(group: OwnerReports, plan: Plan, words: Words) -> Table:
    columns = (
        Column(words.label("field", "due")),
        id_column(words),
        Column(words("Title"), wraps=True),
    )
    rows = tuple(
        (Cell(day(item.due)), Cell(item.record.id, "dim"), Cell(item.record.title)) for item in group.missing
    )
    name = _owner_name(group.owner, plan, words)
    return Table(columns, rows, words("Not reported: {owner} ({n})", owner=name, n=len(group.missing)))


def _owner_name(owner: str | None, plan: Plan, words: Words) -> str:
    return title_of(plan, owner) if owner else words("Without an owner")


def events_blocks(
    events: Sequence[Event], span: tuple[date | None, date], plan: Plan, words: Words
) -> list[Block]:
    """Return the ledger as a dated list."""
    since, until = span
    aside = f"{day(since)} – {until}" if since else words("until {date}", date=until)
    heading = Heading(words("What happened"), aside)
    if not events:
        return [heading, Para((Span(words("Nothing was recorded."), "dim"),))]
    columns = (Column(words("Date")), Column(words("Title"), wraps=True), Column("", wraps=True))
    rows = tuple(
        (
            Cell(str(event.date) if event.exact else words("by {date}", date=event.date)),
            Cell(event.title),
            Cell(what_happened(event.entry, plan, words)),
        )
        for event in events
    )
    return [heading, Table(columns, rows)]


def health_blocks(view: Health, below: Mapping[str, float], words: Words) -> list[Block]:
    """Return the shares, with the bounds they fell below."""
    columns = (Column(""), Column("", right=True), Column("", right=True), Column(""), Column(""))
    rows = tuple(_share_row(share, below, words) for share in view.shares)
    note = words("A report is fresh if it is dated {date} or later.", date=view.fresh_since)
    return [
        Heading(words("How well the plan is kept"), words.as_of(view.as_of)),
        Table(columns, rows),
        Para((Span(note, "dim"),)),
    ]


def _share_row(share: Share, below: Mapping[str, float], words: Words) -> tuple[Cell, ...]:
    bound = below.get(share.measure)
    percent = "–" if share.percent is None else f"{share.percent:.0f} %"
    return (
        Cell(words.label("measure", share.measure)),
        Cell(words("{done} of {total}", done=share.part, total=share.whole)),
        Cell(percent),
        Cell(bar(share.part, share.whole)),
        Cell(words("below {bound} %", bound=words.figure(bound)) if bound is not None else "", "bad"),
    )
