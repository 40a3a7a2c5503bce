import pytest

from servplan.analysis.find import candidates, fold, pick, search
from servplan.diagnostics import UsageError
from servplan.model.activity import Activity
from servplan.model.goal import Goal
from servplan.model.plan import Plan
from servplan.model.record import Record
from tests.plans import load

FILES = {
    "owners/landsbygd.yaml": "title: Landsbygd\ntype: unit\n",
    "goals/besok.yaml": "title: Fler besök\nlevel: overall\n",
    "activities/besoka-boden.yaml": """\
        title: Besöka Bodens kommun
        formerly: [resa-norrut]
        tags: [studiebesök]
        note: Tåget är bokat
        log: [{date: 2013-03-01, note: Vi mötte Överkalix}]
    """,
    "activities/besoka-ornskoldsvik.yaml": "title: Besöka Örnsköldsviks kommun\n",
    "activities/en-vag-in.yaml": "title: ”En väg in”\ndescription: Om Bodens modell\n",
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(FILES).plan


def ids(plan: Plan, asked: str) -> list[str]:
    return [record.id for record in candidates(plan.records.values(), asked)]


def failure(plan: Plan, asked: str, *kinds: type[Record]) -> UsageError:
    with pytest.raises(UsageError) as error:
        pick(plan, asked, *kinds)
    assert error.value.exit_code == 2
    return error.value


@pytest.mark.parametrize(
    "text", ["Besöka Örnsköldsvik", "BESOKA ORNSKOLDSVIK", "beso\u0308ka o\u0308rnsko\u0308ldsvik"]
)
def test_case_and_accents_do_not_matter(text: str) -> None:
    assert fold(text) == "besoka ornskoldsvik"


def test_the_exact_id_wins_over_longer_ones(plan: Plan) -> None:
    assert pick(plan, "besok").id == "besok"


def test_an_old_id_is_as_good_as_the_id(plan: Plan) -> None:
    assert pick(plan, "resa-norrut").id == "besoka-boden"


@pytest.mark.parametrize("asked", ["besoka-b", "Besoka-B", "besöka-b"])
def test_a_beginning_that_only_one_id_has_is_enough(plan: Plan, asked: str) -> None:
    assert pick(plan, asked).id == "besoka-boden"


@pytest.mark.parametrize("asked", ["bodens", "boden besöka", "kommun boden"])
def test_words_of_id_or_title_are_enough_in_any_order(plan: Plan, asked: str) -> None:
    assert pick(plan, asked).id == "besoka-boden"


@pytest.mark.parametrize("asked", ["vag", "väg", "VÄG in"])
def test_a_is_as_good_as_aring(plan: Plan, asked: str) -> None:
    assert pick(plan, asked).id == "en-vag-in"


def test_a_beginning_of_several_ids_is_ambiguous_and_lists_them(plan: Plan) -> None:
    error = failure(plan, "besoka")
    assert (error.code, error.params["number"]) == ("ambiguous-id", "2")
    assert error.params["found"] == (
        "  besoka-boden  Besöka Bodens kommun\n  besoka-ornskoldsvik  Besöka Örnsköldsviks kommun"
    )


def test_words_in_several_titles_are_ambiguous(plan: Plan) -> None:
    assert failure(plan, "kommun").code == "ambiguous-id"


def test_what_nothing_is_called_is_unknown_and_the_closest_id_is_told(plan: Plan) -> None:
    error = failure(plan, "besoka-bodne")
    assert (error.code, error.params["closest"]) == ("unknown-id", "besoka-boden")
    assert failure(plan, "zzzzz").params["closest"] == ""


def test_only_records_of_the_kind_asked_for_are_meant(plan: Plan) -> None:
    assert pick(plan, "beso", Goal).id == "besok"
    assert failure(plan, "landsbygd", Goal).code == "wrong-kind-of-record"
    assert failure(plan, "zzz", Goal).code == "unknown-id"


def test_a_record_whose_file_cannot_be_read_is_named_as_such() -> None:
    plan = load({"activities/trasig.yaml": "title: [\n"}).plan
    error = failure(plan, "trasig")
    assert (error.code, error.params["path"]) == ("unreadable-id", "data/activities/trasig.yaml")


@pytest.mark.parametrize("asked", ["", "   "])
def test_nothing_asked_is_never_one_record(asked: str) -> None:
    assert failure(load({"activities/aa.yaml": "title: A\n"} | FILES).plan, asked).code in (
        "unknown-id",
        "ambiguous-id",
    )


def test_search_looks_into_every_text_and_puts_titles_first(plan: Plan) -> None:
    assert [item.id for item in search(plan.records.values(), "boden")] == ["besoka-boden", "en-vag-in"]


@pytest.mark.parametrize("words", ["taget", "studiebesok", "overkalix", "Överkalix tåget"])
def test_search_finds_notes_tags_and_entries(plan: Plan, words: str) -> None:
    assert [item.id for item in search(plan.records.values(), words)] == ["besoka-boden"]


def test_search_asks_for_every_word(plan: Plan) -> None:
    assert search(plan.records.values(), "boden landsbygd") == []
    assert search(plan.records.values(), "  ") == []


def test_ids_listed_for_candidates_are_those_of_the_words(plan: Plan) -> None:
    assert ids(plan, "kommun") == ["besoka-boden", "besoka-ornskoldsvik"]


def test_words_mean_what_is_in_use_rather_than_what_is_retired() -> None:
    retired = "title: Resan\nretired: {date: 2014-01-01, reason: Slut}\n"
    plan = load({"activities/resa.yaml": retired, "activities/resa-2014.yaml": "title: Resan\n"}).plan
    assert [pick(plan, asked).id for asked in ("resan", "resa-", "resa")] == [
        "resa-2014",
        "resa-2014",
        "resa",
    ]


def test_of_several_kinds_the_others_do_not_come_in_question() -> None:
    files = {"activities/resa.yaml": "title: Resa\n", "goals/resor.yaml": "title: Resor\nlevel: target\n"}
    plan = load(files).plan
    assert pick(plan, "res", Goal).id == "resor"
    assert failure(plan, "res", Goal, Activity).code == "ambiguous-id"


@pytest.mark.parametrize("asked", ["besoka-b", "väg in"])
def test_a_beginning_or_words_that_only_another_kind_has_name_the_kind(plan: Plan, asked: str) -> None:
    error = failure(plan, asked, Goal)
    assert (error.code, error.params["kind"]) == ("wrong-kind-of-record", "activity")
