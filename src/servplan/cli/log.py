"""`log`, `start`, `done`, `hold`, `cancel`, `assess`, `tick`, `untick`: what happened, as an entry."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from servplan.analysis.assessment import contradicted, has_rule
from servplan.analysis.graph import Graph
from servplan.analysis.inquiry import whole_number
from servplan.cli.changing import (
    Action,
    By,
    Commit,
    DryRun,
    Evidence,
    Ids,
    Note,
    On,
    Outlook,
    Reason,
    carry_out,
    entry_of,
    listed,
    needs_reason,
    owner_id,
    plan_words,
    record_files_of,
    tell_if_passed,
    typed_with_reason,
)
from servplan.cli.completion import complete_owner
from servplan.cli.days import last_day
from servplan.cli.session import Session, session_of
from servplan.diagnostics import UsageError
from servplan.edit import entry_day, entry_edits, settable_key
from servplan.files.journal import Edit
from servplan.files.tree import Tree
from servplan.load import RecordFile, load_plan, load_records
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.programme import Box
from servplan.model.record import Record
from servplan.render.commit_messages import entry_sentence
from servplan.render.vocabulary import code_of
from servplan.render.words import N_
from servplan.state import Standing

if TYPE_CHECKING:
    from servplan.files.oracle import Data, Value

_PERCENT = re.compile(r"([0-9]{1,3})\s*%?")

Kinds = tuple[type[Record], ...]


class _Told(NamedTuple):
    """What every one of these commands takes besides the state that it reports."""

    message: str | None
    date: str | None
    by: str | None
    evidence: list[str] | None
    outlook: str | None
    action: str | None
    reason: str | None
    dry_run: bool
    commit: bool


def _reporting(kinds: Kinds, state: "Data", what: str, takes_back: str | None = None) -> Callable[..., None]:
    """Return the command that reports a state of records; `what` is its help.

    What takes something back, and is called so, needs a reason.
    """

    def command(
        ctx: typer.Context,
        ids: Ids,
        message: Note = None,
        date: On = None,
        by: By = None,
        evidence: Evidence = None,
        outlook: Outlook = None,
        action: Action = None,
        reason: Reason = None,
        dry_run: DryRun = False,
        commit: Commit = False,
    ) -> None:
        session = session_of(ctx)
        if takes_back:
            needs_reason(reason, session.words(takes_back))
        told = _Told(message, date, by, evidence, outlook, action, reason, dry_run, commit)
        _enter(session, ids, kinds, told, state)

    command.__doc__ = what
    return command


start = _reporting((Activity,), {"status": "in_progress"}, "Report that activities are in progress.")
done = _reporting((Activity,), {"status": "done"}, "Report that activities are done.")
hold = _reporting((Activity,), {"status": "on_hold"}, "Report that activities are on hold.")
cancel = _reporting(
    (Activity,),
    {"status": "cancelled"},
    "Report that activities will not be done, and why.",
    takes_back=N_("Cancelling an activity"),
)
tick = _reporting((Box,), {"ticked": True}, "Tick boxes.")
untick = _reporting(
    (Box,), {"ticked": False}, "Take a tick back, and say why.", takes_back=N_("Taking a tick back")
)


def assess(
    ctx: typer.Context,
    ids: Ids,
    assessment: Annotated[
        str, typer.Option("--as", metavar="ASSESSMENT", help="achieved, expected …; Swedish will do.")
    ],
    message: Note = None,
    date: On = None,
    by: By = None,
    evidence: Evidence = None,
    outlook: Outlook = None,
    action: Action = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Assess goals or boxes; against the proposed assessment a reason is needed."""
    told = _Told(message, date, by, evidence, outlook, action, reason, dry_run, commit)
    _enter(session_of(ctx), ids, (Goal, Box), told, {"assessment": code_of("assessment", assessment)})


def log(
    ctx: typer.Context,
    ids: Ids,
    message: Note = None,
    date: On = None,
    by: By = None,
    evidence: Evidence = None,
    outlook: Outlook = None,
    action: Action = None,
    progress: Annotated[
        str | None, typer.Option(metavar="PERCENT", help="How far it has come: 0 to 100.")
    ] = None,
    count: Annotated[str | None, typer.Option(metavar="NUMBER", help="How many more.")] = None,
    due: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="A new due date: 2014-03-31, +2v, or 2014-03 for its last day; say why."
        ),
    ] = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OWNER",
            help='Who is responsible from then on; of several the first is accountable, "" is nobody.',
            autocompletion=complete_owner,
        ),
    ] = None,
    amends: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="A field that was corrected on purpose, by hand; say why."),
    ] = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Write an entry: what happened, an outlook, progress, a count, a new due date, new owners."""
    session = session_of(ctx)
    if due is not None:
        needs_reason(reason, session.words("Moving a due date"))
    if amends:
        needs_reason(reason, session.words("A correction"))
    fields: Data = {
        "due": None if due is None else last_day(due, session.today).isoformat(),
        "owners": None if owner is None else _owners(session, owner),
        "progress": _percent(progress) if progress is not None else None,
        "count": whole_number(count) if count is not None else None,
        "amends": listed(amends),
    }
    told = _Told(message, date, by, evidence, outlook, action, reason, dry_run, commit)
    _enter(session, ids, (), told, fields, amends or ())


def _owners(session: Session, asked: list[str]) -> "list[Value]":
    """Return the owners that are meant, by id; nobody where "" alone is told.

    Raises:
        UsageError: `option-without-value`, if "" stands beside an owner; as `record_file`.
    """
    if len(asked) > 1 and not all(text.strip() for text in asked):
        raise UsageError("option-without-value", option="--owner")
    return list(dict.fromkeys(id_ for text in asked if (id_ := owner_id(session, text.strip()))))


def _percent(text: str) -> int:
    """Read how far something has come: `35`, `35%`.

    Raises:
        UsageError: `bad-progress`, if the text is no whole number up to 100.
    """
    found = _PERCENT.fullmatch(text.strip())
    if not found or int(found[1]) > 100:
        raise UsageError("bad-progress", given=text)
    return int(found[1])


def _enter(
    session: Session,
    asked: list[str],
    kinds: Kinds,
    told: _Told,
    state: "Data",
    corrected: Sequence[str] = (),
) -> None:
    """Write the same entry into every record that is meant; all have the fields that it calls corrected."""
    fields: Data = state | {
        "outlook": None if told.outlook is None else code_of("outlook", told.outlook),
        "note": told.message,
        "evidence": listed(told.evidence),
        "reason": told.reason,
        "action": told.action,
    }
    if all(value is None for key, value in fields.items() if key != "reason"):
        raise UsageError("nothing-to-say")
    entry = entry_of(session, told.date, told.by, **fields)
    files = record_files_of(session, asked, kinds)
    for file in files:
        _refuse_unknown(session, file, entry)
        for field in corrected:
            settable_key(file.kind, field)

    def make(tree: Tree) -> list[Edit]:
        if "assessment" in entry and "reason" not in entry:
            _refuse_contradiction(session, tree, files, entry)
        return entry_edits(tree, files, entry)

    message = entry_sentence([file.id for file in files], entry, plan_words(session))
    carry_out(session, make, message, told.dry_run, told.commit)
    tell_if_passed(session, entry.get("due"), entry_day(entry))


def _refuse_unknown(session: Session, file: RecordFile, entry: "Data") -> None:
    """Refuse an entry that says what records of a kind do not report."""
    known = file.kind.entry.model_fields if "log" in file.kind.model_fields else {}
    if unknown := [key for key in entry if key not in known]:
        words = session.words
        fields = ", ".join(words.label("field", key).lower() for key in unknown)
        raise UsageError("not-reported", id=file.id, kind=file.kind.kind, fields=fields)


def _refuse_contradiction(session: Session, tree: Tree, files: list[RecordFile], entry: "Data") -> None:
    """Refuse an assessment against a goal's own condition: it needs a reason.

    The goal alone tells whether its condition has a rule; only then is the plan read that the rule looks at.
    """
    records = load_records(tree, [file.path for file in files], {}).plan.records
    ruled = [goal.id for goal in records.values() if isinstance(goal, Goal) and has_rule(goal)]
    if not ruled:
        return
    plan = load_plan(tree).plan
    graph, given = Graph(Standing(plan, entry_day(entry))), str(entry["assessment"])
    for goal in map(plan.records.__getitem__, ruled):
        if isinstance(goal, Goal) and (proposed := contradicted(graph, goal, given)):
            raise UsageError(
                "against-proposal",
                id=goal.id,
                proposed=session.words.label("assessment", proposed),
                given=session.words.label("assessment", given),
                command=typed_with_reason(),
            )
