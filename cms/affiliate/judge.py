"""Whether a click was made by a person, as far as a request tells. Pure; only the verdict is kept.

No click is dropped for its verdict: reports keep bots and prefetches apart.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    NOTHING = "", _("nothing against it")
    BOT = "bot", _("bot")
    PREFETCH = "prefetch", _("fetched ahead")


# What programs that fetch pages by themselves call themselves: crawlers, link previews of
# messengers, checkers of links and uptime, libraries, and browsers without a window. Kept short on
# purpose; the browser of a person says none of these.
PROGRAMS = (
    *("bot", "crawl", "spider", "slurp", "archiver", "scrape", "facebookexternalhit", "whatsapp"),
    *("preview", "validator", "monitor", "checker", "pingdom", "uptime", "lighthouse"),
    *("headless", "phantomjs", "libwww", "httpclient", "http-client", "okhttp", "aiohttp"),
)
BEGINNINGS = (
    "curl/",
    "wget/",
    "python",
    "java/",
    "go-http",
    "ruby",
    "perl",
    "php",
    "node",
    "axios",
)
# A maker of phones.
PEOPLE = ("cubot",)
AHEAD = ("prefetch", "prerender", "preview")
LONGEST = 500


def verdict(user_agent: str, purposes: str) -> str:
    """`purposes`: the values of Sec-Purpose, Purpose, X-Purpose and X-Moz, by which browsers say
    that nobody has clicked yet."""
    if purposes and _has_one(AHEAD, purposes.lower()):
        return Verdict.PREFETCH.value
    return Verdict.BOT.value if _is_program(user_agent) else Verdict.NOTHING.value


def _is_program(user_agent: str) -> bool:
    """Every browser names itself: who does not is a program."""
    said = user_agent[:LONGEST].strip().lower()
    for name in PEOPLE:
        said = said.replace(name, "")
    return not said or said.startswith(BEGINNINGS) or _has_one(PROGRAMS, said)


def _has_one(words: tuple[str, ...], said: str) -> bool:
    return any(map(said.__contains__, words))
