"""docker-compose.yml and .env.example agree with the settings, and only the web port is open."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
COMPOSE = YAML(typ="safe").load(ROOT / "docker-compose.yml")
SERVICES = COMPOSE["services"]
OUR_SERVICES = ["release", "web", "worker", "beat"]
EXAMPLE = (ROOT / ".env.example").read_text().splitlines()


def example_names() -> dict[str, int]:
    """Each variable of .env.example, also those commented out, with its line number."""
    found = [(re.match(r"#?([A-Z_]+)=", line), number) for number, line in enumerate(EXAMPLE)]
    return {match[1]: number for match, number in found if match}


def interpolated() -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))


@pytest.mark.parametrize("name", OUR_SERVICES)
def test_every_variable_that_a_service_passes_is_a_setting(name: str) -> None:
    assert set(SERVICES[name]["environment"]) <= settings.SETTING_NAMES


@pytest.mark.parametrize("name", OUR_SERVICES)
def test_our_services_share_one_image_and_one_set_of_variables(name: str) -> None:
    assert SERVICES[name]["image"] == SERVICES["web"]["image"]
    assert SERVICES[name]["environment"] == SERVICES["web"]["environment"]


def test_every_variable_of_the_example_is_a_setting_or_used_by_the_compose_file() -> None:
    assert set(example_names()) <= settings.SETTING_NAMES | interpolated()


def test_the_example_names_every_setting_and_every_variable_of_the_compose_file() -> None:
    assert settings.SETTING_NAMES | interpolated() <= set(example_names())


def test_every_variable_of_the_example_has_a_sentence_right_above_it() -> None:
    bare = [name for name, number in example_names().items() if EXAMPLE[number - 1][:2] != "# "]
    assert bare == []


def test_only_the_web_service_publishes_a_port() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]
    assert SERVICES["web"]["ports"] == ["${WEB_PORT:-8000}:8000"]


def test_the_stores_sit_in_a_network_without_a_way_out() -> None:
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    outside = {name for name, service in SERVICES.items() if service["networks"] != ["inside"]}
    assert outside == {"web"}


def test_no_secret_has_a_value_in_the_compose_file() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for secret in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert set(re.findall(rf"\$\{{{secret}(.)", text)) == {":"}  # ${NAME:?message}
        assert not re.search(rf"{secret}: [^$]", text)


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"release"}))
def test_every_lasting_service_has_a_health_check_and_restarts(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_images_are_pinned_and_elasticsearch_is_the_version_that_the_tests_start() -> None:
    images = {name: SERVICES[name]["image"] for name in ("postgres", "redis", "elasticsearch")}
    assert all(re.fullmatch(r"[a-z]+:\d+(\.\d+)+", image) for image in images.values()), images
    tested = re.search(
        r'ELASTICSEARCH_VERSION = "(.+)"', (ROOT / ".ci/servers/elasticsearch.py").read_text()
    )
    assert tested
    assert images["elasticsearch"] == f"elasticsearch:{tested[1]}"
