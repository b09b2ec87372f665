"""The verbs of drafts: freeze one, fill one from a definition, publish an older rule set again."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from cms.advice import rule_sets
from cms.advice.editing import definition, rows
from cms.advice.editing.rows import NotPlain
from cms.advice.models import DraftRule, RulesDraft, RuleSet


def freeze(draft: RulesDraft, by: str) -> RuleSet:
    """Make a rule set of a draft and make it live. Rules that say what the live ones say already
    take no new number. Raises recommender.DefinitionError.
    """
    number = rule_sets.next_version(draft.slug)
    made = definition.definition(draft, draft.rules.all(), number)
    live = RuleSet.objects.filter(slug=draft.slug, live=True).first()
    if live is not None and definition.same_rules(live.definition, made):
        return live
    return rule_sets.publish(made, by=by)


@transaction.atomic
def fill(found: RuleSet, title: str = "", user: Any = None) -> RulesDraft:
    """Write a live rule set into the editor's rows: there is then nothing left to publish.

    What stood in the draft before stays in its history. Raises NotPlain when the rules say more
    than rows can hold; then nothing is changed.
    """
    made = [rows.columns(rule) for rule in found.definition["rules"]]
    draft = RulesDraft.objects.filter(slug=found.slug).first()
    if draft is None:
        draft = RulesDraft(
            slug=found.slug, title=title or found.slug.replace("-", " ").capitalize()
        )
    _write(draft, found.definition, made)
    draft.save()
    # What is live is these very rules, so publishing makes no new rule set of them.
    draft.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    return RulesDraft.objects.get(pk=draft.pk)


def _write(draft: RulesDraft, found: Mapping[str, Any], made: list[dict[str, Any]]) -> None:
    draft.locales = list(found["locales"])
    for locale, _language in settings.LANGUAGES:
        setattr(draft, f"notice_{locale}", found["notice"].get(locale, ""))
    draft.rules = [DraftRule(sort_order=place, **each) for place, each in enumerate(made)]


@transaction.atomic
def publish_again(slug: str, version: int, user: Any) -> tuple[RuleSet, str]:
    """Make an older rule set live again and put its rules on the editor's desk.

    Gives the rule set, and why its rules could not be put there ("": they were). Raises
    rule_sets.NoSuchRuleSet.
    """
    found = rule_sets.publish_again(slug, version, by=user.get_username())
    try:
        fill(found, user=user)
    except NotPlain as error:
        return found, str(error)
    return found, ""
