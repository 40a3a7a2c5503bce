"""The words of errors: for each code why something was not done, and what to do about it."""

from collections.abc import Mapping

from servplan.render.message import Message
from servplan.render.words import N_

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
    "gone-id": Message(
        N_("The plan has no record “{asked}” any more."),
        N_("servplan history {asked} tells what became of it."),
    ),
    "unreadable-id": Message(N_("The record “{asked}” cannot be read."), N_("See: servplan check ({path})")),
    "ambiguous-id": Message(
        N_("“{asked}” can mean {number} records:\n{found}"), N_("Write the id, or more of it.")
    ),
    "bad-period": Message(
        N_("“{given}” is no period."),
        N_("Write a month (2013-03), a tertial (2013-T2), a year (2013), or last for the last one due."),
    ),
    "bad-date": Message(
        N_("“{given}” is no date."),
        N_("Write it as YYYY-MM-DD, “idag” for today, or “+2v” for two weeks ahead; --help tells what more."),
    ),
    "bad-past-date": Message(
        N_("“{given}” is no date."),
        N_("Write it without spaces, as YYYY-MM-DD, “idag” or “igår”; --help tells what more."),
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
    "owners-move-in-log": Message(
        N_("“{id}” has got other owners by an entry, which counts: another change is another entry."),
        N_(
            "servplan log {id} --owner OWNER\n"
            "  If the first owner was wrong from the start, correct it: {command}"
        ),
    ),
    "by-missing": Message(
        N_("An answer to the audit says who gives it."), N_('Add --by "…": a function or a body.')
    ),
    "nothing-open": Message(
        N_("The audit finds nothing that is open."), N_("servplan audit --all shows what is answered.")
    ),
    "nothing-to-accept": Message(
        N_("The audit finds no open {rule} of “{id}” to answer."), N_("What is open:\n{open}")
    ),
    "promise-stands": Message(
        N_("“{field}” of “{id}” was promised or decided: a correction needs a reason, which the log keeps."),
        N_("{command}"),
    ),
    "unknown-field": Message(
        N_("There is no field “{given}” to set here."),
        N_("The fields are: {keys}."),
        N_("Did you mean “{closest}” ({label})? The fields are: {keys}."),
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
    "which-entry": Message(
        N_("“{id}” has {number} entries that may be meant:\n{found}"),
        N_("Name one by its number: --entry N"),
    ),
    "no-such-entry": Message(N_("“{id}” has no such entry: {given}"), N_("These are its entries:\n{known}")),
    "no-entries": Message(
        N_("Nothing stands in the log of “{id}”."), N_("servplan show {id} shows the record.")
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
    "swapped-range": Message(
        N_("{first} is newer than {last}, so that no commits lead from the one to the other."),
        N_("Name the older one first: A..B tells what B has and A has not."),
    ),
    "no-common-commit": Message(
        N_("“{one}” and “{other}” have no commit in common, so that nothing tells where they parted."),
        N_(
            "Compare the two themselves: {one}..{other}. A shallow clone is completed by:"
            " git fetch --unshallow"
        ),
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
        N_("No branch is checked out here, but a single commit."),
        N_("Go to a branch: git switch {branch}"),
    ),
    "commits-on-no-branch": Message(
        N_("No branch is checked out here, and what was committed last is on none."),
        N_("Keep it on a branch of its own: git switch -c NAME"),
    ),
    "merge-refused": Message(
        N_("git refused to commit the merge; all is as before:\n{said}"),
        N_("Mend what stands against it, and: servplan sync"),
    ),
    "merge-under-way": Message(
        N_("A merge is not finished.\n{waiting}"),
        N_("{remedy}\n  git commit --no-edit\nor undo the whole merge: git merge --abort"),
    ),
    "merge-to-commit": Message(
        N_("A merge is ready to be committed."),
        N_("Finish it: git commit --no-edit; or undo it: git merge --abort"),
    ),
    "merge-conflicts": Message(
        N_("You and somebody else changed the same. Nothing is lost.\n{waiting}\n{said}"),
        N_("{remedy}\n  git commit --no-edit\nor undo the whole merge: git merge --abort"),
    ),
    "not-mergeable": Message(
        N_("These files cannot be merged, and nothing was; all is as before:\n{files}\n{said}"),
        N_(
            "If one is no UTF-8 text, whoever changed it saves it as one and commits; then: servplan sync\n"
            "If the merge driver failed: servplan doctor --fix\n"
            "Or take one side's file whole, and leave the other's out:\n"
            "  git merge {name}\n  git checkout --ours {arguments}   (yours; theirs: --theirs)\n"
            "  git add {arguments}\n  git commit --no-edit"
        ),
    ),
    "not-text": Message(
        N_("These files cannot be merged, and nothing was; all is as before:\n{files}\n{said}"),
        N_(
            "Take one side's file whole, and leave the other's out:\n"
            "  git merge {name}\n  git checkout --ours {arguments}   (yours; theirs: --theirs)\n"
            "  git add {arguments}\n  git commit --no-edit"
        ),
    ),
    "left-unmerged": Message(
        N_(
            "git {operation} is not finished, and could not merge these files; they hold one side alone:\n"
            "{files}"
        ),
        N_(
            "Undo it: git {operation} --abort; then: servplan doctor --fix; and do it again.\n"
            "Or take one side's file whole, and leave the other's out: git checkout --ours {arguments} "
            "(or --theirs), git add {arguments}"
        ),
    ),
    "renamed-under-way": Message(
        N_("A merge is not finished, and git took {old} for deleted, which is renamed to {new}."),
        N_("Undo it, and let servplan merge: git merge --abort, servplan sync"),
    ),
    "two-under-way": Message(
        N_("git {operation} is not finished: two records got one id, and both texts stand in {path}."),
        N_("Undo it: git {operation} --abort; then give one of them another id: servplan rename"),
    ),
    "renamed-apart": Message(
        N_(
            "You and somebody else gave a file different names. Nothing was merged; all is as before.\n"
            "{waiting}"
        ),
        N_("Take the others' name for yours: servplan rename YOURS THEIRS --commit; then: servplan sync"),
    ),
    "moved-apart": Message(
        N_(
            "You and somebody else moved a file to different folders. Nothing was merged; all is as before.\n"
            "{waiting}"
        ),
        N_(
            "Move your file to where the others have it, and commit: git add data, git commit -m TEXT; "
            "then: servplan sync"
        ),
    ),
    "one-id-for-two": Message(
        N_("You and somebody else gave two records one id. Nothing was merged; all is as before:\n  {path}"),
        N_(
            "Give yours another: servplan rename {id} NEW --commit\n"
            "Then take {id}, which is the others', out of formerly in its file: git commit -am TEXT; "
            "and: servplan sync"
        ),
    ),
    "operation-under-way": Message(
        N_("git {operation} is not finished.\n{waiting}"),
        N_("{remedy}\n  git {operation} --continue\nor undo it: git {operation} --abort"),
    ),
    "operation-to-continue": Message(
        N_("git {operation} is not finished."),
        N_("Go on: git {operation} --continue; or undo it: git {operation} --abort"),
    ),
    "files-unmerged": Message(
        N_("git is not done with some files; after git stash pop, for instance.\n{waiting}"),
        N_(
            "{remedy}\n"
            "or go back to what is committed: git checkout HEAD -- FILE (the stash is kept: git stash list)"
        ),
    ),
    "in-the-way": Message(
        N_("These changes are not committed and would get in the way; nothing was touched:\n{files}"),
        N_(
            "Hand them in first: servplan submit --owner ID; or put them aside: git stash -u, servplan sync,"
            " git stash pop"
        ),
    ),
    "voided-before": Message(
        N_("The entry counts from {day} on, and cannot have been found wrong on {given}."),
        N_("Leave out --date for today, or give a day from {day} on."),
    ),
    "names-taken": Message(
        N_("These are in no commit, and what came would take their place; nothing was touched:\n{files}"),
        N_("Give them other names, or move them elsewhere, and sync again."),
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
        N_(
            "Take yours along: git stash -u, git switch {branch}, git stash pop;"
            " then run servplan submit again"
        ),
    ),
    "branch-elsewhere": Message(
        N_("The branch {branch} is checked out in another folder: {folder}; nothing was touched."),
        N_("Hand in there, or free it: git -C {folder} switch --detach; then run servplan submit again"),
    ),
    "branch-in-the-way": Message(
        N_("The branch {branch} cannot be made while there is one called {given}; nothing was touched."),
        N_("Give that one another name: git branch -m {given} NAME; then run servplan submit again"),
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
    "unknown-command": Message(
        N_("There is no command “{given}”."),
        N_("servplan -h lists the commands."),
        N_("Did you mean {closest}? servplan -h lists the commands."),
    ),
    "unknown-option": Message(
        N_("There is no option {given} here."),
        N_("{help} lists the options."),
        N_("Did you mean {closest}? {help} lists the options."),
    ),
    "missing-argument": Message(
        N_("{name} is missing."),
        N_("The command is written: {usage}. {help} tells more."),
        N_("Choose one of: {closest}."),
    ),
    "extra-argument": Message(
        N_("“{given}” is too much."),
        N_("The command is written: {usage}. {help} tells more."),
        N_("Two commits are written as one argument: {closest}"),
    ),
    "option-without-value": Message(N_("{option} needs a value."), N_("Add -h to see what it takes.")),
    "value-without-use": Message(N_("{option} takes no value."), N_("Write {option} alone.")),
    "bad-usage": Message(N_("The command cannot be read: {said}"), N_("{help} tells how it is written.")),
    "days-backwards": Message(
        N_("No day lies from {first} to {last}."), N_("Choose an earlier first day, or a later last one.")
    ),
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
    "bad-progress": Message(
        N_("“{given}” is no percentage."), N_("Write a whole number from 0 to 100: --progress 35, or 35%.")
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
