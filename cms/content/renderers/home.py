from cms.content.models import HomePage, IndexPage
from cms.content.renderers import parts
from cms.published import references
from cms.published.registry import Rendering


def home(page: HomePage) -> Rendering:
    return _group("home", page)


def index(page: IndexPage) -> Rendering:
    return _group("index", page)


def _group(kind: str, page: HomePage | IndexPage) -> Rendering:
    """Only what an editor put forward: which pages lie below it is not for this page to say."""
    featured = [references.card(f"page:{row.target_id}") for row in page.featured.all()]
    return Rendering(
        kind=kind,
        link=parts.link(page),
        card=parts.card(page),
        body=parts.top(page) | {"featured": featured},
        text={"title": page.title, "names": [], "body": page.lead},
    )
