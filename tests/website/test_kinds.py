"""Pages of each type: everything that the API says of one stands on it."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.website import content as c
from tests.website.stub import Answer, Stub

LINK = c.at("condition", "rug/pijn", "Rugpijn")
QUINOLONES = c.term("quinolones", "Chinolonen", "medicine")
GUIDELINE = {
    "stance": "against",
    "citation": "Geen zolen aanbieden",
    "reference": c.reference("nice-ng59", publisher="NICE", year=2016),
    "evidence": "moderate",
}
SUPPLEMENT = {
    "substance": "magnesium",
    "dose_per_day": {"amount": 200.0, "unit": "mg"},
    "maximum_per_day": {"amount": 250.0, "unit": "mg"},
    "claim": {
        "id": "m1",
        "text": "Magnesium draagt bij tot een normale werking van de spieren",
        "condition_of_use": "Bron van magnesium.",
        "regulation": "Verordening (EU) 432/2012",
    },
    "statements": ["Houd het buiten bereik van kinderen."],
}
PRODUCT = {
    "category": "supplements",
    "supplement": SUPPLEMENT,
    "details": None,
    "body": c.text("Zit in noten"),
    "use": c.text("Neem het met water"),
    "offers": [],
    "about": c.about(
        suits=[c.term("home", "Thuis", "context")],
        guideline=GUIDELINE,
        cautions=[
            c.caution(c.term("pregnancy", "Zwanger"), "ask_first", "Vraag je verloskundige."),
            c.caution(c.term("kidney", "Nieren"), "avoid", "Het hoopt zich op."),
            c.caution(
                QUINOLONES,
                "ask_first",
                "Niet tegelijk.",
                hours_apart=6,
                reference=c.reference("smpc", publisher="CBG", year=2020),
            ),
        ],
    ),
}
EXERCISE = {
    "id": "e1",
    "name": "Brug",
    "instructions": c.text("Til je heupen op"),
    "dosage": {"sets": 1, "repetitions": 10, "days_a_week": 4},
    "easier": "Til minder hoog",
    "harder": "Strek een been",
    "image": c.PICTURE,
    "video": {"url": "https://video.example/brug", "text": "Iemand tilt de heupen op"},
}
PHASE = {
    "id": "f1",
    "title": "Begin",
    "phase": None,
    "weeks": 1,
    "goal": "Weer bewegen",
    "go_on_when": "Het lukt",
    "exercises": [EXERCISE],
}
PROVIDER = {
    "practice": "Rugpraktijk",
    "specialisms": [c.term("physiotherapist", "Fysiotherapeut", "specialism")],
    "street": "Brug 6",
    "postcode": "3511 AA",
    "city": "Utrecht",
    "location": {"lat": 52.09, "lon": 5.12},
    "online": True,
    "waiting_days": 7,
    "languages": ["nl", "xx"],
    "phone": "030 000 00 06",
    "website": "https://praktijk.example",
    "registers": [{"register": "big", "number": "99000000106"}],
    "insurers": "Met alle verzekeraars",
}
PAGES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "symptom": (
        c.REVIEWED
        | {
            "names": [],
            "body": c.text("De pijn zeurt"),
            "when_to_see_a_doctor": "Bel bij koorts.",
            "must_show": [{"kind": "safety_net", "text": "Bel bij koorts."}],
            "possible": [
                {
                    "condition": LINK,
                    "typicality": "rarely",
                    "qualifier": "na een val",
                    "distinguishing": "Liggen helpt",
                }
            ],
            "sources": [c.reference("kngf", url=None)],
        },
        [
            "De pijn zeurt",
            "Wanneer bel je een arts?",
            "Bel bij koorts.",
            '<a href="/nl/rug/pijn">Rugpijn</a>',
            "Zelden</span> na een val",
            "Liggen helpt",
            "Titel van kngf <span>KNGF, 2021</span>",
        ],
    ),
    "product": (
        PRODUCT,
        [
            "Zit in noten",
            "Neem het met water",
            "Magnesium draagt bij tot een normale werking van de spieren.",
            "Bron van magnesium.",
            "Verordening (EU) 432/2012",
            "200 mg. Nooit meer dan: 250 mg per dag",
            "Houd het buiten bereik van kinderen.",
            "Nieren. Niet gebruiken:</strong> Het hoopt zich op.",
            "Samen met medicijnen",
            "Chinolonen. Eerst vragen:</strong> Niet tegelijk.",
            "Laat er minstens 6 uur tussen.",
            '<a href="https://richtlijn.example/smpc" rel="noopener">CBG, 2020</a>',
            "De richtlijn raadt dit af.",
            "Geen zolen aanbieden",
            "NICE, 2016",
            "Past bij: thuis.",
        ],
    ),
    "exercise_programme": (
        {
            "level": "moderate",
            "phases": [PHASE],
            "progression": "Doe er twee bij",
            "equipment": [c.card("product", "producten/mat", "Oefenmat")],
            "about": c.about(),
        },
        [
            "Niveau:</strong> gemiddeld",
            "Oefenmat",
            "Duurt 1 week.",
            "1 ronde, 10 herhalingen, 4 dagen per week.",
            "Makkelijker:</strong> Til minder hoog",
            "Moeilijker:</strong> Strek een been",
            '<a class="button second" href="https://video.example/brug" rel="noopener">',
            "Iemand tilt de heupen op",
            "Doe er twee bij",
        ],
    ),
    "service": (
        {
            "kind": "in_person",
            "specialism": c.term("physiotherapist", "Fysiotherapeut", "specialism"),
            "access": "direct",
            "online": True,
            "body": None,
            "for_whom": c.text("Voor iedereen"),
            "route": None,
            "costs": c.text("Vraag je verzekeraar"),
            "about": c.about(),
        },
        [
            "In de praktijk",
            "Je hebt geen verwijzing nodig.",
            "Voor iedereen",
            "Vraag je verzekeraar",
            'href="/behandelaars?specialism=physiotherapist"',
        ],
    ),
    "course": (
        {
            "provider_name": "School De Linde",
            "duration": "Zes lessen",
            "free": True,
            "format": "online",
            "address": "https://cursus.example/rug",
            "body": c.text("Over je rug"),
            "about": c.about(),
        },
        [
            "School De Linde",
            "Zes lessen",
            "Gratis",
            "Online",
            "Over je rug",
            'href="https://cursus.example/rug" rel="noopener"',
        ],
    ),
    "provider": (
        PROVIDER,
        [
            "Fysiotherapeut",
            "Rugpraktijk<br>Brug 6<br>3511 AA Utrecht",
            "7 dagen",
            "Nederlands, andere taal",
            'href="tel:0300000006"',
            'href="https://praktijk.example" rel="noopener"',
            "BIG-register: 99000000106",
            "Met alle verzekeraars",
            "videobellen",
        ],
    ),
}


def shown(stub: Stub, visitor: FlaskClient, kind: str, fields: dict[str, Any]) -> str:
    stub.say("GET", "content/nl/een/pagina", Answer(c.page(kind, "een/pagina", "Titel", **fields)))
    answer = visitor.get("/nl/een/pagina")
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", answer.text)


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_shows_everything_that_the_api_says_on_it(
    stub: Stub, visitor: FlaskClient, kind: str
) -> None:
    fields, expected = PAGES[kind]
    html = shown(stub, visitor, kind, fields)
    for words in expected:
        assert words in html
    assert "None" not in html


def test_what_to_keep_away_from_stands_before_what_to_ask(stub: Stub, visitor: FlaskClient) -> None:
    html = shown(stub, visitor, "product", PRODUCT)
    order = [html.index(words) for words in ("Nieren.", "Zwanger.", "Chinolonen.")]
    assert order == sorted(order)


HOME_TERM = c.term("home", "Thuis", "context")
DETAILS: list[tuple[c.Node, list[tuple[str, str]]]] = [
    (
        {"kind": "ergonomics", "contexts": [HOME_TERM], "adjustable": True, "space": "1 meter"},
        [("Voor", "Thuis"), ("Verstelbaar", "Ja"), ("Ruimte", "1 meter")],
    ),
    (
        {"kind": "training", "level": "light", "space": "Een mat", "skills": None},
        [("Niveau", "Licht"), ("Ruimte", "Een mat")],
    ),
    (
        {
            "kind": "sleep",
            "firmness": "medium",
            "sleeping_positions": ["side", "back"],
            "trial_nights": 30,
            "body_weight": "Tot 90 kg",
        },
        [
            ("Stevigheid", "Middelhard"),
            ("Slaaphouding", "op je zij, op je rug"),
            ("Thuis proberen", "30 nachten"),
            ("Lichaamsgewicht", "Tot 90 kg"),
        ],
    ),
    (
        {"kind": "foot", "shoe": "Ruim", "professional": "Bij diabetes"},
        [("Schoen", "Ruim"), ("Wanneer naar een podotherapeut?", "Bij diabetes")],
    ),
    (
        {
            "kind": "gadgets",
            "measures": "Stappen",
            "accuracy": "Ongeveer",
            "privacy": "Naar een app",
            "medical_device": False,
        },
        [
            ("Wat het meet", "Stappen"),
            ("Hoe goed het meet", "Ongeveer"),
            ("Wat er met je gegevens gebeurt", "Naar een app"),
            ("Medisch hulpmiddel", "Nee"),
        ],
    ),
    (
        {
            "kind": "aids",
            "contexts": [HOME_TERM],
            "longest_minutes_a_day": 15,
            "temporary": True,
            "dont": "Niet mee slapen",
        },
        [
            ("Voor", "Thuis"),
            ("Hoe lang per dag", "15 minuten per dag, niet langer"),
            ("Voor tijdelijk gebruik", "Ja"),
            ("Wat je niet doet", "Niet mee slapen"),
        ],
    ),
    (
        {"kind": "heat", "longest_minutes": 20, "temperature": "Niet te heet"},
        [("Hoe lang achter elkaar", "20 minuten"), ("Temperatuur", "Niet te heet")],
    ),
    ({"kind": "something_new", "colour": "blauw"}, []),
]


@pytest.mark.parametrize(("details", "expected"), DETAILS, ids=lambda each: str(each)[:24])
def test_what_is_particular_about_a_kind_of_product_is_a_list_of_facts(
    stub: Stub, visitor: FlaskClient, details: c.Node, expected: list[tuple[str, str]]
) -> None:
    fields = PRODUCT | {"supplement": None, "category": details["kind"], "details": details}
    html = shown(stub, visitor, "product", fields)
    facts = html.partition('<dl class="facts">')[2].partition("</dl>")[0]
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", facts) == expected


def test_a_course_that_we_earn_on_says_so_to_visitors_and_to_browsers(
    stub: Stub, visitor: FlaskClient
) -> None:
    fields = PAGES["course"][0] | {"about": c.about(paid=True), "free": False}
    html = shown(stub, visitor, "course", fields)
    assert 'rel="sponsored noopener"' in html
    assert "Betaald" in html
    assert "Gratis" not in html
