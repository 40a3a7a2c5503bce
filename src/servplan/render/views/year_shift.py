"""`year-shift`: an unfinished activity as it is asked about, and what is left to draft by hand."""

from collections.abc import Iterator, Mapping, Sequence

from servplan.model.plan import Plan
from servplan.render.views.badges import names
from servplan.render.views.inquiry import MOVES
from servplan.render.views.records import entry_day, what_happened
from servplan.render.words import N_, Words
from servplan.year_shift import Closing, Follower, Open

CODES = ("carry", "cancel", *MOVES)
"""What can be answered about an activity, and the moves."""

CONFIRMATION = ("yes", "no", "back", "explain")
"""What can be answered in the end."""

MEANINGS: Mapping[str, str] = {
    "skip": N_("It is left as it is, and can go over another time."),
    "back": N_("Goes back to the activity before, and takes back what was answered."),
    "leave": N_("Stops here, the rest is left; you are asked before anything is written."),
}
"""What moves mean here, where nothing is written before the end."""


def open_lines(item: Open, plan: Plan, place: str, words: Words) -> Iterator[str]:
    """Yield the lines that tell of an activity: what, who, how it stands, and what was said of it last."""
    state = item.state
    yield ""
    yield f"{place}  {item.record.title}  ({item.record.id})"
    yield f"  {words.label('field', 'owners')}: {names(plan, state.owners)}"
    standing = [words.label("status", state.status)]
    if state.outlook:
        standing.append(words.label("outlook", state.outlook))
    yield f"  {words.label('field', 'due')}: {state.due} · {' · '.join(standing)}"
    if state.entries:
        last = state.entries[-1]
        yield f"  {entry_day(last, words)}: {what_happened(last, plan, words)}"


def carried_lines(
    carried: Mapping[str, str],
    late: Sequence[str],
    followers: Sequence[Follower],
    year: Closing,
    words: Words,
) -> Iterator[str]:
    """Yield how much goes over, and what is left to do by hand.

    `late` are those whose old records were reported on since the year ended; `followers` what is to follow
    the goals that the new records support though their due date has passed.
    """
    number = year.next_day.year
    if carried:
        n = len(carried)
        yield words.number(
            "{n} activity goes over to {year}.", "{n} activities go over to {year}.", n, year=number
        )
    if late:
        yield ""
        yield words("Reported on in {year} already; report that again on the new records:", year=number)
        yield from (f"  {carried[id_]}  ← {id_}" for id_ in late)
    if followers:
        yield ""
        yield words("These goals are past their due date. Draft those that follow, and point to them:")
    for follower in followers:
        yield f"{follower.goal.title} ({follower.goal.id})"
        yield f"  {_draft(follower, year)}"
        yield from (f"  servplan set {id_} supports {follower.id}" for id_ in follower.activities)


def _draft(follower: Follower, year: Closing) -> str:
    """Return the command that drafts the goal which follows one."""
    goal = follower.goal
    title = goal.title.replace('"', "”")
    options = [f"--id {follower.id}", f"--level {goal.level}", f"--due {year.next_day.year}-12-31"]
    options += [f"--valid-from {year.next_day}"]
    options += [f"--supports {name}" for name in goal.supports]
    options += [f"--owner {name}" for name in follower.owners]
    return f'servplan add goal "{title}" {" ".join(options)}'
