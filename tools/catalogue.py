"""Keeps the Swedish catalogue in step with the code: `python -m tools.catalogue`.

Sentences that are new in the code are added without a translation, and named; those that are gone are
dropped; the compiled catalogue is written beside.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "src/servplan/locale/sv/LC_MESSAGES/servplan.po"
KEYWORDS = {"words": None, "N_": None, "number": (1, 2)}
STABLE = datetime(2026, 1, 1, tzinfo=UTC)

Sentence = str | tuple[str, ...]


def sentences() -> Iterator[Sentence]:
    """Yield every sentence that the code marks for translation, once, in order."""
    folders = (ROOT / "src/servplan/render", ROOT / "src/servplan/cli")
    found = {
        message
        for folder in folders
        for _file, _line, message, _comments, _context in extract_from_dir(
            str(folder), keywords=KEYWORDS, method_map=[("**.py", "python")]
        )
    }
    yield from sorted(found, key=str)


def updated(old: Catalog) -> Catalog:
    """Return the catalogue of the sentences that the code has now, with the old translations."""
    known = {message.id: message.string for message in old if message.id}
    new = Catalog(
        locale="sv",
        project="servplan",
        version="1",
        copyright_holder="servplan",
        header_comment="# The Swedish words of servplan.",
        msgid_bugs_address="",
        last_translator="servplan",
        language_team="servplan",
        creation_date=STABLE,
        revision_date=STABLE,
        fuzzy=False,
    )
    for sentence in sentences():
        new.add(sentence, known.get(sentence))
    return new


def main() -> None:
    """Write both forms of the catalogue, and name what lacks a translation."""
    with CATALOGUE.open("rb") as file:
        catalogue = updated(read_po(file, locale="sv"))
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    for message in catalogue:
        if message.id and not all(message.string if isinstance(message.string, tuple) else (message.string,)):
            print(f"no translation: {message.id}")


if __name__ == "__main__":
    main()
