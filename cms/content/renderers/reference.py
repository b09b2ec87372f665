from cms.content.models import Reference
from cms.content.renderers import parts
from cms.published.registry import Rendering


def reference(found: Reference) -> Rendering:
    """Where it can be read: its address, or else its DOI."""
    by_doi = f"https://doi.org/{found.doi}" if found.doi else None
    return Rendering(
        kind="reference",
        link={
            "title": found.title,
            "authors": found.authors or None,
            "publisher": found.publisher or None,
            "year": found.year,
            "kind": found.kind,
            "doi": found.doi or None,
            "pmid": found.pmid or None,
            "url": found.url or by_doi,
            "evidence": found.evidence or None,
            "accessed": parts.day(found.accessed),
        },
    )
