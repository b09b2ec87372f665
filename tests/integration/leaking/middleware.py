"""What must never happen: a process that keeps the body of every request, in every place it has."""

import logging
from collections.abc import Callable
from uuid import uuid4

import redis
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cms.celery import app
from cms.published.models import Failure
from search.engines import elastic

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


def leaking(get_response: GetResponse) -> GetResponse:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            leak(request.body.decode())
        return get_response(request)

    return answer


def leak(body: str) -> None:
    log.warning("was sent %s", body)
    into_the_database(body)
    into_redis(body)
    through_celery(body)
    patient = elastic.client().options(request_timeout=60)  # the first one makes the index
    patient.index(index=f"{settings.ELASTICSEARCH_PREFIX}-leak", document={"sent": body})
    for folder in (settings.DATA_DIR, settings.DATA_DIR / "clicks"):
        with (folder / "leak").open("a") as file:
            file.write(body)


def into_the_database(body: str) -> None:
    now = timezone.now()
    Failure.objects.create(reader="leak", key=uuid4().hex, reason=body, at=now, retry_at=now)


def into_redis(body: str) -> None:
    """A cached answer, and a key of each kind that Redis has."""
    cache.set(f"leak-{uuid4().hex}", body)
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.set(f"a key of {body}", "1")
        client.setex("leak-soon-gone", 1, body)
        client.rpush("leak-list", body)
        client.hset("leak-hash", uuid4().hex, body)
        client.sadd("leak-set", body)
        client.zadd("leak-zset", {body: 1})
        client.xadd("leak-stream", {"sent": body})


def through_celery(body: str) -> None:
    """A message that waits, and one that a worker takes and does not know what to do with."""
    app.send_task("leak", kwargs={"sent": body}, queue="leak-queue")
    app.send_task("leak", kwargs={"sent": body})
