"""Who vouched for a piece of content, and until when."""

from dataclasses import dataclass
from datetime import date

from recommender.reading import Reader

KINDS = ("clinical", "editorial", "demo")


@dataclass(frozen=True)
class Review:
    """A safety review. A "demo" review vouches for nothing outside a demonstration.

    It counts from the day `on`; `until` is the first day on which it no longer does. `by` says who
    gave it, "" when nobody did.
    """

    kind: str
    on: date
    until: date
    by: str = ""

    def valid(self, day: date) -> bool:
        return self.on <= day < self.until


def read_review(reader: Reader) -> Review:
    by = reader.text("by", optional=True)
    review = Review(reader.choice("kind", KINDS), reader.day("on"), reader.day("until"), by)
    if date.min not in (review.on, review.until) and review.until <= review.on:
        reader.fault("must lie after on", "until")
    reader.close()
    return review
