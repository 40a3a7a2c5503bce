"""`status`: the totals, and the goals as a tree with counts and bars."""

from servplan.analysis.graph import Graph
from servplan.analysis.status import STATUSES, GoalStatus, PlanStatus, Tally
from servplan.model.record import Record
from servplan.render.blocks import Block, Cell, Column, Heading, Node, Para, Span, Table, Tree, bar
from servplan.render.views.badges import badge, badge_cell, schedule_code, style_of
from servplan.render.views.records import standing_cell
from servplan.render.words import SYMBOLS, Words


def status_blocks(view: PlanStatus, graph: Graph, words: Words) -> list[Block]:
    """Return the plan's status."""
    header = graph.standing.plan.header
    return [
        Heading(header.title, words.as_of(view.as_of)),
        _totals(view, words),
        _goal_tree(view, graph, words),
        Para((Span(legend(words), "dim"),)),
    ]


def _totals(view: PlanStatus, words: Words) -> Table:
    """Return the sums: activities by status, and what needs attention."""
    activities = view.activities
    rows = [
        (badge_cell(words, "status", status), *_amount(activities, activities.by_status[status]))
        for status in STATUSES
        if status in activities.by_status
    ]
    attention = (
        (words("Overdue activities"), activities.overdue, "bad"),
        (words("Unreported activities, due date passed"), activities.due_unreported, "warn"),
        (words("Activities without an owner"), activities.without_owner, "warn"),
        (words("Retired records"), view.retired, "dim"),
    )
    rows += [
        (Cell(label, style if number else "dim"), Cell(str(number), style if number else "dim"), Cell(""))
        for label, number, style in attention
    ]
    title = words.number("{n} activity", "{n} activities", activities.total)
    return Table((Column(""), Column("", right=True), Column("")), tuple(rows), title)


def _amount(tally: Tally, number: int) -> tuple[Cell, Cell]:
    return Cell(str(number)), Cell(bar(number, tally.total, 20))


def _goal_tree(view: PlanStatus, graph: Graph, words: Words) -> Tree:
    by_id = {goal.id: goal for goal in view.goals}
    seen: set[str] = set()

    def node(goal: GoalStatus) -> Node:
        if goal.id in seen:
            return _pointer(goal.title, words)
        seen.add(goal.id)
        below = [by_id[child] for child in graph.children(goal.id, by_id)]
        return Node((Span(goal.title),), goal_aside(goal, words), tuple(map(node, below)))

    tops = [goal for goal in view.goals if not goal.supports]
    roots = [node(goal) for goal in tops]
    roots += [node(goal) for goal in view.goals if goal.id not in seen]
    return Tree(tuple(roots))


def _pointer(title: str, words: Words) -> Node:
    """Return the line for what was opened further up."""
    above = words("shown above")
    return Node((Span(f"{title} ↑ {above}", "dim"),))


def goal_aside(goal: GoalStatus, words: Words) -> tuple[Span, ...]:
    """Return a goal's counts, bar and axes, for the end of its line."""
    tally, schedule = goal.activities, schedule_code(goal.on_schedule)
    share = words("{done} of {total}", done=tally.done, total=tally.counted) if tally.total else "–"
    assessment = goal.assessment or "none"
    return (
        badge(words, "assessment", assessment),
        Span("  "),
        Span(SYMBOLS["schedule"][schedule], style_of("schedule", schedule)),
        Span(f" {share:>8} "),
        Span(
            bar(tally.done, tally.counted, unknown=tally.unreported),
            "good" if tally.done else "dim",
        ),
    )


def legend(words: Words) -> str:
    """Return what the columns at the end of a goal's line mean."""
    signs = ", ".join(
        f"{SYMBOLS['schedule'][code]} {words.label('schedule', code).lower()}"
        for code in ("yes", "no", "unknown")
    )
    return words(
        "The goal's reported assessment; {signs}; done of counted activities "
        "(dotted: unreported; cancelled are not counted).",
        signs=signs,
    )


def tree_blocks(graph: Graph, roots: list[Record], words: Words) -> list[Block]:
    """Return records with everything under them; a record is opened once and pointed back to after."""
    seen: set[str] = set()
    nodes = tuple(_tree_node(graph, root, words, seen) for root in roots)
    heading = Heading(graph.standing.plan.header.title, words.as_of(graph.standing.as_of))
    return [heading, Tree(nodes)]


def _tree_node(graph: Graph, record: Record, words: Words, seen: set[str]) -> Node:
    if record.id in seen:
        return _pointer(record.title, words)
    seen.add(record.id)
    records = graph.standing.records
    below = tuple(_tree_node(graph, records[child], words, seen) for child in graph.children(record.id))
    title = Span(record.title, "strong" if record.kind == "goal" else "")
    return Node((title,), (_standing_badge(graph, record, words),), below)


def _standing_badge(graph: Graph, record: Record, words: Words) -> Span:
    return Span(*standing_cell(record.kind, graph.standing.state(record.id), words))
