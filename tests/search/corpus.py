"""A small field to search in, and what a person would expect to find there.

The texts are examples that no clinician has reviewed. The judgements were made by reading them:
which texts answer the question, and which of them first.
"""

from dataclasses import dataclass
from typing import Any

from cms.published.view import Row
from tests.published.world import thing

Text = tuple[str, str, list[str], str]  # kind, title, other names, body

TEXTS: dict[str, Text] = {
    "lage-rugpijn": (
        "condition",
        "Lage rugpijn",
        ["aspecifieke lage rugpijn", "spit", "lumbago"],
        "Je hebt pijn onder in je rug, tussen je ribben en je billen. Vaak is er geen ernstige "
        "oorzaak en wordt het binnen zes weken minder. Blijf zo veel mogelijk actief.",
    ),
    "hernia": (
        "condition",
        "Hernia in de rug",
        ["rughernia", "lumbosacraal radiculair syndroom"],
        "Een schijf tussen twee wervels puilt uit en drukt op een zenuw. De pijn straalt uit naar "
        "je been. Soms heb je tintelingen of voelt je voet doof.",
    ),
    "bewegen": (
        "article",
        "Bewegen met rugpijn",
        [],
        "Van stilzitten wordt een rug stijf. Wandelen, fietsen en zwemmen zijn goed voor je "
        "herstel. Begin rustig en doe elke dag iets meer.",
    ),
    "slapen": (
        "article",
        "Beter slapen",
        [],
        "Ga elke avond op dezelfde tijd naar bed. Lig je op je zij? Leg dan een kussen tussen "
        "je knieën, dat houdt je bekken recht.",
    ),
    "matras": (
        "product",
        "Matras met zeven zones",
        [],
        "Een stevige matras die meegeeft bij je schouders en heupen terwijl je slaapt.",
    ),
    "lendenkussen": (
        "product",
        "Kussen voor je onderrug",
        ["lendenkussen", "lendensteun"],
        "Geeft steun als je lang zit: op kantoor, in de auto of op de bank.",
    ),
    "kruik": (
        "product",
        "Warmtezak met kersenpitten",
        ["kruik", "heat pack"],
        "Een warme zak op gespannen spieren voelt prettig. Leg er een doek tussen.",
    ),
    "programma": (
        "exercise_programme",
        "Oefenen voor een sterke rug",
        [],
        "Twaalf oefeningen zonder apparaten. Drie keer per week een kwartier is genoeg.",
    ),
    "zwanger": (
        "article",
        "Zwangerschap en je rug",
        [],
        "Als je buik groeit, verandert je houding. Kies rustige bewegingen en vraag je "
        "verloskundige om raad.",
    ),
    "tillen": (
        "article",
        "Zwaar tillen op het werk",
        [],
        "Houd de last dicht bij je lijf, zak door je knieën en draai je voeten mee.",
    ),
    "stress": (
        "article",
        "Spanning en pijn",
        ["stress"],
        "Wie onder druk staat, spant ongemerkt de spieren aan. Adem rustig uit en neem pauzes.",
    ),
    "spoed": (
        "article",
        "Wanneer bel je meteen de huisarts?",
        [],
        "Je kunt je plas niet ophouden, de huid tussen je benen is doof of een been heeft ineens "
        "geen kracht meer.",
    ),
    "magnesium": (
        "product",
        "Magnesium",
        [],
        "Magnesium draagt bij tot een normale werking van de spieren.",
    ),
    "gewrichten": (
        "article",
        "Hoe zit je rug in elkaar?",
        ["facetgewrichten"],
        "Kleine gewrichten aan de achterkant van de wervels laten je buigen en draaien.",
    ),
}
ENGLISH: dict[str, Text] = {
    "low-back-pain": (
        "condition",
        "Low back pain",
        ["lumbago"],
        "Pain between your ribs and your buttocks. It often gets better within six weeks.",
    )
}


@dataclass(frozen=True)
class Judgement:
    """`first` answers the question best (None: nobody could say); `others` answer it too, in any
    order."""

    question: str
    first: str | None
    others: frozenset[str] = frozenset()


JUDGEMENTS = [
    Judgement("lage rugpijn", "lage-rugpijn"),
    Judgement("Spit", "lage-rugpijn"),
    Judgement("lumbago?", "lage-rugpijn"),
    Judgement("Hoe kan ik beter slapen?", "slapen"),
    Judgement("slaapt", "slapen", frozenset({"matras"})),
    Judgement("kussens", "lendenkussen", frozenset({"slapen"})),
    Judgement("knie", None, frozenset({"slapen", "tillen"})),
    Judgement("KNIEEN buigen tillen", "tillen"),
    Judgement("oefening", "programma"),
    Judgement("zwangere vrouw rug", "zwanger"),
    Judgement("bewegingen", "bewegen", frozenset({"zwanger"})),
    Judgement("uitstraling naar been", "hernia"),
    Judgement("huisarts bellen", "spoed"),
    Judgement("warme kruik", "kruik"),
    Judgement("ik heb stress", "stress"),
    Judgement("gewricht", "gewrichten"),
    Judgement("doof gevoel", "hernia"),
    Judgement("spier", None, frozenset({"magnesium", "kruik", "stress"})),
]


def columns_of(text: Text, locale: str = "nl") -> dict[str, Any]:
    """The columns of a publication, as a renderer of content makes them."""
    kind, title, names, body = text
    return {
        "kind": kind,
        "locale": locale,
        "link": {"title": title},
        "card": {"title": title},
        "text": {"title": title, "names": names, "body": body},
    }


def article(title: str, body: str = "") -> dict[str, Any]:
    return columns_of(("article", title, [], body))


def row(key: str, seq: int = 1, state: str = "live", **columns: Any) -> Row:
    """A row as it comes from the publications, without a database."""
    made = thing(**columns)
    return Row(
        key=key,
        seq=seq,
        state=state,
        kind=made.kind,
        locale=made.locale,
        translation_key="",
        path=None,
        former_paths=(),
        valid_from=made.valid_from,
        valid_until=made.valid_until,
        link=b"{}",
        card=b'{"title": "A card"}',
        body=None,
        item=None,
        text=made.text if state == "live" else None,
        hash="",
    )


def every_row() -> list[Row]:
    texts = [(key, text, "nl") for key, text in TEXTS.items()]
    texts += [(key, text, "en") for key, text in ENGLISH.items()]
    return [
        row(f"thing:{key}", seq, **columns_of(text, locale))
        for seq, (key, text, locale) in enumerate(texts, start=1)
    ]
