"""Where the API is and how this website is reached."""

import re
from dataclasses import dataclass

BASE = "/api/v1"
ORIGIN = re.compile(r"https?://[a-zA-Z0-9.\[\]:-]+")


class BadConfig(ValueError):
    """Says which value is wrong and what would be right."""


@dataclass(frozen=True)
class Config:
    """`api`: where this program asks; `public_api`: where a visitor's browser reaches the same
    API; `images`: the origins that images may come from; `admin`: who may frame a preview."""

    api: str
    public_api: str
    images: tuple[str, ...]
    admin: str
    locale: str = "nl"
    port: int = 8001
    host: str = "127.0.0.1"


def configure(
    api: str,
    *,
    public_api: str = "",
    images: str = "",
    locale: str = "nl",
    port: int = 8001,
    host: str = "127.0.0.1",
) -> Config:
    """Addresses are origins, such as https://cms.example.org; `images` may name several, with
    commas. Raises BadConfig."""
    own = _origin("api", api)
    public = _origin("public-api", public_api) if public_api else own
    shown = tuple(_origin("images", each) for each in images.split(",") if each.strip())
    if not 0 < port < 65536:
        raise BadConfig(f"port must be 1 to 65535, not {port}")
    return Config(own, public, shown or (public,), public, locale, port, host)


def _origin(name: str, value: str) -> str:
    address = value.strip().rstrip("/")
    if not ORIGIN.fullmatch(address):
        raise BadConfig(f"{name} must be an origin such as https://cms.example.org, not {value!r}")
    return address
