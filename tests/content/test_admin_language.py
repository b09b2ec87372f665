"""The admin speaks the language of its editor: nothing is missing from the Dutch catalogue, and a
page shows the texts of one language only."""

import html
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import polib
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.users.models import UserProfile

from cms.content import claims
from cms.content.models import (
    ArticlePage,
    ConditionPage,
    CoursePage,
    ExerciseProgramme,
    IndexPage,
    ProductPage,
    ProviderPage,
    ServicePage,
    SymptomPage,
    Term,
)
from tests.content import builders, marked_texts
from tests.content.builders import Tree

FOLDER = marked_texts.CMS / "locale/nl/LC_MESSAGES"
CATALOGUE = polib.pofile(str(FOLDER / "django.po"))
COMPILED = polib.mofile(str(FOLDER / "django.mo"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def message(entry: Any) -> marked_texts.Message:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


def said(entry: Any) -> list[str]:
    """In Dutch: one text, or one for each plural form."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        (
            "from django.utils.translation import gettext_lazy as _\n_('One')\nother('Two')",
            [("", "One", "")],
        ),
        (
            "from django.utils.translation import pgettext_lazy\npgettext_lazy('where', 'One')",
            [("where", "One", "")],
        ),
        ("def _(text): ...\n_('ours')", []),
    ],
)
def test_messages_are_found_in_python(source: str, messages: list[Any]) -> None:
    assert list(marked_texts.in_python(source)) == messages


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ('{% load i18n %}<b>{% trans "One" %}</b> (not this)', [("", "One", "")]),
        ('{{ by|default:_("a file") }}', [("", "a file", "")]),
        (
            "{% blocktrans count n=x %}{{ n }} rule{% plural %}{{ n }} rules{% endblocktrans %}",
            [("", "%(n)s rule", "%(n)s rules")],
        ),
        ("{% blocktrans %}It's (50) “x”{% endblocktrans %}", [("", "It's (50) “x”", "")]),
    ],
)
def test_messages_are_found_in_templates(source: str, messages: list[Any]) -> None:
    assert list(marked_texts.in_template(source)) == messages


def test_the_catalogue_holds_every_text_of_the_sources_and_no_other() -> None:
    """Mended by `make messages`."""
    there = {message(entry) for entry in CATALOGUE if not entry.obsolete}
    marked = marked_texts.marked()
    assert {"missing": marked - there, "superfluous": there - marked} == {
        "missing": set(),
        "superfluous": set(),
    }


def test_every_text_is_translated_and_none_is_a_guess() -> None:
    guessed = [entry.msgid for entry in CATALOGUE if entry.fuzzy]
    empty = [entry.msgid for entry in CATALOGUE if not all(said(entry))]
    assert (guessed, empty) == ([], [])


def test_placeholders_and_spaces_at_the_ends_agree() -> None:
    wrong = []
    for entry in CATALOGUE:
        sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        wrong += [
            (source, dutch)
            for source, dutch in zip(sources, said(entry), strict=True)
            if Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(dutch))
            or (source[:1].isspace(), source[-1:].isspace())
            != (dutch[:1].isspace(), dutch[-1:].isspace())
        ]
    assert wrong == []


def test_an_example_stays_an_example() -> None:
    """What a help text gives as an example, and whether a sentence ends, are the same in both."""
    wrong = [
        (entry.msgid, entry.msgstr)
        for entry in CATALOGUE
        if ("Example: " in entry.msgid) != ("Voorbeeld: " in entry.msgstr)
        or entry.msgid.endswith(".") != said(entry)[0].endswith(".")
    ]
    assert wrong == []


def test_what_is_compiled_is_what_was_written() -> None:
    """Mended by `make messages`."""
    assert {message(entry): said(entry) for entry in COMPILED} == {
        message(entry): said(entry) for entry in CATALOGUE
    }


@pytest.fixture
def editors(db: None) -> dict[str, Client]:
    """Editors by the language they chose in their account."""
    found = {}
    for language in ("nl", "en"):
        user = get_user_model().objects.create_superuser(f"editor-{language}", password="x")
        UserProfile.objects.create(user=user, preferred_language=language)
        found[language] = Client()
        found[language].force_login(user)
    return found


Find = Callable[[Tree], str]


def adding(model: Any) -> Find:
    return lambda tree: reverse(
        "wagtailadmin_pages:add", args=["content", model._meta.model_name, tree.rug.pk]
    )


def at(name: str, *args: Any) -> Find:
    return lambda _tree: reverse(name, args=args)


def of_article(name: str) -> Find:
    return lambda tree: reverse(name, args=[tree.article.pk])


# Where: the page, a text that a Dutch editor sees there, the same for an English one.
PLACES: dict[str, tuple[Find, str, str]] = {
    "menu": (at("wagtailadmin_home"), "Begrippenlijst", "Vocabulary"),
    "condition": (adding(ConditionPage), "vangnetadvies", "safety net"),
    "symptom": (adding(SymptomPage), "Waar het bij kan horen", "What it can belong to"),
    "article": (adding(ArticlePage), "Richtlijn en bewijs", "Guideline and evidence"),
    "product": (adding(ProductPage), "nooit meer per dag dan", "never more a day than"),
    "service": (adding(ServicePage), "kosten en verzekering", "costs and insurance"),
    "programme": (adding(ExerciseProgramme), "hoe je het zwaarder maakt", "how to make it harder"),
    "course": (adding(CoursePage), "hoelang het duurt", "how long it takes"),
    "provider": (adding(ProviderPage), "wachttijd in dagen", "waiting time in days"),
    "index": (adding(IndexPage), "Uitgelicht", "Put forward"),
    "home": (
        lambda tree: reverse("wagtailadmin_pages:edit", args=[tree.home.pk]),
        "Wat verandert er als je dit publiceert?",
        "What changes if you publish this?",
    ),
    "article that is live": (
        of_article("wagtailadmin_pages:edit"),
        "Wat verandert er als je dit publiceert?",
        "What changes if you publish this?",
    ),
    "terms": (at("wagtailsnippets_content_term:list"), "begrippen", "terms"),
    "term": (at("wagtailsnippets_content_term:add"), "Fase van het herstel", "Phase of recovery"),
    "references": (at("wagtailsnippets_content_reference:add"), "gelezen op", "read on"),
    "glossary": (at("wagtailsnippets_content_glossaryterm:add"), "afkorting", "abbreviation"),
    "legal texts": (at("wagtailsnippets_content_legaltext:add"), "geldig vanaf", "in force from"),
    "conditions by type": (at("conditionpage:index"), "Controle uiterlijk", "Review due"),
    "rules": (at("wagtailsnippets_advice_rulesdraft:list"), "regelsets", "rule sets"),
    "rule": (at("wagtailsnippets_advice_rulesdraft:add"), "En niets hiervan", "And none of this"),
    "links": (at("wagtailsnippets_affiliate_link:add"), "op voorraad", "in stock"),
    "partners": (at("wagtailsnippets_affiliate_partner:add"), "commissie", "commission"),
    "image": (at("wagtailimages:add"), "alternatieve tekst", "alternative text"),
    "report of what is due": (at("content_due"), "Toe aan controle", "Due for review"),
    "report of clicks": (at("affiliate_clicks"), "Klikken", "Clicks"),
    "publications": (at("publications"), "Wacht op verwerking", "Waiting to be rendered"),
    "key": (at("publication", "page:1"), "Noodstop", "Emergency stop"),
    "screenings": (at("screenings"), "Een versie verandert nooit.", "A version never changes."),
}


def texts_of(language: str) -> set[str]:
    """Texts of ours that can only be in this language: shorter ones may be Wagtail's too.

    Wagtail's choosers keep the name of what they choose in the language of who came first.
    """
    names = {str(model._meta.verbose_name) for model in apps.get_models()}
    names |= {entry.msgstr for entry in CATALOGUE if entry.msgid in names}
    by = {
        "en": {entry.msgid for entry in CATALOGUE},
        "nl": {text for entry in CATALOGUE for text in said(entry)},
    }
    other = by["nl" if language == "en" else "en"]
    return {
        text
        for text in by[language] - other - names
        if text.count(" ") >= 2 and "%" not in text and not any(text in each for each in other)
    }


TEXTS = {language: texts_of(language) for language in ("nl", "en")}


def shown(editor: Client, address: str) -> str:
    answer = editor.get(address)
    assert answer.status_code == 200
    text = html.unescape(answer.content.decode())
    # Forms inside scripts are written as JSON.
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize("place", PLACES)
def test_each_editor_sees_their_own_language_and_no_other(
    tree: Tree, editors: dict[str, Client], place: str
) -> None:
    """One after another in one process: nothing is kept in the language of who came first."""
    find, dutch, english = PLACES[place]
    for language, theirs, other in (
        ("nl", dutch, "en"),
        ("en", english, "nl"),
        ("nl", dutch, "en"),
    ):
        page = shown(editors[language], find(tree))
        assert theirs.casefold() in page.casefold()
        assert [text for text in TEXTS[other] if text in page] == []


@pytest.mark.parametrize(
    ("language", "error", "hint"),
    [
        ("nl", "Zeg waar de richtlijn dat zegt.", "Moeilijk te lezen: "),
        ("en", "Say where the guideline says so.", "Hard to read: "),
    ],
)
def test_errors_and_hints_are_in_the_language_of_the_editor(
    tree: Tree, editors: dict[str, Client], language: str, error: str, hint: str
) -> None:
    tree.article.lead = "Dit is een zin met heel veel woorden, " + "en nog een paar, " * 8
    tree.article.save_revision()
    address = of_article("wagtailadmin_pages:edit")(tree)
    page = editors[language].get(address).content.decode()
    assert hint in page
    form = querydict_from_html(page, form_id="page-edit-form")
    form["guideline_stance"] = "supports"
    form["action-publish"] = "action-publish"
    answer = editors[language].post(address, form)
    assert error in html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Voorbeeldweergave van Bewegen"), ("en", "Preview of Bewegen")]
)
def test_a_preview_is_in_the_language_of_the_editor(
    tree: Tree, editors: dict[str, Client], language: str, title: str
) -> None:
    assert title in shown(editors[language], of_article("wagtailadmin_pages:view_draft")(tree))


@pytest.mark.parametrize(
    ("language", "label"), [("nl", "Slaapgebrek (factor)"), ("en", "Lack of sleep (factor)")]
)
def test_terms_are_chosen_by_their_label_in_the_language_of_the_editor(
    tree: Tree, editors: dict[str, Client], language: str, label: str
) -> None:
    builders.term("sleep", "factor", label_nl="Slaapgebrek", label_en="Lack of sleep")
    chooser = Term.snippet_viewset.chooser_viewset
    answer = editors[language].get(reverse(chooser.get_url_name("choose")))
    assert label in answer.json()["html"]


@pytest.mark.parametrize(("language", "kind"), [("nl", "beperking"), ("en", "constraint")])
def test_a_term_says_of_what_kind_it_is(db: None, language: str, kind: str) -> None:
    term = builders.term("pregnancy", "constraint")
    with translation.override(language):
        assert str(term).endswith(f"({kind})")


@pytest.mark.parametrize(
    ("language", "substance", "claim"),
    [
        ("nl", "EPA en DHA (omega 3)", "Magnesium draagt bij tot de elektrolytenbalans"),
        ("en", "EPA and DHA (omega 3)", "Magnesium contributes to electrolyte balance"),
    ],
)
def test_substances_and_claims_have_labels_in_the_language_of_the_editor(
    tree: Tree, editors: dict[str, Client], language: str, substance: str, claim: str
) -> None:
    page = shown(editors[language], adding(ProductPage)(tree))
    assert f">{substance}</option>" in page
    assert f">{claim}</option>" in page


def test_every_substance_has_a_name_in_both_languages() -> None:
    for claim in claims.register().values():
        assert claims.substance_name(claim.substance, "nl")
        assert claims.substance_name(claim.substance, "en")
