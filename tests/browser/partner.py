"""A partner's shop: answers every https request on this machine with a page, and notes it.

Partners of the example have reserved names that lead nowhere; the browser is told that they are
here. The certificate is made for the occasion.
"""

import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.little_server import serving

PAGE = b"<!doctype html><html lang=nl><title>Winkel</title><h1>De winkel van de partner</h1></html>"


@dataclass(frozen=True)
class Arrival:
    host: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]


@dataclass
class Partner:
    port: int
    arrivals: list[Arrival] = field(default_factory=list)


@contextmanager
def partner() -> Iterator[Partner]:
    seen: list[Arrival] = []

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            at = urlsplit(self.path)
            if at.path != "/favicon.ico":
                headers = {name.lower(): value for name, value in self.headers.items()}
                seen.append(Arrival(headers["host"], at.path, parse_qs(at.query), headers))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    with tempfile.TemporaryDirectory() as folder:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_certificate(Path(folder)))
        with serving(Shop, context) as port:
            yield Partner(port, seen)


def _certificate(folder: Path) -> Path:
    """A key and a certificate signed by itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "partner")])
    now = datetime.now(tz=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "partner.pem"
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return path
