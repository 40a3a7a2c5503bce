"""Swedish words for titles, notes and reasons, and the names and ids made from them."""

import re
from collections.abc import Callable
from itertools import count
from random import Random

_VERBS = (
    "Besöka", "Utreda", "Kartlägga", "Ta fram", "Följa upp", "Starta", "Utveckla", "Genomföra",
    "Samordna", "Stödja", "Planera", "Revidera", "Marknadsföra", "Inventera", "Förankra",
    "Sprida", "Utvärdera", "Bjuda in till", "Informera om", "Söka medel för", "Förbättra",
)  # fmt: skip
_OBJECTS = (
    "servicepunkter", "nätverk för företagare", "frukostmöten", "cykelleder", "detaljplaner",
    "bredbandsutbyggnad", "byutvecklingsgrupper", "kollektivtrafik", "företagsbesök",
    "översiktsplanen", "turistinformation", "besöksmål", "lediga lokaler", "industrimark",
    "rådgivning till nya företag", "ungt entreprenörskap", "lokala livsmedel", "evenemang",
    "skyltning", "samarbete mellan skola och näringsliv", "praktikplatser", "föreningsstöd",
    "ett serviceprogram", "dagligvarubutiker", "drivmedelsstationer", "vägvisning",
    "byggande nära vatten", "en etableringsguide", "upphandlingsdialoger", "handlarträffar",
)  # fmt: skip
_PLACES = (
    "i Lindesberg", "i Frövi", "i Fellingsbro", "i Storå", "i Guldsmedshyttan", "i Stråssa",
    "i Vedevåg", "i Ramsberg", "i Rockhammar", "i Gusselby", "vid Råsvalen", "på landsbygden",
    "i centrum", "längs Arbogaån", "tillsammans med byalagen", "med grannkommunerna",
    "inför hösten", "för unga", "för kvinnor som driver företag", "i hela kommunen",
)  # fmt: skip
_FIELDS = (
    "landsbygd", "näringsliv", "turism", "handel", "samhällsplanering", "teknik", "miljö",
    "kultur", "fritid", "bygglov", "kommunikation", "arbetsmarknad", "integration", "trafik",
)  # fmt: skip
_AIMS = (
    "Fler arbetstillfällen", "Nya företag", "Nöjda företagare", "Ökad inflyttning",
    "Levande landsbygd", "God service", "Fler besökare", "Attraktiva boendemiljöer",
    "Kortare handläggning", "Stärkt samverkan", "Bättre kommunikationer", "Trygga mötesplatser",
)  # fmt: skip
_PROMISES = ("Det finns", "Alla känner till", "Någon svarar för", "Det är lätt att hitta")
_UNITS = ("Enheten för", "Gruppen för", "Förvaltningen för")
_ROLES = ("Samordnare för", "Strateg för", "Handläggare av")
_PARTNERS = ("Föreningen för", "Rådet för", "Bolaget för")
_FIRST = (
    "Lind", "Ek", "Berg", "Nora", "Ler", "Sör", "Norr", "Väst", "Öster", "Sten", "Gran", "Kvarn",
    "Hult", "Sand", "Björk", "Älv", "Ram", "Löv", "Dal", "Ås",
)  # fmt: skip
_LAST = (
    "hyttan", "torp", "vik", "by", "sjö", "bro", "hammar", "mark", "näs", "lunda", "tuna", "forsa",
)  # fmt: skip

NOTES = (
    "Första mötet är hållet och ansvaret fördelat.",
    "Underlag skickat till nämnden, svar väntas efter sommaren.",
    "Arton företag deltog.",
    "Avstämt med byalaget: fortsätter som planerat.",
    "Ansökan om medel är inlämnad.",
)
REASONS = (
    "Värdkommunen bad om det",
    "Personalbyte på enheten",
    "Medel saknas, ny ansökan lämnas",
    "Upphandlingen överklagades",
)

_ASCII = str.maketrans("åäöé", "aaoe")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_STEM = 44
_DRAWS_BEFORE_NUMBERING = 20


def activity_title(rng: Random) -> str:
    """Name a thing to do, somewhere or with someone."""
    return f"{rng.choice(_VERBS)} {rng.choice(_OBJECTS)} {rng.choice(_PLACES)}"


def goal_title(rng: Random) -> str:
    """Name a state that is wished for."""
    return f"{rng.choice(_AIMS)} genom {rng.choice(_OBJECTS)} {rng.choice(_PLACES)}"


def box_title(rng: Random) -> str:
    """Name a promise that can be ticked."""
    return f"{rng.choice(_PROMISES)} {rng.choice(_OBJECTS)} {rng.choice(_PLACES)}"


def programme_title(rng: Random) -> str:
    """Name a programme of promises."""
    return f"Program för {rng.choice(_FIELDS)} {rng.choice(_PLACES)}"


def area_title(rng: Random) -> str:
    """Name a village."""
    return f"{rng.choice(_FIRST)}{rng.choice(_LAST)}"


def owner_title(rng: Random, owner_type: str) -> str:
    """Name a unit, role or partner."""
    heads = {"unit": _UNITS, "role": _ROLES, "partner": _PARTNERS}[owner_type]
    return f"{rng.choice(heads)} {rng.choice(_FIELDS)} {rng.choice(_PLACES)}"


class Names:
    """Titles and ids given out so far: neither is given out twice."""

    def __init__(self) -> None:
        """Nothing is given out yet."""
        self._titles: set[str] = set()
        self._ids: set[str] = set()

    def new(self, draw: Callable[[], str]) -> tuple[str, str]:
        """Draw an unused title and make an id of it."""
        title = self._unused_title(draw)
        self._titles.add(title)
        return title, self.new_id(title)

    def new_id(self, title: str) -> str:
        """Make an unused id of a title."""
        stem = _slug(title)
        candidates = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
        free = next(candidate for candidate in candidates if candidate not in self._ids)
        self._ids.add(free)
        return free

    def misspelt(self, identifier: str) -> str:
        """Drop one letter of the id such that it is well-formed but nothing has it."""
        places = reversed(range(1, len(identifier)))
        spellings = (identifier[:at] + identifier[at + 1 :] for at in places)
        return next(each for each in spellings if _ID.fullmatch(each) and each not in self._ids)

    def _unused_title(self, draw: Callable[[], str]) -> str:
        for attempt in count(1):
            title = draw()
            if attempt > _DRAWS_BEFORE_NUMBERING:
                title = f"{title}, etapp {attempt - _DRAWS_BEFORE_NUMBERING + 1}"
            if title not in self._titles:
                return title
        raise AssertionError("count() never ends")


def _slug(title: str) -> str:
    words = re.findall(r"[a-z0-9]+", title.lower().translate(_ASCII))
    while len("-".join(words)) > _LONGEST_STEM:
        words.pop()
    return "-".join(words)
