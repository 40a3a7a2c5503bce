"""Writes the pages that come from the code: `python -m tools.reference`.

docs/records.md tells every key of every file from the models; docs/checks.md tells every rule from its
module's docstring, and what reading finds from the words that are shown.
"""

import re
import sys
import types
import typing
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

from babel.messages.pofile import read_po
from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from servplan.analysis.audit.registry import CODES, RULES
from servplan.analysis.audit.remedies import way_codes
from servplan.analysis.audit.step import Rule
from servplan.checks.examined import Check
from servplan.checks.registry import CHECKS
from servplan.export.schema import FROM_THE_NAME
from servplan.files.layout import ANSWERS_PATH, HEADER_PATH
from servplan.model.answer import Answer
from servplan.model.fields import ID_PATTERN, Internal, Link, Ref
from servplan.model.header import Header
from servplan.model.ids import MAX_ID
from servplan.model.kinds import KINDS
from servplan.model.record import Entry, Record
from servplan.model.walk import model_at
from servplan.render.finding_messages import FINDINGS
from servplan.render.message import Message
from servplan.render.remedies import WAYS
from servplan.render.words import LABELS
from tools.catalogue import CATALOGUE

DOCS = Path(__file__).parent.parent / "docs"
MADE = "<!-- Written by `make docs` from the code; edits here are lost. -->"

IDLE = "answer-idle"
"""What `audit` says of a row that answers nothing."""

OF_TIME = ("overdue", "due-unreported")
"""The findings that only `check --as-of` adds."""

RECORDS = f"""\
# Records

{MADE}

A plan is a folder with `{HEADER_PATH}` and one YAML file for each record. The folder below `data/` tells a
record's kind; further folders below that are free (`data/activities/2013/…`).

**The file's name without `.yaml` is the record's id**, unique in the whole plan: `{ID_PATTERN}`,
2–{MAX_ID} signs, no word that YAML may read as a value (`null`, `yes`, `off` …), no device's name on Windows
(`con`, `nul` …).

How to read the tables:

- A key with a dot stands inside a group: `retired.date` is the key `date` of the group `retired`. “Required”
  then means: wherever the group is written.
- “One or several”: a single value may stand without a list.
- A link in the column “Type” names the kind of record whose id belongs there.
- A text is what YAML 1.2 reads as text. Write `"1885"` and `"1.10"` in quotes: `servplan check` asks for them
  where a value would otherwise change its meaning. A date is written `2013-12-31`.
- *Internal* keys are left out of public output. They are not secret: whoever reads the repository reads them.
- A key that is not listed is an error.

`servplan schema` prints the same as JSON Schemas, with which editors complete and check while you type.
"""

ENTRIES = """\
## Log entries

Every record can have a `log`, a list of entries: what happened, each on its day. The keys of the record
itself keep the original promise, and entries say what is so from then on. Entries stand in any order; those
of one day apply in the file's order. Every entry has either `date` or `known_by`. The keys below can stand in
the entries of every kind of record; what only one kind's entries can say is told in that kind's section.
"""

ANSWERS = f"""\
## Answers to the audit: `{ANSWERS_PATH}`

A list, a row for each change that [the audit](audit.md) finds and that stands all the same. The file is no
record, and may be left out.
"""

CHECKS_INTRO = f"""\
# Checks

{MADE}

`servplan check` judges what is written, so that it gives the same answer tomorrow. Each finding has a code, a
weight, a place and a remedy. Errors end the command with exit code 1; warnings do too with `--strict`.

## Rules

A plan weighs a rule differently, or silences it, in `{HEADER_PATH}`:

```yaml
checks: {{no-owner: error, no-activity: info, bad-link: off}}
```

The examples are run by the tests, each laid over a small plan that holds the records they name.
"""

AUDIT_INTRO = f"""\
# Audit

{MADE}

`servplan audit` shows what was changed without trace: a promise that was moved where it stands, a log entry
that was rewritten, taken away or that came late, a record that was deleted. It judges commit by commit, so
that each finding names the commit, its day and its author; a merge is judged by what it made of its sides.
What is not committed yet counts as done today.

- `servplan audit` looks at all of history, and at the work tree.
- `servplan audit A..B` looks at the commits that B has and A has not, `A...B` at those since both parted, and
  `servplan audit A` at those since A and at the work tree.

It ends with exit code 1 if anything is open, so that a pipeline can hold a merge request to it:
`servplan audit origin/main...HEAD --format github`; `--format md` gives a text for its description. A clone
that does not hold the commits it needs ends it with 3: fetch with depth 0. A version of a file that cannot be
read is named, and the next one is compared with the last one that could; so is what was done while the plan
was in a format that is not known here.

A record is followed wherever it goes: to another name or folder, by way of a copy, or away and back. The
one that names another in `formerly` goes on with it from the commit where the other is gone. A plan whose
folder was moved in its repository is followed too: each commit's files are those of the folder that the plan
lay in by then.

## What it takes on trust

- A commit's day is the one that git has, even where it is before that of the commit it was made on.
- A record may be retired from a day whose report was written already: it is in later versions of it no more.
- A plan that was copied to another folder began there. Where several plans take each other's places, what
  lies in a folder is one plan; one that began by the commit in which the only other one went is that one.
- A merge may take either side's version of a record that both sides added, that of another history too.
- A new record may begin before its commit, and a value may be said to have been published before it: both
  bring their history.
- What is no promise: the title of an activity or of what nobody decided, its `start`, who is responsible and
  what it serves as the record has them, whether it is public (`visibility`). `servplan diff` tells of these.
- History that was itself rewritten leaves nothing to look at: let the forge protect the branch.

## What answers a finding

A finding is answered if, at the end of what was looked at,

- the change is undone,
- an entry that came with the change or later `amends` the field and gives a `reason` (`servplan set` makes
  the change and writes that entry with `--reason TEXT`, and refuses without; `servplan log ID --amends FIELD
  --reason TEXT` writes it for a change that was made by hand),
- the entry that was wrong is there and `voided`, or says by `recorded` when it was written,
- what was reworded has been decided anew,
- the record is there again, retired,
- or a row in `{ANSWERS_PATH}` says why the change stands (`servplan accept ID RULE --reason TEXT --by WHO`,
  with `--in COMMIT` for one case of several).

`--all` shows the answered ones too, each with its answer. A row names the record, by any id that it
has had, and the rule; with `commit` or `date` it speaks of one case of several, and without `commit` of those
that came with it or before it: it is no leave for what comes later.
[records.md](records.md#answers-to-the-audit-dataaudityaml) lists its keys.

```yaml
- record: besoka-boden
  rule: due-moved
  reason: Datumet var fel avskrivet ur planen
  by: Näringslivschefen
  date: 2013-05-20
```

A row that answers nothing any more is said when all of history is looked at. Neither rows nor what they
answer are part of any report.

## Rules

The examples are run by the tests: each shows a record before a commit of 25 May 2013, and what the commit may
make of it.
"""

AUDITED = """\
## What the audit finds

`servplan audit` judges what commits did, not what is written. [audit.md](audit.md) tells what passes, what
fails and what answers.
"""

READING = """\
## What reading finds

These findings are no rules but what stands against reading a file. They are always errors, and no setting
silences them. Words in *italics* stand for what is found there.
"""

TIME = """\
## What only time brings

`servplan check --as-of DATE` adds these as information. They are no rules, since their answer changes from
day to day.
"""

_TYPES = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    date: "date",
}
_EXAMPLE = re.compile(r"^(BEFORE|PASS|FAIL) (\S+)\n((?:    .*\n|\n)*)", re.MULTILINE)
_OUTCOMES = {"BEFORE": "Before", "PASS": "Passes", "FAIL": "Fails"}
GONE = "# the file is gone"


def records_page() -> str:
    """Return docs/records.md: the keys of the header, of every record, of every entry, and of each kind."""
    parts = (
        RECORDS,
        _header_section(),
        f"## Common keys\n\nEvery record can have these keys.\n\n{_table(Record, FROM_THE_NAME)}",
        f"{ENTRIES}\n{_table(Entry)}",
        *map(_kind_section, KINDS),
        f"{ANSWERS}\n{_table(Answer)}",
    )
    return "\n".join(parts)


def checks_page() -> str:
    """Return docs/checks.md: every rule with its examples, then the findings that are no rules."""
    rules = {rule.CODE for rule in CHECKS}
    others = (*OF_TIME, *CODES, IDLE)
    reading = [code for code in FINDINGS if code not in rules and code not in others]
    parts = (
        CHECKS_INTRO,
        *map(_rule_section, CHECKS),
        f"{READING}\n{_findings(reading)}",
        f"{TIME}\n{_findings(OF_TIME)}",
        f"{AUDITED}\n{_findings((*CODES, IDLE))}",
    )
    return "\n".join(parts)


def audit_page() -> str:
    """Return docs/audit.md: what the audit looks at, and its rules with their examples."""
    return "\n".join((AUDIT_INTRO, *map(_audit_section, RULES)))


PAGES: dict[str, Callable[[], str]] = {
    "records.md": records_page,
    "checks.md": checks_page,
    "audit.md": audit_page,
}
"""Every page in docs/ that comes from the code."""


def _header_section() -> str:
    return f"## The plan: `{HEADER_PATH}`\n\n{Header.__doc__}\n\n{_table(Header)}"


def _kind_section(kind: type[Record]) -> str:
    """Return what a kind is, its own keys, and what its entries can say besides the common keys."""
    swedish = _in_swedish(_title(kind.kind))
    about = f"{kind.__doc__}\n\nFolder `data/{kind.folder}/` · kind `{kind.kind}` · in Swedish {swedish}"
    section = f"## {_title(kind.kind)}\n\n{about}\n\n{_table(kind, (*Record.model_fields, 'log'))}"
    return section + _entry_part(kind.entry)


def _entry_part(entry: type[Entry]) -> str:
    if entry is Entry:
        return "\nIts entries have the [common keys](#log-entries) only.\n"
    about = f"{entry.__doc__} Besides the [common keys](#log-entries) its entries can have:"
    return f"\n{about}\n\n{_table(entry, Entry.model_fields)}"


def _title(kind: str) -> str:
    return LABELS["kinds"][kind]


def _in_swedish(text: str) -> str:
    """Return a translation as its source has it, whether or not it is compiled yet."""
    with CATALOGUE.open("rb") as file:
        found = read_po(file, locale="sv").get(text)
    return str(found.string) if found and found.string else text


def _table(model: type[BaseModel], without: Container[str] = ()) -> str:
    head = ("| Key | Type | Required | Meaning |", "|---|---|---|---|")
    return "\n".join((*head, *_rows(model, without))) + "\n"


def _rows(model: type[BaseModel], without: Container[str] = (), before: str = "") -> Iterator[str]:
    """Yield a row for each key, followed by the keys of the group that it may hold."""
    for name, field in model.model_fields.items():
        if name in without:
            continue
        key = field.alias or name
        yield _row(f"`{before}{key}`", _type(field), _required(field), _meaning(field))
        inside = model_at(model, (key,))
        if inside:
            yield from _rows(inside, before=f"{before}{key}.")


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _required(field: FieldInfo) -> str:
    """Return whether a key has to stand there, and what holds where it is left out."""
    if field.is_required():
        return "yes"
    default = field.default
    return f"no, else `{default}`" if isinstance(default, str | int) else "no"


def _meaning(field: FieldInfo) -> str:
    internal = any(isinstance(mark, Internal) for mark in field.metadata)
    return f"{field.description}{' *Internal.*' if internal else ''}"


def _type(field: FieldInfo) -> str:
    """Return a key's type in words, by its marks where it has some, else by its annotation."""
    several = ", one or several" if _is_many(field) else ""
    for mark in field.metadata:
        if isinstance(mark, Ref):
            return _reference(mark) + several
        if isinstance(mark, Link):
            return "address, or path in the plan" + several
    return _in_words(field.annotation, field.metadata) + several


def _is_many(field: FieldInfo) -> bool:
    """Tell whether a list is meant for which a single value may stand."""
    lenient = any(isinstance(mark, BeforeValidator) for mark in field.metadata)
    parts = (field.annotation, *typing.get_args(field.annotation))
    return lenient and any(typing.get_origin(part) is tuple for part in parts)


def _reference(mark: Ref) -> str:
    if "*" in mark.kinds:
        return "id of any record"
    kinds = (f"[{kind}](#{_anchor(_title(kind))})" for kind in mark.kinds)
    return "id of " + _either((*kinds, *(f"`{word}`" for word in mark.words)))


def _anchor(heading: str) -> str:
    return heading.lower().replace(" ", "-")


def _either(choices: Iterable[str]) -> str:
    *others, last = choices
    return f"{', '.join(others)} or {last}" if others else last


def _in_words(annotation: Any, marks: Iterable[Any]) -> str:
    """Return what an annotation accepts; `marks` are those that stand around it."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _in_words(parts[0], (*marks, *parts[1:]))
    if origin in (typing.Union, types.UnionType):
        return _in_words(next(part for part in parts if part is not type(None)), marks)
    if origin is typing.Literal:
        return _either(f"`{value}`" for value in parts)
    if origin is tuple:
        lenient = any(isinstance(mark, BeforeValidator) for mark in marks)
        item = _in_words(parts[0], ())
        return item if lenient else f"list of {item}s"
    if origin is dict:
        return f"for each name: {_in_words(parts[1], ())}"
    return _TYPES.get(annotation, "group") + _bounds(marks)


def _bounds(marks: Iterable[Any]) -> str:
    """Return the bounds that marks set: `, 0–100`."""
    low, high = _bound(marks, "ge"), _bound(marks, "le")
    if low is None:
        return ""
    return f", {low} or more" if high is None else f", {low} to {high}"


def _bound(marks: Iterable[Any], sort: str) -> int | None:
    inner = [part for mark in marks for part in (mark.metadata if isinstance(mark, FieldInfo) else (mark,))]
    return next((getattr(mark, sort) for mark in inner if hasattr(mark, sort)), None)


def _rule_section(rule: Check) -> str:
    """Return a rule's manual page: its docstring, with the examples as blocks."""
    text = (sys.modules[rule.__name__].__doc__ or "") + "\n"
    summary, _, why = text[: text.index("\nPASS ")].strip().partition("\n\n")
    examples = "\n".join(_examples(_EXAMPLE.findall(text)))
    return f"### {rule.CODE}\n\n**{summary}** Weight: {rule.SEVERITY}.\n\n{why}\n\n{examples}"


def _audit_section(rule: Rule) -> str:
    """Return the manual page of one of the audit's rules."""
    text = (sys.modules[rule.__name__].__doc__ or "") + "\n"
    summary, _, why = text[: text.index("\nBEFORE ")].strip().partition("\n\n")
    examples = "\n".join(_examples(_EXAMPLE.findall(text)))
    return f"### {rule.CODE}\n\n**{summary}**\n\n{why}\n\n{examples}"


def _examples(found: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Yield examples as blocks; files that pass or fail together are named as such."""
    before = ""
    for outcome, path, body in found:
        lead = "together with" if outcome == before else f"{_OUTCOMES[outcome]}, in"
        yield f"{lead} `{path}`:\n\n```yaml\n{dedent(body).strip() or GONE}\n```\n"
        before = outcome


def _findings(codes: Iterable[str]) -> str:
    remedies = {rule.CODE: " ".join(WAYS[way] for way in way_codes(rule)) for rule in RULES}
    said = (FINDINGS[code]._replace(hint=remedies.get(code, FINDINGS[code].hint)) for code in codes)
    rows = (_row(f"`{code}`", *_said(message)) for code, message in zip(codes, said, strict=True))
    return "\n".join(("| Code | What is wrong | What to do |", "|---|---|---|", *rows)) + "\n"


def _said(message: Message) -> tuple[str, str]:
    return _with_blanks(message.text), _with_blanks(message.hint)


def _with_blanks(text: str) -> str:
    """Return a message with its parameters' names in italics where their values will stand."""
    return re.sub(r"{(\w+)}", r"*\1*", text)


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
