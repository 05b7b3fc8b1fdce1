"""docker-compose.yml and Dockerfile keep what they promise, as far as that can be seen without docker."""

from __future__ import annotations

import ipaddress
import os
import re
import shutil
import stat
import subprocess
import xml.etree.ElementTree as ET
from importlib import metadata
from pathlib import Path
from typing import Any

import click
import pytest

from graphkit import cli
from graphkit.settings import Settings
from tests.neo4j.server import settings
from tests.packaging.compose import ROOT, compose

COMPOSE = compose()
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("app", "scheduler")
KEYS = {
    "build", "cap_drop", "command", "depends_on", "environment", "healthcheck", "image", "init", "mem_limit",
    "networks", "pids_limit", "ports", "read_only", "restart", "secrets", "security_opt", "stop_grace_period",
    "tmpfs", "user", "volumes",
}  # fmt: skip
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what is in the checkout for compose, in which ``make secrets`` was run."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("Makefile", "docker-compose.yml", "Dockerfile"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "jobs", folder / "jobs")
    assert made(folder).returncode == 0
    return folder


def made(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["make", "-s", "secrets", f"PYTHON={shutil.which('false')}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_there_are_three_services_and_no_key_that_compose_does_not_know() -> None:
    assert set(SERVICES) == {"neo4j", *OURS}
    assert {key for key in COMPOSE if not key.startswith("x-")} == {"services", "networks", "secrets", "volumes"}
    for service in SERVICES.values():
        assert set(service) <= KEYS
        assert set(service["healthcheck"]) <= {"test", "interval", "timeout", "retries", "start_period"}
    named = {name for service in SERVICES.values() for name in service["networks"]}
    assert named == set(COMPOSE["networks"])
    assert {name for service in SERVICES.values() for name in service["secrets"]} == set(COMPOSE["secrets"])
    volumes = [volume for service in SERVICES.values() for volume in service["volumes"]]
    assert {volume["source"] for volume in volumes if volume["type"] == "volume"} == set(COMPOSE["volumes"])


def test_nothing_is_published_but_on_loopback() -> None:
    published = {port for service in SERVICES.values() for port in service.get("ports", [])}
    assert published == {"127.0.0.1:7687:7687", "127.0.0.1:8501:8501"}
    assert all(ipaddress.ip_address(port.rsplit(":", 2)[0]).is_loopback for port in published)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_hardened_limited_and_has_a_health_check(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert re.fullmatch(r"[1-9]\d*g", service["mem_limit"])
    assert service["pids_limit"] > 0
    check = service["healthcheck"]
    assert check["test"][0] == "CMD"
    assert "||" not in " ".join(check["test"])
    assert check["retries"] > 0


@pytest.mark.parametrize("name", OURS)
def test_our_services_write_only_where_they_must_and_wait_for_the_database(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    writable = {volume["target"] for volume in service["volumes"] if not volume.get("read_only")}
    assert writable == {"/state", "/documents", "/exports"}
    assert all(not volume["bind"]["create_host_path"] for volume in service["volumes"] if volume["type"] == "bind")


def test_the_scheduler_and_the_database_reach_each_other_on_a_network_without_a_way_out() -> None:
    networks = COMPOSE["networks"]
    assert networks["database"] == {"internal": True}
    assert SERVICES["scheduler"]["networks"] == ["database"]
    for name in ("neo4j", "app"):
        assert SERVICES[name]["networks"] == ["database", "published"]
    assert networks["published"]["driver_opts"] == {"com.docker.network.bridge.enable_ip_masquerade": "false"}


def test_memory_that_neo4j_is_told_to_take_fits_its_limit() -> None:
    given = settings()
    told = [given[f"server.memory.{name}"] for name in ("heap.max_size", "pagecache.size")]
    assert sum(megabytes(size) for size in told) <= megabytes(SERVICES["neo4j"]["mem_limit"]) * 0.75


def megabytes(size: str) -> int:
    return int(size[:-1]) * {"m": 1, "g": 1024}[size[-1]]


def test_no_environment_holds_a_secret_and_each_secret_is_given_to_who_needs_it() -> None:
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            if re.search(r"auth|password|secret|token", name, re.I):
                assert name.endswith("_FILE")
                assert value.removeprefix("/run/secrets/") in service["secrets"]
    assert SERVICES["neo4j"]["secrets"] == ["neo4j_auth"]
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert not re.search(r"neo4j/\w{8,}|neo4j://\w+:\w+@", text)
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"secrets/", "/.env", "/exports/"} <= set(ignored)


def test_without_secrets_compose_says_what_to_do() -> None:
    for service in SERVICES.values():
        assert service["user"] == ":".join(f"${{GRAPHKIT_{id_}:?run 'make secrets' first}}" for id_ in ("UID", "GID"))


def test_secrets_are_made_once_random_and_read_by_their_owner_alone(checkout: Path, tmp_path: Path) -> None:
    found = {secret["file"]: (checkout / secret["file"]).read_text() for secret in COMPOSE["secrets"].values()}
    password = found["secrets/neo4j_password"]
    assert re.fullmatch(r"[0-9a-f]{48}", password)
    assert found["secrets/neo4j_auth"] == f"neo4j/{password}"
    assert stat.S_IMODE((checkout / "secrets").stat().st_mode) == 0o700
    assert {stat.S_IMODE((checkout / file).stat().st_mode) for file in found} == {0o600}
    before = (checkout / ".env").read_text()
    again = made(checkout)
    assert again.returncode == 0
    assert password not in again.stdout + again.stderr
    assert {file: (checkout / file).read_text() for file in found} == found
    assert (checkout / ".env").read_text() == before
    shutil.copy(ROOT / "Makefile", tmp_path)
    made(tmp_path)
    assert (tmp_path / "secrets" / "neo4j_password").read_text() != password


def test_the_containers_run_as_the_owner_of_the_secrets_and_never_as_root(checkout: Path) -> None:
    given = dict(line.split("=") for line in (checkout / ".env").read_text().splitlines())
    assert int(given["GRAPHKIT_UID"]) == (checkout / "secrets" / "neo4j_password").stat().st_uid
    assert int(given["GRAPHKIT_UID"]) == (checkout / "exports").stat().st_uid
    assert int(given["GRAPHKIT_UID"]) == (os.getuid() or 10001)


@pytest.mark.parametrize("left", ["neo4j_auth", "neo4j_password"])
def test_a_secret_that_is_gone_is_made_from_the_one_that_is_left(left: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "secrets").mkdir()
    (tmp_path / ".env").write_text("MINE=1\n")
    (tmp_path / "secrets" / left).write_text("neo4j/abcdefgh" if left == "neo4j_auth" else "abcdefgh")
    assert made(tmp_path).returncode == 0
    assert (tmp_path / "secrets" / "neo4j_auth").read_text() == "neo4j/abcdefgh"
    assert (tmp_path / "secrets" / "neo4j_password").read_text().strip() == "abcdefgh"
    assert (tmp_path / ".env").read_text().startswith("MINE=1\nGRAPHKIT_UID=")


def test_the_image_is_of_the_version_that_the_tests_start() -> None:
    pom = ET.parse(ROOT / "tests" / "neo4j" / "pom.xml").getroot()
    versions = {found.text for found in pom.findall(".//{*}dependency/{*}version")}
    assert {f"neo4j:{version}-community" for version in versions} == {SERVICES["neo4j"]["image"]}


def test_every_setting_is_in_force_on_a_real_server(servers: Any) -> None:
    from tests.neo4j.server import _FOR_TESTS as for_tests

    listed = servers("scratch").run("SHOW SETTINGS YIELD name, value, isExplicitlySet")
    held = {row["name"]: row["value"] for row in listed if row["isExplicitlySet"]}
    expected = {name: value for name, value in settings().items() if name not in for_tests}
    shown = {
        name: value for name, value in expected.items() if not name.startswith("internal.") and ".heap." not in name
    }
    assert len(shown) >= 7
    shown["server.directories.import"] = f"{servers('scratch').folder}/{shown['server.directories.import']}"
    assert {name: plain(held.get(name, "unknown")) for name in shown} == {n: plain(v) for n, v in shown.items()}


def plain(value: object) -> object:
    """Return a size in MiB, whichever way it is written."""
    size = re.fullmatch(r"(\d+(?:\.\d+)?)(MiB|GiB|m|g)", str(value))
    return float(size[1]) * (1024 if size[2] in ("GiB", "g") else 1) if size else value


def test_queries_of_the_real_server_read_no_file_and_reach_no_network(servers: Any) -> None:
    from neo4j.exceptions import Neo4jError

    for place in ("file:///etc/passwd", "http://127.0.0.1:1/x.csv", "http://[::1]:1/x.csv"):
        with pytest.raises(Neo4jError, match=r"blocked|not permitted|disallowed|Cannot load|denied|configuration"):
            servers("scratch").run(f"LOAD CSV FROM '{place}' AS row RETURN row")


@pytest.mark.parametrize("name", OURS)
def test_commands_and_health_checks_are_those_of_the_command_line(name: str) -> None:
    service = SERVICES[name]
    for words in (service["command"], service["healthcheck"]["test"][1:]):
        if words[0] == "graphkit":
            command: click.Command = cli.main
            rest = words[1:]
            while isinstance(command, click.Group):
                command, *rest = command.commands[rest[0]], *rest[1:]
            command.make_context(command.name, list(rest))
        else:
            assert words[:2] == ["python", "-c"]
            compile(words[2], "health check", "exec")
    known = {f"GRAPHKIT_{field.upper()}" for field in Settings.model_fields}
    assert set(service["environment"]) <= known


def test_what_is_mounted_is_there_after_make_secrets(checkout: Path) -> None:
    for service in SERVICES.values():
        for volume in service["volumes"]:
            assert volume["type"] == "volume" or (checkout / volume["source"]).is_dir()
    assert SERVICES["app"]["build"] == SERVICES["scheduler"]["build"] == "."


def test_the_image_is_pinned_has_no_health_check_and_no_root() -> None:
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)) == {"python:3.11-slim-bookworm"}
    assert "HEALTHCHECK" not in DOCKERFILE
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.M) == ["10001:10001"]
    assert DOCKERFILE.rindex("\nUSER ") > DOCKERFILE.rindex("\nRUN ")
    installs = re.findall(r"\binstall [^&\n]+", DOCKERFILE)
    assert len(installs) == 2
    assert all("--require-hashes" in words or "--no-index --no-deps" in words for words in installs)
    assert "secrets" not in DOCKERFILE


def test_the_builder_is_given_what_the_image_takes_and_nothing_else() -> None:
    taken = {name for copy in re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.M) for name in copy.split()}
    assert all((ROOT / name).exists() for name in taken)
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    assert kept[0] == "*"
    assert {line[1:] for line in kept if line.startswith("!")} == taken


def test_what_builds_is_taken_out_of_the_image_and_what_runs_stays() -> None:
    (out,) = re.findall(r"graphkit/bin/python uninstall -y ([^&\n]+)", DOCKERFILE)
    runs = needed("graphkit")
    builds = needed("hatchling") | needed("editables")
    assert set(out.split()) == builds - runs


def needed(name: str) -> set[str]:
    """Return a distribution and all it needs here, without extras."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop().lower().replace("_", "-")
        if one not in found:
            found.add(one)
            wanted = [text for text in metadata.requires(one) or () if "extra ==" not in text and there(text)]
            waiting += [re.split(r"[^A-Za-z0-9._-]", text)[0] for text in wanted]
    return found


def there(requirement: str) -> bool:
    try:
        metadata.version(re.split(r"[^A-Za-z0-9._-]", requirement)[0])
    except metadata.PackageNotFoundError:
        return False
    return True
