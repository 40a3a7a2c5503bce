"""The words of findings: for each code what is wrong in a plan, and what to do about it."""

from collections.abc import Mapping

from servplan.render.message import Message
from servplan.render.words import N_

REMEDY = "{remedy}"
"""The remedy of what the audit finds: it has values of its own each time."""
AUDITED: Mapping[str, str] = {
    "due-moved": N_("A promised due date was changed: {what} ({who})."),
    "target-moved": N_("What was aimed at was changed: {what} ({who})."),
    "goal-reworded": N_("Decided words were changed: {what} ({who})."),
    "decision-changed": N_("A decision was changed or taken away: {what} ({who})."),
    "entry-rewritten": N_("A log entry was rewritten: {what} ({who})."),
    "entry-reordered": N_("Log entries of one day changed places: {what} ({who})."),
    "entry-removed": N_("A log entry was taken away: {what} ({who})."),
    "entry-late": N_("A log entry came after its report was due: {what} ({who})."),
    "recorded-untrue": N_("“recorded” is before the entry's date or after its commit: {what} ({who})."),
    "record-deleted": N_("A record was deleted: {what} ({who})."),
    "retirement-changed": N_("A retirement was changed or taken back: {what} ({who})."),
    "validity-moved": N_("The day from which a record exists was changed: {what} ({who})."),
    "period-moved": N_("The plan's period was moved: {what} ({who})."),
    "value-rewritten": N_("A published value was changed or taken away: {what} ({who})."),
}
"""What the audit finds; what to do about it is told by `remedies`."""

FINDINGS: Mapping[str, Message] = {
    "yaml-syntax": Message(
        N_("The file is not valid YAML: {problem}."),
        N_("Look at this line and the one before: a missing quote, bracket or space after a colon."),
    ),
    "not-utf8": Message(
        N_("The file is not written in UTF-8 but probably in {encoding}."),
        N_("Save it as UTF-8 in your editor."),
    ),
    "control-character": Message(
        N_("The file holds the invisible character {character}."),
        N_("Delete it; a byte order mark goes away when the file is saved as UTF-8 without BOM."),
    ),
    "too-large": Message(
        N_("The file has {size} bytes; more than {limit} are not read."),
        N_("Divide it: a file holds one record. Put documents elsewhere and link to them."),
    ),
    "too-deep": Message(
        N_("The file nests more than {limit} levels deep."),
        N_("A record needs four levels at most; look for brackets that are not closed."),
    ),
    "yaml-feature": Message(
        N_("The file uses what plans do without: {feature}."),
        N_("Write plainly, one record a file, so that a reader sees in one place what is meant."),
    ),
    "duplicate-key": Message(
        N_("The key “{key}” stands twice in the same record."),
        N_("Keep one of them; for a list write all items under one key."),
    ),
    "key-not-text": Message(
        N_("A key is not a text."),
        N_("Put it in quotes, or look for a list that should not be a key."),
    ),
    "not-a-mapping": Message(
        N_("The file holds no “key: value” lines."),
        N_("Begin with a line such as “title: …”."),
    ),
    "empty-file": Message(N_("The file is empty."), N_("Write a record in it, or delete the file.")),
    "cannot-read": Message(
        N_("The file cannot be read: {reason}."), N_("Check that it exists, and who may read it.")
    ),
    "not-a-file": Message(N_("This is not an ordinary file."), N_("Move it out of the plan's data folder.")),
    "link-outside": Message(
        N_("This is a symbolic link that leads out of the plan."),
        N_("Put the file itself here: what is not in the plan is not in its history."),
    ),
    "wrong-extension": Message(
        N_("The file's name does not end in .yaml, so it is not read."),
        N_("Rename it so that it ends in .yaml, in lower case."),
    ),
    "unknown-folder": Message(
        N_("The file lies in no kind's folder, so it is not read."),
        N_("Move it to one of these folders under data/: {folders}."),
    ),
    "newer-format": Message(
        N_("The plan is written in format {found}; this servplan reads format {known}."),
        N_("Install a newer servplan."),
    ),
    "unknown-format": Message(N_("There is no format {found} of plans."), N_("Write “servplan: {known}”.")),
    "bad-id": Message(
        N_("“{id}” cannot be an id ({fault})."),
        N_("Name the file with a–z, 0–9 and single hyphens, 2–50 signs, a letter first."),
    ),
    "taken-id": Message(
        N_("The id “{id}” is taken by {other}."),
        N_(
            "An id is unique in the whole plan: give one of the files another name with git mv, "
            "and its references the new id."
        ),
    ),
    "unknown-key": Message(
        N_("There is no key “{key}” here."),
        N_("The keys here are: {known}."),
        N_("Did you mean “{closest}”?"),
    ),
    "missing-key": Message(N_("The key “{key}” is missing."), N_("Add a line “{key}: …”.")),
    "wrong-type": Message(
        N_("Here stands {written}, which is not {expected}."),
        N_("Write it as {expected}."),
    ),
    "bad-value": Message(
        N_("“{value}” is not a value that this key can have."),
        N_("Choose one of: {allowed}."),
        N_("Did you mean “{closest}”? The values are: {allowed}."),
    ),
    "out-of-range": Message(N_("{value} is out of range."), N_("Write a number that is {bound}.")),
    "no-such-day": Message(
        N_("There is no day {written} in the calendar."), N_("Write a day as YYYY-MM-DD.")
    ),
    "blank-text": Message(N_("The text is empty."), N_("Write something, or delete the key.")),
    "plan-header": Message(
        N_("The plan's header names what does not exist: {given} ({problem})."),
        N_("Correct the name; docs/records.md and docs/checks.md list what there is."),
    ),
    "unknown-reference": Message(
        N_("There is no record “{id}”."),
        N_("Create it, or name another; “servplan list” shows the ids."),
        N_("Did you mean “{closest}”?"),
    ),
    "wrong-kind": Message(
        N_("“{id}” is of the kind {kind}; here belongs: {wanted}."),
        N_("Name a record of that kind."),
    ),
    "former-id": Message(N_("“{id}” is now called “{now}”."), N_("Write “{now}”.")),
    "taken-former-id": Message(
        N_("The former id “{id}” belongs to {other}."), N_("Remove it from one of the records.")
    ),
    "reference-cycle": Message(
        N_("The record leads back to itself by {field}: {way}."),
        N_("Remove one of these references."),
    ),
    "retired-in-use": Message(
        N_("“{id}” is retired since {date}."),
        N_("Name another record, or retire this one too."),
        N_("In its place stands: {instead}."),
    ),
    "unknown-level": Message(
        N_("The plan has no level “{level}”."),
        N_("The levels in data/plan.yaml are: {known}."),
        N_("Did you mean “{closest}”? The levels are: {known}."),
    ),
    "no-owner": Message(
        N_("Nobody is responsible for this activity."),
        N_("servplan {command} OWNER"),
    ),
    "no-activity": Message(
        N_("No activity and no goal supports this goal."),
        N_("Add an activity that supports it, or retire the goal."),
    ),
    "programme-points": Message(
        N_("Points declared: {declared}; boxes found: {found}."),
        N_("Correct the number, or add or retire boxes."),
    ),
    "no-date": Message(
        N_("The entry does not say when: it needs “date” or “known_by”, and not both."),
        N_("Add “date: YYYY-MM-DD”, or “known_by” where only a latest day is known."),
    ),
    "same-day": Message(
        N_("Two entries of {date} set “{field}” differently; the last one wins."),
        N_("Correct a date, or void the entry that was wrong (servplan void)."),
    ),
    "no-reason": Message(
        N_("The entry takes something back (“{field}”) and does not say why."),
        N_("Add “reason: …”."),
    ),
    "due-outside-period": Message(
        N_("The due date {due} is outside the plan's period {start}–{end}."),
        N_(
            "Correct the year (an entry is voided and written anew: servplan void),"
            " or the period in data/plan.yaml."
        ),
    ),
    "bad-link": Message(
        N_("The link “{link}” leads nowhere ({fault})."),
        N_("Write an address that begins with https://, or a path that exists in the plan."),
    ),
    "audit-row": Message(
        N_("The row speaks of what does not exist: {given} ({problem})."),
        N_("Write a record's id, and a rule as docs/audit.md lists them."),
        N_("Did you mean “{closest}”?"),
    ),
    **{code: Message(text, REMEDY) for code, text in AUDITED.items()},
    "answer-idle": Message(
        N_("The row answers nothing any more."), N_("Remove it, or correct what it names.")
    ),
    "overdue": Message(
        N_("Overdue since {due}."), N_("Report how it stands, or move the due date with a reason.")
    ),
    "due-unreported": Message(N_("Due {due}, and nobody has reported."), N_("Report how it stands.")),
}
