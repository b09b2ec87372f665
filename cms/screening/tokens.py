"""Outcome tokens: what a visitor answered, sealed, so that a front end need not send it again.

A token holds the answers that counted and not the outcome: redeeming it evaluates them again with
the very version that was answered. Encrypted and signed (Fernet), for one hour; nothing is stored.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from cms.published.view import View
from cms.screening import run
from recommender import Complete, Result, Screening
from recommender import evaluate as evaluate_answers

LIFETIME = timedelta(hours=1)
# Names the purpose of the derived keys and the form of Claims: a token of another form is none.
PURPOSE = b"herstelwijzer outcome token 1"
# Decoders skip what is not base64; here one token has one spelling.
FORM = r"[A-Za-z0-9_-]+={0,2}"


class BadToken(ValueError):
    """Not made here, older than an hour, or of a version whose content is not the one here."""


@dataclass(frozen=True)
class Sealed:
    token: str
    expires: datetime


@dataclass(frozen=True)
class Claims:
    """What is inside. `answers` in their JSON form; `unused` names those that were left out."""

    slug: str
    version: int
    hash: str
    answers: Mapping[str, Any]
    unused: tuple[str, ...]


def seal(
    screening: Screening, answers: Mapping[str, Any], result: Complete, now: datetime
) -> Sealed:
    """Seal the answers that led to this result of this screening."""
    left_out = {*result.unused, *(fault.question for fault in result.errors)}
    counted = {key: value for key, value in answers.items() if key not in left_out}
    claims = Claims(screening.slug, screening.version, screening.hash, counted, result.unused)
    second = int(now.timestamp())
    token = _fernet().encrypt_at_time(orjson.dumps(asdict(claims)), second)
    return Sealed(token.decode(), datetime.fromtimestamp(second, UTC) + LIFETIME)


def read(token: str, now: datetime) -> Claims:
    """Return what a token claims. Raises BadToken."""
    lifetime = int(LIFETIME.total_seconds())
    if not re.fullmatch(FORM, token):
        raise BadToken
    try:
        raw = _fernet().decrypt_at_time(token.encode(), lifetime, int(now.timestamp()))
    except InvalidToken as error:
        raise BadToken from error
    said = orjson.loads(raw)
    return Claims(**said | {"unused": tuple(said["unused"])})


def redeem(view: View, token: str, now: datetime) -> Result:
    """Evaluate the answers of a token, with the version they were given to.

    Raises BadToken, or run.WithdrawnScreening.
    """
    return evaluate(view, read(token, now), now)


def evaluate(view: View, claims: Claims, now: datetime) -> Result:
    """Raises BadToken, or run.WithdrawnScreening."""
    try:
        screening = run.screening(view, claims.slug, now, claims.version)
    except run.UnknownScreening as error:
        raise BadToken from error
    if screening.hash != claims.hash:
        raise BadToken
    result = evaluate_answers(screening, claims.answers)
    if result.errors:  # this program no longer takes an answer that the one before took
        raise BadToken
    return replace(result, unused=claims.unused)


def _fernet() -> MultiFernet:
    return _made_from((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=1)
def _made_from(secrets: tuple[str, ...]) -> MultiFernet:
    """The first secret seals; all of them open."""
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
