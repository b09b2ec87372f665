"""Profiles: bands of how long a complaint has lasted, in days."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from recommender.answers import Answer, NoValue
from recommender.intervals import Interval, cover_faults, read_interval
from recommender.items import PROFILES
from recommender.reading import Problem, Reader, join


@dataclass(frozen=True)
class Band:
    profile: int
    days: Interval


@dataclass(frozen=True)
class Profiles:
    """The bands over the answer to one duration question."""

    question: str
    bands: tuple[Band, ...]

    def of(self, duration: Answer) -> int | NoValue:
        """Return the profile of a duration in days; without a duration, why there is none.

        A skipped duration has no profile either, and that is not a no: it is not known.
        """
        if isinstance(duration, NoValue):
            return NoValue.DONT_KNOW if duration is NoValue.SKIPPED else duration
        if not isinstance(duration, (int, Fraction)):
            raise TypeError(f"{self.question} is not a duration")
        return next(band.profile for band in self.bands if band.days.holds(duration))


def read_profiles(reader: Reader, durations: Sequence[str]) -> Profiles | None:
    """Read the bands and prove that every duration lies in exactly one; None after a fault."""
    before = len(reader.problems)
    question = reader.choice("of", durations)
    bands = []
    for at, value in reader.elements("bands", least=1):
        part = Reader(value, at, reader.problems)
        profile = part.whole("profile", PROFILES[0], PROFILES[-1])
        days = read_interval(part, in_days=True)
        part.close()
        if days is not None:
            bands.append(Band(profile, days))
    reader.close()
    if len(reader.problems) > before:
        return None
    reader.problems.extend(_band_faults(bands, join(reader.at, "bands")))
    return Profiles(question, tuple(bands)) if len(reader.problems) == before else None


def _band_faults(bands: Sequence[Band], at: str) -> list[Problem]:
    profiles = tuple(band.profile for band in bands)
    if profiles != PROFILES:
        return [Problem(at, "must hold one band for each of profile 1, 2 and 3, in that order")]
    return cover_faults([band.days for band in bands], at)
