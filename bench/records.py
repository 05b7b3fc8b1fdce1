"""Records made for measuring: people and organizations who work with each other, said by a hundred sources."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SOURCES = 100


def written(path: Path, things: int, relations: int, first: int = 0) -> Path:
    """Write so many things, numbered from ``first``, and relations among them and those before."""
    with path.open("w", encoding="utf-8") as file:
        for record in _records(things, relations, first):
            file.write(json.dumps(record) + "\n")
    return path


def _records(things: int, relations: int, first: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(first)
    for number in range(SOURCES):
        yield {"kind": "Source", "id": f"source-{number}", "name": f"Source {number}"}
    for number in range(first, first + things):
        source = f"source-{chance.randrange(SOURCES)}"
        yield {
            "kind": kind(number),
            "id": f"thing-{number}",
            "name": f"Thing number {number} of many",
            "source": source,
        }
    seen: set[tuple[int, int]] = set()
    while len(seen) < relations:
        far, near = sorted((chance.randrange(first, first + things), chance.randrange(first + things)))
        if far != near and (far, near) not in seen:
            seen.add((far, near))
            said = {"source": f"source-{chance.randrange(SOURCES)}", "claimant": f"thing-{far}"}
            said |= {"valid_from": f"20{chance.randrange(10, 25)}", "locator": f"page {len(seen)}"}
            ends = {"from": f"thing-{far}", "to": f"thing-{near}"}
            yield {"kind": "COOPERATES_WITH", **ends, **said, "confidence": chance.randrange(101)}


def kind(number: int) -> str:
    """Return the kind of a thing by its number."""
    return "Person" if number % 5 < 3 else "Organization"
