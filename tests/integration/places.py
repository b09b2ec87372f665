"""Every place where a running stack could keep something, as (place, text).

What is compressed is unpacked; what is base64, as the messages of Celery are, is recognised.
"""

import gzip
import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.request import Request
from uuid import uuid4

import psycopg
import redis
from psycopg import sql

from tests.stack import Stack, http

GZIP = b"\x1f\x8b\x08"
Places = Iterable[tuple[str, str]]
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def everywhere(made: Stack) -> Places:
    yield from of_the_database(made.environment["DATABASE_URL"])
    yield from of_redis(made.environment["REDIS_URL"])
    yield from of_elasticsearch(made)
    yield from of_files(made)


def counted(places: Places, *words: str) -> Counter[str]:
    """How often any of the words is found in each place."""
    found: Counter[str] = Counter()
    spelled = [spelling for word in words for spelling in (word, *base64_of(word))]
    for place, text in places:
        found[place] += sum(text.count(spelling) for spelling in spelled)
    return found


def base64_of(word: str) -> list[str]:
    """A word inside base64, wherever in a group of three bytes it begins; without the characters
    at its ends that depend on its neighbours."""
    raw = word.encode()
    return [
        b64encode(b"\0" * before + raw).decode()[skipped : (before + len(raw)) * 8 // 6]
        for before, skipped in ((0, 0), (1, 2), (2, 3))
    ]


def of_the_database(url: str) -> Places:
    """Every column of every table."""
    with psycopg.connect(url) as connection:
        for (table,) in connection.execute(TABLES).fetchall():
            found = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            columns = [column.name for column in found.description or ()]
            for row in found:
                for column, value in zip(columns, row, strict=True):
                    yield f"table {table}.{column}", readable(value)


KINDS: dict[str, Callable[[Any, bytes], Any]] = {
    "string": lambda client, key: client.get(key),
    "list": lambda client, key: client.lrange(key, 0, -1),
    "hash": lambda client, key: client.hgetall(key),
    "set": lambda client, key: client.smembers(key),
    "zset": lambda client, key: client.zrange(key, 0, -1),
    "stream": lambda client, key: client.xrange(key),
    "none": lambda client, key: b"",  # expired since it was listed
}


def of_redis(url: str) -> Places:
    """Keys and values: the cache, the queues of Celery and whatever else is there. A key whose
    kind is not known here fails."""
    with redis.Redis.from_url(url) as client:
        for key in client.scan_iter():
            kind = client.type(key).decode()
            yield "redis keys", readable(key)
            yield f"redis {kind}", readable(KINDS[kind](client, key))


@contextmanager
def overheard(url: str) -> Iterator[list[tuple[str, str]]]:
    """Every command that Redis is sent during the block: also what is gone when it ends."""
    number = int(url.rpartition("/")[2])
    said: list[tuple[str, str]] = []
    last_word = uuid4().hex
    with redis.Redis.from_url(url) as client, client.monitor() as monitor:

        def listen() -> None:
            for heard in monitor.listen():
                if last_word in heard["command"]:
                    return
                if heard["db"] == number:
                    said.append(("redis commands", heard["command"]))

        listening = Thread(target=listen)
        listening.start()
        try:
            yield said
        finally:
            client.echo(last_word)
            listening.join()


def of_elasticsearch(made: Stack) -> Places:
    """Every document of every index, and what the indexes say of themselves."""
    server = made.environment["ELASTICSEARCH_URL"]
    indexes = f"{server}/{made.environment['ELASTICSEARCH_PREFIX']}-*"
    http.open(Request(f"{indexes}/_refresh", method="POST"), timeout=20).close()  # noqa: S310
    with http.open(f"{indexes}/_search?size=10000", timeout=20) as answer:
        found = json.load(answer)["hits"]
    assert found["total"] == {"value": len(found["hits"]), "relation": "eq"}, "not all of them"
    for document in found["hits"]:
        yield "elasticsearch documents", json.dumps(document)
    with http.open(indexes, timeout=20) as answer:
        yield "elasticsearch indexes", answer.read().decode()


def of_files(made: Stack) -> Places:
    """The data directory: spool, copy, media, and what the processes wrote on their outputs."""
    for path in made.folder.rglob("*"):
        if path.is_file():
            kind = "log" if path.suffix == ".log" else "file"
            folder = "" if path.parent == made.folder else f"{path.parent.name}/"
            yield f"{kind} {folder}{path.name}", unpacked(path.read_bytes())


def unpacked(raw: bytes) -> str:
    """With what follows a heading in gzip, as in the copy of the publications."""
    before, found, packed = raw.partition(GZIP)
    if found and re.fullmatch(rb"(\{.*\}\n)?", before):
        return readable(before + gzip.decompress(found + packed))
    return readable(raw)


def readable(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)
