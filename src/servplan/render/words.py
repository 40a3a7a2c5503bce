"""Words in the reader's language: codes and English sentences in, translated text out.

The English sentence is the key of its translation (gettext). A plan's own `labels` win over the built-in
ones. `N_` marks a text for translation where it stands as data.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from gettext import NullTranslations, translation
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servplan.model.header import Header

LANGUAGES = ("sv", "en")
TOGETHER = 4
"""How many figures stand without a space between thousands, so that a year looks like one."""

DECIMAL_SIGNS = {"sv": ",", "en": "."}
ORDINAL_ENDINGS = {"sv": {0: ":e", 1: ":a", 2: ":a"}, "en": {0: "th", 1: "st", 2: "nd", 3: "rd"}}


def N_(text: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a text for translation, and return it as it is."""
    return text


def words_of(header: "Header", language: str) -> "Words":
    """Return a language's words for a plan: with its own labels, the titles of its levels, and its end."""
    levels = {f"level.{level.id}": level.title for level in header.levels}
    return Words(language, levels | header.labels, header.period.end)


class Words:
    """One language's words, with the plan's own labels and its last day."""

    def __init__(
        self, language: str, own: Mapping[str, str] | None = None, plan_end: date | None = None
    ) -> None:
        self.language = language
        self._own = own or {}
        self._plan_end = plan_end
        self._catalogue = _catalogue(language)

    def __call__(self, text: str, **params: object) -> str:
        """Return a sentence in this language, with its parameters put in."""
        translated = self._catalogue.gettext(text) if text else ""
        return translated.format(**params) if params else translated

    def number(self, one: str, many: str, n: int, **params: object) -> str:
        """Return a sentence in the form that a number asks for."""
        return self._catalogue.ngettext(one, many, n).format(n=n, **params)

    def figure(self, value: float) -> str:
        """Return a number as this language writes it: `3,9` or `3.9`; `12 500`, and `2015` together."""
        whole, point, rest = f"{Decimal(str(value)).normalize():f}".partition(".")
        if len(whole.lstrip("-")) > TOGETHER:
            whole = f"{int(whole):,}".replace(",", "\N{NO-BREAK SPACE}")
        return whole + (DECIMAL_SIGNS[self.language] + rest if point else "")

    def ordinal(self, number: int) -> str:
        """Return a place in an order: `första`, `13:e`; `first`, `13th`."""
        if number <= len(ORDINALS):
            return self(ORDINALS[number - 1])
        ones = number % 10 if number % 100 not in (11, 12, 13) else 0
        endings = ORDINAL_ENDINGS[self.language]
        return f"{number}{endings.get(ones, endings[0])}"

    def as_of(self, day: date) -> str:
        """Return which day is spoken of; where the plan ends on it or has ended by it, that is said too."""
        if self._plan_end is None or day < self._plan_end:
            return self(N_("as of {date}"), date=day)
        if day == self._plan_end:
            return self(N_("as of {date}, the plan's last day"), date=day)
        return self(N_("as of {date}, after the plan's end {end}"), date=day, end=self._plan_end)

    def label(self, group: str, code: str) -> str:
        """Return the word for a code of a group: the plan's own, else the built-in one."""
        own = self._own.get(f"{group}.{code}")
        if own:
            return own
        return self(LABELS[group].get(code, code))


def _catalogue(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    with as_file(files("servplan") / "locale") as folder:
        return translation("servplan", str(folder), [language])


ORDINALS = (
    N_("first"),
    N_("second"),
    N_("third"),
    N_("fourth"),
    N_("fifth"),
    N_("sixth"),
    N_("seventh"),
    N_("eighth"),
    N_("ninth"),
    N_("tenth"),
    N_("eleventh"),
    N_("twelfth"),
)

LABELS: Mapping[str, Mapping[str, str]] = {
    "status": {
        "unreported": N_("Unreported"),
        "not_started": N_("Not started"),
        "in_progress": N_("In progress"),
        "on_hold": N_("On hold"),
        "done": N_("Done"),
        "cancelled": N_("Cancelled"),
        "referred": N_("Out for comment"),
        "adopted": N_("Adopted"),
        "rejected": N_("Rejected"),
        "not_planned": N_("Not planned"),
        "planned": N_("Planned"),
        "watched": N_("Watched"),
        "acted": N_("Action taken"),
        "answered": N_("Answered"),
        "closed": N_("Closed"),
    },
    "event": {
        "opened": N_("Opened"),
        "closed": N_("Closed"),
        "changed_hands": N_("Changed hands"),
        "changed": N_("Changed"),
    },
    "measurement": {
        "met": N_("Aim reached"),
        "missed": N_("Aim not reached"),
        "unknown": N_("No value to compare"),
    },
    "question": {
        "open": N_("Not answered"),
        "answered": N_("Answered"),
        "decided": N_("Decided"),
    },
    "assessment": {
        "achieved": N_("Achieved"),
        "partly_achieved": N_("Partly achieved"),
        "not_achieved": N_("Not achieved"),
        "expected": N_("Expected to be achieved"),
        "expected_partly": N_("Expected to be partly achieved"),
        "not_expected": N_("Not expected to be achieved"),
        "not_assessable": N_("Cannot be assessed"),
        "none": N_("Not assessed"),
    },
    "outlook": {
        "on_track": N_("On track"),
        "at_risk": N_("At risk"),
        "off_track": N_("Off track"),
    },
    "standing": {
        "overdue": N_("Overdue"),
        "due_unreported": N_("Unreported, due date passed"),
        "upcoming": N_("Upcoming"),
    },
    "schedule": {
        "yes": N_("No activity overdue"),
        "no": N_("Activities overdue"),
        "unknown": N_("Schedule not known"),
    },
    "outcome": {
        "in_time": N_("Achieved in time"),
        "late": N_("Achieved after the due date"),
        "reached": N_("Achieved, it is not known when"),
        "partly": N_("Only partly achieved by the due date"),
        "missed": N_("Not achieved by the due date"),
        "passed": N_("Due date passed"),
        "passed_unreported": N_("Due date passed, not assessed"),
        "ahead": N_("Due date not passed"),
        "undated": N_("No due date"),
    },
    "box": {"ticked": N_("Ticked"), "open": N_("Not ticked")},
    "change": {
        "added": N_("Added"),
        "removed": N_("Removed"),
        "changed": N_("Changed"),
        "retired": N_("Retired"),
    },
    "step": {
        "day": N_("day"),
        "month": N_("month"),
        "tertial": N_("tertial"),
        "year": N_("year"),
    },
    "kind": {
        "owner": N_("Owner"),
        "goal": N_("Goal"),
        "activity": N_("Activity"),
        "programme": N_("Programme"),
        "box": N_("Box"),
        "area": N_("Area"),
        "service": N_("Service"),
        "place": N_("Place"),
        "indicator": N_("Indicator"),
        "question": N_("Question"),
        "document": N_("Document"),
        "contact": N_("Contact with others"),
        "case": N_("Case"),
        "plan": N_("Plan"),
        "answers": N_("Answers to the audit"),
    },
    "kinds": {
        "owner": N_("Owners"),
        "goal": N_("Goals"),
        "activity": N_("Activities"),
        "programme": N_("Programmes"),
        "box": N_("Boxes"),
        "area": N_("Areas"),
        "service": N_("Services"),
        "place": N_("Places"),
        "indicator": N_("Indicators"),
        "question": N_("Questions"),
        "document": N_("Documents"),
        "contact": N_("Contacts with others"),
        "case": N_("Cases"),
    },
    "field": {
        "title": N_("Title"),
        "description": N_("Description"),
        "source": N_("Source"),
        "tags": N_("Tags"),
        "owners": N_("Owners"),
        "order": N_("Order"),
        "note": N_("Note"),
        "internal_note": N_("Internal note"),
        "visibility": N_("Visibility"),
        "decided": N_("Decided"),
        "valid_from": N_("Valid from"),
        "formerly": N_("Formerly"),
        "kind": N_("Kind"),
        "retired": N_("Retired"),
        "log": N_("Log"),
        "type": N_("Type"),
        "part_of": N_("Part of"),
        "contact": N_("Contact"),
        "contact_public": N_("Public contact"),
        "successor": N_("Successor"),
        "level": N_("Level"),
        "supports": N_("Supports"),
        "due": N_("Due"),
        "reached_when": N_("Reached when"),
        "documents": N_("Documents"),
        "start": N_("Start"),
        "area": N_("Area"),
        "depends_on": N_("Depends on"),
        "target_count": N_("Target count"),
        "participants": N_("Participants"),
        "continues": N_("Continues"),
        "points": N_("Points"),
        "programme": N_("Programme"),
        "municipalities": N_("Municipalities"),
        "point": N_("Position"),
        "population": N_("Population"),
        "plan": N_("Development plan"),
        "processes": N_("Processes"),
        "status": N_("Status"),
        "progress": N_("Progress"),
        "outlook": N_("Outlook"),
        "count": N_("Count"),
        "assessment": N_("Assessment"),
        "ticked": N_("Ticked"),
        "action": N_("Action"),
        "reason": N_("Reason"),
        "evidence": N_("Evidence"),
        "synonyms": N_("Synonyms"),
        "provider": N_("Provider"),
        "serves": N_("Serves"),
        "host": N_("Host"),
        "services": N_("Services"),
        "service_point": N_("Service point"),
        "event": N_("Event"),
        "gained": N_("Gained"),
        "lost": N_("Lost"),
        "figure": N_("Figure"),
        "measures": N_("Measures"),
        "unit": N_("Unit"),
        "direction": N_("Direction"),
        "series": N_("Series"),
        "baseline": N_("Baseline"),
        "target": N_("Aim"),
        "values": N_("Values"),
        "form": N_("Form"),
        "phase": N_("Phase"),
        "concerns": N_("Concerns"),
        "answer": N_("Answer"),
        "decision": N_("Decision"),
        "link": N_("Link"),
        "organisation": N_("Organisation"),
        "authority": N_("Authority"),
        "service": N_("Service"),
        "withdrawn": N_("Withdrawn"),
        "observations": N_("Observations"),
        "proposed_action": N_("Proposed action"),
        "what": N_("What"),
        "value": N_("Value"),
        "is": N_("Condition"),
        "lat": N_("Latitude"),
        "lon": N_("Longitude"),
        "confidence": N_("Confidence"),
        "since": N_("Since"),
        "tier": N_("Tier"),
        "operator": N_("Operator"),
        "ownership": N_("Ownership"),
        "agreement": N_("Agreement"),
        "compensation": N_("Compensation"),
        "period": N_("Period"),
        "published": N_("Published"),
        "definition": N_("Definition"),
        "id": N_("Id"),
        "document": N_("Document"),
        "year": N_("Year"),
        "body": N_("Body"),
        "date": N_("Date"),
        "known_by": N_("Known by"),
        "paragraph": N_("Paragraph"),
        "case_number": N_("Case number"),
        "superseded_by": N_("Superseded by"),
        "allies": N_("Allies"),
        "voided": N_("Voided"),
        "amends": N_("Corrects"),
        "recorded": N_("Written down"),
        "by": N_("Reported by"),
        "end": N_("End"),
        "vision": N_("Vision"),
        "statements": N_("Statements"),
        "background": N_("Background"),
        "language": N_("Language"),
        "timezone": N_("Time zone"),
        "municipality": N_("Municipality"),
        "levels": N_("Levels"),
        "default_due": N_("Due date of new records"),
        "activities": N_("Activities"),
        "rhythm": N_("Reporting rhythm"),
        "every": N_("Period's length"),
        "grace_days": N_("Days of grace"),
        "sources": N_("Sources"),
        "occasion": N_("Occasion"),
        "channels": N_("Channels"),
        "url": N_("Address"),
        "terms": N_("Abbreviations"),
        "checks": N_("Weight of rules"),
        "labels": N_("Own words"),
    },
    "measure": {
        "owned": N_("Activities with an owner"),
        "fresh": N_("Unfinished activities with a fresh report"),
        "assessed": N_("Goals with an assessment"),
        "evidenced": N_("Claims with evidence"),
        "linked": N_("Activities that support something"),
    },
    "level": {},
    "reference": {"all": N_("All areas")},
    "rule": {
        "started": N_("Started: reached when an activity has begun"),
        "completed": N_("Completed: reached when all activities are done"),
        "adopted": N_("Adopted: reached when all its documents are adopted"),
        "measured": N_("Measured: answered by its indicators"),
        "person": N_("Established: only a person can tell"),
        "several": N_("Several conditions: each is judged by a person"),
        "unstated": N_("The plan does not say when the goal is reached"),
    },
    "condition": {
        "started": N_("started"),
        "completed": N_("completed"),
        "adopted": N_("adopted"),
        "established": N_("established"),
        "measured": N_("measured"),
    },
    "audit": {
        "due-moved": N_("A promised due date was changed"),
        "target-moved": N_("What was aimed at was changed"),
        "goal-reworded": N_("Decided words were changed"),
        "decision-changed": N_("A decision was changed or taken away"),
        "entry-rewritten": N_("A log entry was rewritten"),
        "entry-reordered": N_("Log entries of one day changed places"),
        "entry-removed": N_("A log entry was taken away"),
        "entry-late": N_("A log entry came late"),
        "recorded-untrue": N_("An entry's “recorded” cannot be true"),
        "record-deleted": N_("A record was deleted"),
        "retirement-changed": N_("A retirement was changed or taken back"),
        "validity-moved": N_("The day from which a record exists was changed"),
        "period-moved": N_("The plan's period was moved"),
        "value-rewritten": N_("A published value was changed or taken away"),
    },
    "answer": {
        "back": N_("undone since"),
        "amends": N_("corrected on purpose"),
        "voided": N_("voided"),
        "recorded": N_("says when it was written"),
        "decided": N_("decided anew"),
        "retired": N_("restored as retired"),
        "row": N_("answered in data/audit.yaml"),
    },
    "severity": {
        "error": N_("error"),
        "warning": N_("warning"),
        "info": N_("info"),
        "off": N_("off"),
    },
    "type": {
        "unit": N_("Unit"),
        "role": N_("Role"),
        "partner": N_("Partner"),
        "policy": N_("Policy"),
        "plan": N_("Plan"),
        "strategy": N_("Strategy"),
        "agenda": N_("Agenda"),
        "inventory": N_("Inventory"),
        "other": N_("Other"),
    },
    "visibility": {"public": N_("Public"), "internal": N_("Internal")},
    "form": {
        "fixed": N_("In a house"),
        "mobile": N_("On wheels"),
        "agent": N_("By an agent"),
        "machine": N_("Machine"),
        "digital": N_("Digital"),
        "question": N_("Question"),
        "topic": N_("Topic"),
        "idea": N_("Idea"),
    },
    "tier": {
        "centralort": N_("Main town"),
        "serviceort": N_("Service town"),
        "servicepunkt": N_("Service point"),
    },
    "confidence": {
        "verified": N_("Verified"),
        "probable": N_("Probable"),
        "estimate": N_("Estimate"),
    },
    "direction": {"up": N_("Higher is better"), "down": N_("Lower is better")},
    "development_plan": {
        "none": N_("No plan"),
        "started": N_("Work begun"),
        "draft": N_("Draft"),
        "adopted": N_("Adopted"),
    },
    "language": {"sv": N_("Swedish"), "en": N_("English")},
}
"""The words for every code that a reader may meet, by group; those for levels stand in each plan's header."""

SYMBOLS: Mapping[str, Mapping[str, str]] = {
    "status": {
        "unreported": "?",
        "not_started": "○",
        "in_progress": "◐",
        "on_hold": "◇",
        "done": "●",
        "cancelled": "✕",
        "referred": "◐",
        "adopted": "●",
        "rejected": "✕",
        "not_planned": "○",
        "planned": "◐",
        "watched": "◐",
        "acted": "◐",
        "answered": "◐",
        "closed": "●",
    },
    "event": {"opened": "●", "closed": "✕", "changed_hands": "→", "changed": "→"},
    "measurement": {"met": "●", "missed": "○", "unknown": "?"},
    "question": {"open": "○", "answered": "◐", "decided": "●"},
    "assessment": {
        "achieved": "●",
        "partly_achieved": "◐",
        "not_achieved": "○",
        "expected": "↗",
        "expected_partly": "→",
        "not_expected": "↘",
        "not_assessable": "?",
        "none": "–",
    },
    "outlook": {"on_track": "●", "at_risk": "▲", "off_track": "■"},
    "standing": {"overdue": "!", "due_unreported": "?", "upcoming": "·"},
    "schedule": {"yes": "●", "no": "!", "unknown": "?"},
    "outcome": {
        "in_time": "●",
        "late": "!",
        "reached": "?",
        "partly": "◐",
        "missed": "○",
        "passed": "!",
        "passed_unreported": "?",
    },
    "box": {"ticked": "[x]", "open": "[ ]"},
}
"""A sign beside each word, so that no meaning rests on colour alone."""
