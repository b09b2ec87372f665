from django.urls import path, re_path

from api import (
    conditions,
    content,
    docs,
    endpoint,
    feed,
    go,
    health,
    legal,
    preview,
    providers,
    recommendations,
    screenings,
    search,
)

urlpatterns = [
    path("go/<str:token>", go.go),
    path("api/v1/content/<str:locale>", content.Home.as_view()),
    path("api/v1/content/<str:locale>/", content.Home.as_view(schema=None)),
    path("api/v1/content/<str:locale>/<path:path>", content.Content.as_view()),
    path("api/v1/changes", feed.Changes.as_view()),
    path("api/v1/manifest", feed.Manifest.as_view()),
    path("api/v1/screenings", screenings.Screenings.as_view()),
    path("api/v1/screenings/<str:slug>", screenings.Newest.as_view()),
    path("api/v1/screenings/<str:slug>/versions/<str:version>", screenings.Version.as_view()),
    path("api/v1/screenings/<str:slug>/evaluate", screenings.Evaluate.as_view()),
    path("api/v1/recommendations", recommendations.Recommendations.as_view()),
    path("api/v1/preview/<str:token>", preview.Preview.as_view()),
    path("api/v1/conditions/<str:key>/recommendations", conditions.Recommendations.as_view()),
    path("api/v1/providers", providers.Providers.as_view()),
    path("api/v1/legal/<str:key>", legal.Newest.as_view()),
    path("api/v1/legal/<str:key>/versions/<str:version>", legal.Version.as_view()),
    path("api/v1/search", search.Search.as_view()),
    path("api/v1/openapi.json", docs.OpenAPI.as_view()),
    path("api/docs/", docs.page),
    path("health/live", health.Live.as_view()),
    path("health/ready", health.Ready.as_view()),
    # last: whatever else is asked for under these prefixes is a problem, not a page
    re_path(r"^(?:api|go|health)(?:/|$)", endpoint.NotFound.as_view()),
]
