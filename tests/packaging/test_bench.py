"""Measurements run and print their table; how fast anything is, is no test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from graphkit.analytics import METRICS

ROOT = Path(__file__).parents[2]


@pytest.mark.long
@pytest.mark.timeout(400)
def test_the_measurement_of_neo4j_prints_its_tables(servers: object) -> None:
    command = [sys.executable, "-m", "bench.neo4j", "--small"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 * 2 + 2 + 3 + 12
    measured = [row for row in rows if "---" not in row and not row.startswith("| what")]
    for row in measured:
        assert re.fullmatch(r"\| .+ \| [\d.,]+ (s|ms|MiB)(, [\d.,]+/s)? \| .+ \| [\d.,]+ \|", row), row
    assert "Load of the machine" in done.stdout
    assert os.environ["GRAPHKIT_NEO4J_PASSWORD"] not in done.stdout + done.stderr


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "load",
            [
                "first load", "the engine's bulk ingest", "second load",
                "whois answers as native records", "whois answers",
                "sheet rows by a mapping as native records", "sheet rows by a mapping", "ATT&CK ICS, the load itself",
            ],
        ),
        ("removing", ["load of the whole", "retract", "undo", "erase"]),
    ],
)  # fmt: skip
def test_a_measurement_of_the_embedded_store_prints_its_table(name: str, rows: list[str]) -> None:
    command = [sys.executable, "-m", f"bench.{name}", "--small"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    printed = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    told = [row for row in printed if row[0] not in ("| what", "| ---")]
    assert [row[0] for row in told] == [f"| {row}" for row in rows]
    assert all(re.fullmatch(r"[\d.]+ s", row[1]) or "left out" in row[2] for row in told)
    assert "Load of the machine" in done.stdout


@pytest.mark.long
def test_the_measurement_of_explaining_prints_its_table() -> None:
    command = [sys.executable, "-m", "bench.explaining", "--small"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + 7
    assert all(re.fullmatch(r"[\d.]+ s", cell) for row in rows[2:] for cell in row[1:5])
    assert all(float(row[5]) > 0 for row in rows[2:])
    assert "Load of the machine" in done.stdout


@pytest.mark.long
@pytest.mark.timeout(400)
def test_the_measurement_of_analytics_prints_its_table() -> None:
    command = [sys.executable, "-m", "bench.analytics", "--small"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| 1k/7k")]
    assert len(rows) == 13 + len(METRICS)
    assert all(float(row[2]) > 0 for row in rows)


@pytest.mark.long
@pytest.mark.timeout(400)
def test_the_measurement_of_websites_prints_its_table() -> None:
    command = [sys.executable, "-m", "bench.identity", "--small"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert [row[1] for row in rows[2:]] == 2 * [
        "graphkit", "any shared value", "any value on at most 5 websites", "splink 5",
    ]  # fmt: skip
    ours, theirs = rows[2], rows[6]
    assert all(0.5 < float(row[2]) <= 1 for row in (ours, theirs))


@pytest.mark.long
def test_the_measurement_of_a_crowd_of_websites_prints_its_table() -> None:
    command = [sys.executable, "-m", "bench.crowd", "--small"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    _, _, row = (line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("| "))
    assert int(row[0].replace(",", "")) >= 1000
    assert all(float(cell.replace(",", "")) > 0 for cell in row)
    assert "Load of the machine" in done.stdout


@pytest.mark.long
@pytest.mark.timeout(400)
def test_the_measurement_of_real_lists_prints_its_tables_or_says_what_is_not_there() -> None:
    done = subprocess.run([sys.executable, "-m", "bench.owners"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    found = [row for row in rows if row[1] == "graphkit"]
    assert found or sum("left out" in row[1] for row in rows) == 3
    assert all(float(row[2]) > 0.7 for row in found)


@pytest.mark.long
def test_the_measurement_of_names_prints_its_tables() -> None:
    command = [sys.executable, "-m", "bench.names", "--small"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert [row[0] for row in rows[2:5]] == ["graphkit", "rapidfuzz WRatio", "Jaro-Winkler"]
    assert all(float(cell.replace(",", "")) > 0 for row in rows[2:5] for cell in row[-2:])
    assert re.fullmatch(r"[\d.]+ s", rows[-1][1])
    assert "Load of the machine" in done.stdout
