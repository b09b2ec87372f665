"""The rules of docs/publications.md, one test or more for each that this package keeps alone.

Rules 9, 10, 12 and 20 speak of Wagtail's pages: tests/content. Rule 16 is also kept by search
and advice. Rules 3, 4 and 7 are tried with real concurrency in test_concurrency.py.
"""

import gc
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from weakref import ref

import orjson
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.utils import timezone

from cms.published import (
    changes,
    compose,
    copy,
    failures,
    head,
    history,
    numbering,
    readers,
    references,
    registry,
    stops,
    work,
)
from cms.published.models import (
    Cursor,
    EmergencyStop,
    Failure,
    ItemHistory,
    Publication,
    Touch,
)
from cms.published.registry import Rendering
from cms.published.replica import NotReady, Replica
from cms.published.threads import Follower, Renderer
from cms.published.touches import OutsideTransaction, touch
from cms.published.view import View
from tests.published.world import World, thing

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def page(world: World, id_: str) -> dict[str, Any]:
    composed = compose.page(world.replica.view(), f"thing:{id_}", NOW)
    assert composed is not None
    return orjson.loads(composed.body)


def number_of(id_: str) -> int:
    return Publication.objects.get(key=f"thing:{id_}").seq


def test_a_card_as_it_is_sent_is_the_card(world: World) -> None:
    world.publish("1", card={"title": "A thing", "about": {"$link": "thing:2"}})
    world.publish("2", path="een-pad")
    view = world.replica.view()

    card = compose.card(view, "thing:1", NOW)
    sent = compose.card_json(view, "thing:1", NOW)

    assert card is not None
    assert card["about"]["path"] == "een-pad"
    assert sent == orjson.dumps(card)
    assert compose.card_json(view, "thing:3", NOW) is None


def test_what_was_composed_keeps_no_old_view_in_memory(world: World) -> None:
    world.publish("1", card={"title": "A thing"})
    compose.card(world.replica.view(), "thing:1", NOW)
    old = ref(world.replica.view())

    world.publish("2")
    gc.collect()

    assert old() is None
    assert compose.card(world.replica.view(), "thing:1", NOW) is not None


# --- rule 1: a view holds only what its own object says ------------------------------------


def test_rule_01_renaming_one_thing_changes_one_row_and_every_page_that_shows_it(
    world: World,
) -> None:
    world.publish("cushion", title="Cushion", path="cushion", card={"title": "Cushion"})
    shown = {"cards": [references.card("thing:cushion")]}
    for id_ in ("back", "neck"):
        world.publish(id_, path=id_, body=shown)
        assert page(world, id_)["cards"][0]["title"] == "Cushion"
    before = number_of("back"), number_of("neck")

    world.publish("cushion", title="Pillow", path="cushion", card={"title": "Pillow"})

    assert (number_of("back"), number_of("neck")) == before
    assert [page(world, id_)["cards"][0]["title"] for id_ in ("back", "neck")] == ["Pillow"] * 2


def test_rule_01_a_moved_thing_is_linked_at_its_new_address(world: World) -> None:
    world.publish("a", path="old")
    world.publish("b", path="b", body={"text": references.rich('<a data-key="thing:a">see</a>')})
    world.publish("a", path="new")

    assert page(world, "b")["text"] == f'<a href="{settings.SITE_URL}/nl/new">see</a>'


def test_rule_01_siblings_in_other_languages_are_found_when_they_appear(world: World) -> None:
    body = {"translations": references.translations("t1")}
    world.publish("nl", path="rug", translation_key="t1", body=body)
    assert page(world, "nl")["translations"] == []

    world.publish("en", locale="en", path="back", translation_key="t1", title="Back")

    assert [link["key"] for link in page(world, "nl")["translations"]] == ["thing:en"]


@pytest.mark.parametrize(
    ("texts", "in_dutch", "in_english"),
    [
        ({"nl": "rug", "en": "back"}, "rug", "back"),
        ({"nl": "rug", "en": ""}, "rug", "rug"),
        ({"nl": "", "en": ""}, "", ""),
    ],
)
def test_rule_01_a_picture_speaks_the_language_of_whoever_shows_it(
    world: World, texts: dict[str, str], in_dutch: str, in_english: str
) -> None:
    world.publish("1", locale="", link={"alt": references.said(texts)})
    world.publish("2", body={"image": references.link("thing:1")})
    world.publish("3", locale="en", body={"image": references.link("thing:1")})
    shown = [page(world, id_)["image"]["alt"] for id_ in ("2", "3")]
    assert shown == [in_dutch, in_english]


# --- rule 2: a reference to something not live composes to nothing -------------------------

REFERENCES = [
    (
        "a card in a list goes",
        {"cards": [references.card("thing:live"), references.card("thing:away")]},
        {"cards": ["thing:live"]},
    ),
    (
        "an emptied list goes with its heading",
        {
            "sections": [
                references.needs(
                    "cards", {"heading": "Products", "cards": [references.card("thing:away")]}
                )
            ]
        },
        {"sections": []},
    ),
    (
        "a list with something left keeps its heading",
        {
            "sections": [
                references.needs(
                    "cards", {"heading": "Products", "cards": [references.card("thing:live")]}
                )
            ]
        },
        {"sections": [{"heading": "Products", "cards": ["thing:live"]}]},
    ),
    ("a single link becomes null", {"author": references.link("thing:away")}, {"author": None}),
    (
        "a link in a text becomes its text",
        {"text": references.rich('<p>Read <a data-key="thing:away"><b>this</b></a>.</p>')},
        {"text": "<p>Read <b>this</b>.</p>"},
    ),
]


def keys_only(node: Any) -> Any:
    if isinstance(node, dict):
        return node["key"] if "key" in node else {k: keys_only(v) for k, v in node.items()}
    return [keys_only(child) for child in node] if isinstance(node, list) else node


@pytest.mark.parametrize(
    ("given", "expect"), [case[1:] for case in REFERENCES], ids=[case[0] for case in REFERENCES]
)
@pytest.mark.parametrize("away", ["hidden", "deleted", "never there", "expired"])
def test_rule_02(world: World, given: dict, expect: dict, away: str) -> None:
    world.publish("live", path="live", card={"title": "Live"})
    if away != "never there":
        until = NOW - timedelta(hours=1) if away == "expired" else None
        world.publish("away", path="away", card={"title": "Away"}, valid_until=until)
    world.publish("page", path="page", body=given)
    if away == "hidden":
        world.change("away", None)
    if away == "deleted":
        world.delete("away")
    world.settle()

    shown = page(world, "page")

    assert {name: keys_only(shown[name]) for name in expect} == expect


# --- rule 3: touches are inserted, never updated -------------------------------------------


def test_rule_03_each_touch_is_a_row_of_its_own(world: World) -> None:
    with transaction.atomic():
        touch("thing:1")
        touch("thing:1")

    assert Touch.objects.filter(key="thing:1").count() == 2


def test_rule_03_a_hide_that_somebody_else_did_takes_nothing_that_came_back(world: World) -> None:
    """Two processes list the same hide; the second comes when the thing was published again."""
    world.publish("1")
    world.change("1", None)
    numbering.number_hides()
    world.publish("1", title="again")
    world.change("1", ValueError("and now it cannot be rendered"))

    numbering.hide("thing:1")

    assert Publication.objects.get().state == "live"


@pytest.mark.django_db(transaction=True)
def test_rule_03_a_touch_outside_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransaction):
        touch("thing:1")


def test_rule_03_a_touch_that_arrives_during_rendering_stays(world: World) -> None:
    world.change("1", thing("first"))
    seen = numbering.Seen("thing:1", [Touch.objects.get().id], thing("first"), deleted=False)
    world.change("1", thing("second"))  # while "first" was being rendered
    numbering.store(seen)

    assert Touch.objects.count() == 1
    world.settle()
    assert orjson.loads(bytes(Publication.objects.get().link)) == {"title": "second"}


def test_rule_03_a_rendering_whose_touch_somebody_else_handled_is_dropped(world: World) -> None:
    world.change("1", thing("old"))
    seen = numbering.Seen("thing:1", [Touch.objects.get().id], thing("old"), deleted=False)
    world.publish("1", title="new")

    with pytest.raises(numbering.Overtaken):
        numbering.store(seen)
    assert orjson.loads(bytes(Publication.objects.get().link)) == {"title": "new"}


def test_rule_03_a_rendering_begun_before_a_hide_never_brings_it_back(world: World) -> None:
    world.publish("1")
    world.change("1", thing("edited"))
    seen = numbering.Seen("thing:1", [Touch.objects.get().id], thing("edited"), deleted=False)
    world.change("1", None)
    numbering.number_hides()

    with pytest.raises(numbering.Overtaken):
        numbering.store(seen)
    assert Publication.objects.get().state == "hidden"


# --- rule 5: the hash covers every column --------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "other"},
        {"locale": "en"},
        {"translation_key": "t"},
        {"path": "elsewhere"},
        {"valid_from": NOW},
        {"valid_until": LATER},
        {"link": {"title": "other"}},
        {"card": {"title": "other"}},
        {"body": {"title": "other"}},
        {"item": {"constraints": [{"constraint": "pregnancy", "effect": "avoid"}]}},
        {"text": {"title": "other"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_rule_05_a_change_of_any_column_gets_a_number(world: World, change: dict) -> None:
    world.publish("1", path="1")
    before = number_of("1")
    world.publish("1", **{"path": "1"} | change)

    assert number_of("1") > before


def test_rule_05_no_change_gets_no_number(world: World) -> None:
    world.publish("1", path="1", item={"a": 1, "b": 2})
    before = number_of("1")
    world.publish("1", path="1", item={"b": 2, "a": 1})

    assert number_of("1") == before


# --- rule 6: a row that fails stops nobody -------------------------------------------------

FAULTS = [
    ("the renderer raises", ValueError("no heading")),
    ("a view holds what JSON cannot say", thing(body={"nan": object()})),
    ("the object says too much for its column", thing(kind="k" * 51)),
]


@pytest.mark.parametrize("fault", [fault for _, fault in FAULTS], ids=[name for name, _ in FAULTS])
def test_rule_06(world: World, fault: Any) -> None:
    world.change("bad", fault)
    world.change("good", thing())
    world.settle()

    assert world.replica.view().live("thing:good", NOW)
    too_long_is_refused = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    if not isinstance(fault, Rendering) or fault.kind == "thing" or too_long_is_refused:
        failure = Failure.objects.get()
        assert (failure.reader, failure.key) == ("render", "thing:bad")
        assert Touch.objects.filter(key="thing:bad").exists()


def test_rule_07_a_failure_waits_ever_longer_but_an_editors_new_touch_is_tried_at_once(
    world: World,
) -> None:
    world.change("1", ValueError("no heading"))
    world.settle()
    assert work.pending() == []

    world.change("1", thing())
    assert work.pending() == ["thing:1"]
    world.settle()
    assert not Failure.objects.exists()


def test_rule_07_a_key_of_no_kind_waits_like_any_other_failure(world: World) -> None:
    """After going back to older code there are touches of kinds that it does not know."""
    with transaction.atomic():
        touch("unknown:1")
    work.number_leased("unknown:1")

    assert work.pending() == []
    assert Failure.objects.get().key == "unknown:1"


def test_rule_07_a_hide_that_failed_is_tried_again_and_then_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(key: str) -> None:
        raise OperationalError("deadlock detected")

    world.publish("1")
    world.change("1", None)
    with monkeypatch.context() as patch:
        patch.setattr(numbering, "hide", fails)
        numbering.number_hides()
    assert Failure.objects.get().reader == "hide"

    world.settle()

    assert world.replica.view().live("thing:1", NOW) is None
    assert not Failure.objects.exists()


def test_rule_07_editors_come_before_bulk_work(world: World) -> None:
    with transaction.atomic():
        for id_ in ("import-1", "import-2"):
            touch(f"thing:{id_}", bulk=True)
        touch("thing:edited")

    assert work.pending() == ["thing:edited", "thing:import-1", "thing:import-2"]


def test_rule_07_a_retry_button_does_not_wait(world: World) -> None:
    world.change("1", ValueError("no heading"))
    world.settle()
    work.retry("render", "thing:1")

    assert work.pending() == ["thing:1"]


# --- rule 8: what cannot be rendered stays, but is not advised ------------------------------


def test_rule_08_a_row_that_cannot_be_rendered_keeps_its_views_and_is_withheld_from_advice(
    world: World,
) -> None:
    world.publish("1", path="1", item={"type": "article"})
    world.change("1", ValueError("no heading"))
    world.settle()
    now = datetime.now(tz=UTC)
    assert world.replica.view().advisable("thing:1", now)

    Touch.objects.update(at=now - timedelta(seconds=6))
    view = world.replica.refresh()

    assert view.live("thing:1", now)
    assert not view.advisable("thing:1", now)


def test_rule_08_a_release_withholds_nothing(world: World) -> None:
    """Everything is looked at again, but no thing said anything new."""
    world.publish("1", item={"type": "article"})
    call_command("release", verbosity=0)
    now = datetime.now(tz=UTC)
    Touch.objects.update(at=now - timedelta(seconds=6))

    assert world.replica.refresh().advisable("thing:1", now)


# --- rule 9 (the half that is kept here) ----------------------------------------------------


def test_rule_09_the_clock_ends_a_row_before_anybody_numbers_it(world: World) -> None:
    world.publish("1", path="1", body={}, valid_from=NOW, valid_until=LATER)
    view = world.replica.view()

    for moment, live in [(NOW - timedelta(seconds=1), False), (NOW, True), (LATER, False)]:
        assert (view.live("thing:1", moment) is not None) is live
        assert (compose.page(view, "thing:1", moment) is not None) is live


def test_rule_09_a_page_says_when_the_clock_changes_it(world: World) -> None:
    world.publish("offer", path="offer", card={"title": "Offer"}, valid_until=LATER)
    world.publish("1", path="1", body={"cards": [references.card("thing:offer")]})
    view = world.replica.view()

    before = compose.page(view, "thing:1", NOW)
    after = compose.page(view, "thing:1", LATER)

    assert before is not None
    assert before.expires == LATER
    assert after is not None
    assert (after.expires, orjson.loads(after.body)["cards"]) == (None, [])


# --- rule 10 (the half that is kept here) ---------------------------------------------------


def test_rule_10_a_moved_thing_touches_every_row_under_its_old_address(world: World) -> None:
    for id_, path in [("a", "rug"), ("b", "rug/laag"), ("c", "rugzak"), ("d", "nek")]:
        world.publish(id_, path=path)
    world.change("a", thing(path="romp"))
    numbering.number("thing:a")

    assert list(Touch.objects.values_list("key", flat=True)) == ["thing:b"]


# --- rule 11: states, addresses -------------------------------------------------------------


def test_rule_11_there_is_no_row_before_something_goes_live(world: World) -> None:
    world.change("1", None)
    world.settle()

    assert (Publication.objects.count(), Touch.objects.count()) == (0, 0)


def test_rule_11_hidden_and_deleted_rows_tell_nothing_of_their_content(world: World) -> None:
    for id_ in ("hidden", "deleted"):
        world.publish(id_, path=id_, body={"secret": 1}, item={"a": 1}, text={"title": "x"})
    world.change("hidden", None)
    world.delete("deleted")
    world.settle()

    for id_, what in [("hidden", "hidden"), ("deleted", "gone")]:
        found = world.replica.view().find("nl", id_, NOW)
        assert found is not None
        assert found.what == what
        assert (found.row.link, found.row.body, found.row.item, found.row.text) == (None,) * 4


def test_rule_11_a_moved_thing_is_found_at_every_former_address(world: World) -> None:
    for path in ("one", "two", "three"):
        world.publish("1", path=path)

    found = [world.replica.view().find("nl", path, NOW) for path in ("one", "two", "three")]

    assert [f and f.what for f in found] == ["moved", "moved", "here"]


def test_rule_11_two_things_that_swap_their_addresses_are_both_found(world: World) -> None:
    world.publish("1", path="left")
    world.publish("2", path="right")
    world.change("1", thing(path="right"))
    world.change("2", thing(path="left"))
    world.settle()

    view = world.replica.view()
    for path, key in [("left", "thing:2"), ("right", "thing:1")]:
        found = view.find("nl", path, NOW)
        assert found is not None
        assert (found.what, found.row.key) == ("here", key)


@pytest.mark.parametrize(
    ("states", "expect"),
    [
        (["here", "hidden"], "here"),
        (["here", "gone"], "here"),
        (["moved", "hidden"], "moved"),
        (["moved", "gone"], "moved"),
        (["hidden", "gone"], "hidden"),
    ],
)
def test_rule_11_at_one_address_live_beats_hidden_beats_gone(
    world: World, states: list[str], expect: str
) -> None:
    for id_ in states:
        world.publish(id_, path="place")
        if id_ == "moved":
            world.publish(id_, path="other")
        if id_ == "hidden":
            world.change(id_, None)
        if id_ == "gone":
            world.delete(id_)
    world.settle()

    found = world.replica.view().find("nl", "place", NOW)

    assert found is not None
    assert found.what == expect


# --- rule 13: a deploy ----------------------------------------------------------------------


def test_rule_13_another_renderer_follows_and_hides_but_does_not_render(world: World) -> None:
    assert head.may_render()
    head.take_charge()
    assert head.may_render()
    world.publish("1")

    head.Head.objects.update(renderer="newer code")

    assert not head.may_render()
    world.change("1", None)
    numbering.number_hides()
    assert world.replica.refresh().live("thing:1", NOW) is None


def test_rule_13_the_release_step_looks_at_everything_behind_what_editors_do(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.publish("1")
    call_command("release", verbosity=0)

    waiting = Touch.objects.filter(key="thing:1")
    assert [t.bulk for t in waiting] == [True]
    world.settle()
    call_command("release", verbosity=0)
    assert "unchanged" in capsys.readouterr().out
    assert not Touch.objects.filter(key="thing:1").exists()


def test_rule_13_a_release_takes_charge_in_the_transaction_of_its_touches(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.publish("1")
    head.Head.objects.update(renderer="older code")
    with monkeypatch.context() as patch:
        patch.setattr(registry, "every_key", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            call_command("release", verbosity=0)

    call_command("release", verbosity=0)

    assert Touch.objects.filter(key="thing:1").exists()


def test_rule_13_older_code_leaves_the_touches_of_a_release_even_in_the_middle_of_a_batch(
    world: World,
) -> None:
    world.publish("1")
    head.Head.objects.update(renderer="newer code")
    with transaction.atomic():
        touch("thing:1", bulk=True)

    work.number_leased("thing:1")

    assert Touch.objects.filter(key="thing:1").exists()


def test_rule_13_the_render_thread_of_older_code_does_its_chores_and_renders_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(work, "do_chores", lambda: done.append("chores"))
    monkeypatch.setattr(work, "pending", lambda: done.append("pending") or [])
    head.take_charge()
    head.Head.objects.update(renderer="newer code")
    Renderer().once()
    assert done == ["chores"]

    head.Head.objects.update(renderer="")
    Renderer().once()
    assert done == ["chores", "chores", "pending"]


# --- rule 14: epochs ------------------------------------------------------------------------


def test_rule_14_after_a_restore_every_reader_starts_again_from_zero(world: World) -> None:
    world.publish("1")
    view = world.replica.view()
    position = changes.read(view.epoch, view.seq)
    assert (position.reset, position.rows) == (False, ())

    head.raise_epoch()

    again = changes.read(view.epoch, view.seq)
    assert (again.reset, again.seq) == (True, 0)
    Publication.objects.all().delete()  # the backup was older
    assert world.replica.refresh().live("thing:1", NOW) is None


def test_rule_14_the_same_backup_restored_twice_comes_to_another_epoch(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.publish("1")
    backup = Publication.objects.get(), head.read()
    epochs = []
    for second in (1_800_000_000, 1_800_000_060):
        moment = datetime.fromtimestamp(second, tz=UTC)
        Publication.objects.all().delete()
        Publication.objects.bulk_create([backup[0]])
        head.Head.objects.update(epoch=backup[1].epoch, seq=backup[1].seq)
        with monkeypatch.context() as patch:
            patch.setattr(head.timezone, "now", lambda moment=moment: moment)
            epochs.append(head.raise_epoch())
        world.publish(f"after {second}")

    assert len(set(epochs)) == 2
    live = set(Publication.objects.values_list("key", flat=True))
    assert set(world.replica.view().rows) == live


# --- rule 15: start-up and the copy on disk -------------------------------------------------


def test_rule_15_before_the_first_full_load_nothing_is_known(world: World) -> None:
    with pytest.raises(NotReady):
        world.replica.view()


def test_rule_15_a_copy_on_disk_is_the_view_it_was_made_from(world: World, tmp_path: Path) -> None:
    world.publish(
        "1", path="1", body={"a": "é"}, item={"a": 1}, text={"title": "x"}, valid_until=LATER
    )
    world.publish("1", path="2", body={"a": "é"}, item={"a": 1}, text={"title": "x"})
    view = world.replica.view()
    copy.write(view, "renderer", tmp_path / "copy", NOW)

    read = copy.read(tmp_path / "copy", "renderer")

    assert (read.epoch, read.seq, dict(read.rows)) == (view.epoch, view.seq, dict(view.rows))
    found = read.find("nl", "1", NOW)
    assert found is not None
    assert found.what == "moved"
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


@pytest.mark.parametrize(
    ("age", "advised"), [(timedelta(minutes=59), True), (timedelta(minutes=61), False)]
)
def test_rule_15_items_of_an_old_copy_are_shown_but_not_advised(
    world: World, tmp_path: Path, age: timedelta, advised: bool
) -> None:
    world.publish("1", item={"type": "article"})
    copy.write(world.replica.view(), "renderer", tmp_path / "copy", NOW)
    view = copy.read(tmp_path / "copy", "renderer")

    assert view.live("thing:1", NOW + age)
    assert view.advisable("thing:1", NOW + age) is advised


@pytest.mark.parametrize(
    "damage", ["missing", "cut short", "a flipped byte", "other code", "empty"]
)
def test_rule_15_an_unusable_copy_is_not_used(world: World, tmp_path: Path, damage: str) -> None:
    world.publish("1", body={"a": 1})
    path = tmp_path / "copy"
    copy.write(world.replica.view(), "other" if damage == "other code" else "renderer", path, NOW)
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    if damage == "cut short":
        path.write_bytes(whole[:-20])
    if damage == "a flipped byte":
        path.write_bytes(whole[:-10] + bytes([whole[-10] ^ 1]) + whole[-9:])
    if damage == "empty":
        path.write_bytes(b"")

    with pytest.raises(copy.Unusable):
        copy.read(path, "renderer")


def test_rule_15_what_was_withheld_is_withheld_in_the_copy_too(
    world: World, tmp_path: Path
) -> None:
    world.publish("1", item={"type": "article"})
    world.change("1", ValueError("its new contraindication cannot be rendered"))
    world.settle()
    Touch.objects.update(at=datetime.now(tz=UTC) - timedelta(minutes=1))
    copy.write(world.replica.refresh(), "renderer", tmp_path / "copy", NOW)

    assert not copy.read(tmp_path / "copy", "renderer").advisable("thing:1", NOW)


def test_rule_15_what_is_served_from_a_copy_is_replaced_when_the_database_answers(
    world: World, tmp_path: Path
) -> None:
    world.publish("1", title="old")
    copy.write(world.replica.view(), "renderer", tmp_path / "copy", NOW)
    world.publish("1", title="new")
    restarted = Replica()
    restarted.start_from(copy.read(tmp_path / "copy", "renderer"))

    view = restarted.refresh()

    assert view.copied_at is None
    assert orjson.loads(view.rows["thing:1"].link or b"")["title"] == "new"


# --- rule 16: one View per request ----------------------------------------------------------


def test_rule_16_a_view_that_is_held_never_changes(world: World) -> None:
    world.publish("1", path="1", title="old")
    held = world.replica.view()
    world.publish("1", path="2", title="new")

    found = held.find("nl", "1", NOW)
    assert found is not None
    assert (found.what, orjson.loads(found.row.link or b"")["title"]) == ("here", "old")
    assert held.find("nl", "2", NOW) is None


# --- rule 17: heartbeats --------------------------------------------------------------------


def test_rule_17_the_outside_is_told_when_every_present_process_serves_the_number(
    world: World,
) -> None:
    epoch = head.read().epoch
    assert readers.served_everywhere(epoch) is None

    for name, at in [("web:a:1", 7), ("web:b:2", 5), ("web:dead:3", 1), ("elasticsearch", 0)]:
        readers.report(name, epoch, at)
    Cursor.objects.filter(reader="web:dead:3").update(
        at=datetime.now(tz=UTC) - timedelta(seconds=11)
    )

    assert readers.served_everywhere(epoch) == 5
    assert readers.served_everywhere(epoch + 1) == 0


def test_rule_17_a_process_reports_the_number_that_it_serves(world: World) -> None:
    world.publish("1")
    follower = Follower(world.replica, None, lambda: None)
    follower.once()
    view = world.replica.view()

    assert readers.position(readers.own_name()) == (view.epoch, view.seq)
    assert readers.served_everywhere(view.epoch) == number_of("1")


# --- rule 18: history -----------------------------------------------------------------------


def test_rule_18_every_item_is_kept_as_it_was_at_each_number(world: World) -> None:
    for weight in (1, 2):
        world.publish("1", item={"weight": weight})
    world.publish("1", title="another title", item={"weight": 2})
    world.change("1", None)
    world.settle()

    rows = ItemHistory.objects.filter(key="thing:1").order_by("seq")

    assert [row.item and orjson.loads(bytes(row.item)) for row in rows] == [
        {"weight": 1},
        {"weight": 2},
        None,
    ]


def test_rule_18_history_is_kept_as_long_as_the_setting_says(world: World, settings: Any) -> None:
    """What was in force when the kept history begins stays: a replay of then needs it."""
    settings.HISTORY_DAYS = 10
    for weight in (1, 2, 3):
        world.publish("1", item={"weight": weight})
    for days, row in zip((30, 20, 5), ItemHistory.objects.order_by("seq"), strict=True):
        ItemHistory.objects.filter(pk=row.pk).update(at=datetime.now(tz=UTC) - timedelta(days=days))

    assert history.forget() == 1
    kept = [orjson.loads(bytes(row.item or b"")) for row in ItemHistory.objects.order_by("seq")]
    assert kept == [{"weight": 2}, {"weight": 3}]


# --- rule 19: the editors' own index --------------------------------------------------------


def test_rule_19_the_editors_index_is_updated_after_numbering_and_not_by_signals(
    world: World,
) -> None:
    world.publish("1")

    assert world.indexed == [("1", world.things["1"])]
    assert settings.WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] is False


def test_rule_19_an_index_that_fails_is_tried_again_and_holds_nothing_up(world: World) -> None:
    def fails(found: Any) -> None:
        raise OperationalError("deadlock detected")

    kind, _ = registry.kind_of("thing:1")
    registry.register("thing", load=kind.load, ids=kind.ids, render=kind.render, after=fails)
    world.publish("1")
    assert world.replica.view().live("thing:1", NOW)
    assert Failure.objects.get().reader == "after"

    registry.register("thing", load=kind.load, ids=kind.ids, render=kind.render, after=kind.after)
    work.retry("after", "thing:1")
    work.do_chores()

    assert world.indexed == [("1", world.things["1"])]
    assert not Failure.objects.exists()


# --- the emergency stop ---------------------------------------------------------------------


def test_a_stop_hides_at_once_and_outlives_every_edit_until_it_is_lifted(world: World) -> None:
    world.publish("1", path="1", item={"type": "article"})
    stops.stop("thing:1", by="Noor", why="recall by the maker")
    numbering.number_hides()
    assert world.replica.refresh().live("thing:1", NOW) is None

    world.publish("1", path="1", title="edited")
    assert world.replica.view().live("thing:1", NOW) is None

    stops.lift("thing:1", by="Sanne")
    world.settle()
    row = world.replica.view().live("thing:1", NOW)
    assert row is not None
    assert orjson.loads(row.link or b"")["title"] == "edited"
    trail = EmergencyStop.objects.get()
    assert (trail.by, trail.why, trail.lifted_by) == ("Noor", "recall by the maker", "Sanne")


def test_a_stop_ends_when_its_time_has_come(world: World) -> None:
    world.publish("1")
    until = datetime.now(tz=UTC) + timedelta(minutes=5)
    stops.stop("thing:1", by="Noor", why="recall", until=until)
    world.settle()
    EmergencyStop.objects.update(until=datetime.now(tz=UTC) - timedelta(seconds=1))
    work.do_chores()
    world.settle()

    assert world.replica.view().live("thing:1", NOW)
    assert EmergencyStop.objects.get().lifted_by == "the clock"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"by": "", "why": "recall"}, ValueError),
        ({"by": "Noor", "why": "  "}, ValueError),
        ({"by": "Noor", "why": "recall", "until": NOW - timedelta(days=9)}, ValueError),
    ],
)
def test_a_stop_needs_a_name_a_reason_and_an_end_in_the_future(
    world: World, given: dict, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        stops.stop("thing:1", **given)


def test_a_stop_is_placed_once_and_lifted_once(world: World) -> None:
    world.publish("1")
    stops.stop("thing:1", by="Noor", why="recall")
    with pytest.raises(stops.AlreadyStopped):
        stops.stop("thing:1", by="Piet", why="again")
    stops.lift("thing:1", by="Noor")
    with pytest.raises(stops.NotStopped):
        stops.lift("thing:1", by="Noor")


def test_a_stop_on_a_key_of_no_kind_is_refused() -> None:
    for key in ("nonsense", "thing:", "other:1", ""):
        with pytest.raises(registry.UnknownKey):
            registry.kind_of(key)


def test_a_stop_on_what_is_not_and_never_was_is_refused(world: World) -> None:
    """Somebody who mistypes a key in an emergency must not be told that it is stopped."""
    with pytest.raises(registry.UnknownKey):
        stops.stop("thing:1", by="Noor", why="recall")


# --- derived objects ------------------------------------------------------------------------


def test_what_is_derived_belongs_to_the_view_it_was_made_from(world: World) -> None:
    world.replica.derive("titles", lambda before, view, changed: sorted(view.rows))
    world.publish("1")
    held = world.replica.view()
    world.publish("2")

    assert held.derived["titles"] == ["thing:1"]
    assert world.replica.view().derived["titles"] == ["thing:1", "thing:2"]


def test_an_index_that_fails_keeps_its_old_state_says_so_and_starts_over(world: World) -> None:
    calls: list[Any] = []

    def build(before: Any, view: Any, changed: Any) -> int:
        calls.append(changed if changed is None else [row.key for row in changed])
        if len(calls) == 2:
            raise OSError("disk full")
        return view.seq

    world.replica.derive("index", build)
    world.publish("1")
    first = world.replica.view().derived["index"]
    world.change("1", None)
    world.settle()

    assert world.replica.view().live("thing:1", NOW) is None
    assert world.replica.view().derived["index"] == first
    assert dict(world.replica.failing) == {"index": "OSError: disk full"}

    world.publish("2")
    assert calls[0] is None
    assert calls[-1] is None
    assert not world.replica.failing


class Index:
    """Something derived that fails as long as it is told to."""

    def __init__(self, replica: Replica) -> None:
        self.broken, self.tries = True, 0
        replica.derive("index", self.build)

    def build(self, before: Any, view: View, changed: Any) -> int:
        self.tries += 1
        if self.broken:
            raise OSError("disk full")
        return len(view.rows)


def test_an_index_that_fails_is_tried_again_without_any_change_ever_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(world.replica)
    world.publish("1")
    follower = Follower(world.replica, None, lambda: None)
    began = timezone.now()
    tried_after = [0]
    for second in range(1, 400):
        monkeypatch.setattr(timezone, "now", lambda at=second: began + timedelta(seconds=at))
        before = index.tries
        follower.once()
        tried_after += [second] * (index.tries - before)

    waits = [later - earlier for earlier, later in pairwise(tried_after)]
    assert waits == pytest.approx([2, 4, 8, 16, 32, 64, 128], abs=1)
    assert index.tries == 8
    assert dict(world.replica.failing) == {"index": "OSError: disk full"}


def test_an_index_that_was_tried_again_with_success_belongs_to_the_next_view(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(world.replica)
    world.publish("1")
    held = world.replica.view()
    index.broken = False
    world.replica.try_again()
    assert index.tries == 1, "it has not waited yet"

    soon = timezone.now() + timedelta(seconds=3)
    monkeypatch.setattr(timezone, "now", lambda: soon)
    world.replica.try_again()

    assert "index" not in held.derived
    assert world.replica.view().derived["index"] == 1
    assert world.replica.view().rows is held.rows
    assert not world.replica.failing


def test_an_index_that_fails_on_a_copy_is_tried_again_while_the_database_is_away(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.publish("1")
    copy.write(world.replica.view(), "renderer", tmp_path / "copy", NOW)
    restarted = Replica()
    index = Index(restarted)
    restarted.start_from(copy.read(tmp_path / "copy", "renderer"))
    index.broken = False
    soon = timezone.now() + timedelta(seconds=3)
    monkeypatch.setattr(timezone, "now", lambda: soon)

    def away(*_: object) -> None:
        raise OperationalError("no route to host")

    monkeypatch.setattr(changes, "read", away)
    with pytest.raises(OperationalError):
        Follower(restarted, None, lambda: None).once()

    assert restarted.view().derived["index"] == 1


def test_failures_are_counted_and_wait_up_to_five_minutes(world: World) -> None:
    for _ in range(12):
        failures.record("render", "thing:1", "because")
    failure = Failure.objects.get()

    assert failure.tries == 12
    assert failure.retry_at - failure.at == failures.LONGEST_WAIT
