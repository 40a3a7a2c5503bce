"""What the plan says, changed by `set`, `retire` and `rename`."""

from pathlib import Path

import pytest

from tests import plans
from tests.changes import PLAN, RESA, committed, data
from tests.conftest import Run


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plans.write(tmp_path / "plan", PLAN)


def test_references_are_named_by_their_beginning_or_words(servplan: Run, plan: Path) -> None:
    changed = servplan("set", "resa", "supports", "--add", "list", plan=plan)
    assert changed == (
        0,
        f"{RESA}\n-supports: [service]  # målet\n+supports: [service, lista]  # målet\n",
        "",
    )
    removed = servplan("set", "resa", "supports", "--remove", "serv", plan=plan)
    assert (removed.code, "+supports: [lista]  # målet\n" in removed.out) == (0, True)
    added = servplan(
        "add", "box", "Ny punkt", "--set", "programme=tio punkt", "--set", "owners=land", plan=plan
    )
    assert "+programme: tio\n" in added.out
    assert "+owners: landsbygd\n" in added.out


def test_a_reference_that_leads_nowhere_can_be_removed_as_it_stands(servplan: Run, plan: Path) -> None:
    (plan / RESA).write_text("title: Resa\nsupports: [service, borta]\n", encoding="utf-8")
    done = servplan("set", "resa", "supports", "--remove", "borta", plan=plan)
    assert (done.code, (plan / RESA).read_text("utf-8")) == (0, "title: Resa\nsupports: [service]\n")


PROMISES = {
    **PLAN,
    "boxes/lista.yaml": "title: Lista\nprogramme: tio\nsupports: service\ntarget_count: 15\n",
    "goals/service.yaml": "title: Service\nlevel: overall\ndecided: {body: KS, date: 2013-01-15}\n",
    "activities/resa.yaml": """\
        title: Resa
        supports: service
        due: 2014-12-31
        valid_from: 2013-02-01
        retired: {date: 2014-01-01, reason: Ersatt}
        """,
}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["lista", "target_count", "12"], "”target_count” för ”lista” är utlovat eller beslutat: "),
        (["lista", "target_count"], "”target_count” för ”lista” är utlovat eller beslutat: "),
        (["tio", "points", "2"], "”points” för ”tio” är utlovat eller beslutat: "),
        (["service", "title", "Sämre service"], "”title” för ”service” är utlovat eller beslutat: "),
        (["service", "decided"], "”decided” för ”service” är utlovat eller beslutat: "),
        (["rapport", "valid_from", "2013-03-01"], "”valid_from” för ”rapport” är utlovat eller beslutat: "),
        (["resa", "valid_from"], "”valid_from” för ”resa” är utlovat eller beslutat: "),
        (["resa", "retired"], "”retired” för ”resa” är utlovat eller beslutat: "),
        (["resa", "due"], "”resa” har ett slutdatum: det flyttas med en notering"),
    ],
)
def test_a_promise_is_only_corrected_with_a_reason_and_then_the_audit_finds_nothing(
    servplan: Run, tmp_path: Path, command: list[str], said: str
) -> None:
    plan = committed(plans.write(tmp_path / "plan", PROMISES))
    before = data(plan)
    refused = servplan("set", *command, plan=plan)
    assert (refused.code, refused.out, said in refused.err) == (2, "", True)
    typed = f'servplan --plan {plan} set {" ".join(command).replace("Sämre service", chr(34) + "Sämre service" + chr(34))} --reason "…"\n'
    assert refused.err.endswith(typed)
    assert data(plan) == before
    done = servplan("set", *command, "--reason", "Fel avskrivet", plan=plan)
    entry = f"+  - {{date: 2014-01-20, amends: [{command[1]}], reason: Fel avskrivet}}\n"
    assert (done.code, done.out.endswith(entry)) == (0, True)
    assert servplan("audit", plan=plan).code == 0
    assert " Rättar: " in servplan("events", plan=plan).out


def test_what_was_not_promised_before_is_set_freely(servplan: Run, plan: Path) -> None:
    for command in (
        ["lista", "target_count", "15"],
        ["rapport", "due", "2014-06-01"],
        ["resa", "title", "R"],
    ):
        done = servplan("set", *command, plan=plan)
        assert (done.code, "amends" in done.out) == (0, False)


def test_a_change_that_was_made_by_hand_is_explained_once(servplan: Run, plan: Path) -> None:
    command = ["set", "resa", "due", "2014-12-31", "--reason", "Felskrivet från början"]
    told = "+log:\n+  - {date: 2014-01-20, amends: [due], reason: Felskrivet från början}\n"
    assert servplan(*command, plan=plan) == (0, f"{RESA}\n{told}", "")
    assert servplan(*command, plan=plan) == (0, "", "Så är det redan; inget skrevs.\n")


def test_owners_that_the_log_has_changed_are_changed_there_again(servplan: Run, plan: Path) -> None:
    assert servplan("set", "resa", "owners", "landsbygd", "vagar", plan=plan).code == 0
    assert servplan("log", "resa", "--owner", "vagar", plan=plan).code == 0
    for values in (["landsbygd"], ["vagar", "--remove"]):
        refused = servplan("set", "resa", "owners", *values, plan=plan)
        assert refused == (
            2,
            "",
            (
                "”resa” har fått andra ansvariga med en notering, och den gäller: nästa byte är en ny notering.\n"
                "→ servplan log resa --owner ANSVARIG\n"
                "  Om den första ansvariga var fel från början, rätta det: "
                f'servplan --plan {plan} set resa owners {" ".join(values)} --reason "…"\n'
            ),
        )
    corrected = servplan("set", "resa", "owners", "landsbygd", "--reason", "Vägar först nu", plan=plan)
    assert (corrected.code, "+owners: [landsbygd]" in corrected.out) == (0, True)


def test_what_is_corrected_must_be_a_field_and_have_a_reason(servplan: Run, plan: Path) -> None:
    unknown = servplan("log", "resa", "--amends", "slutdag", "--reason", "Fel", plan=plan)
    assert (unknown.code, unknown.err.startswith("Här finns inget fält ”slutdag”")) == (2, True)
    assert servplan("log", "resa", "--amends", "due", plan=plan).code == 2


def test_retiring_again_in_the_same_words_is_already_so(servplan: Run, plan: Path) -> None:
    command = ["retire", "resa", "rapport", "--reason", "Ersatt", "--date", "+2v"]
    first = servplan(*command, plan=plan)
    assert (first.code, first.out.count("+retired: {date: 2014-02-03, reason: Ersatt}")) == (0, 2)
    assert servplan(*command, plan=plan) == (0, "", "Så är det redan; inget skrevs.\n")


def test_old_ids_still_find_the_record_after_a_rename(servplan: Run, plan: Path) -> None:
    assert servplan("rename", "resa", "studieresa", plan=plan).code == 0
    assert servplan("done", "resa", plan=plan).out.startswith("data/activities/studieresa.yaml\n")


def test_a_log_that_goes_on_after_the_record_is_told(servplan: Run, plan: Path) -> None:
    assert servplan("done", "resa", "--date", "2014-01-15", plan=plan).code == 0
    done = servplan("retire", "resa", "--reason", "Fel", "--date", "2014-01-10", plan=plan)
    said = "Obs: loggen för ”resa” går till 2014-01-15, men posten har utgått från 2014-01-10.\n"
    assert (done.code, done.err) == (0, said)
    assert servplan("retire", "rapport", "--reason", "Fel", plan=plan).err == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "{title: Resa, due: 2014-12-31}\n",
            "due: 2014-06-30\n  log: [{date: 2014-01-20, amends: [due], reason: Fel}]",
        ),
        (
            "title: Resa\nowners:\n  - landsbygd\n  # sedan\n  - vagar\nlog: [{date: 2014-01-02, owners: vagar}]\n",
            "owners: [vagar, landsbygd]\n  log: […, {date: 2014-01-20, amends: [owners], reason: Fel}]",
        ),
        (
            "title: Resa\ndue: 2014-12-31\nlog: {date: 2014-01-02, note: Bokat}\n",
            (
                "due: 2014-06-30\n  log: [{date: 2014-01-02, note: Bokat}, "
                "{date: 2014-01-20, amends: [due], reason: Fel}]"
            ),
        ),
    ],
)
def test_what_cannot_be_corrected_is_to_be_written_by_hand_whole(
    servplan: Run, plan: Path, text: str, wanted: str
) -> None:
    (plan / RESA).write_text(text, "utf-8")
    change = ["owners", "vagar", "landsbygd"] if wanted.startswith("owners") else ["due", "2014-06-30"]
    done = servplan("set", "resa", *change, "--reason", "Fel", plan=plan)
    assert (done.code, done.out, data(plan)[RESA]) == (3, "", text)
    assert done.err.endswith(f": {wanted}\n")
