"""Each type of section of a condition page: what the API says, and what a visitor reads."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.website import content as c
from tests.website.stub import Answer, Stub, example

STANDS = {
    "low": 80.0,
    "high": 90.0,
    "unit": "percent",
    "population": "mensen met nieuwe rugpijn",
    "source": c.reference("pengel", authors="Pengel L, Refshauge K", year=2003),
}
STATISTIC = {"id": "s1", "measure": c.term("share", "deel zonder oorzaak", "measure")} | STANDS
PLAIN = {"id": "r1", "text": c.text("Uitleg bij de rij")}
SYMPTOM = c.at("symptom", "rug/stijf", "Ochtendstijfheid")
HERNIA = c.at("condition", "rug/hernia", "Hernia")
MAT = c.card("product", "producten/mat", "Oefenmat", paid=True, disclosure="Wij verdienen hieraan")
PROFILE = {
    "id": "p1",
    "number": 1,
    "title": "Normaal herstel",
    "days": {"from": 0, "from_included": True, "until": 42, "until_included": False},
    "duration": "Korter dan 6 weken",
    "characteristics": c.text("De pijn is licht"),
    "advice": c.text("Blijf bewegen"),
}
SECTIONS: dict[str, tuple[c.Node, list[str]]] = {
    "description": (
        c.section(
            "description",
            body=c.text("Twee soorten"),
            image=c.PICTURE,
            points=[PLAIN | {"label": "Gewoon", "term": None}],
            statistics=[STATISTIC],
        ),
        [
            "Twee soorten",
            "Gewoon",
            "Uitleg bij de rij",
            'alt="Iemand houdt zijn rug vast"',
            "80–90%",
            "deel zonder oorzaak",
            "Bij mensen met nieuwe rugpijn",
            "Pengel L, 2003",
        ],
    ),
    "recovery": (
        c.section("recovery", profiles=[PROFILE], statistics=[STATISTIC | {"high": None}]),
        ["Normaal herstel", "Korter dan 6 weken", "De pijn is licht", "Blijf bewegen", "80%"],
    ),
    "causes": (
        c.section(
            "causes",
            factors=[
                PLAIN
                | {
                    "label": "Stress",
                    "term": None,
                    "modifiable": "partly",
                    "qualifier": "alleen bij drukte",
                    "evidence": "low",
                    "cards": [MAT],
                }
            ],
        ),
        [
            "Stress",
            "Alleen bij drukte",
            "Kun je voor een deel veranderen",
            "Zekerheid van het bewijs: laag",
            'href="/nl/producten/mat"',
            "Betaald",
            "Wij verdienen hieraan",
        ],
    ),
    "symptoms": (
        c.section(
            "symptoms",
            signs=[
                PLAIN
                | {
                    "label": "Stijf zijn",
                    "symptom": SYMPTOM,
                    "typicality": "often",
                    "qualifier": "in de ochtend",
                    "distinguishing": "Past ook bij artrose",
                }
            ],
        ),
        [
            "Stijf zijn",
            "Vaak",
            "in de ochtend",
            "Past ook bij artrose",
            '<a href="/nl/rug/stijf">Ochtendstijfheid</a>',
        ],
    ),
    "differential": (
        c.section(
            "differential",
            diagnoses=[
                PLAIN
                | {
                    "label": "Hernia of LRS",
                    "condition": HERNIA,
                    "qualifier": "bij pijn in je been",
                    "distinguishing_sign": "Je voet tintelt",
                }
            ],
        ),
        [
            "Hernia of LRS",
            "Bij pijn in je been",
            "Hieraan herken je het:</strong> Je voet tintelt",
            '<a href="/nl/rug/hernia">Hernia</a>',
        ],
    ),
    "diagnosis": (
        c.section(
            "diagnosis",
            steps=[
                PLAIN
                | {
                    "label": "Een scan",
                    "when": "Bij iets ernstigs",
                    "when_not": "Niet bij gewone rugpijn",
                    "glossary": c.word("mri", "MRI-scan", "Beelden met een magneet", "MRI"),
                }
            ],
            self_test=None,
        ),
        [
            "Een scan",
            "Wanneer wel:</dt><dd>Bij iets ernstigs",
            "Wanneer niet:</dt><dd>Niet bij gewone rugpijn",
            "<dfn>MRI</dfn> betekent: Beelden met een magneet",
        ],
    ),
    "treatment": (
        c.section(
            "treatment",
            points=[
                PLAIN
                | {
                    "label": "Beweeg",
                    "term": None,
                    "advice": "do",
                    "phase": c.term("acute", "de eerste weken", "phase"),
                }
            ],
            cards=[{"id": "k1", "heading": "Lees verder", "cards": [MAT]}],
        ),
        ["Dit helpt", "Beweeg.", "de eerste weken", "Lees verder", "Oefenmat", "Wij verdienen"],
    ),
    "products": (
        c.section(
            "products",
            groups=[
                {
                    "id": "g1",
                    "heading": "Trainen",
                    "category": "training",
                    "contexts": [c.term("home", "Thuis", "context")],
                    "text": c.text("Begin op een mat"),
                    "cards": [MAT],
                }
            ],
        ),
        ["Trainen", "Thuis", "Begin op een mat", "Oefenmat", "Betaald", "Wij verdienen hieraan"],
    ),
    "information": (
        c.section("information", texts=[c.legal("terms", "Voorwaarden", "Wij verkopen niets")]),
        ["<summary>Voorwaarden</summary>", "Wij verkopen niets", 'href="/juridisch/terms"'],
    ),
    "something_new": (
        c.section("something_new", body=c.text("Dit bestond nog niet"), whatever=[1]),
        ["Dit bestond nog niet"],
    ),
}


def shown(stub: Stub, visitor: FlaskClient, page: c.Node) -> str:
    """The page, without the white space that only the source has."""
    stub.say("GET", "content/nl/rug/pijn", Answer(page))
    answer = visitor.get("/nl/rug/pijn")
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", answer.text)


@pytest.mark.parametrize("kind", SECTIONS)
def test_a_section_shows_everything_that_the_api_says_in_it(
    stub: Stub, visitor: FlaskClient, kind: str
) -> None:
    section, expected = SECTIONS[kind]
    html = shown(stub, visitor, c.condition(section))
    for words in (f'id="anker-{kind}"', f"<h2>Kop van {kind}</h2>", *expected):
        assert words in html
    assert f'<a href="#anker-{kind}">Kop van {kind}</a>' in html
    assert "Terug naar boven" in html


def test_half_of_a_section_is_shown_as_far_as_it_goes(stub: Stub, visitor: FlaskClient) -> None:
    """What an editor may leave empty is null in the API."""
    nothing: dict[str, Any] = {"text": None, "qualifier": None}
    page = c.condition(
        c.section(
            "causes",
            factors=[
                {"id": "a", "label": "Aanleg", "term": None, "modifiable": None, "evidence": None}
                | nothing
                | {"cards": []}
            ],
        ),
        c.section(
            "symptoms",
            signs=[
                {"id": "b", "label": "Pijn", "symptom": None, "typicality": None}
                | nothing
                | {"distinguishing": None}
            ],
        ),
        c.section(
            "differential",
            diagnoses=[
                {"id": "c", "label": "Artrose", "condition": None, "distinguishing_sign": None}
                | nothing
            ],
        ),
        c.section("information", texts=[]),
    )
    html = shown(stub, visitor, page)
    for words in ("Aanleg", "Pijn", "Artrose"):
        assert f"<h3>{words}</h3>" in html
    for words in ("None", "Lees meer over", "Hieraan herken", "Let op het verschil"):
        assert words not in html


def test_advice_is_grouped_by_what_to_do_with_it_in_the_editors_order(
    stub: Stub, visitor: FlaskClient
) -> None:
    given = [("Lig stil", "dont"), ("Loop", "do"), ("Warmte", "consider"), ("Fiets", "do")]
    points = [
        PLAIN | {"label": label, "advice": advice, "term": None, "phase": None}
        for label, advice in given
    ]
    loose = PLAIN | {"label": "Weet dit", "advice": None, "term": None, "phase": None}
    html = shown(
        stub, visitor, c.condition(c.section("treatment", points=[loose, *points], cards=[]))
    )
    order = [
        html.index(words)
        for words in (
            "Dit helpt",
            "Loop.",
            "Fiets.",
            "Dit kun je proberen",
            "Warmte.",
            "Doe dit liever niet",
            "Lig stil.",
            "Ook goed om te weten",
            "Weet dit.",
        )
    ]
    assert order == sorted(order)


ACTIONS = [
    {"id": "1", "kind": "screening", "label": "Doe de screening", "page": None},
    {"id": "2", "kind": "services", "label": "Online hulp", "page": None},
    {"id": "3", "kind": "recommendations", "label": "Wat we aanraden", "page": None},
    {"id": "4", "kind": "page", "label": "Lees dit", "page": SYMPTOM},
]
ADVICE = example("GET", "/api/v1/conditions/{key}/recommendations")
ITEM = {
    "key": "page:9",
    "type": "article",
    "card": c.card("article", "rug/lopen", "Lopen"),
    "why": [],
    "cautions": [],
    "guideline_stance": "none",
    "evidence": None,
    "paid": False,
    "free_alternatives": [],
}
ADVISED = ADVICE | {"slots": [{"slot": "articles", "items": [ITEM]}]}


def screening(slug: str, seconds: int) -> c.Node:
    listed = example("GET", "/api/v1/screenings")["screenings"][0]
    return listed | {"slug": slug, "seconds": seconds}


def start_page(stub: Stub, *known: c.Node, advice: c.Node = ADVISED) -> c.Node:
    stub.say("GET", "screenings", Answer({"screenings": list(known)}))
    stub.say("GET", "conditions/rugpijn/recommendations", Answer(advice))
    return c.condition(c.section("start", actions=ACTIONS), screening="rugpijn")


@pytest.mark.parametrize(
    ("label", "href"),
    [
        ("Doe de screening", "/vragen/rugpijn"),
        ("Online hulp", "/behandelaars"),
        ("Wat we aanraden", "#advies"),
        ("Lees dit", "/nl/rug/stijf"),
    ],
)
def test_an_action_at_the_start_leads_where_it_says(
    stub: Stub, visitor: FlaskClient, label: str, href: str
) -> None:
    html = shown(stub, visitor, start_page(stub, screening("rugpijn", 60)))
    assert re.search(rf'<a class="button[^"]*" href="{href}">{label}', html)
    if href.startswith("#"):
        assert f'id="{href[1:]}"' in html


@pytest.mark.parametrize(
    ("seconds", "says"),
    [(45, "klaar binnen 1 minuut"), (60, "klaar binnen 1 minuut"), (100, "ongeveer 2 minuten")],
)
def test_the_screening_says_how_long_it_takes(
    stub: Stub, visitor: FlaskClient, seconds: int, says: str
) -> None:
    assert says in shown(stub, visitor, start_page(stub, screening("rugpijn", seconds)))


def test_what_cannot_be_done_now_is_not_offered(stub: Stub, visitor: FlaskClient) -> None:
    html = shown(stub, visitor, start_page(stub, advice=ADVICE | {"slots": []}))
    assert "Doe de screening" not in html
    assert "Wat we aanraden" not in html
    assert "Online hulp" in html


@pytest.mark.parametrize(("known", "offered"), [(["hernia"], True), ([], False)])
def test_a_self_test_is_offered_when_its_questions_can_be_asked(
    stub: Stub, visitor: FlaskClient, known: list[str], offered: bool
) -> None:
    listed = [screening(slug, 60) for slug in known]
    stub.say("GET", "screenings", Answer({"screenings": listed}))
    test = {"screening": "hernia", "label": "Doe de zelftest"}
    html = shown(stub, visitor, c.condition(c.section("diagnosis", steps=[], self_test=test)))
    assert ('href="/vragen/hernia">Doe de zelftest' in html) == offered


def test_a_disclaimer_that_must_be_shown_stands_open_and_once(
    stub: Stub, visitor: FlaskClient
) -> None:
    whole = c.legal("disclaimer", "Lees dit eerst", "Een tekst kent jou niet")
    said = {"kind": "disclaimer", "text": "Dit vervangt geen arts.", "legal": whole}
    inside = c.condition(c.section("information", texts=[whole]), must_show=[said])
    outside = c.condition(c.section("information", texts=[]), must_show=[said])
    for page in (inside, outside):
        html = shown(stub, visitor, page)
        assert html.count("Dit vervangt geen arts.") == 1
        assert html.count("Een tekst kent jou niet") == 1
        assert "<summary>Lees dit eerst" not in html


def name(called: str, language: str, register: str, relation: str) -> c.Node:
    return {"name": called, "language": language, "register": register, "relation": relation}


def test_only_names_that_mean_the_same_stand_beside_the_title_and_lay_ones_first(
    stub: Stub, visitor: FlaskClient
) -> None:
    names = [
        name("lumbago", "nl", "medical", "same"),
        name("spit", "nl", "lay", "same"),
        name("facetsyndroom", "nl", "medical", "narrower"),
        name("low back pain", "en", "lay", "same"),
    ]
    codes = [{"system": "icpc1", "code": "L03"}]
    html = shown(stub, visitor, c.condition(names=names, codes=codes))
    assert "Ook wel: spit, lumbago." in html
    folded = html.partition('<details class="names">')[2]
    assert 'Vormen hiervan</dt><dd><span lang="nl">facetsyndroom</span>' in folded
    assert '<span lang="en">low back pain</span>' in folded
    assert "ICPC-1 L03" in folded


def test_words_and_sources_are_listed_and_a_source_that_is_cited_leads_to_its_row(
    stub: Stub, visitor: FlaskClient
) -> None:
    source = STANDS["source"] | {"doi": "10.1136/bmj.1", "pmid": "12907487"}
    page = c.condition(
        c.section(
            "description",
            body=c.text("Bij een HNP of <a href='#HNP'>HNP</a>"),
            image=None,
            points=[],
            statistics=[STATISTIC],
        ),
        sources=[source],
        glossary=[c.word("hnp", "hernia", "Een schijf puilt uit", "HNP", "hernia nuclei pulposi")],
    )
    html = shown(stub, visitor, page)
    assert 'Bij een <abbr title="hernia nuclei pulposi">HNP</abbr> of <a' in html
    assert "<dt>hernia (HNP, hernia nuclei pulposi)</dt><dd>Een schijf puilt uit</dd>" in html
    assert '<a href="#bron-pengel">Pengel L, 2003</a>' in html
    row = html.partition('<li id="bron-pengel">')[2]
    assert row.index("Titel van pengel") < row.index("DOI 10.1136/bmj.1. PMID 12907487")
