"""From a change in Wagtail to touches, in the transaction of the change. Every body is a touch.

Saves are watched without a sender: moves, unpublishes and expiry save a plain `Page`. Deletes name
their models: Django tells of a deleted page once as a `Page` whatever its type, and a handler
without a sender would make every delete of any table read its rows first.

Images and all snippets open a transaction in their own save(). Sites, locales and view
restrictions are Wagtail's: its admin saves them inside cms.middleware.AtomicAdminWrites, and code
that saves them says `transaction.atomic()` itself. Outside one, a touch raises.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Locale, Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.models.view_restrictions import BaseViewRestriction

from cms.content import places
from cms.content.models import CustomImage, GlossaryTerm, LegalText, Reference, Term
from cms.published import touches
from cms.published.models import Publication, State, Touch

# What Wagtail saves of a page when a draft is saved, a page locked or a child added: nothing that
# a reader sees. (save_revision, LockView, ConvertAliasPageAction, CreatePageAliasAction)
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
    }
)
# What Wagtail remembers of an image's file the first time somebody asks.
FILE_FIELDS = frozenset({"file_hash", "file_size"})


def page_saved(page: Page, created: bool, fields: frozenset[str] | None) -> None:
    if page.is_root() or (fields is not None and fields <= DRAFT_FIELDS):
        return
    key = page_key(page.pk)
    shut = page.live and not places.is_open(page)
    if page.live:
        touches.touch(key, hide=shut)
    elif not created and may_be_live(key):
        touches.touch(key, hide=True)
    if not created and (moved := list(moved_along(page))):
        # a page that is a draft itself may have live ones below
        touches.touch_all(map(page_key, moved), hide=not places.is_open(page))


def page_deleted(page: Page) -> None:
    touches.touch(page_key(page.pk), hide=True)


def restriction_saved(restriction: PageViewRestriction, *_: Any) -> None:
    private = restriction.restriction_type != BaseViewRestriction.NONE
    touches.touch_all(map(page_key, fenced_by(restriction)), hide=private)
    again_on_commit(lambda: touches.touch_all(map(page_key, fenced_by(restriction)), hide=private))


def restriction_deleted(restriction: PageViewRestriction) -> None:
    touches.touch_all(map(page_key, fenced_by(restriction)))


def again_on_commit(touch: Callable[[], None]) -> None:
    """A page that another transaction added meanwhile was not seen by the first touch, and was
    rendered from what was true before."""

    def again() -> None:
        with transaction.atomic():
            touch()

    transaction.on_commit(again)


def roots_changed(*_: Any) -> None:
    """A site or a language changed: every address may be another one, or none."""
    touch_every_page()
    again_on_commit(touch_every_page)


def touch_every_page() -> None:
    roots = places.root_paths()
    pages = Page.objects.filter(depth__gt=1).values_list("pk", "url_path")
    outside = {pk: places.path_below(url_path, roots) is None for pk, url_path in pages}
    touches.touch_all((page_key(pk) for pk, out in outside.items() if out), hide=True)
    touches.touch_all((page_key(pk) for pk, out in outside.items() if not out), bulk=True)


def term_saved(term: Term, *_: Any) -> None:
    touches.touch(f"term:{term.key}")


def term_deleted(term: Term) -> None:
    touches.touch(f"term:{term.key}", hide=True)


def reference_saved(reference: Reference, *_: Any) -> None:
    touches.touch(f"reference:{reference.key}")


def reference_deleted(reference: Reference) -> None:
    touches.touch(f"reference:{reference.key}", hide=True)


def glossary_saved(entry: GlossaryTerm, *_: Any) -> None:
    touches.touch(f"glossary:{entry.key}")


def glossary_deleted(entry: GlossaryTerm) -> None:
    touches.touch(f"glossary:{entry.key}", hide=True)


def legal_saved(text: LegalText, _created: bool, fields: frozenset[str] | None) -> None:
    """The newest under its own key is another one when a version comes or goes: never hidden at
    once, because an older version may take its place."""
    if fields is not None and fields <= DRAFT_FIELDS:
        return
    newest, version = (f"legal:{id_}" for id_ in text.ids)
    if text.live or may_be_live(version):
        touches.touch(version, hide=not text.live)
        touches.touch(newest)


def legal_deleted(text: LegalText) -> None:
    newest, version = (f"legal:{id_}" for id_ in text.ids)
    touches.touch(version, hide=True)
    touches.touch(newest)


def image_saved(image: CustomImage, created: bool, fields: frozenset[str] | None) -> None:
    if fields is None or not fields <= FILE_FIELDS:
        touches.touch(f"image:{image.pk}")


def image_deleted(image: CustomImage) -> None:
    touches.touch(f"image:{image.pk}", hide=True)


def referring_touched(gone: Any) -> None:
    """A page that mentions what is deleted will be read without it: a choice becomes None."""
    referring = ReferenceIndex.get_references_to(gone).filter(
        base_content_type=ReferenceIndex._get_base_content_type(Page)
    )
    ids = referring.values_list("object_id", flat=True).distinct()
    touches.touch_all(map(page_key, ids))


# --- which keys ---------------------------------------------------------------------------


def page_key(pk: int | str) -> str:
    return f"page:{pk}"


def may_be_live(key: str) -> bool:
    """Whether readers show this key or are about to.

    The touch is looked for first: between the two questions numbering may turn it into a row.
    """
    return (
        Touch.objects.filter(key=key).exists()
        or Publication.objects.filter(key=key, state=State.LIVE).exists()
    )


def moved_along(page: Page) -> Iterable[int]:
    """Pages below a page that got another address.

    Wagtail rewrites their addresses right after this save, so now they still have the old ones.
    All of them, live or not: one may be going live in another transaction.
    """
    below = places.subtree(page).exclude(pk=page.pk)
    return below.exclude(url_path__startswith=page.url_path).values_list("pk", flat=True)


def fenced_by(restriction: PageViewRestriction) -> set[int]:
    page = Page.objects.filter(pk=restriction.page_id).first()
    return places.sharing_privacy_with(page) if page else set()


# --- wiring -------------------------------------------------------------------------------

Saved = Callable[[Any, bool, frozenset[str] | None], None]
SAVED: dict[type, Saved] = {
    Page: page_saved,
    PageViewRestriction: restriction_saved,
    Site: roots_changed,
    Locale: roots_changed,
    Term: term_saved,
    Reference: reference_saved,
    GlossaryTerm: glossary_saved,
    LegalText: legal_saved,
    CustomImage: image_saved,
}
DELETED: dict[type, Callable[[Any], None]] = {
    Page: page_deleted,
    PageViewRestriction: restriction_deleted,
    Site: roots_changed,
    Term: term_deleted,
    Reference: reference_deleted,
    GlossaryTerm: glossary_deleted,
    LegalText: legal_deleted,
    CustomImage: image_deleted,
}
MENTIONED = (Page, Term, Reference, GlossaryTerm, CustomImage)


def on_save(instance: Any, created: bool, update_fields: frozenset[str] | None, **_: Any) -> None:
    for model, saved in SAVED.items():
        if isinstance(instance, model):
            saved(instance, created, update_fields)


def on_delete(sender: type, instance: Any, **_: Any) -> None:
    DELETED[sender](instance)


def before_delete(instance: Any, **_: Any) -> None:
    referring_touched(instance)


def connect() -> None:
    post_save.connect(on_save, dispatch_uid="content.saved")
    for model in DELETED:
        post_delete.connect(on_delete, sender=model, dispatch_uid="content.deleted")
    for model in MENTIONED:
        pre_delete.connect(before_delete, sender=model, dispatch_uid="content.mentioned")
