import ast
import re
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from servplan.checks.registry import CHECKS
from servplan.render.error_messages import ERRORS
from servplan.render.finding_messages import FINDINGS
from servplan.render.words import LABELS, SYMBOLS, Words
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "servplan"
FOLDER = SOURCE / "locale" / "sv" / "LC_MESSAGES"
KEYWORDS = {"words": None, "N_": None, "number": (1, 2)}
_FIELD = re.compile(r"{[a-z_]*}")

Forms = tuple[str, ...]
"""A message's one form, or its singular and plural."""


def forms(text: str | tuple[str, ...] | list[str]) -> Forms:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.fixture(scope="module")
def used() -> set[Forms]:
    """Every message that the source marks for translation."""
    found = extract_from_dir(SOURCE, [("**.py", "python")], keywords=KEYWORDS)
    return {forms(message) for _file, _line, message, _comments, _context in found if message}


@pytest.fixture(scope="module")
def swedish() -> Catalog:
    with (FOLDER / "servplan.po").open("rb") as file:
        return read_po(file, "sv")


@pytest.fixture(scope="module")
def translated(swedish: Catalog) -> dict[Forms, Forms]:
    return {forms(message.id): forms(message.string) for message in swedish if message.id}


def test_every_message_of_the_source_is_translated(used: set[Forms], translated: dict[Forms, Forms]) -> None:
    assert sorted(used - translated.keys()) == []


def test_no_translation_is_left_over(used: set[Forms], translated: dict[Forms, Forms]) -> None:
    assert sorted(translated.keys() - used) == []


def test_no_translation_is_empty_or_fuzzy(swedish: Catalog, translated: dict[Forms, Forms]) -> None:
    assert [key for key, texts in translated.items() if not all(texts)] == []
    assert [message.id for message in swedish if message.id and message.fuzzy] == []
    assert list(swedish.obsolete) == []


def test_a_translation_has_as_many_forms_as_its_message(translated: dict[Forms, Forms]) -> None:
    assert [key for key, texts in translated.items() if len(key) != len(texts)] == []


def test_a_translation_has_the_same_parameters(translated: dict[Forms, Forms]) -> None:
    def fields(text: str) -> list[str]:
        return sorted(_FIELD.findall(text))

    different = [
        key
        for key, texts in translated.items()
        if any(fields(one) != fields(other) for one, other in zip(key, texts, strict=True))
    ]
    assert different == []


def test_a_translation_begins_and_ends_with_the_same_white_space(translated: dict[Forms, Forms]) -> None:
    def edges(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    different = [
        key
        for key, texts in translated.items()
        if any(edges(one) != edges(other) for one, other in zip(key, texts, strict=True))
    ]
    assert different == []


def test_the_compiled_catalogue_is_that_of_its_source(swedish: Catalog) -> None:
    compiled = BytesIO()
    write_mo(compiled, swedish)
    with (FOLDER / "servplan.mo").open("rb") as file:
        committed = read_mo(file)
    expected = read_mo(BytesIO(compiled.getvalue()))
    assert {forms(m.id): forms(m.string) for m in committed if m.id} == {
        forms(m.id): forms(m.string) for m in expected if m.id
    }


WORDS = {
    "status": {
        "unreported": "Ej rapporterad",
        "not_started": "Ej påbörjad",
        "in_progress": "Pågår",
        "on_hold": "Vilande",
        "done": "Klar",
        "cancelled": "Avbruten",
    },
    "assessment": {
        "achieved": "Uppnått",
        "partly_achieved": "Delvis uppnått",
        "not_achieved": "Ej uppnått",
        "expected": "Bedöms uppnås",
        "expected_partly": "Bedöms delvis uppnås",
        "not_expected": "Bedöms inte uppnås",
        "not_assessable": "Kan inte bedömas",
        "none": "Ej bedömt",
    },
    "outlook": {"on_track": "Enligt plan", "at_risk": "Risk för avvikelse", "off_track": "Avvikelse"},
    "standing": {"overdue": "Försenad", "due_unreported": "Ej rapporterad, slutdatum passerat"},
    "box": {"ticked": "Avprickad"},
    "kind": {"box": "Punkt"},
    "field": {"outlook": "Prognos", "action": "Åtgärd", "evidence": "Underlag", "retired": "Utgått"},
}
"""The words that the municipality uses."""


@pytest.mark.parametrize(("group", "code"), [(group, code) for group in WORDS for code in WORDS[group]])
def test_codes_bear_the_municipalitys_words(group: str, code: str) -> None:
    assert Words("sv").label(group, code) == WORDS[group][code]


def test_every_symbol_has_a_word_to_stand_beside() -> None:
    wordless = [
        (group, code) for group, codes in SYMBOLS.items() for code in codes if code not in LABELS[group]
    ]
    assert wordless == []


def test_no_two_codes_of_a_group_share_a_symbol_or_a_word() -> None:
    for language in ("sv", "en"):
        words = Words(language)
        for group, codes in SYMBOLS.items():
            signs = {(sign, words.label(group, code)) for code, sign in codes.items()}
            assert len(signs) == len(codes), (language, group)


def test_a_plans_own_labels_win() -> None:
    words = Words("sv", {"status.done": "Färdig"})
    assert (words.label("status", "done"), words.label("status", "on_hold")) == ("Färdig", "Vilande")


def test_english_is_the_messages_themselves() -> None:
    assert Words("en")("{n} files read", n=3) == "3 files read"
    assert Words("en").number("{n} error", "{n} errors", 1) == "1 error"


def test_numbers_choose_the_form() -> None:
    assert [Words("sv").number("{n} file read", "{n} files read", n) for n in (0, 1, 2)] == [
        "0 filer lästa",
        "1 fil läst",
        "2 filer lästa",
    ]


def codes_of(*makers: str) -> set[str]:
    """The codes that calls of these names are given first, anywhere in the source."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if name in makers:
                    found.add(node.args[0].value)
    return found


def test_every_finding_and_every_rule_has_words() -> None:
    codes = codes_of("Diagnostic", "_found", "Fault", "_FaultError") | {rule.CODE for rule in CHECKS}
    assert len(codes) > 30
    assert sorted(codes - FINDINGS.keys()) == []


def test_every_error_has_words_and_a_remedy() -> None:
    codes = codes_of("ServplanError", "UsageError")
    assert len(codes) > 10
    assert sorted(codes - ERRORS.keys()) == []
    assert [code for code, found in ERRORS.items() if not found.hint] == []
