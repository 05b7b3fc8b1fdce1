"""The wheel, installed alone, loads the seed and opens the app; the lock file names everything by hash."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import tomllib
import urllib.request
import zipfile
from pathlib import Path

import pytest

from graphkit.stores import Store

CHECKOUT = Path(__file__).parents[2]
SHIPPED = ("schema", "seed")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=CHECKOUT, check=True, capture_output=True,
    )  # fmt: skip
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bin folder of a new environment: the wheel, and the packages it needs, not the checkout."""
    home = tmp_path_factory.mktemp("env") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    own = next(home.glob("lib/python*/site-packages"))
    ours = Path(sysconfig.get_path("purelib"))
    for package in ours.iterdir():
        if "graphkit" not in package.name.lower() and package.name != "__pycache__":
            (own / package.name).symlink_to(package)
    install = ["pip", "--python", str(home), "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, "-m", *install], check=True, capture_output=True)
    return home / "bin"


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(installed / "graphkit"), *words],
        cwd=folder,
        env=clean(folder),
        capture_output=True,
        text=True,
        check=False,
    )


def clean(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GRAPHKIT", "VIRTUAL"))}
    return kept | {"HOME": str(folder), "GRAPHKIT_STATE": str(folder / "state")}


def test_the_wheel_ships_schema_seed_and_app(wheel: Path) -> None:
    inside = {name: zipfile.ZipFile(wheel).read(name) for name in zipfile.ZipFile(wheel).namelist()}
    wanted = {
        path.relative_to(CHECKOUT) for folder in SHIPPED for path in (CHECKOUT / folder).rglob("*") if path.is_file()
    }
    assert len(wanted) > 60
    for path in [*wanted, Path("app.py")]:
        assert inside[f"graphkit/_shipped/{path.as_posix()}"] == (CHECKOUT / path).read_bytes()
    modules = {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "graphkit").rglob("*.py")}
    assert modules <= inside.keys()
    assert not [name for name in inside if name.startswith("tests") or name.endswith((".kgl", ".pyc"))]


def test_the_wheel_runs_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    ask = (
        "import graphkit, graphkit.stores.embedded, sys; from graphkit.settings import shipped;"
        "print(graphkit.__file__, shipped('schema'), shipped('seed'), shipped('app.py'), *sys.path, sep='\\n')"
    )
    done = subprocess.run(
        [str(installed / "python"), "-c", ask],
        cwd=tmp_path,
        env=clean(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    package, *shipped = done.stdout.splitlines()[:4]
    home = str(installed.parent)
    assert package.startswith(home)
    assert all(path.startswith(f"{home}/lib") and "graphkit/_shipped" in path for path in shipped)
    assert str(CHECKOUT) not in done.stdout.splitlines()[4:]


def test_the_wheel_loads_all_of_the_seed_and_touches_nothing_of_the_checkout(
    installed: Path, tmp_path: Path, seed: Store
) -> None:
    traced = tmp_path / "sitecustomize"
    traced.mkdir()
    (traced / "sitecustomize.py").write_text(
        "import sys\n"
        f"OURS = tuple(f'{CHECKOUT}/{{name}}' for name in ('graphkit', 'schema', 'seed', 'app.py'))\n"
        "def watch(event, arguments):\n"
        "    if event == 'open' and str(arguments[0]).startswith(OURS):\n"
        "        raise SystemExit(f'{arguments[0]} belongs to the checkout')\n"
        "sys.addaudithook(watch)\n",
        encoding="utf-8",
    )
    command = [str(installed / "graphkit"), "demo", "--no-app"]
    environment = clean(tmp_path) | {"PYTHONPATH": str(traced)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Most central") == 2
    answer = run(installed, tmp_path, "query", "MATCH (c:Claim) RETURN count(c) AS n", "--format", "json")
    assert json.loads(answer.stdout) == [{"n": seed.stats()["claims"]}], answer.stderr
    assert run(installed, tmp_path, "doctor").returncode == 0


def test_the_wheel_opens_the_app(installed: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(installed / "graphkit"), "demo", "--port", str(port)]
    app = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=clean(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        assert healthy(port, app) == b"ok"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
            assert page.status == 200
    finally:
        app.terminate()
        said = app.communicate(timeout=20)[0].decode()
    assert f"http://127.0.0.1:{port}" in said
    assert "Traceback" not in said


def healthy(port: int, app: subprocess.Popen[bytes]) -> bytes:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and app.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
                return bytes(answer.read())
        except OSError:
            time.sleep(0.3)
    return b"never"


def locked(name: str) -> dict[str, str]:
    """Return the entries of a lock file: the package, and all its lines."""
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)
    return {re.split(r"==", entry)[0].lower().replace("_", "-"): entry for entry in entries if entry.strip()}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_names_everything_by_version_and_hash_and_no_index(name: str) -> None:
    entries = locked(name)
    assert len(entries) > 30
    for package, entry in entries.items():
        assert re.match(r"[A-Za-z0-9._-]+==[^\s;]+", entry), package
        assert "--hash=sha256:" in entry, package
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:|git\+", text)


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]

    def names(wanted: list[str]) -> set[str]:
        return {re.split(r"[<>=!~;\[ ]", text)[0].lower() for text in wanted}

    run_time = names(project["project"]["dependencies"]) | names(groups["build"])
    assert run_time <= set(locked("requirements.lock"))
    assert run_time | names(groups["dev"]) <= set(locked("requirements-dev.lock"))
    versions = {name: entry.split()[0] for name, entry in locked("requirements-dev.lock").items()}
    assert all(versions[name] == entry.split()[0] for name, entry in locked("requirements.lock").items())


def test_no_part_of_the_wheel_is_left_in_the_checkout() -> None:
    assert not (CHECKOUT / "graphkit" / "_shipped").exists()
    assert shutil.which("graphkit", path=str(Path(sys.executable).parent))
