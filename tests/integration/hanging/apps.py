"""An app with one kind of thing whose renderer never comes back."""

from threading import Event

from django.apps import AppConfig

from cms.published import registry


class HangingConfig(AppConfig):
    name = "tests.integration.hanging"
    label = "hanging"

    def ready(self) -> None:
        registry.register("hang", load=lambda id_: id_, ids=list, render=hang)


def hang(_: object) -> None:
    Event().wait()
