"""Every screen of the website, and the way to it."""

from collections.abc import Callable
from typing import Any

from tests.browser.conftest import Visit
from tests.browser.walk import walk

CHECK = "/vragen/lage-rugpijn"
Way = Callable[[Visit], None]


def at(path: str) -> Way:
    return lambda visit: visit.go(path)


def answering(until: str = "", **answers: Any) -> Way:
    def way(visit: Visit) -> None:
        visit.go(CHECK)
        walk(visit.page, answers, until)

    return way


def forgetting(visit: Visit) -> None:
    """Goes on without having chosen anything."""
    visit.go(CHECK)
    visit.page.locator("#check button").click()
    visit.page.locator("#summary").wait_for(state="visible")


OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"


def opened(path: str) -> Way:
    """With all that opens on request."""

    def way(visit: Visit) -> None:
        visit.go(path)
        visit.page.evaluate(OPEN)

    return way


DONT_KNOW = "unknown:dont_know"
PROFILE_1 = answering()
PROFILE_2 = answering(duration=(9, "weeks"), course="same", pregnancy=DONT_KNOW)
PROFILE_3 = answering(duration=(5, "months"), course="same")
REFERRAL = answering(bladder=True)
NOT_SURE = answering(bladder=DONT_KNOW)
APPOINTMENT = answering(duration=(8, "weeks"), course="worse")
REFERRALS = {"referral": REFERRAL, "not sure": NOT_SURE, "appointment": APPOINTMENT}

SCREENS: dict[str, tuple[Way, str]] = {
    "home": (at("/nl"), "Herstelwijzer"),
    "overview": (at("/nl/producten"), "Producten"),
    "condition": (at("/nl/rug/lage-rugpijn"), "Lage rugpijn"),
    "another condition": (at("/nl/rug/hernia"), "Hernia in je onderrug"),
    "symptom": (at("/nl/rug/pijn-onder-in-de-rug"), "Pijn onder in de rug"),
    "article": (at("/nl/rug/bewegen-met-rugpijn"), "Bewegen als je rug pijn doet"),
    "programme": (at("/nl/rug/sterke-romp"), "Sterke romp"),
    "supplement": (at("/nl/producten/magnesium"), "Magnesium"),
    "product": (at("/nl/producten/massagekussen"), "Massagekussen"),
    "product advised against": (at("/nl/producten/inlegzolen"), "Inlegzolen"),
    "service": (at("/nl/hulp/fysiotherapie"), "Hulp van een fysiotherapeut"),
    "course": (at("/nl/hulp/cursussen/gezonde-leefstijl-en-je-rug"), "E-learning"),
    "provider": (at("/nl/hulp/behandelaars/rugpraktijk-de-brug"), "Rugpraktijk De Brug"),
    "providers": (at("/nl/hulp/behandelaars"), "Behandelaars bij jou in de buurt"),
    "finder": (at("/behandelaars"), "Vind een behandelaar"),
    "finder, near a city": (
        at("/behandelaars?specialism=physiotherapist&city=Utrecht"),
        "Vind een behandelaar",
    ),
    "finder refused": (at("/behandelaars?city=Atlantis"), "Vind een behandelaar"),
    "legal text": (at("/juridisch/terms"), "Algemene voorwaarden"),
    "in English": (at("/en/back/low-back-pain"), "Low back pain"),
    "finder in English": (at("/behandelaars?locale=en"), "Find a professional"),
    "first question in English": (at(CHECK + "?locale=en"), "Has passing urine"),
    "everything open": (opened("/nl/rug/lage-rugpijn"), "Lage rugpijn"),
    "first question": (answering(until="bladder"), "Gaat plassen of poepen"),
    "error summary": (forgetting, "Gaat plassen of poepen"),
    "duration": (answering(until="duration"), "Hoe lang heb je nu last van je rug?"),
    "several answers": (answering(until="health"), "Geldt een van deze dingen voor jou?"),
    "advice, profile 1": (PROFILE_1, "Jouw advies"),
    "advice, profile 2": (PROFILE_2, "Jouw advies"),
    "advice, profile 3": (PROFILE_3, "Jouw advies"),
    "referral": (REFERRAL, "Bel nu een arts"),
    "referral, not sure": (NOT_SURE, "Bel nu een arts"),
    "referral, appointment": (APPOINTMENT, "Maak een afspraak met je huisarts"),
    "search": (at("/zoeken?q=rugpijn"), "Zoeken"),
    "search without hits": (at("/zoeken?q=xyzzy"), "Zoeken"),
    "search refused": (at("/zoeken?q=" + "a" * 201), "Zoeken"),
    "not found": (at("/nl/bestaat-niet"), "Deze pagina is er niet"),
}
# Chromium itself says so of a page with such a status.
SAYS_SO = {"not found": "404", "search refused": "400", "finder refused": "400"}
WITHOUT_JSON = {"search refused", "finder refused"}
