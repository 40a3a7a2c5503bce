"""The words of findings and errors: for each code what is wrong, and what to do about it.

A hint may depend on a parameter: `HINTS` maps a code to a text, or to texts by that parameter's value.
"""

from collections.abc import Mapping
from typing import NamedTuple

from servplan.diagnostics import Diagnostic, ServplanError
from servplan.render.words import N_, Words


class Message(NamedTuple):
    """What is wrong, what to do about it, and what to do where a similar name is known."""

    text: str
    hint: str = ""
    closest: str = ""


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
        N_("Rename one of the files: an id is unique in the whole plan."),
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
        N_("Nobody is responsible for this activity."), N_("Add “owners: […]” with an owner's id.")
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
        N_("Correct a date, or void the entry that was wrong."),
    ),
    "no-reason": Message(
        N_("The entry takes something back (“{field}”) and does not say why."),
        N_("Add “reason: …”."),
    ),
    "due-outside-period": Message(
        N_("The due date {due} is outside the plan's period {start}–{end}."),
        N_("Correct the year, or the period in data/plan.yaml."),
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
    "due-moved": Message(
        N_("A promised due date was changed: {what} ({who})."),
        N_(
            "Set it back and move it in the log (servplan log ID --due DATE --reason WHY); if it was wrong "
            "from the start, write an entry with “amends: [due]” and a “reason”."
        ),
    ),
    "target-moved": Message(
        N_("What was aimed at was changed: {what} ({who})."),
        N_("Set it back, or write an entry with “amends” (the changed key) and a “reason”."),
    ),
    "goal-reworded": Message(
        N_("Decided words were changed: {what} ({who})."),
        N_(
            "Note the new decision with its date under “decided”, or write an entry with “amends” (the "
            "changed key) and a “reason”."
        ),
    ),
    "decision-changed": Message(
        N_("A decision was changed or taken away: {what} ({who})."),
        N_(
            "Restore it and add the new one beside it, or write an entry with “amends: [decided]” and a "
            "“reason”."
        ),
    ),
    "entry-rewritten": Message(
        N_("A log entry was rewritten: {what} ({who})."),
        N_("Restore the entry; if it was wrong, add “voided” with date and reason, and write a new one."),
    ),
    "entry-removed": Message(
        N_("A log entry was taken away: {what} ({who})."),
        N_("Restore the entry; if it was wrong, add “voided” with date and reason."),
    ),
    "entry-late": Message(
        N_("A log entry came after its report was due: {what} ({who})."),
        N_("Add “recorded: DAY”, the day on which the entry was written."),
    ),
    "recorded-untrue": Message(
        N_("“recorded” is before the entry's date or after its commit: {what} ({who})."),
        N_("Set “recorded” to the day on which the entry was written."),
    ),
    "record-deleted": Message(
        N_("A record was deleted: {what} ({who})."),
        N_("Restore its file and retire it: servplan retire ID --reason WHY."),
    ),
    "retirement-changed": Message(
        N_("A retirement was changed or taken back: {what} ({who})."),
        N_("Restore it, or write an entry with “amends: [retired]” and a “reason”."),
    ),
    "validity-moved": Message(
        N_("The day from which a record exists was changed: {what} ({who})."),
        N_("Set it back, or write an entry with “amends: [valid_from]” and a “reason”."),
    ),
    "period-moved": Message(
        N_("The plan's period was moved: {what} ({who})."),
        N_(
            "Set it back, or say why in a row of data/audit.yaml (record: plan, rule: period-moved, with "
            "“reason” and “by”)."
        ),
    ),
    "value-rewritten": Message(
        N_("A published value was changed or taken away: {what} ({who})."),
        N_(
            "Restore it and add the revised one beside it, or write an entry with “amends: [values]” and a "
            "“reason”."
        ),
    ),
    "answer-idle": Message(
        N_("The row answers nothing any more."), N_("Remove it, or correct what it names.")
    ),
    "overdue": Message(
        N_("Overdue since {due}."), N_("Report how it stands, or move the due date with a reason.")
    ),
    "due-unreported": Message(N_("Due {due}, and nobody has reported."), N_("Report how it stands.")),
}

ERRORS: Mapping[str, Message] = {
    "no-plan": Message(
        N_("There is no plan here: {folder} and the folders above it hold no data/plan.yaml."),
        N_("Go to the plan's folder, or name it: servplan --plan FOLDER …"),
    ),
    "unknown-id": Message(
        N_("No record is called “{asked}”."),
        N_("servplan find WORDS searches all texts; servplan list KIND lists ids."),
        N_("Did you mean “{closest}”?"),
    ),
    "unreadable-id": Message(N_("The record “{asked}” cannot be read."), N_("See: servplan check ({path})")),
    "ambiguous-id": Message(
        N_("“{asked}” can mean {number} records:\n{found}"), N_("Write the id, or more of it.")
    ),
    "bad-period": Message(
        N_("“{given}” is no period."),
        N_("Write a month (2013-03), a tertial (2013-T2) or a year (2013)."),
    ),
    "bad-date": Message(
        N_("“{given}” is no date."),
        N_("Write it as YYYY-MM-DD, “idag” for today, or “+2v” for two weeks ahead; --help tells what more."),
    ),
    "bad-span": Message(
        N_("“{given}” is no span of time."), N_("Write a number of days or weeks: 30d, 2v, 2w.")
    ),
    "bad-bound": Message(
        N_("“{given}” is no bound."), N_("Write a measure and a share: owned=60%. Measures: {known}.")
    ),
    "unknown-kind": Message(N_("“{given}” is no kind of records."), N_("Choose one of: {known}.")),
    "unknown-standing": Message(
        N_("“{given}” is no status and no assessment."), N_("Choose one of: {known}.")
    ),
    "newer-format": Message(
        N_("The plan is written in format {found}; this servplan reads format {known}."),
        N_("Install a newer servplan."),
    ),
    "unknown-outlook": Message(N_("“{given}” is no outlook."), N_("Choose one of: {known}.")),
    "unknown-assessment": Message(N_("“{given}” is no assessment."), N_("Choose one of: {known}.")),
    "wrong-kind-of-record": Message(
        N_("“{id}” is of the kind {kind}; this command is for: {kinds}."),
        N_("servplan list {first} shows the ids that fit. For “{id}” there is: {fitting}"),
        N_("Did you mean {closest}? For “{id}” there is: {fitting}"),
    ),
    "unfit-id": Message(
        N_("“{id}” cannot be an id."),
        N_("Use a–z, 0–9 and single hyphens, 2–50 signs, a letter first."),
    ),
    "id-taken": Message(
        N_("The id “{id}” is taken by {path}."), N_("Choose another."), N_("Choose another: --id {closest}")
    ),
    "no-id-in-title": Message(N_("No id can be made of the title “{title}”."), N_("Give one with --id.")),
    "incomplete": Message(N_("A new record of the kind {kind} also needs: {fields}."), N_("Add {options}")),
    "unknown-level": Message(N_("The plan has no level “{given}”."), N_("Its levels are: {known}.")),
    "due-moves-in-log": Message(
        N_("“{id}” has a due date: it is moved by an entry, so that the original promise is kept."),
        N_(
            'servplan log {id} --due DATE --reason "…"\n'
            "  If it was wrong from the start, correct it: {command}"
        ),
    ),
    "promise-stands": Message(
        N_("“{field}” of “{id}” was promised or decided: a correction needs a reason, which the log keeps."),
        N_("{command}"),
    ),
    "unknown-field": Message(
        N_("There is no field “{given}” to set here."),
        N_("The fields are: {known}."),
        N_("Did you mean “{closest}” ({label})? The fields are: {known}."),
    ),
    "add-or-remove": Message(
        N_("--add and --remove need what to add or to remove, and do not go together."),
        N_("servplan set {id} {field} --add VALUE …"),
    ),
    "holds-one": Message(
        N_("“{field}” holds one value, not several."),
        N_('Put a text of several words in quotes: servplan set {id} {field} "{said}"'),
    ),
    "holds-number": Message(
        N_("“{field}” holds a number; “{given}” is none."), N_("servplan set {id} {field} 3")
    ),
    "holds-group": Message(
        N_("“{field}” holds a group of keys, which cannot be typed as a value."),
        N_("Use decide or retire, or write it in {path}; docs/records.md shows its keys."),
    ),
    "no-assignment": Message(N_("“{given}” is no FIELD=VALUE."), N_("Write for instance --set order=3.")),
    "reason-missing": Message(N_("{what} needs a reason."), N_("{command}")),
    "against-proposal": Message(
        N_("The condition of “{id}” proposes “{proposed}”; an assessment “{given}” needs a reason."),
        N_("{command}\n  servplan explain {id} shows what the proposal rests on."),
    ),
    "future-date": Message(
        N_("{day} has not come yet; today is {today}."), N_("Report what has happened, on its day.")
    ),
    "day-needed": Message(
        N_("“{given}” is no day, and here one is needed."), N_("Write it as YYYY-MM-DD, or “idag” for today.")
    ),
    "not-yet": Message(
        N_("“{id}” begins on {date}; nothing can be said of it for {day}."),
        N_(
            "Give a later day with --date; or, if it began before, say so: "
            'servplan set {id} valid_from {day} --reason "…"'
        ),
        N_("Until then it was “{instead}”: name that one, or give a later day with --date."),
    ),
    "retired-record": Message(
        N_("“{id}” is retired since {date}; nothing can be said of it from then on."),
        N_(
            "Give an earlier day with --date, or take the retirement back: "
            "servplan set {id} retired --reason …"
        ),
        N_("In its place stands “{instead}”: name that one, or give an earlier day with --date."),
    ),
    "own-successor": Message(
        N_("“{id}” cannot stand in its own place."), N_("Name another with --by-record, or none.")
    ),
    "not-reported": Message(
        N_("“{id}” is of the kind {kind}; its log does not tell of: {fields}."),
        N_("servplan log {id} -m TEXT writes a note; docs/records.md lists what each kind tells."),
    ),
    "nothing-to-say": Message(
        N_("The entry would say nothing."), N_('Add -m "…", --progress, --outlook or another option.')
    ),
    "cannot-splice": Message(
        N_("{path} is written in a form that cannot be edited without touching more than was said."),
        N_("Write by hand in line {line}: {wanted}"),
    ),
    "cannot-remove": Message(
        N_("{path} is written in a form that cannot be edited without touching more than was said."),
        N_("Delete “{key}” by hand, in line {line}."),
    ),
    "unfit-text": Message(
        N_("The text holds the character {character}, which no file of a plan may hold."),
        N_("Type the text anew without it; the terminal has to be set to UTF-8."),
    ),
    "edit-refused": Message(
        N_("Nothing was written: {path} would have this error."), N_("Mend what the finding says.")
    ),
    "leads-outside": Message(
        N_("{path} would be written outside the plan: a symbolic link leads there; nothing was written."),
        N_("Put the folder itself into the plan."),
    ),
    "file-changed": Message(
        N_("{path} changed while the edit was made up; nothing was written."), N_("Try again.")
    ),
    "locked": Message(
        N_("Another servplan is writing in this plan; after {seconds} s nothing was written."),
        N_("Try again when it is done."),
    ),
    "half-written": Message(
        N_("An earlier change was cut short, and {path} has been changed by other hands since."),
        N_("Compare it with {journal}, set the files right, and delete the journal."),
    ),
    "unreadable-journal": Message(
        N_("{path} cannot be read ({reason}), so that nobody knows whether a change was cut short."),
        N_("Look who may read it, and try again."),
    ),
    "unfinished": Message(
        N_("A change that was begun could not be brought to its end: {path} cannot be written: {reason}."),
        N_("Mend that. Until then reading shows the change as done, and the next change finishes it first."),
    ),
    "unknown-revision": Message(
        N_("“{given}” names no commit here."), N_("git log shows the commits; HEAD is the last one.")
    ),
    "outside-years": Message(N_("{year} lies outside the plan."), N_("Years that can be closed: {years}.")),
    "last-year": Message(
        N_("{year} is the plan's last year: it ends {end}."),
        N_("Add --extend, and its end moves to {longer} (“period” in data/plan.yaml)."),
    ),
    "year-not-over": Message(
        N_("{year} is not over: it can be closed from {year}-12-01 on."), N_("Name an earlier year.")
    ),
    "nothing-to-carry": Message(
        N_("“{id}” is not among the activities that were due in {year} and are not finished."),
        N_("servplan year-shift {year} --all --dry-run shows those that are."),
    ),
    "choice-missing": Message(
        N_("Which unfinished activities ({number}) go over? One by one is only asked on a terminal."),
        N_("Add --all, --carry ID for each, or --list FILE with an id a line."),
    ),
    "unreadable-list": Message(N_("The list {path} cannot be read: {reason}."), N_("Check the file's name.")),
    "not-committed": Message(
        N_("git did not commit, and the files are as before:\n{said}"),
        N_("Mend that and try again, or leave --commit out."),
    ),
    "shallow-history": Message(
        N_("“{given}” is not in this clone, which holds only the newest part of history."),
        N_("git fetch --unshallow brings the rest; in CI, fetch with depth 0."),
    ),
    "no-repository": Message(
        N_("The plan's folder {folder} is in no git repository."),
        N_("Clone the plan from where the unit keeps it, or begin with: git init"),
    ),
    "no-git": Message(
        N_("git is not installed here."), N_("Install git 2.30 or newer; --commit and all review need it.")
    ),
    "git-failed": Message(N_("git {command} failed:\n{said}"), N_("Mend that, and try again.")),
    "uncommitted": Message(
        N_("These files have changes that are not committed:\n{files}"),
        N_("Commit or undo them first, or leave --commit out."),
    ),
    "no-commit": Message(
        N_("Nothing is committed here yet."),
        N_('Write: git add -A, then: git commit -m "New plan"'),
    ),
    "detached-head": Message(
        N_("No branch is checked out here, but a single commit."), N_("Go back to a branch: git switch main")
    ),
    "merge-under-way": Message(
        N_("A merge is not finished. Both texts stand in these files:\n{files}"),
        N_(
            "Keep what is to count and delete the marks. Of two entries keep both, and write\n"
            "voided: {{date: …, reason: …}} in the one that is not to count. Then:\n"
            "  servplan check\n  git add {arguments}\n  git commit --no-edit\n"
            "or undo the whole merge: git merge --abort"
        ),
    ),
    "merge-to-commit": Message(
        N_("A merge is ready to be committed."),
        N_("Finish it: git commit --no-edit; or undo it: git merge --abort"),
    ),
    "merge-conflicts": Message(
        N_("Both sides changed the same. Nothing is lost; both texts stand in these files:\n{files}\n{said}"),
        N_(
            "Keep what is to count and delete the marks. Of two entries keep both, and write\n"
            "voided: {{date: …, reason: …}} in the one that is not to count. Then:\n"
            "  servplan check\n  git add {arguments}\n  git commit --no-edit\n"
            "or undo the whole merge: git merge --abort"
        ),
    ),
    "in-the-way": Message(
        N_("These changes are not committed and would get in the way; nothing was touched:\n{files}"),
        N_(
            "Hand them in first: servplan submit; or put them aside: git stash -u, servplan sync,"
            " git stash pop"
        ),
    ),
    "unrelated-histories": Message(
        N_("{name} and what is here have no commit in common; nothing was touched."),
        N_(
            "See where the remote leads: git remote -v; a shallow clone is completed by:"
            " git fetch --unshallow"
        ),
    ),
    "no-identity": Message(
        N_("git does not know who commits here; nothing was committed."),
        N_('Tell it once: git config user.name "…" and git config user.email "…"; then try again.'),
    ),
    "switch-refused": Message(
        N_("The branch {branch} has other changes of the same files; nothing was touched:\n{files}"),
        N_("Take yours along: git stash -u, git switch {branch}, git stash pop; then: servplan submit"),
    ),
    "bad-branch": Message(N_("“{given}” cannot be a branch."), N_("git branch --all lists the branches.")),
    "no-remote": Message(
        N_("This clone knows no remote “{given}”."),
        N_("It knows: {known}. Choose with --remote, or add it: git remote add {given} ADDRESS"),
    ),
    "no-remotes": Message(
        N_("This clone is shared nowhere yet."), N_("Say where: git remote add {given} ADDRESS")
    ),
    "remote-lacks-branch": Message(
        N_("{remote} has no branch {branch}; nothing was touched."), N_("Choose another with --branch.")
    ),
    "remote-unreachable": Message(
        N_("{remote} cannot be reached:\n{said}"),
        N_("Check the network (VPN?), and try again. What is written and committed here stands."),
    ),
    "remote-refused": Message(
        N_("{remote} does not let you in:\n{said}"),
        N_("Ask whoever runs it for access, or renew your key or password. What is committed here stands."),
    ),
    "remote-missing": Message(
        N_("There is no repository at {remote}'s address:\n{said}"),
        N_("See the address: git remote -v; change it: git remote set-url {remote} ADDRESS"),
    ),
    "remote-failed": Message(
        N_("git could not do it with {remote}:\n{said}"),
        N_("Mend that, and try again. What is committed here stands."),
    ),
    "push-behind": Message(
        N_("Somebody else has pushed to {branch} on {remote}. Your commit is safe here."),
        N_("Fetch theirs: servplan sync --remote {remote} --branch {branch}; then run servplan submit again"),
    ),
    "push-declined": Message(
        N_("{remote} does not accept the branch {branch}; your commit is safe here. It says:\n{said}"),
        N_("Do what it asks for, or ask whoever runs it; then run servplan submit again"),
    ),
    "owner-missing": Message(
        N_("It is not known for whom this is handed in."),
        N_("Add --owner ID, or set SERVPLAN_BY once; servplan list owner shows the ids"),
    ),
    "folder-in-use": Message(
        N_("{folder} is not empty; nothing was written. There lies:\n{files}"),
        N_("Choose a folder that is empty or does not exist."),
    ),
    "left-behind": Message(
        N_("What was begun in {folder} could not be taken away again: {reason}."),
        N_("Delete what lies there, and try again."),
    ),
    "output-failed": Message(
        N_("The output could not be written: {reason}."), N_("Free some room, or write elsewhere.")
    ),
    "plan-has-errors": Message(
        N_("A report would be incomplete. Files with errors ({number}):\n{files}"),
        N_("Run servplan check and mend them, or add --allow-errors: the report then says so."),
    ),
    "unknown-choice": Message(N_("{option} cannot be “{given}”."), N_("Choose one of: {known}.")),
    "span-backwards": Message(
        N_("The report would begin on {start} and end before, on {end}."),
        N_("Choose an earlier first day, or a later period."),
    ),
    "unreadable-header": Message(
        N_("{path} cannot be read, so that what is internal is not known: nothing is made public."),
        N_("Run servplan check, and mend it."),
    ),
    "outside-period": Message(
        N_("The plan runs from {start} to {end}; these days lie outside."), N_("Choose a period within it.")
    ),
    "period-to-come": Message(
        N_("The period {period} has not begun; it begins on {start}."),
        N_("Choose one that has begun."),
    ),
    "no-terminal": Message(
        N_("follow-up asks its questions on a terminal, and there is none here."),
        N_(
            "servplan due --period {period} shows what awaits a report; "
            "servplan log ID --date {date} reports."
        ),
    ),
    "unwritable-sign": Message(
        N_("The text holds a sign that cannot be written, perhaps from an arrow key."),
        N_("Write it once more."),
    ),
    "bad-count": Message(N_("“{given}” is no number."), N_("Write a whole number: 3.")),
    "bad-evidence": Message(
        N_("“{given}” leads nowhere."),
        N_("Write an address that begins with https://, or a path that exists in the plan."),
    ),
    "answers-not-committed": Message(
        N_("The answers are written in the files, but git did not commit them:\n{said}"),
        N_("Mend that, and commit them with git."),
    ),
    "within-period": Message(
        N_("--within looks ahead from the day that is shown, --period at a period as a whole."),
        N_("Use one of them."),
    ),
    "no-plan-then": Message(
        N_("There was no plan here at “{given}”: that commit has no {path}."),
        N_("git log -- {path} shows the commits that made it and took it away."),
    ),
    "two-clocks": Message(N_("--period and --as-of say two different things."), N_("Use one of them.")),
    "cannot-write": Message(
        N_("{path} cannot be written: {reason}."),
        N_("Look who may write there, and whether the disk has room; nothing was left half written."),
    ),
    "cannot-merge": Message(
        N_("{path} cannot be merged: {reason}."), N_("Nothing was written; merge it by hand.")
    ),
    "bad-template": Message(
        N_("The template {name} fails at line {line}: {reason}."),
        N_("Mend the plan's own template, or delete it to use the one that comes with servplan."),
    ),
}

_COMMANDS: Mapping[str, str] = {
    "activity": 'servplan done {id}, servplan log {id} -m "…"',
    "box": "servplan tick {id}",
    "goal": "servplan assess {id} --as …",
    "owner": "servplan due --owner {id}",
    "programme": "servplan programme {id}",
}
"""By kind: what is done with a record, where another command was tried; all others take a note."""
_NOTE = 'servplan log {id} -m "…"'

_TYPES: Mapping[str, str] = {
    "text": N_('a text; put it in quotes: "{written}"'),
    "whole-number": N_("a whole number without quotes"),
    "number": N_("a number without quotes"),
    "true-false": N_("true or false"),
    "list": N_("a list"),
    "mapping": N_("a group of “key: value” lines"),
    "day": N_("a day written as YYYY-MM-DD"),
}

_NAMES: Mapping[str, str] = {
    "text": N_("a text"),
    "whole-number": N_("a whole number"),
    "number": N_("a number"),
    "true-false": N_("true or false"),
    "list": N_("a list"),
    "mapping": N_("a group of keys"),
    "day": N_("a day"),
    "form": N_("wrong signs"),
    "length": N_("too long or too short"),
    "yaml-word": N_("a word that YAML reads as a value"),
    "device-name": N_("a device's name on Windows"),
    "a quotation mark is not closed": N_("a quotation mark is not closed"),
    "a backslash in double quotes; single quotes keep it as it is": N_(
        "a backslash in double quotes; single quotes keep it as it is"
    ),
    "a colon followed by a space in a text without quotes": N_(
        "a colon followed by a space in a text without quotes"
    ),
    "a bracket is not closed, or a comma is missing": N_("a bracket is not closed, or a comma is missing"),
    "a tab, where only spaces may indent": N_("a tab, where only spaces may indent"),
    "a text that begins with this sign needs quotes": N_("a text that begins with this sign needs quotes"),
    "a line is indented otherwise than those it belongs to": N_(
        "a line is indented otherwise than those it belongs to"
    ),
    "a line without a colon after its key": N_("a line without a colon after its key"),
    "git's marks of a merge conflict": N_("git's marks of a merge conflict"),
    "anchor": N_("an anchor"),
    "alias": N_("an alias"),
    "tag": N_("a tag"),
    "directive": N_("a directive"),
    "document": N_("a second document"),
    "scheme": N_("not http or https"),
    "outside": N_("outside the plan"),
    "missing": N_("no such file"),
    "rule": N_("unknown rule"),
    "record": N_("unknown record"),
    "kind": N_("unknown kind"),
    "period": N_("ends before it begins"),
    "timezone": N_("unknown time zone"),
    "level": N_("level listed twice"),
}
_HINTS: Mapping[str, str] = {
    "git's marks of a merge conflict": N_(
        "Keep what holds, delete the lines with marks, then git add and commit. git merge --abort gives up."
    ),
}
"""What to do about a problem that has a remedy of its own."""
_KINDS = frozenset({"kind", "kinds"})
"""Parameters of errors whose values are kinds of records."""
_CODED = ("expected", "fault", "feature", "problem")
"""Parameters whose values are codes with words of their own."""


def message(finding: Diagnostic, words: Words) -> str:
    """Return what is wrong, in one sentence."""
    return words(FINDINGS[finding.code].text, **_worded(finding, words, _NAMES))


def hint(finding: Diagnostic, words: Words) -> str:
    """Return what to do about it."""
    special = _HINTS.get(finding.params.get("problem", ""))
    return (
        words(special) if special else _hint(FINDINGS[finding.code], _worded(finding, words, _TYPES), words)
    )


def error_text(error: ServplanError, words: Words) -> tuple[str, str]:
    """Return an error's sentence and its remedy."""
    found = ERRORS[error.code]
    params = _with_kinds(error.params, words)
    if error.code == "unknown-field":
        params |= _field_told(params, words)
    return words(found.text, **params), _hint(found, params, words)


def _with_kinds(params: Mapping[str, str], words: Words) -> dict[str, str]:
    """Return parameters with kinds in words, and what is done with a record of the kind that is told."""
    told = dict(params)
    for name in _KINDS.intersection(params):
        told[name] = ", ".join(words.label("kind", kind) for kind in params[name].split())
    if "kind" in params and "id" in params:
        told["fitting"] = _COMMANDS.get(params["kind"], _NOTE).format(id=params["id"])
    return told


def _field_told(params: Mapping[str, str], words: Words) -> dict[str, str]:
    """Return the field that somebody may have meant, and what views call it."""
    from servplan.render.vocabulary import field_meant  # noqa: PLC0415 (only for a mistake)

    closest = field_meant(params["given"], params["known"].split(", "), words)
    return {"closest": closest, "label": words.label("field", closest)}


def _hint(found: Message, params: dict[str, str], words: Words) -> str:
    similar = params.get("closest") or params.get("instead")
    text = found.closest if found.closest and similar else found.hint
    if params.get("known") == "" and "{known}" in text:
        return ""
    return words(text, **params)


def _worded(finding: Diagnostic, words: Words, types: Mapping[str, str]) -> dict[str, str]:
    params = dict(finding.params)
    for name in _CODED:
        code = params.get(name, "")
        if code in types:
            params[name] = words(types[code]).replace("{written}", params.get("written", "…"))
        elif code in _NAMES:
            params[name] = words(_NAMES[code])
    return params
