from datetime import date

import pytest

from servplan.analysis.graph import Graph
from servplan.analysis.inquiry import Question, answers_to, conversation, whole_number
from servplan.diagnostics import UsageError
from servplan.render.plain import write_plain
from servplan.render.views.inquiry import MOVES, card_blocks, keys_of, menu_blocks, question_lines
from servplan.render.words import Words
from servplan.state import Standing, replay
from tests.plans import load

DAY = date(2013, 9, 30)
BOX = "title: B\nprogramme: tio\n"


def answers(path: str, text: str) -> dict[str, object]:
    """The answers to the one record of a plan, by code."""
    (record,) = load({path: text}).plan.records.values()
    return {answer.code: answer for answer in answers_to(record, replay(record, DAY))}


def talk(answer: object, *texts: str) -> tuple[list[Question], object]:
    """Answer every question; return the questions, and what the entry says."""

    def day(text: str) -> str:
        if text != "nyår":
            raise UsageError("bad-date", given=text)
        return "2013-12-31"

    talking = conversation(answer, {"due": day, "count": whole_number})  # type: ignore[arg-type]
    asked = []
    try:
        asked.append(next(talking))
        for text in texts:
            question = talking.send(text)
            asked.append(question)
    except StopIteration as end:
        return asked, end.value
    return asked, ...


# Which answers there are


def test_an_activity_goes_on_is_done_at_risk_on_hold_or_moved() -> None:
    begun = "title: A\nlog: [{date: 2013-09-01, status: in_progress}]\n"
    assert list(answers("activities/aa.yaml", begun)) == ["going_on", "done", "at_risk", "on_hold", "new_due"]


def test_only_what_nobody_has_begun_can_be_told_not_started() -> None:
    assert "not_started" in answers("activities/aa.yaml", "title: A\n")
    waiting = "title: A\nlog: [{date: 2013-09-01, status: not_started}]\n"
    assert "not_started" in answers("activities/aa.yaml", waiting)


@pytest.mark.parametrize("outlook", ["at_risk", "off_track"])
def test_going_on_after_a_deviation_says_that_it_is_over(outlook: str) -> None:
    text = f"title: A\nlog: [{{date: 2013-09-01, outlook: {outlook}}}]\n"
    assert talk(answers("activities/aa.yaml", text)["back_on_track"], "")[1] == {
        "status": "in_progress",
        "outlook": "on_track",
    }


def test_a_box_is_ticked_or_not_yet_and_counted_only_if_it_counts() -> None:
    assert list(answers("boxes/bb.yaml", BOX)) == ["ticked", "not_yet", "at_risk", "new_due"]
    assert "count" in answers("boxes/bb.yaml", BOX + "target_count: 15\n")
    assert "count" in answers("activities/aa.yaml", "title: A\ntarget_count: 3\n")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("activities/aa.yaml", "title: A\ntarget_count: 3\n"),
        ("activities/aa.yaml", "title: A\ntarget_count: 3\nlog: [{date: 2013-09-01, outlook: at_risk}]\n"),
        ("boxes/bb.yaml", BOX + "target_count: 3\n"),
    ],
)
def test_every_answer_and_move_has_a_key_of_its_own(language: str, path: str, text: str) -> None:
    codes = [*answers(path, text), *MOVES]
    keys = keys_of(codes, Words(language))
    assert list(keys.values()) == codes
    assert {len(key) for key in keys} == {1}


# What an answer's entry says


@pytest.mark.parametrize(
    ("path", "code", "texts", "said"),
    [
        ("activities", "going_on", [" Bokat "], {"status": "in_progress", "note": "Bokat"}),
        ("activities", "going_on", [""], {"status": "in_progress"}),
        ("activities", "done", ["", ""], {"status": "done"}),
        ("activities", "done", ["Klart", "a"], {"status": "done", "note": "Klart", "evidence": "a"}),
        ("activities", "at_risk", ["Möte"], {"outlook": "at_risk", "action": "Möte"}),
        ("activities", "on_hold", ["Vinter"], {"status": "on_hold", "reason": "Vinter"}),
        ("activities", "not_started", [""], {"status": "not_started"}),
        ("activities", "count", ["0", ""], {"count": 0}),
        ("activities", "new_due", ["nyår", "Sent"], {"due": "2013-12-31", "reason": "Sent"}),
        ("boxes", "ticked", ["", ""], {"ticked": True}),
        ("boxes", "not_yet", [""], {"outlook": "on_track"}),
        ("boxes", "count", ["3", "Tre"], {"count": 3, "note": "Tre"}),
    ],
)
def test_an_answer_makes_an_entry(path: str, code: str, texts: list[str], said: dict[str, object]) -> None:
    text = "title: A\ntarget_count: 3\n" + ("programme: tio\n" if path == "boxes" else "")
    assert talk(answers(f"{path}/aa.yaml", text)[code], *texts)[1] == said


@pytest.mark.parametrize(
    ("code", "texts"), [("at_risk", [""]), ("on_hold", [" "]), ("new_due", ["nyår", ""])]
)
def test_an_answer_without_what_it_needs_is_taken_back(code: str, texts: list[str]) -> None:
    assert talk(answers("activities/aa.yaml", "title: A\n")[code], *texts)[1] is None


@pytest.mark.parametrize(
    ("code", "text", "fault"),
    [
        ("new_due", "snart", "bad-date"),
        ("count", "tre", "bad-count"),
        ("count", "-1", "bad-count"),
        ("count", "²", "bad-count"),
        ("going_on", "bort\x1b[D", "unwritable-sign"),
        ("going_on", "p\ufffdg\ufffdr", "unwritable-sign"),
    ],
)
def test_what_cannot_be_read_is_asked_for_again_with_the_reason(code: str, text: str, fault: str) -> None:
    asked, said = talk(answers("activities/aa.yaml", "title: A\ntarget_count: 3\n")[code], text)
    assert said is ...
    first, second = asked
    assert (first.fault, second.fault and second.fault.code) == (None, fault)
    assert second.asked == first.asked


def test_a_question_says_what_enter_does_after_what_was_wrong() -> None:
    asked, _said = talk(answers("activities/aa.yaml", "title: A\n")["new_due"], "snart")
    assert list(question_lines(asked[0], Words("en"))) == ["New due date (Enter takes the answer back) > "]
    *faults, again = question_lines(asked[1], Words("en"))
    assert faults == [
        "“snart” is no date.",
        "→ Write it as YYYY-MM-DD, “idag” for today, or “+2v” for two weeks ahead; --help tells what more.",
    ]
    assert again == "New due date (Enter takes the answer back) > "


def test_a_moved_date_is_no_report_and_every_other_answer_is() -> None:
    found = answers("activities/aa.yaml", "title: A\ntarget_count: 3\n")
    assert [code for code, answer in found.items() if not answer.is_report] == ["new_due"]  # type: ignore[attr-defined]


# What is shown


def test_a_card_shows_what_the_record_serves_where_it_is_heading_and_what_was_said_last() -> None:
    text = """\
        title: Resa
        supports: [service]
        owners: [landsbygd]
        due: 2013-08-31
        log:
          - {date: 2013-07-01, due: 2013-10-31, reason: r}
          - {date: 2013-08-01, due: 2013-12-31, reason: r}
          - {known_by: 2013-08-30, status: in_progress, outlook: at_risk, action: Extra möte}
        """
    files = {
        "activities/resa.yaml": text,
        "goals/service.yaml": "title: Service\nlevel: overall\n",
        "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    }
    graph = Graph(Standing(load(files).plan, DAY))
    record, state = graph.standing.records["resa"], graph.standing.state("resa")
    words = Words("sv")
    codes = [*(answer.code for answer in answers_to(record, state)), *MOVES]
    shown = write_plain([*card_blocks(record, state, (3, 11), graph, words), *menu_blocks(codes, words)])
    assert (
        shown
        == """\
3 av 11  Resa
Id               resa
Stöder           Service
Ansvariga        Landsbygd
Slutdatum        2013-12-31 (flyttat 2 gånger; utlovat: 2013-08-31)
Läge             ◐ Pågår
Prognos          ▲ Risk för avvikelse
Åtgärd           Extra möte
Senaste rapport  senast 2013-08-30  Status: Pågår · Prognos: Risk för avvikelse · Åtgärd: Extra möte

p pågår, åter enligt plan  k klar  r risk  v vilande  d nytt datum
h hoppa över  b backa  a avsluta  ? förklaring
"""
    )
