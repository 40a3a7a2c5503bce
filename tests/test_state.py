from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from servplan.model.activity import Activity, ActivityEntry
from servplan.model.plan import Plan
from servplan.model.record import Record
from servplan.state import Standing, State, exists, newest_entry_date, replay
from tests.plans import load

DUE = "2013-12-31"
DURING = date(2013, 10, 1)
AFTER = date(2014, 1, 20)


def activity(log: str, *, due: str = DUE) -> Record:
    """An activity owned by `landsbygd`, with the log's lines."""
    text = f"title: Besöka Boden\nowners: [landsbygd]\ndue: {due}\nlog:\n{log}\n"
    return only(load({"activities/besoka-boden.yaml": text}).plan)


def box(log: str) -> Record:
    return only(load({"boxes/mark.yaml": f"title: Mark\nprogramme: tio\ndue: {DUE}\nlog:\n{log}\n"}).plan)


def goal(log: str) -> Record:
    return only(
        load({"goals/service.yaml": f"title: Service\nlevel: target\ndue: {DUE}\nlog:\n{log}\n"}).plan
    )


def only(plan: Plan) -> Record:
    (record,) = plan.records.values()
    return record


def at(record: Record, day: str) -> State:
    return replay(record, date.fromisoformat(day))


def test_without_a_log_everything_is_unreported_and_nothing_is_zero() -> None:
    plan = load({"activities/besoka-boden.yaml": "title: Besöka Boden\ndue: 2013-12-31\n"}).plan
    state = replay(only(plan), DURING)
    assert (state.status, state.progress, state.outlook, state.assessment) == ("unreported", None, None, None)
    assert (state.report, state.entries, state.moves) == (None, (), ())


def test_entries_apply_in_the_order_of_their_days() -> None:
    record = activity("""\
  - {date: 2013-05-01, status: done}
  - {date: 2013-03-04, status: in_progress}""")
    assert at(record, "2013-03-04").status == "in_progress"
    assert at(record, "2013-05-01").status == "done"


def test_entries_of_one_day_apply_in_the_order_of_the_file() -> None:
    record = activity("""\
  - {date: 2013-03-04, status: on_hold}
  - {date: 2013-03-04, status: in_progress}""")
    assert at(record, "2013-03-04").status == "in_progress"


def test_an_entry_counts_from_its_day_on() -> None:
    record = activity("  - {date: 2013-03-04, status: in_progress}")
    assert at(record, "2013-03-03").status == "unreported"
    assert at(record, "2013-03-04").status == "in_progress"


def test_what_was_known_by_a_day_is_unknown_before_it() -> None:
    record = activity("  - {known_by: 2013-04-30, status: done}")
    assert at(record, "2013-04-29").status == "unreported"
    assert at(record, "2013-04-30").status == "done"


def test_an_entry_without_a_day_never_counts() -> None:
    assert at(activity("  - {status: done}"), "2015-12-31").status == "unreported"


def test_a_voided_entry_counts_for_nothing() -> None:
    record = activity("""\
  - {date: 2013-03-04, status: in_progress, count: 2}
  - date: 2013-04-02
    status: done
    due: 2014-06-30
    owners: []
    count: 3
    evidence: [https://example.org]
    voided: {date: 2013-04-03, reason: Fel aktivitet}""")
    state = at(record, "2014-12-31")
    assert (state.status, state.counted, state.owners) == ("in_progress", 2, ("landsbygd",))
    assert (str(state.due), state.moves, state.evidence) == (DUE, (), ())


def test_counts_are_increments_and_sum() -> None:
    record = activity("""\
  - {date: 2013-03-04, count: 4}
  - {date: 2013-04-04, status: in_progress}
  - {date: 2013-05-04, count: 7}""")
    assert [at(record, day).counted for day in ("2013-03-03", "2013-03-04", "2013-05-04")] == [0, 4, 11]


def test_a_field_stays_until_an_entry_sets_it_again() -> None:
    record = activity("""\
  - {date: 2013-03-04, status: in_progress, outlook: at_risk, progress: 20}
  - {date: 2013-04-04, progress: 40}""")
    state = at(record, "2013-05-01")
    assert (state.status, state.outlook, state.progress) == ("in_progress", "at_risk", 40)


def test_progress_without_a_status_says_that_work_goes_on() -> None:
    assert at(activity("  - {date: 2013-03-04, progress: 10}"), "2013-03-04").status == "in_progress"
    assert at(activity("  - {date: 2013-03-04, progress: 0}"), "2013-03-04").status == "not_started"
    assert at(activity("  - {date: 2013-03-04, count: 1}"), "2013-03-04").status == "in_progress"


def test_the_log_moves_the_due_date_and_the_promise_stays() -> None:
    record = activity("  - {date: 2013-04-02, due: 2014-03-31, reason: Värden bad om det}")
    before, after = at(record, "2013-04-01"), at(record, "2013-04-02")
    assert (str(before.due), before.moves) == (DUE, ())
    assert (str(after.promised), str(after.due)) == (DUE, "2014-03-31")
    ((old, new, entry),) = after.moves
    assert (str(old), str(new), entry.reason) == (DUE, "2014-03-31", "Värden bad om det")


def test_only_moves_to_a_later_day_are_postponements() -> None:
    record = activity("""\
  - {date: 2013-02-01, due: 2014-03-31}
  - {date: 2013-03-01, due: 2014-01-31}
  - {date: 2013-04-01, due: 2014-06-30}
  - {date: 2013-05-01, due: 2014-06-30}""")
    state = at(record, "2013-06-01")
    assert len(state.moves) == 3
    assert state.postponed == 2


def test_a_first_due_date_given_by_the_log_counts_as_a_move() -> None:
    text = "title: Mark\nlog:\n  - {date: 2013-02-01, due: 2014-03-31}\n"
    state = at(only(load({"activities/mark.yaml": text}).plan), "2013-03-01")
    assert (state.promised, str(state.due), len(state.moves)) == (None, "2014-03-31", 1)


def test_overdue_is_what_was_reported_is_not_finished_and_has_passed() -> None:
    record = activity("  - {date: 2013-03-04, status: in_progress}")
    assert at(record, "2013-12-31").overdue is False
    assert at(record, "2014-01-01").overdue is True
    assert at(record, "2014-01-01").due_unreported is False


def test_done_and_cancelled_are_never_overdue() -> None:
    for status in ("done", "cancelled"):
        state = replay(activity(f"  - {{date: 2013-03-04, status: {status}, reason: r}}"), AFTER)
        assert (state.overdue, state.due_unreported) == (False, False)


def test_a_moved_due_date_is_the_one_that_passes() -> None:
    record = activity("""\
  - {date: 2013-03-04, status: in_progress}
  - {date: 2013-04-02, due: 2014-03-31}""")
    assert at(record, "2014-01-20").overdue is False
    assert at(record, "2014-04-01").overdue is True


def test_whether_the_unreported_is_late_is_not_known() -> None:
    text = f"title: Besöka Boden\ndue: {DUE}\n"
    record = only(load({"activities/besoka-boden.yaml": text}).plan)
    assert (at(record, DUE).overdue, at(record, DUE).due_unreported) == (False, False)
    assert (replay(record, AFTER).overdue, replay(record, AFTER).due_unreported) == (None, True)


def test_a_note_a_move_or_a_new_owner_is_no_report() -> None:
    record = activity("""\
  - {date: 2013-03-04, note: Vi har ringt}
  - {date: 2013-03-05, due: 2013-06-30}
  - {date: 2013-03-06, owners: [naringsliv]}""")
    state = at(record, "2013-07-01")
    assert (state.status, state.report) == ("unreported", None)
    assert (state.overdue, state.due_unreported) == (None, True)
    assert len(state.entries) == 3


def test_every_reporting_field_makes_a_report() -> None:
    reports = ("status: on_hold", "progress: 0", "outlook: off_track", "count: 1")
    for report in reports:
        assert at(activity(f"  - {{date: 2013-03-04, {report}}}"), "2013-03-04").report is not None
    for report in ("assessment: expected", "outlook: on_track"):
        assert at(goal(f"  - {{date: 2013-03-04, {report}}}"), "2013-03-04").report is not None
    for report in ("ticked: false", "assessment: achieved", "count: 0", "outlook: at_risk"):
        assert at(box(f"  - {{date: 2013-03-04, {report}}}"), "2013-03-04").report is not None


def test_evidence_is_that_of_the_last_report() -> None:
    record = activity("""\
  - {date: 2013-03-04, status: in_progress, evidence: [https://example.org/1]}
  - {date: 2013-04-04, note: Bilder, evidence: [https://example.org/2]}""")
    assert at(record, "2013-05-01").evidence == ("https://example.org/1",)


def test_a_box_is_open_until_it_is_ticked() -> None:
    record = box("  - {date: 2013-05-01, ticked: true}")
    before, after = at(record, "2013-04-30"), at(record, "2013-05-01")
    assert (before.ticked, before.ticked_on) == (False, None)
    assert (after.ticked, after.ticked_on, after.finished) == (True, date(2013, 5, 1), True)


def test_an_unticked_box_is_open_again_and_has_no_day() -> None:
    record = box("""\
  - {date: 2013-05-01, ticked: true}
  - {date: 2013-06-01, ticked: false, reason: Fel ruta}""")
    state = at(record, "2013-07-01")
    assert (state.ticked, state.ticked_on, state.finished) == (False, None, False)


def test_a_box_ticked_twice_bears_the_last_day() -> None:
    record = box("""\
  - {date: 2013-05-01, ticked: true}
  - {date: 2013-06-01, ticked: false, reason: Fel ruta}
  - {known_by: 2013-07-01, ticked: true}
  - {date: 2013-08-01, count: 1}""")
    assert at(record, "2013-09-01").ticked_on == date(2013, 7, 1)


def test_a_ticked_box_and_an_achieved_goal_are_never_overdue() -> None:
    assert replay(box("  - {date: 2014-01-10, ticked: true}"), AFTER).overdue is False
    assert replay(goal("  - {date: 2014-01-10, assessment: achieved}"), AFTER).overdue is False
    assert replay(goal("  - {date: 2013-01-10, assessment: expected}"), AFTER).overdue is True


def test_the_log_moves_owners() -> None:
    record = activity("  - {date: 2013-04-02, owners: [naringsliv, bmb]}")
    assert at(record, "2013-04-01").owners == ("landsbygd",)
    assert at(record, "2013-04-02").owners == ("naringsliv", "bmb")


def test_an_empty_list_of_owners_leaves_the_record_vacant() -> None:
    record = activity("""\
  - {date: 2013-04-02, owners: []}
  - {date: 2013-05-02, status: in_progress}""")
    assert at(record, "2013-06-01").owners == ()


def test_a_record_exists_from_its_first_day_until_the_day_it_is_retired() -> None:
    text = """\
        title: Besöka Boden
        valid_from: 2013-02-01
        retired: {date: 2013-09-01, reason: Ersatt}
    """
    record = only(load({"activities/besoka-boden.yaml": text}).plan)
    start = date(2013, 1, 1)
    days = (date(2013, 1, 31), date(2013, 2, 1), date(2013, 8, 31), date(2013, 9, 1))
    assert [exists(record, start, day) for day in days] == [False, True, True, False]


def test_a_record_exists_from_the_plans_first_day_unless_it_says_otherwise() -> None:
    plan = load({"activities/besoka-boden.yaml": "title: Besöka Boden\n"}).plan
    assert list(Standing(plan, date(2012, 12, 31)).records) == []
    assert list(Standing(plan, date(2013, 1, 1)).records) == ["besoka-boden"]


def test_a_record_retired_later_still_exists_and_is_not_yet_counted_as_retired() -> None:
    text = "title: Besöka Boden\nretired: {date: 2013-09-01, reason: Ersatt}\n"
    plan = load({"activities/besoka-boden.yaml": text}).plan
    before, after = Standing(plan, date(2013, 8, 31)), Standing(plan, date(2013, 9, 1))
    assert (len(before.records), len(before.retired)) == (1, 0)
    assert (len(after.records), len(after.retired)) == (0, 1)


def test_the_newest_entry_is_the_last_one_not_in_the_future() -> None:
    plan = load(
        {
            "activities/aa.yaml": "title: A\nlog: [{date: 2016-01-10}, {date: 2017-02-01, note: n}]\n",
            "activities/bb.yaml": "title: B\nlog: [{known_by: 2016-03-01, note: n}]\n",
            "activities/cc.yaml": "title: C\n",
        }
    ).plan
    assert newest_entry_date(plan, date(2016, 12, 31)) == date(2016, 3, 1)
    assert newest_entry_date(plan, date(2015, 12, 31)) is None


FIRST = date(2013, 1, 1)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(("not_started", "in_progress", "on_hold", "done", "cancelled")),
        "progress": st.integers(0, 100),
        "outlook": st.sampled_from(("on_track", "at_risk", "off_track")),
        "count": st.integers(0, 9),
        "due": st.dates(FIRST, date(2015, 12, 31)),
        "owners": st.lists(st.sampled_from(("landsbygd", "bmb")), unique=True),
        "note": st.just("n"),
    },
)
LOGS = st.dictionaries(st.integers(0, 700), CHANGES, max_size=8)
"""Entries on different days, by day."""


def entries(log: dict[int, dict[str, object]]) -> list[ActivityEntry]:
    return [ActivityEntry(date=FIRST + timedelta(days=day), **changes) for day, changes in log.items()]


def with_log(log: list[ActivityEntry]) -> Activity:
    return Activity(
        id="aa", path="data/activities/aa.yaml", title="A", due=date(2013, 12, 31), log=tuple(log)
    )


@given(log=LOGS, as_of=st.dates(FIRST, date(2015, 12, 31)), shuffled=st.randoms(use_true_random=False))
def test_entries_on_different_days_may_stand_in_any_order(log, as_of, shuffled) -> None:
    written = entries(log)
    moved = list(written)
    shuffled.shuffle(moved)
    assert replay(with_log(written), as_of) == replay(with_log(moved), as_of)


@given(log=LOGS, as_of=st.dates(FIRST, date(2015, 12, 31)))
def test_what_comes_later_changes_nothing_before(log, as_of) -> None:
    written = entries(log)
    until = [entry for entry in written if entry.date is not None and entry.date <= as_of]
    assert replay(with_log(written), as_of) == replay(with_log(until), as_of)


@given(log=LOGS, as_of=st.dates(FIRST, date(2015, 12, 31)))
def test_overdue_is_unknown_exactly_when_due_unreported(log, as_of) -> None:
    state = replay(with_log(entries(log)), as_of)
    assert (state.overdue is None) == state.due_unreported
