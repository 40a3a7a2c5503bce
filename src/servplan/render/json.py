"""View data as JSON: the public machine interface."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from servplan.analysis.standing import has_status

if TYPE_CHECKING:
    from servplan.analysis.assessment import Proposal
    from servplan.analysis.audit.findings import Finding
    from servplan.analysis.diff import Change, PlanDiff
    from servplan.analysis.events import Event
    from servplan.analysis.follow_up import Duties
    from servplan.analysis.graph import Graph
    from servplan.analysis.header_story import PlanItself
    from servplan.analysis.health import Health
    from servplan.analysis.history import Event as HistoryEvent
    from servplan.analysis.indicators import IndicatorRow
    from servplan.analysis.programme import BoxRow, ProgrammeStatus
    from servplan.analysis.questions import QuestionRow
    from servplan.analysis.reporting import Reporting
    from servplan.analysis.status import PlanStatus, Tally
    from servplan.analysis.trend import Row
    from servplan.model.record import Record
    from servplan.model.walk import Reference
    from servplan.render.audit import AuditView
    from servplan.render.words import Words
    from servplan.revisions import End
    from servplan.state import Standing, State


def as_json(data: object) -> str:
    """Return data as JSON text, one line feed at its end."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(type(value).__name__)


def status_json(view: PlanStatus, unreadable: list[str]) -> dict[str, Any]:
    """Return the plan's status."""
    return {
        "as_of": view.as_of,
        "unreadable": unreadable,
        "totals": {
            **_tally(view.activities, "activities"),
            "retired": view.retired,
            "goals": {"by_level": view.goals_by_level, "by_assessment": view.goals_by_assessment},
        },
        "goals": [
            {
                "id": goal.id,
                "title": goal.title,
                "level": goal.level,
                "supports": goal.supports,
                "activities": _tally(goal.activities, "total"),
                "assessment": goal.assessment,
                "outlook": goal.outlook,
                "evidenced": goal.evidenced,
                "on_schedule": goal.on_schedule,
                "due": goal.due,
                "owners": goal.owners,
            }
            for goal in view.goals
        ],
    }


def _tally(tally: Tally, total: str) -> dict[str, Any]:
    return {
        total: tally.total,
        "by_status": tally.by_status,
        "overdue": tally.overdue,
        "due_unreported": tally.due_unreported,
        "without_owner": tally.without_owner,
    }


def programmes_json(as_of: date, programmes: Iterable[ProgrammeStatus]) -> dict[str, Any]:
    """Return programmes with their boxes."""
    return {
        "as_of": as_of,
        "programmes": [
            {
                "id": programme.id,
                "title": programme.title,
                "points_declared": programme.declared,
                "boxes_total": len(programme.boxes),
                "ticked": programme.ticked,
                "boxes": [_box(box) for box in programme.boxes],
            }
            for programme in programmes
        ],
    }


def _box(box: BoxRow) -> dict[str, Any]:
    row = box._asdict()
    progress = row.pop("progress")
    return row | {"date": row.pop("ticked_on"), "count": progress._asdict() if progress else None}


def record_json(record: Record, state: State | None) -> dict[str, Any]:
    """Return a record: its fields as in the file, and its state, if it exists at the date."""
    fields = record.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"id", "path"})
    return {"id": record.id, "kind": record.kind, **fields, "state": state and state_json(state, record.kind)}


def state_json(state: State, kind: str) -> dict[str, Any]:
    """Return a state; which entries it was computed from stands in the record's log."""
    return {
        "status": state.status if has_status(kind) else None,
        "due": state.due,
        "promised": state.promised,
        "owners": state.owners,
        "progress": state.progress,
        "outlook": state.outlook,
        "count": state.counted,
        "assessment": state.assessment,
        "ticked": state.ticked,
        "ticked_on": state.ticked_on,
        "overdue": state.overdue,
        "due_unreported": state.due_unreported,
        "postponed": state.postponed,
        "reported": state.report is not None,
    }


def events_json(as_of: date, events: Iterable[Event]) -> dict[str, Any]:
    """Return the ledger's entries as they stand in the files, with their records."""
    rows = [
        {
            "date": event.date,
            "exact": event.exact,
            "id": event.id,
            "kind": event.kind,
            "title": event.title,
            "entry": event.entry.model_dump(mode="json", by_alias=True, exclude_unset=True),
        }
        for event in events
    ]
    return {"as_of": as_of, "events": rows}


def duties_json(view: Duties) -> dict[str, Any]:
    """Return what awaits whom."""
    rows = [duty._asdict() for duty in view.duties]
    return {"as_of": view.as_of, "until": view.until, "duties": rows}


def reporting_json(view: Reporting) -> dict[str, Any]:
    """Return who has reported a period and who has not."""
    period = {"name": view.period.name, "start": view.period.own_start, "end": view.period.end}
    owners = [
        {
            "owner": group.owner,
            "awaited": len(group.awaited),
            "reported": len(group.awaited) - len(group.missing),
            "missing": [
                {"id": item.record.id, "kind": item.record.kind, "title": item.record.title, "due": item.due}
                for item in group.missing
            ],
        }
        for group in view.owners
    ]
    grace = {"grace_end": view.grace_end, "stage": view.stage}
    return {"reporting": {**period, **grace, "as_of": view.as_of, "owners": owners}}


def owed_json(view: Reporting | None) -> dict[str, Any]:
    """Return how many reports each owner owes for the last period whose grace is over."""
    if view is None:
        return {"owed": None}
    owners = [{"owner": group.owner, "missing": len(group.missing)} for group in view.owners if group.missing]
    return {"owed": {"period": view.period.name, "grace_end": view.grace_end, "owners": owners}}


def indicators_json(as_of: date, rows: Iterable[IndicatorRow]) -> dict[str, Any]:
    """Return the indicators with their latest values."""
    return {"as_of": as_of, "indicators": [_indicator(row) for row in rows]}


def _indicator(row: IndicatorRow) -> dict[str, Any]:
    values = {"baseline": row.baseline, "latest": row.latest}
    dumped = {key: value.model_dump(mode="json") if value else None for key, value in values.items()}
    return row._asdict() | dumped


def questions_json(as_of: date, rows: Iterable[QuestionRow]) -> dict[str, Any]:
    """Return the questions, each with its parts."""
    return {"as_of": as_of, "questions": [_question(row) for row in rows]}


def _question(row: QuestionRow) -> dict[str, Any]:
    return row._asdict() | {"parts": [_question(part) for part in row.parts]}


def diff_json(found: PlanDiff, ends: tuple[End, End]) -> dict[str, Any]:
    """Return the changes between two plans."""
    changes = [_change(change) for change in found.changes]
    return {**_ends(ends), "changes": changes, "unreadable": found.unreadable, "doubled": found.doubled}


def _ends(ends: tuple[End, End]) -> dict[str, Any]:
    """Return the two states that were compared; the work tree has no commit."""
    return {"from": ends[0]._asdict(), "to": ends[1]._asdict()}


def _change(change: Change) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(change, name) for name in ("change", "kind", "id", "title")}
    if change.renamed_from:
        row["renamed_from"] = change.renamed_from
    if change.moved:
        row["moved"] = {"old": change.moved[0], "new": change.moved[1]}
    row["fields"] = [field._asdict() for field in change.fields]
    rewritten = [{"old": old, "new": new} for old, new in change.log.rewritten]
    row["entries"] = {"added": change.log.added, "removed": change.log.removed, "rewritten": rewritten}
    if change.log.reordered:
        row["entries"]["reordered"] = [{"first": first, "last": last} for first, last in change.log.reordered]
    row["consequences"] = [{"code": item.code, **item.params} for item in change.consequences]
    return row


def audit_json(view: AuditView, words: Words, show_all: bool) -> dict[str, Any]:
    """Return the findings, with all that the text tells of them; those with an answer if all are wanted."""
    from servplan.render.audit import AuditWords, idle_rows  # noqa: PLC0415 (the rules, for this command only)
    from servplan.render.finding_formats import finding_row  # noqa: PLC0415

    told = AuditWords(view, words)
    shown = view.audited.found.findings if show_all else view.audited.found.open
    idle = [finding_row(view.audited.texts.placed(row), words) for row in idle_rows(view)]
    rows = [
        finding_row(view.audited.texts.placed(told.diagnostic(finding)), words) | _audit_row(finding)
        for finding in shown
    ]
    return {
        **_ends(view.ends),
        "findings": [*rows, *idle],
        "errors": len(view.audited.found.open),
        "commits": len(view.audited.commits),
        "unreadable": view.audited.unreadable,
    }


def _audit_row(finding: Finding) -> dict[str, Any]:
    commit, found, answer = finding.commit, finding.found, finding.answer
    return {
        "kind": finding.kind,
        "record": finding.id,
        **found._asdict(),
        "commit": commit.id or None,
        "date": commit.day,
        "author": commit.author or None,
        "subject": commit.subject or None,
        "answer": {"how": answer.how, "reason": answer.reason or None} if answer else None,
        "remedy": [{"do": way.code, **way.params} for way in finding.ways],
    }


def history_json(record: Record | PlanItself, as_of: date, events: Iterable[HistoryEvent]) -> dict[str, Any]:
    """Return a record's story: what happened, and what commits did to it."""
    rows = [_history_event(event) for event in events]
    return {"id": record.id, "kind": record.kind, "title": record.title, "as_of": as_of, "events": rows}


def _history_event(event: HistoryEvent) -> dict[str, Any]:
    row: dict[str, Any] = {"date": event.date, "source": event.source, "what": event.what}
    commit = event.step.commit if event.step else None
    if commit:
        row |= {"commit": commit.id, "committed": commit.day, "author": commit.author}
        row["subject"] = commit.subject
    if event.item is not None:
        row[event.what] = event.item.model_dump(mode="json", by_alias=True, exclude_unset=True)
        row["postponement"] = event.moved or None
    elif event.change:
        row |= _change(event.change)
    if event.step and event.step.unreadable:
        row["path"] = event.step.unreadable
    return row


def trend_json(rows: Iterable[Row], by: str, step: str) -> dict[str, Any]:
    """Return the figures over time: of periods, or of what the plan said at commits."""
    return {"by": by, "every": step, "rows": [_trend_row(row) for row in rows]}


def _trend_row(row: Row) -> dict[str, Any]:
    found, activities = row.figures, row.figures.activities
    commit = {"commit": row.commit.id, "date": row.commit.day} if row.commit else {}
    return {
        "name": row.name,
        **commit,
        "as_of": row.as_of,
        **_tally(activities, "activities"),
        "counted": activities.counted,
        "done": activities.done,
        "done_share": found.done_share,
        "unreported": activities.unreported,
        "postponed": found.postponed,
        "boxes": {"total": found.boxes, "ticked": found.ticked},
        "goals": {
            "total": sum(found.goals.values()),
            "assessed": found.assessed,
            "by_assessment": found.goals,
        },
        "retired": found.retired,
        "unreadable": row.unreadable,
    }


def health_json(view: Health, below: Mapping[str, float]) -> dict[str, Any]:
    """Return the plan's shares, and which fell below a bound."""
    shares = [
        {"measure": share.measure, "part": share.part, "whole": share.whole, "percent": share.percent}
        for share in view.shares
    ]
    return {"as_of": view.as_of, "fresh_since": view.fresh_since, "shares": shares, "below": below}


def tree_json(graph: Graph, roots: Iterable[Record]) -> dict[str, Any]:
    """Return records with everything under them; one that was opened before has no `children`."""
    seen: set[str] = set()

    def node(record: Record) -> dict[str, Any]:
        row: dict[str, Any] = {"id": record.id, "kind": record.kind, "title": record.title}
        if record.id not in seen:
            seen.add(record.id)
            below = (graph.standing.records[child] for child in graph.children(record.id))
            row["state"] = state_json(graph.standing.state(record.id), record.kind)
            row["children"] = [node(child) for child in below]
        return row

    return {"as_of": graph.standing.as_of, "roots": [node(root) for root in roots]}


def show_json(
    record: Record, standing: Standing, pointing: Iterable[tuple[Record, Reference]]
) -> dict[str, Any]:
    """Return one record with its path, its state and what points to it."""
    rows = [
        {"id": other.id, "kind": other.kind, "field": ".".join(map(str, reference.keys))}
        for other, reference in pointing
    ]
    return {
        "as_of": standing.as_of,
        "path": record.path,
        **record_json(record, standing.state(record.id) if record.id in standing.records else None),
        "referenced_by": rows,
    }


def explain_json(record: Record, state: State, as_of: date, proposal: Proposal | None) -> dict[str, Any]:
    """Return why a record counts as it does."""
    row: dict[str, Any] = {"as_of": as_of, "id": record.id, "kind": record.kind}
    row["state"] = state_json(state, record.kind)
    row["entries"] = [
        entry.model_dump(mode="json", by_alias=True, exclude_unset=True) for entry in state.entries
    ]
    if proposal:
        row["proposal"] = {
            "rule": proposal.rule,
            "conditions": [{"is": item.is_, "what": item.what} for item in proposal.conditions],
            "inputs": [item._asdict() for item in proposal.inputs],
            "missing": proposal.missing,
            "result": proposal.result,
        }
    return row
