"""After a new upload the old files of an image stay for some days, then they go."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from cms.content import replaced
from cms.content.models import CustomImage, ReplacedFile
from cms.content.renderers.image import renditions
from cms.published import registry
from cms.published.models import Failure
from tests.content import builders
from tests.content.builders import Tree


def files_of(image: CustomImage) -> set[str]:
    """The file of an image, and every rendition that a page may name."""
    return {image.file.name} | {each["src"]["$media"] for each in renditions(image)}


def there(image: CustomImage, names: set[str]) -> set[str]:
    return {name for name in names if image.file.storage.exists(name)}


def upload(client: Client, image: CustomImage, **said: Any) -> None:
    form = {
        "title": "Foto",
        "alt": "Een vlak",
        "credit": "Wij",
        "licence": "own",
        "collection": image.collection_id,
        "tags": "",
    }
    answer = client.post(reverse("wagtailimages:edit", args=[image.pk]), form | said)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors


@pytest.fixture
def image(
    tree: Tree,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> tuple[CustomImage, set[str], set[str]]:
    """An image whose file an editor replaced; the names of its old files and of its new ones."""
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    made = builders.image(file=builders.picture(700, 400))
    old = files_of(made)
    with django_capture_on_commit_callbacks(execute=True):
        upload(client, made, file=builders.picture(400, 300))
    changed = CustomImage.objects.get(pk=made.pk)
    return changed, old, files_of(changed)


def later(**time: float) -> datetime:
    return timezone.now() + timedelta(**time)


def test_old_files_are_still_there_and_the_new_ones_have_other_names(image: Any) -> None:
    changed, old, new = image
    assert there(changed, old) == old
    assert there(changed, new) == new
    assert not old & new
    assert set(ReplacedFile.objects.values_list("name", flat=True)) == old


def test_a_page_names_only_the_new_files(image: Any) -> None:
    changed, old, _ = image
    assert changed.renditions.filter(file__in=old).count() == 0
    assert sorted({each["width"] for each in renditions(changed)}) == [320, 400]


@pytest.mark.parametrize(("days", "stay"), [(6.9, True), (7.1, False)])
def test_old_files_go_after_as_many_days_as_the_setting_says(
    image: Any, settings: Settings, days: float, stay: bool
) -> None:
    settings.REPLACED_FILES_DAYS = 7
    changed, old, new = image

    replaced.remove(later(days=days))

    assert there(changed, old) == (old if stay else set())
    assert there(changed, new) == new
    assert ReplacedFile.objects.exists() == stay


def test_saving_other_fields_replaces_no_file(
    image: Any,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    changed, _, new = image
    with django_capture_on_commit_callbacks(execute=True):
        upload(client, changed, alt="Anders")
    assert there(changed, new) == new
    assert not ReplacedFile.objects.filter(name__in=new).exists()


def test_each_of_several_uploads_is_kept_from_its_own_day(image: Any, settings: Settings) -> None:
    settings.REPLACED_FILES_DAYS = 7
    changed, first, second = image
    ReplacedFile.objects.update(replaced_at=later(days=-5))
    changed.file = builders.picture(90, 60)
    changed._set_image_file_metadata()
    changed.save()

    replaced.remove(later(days=3))

    assert there(changed, first | second) == second


def test_what_is_replaced_in_a_transaction_that_fails_is_not_let_go_of(tree: Tree) -> None:
    made = builders.image()
    old = files_of(made)

    def fail() -> None:
        with transaction.atomic():
            made.file = builders.picture(90, 60)
            made.save()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert files_of(CustomImage.objects.get(pk=made.pk)) == old
    assert not ReplacedFile.objects.exists()


def test_old_files_of_a_deleted_image_go_at_once(image: Any) -> None:
    """Somebody who deletes a picture wants it gone, also the one that was there before."""
    changed, old, _ = image
    changed.delete()

    replaced.remove(timezone.now())

    assert there(changed, old) == set()


def test_a_file_that_the_image_was_given_again_stays(image: Any, settings: Settings) -> None:
    changed, old, _ = image
    first = next(name for name in old if name.startswith("original_images/"))
    CustomImage.objects.filter(pk=changed.pk).update(file=first)

    replaced.remove(later(days=settings.REPLACED_FILES_DAYS + 1))

    assert there(changed, old) == {first}


def test_a_file_that_cannot_be_deleted_is_tried_again_and_holds_back_no_other(
    image: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed, old, _ = image
    stuck = min(old)
    delete = FileSystemStorage.delete

    def sometimes(storage: FileSystemStorage, name: str) -> None:
        if name == stuck:
            raise PermissionError(name)
        delete(storage, name)

    monkeypatch.setattr(FileSystemStorage, "delete", sometimes)
    when = later(days=settings.REPLACED_FILES_DAYS + 1)
    replaced.remove(when)
    assert there(changed, old) == {stuck}
    failure = Failure.objects.get(reader=replaced.READER)
    assert stuck in failure.reason

    monkeypatch.undo()
    Failure.objects.update(retry_at=timezone.now())
    replaced.remove(when)

    assert there(changed, old) == set()
    assert not Failure.objects.exists()


def test_serving_processes_do_it_about_once_a_minute(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[datetime] = []
    monkeypatch.setattr(replaced, "remove", asked.append)
    monkeypatch.setattr(replaced, "_next_time", 0.0)
    assert replaced.tidy in registry.chores()
    replaced.tidy()
    replaced.tidy()
    assert len(asked) == 1
