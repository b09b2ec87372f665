"""Installing the packages of programs that are missing, as root; naming them to anybody else."""

import os

from servers import elasticsearch
from servers.places import ROOT, STATE, say
from servers.process import run
from servers.programs import find

# Debian package of each program that is needed; the last two are for the benchmarks only.
PACKAGES = {
    "initdb": "postgresql",
    "redis-server": "redis-server",
    "chromium": "chromium",
    "nginx": "nginx-light",
    "wrk": "wrk",
}


def install() -> None:
    missing = {program: package for program, package in PACKAGES.items() if not find(program)}
    if not elasticsearch.HOME.exists() and not find("mvn"):
        missing["mvn"] = "maven"
    if missing and ROOT and find("apt-get"):
        apt_get(sorted(missing.values()))
        return
    for program, package in missing.items():
        say(f"{program} is missing: apt-get install {package} (as root)")


def apt_get(packages: list[str]) -> None:
    say(f"installs {' '.join(packages)}")
    log = STATE / "install.log"
    # RUNLEVEL keeps the packages from starting servers of their own.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    wait = ["-o", "DPkg::Lock::Timeout=120"]
    run(
        ["apt-get", "update", "-q"],
        log,
        "the lists of packages could not be downloaded",
        env=environment,
    )
    run(
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *wait, *packages],
        log,
        f"{' '.join(packages)} could not be installed",
        env=environment,
    )
