"""Every change in Wagtail touches exactly what it may have changed, and drafts touch nothing.

True beside a key: the touch asks to hide it at once.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, Page, PageViewRestriction, Revision, Site

from cms.content import schedule
from cms.content.models import ArticlePage, HomePage, IndexPage
from cms.published import work
from cms.published.models import Publication, Touch
from cms.published.touches import OutsideTransaction
from tests.content import builders
from tests.content.builders import Tree, fresh, key, touched


def restrict(page: Any) -> PageViewRestriction:
    with transaction.atomic():
        return PageViewRestriction.objects.create(page=page, restriction_type="login")


def forget_touches() -> None:
    work.number_all()
    assert touched() == {}


# --- drafts -------------------------------------------------------------------------------


def save_draft(tree: Tree) -> None:
    page = fresh(tree.article)
    page.title = "Anders"
    page.save_revision()


def autosave_over_the_last_revision(tree: Tree) -> None:
    page = fresh(tree.article)
    revision = page.save_revision()
    page.title = "Weer anders"
    page.save_revision(overwrite_revision=revision)


def save_draft_without_changes(tree: Tree) -> None:
    fresh(tree.article).save_revision(changed=False)


def lock(tree: Tree) -> None:
    page = fresh(tree.article)
    page.locked, page.locked_at = True, timezone.now()
    page.save(update_fields=["locked", "locked_by", "locked_at"])


def schedule_a_change_of_a_live_page(tree: Tree) -> None:
    page = fresh(tree.article)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


def make_a_draft(tree: Tree) -> None:
    builders.draft(tree.rug, ArticlePage, "Nieuw")


def save_a_page_that_was_never_published(tree: Tree) -> None:
    page = builders.draft(tree.rug, ArticlePage, "Nieuw")
    page.title = "Nieuwer"
    page.save()  # what the admin does on every autosave of such a page
    page.save_revision(clean=False)


def schedule_a_page_that_was_never_published(tree: Tree) -> None:
    page = builders.draft(tree.rug, ArticlePage, "Nieuw")
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


def delete_a_revision(tree: Tree) -> None:
    fresh(tree.article).save_revision()
    Revision.objects.filter(object_id=str(tree.article.pk)).last().delete()


@pytest.mark.parametrize(
    "change",
    [
        save_draft,
        autosave_over_the_last_revision,
        save_draft_without_changes,
        lock,
        schedule_a_change_of_a_live_page,
        make_a_draft,
        save_a_page_that_was_never_published,
        schedule_a_page_that_was_never_published,
        delete_a_revision,
    ],
)
def test_rule_10_what_no_reader_sees_touches_nothing(
    tree: Tree, change: Callable[[Tree], None]
) -> None:
    change(tree)
    assert touched() == {}


def test_rule_10_autosaving_a_hidden_page_touches_nothing(
    tree: Tree,
) -> None:
    fresh(tree.article).unpublish()
    forget_touches()
    page = fresh(tree.article)
    page.save()
    page.save_revision(clean=False)
    assert touched() == {}


# --- what one page does -------------------------------------------------------------------


def test_publishing_touches_the_page(tree: Tree) -> None:
    builders.publish(fresh(tree.article))
    assert touched() == {key(tree.article): False}


def test_publishing_for_the_first_time_touches_the_page(tree: Tree) -> None:
    page = builders.live(tree.rug, ArticlePage, "Nieuw")
    assert touched() == {key(page): False}


def test_unpublishing_asks_to_hide(tree: Tree) -> None:
    fresh(tree.article).unpublish()
    assert touched() == {key(tree.article): True}


def test_unpublishing_hides_a_page_that_is_not_numbered_yet(tree: Tree) -> None:
    page = builders.live(tree.rug, ArticlePage, "Nieuw")
    page.unpublish()
    assert touched() == {key(page): True}


def test_unpublishing_a_branch_asks_to_hide_all_of_it(tree: Tree) -> None:
    for page in (tree.article, tree.rug):
        fresh(page).unpublish()
    assert touched() == {key(tree.rug): True, key(tree.article): True}


def test_deleting_asks_to_hide_the_page_and_all_below_it(tree: Tree) -> None:
    expected = {key(tree.rug): True, key(tree.article): True}
    fresh(tree.rug).delete()
    assert touched() == expected


def test_a_change_arriving_by_schedule_touches_the_page(tree: Tree) -> None:
    page = fresh(tree.article)
    page.go_live_at = timezone.now() + timedelta(milliseconds=500)
    page.save_revision().publish()
    assert touched() == {}
    time.sleep(0.6)
    schedule.run()
    assert touched() == {key(tree.article): False}


def test_expiry_asks_to_hide(tree: Tree) -> None:
    Page.objects.filter(pk=tree.article.pk).update(expire_at=timezone.now())
    schedule.run()
    assert touched() == {key(tree.article): True}


def test_rule_20_scheduling_a_page_made_live_without_a_revision_asks_to_hide(tree: Tree) -> None:
    page = tree.rug.add_child(
        instance=ArticlePage(title="Zo", lead="Zo.", body="<p>Zo.</p>", locale=tree.rug.locale)
    )
    forget_touches()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert touched() == {key(page): True}


# --- what moves along ---------------------------------------------------------------------


def test_a_new_slug_touches_everything_below(tree: Tree) -> None:
    page = fresh(tree.rug)
    page.slug = "rug-en-nek"
    builders.publish(page)
    assert touched() == {key(tree.rug): False, key(tree.article): False}


def test_a_move_touches_everything_below(tree: Tree) -> None:
    fresh(tree.rug).move(fresh(tree.nek), pos="last-child")
    assert touched() == {key(tree.rug): False, key(tree.article): False}


def test_a_move_out_of_the_site_asks_to_hide_everything_below(tree: Tree) -> None:
    fresh(tree.rug).move(Page.objects.get(depth=1), pos="last-child")
    assert touched() == {key(tree.rug): True, key(tree.article): True}


def test_a_move_into_a_private_branch_asks_to_hide_everything_below(tree: Tree) -> None:
    restrict(tree.nek)
    forget_touches()
    fresh(tree.rug).move(fresh(tree.nek), pos="last-child")
    assert touched() == {key(tree.rug): True, key(tree.article): True}


def test_rule_10_a_move_takes_drafts_along(tree: Tree) -> None:
    page = builders.draft(tree.rug, ArticlePage, "Nieuw")
    fresh(tree.rug).move(fresh(tree.nek), pos="last-child")
    assert touched() == {key(each): False for each in (tree.rug, tree.article, page)}


def test_publishing_an_index_page_leaves_the_pages_below_alone(tree: Tree) -> None:
    builders.publish(fresh(tree.rug))
    assert touched() == {key(tree.rug): False}


# --- privacy ------------------------------------------------------------------------------


def test_a_restriction_asks_to_hide_everything_below(tree: Tree) -> None:
    restrict(tree.rug)
    assert touched() == {key(tree.rug): True, key(tree.article): True}


def test_lifting_a_restriction_touches_everything_below(tree: Tree) -> None:
    restriction = restrict(tree.rug)
    forget_touches()
    restriction.delete()
    assert touched() == {key(tree.rug): False, key(tree.article): False}


def test_rule_10_a_restriction_reaches_aliases_elsewhere(tree: Tree) -> None:
    alias = fresh(tree.article).create_alias(parent=fresh(tree.nek), update_slug="ook")
    forget_touches()
    restrict(tree.article)
    assert touched() == {key(tree.article): True, key(alias): True}


# --- aliases and languages ----------------------------------------------------------------


def test_a_new_alias_touches_the_alias(tree: Tree) -> None:
    alias = fresh(tree.article).create_alias(parent=fresh(tree.nek), update_slug="ook")
    assert touched() == {key(alias): False}


def test_publishing_touches_the_aliases_too(tree: Tree) -> None:
    alias = fresh(tree.article).create_alias(parent=fresh(tree.nek), update_slug="ook")
    forget_touches()
    builders.publish(fresh(tree.article))
    assert touched() == {key(tree.article): False, key(alias): False}


def test_making_an_alias_a_page_of_its_own_touches_it(tree: Tree) -> None:
    alias = fresh(tree.article).create_alias(parent=fresh(tree.nek), update_slug="ook")
    forget_touches()
    ConvertAliasPageAction(fresh(alias)).execute()
    assert touched() == {key(alias): False}


def test_a_translation_made_as_an_alias_touches_the_alias(tree: Tree) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    forget_touches()
    home = CopyPageForTranslationAction(fresh(tree.home), english, alias=True).execute()
    assert touched() == {key(home): False}


# --- sites, terms, images -----------------------------------------------------------------


def test_another_root_page_hides_what_is_outside_and_touches_what_is_inside(tree: Tree) -> None:
    tree.site.root_page = fresh(tree.rug)
    with transaction.atomic():
        tree.site.save()
    found = touched()
    assert found[key(tree.home)] is True
    assert found[key(tree.nek)] is True
    assert found[key(tree.rug)] is False
    assert found[key(tree.article)] is False
    assert not Touch.objects.filter(key=key(tree.article), bulk=False).exists()


def test_deleting_the_site_hides_everything(tree: Tree) -> None:
    tree.site.delete()
    assert {key(page) for page in (tree.home, tree.rug, tree.article, tree.nek)} <= {
        each for each, hide in touched().items() if hide
    }


def test_saving_a_term_touches_it_and_deleting_hides_it(tree: Tree) -> None:
    stress = builders.term("stress", "factor")
    assert touched() == {"term:stress": False}
    forget_touches()
    stress.delete()
    assert touched() == {"term:stress": True}


def test_saving_an_image_touches_it_and_deleting_hides_it(tree: Tree) -> None:
    image = builders.image()
    assert touched() == {f"image:{image.pk}": False}
    forget_touches()
    image_key = f"image:{image.pk}"
    image.delete()
    assert touched() == {image_key: True}


def test_asking_for_the_size_of_an_image_touches_nothing(tree: Tree) -> None:
    image = builders.image()
    forget_touches()
    image.file_size = None
    image.get_file_size()
    image.get_file_hash()
    assert touched() == {}


def test_deleting_an_image_touches_the_pages_that_show_it(tree: Tree) -> None:
    image = builders.image()
    page = fresh(tree.article)
    page.image = image
    builders.publish(page)
    forget_touches()
    image.delete()
    assert touched()[key(tree.article)] is False


def test_deleting_a_page_touches_the_pages_that_put_it_forward(tree: Tree) -> None:
    home = fresh(tree.home)
    home.featured.add(type(home.featured.model())(target=tree.article))
    builders.publish(home)
    forget_touches()
    fresh(tree.article).delete()
    assert touched() == {key(tree.article): True, key(tree.home): False}


# --- transactions -------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        lambda tree: builders.publish(fresh(tree.article)),
        lambda tree: fresh(tree.article).unpublish(),
        lambda tree: fresh(tree.rug).move(fresh(tree.nek), pos="last-child"),
        lambda tree: fresh(tree.article).delete(),
        lambda tree: builders.term("stress", "factor").delete(),
        lambda tree: builders.image().delete(),
        lambda tree: restrict(tree.rug).delete(),
        lambda tree: tree.site.delete(),
        lambda tree: fresh(tree.article).create_alias(parent=fresh(tree.nek), update_slug="ook"),
    ],
    ids=["publish", "unpublish", "move", "delete", "term", "image", "unrestrict", "site", "alias"],
)
def test_a_change_made_in_code_touches_inside_its_own_transaction(
    change: Callable[[Tree], Any],
) -> None:
    tree = builders.tree()
    before = Touch.objects.count()
    change(tree)
    assert Touch.objects.count() > before


@pytest.mark.django_db(transaction=True)
def test_saving_a_restriction_or_a_site_outside_a_transaction_is_refused() -> None:
    tree = builders.tree()
    with pytest.raises(OutsideTransaction):
        PageViewRestriction.objects.create(page=tree.rug, restriction_type="login")
    with pytest.raises(OutsideTransaction):
        Site.objects.get(pk=tree.site.pk).save()


def test_a_hidden_page_gets_a_row_only_once_it_was_live(tree: Tree) -> None:
    page = builders.draft(tree.rug, IndexPage, "Nieuw")
    page.delete()
    work.number_all()
    assert not Publication.objects.filter(key=key(page)).exists()


def test_a_second_home_page_in_a_language_is_refused(tree: Tree) -> None:
    second = HomePage(title="Nog een", lead="Nog een.", locale=tree.home.locale)
    assert ("title", "There is a home page in this language already.") in [
        (field, str(message)) for field, message in second.problems()
    ]
