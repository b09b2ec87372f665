from urllib.parse import quote

BASE = "/api/v1"


def content(locale: str, path: str) -> str:
    """The canonical address of a page's content: no slash at its end."""
    return f"{BASE}/content/{quote(locale)}/{quote(path)}".rstrip("/")
