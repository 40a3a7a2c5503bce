"""`accept`: why a change that the audit found stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from servplan.analysis.audit.findings import Finding
from servplan.analysis.audit.run import audit_commits
from servplan.answering import answer_edit
from servplan.cli.changing import Commit, DryRun, Reason, carry_out, needs_reason, plan_words
from servplan.cli.completion import complete_id
from servplan.cli.session import Session, session_of
from servplan.diagnostics import UsageError
from servplan.files.git_commit import find_commit
from servplan.model.owner import Owner
from servplan.render.commit_messages import sentence

if TYPE_CHECKING:
    from servplan.files.oracle import Data


def accept(
    ctx: typer.Context,
    record: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The record's id, as the audit names it.", autocompletion=complete_id
        ),
    ],
    rule: Annotated[
        str, typer.Argument(metavar="RULE", help="The audit's rule: due-moved, record-deleted …")
    ],
    reason: Reason = None,
    by: Annotated[
        str | None,
        typer.Option(
            envvar="SERVPLAN_BY", metavar="WHO", help="Who says so: an owner, a function or a body."
        ),
    ] = None,
    commit_id: Annotated[
        str | None,
        typer.Option("--in", metavar="REV", help="Only what this commit changed; else all that is open."),
    ] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Let a change that the audit found stand, and say why: a row in data/audit.yaml answers it."""
    session = session_of(ctx)
    needs_reason(reason, session.words("Letting a change stand"))
    if not by:
        raise UsageError("by-missing")
    record = session.plan.resolve(record) or record
    row: Data = {"record": record, "rule": rule, "reason": str(reason), "by": _function(session, by)}
    if commit_id is not None:
        row["commit"] = find_commit(session.root, commit_id).id[:10]
    _refuse_idle(session, row)
    told = {"rule": rule, "id": record, "reason": str(reason)}
    words = plan_words(session)
    message = sentence(words("Let {rule} of {id} stand: {reason}", **told))
    carry_out(session, lambda tree: [answer_edit(tree, row)], message, dry_run, commit)


def _function(session: Session, by: str) -> str:
    """Return who says so, in words: an owner's title for its id."""
    owner = session.plan.get(by)
    return owner.title if isinstance(owner, Owner) else by


def _refuse_idle(session: Session, row: "Data") -> None:
    """Refuse a row that would answer nothing.

    Raises:
        UsageError: `nothing-to-accept`, with what is open; `nothing-open`.
    """
    head = find_commit(session.root, "HEAD")
    open_ = audit_commits(session.root, session.tree, None, head, session.today).found.open
    if any(_is_meant(finding, row) for finding in open_):
        return
    if not open_:
        raise UsageError("nothing-open")
    raise UsageError(
        "nothing-to-accept", id=str(row["record"]), rule=str(row["rule"]), open=_listed(session, open_)
    )


def _is_meant(finding: Finding, row: "Data") -> bool:
    is_of_commit = finding.commit.id.startswith(str(row.get("commit", "")))
    return (finding.id, finding.code) == (row["record"], row["rule"]) and is_of_commit


def _listed(session: Session, findings: Sequence[Finding]) -> str:
    """Return findings as lines: record, rule and commit."""
    new = session.words("not committed")
    rows = (f"  {item.id} {item.code}  {item.commit.id[:10] or new}" for item in findings)
    return "\n".join(dict.fromkeys(rows))
