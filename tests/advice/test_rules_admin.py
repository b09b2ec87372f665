"""What an editor does with rules in the admin, and that it arrives in advice."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.advice import rule_sets
from cms.advice.editing import publish
from cms.advice.models import DraftRule, RulesDraft, RuleSet, RuleSetEvent
from cms.content.models import Term
from cms.screening.models import FrozenVersion
from recommender import DefinitionError
from tests.advice.conftest import Shelf
from tests.content import builders as content
from tests.recommender import builders

SETS = ("factors", "signals", "constraints")
EMPTY_ROW = {
    "active": "on",
    "points": "",
    "condition": "",
    "item": "",
    **dict.fromkeys(("because_nl", "because_en", "citation", "key", "effect"), ""),
    **{f"select_{name}": "" for name in ("type", "slot", "condition", "factor", "phase", "paid")},
}
SLEEP = {
    "key": "sleep-first",
    "effect": "boost",
    "points": "150",
    "factors": ("sleep",),
    "select_factor": "sleep",
    "because_nl": "Wie beter slaapt, herstelt makkelijker.",
    "citation": "KNGF, 2021",
}
PUBLISH = {"action-publish": "action-publish"}


def client_of(name: str, *permissions: str) -> Client:
    user = User.objects.create_user(name, password="a-password")
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    user.groups.add(group)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


ON_RULES = ("add_rulesdraft", "change_rulesdraft", "delete_rulesdraft")


@pytest.fixture
def noor(shelf: Shelf) -> Client:
    """An editor who may publish rules."""
    return client_of("noor", *ON_RULES, "publish_rulesdraft", "delete_term")


@pytest.fixture
def piet(shelf: Shelf) -> Client:
    """An editor who may only write them."""
    return client_of("piet", *ON_RULES)


def form(*rows: dict[str, Any], **said: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "title": "Rug",
        "slug": "rug",
        "locales": ("nl",),
        "notice_nl": "Een voorbeeld.",
        "notice_en": "",
        "rules": inline_formset([EMPTY_ROW | row for row in rows]),
    }
    return nested_form_data(fields | said)


def address(view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_advice_rulesdraft:{view}", args=args)


def send(client: Client, *rows: dict[str, Any], draft: Any = None, **said: Any) -> Any:
    """Send the form with these rows; those that a draft had are changed in turn or deleted."""
    if draft is None:
        return client.post(address("add"), form(*rows, **said))
    there = RulesDraft.objects.get(pk=draft.pk).get_latest_revision_as_object().rules.all()
    given = [EMPTY_ROW | row for row in rows]
    given += [EMPTY_ROW | {"DELETE": "1"} for _ in range(len(there) - len(rows))]
    for row, old in zip(given, there, strict=False):
        row["id"] = str(old.pk)
    rules = inline_formset(given, initial=len(there))
    return client.post(address("edit", draft.pk), form(**{"rules": rules} | said))


def published(client: Client, *rows: dict[str, Any], **said: Any) -> RulesDraft:
    response = send(client, *rows, **said, **PUBLISH)
    assert response.status_code == 302, errors(response)
    return RulesDraft.objects.get()


def errors(response: Any) -> dict[str, Any]:
    made = response.context["form"]
    found = {name: list(messages) for name, messages in made.errors.items()}
    rows = {
        f"{place}.{name}": list(messages)
        for place, row in enumerate(made.formsets["rules"].forms)
        for name, messages in row.errors.items()
    }
    return found | rows


def live() -> list[str]:
    return [found.name for found in RuleSet.objects.filter(live=True)]


def fired(shelf: Shelf) -> list[str]:
    outcome = builders.assessment(factors=frozenset({"sleep"}))
    return list(shelf.advise(outcome).shown["rules"])


# --- writing and publishing ----------------------------------------------------------------


def test_what_an_editor_publishes_is_what_advice_uses(shelf: Shelf, noor: Client) -> None:
    shelf.put("walk")
    shelf.put("nap", factors=["sleep"])
    published(noor, SLEEP)

    assert live() == ["rug@1"]
    assert fired(shelf) == ["rug/sleep-first"]
    event = RuleSetEvent.objects.get()
    assert (event.by, event.what, event.rule_set.name) == ("noor", "published", "rug@1")


def test_a_draft_is_half_written_and_changes_nothing(shelf: Shelf, noor: Client) -> None:
    response = send(noor, {"key": "sleep-first"}, notice_nl="", locales=())

    assert response.status_code == 302, errors(response)
    assert not RuleSet.objects.exists()
    draft = RulesDraft.objects.get()
    assert not draft.live
    assert noor.get(address("edit", draft.pk)).status_code == 200


def test_a_draft_of_live_rules_waits_until_it_is_published(shelf: Shelf, noor: Client) -> None:
    draft = published(noor, SLEEP)
    send(noor, SLEEP | {"points": "200"}, draft=draft)
    assert RuleSet.objects.get(live=True).definition["rules"][0]["points"] == 150

    send(noor, SLEEP | {"points": "200"}, draft=draft, **PUBLISH)
    assert live() == ["rug@2"]
    assert RuleSet.objects.get(live=True).definition["rules"][0]["points"] == 200


def test_publishing_what_is_live_already_takes_no_new_number(shelf: Shelf, noor: Client) -> None:
    draft = published(noor, SLEEP)
    send(noor, SLEEP, draft=draft, **PUBLISH)

    assert [found.name for found in RuleSet.objects.all()] == ["rug@1"]
    assert RuleSetEvent.objects.count() == 1


def test_who_may_only_write_cannot_publish(shelf: Shelf, piet: Client) -> None:
    send(piet, SLEEP, **PUBLISH)

    assert RulesDraft.objects.exists()
    assert not RuleSet.objects.exists()


@pytest.mark.parametrize(
    ("rows", "at", "says"),
    [
        ([SLEEP, SLEEP | {"key": "b", "points": ""}], "1.points", "1 to 300"),
        ([SLEEP, SLEEP | {"key": "b", "points": "many"}], "1.points", "whole number"),
        ([SLEEP, SLEEP | {"key": "B b"}], "1.key", "Small letters"),
        ([SLEEP, SLEEP], "1.key", "Another rule has this key"),
        ([SLEEP | {"select_factor": ""}], "0.select_type", "at least one of these fields"),
        ([SLEEP | {"because_nl": ""}], "0.because_nl", "Dutch is among the languages"),
        ([SLEEP | {"citation": ""}], "0.citation", "required"),
        ([SLEEP | {"effect": "sell"}], "0.effect", "valid choice"),
        ([SLEEP | {"factors": ("gout",)}], "0.factors", "not one of the available choices"),
        ([SLEEP | {"condition": "gout"}], "0.condition", "not one of the available choices"),
        ([], "__all__", "at least one rule"),
    ],
)
def test_an_error_stands_at_the_row_and_the_field_that_caused_it(
    shelf: Shelf, noor: Client, rows: list[dict[str, Any]], at: str, says: str
) -> None:
    response = send(noor, *rows, **PUBLISH)

    assert response.status_code == 200
    assert says in errors(response)[at][0]
    assert says.split(":")[0] in response.content.decode()
    assert not RuleSet.objects.exists()


def test_every_error_is_told_at_once(shelf: Shelf, noor: Client) -> None:
    faulty = SLEEP | {"points": "", "because_nl": "", "citation": ""}
    found = errors(send(noor, faulty, SLEEP | {"select_factor": ""}, notice_nl="", **PUBLISH))

    assert found.keys() == {
        "notice_nl", "0.points", "0.because_nl", "0.citation", "0.key", "1.key", "1.select_type",
    }  # fmt: skip


def test_a_row_that_is_deleted_is_in_nobodys_way(shelf: Shelf, noor: Client) -> None:
    draft = published(noor, SLEEP, {**SLEEP, "key": "second"}, {**SLEEP, "key": "third"})
    response = send(noor, SLEEP, draft=draft, **PUBLISH)

    assert response.status_code == 302, errors(response)
    assert [each["key"] for each in RuleSet.objects.get(live=True).definition["rules"]] == [
        "sleep-first"
    ]


def test_a_row_keeps_a_term_that_was_retired(shelf: Shelf, noor: Client) -> None:
    """Otherwise saving would drop what nobody unticked."""
    draft = published(noor, SLEEP)
    Term.objects.filter(key="sleep").update(retired=True)

    assert "sleep (no longer in use)" in noor.get(address("edit", draft.pk)).content.decode()


def test_a_retired_term_is_not_offered_anew(shelf: Shelf, noor: Client) -> None:
    Term.objects.filter(key="sleep").update(retired=True)

    assert "0.factors" in errors(send(noor, SLEEP, **PUBLISH))


def test_signals_are_those_that_a_usable_screening_can_raise(shelf: Shelf, noor: Client) -> None:
    made = {"signals": {"deviating_course": {}}}
    FrozenVersion.objects.create(slug="rug", version=1, definition=made, hash="0")
    row = SLEEP | {"signals": ("deviating_course",)}
    assert send(noor, row, **PUBLISH).status_code == 302


def test_the_key_stays_once_it_was_published(shelf: Shelf, noor: Client) -> None:
    draft = published(noor, SLEEP)

    assert "stays what it was" in errors(send(noor, SLEEP, draft=draft, slug="nek"))["slug"][0]


def test_a_rule_that_a_colleague_added_meanwhile_never_makes_a_fault(
    shelf: Shelf, noor: Client
) -> None:
    """The form of before knows nothing of the row that is in its way: the draft is saved, what is
    live stays live, and the editor hears why."""
    draft = published(noor, SLEEP)
    stale = form(SLEEP | {"points": "200"}) | PUBLISH
    response = noor.post(address("edit", draft.pk), stale, follow=True)

    assert response.status_code == 200
    assert "stands here twice" in response.content.decode()
    assert live() == ["rug@1"]
    assert RuleSet.objects.count() == 1


def test_rules_that_are_not_right_are_not_published_by_a_program_either(shelf: Shelf) -> None:
    draft = RulesDraft.objects.create(title="Rug", slug="rug", locales=["nl"], notice_nl="x")
    revision = draft.save_revision()
    with pytest.raises(DefinitionError):
        revision.publish()
    assert not RulesDraft.objects.get().live
    assert not RuleSet.objects.exists()


# --- the checks beside the form ------------------------------------------------------------


def check(client: Client, *rows: dict[str, Any], **said: Any) -> str:
    """What the preview panel shows of a form that is not saved."""
    where = address("preview_on_add")
    assert client.post(where, form(*rows, **said)).json() == {
        "is_valid": True,
        "is_available": True,
    }
    return client.get(where).content.decode()


def test_the_checks_say_what_rules_do_and_which_items_they_fit(shelf: Shelf, noor: Client) -> None:
    shelf.put("nap", factors=["sleep"])
    shelf.put("walk")
    shelf.view()
    shown = check(noor, SLEEP)

    assert "These rules can be published." in shown
    assert "Fits now: nap" in " ".join(shown.split())
    assert "walk" not in shown


def test_the_checks_name_every_problem_before_anybody_publishes(shelf: Shelf, noor: Client) -> None:
    shelf.view()
    shown = check(noor, SLEEP | {"points": "", "select_factor": ""}, notice_nl="")

    assert "3 problems keep these rules from being published." in shown
    assert "Say how many points" in shown


def test_a_rule_that_fits_nothing_is_told(shelf: Shelf, noor: Client) -> None:
    shelf.put("walk")
    shelf.view()

    assert "Fits no item that is live now." in check(noor, SLEEP)


# --- versions, publishing again, taking away -----------------------------------------------


def versions(draft: RulesDraft) -> str:
    return reverse("rules_versions", args=[draft.pk])


def test_an_older_version_is_published_again_and_lies_on_the_desk(
    shelf: Shelf, noor: Client
) -> None:
    """Law 5: the very rule set of before, not a copy."""
    draft = published(noor, SLEEP)
    first = RuleSet.objects.get()
    send(noor, SLEEP | {"points": "200"}, draft=draft, **PUBLISH)
    noor.post(versions(draft), {"version": "1"})

    assert live() == ["rug@1"]
    assert RuleSet.objects.get(live=True).pk == first.pk
    assert [row.points for row in RulesDraft.objects.get().rules.all()] == [150]
    assert not RulesDraft.objects.get().has_unpublished_changes
    told = [(event.what, event.by, event.rule_set.version) for event in RuleSetEvent.objects.all()]
    assert told == [("again", "noor", 1), ("published", "noor", 2), ("published", "noor", 1)]


def test_after_a_roll_back_the_next_number_is_a_new_one(shelf: Shelf, noor: Client) -> None:
    draft = published(noor, SLEEP)
    send(noor, SLEEP | {"points": "200"}, draft=draft, **PUBLISH)
    noor.post(versions(draft), {"version": "1"})
    send(noor, SLEEP | {"points": "50"}, draft=draft, **PUBLISH)

    assert live() == ["rug@3"]


def test_the_page_of_versions_says_who_when_and_what(shelf: Shelf, noor: Client) -> None:
    draft = published(noor, SLEEP)
    send(noor, SLEEP | {"points": "200"}, draft=draft, **PUBLISH)
    shown = noor.get(versions(draft)).content.decode()

    for text in ("noor", RuleSet.objects.get(version=1).hash[:12], "Boost by 150", "Boost by 200"):
        assert text in shown
    assert shown.count("Publish again") == 1


def test_who_may_only_write_sees_the_versions_and_publishes_none(
    shelf: Shelf, noor: Client, piet: Client
) -> None:
    draft = published(noor, SLEEP)
    send(noor, SLEEP | {"points": "200"}, draft=draft, **PUBLISH)

    assert "Publish again" not in piet.get(versions(draft)).content.decode()
    piet.post(versions(draft), {"version": "1"})
    assert live() == ["rug@2"]


@pytest.mark.parametrize("version", ["9", "", "first", "-1", "1" * 30])
def test_a_version_that_never_was_is_refused(shelf: Shelf, noor: Client, version: str) -> None:
    draft = published(noor, SLEEP)
    response = noor.post(versions(draft), {"version": version}, follow=True)

    assert "There is no version" in response.content.decode()
    assert live() == ["rug@1"]


def test_who_is_not_logged_in_sees_nothing(shelf: Shelf, noor: Client) -> None:
    draft = published(noor, SLEEP)
    for where in (versions(draft), address("list"), address("edit", draft.pk)):
        assert Client().get(where).status_code == 302
    assert Client().post(versions(draft), {"version": "1"}).status_code == 302


def test_unpublishing_leaves_advice_without_rules(shelf: Shelf, noor: Client) -> None:
    shelf.put("nap", factors=["sleep"])
    draft = published(noor, SLEEP)
    assert fired(shelf) == ["rug/sleep-first"]
    noor.post(address("unpublish", draft.pk))

    assert live() == []
    assert fired(shelf) == []
    assert (RuleSetEvent.objects.first().what, RuleSetEvent.objects.first().by) == (
        "withdrawn",
        "noor",
    )


def test_live_rules_are_not_deleted(shelf: Shelf, noor: Client) -> None:
    draft = published(noor, SLEEP)
    response = noor.post(address("delete", draft.pk), follow=True)
    assert "Unpublish it first" in response.content.decode()
    assert RulesDraft.objects.exists()

    noor.post(address("unpublish", draft.pk))
    noor.post(address("delete", draft.pk))
    assert not RulesDraft.objects.exists()
    assert RuleSet.objects.exists()


def test_a_term_that_rules_name_is_retired_not_deleted(shelf: Shelf, noor: Client) -> None:
    published(noor, SLEEP)
    term = Term.objects.get(key="sleep")
    where = reverse("wagtailsnippets_content_term:delete", args=[term.pk])
    response = noor.post(where, follow=True)

    assert Term.objects.filter(key="sleep").exists()
    said = [str(message) for message in response.context["messages"]]
    assert any("rug/sleep-first" in message for message in said)


def test_an_item_that_rules_name_is_not_deleted(shelf: Shelf) -> None:
    page = content.tree().article
    draft = RulesDraft.objects.create(title="Rug", slug="rug", locales=["nl"])
    DraftRule.objects.create(draft=draft, key="a", effect="pin", item=page, citation="x")
    admin = Client()
    admin.force_login(User.objects.create_superuser("root", password="x"))
    admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert type(page).objects.filter(pk=page.pk).exists()


def test_rules_of_a_file_lie_on_the_desk(shelf: Shelf, noor: Client) -> None:
    found = rule_sets.publish(
        {
            "slug": "rug",
            "version": 4,
            "locales": ("nl",),
            "notice": builders.nl(),
            "rules": [builders.rule("a", "boost", {"factor": "sleep"}, points=70)],
        }
    )
    draft = publish.fill(found)

    assert [found.name for found in RuleSet.objects.all()] == ["rug@4"]
    assert draft.live
    assert not draft.has_unpublished_changes
    assert [(row.key, row.points) for row in draft.rules.all()] == [("a", 70)]
    send(noor, SLEEP, draft=draft, **PUBLISH)
    assert live() == ["rug@5"]
