"""Finding records by what people type: an id, the beginning of one, or words."""

import unicodedata
from collections.abc import Iterable, Sequence

from servplan.diagnostics import UsageError
from servplan.model.plan import Plan
from servplan.model.record import Record


def fold(text: str) -> str:
    """Return a text without case and accents: å = a, so that any keyboard will do."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def candidates(records: Iterable[Record], asked: str) -> list[Record]:
    """Return the records that `asked` may mean: by id, else by the id's beginning, else by words."""
    wanted = list(records)
    exact = [item for item in wanted if item.id == asked or asked in item.formerly]
    if exact:
        return exact
    begins = [item for item in wanted if item.id.startswith(fold(asked))]
    if len(begins) == 1:
        return begins
    return begins or with_words(wanted, asked)


def with_words(records: Iterable[Record], words: str) -> list[Record]:
    """Return the records whose id or title holds every word."""
    folded = fold(words).split()
    return [
        item for item in records if folded and all(word in fold(f"{item.id} {item.title}") for word in folded)
    ]


def pick(plan: Plan, asked: str, *kinds: type[Record]) -> Record:
    """Return the one record that is meant, of one of the kinds if any are named.

    What may mean several records means the one that is not retired, where there is just one such.

    Raises:
        UsageError: `unknown-id`, `ambiguous-id` with the records that it may mean, or `wrong-kind-of-record`,
            if it is the very id of a record of another kind, or means none but one of another.
    """
    same = plan.records.get(plan.resolve(asked) or "")
    if kinds and same and not isinstance(same, kinds):
        raise wrong_kind(plan, same.id, type(same), kinds)
    pool = [item for kind in kinds for item in plan.of(kind)] if kinds else list(plan.records.values())
    found = candidates(pool, asked)
    in_use = [item for item in found if item.retired is None]
    for sole in (found, in_use):
        if len(sole) == 1:
            return sole[0]
    if not found:
        if asked in plan.unreadable:
            raise UsageError("unreadable-id", asked=asked, path=plan.unreadable[asked])
        others = candidates(plan.records.values(), asked)
        if len(others) == 1:
            raise wrong_kind(plan, others[0].id, type(others[0]), kinds)
        raise UsageError("unknown-id", asked=asked, closest=_closest(pool, asked))
    shown = "\n".join(f"  {item.id}  {item.title}" for item in found[:20])
    raise UsageError("ambiguous-id", asked=asked, found=shown, number=str(len(found)))


def wrong_kind(plan: Plan, id_: str, kind: type[Record], kinds: Sequence[type[Record]]) -> UsageError:
    """Return the error that an id is that of a record of another kind, with those that may be meant."""
    fitting = candidates((item for other in kinds for item in plan.of(other) if not item.retired), id_)
    return UsageError(
        "wrong-kind-of-record",
        id=id_,
        kind=kind.kind,
        kinds=" ".join(other.kind for other in kinds),
        first=kinds[0].kind,
        closest=", ".join(item.id for item in fitting[:5]),
    )


def _closest(records: Iterable[Record], asked: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 (only for a mistake)

    close = get_close_matches(fold(asked), [item.id for item in records], 1, 0.6)
    return close[0] if close else ""


def search(records: Iterable[Record], words: str) -> list[Record]:
    """Return the records that hold every word anywhere in their texts, best first.

    A hit in the title or id comes before one in a description, note, tag or entry.
    """
    folded = fold(words).split()
    scored = []
    for item in records:
        head = fold(f"{item.id} {item.title}")
        rest = fold(" ".join(_texts(item)))
        if folded and all(word in head or word in rest for word in folded):
            scored.append((-sum(word in head for word in folded), item.id, item))
    return [item for _score, _id, item in sorted(scored, key=lambda row: row[:2])]


def _texts(record: Record) -> Iterable[str]:
    entries = getattr(record, "log", ())
    yield from (
        record.description or "",
        record.note or "",
        record.internal_note or "",
        *record.tags,
        *record.source,
    )
    yield from (entry.note or "" for entry in entries)
