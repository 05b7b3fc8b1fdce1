"""A file as analysts have them: things, relations and website observations, some records of each kind bad."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SOURCES = 1_000
BAD = 20
"""One record in so many is bad."""
Record = dict[str, Any]


def written(path: Path, records: int) -> Path:
    """Write so many records as JSON Lines; the same number gives the same file."""
    made = _records(records)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in made)
    return path


def _records(records: int) -> Iterator[str]:
    chance = random.Random(records)
    things = max(records // 4, 10)
    for number in range(min(SOURCES, records // 10)):
        source = {"kind": "Source", "id": _source(number), "name": f"Report {number}"}
        yield json.dumps(source | {"reliability": chance.choice(["A", "B", "C", "D", None])})
    for number in range(records - min(SOURCES, records // 10)):
        record = _record(chance, number, things) | _said(chance, min(SOURCES, records // 10))
        yield json.dumps(record, ensure_ascii=False) if number % BAD else _bad(chance, record)


def _source(number: int) -> str:
    return f"report-{number}"


def _said(chance: random.Random, sources: int) -> Record:
    said: Record = {"source": _source(int(sources * chance.random() ** 2)), "locator": f"page {chance.randrange(400)}"}
    if chance.random() < 0.3:
        said |= {"confidence": chance.randrange(0, 101, 5), "summary": "What the page says, in our words."}
    return said


def _record(chance: random.Random, number: int, things: int) -> Record:
    if number < things:
        return _thing(chance, number)
    return chance.choice(_MADE)(chance, things)


def _thing(chance: random.Random, number: int) -> Record:
    record = {"kind": _kind(number), "id": f"thing-{number}", "name": f"{chance.choice(_NAMES)} {number}"}
    if record["kind"] == "Person":
        return record | {"position": "member of the board"}
    if record["kind"] == "Organization":
        return record | {"org_type": ["company", "registrar"], "country": "Freedonia"}
    return record | {"date": _day(chance), "killed": chance.randrange(5), "incident_type": "raid"}


def _kind(number: int) -> str:
    return ("Person", "Person", "Organization", "Person", "Incident")[number % 5]


def _end(chance: random.Random, things: int, places: tuple[int, ...]) -> str:
    return f"thing-{5 * int(things // 5 * chance.random() ** 1.5) + chance.choice(places)}"


def _works(chance: random.Random, things: int) -> Record:
    ends = {"from": _end(chance, things, (0, 1, 3)), "to": _end(chance, things, (2,))}
    return {"kind": "COOPERATES_WITH", **ends, "topic": "trade", "valid_from": _day(chance)[:7]}


def _member(chance: random.Random, things: int) -> Record:
    ends = {"from": _end(chance, things, (0, 1, 3)), "to": _end(chance, things, (2,))}
    return {"kind": "MEMBER_OF", **ends, "claimant": _end(chance, things, (0, 1, 3))}


def _website(chance: random.Random, things: int) -> Record:
    first, last = sorted((_day(chance), _day(chance)))
    return {"kind": "Website", "domain": _domain(chance, things), "first_seen": first, "last_seen": last}


def _resolution(chance: random.Random, things: int) -> Record:
    first, last = sorted((_day(chance), _day(chance)))
    ip = f"198.51.{chance.randrange(256)}.{chance.randrange(256)}"
    return {"kind": "Resolution", "domain": _domain(chance, things), "ip": ip, "first_seen": first, "last_seen": last}


def _registration(chance: random.Random, things: int) -> Record:
    owner = chance.randrange(max(things // 3, 1))
    return {
        "kind": "Registration",
        "domain": _domain(chance, things),
        "registrar": f"Registrar {chance.randrange(200)}",
        "registrant_email": f"owner{owner}@mail.example",
        "registrant_name": f"Owner {owner}",
        "created": _day(chance),
        "nameservers": [f"ns{n}.host{chance.randrange(300)}.example" for n in (1, 2)],
    }


def _tracker(chance: random.Random, things: int) -> Record:
    return {"kind": "Tracker", "domain": _domain(chance, things), "tracker": f"UA-{chance.randrange(things)}-1"}


_MADE: tuple[Callable[[random.Random, int], Record], ...] = (
    _works, _works, _works, _member, _website, _resolution, _resolution, _registration, _tracker,
)  # fmt: skip
_NAMES = ("Northern Trade", "Ana Petrović", "李明", "Harbour Watch", "Иван Петров", "O'Neill & Sons")


def _domain(chance: random.Random, things: int) -> str:
    return f"site{int(things * chance.random() ** 1.5)}.example"


def _day(chance: random.Random) -> str:
    return f"20{chance.randrange(10, 25)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"


def _bad(chance: random.Random, record: Record) -> str:
    how = chance.randrange(6)
    if how == 0:
        return json.dumps(record)[:-3]
    spoiled = (
        {"source": None},
        {"valid_from": "2014-02-30"},
        {"claimant": "nobody-at-all"},
        {"kind": "Persn"},
        {"colour": "blue"},
    )
    return json.dumps(record | spoiled[how - 1])
