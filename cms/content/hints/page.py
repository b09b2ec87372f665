"""The hints for a page, from its texts, its links and its dates."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.content import walk
from cms.content.hints import prose
from cms.content.walk import Text
from cms.published import references

QUOTED_AT_MOST = 3
_LINK = re.compile(r'<a[^>]*\blinktype="page"[^>]*>')
_ID = re.compile(r'\bid="(\d+)"')


@dataclass(frozen=True)
class Hint:
    field: str
    message: str


def hints(page: Any) -> list[Hint]:
    """What an editor may want to mend; in the order of the page's fields."""
    texts = list(walk.texts(page))
    return [*_hard(texts), *_not_live(page, texts), *_overdue(page)]


def _hard(texts: Iterable[Text]) -> Iterator[Hint]:
    for text in texts:
        words = references.plain(text.source) if text.is_rich else text.source
        found = prose.hard_sentences(words)
        for sentence in found[:QUOTED_AT_MOST]:
            yield Hint(text.field, _at(text, _("Hard to read: “%s” Make it two.") % sentence))
        if len(found) > QUOTED_AT_MOST:
            more = _("%d more sentences here are hard to read.") % (len(found) - QUOTED_AT_MOST)
            yield Hint(text.field, _at(text, more))


def _not_live(page: Any, texts: Iterable[Text]) -> Iterator[Hint]:
    """A link or a choice that visitors do not see, because its page is not live."""
    mentioned = [(text, pk) for text in texts if text.is_rich for pk in linked(text.source)]
    hidden = _titles_of_hidden({pk for _text, pk in mentioned})
    for text, pk in mentioned:
        if pk in hidden:
            said = _("The link to “%s” is shown as plain text: that page is not live.") % hidden[pk]
            yield Hint(text.field, _at(text, said))


def linked(source: str) -> list[int]:
    """The pages that a stored rich text links to."""
    found = (_ID.search(tag) for tag in _LINK.findall(source))
    return [int(match[1]) for match in found if match]


def _titles_of_hidden(pks: set[int]) -> dict[int, str]:
    titles = dict(Page.objects.filter(pk__in=pks, live=False).values_list("pk", "title"))
    there = set(Page.objects.filter(pk__in=pks).values_list("pk", flat=True))
    return titles | {pk: f"#{pk}" for pk in pks - there}


def _overdue(page: Any) -> Iterator[Hint]:
    today = timezone.localdate()
    due = getattr(page, "next_review_due", None)
    if due and due <= today:
        yield Hint("next_review_due", _("The review is overdue since %s.") % due.isoformat())
    until = getattr(page, "safety_until", None)
    if until and until <= today:
        said = _("The safety review ended on %s: this is not advised any more.") % until.isoformat()
        yield Hint("safety_until", said)


def _at(text: Text, message: str) -> str:
    return f"{text.place}: {message}" if text.place else message
