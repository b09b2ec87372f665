from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        # Late: both import models, which exist only now.
        from cms.published.replica import replica
        from search.engines import embedded

        replica.derive("search", embedded.build)
