"""Addresses at partners: what one may look like, and how a click id is put into it. Pure.

A visitor is sent to nothing but these, so they are held against a narrow form of our own instead of
what parsers forgive: browsers and Python do not agree on backslashes, tabs, or dots of other
alphabets.
"""

import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote_plus

from django.utils.translation import gettext_lazy as _

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
LONGEST_HOST = 253

# What RFC 3986 allows after the host, without a fragment.
_REST = re.compile(r"(?:[/?](?:[A-Za-z0-9._~:/?@!$&'()*+,;=\[\]-]|%[0-9A-Fa-f]{2})*)?")
_AUTHORITY_ENDS = re.compile(r"[/?#]")
SCHEME = "https://"


def is_host(text: str) -> bool:
    """A name such as www.example.com: small ASCII letters, no port, no address of numbers."""
    return len(text) <= LONGEST_HOST and HOST.fullmatch(text) is not None


def problems(url: str, hosts: Collection[str]) -> Iterator[object]:
    """Yield what is wrong with an address at a partner who has these hosts, for its editor."""
    if not url.startswith(SCHEME):
        yield _("This must begin with https://")
        return
    authority, rest = _split(url)
    host = authority.rpartition("@")[2]
    if "@" in authority:
        yield _("Leave out the user name and password before the @.")
    if ":" in host:
        yield _("Leave out the port after the colon.")
    if "#" in rest:
        yield _("Leave out the # and what follows it; the click id would come after it.")
    elif not _REST.fullmatch(rest):
        yield _("Only letters, digits and the usual signs; write others as %XX, a space as %20.")
    host = host.partition(":")[0]
    if host not in hosts:
        yield _("%(host)s is none of the partner's hosts: %(hosts)s.") % {
            "host": host or "?",
            "hosts": ", ".join(sorted(hosts)) or "-",
        }


def _split(url: str) -> tuple[str, str]:
    after = url[len(SCHEME) :]
    end = _AUTHORITY_ENDS.search(after)
    return (after[: end.start()], after[end.start() :]) if end else (after, "")


def before_click_id(url: str, parameter: str) -> str:
    """The address up to the place where a click id is appended. No parameter: the address itself.

    A parameter of the same name is taken out; everything else stays byte for byte.
    """
    if not parameter:
        return url
    address, _, query = url.partition("?")
    kept = [part for part in query.split("&") if part and _name(part) != parameter]
    return f"{address}?{'&'.join([*kept, f'{parameter}='])}"


def _name(part: str) -> str:
    return unquote_plus(part.partition("=")[0])
