"""The ways out of what the audit finds, in words."""

from collections.abc import Iterator, Mapping

from servplan.analysis.audit.findings import Finding
from servplan.render.words import N_, Words

ANSWER = N_("If it is to stand, say why: “servplan accept {record} {rule} --reason … --by …”.")
"""The last way out: a row of `data/audit.yaml`."""

WAYS: Mapping[str, str] = {
    "write": N_("Write in {path} again: “{yaml}”."),
    "put-back": N_("Write in {path} again: “{yaml}”, in the place of “{now}”."),
    "void-then": N_(
        "If that was wrong, void it then, and write what is right as an entry of its own: "
        "“servplan void {entry} --reason …”."
    ),
    "beside": N_("What came in its place may stand beside it."),
    "take-away": N_("Take “{field}” away again in {path}."),
    "put-last": N_("Write “{yaml}” after “{after}” again in {path}."),
    "postpone": N_("Then move it in the log: “servplan log {record} --due {day} --reason …”."),
    "decide": N_("If it was decided, note that: “servplan decide {record} --body … --date …”."),
    "void": N_("If the entry was wrong, void it: “servplan void {entry} --reason …”."),
    "record": N_("Write in the entry: “recorded: {day}”."),
    "restore": N_("Restore the file: “git checkout {commit} -- {path}”."),
    "retire": N_("Then retire the record: “servplan retire {record} --reason …”."),
    "amend": N_("If it was wrong before, say why: “servplan log {record} --amends {field} --reason …”."),
    "answer": ANSWER,
}
"""By the codes of `analysis.audit.remedies`."""


def remedy_lines(finding: Finding, words: Words) -> Iterator[str]:
    """Yield what to do about a finding: a sentence for each way out."""
    for way in finding.ways:
        yield words(WAYS[way.code], **way.params)
