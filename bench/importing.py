"""How fast files of others get in, beside native records of the same facts, and how long a catalogue takes.

A part of ``make bench-load``.
"""

from __future__ import annotations

import csv
import json
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.process import Run, run

ROWS = 100_000
SMALL = 500
ORDER = "ABBABA"
"""A is the file of others, B are native records of the same facts; the first of each only warms up."""
ATTACK = Path(__file__).parents[2] / "shared" / "data" / "attack_ics" / "ics-attack.json"
_MAPPING = """\
source: {name: Register}
claimant: Registry
sheets:
  - records:
      body: {kind: Organization, id: {column: Number, id: organization}, name: Name, country: Country}
      person: {kind: Person, id: {column: Person, id: person}, name: Director}
      tie: {kind: EMPLOYED_BY, from: person, to: body, role: Role, valid_from: Since}
"""
HEAD = ("what", "time", "rows/s", "most memory", "rate beside native")
Made = Iterator[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A file of others, the arguments to load it with, the native file of the same facts, and how many rows it has."""

    what: str
    theirs: Sequence[str]
    native: Path
    rows: int


def measured(small: bool, folder: Path) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    rows = SMALL if small else ROWS
    found: list[tuple[str, ...]] = []
    for pair in (_whois(folder, rows), _sheet(folder, rows)):
        taken: dict[str, list[Run]] = {"A": [], "B": []}
        for name in "AB" if small else ORDER:
            taken[name].append(_load(pair.theirs if name == "A" else [str(pair.native)], folder))
        claims = {json.loads(one.printed)["new_claims"] for one in (*taken["A"], *taken["B"])}
        assert len(claims) == 1, f"{pair.what} and native records say different things"
        ours = _told(f"{pair.what} as native records", taken["B"], taken["B"], pair.rows)
        found += [ours, _told(pair.what, taken["A"], taken["B"], pair.rows)]
    if not ATTACK.exists():
        return [*found, ("ATT&CK ICS", "–", "left out: there is no ../shared/data/attack_ics", "–", "–")]
    return [*found, _catalogue(folder, small)]


def _catalogue(folder: Path, small: bool) -> tuple[str, ...]:
    """Return the row of a STIX bundle. Its seconds are those of the load itself, as the command reports them."""
    runs = [_load([str(ATTACK)], folder) for _ in range(1 if small else 3)]
    loads = [Run(json.loads(one.printed)["seconds"], one.memory, "") for one in runs]
    return _told("ATT&CK ICS, the load itself", loads, [], json.loads(runs[0].printed)["read"])


def _load(files: Sequence[str], folder: Path) -> Run:
    store = folder / "importing.kgl"
    store.unlink(missing_ok=True)
    return run("graphkit", "load", *files, "--store", str(store), "--case", "c", "--json")


def _told(what: str, taken: Sequence[Run], beside: Sequence[Run], rows: int) -> tuple[str, ...]:
    seconds, memory = (
        statistics.median(getattr(one, of) for one in taken[1:] or taken) for of in ("seconds", "memory")
    )
    native = statistics.median(one.seconds for one in beside[1:] or beside) if beside else None
    ratio = f"{native / seconds:.2f}" if native else "–"
    return (what, f"{seconds:.1f} s", f"{rows / seconds:,.0f}", f"{memory:,.0f} MiB", ratio)


def _written(path: Path, made: Made) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in made)
    return path


def _day(number: int) -> str:
    return str(date(2010, 1, 1) + timedelta(days=number % 5000))


def _whois(folder: Path, rows: int) -> _Pair:
    theirs = _written(folder / "answers.jsonl", map(_answer, range(rows)))
    native = _written(folder / "registrations.jsonl", _with_source("whois:answers.jsonl", _registration, rows))
    return _Pair("whois answers", [str(theirs)], native, rows)


def _with_source(id_: str, record: Callable[[int], dict[str, Any]], rows: int) -> Made:
    yield {"kind": "Source", "id": id_, "name": "answers.jsonl"}
    yield from ({**record(number), "source": id_} for number in range(rows))


def _answer(number: int) -> dict[str, Any]:
    return {
        "domain_name": f"SITE-{number}.EXAMPLE",
        "registrar": f"Registrar {number % 50}",
        "creation_date": f"{_day(number)} 00:00:00",
        "expiration_date": f"{_day(number + 365)[:4]}-12-31 00:00:00" if number % 5000 < 4000 else None,
        "name_servers": [f"NS{one}.HOST-{number % 900}.EXAMPLE" for one in (1, 2)],
        "org": f"Body {number % 7000}",
    }


def _registration(number: int) -> dict[str, Any]:
    answer = _answer(number)
    expires = answer["expiration_date"]
    return {
        "kind": "Registration",
        "domain": answer["domain_name"],
        "registrar": answer["registrar"],
        "created": answer["creation_date"][:10],
        "nameservers": answer["name_servers"],
        "registrant_org": answer["org"],
    } | ({"expires": expires[:10]} if expires else {})


def _sheet(folder: Path, rows: int) -> _Pair:
    theirs, mapping = folder / "register.csv", folder / "register.yaml"
    mapping.write_text(_MAPPING, encoding="utf-8")
    with theirs.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Number", "Name", "Country", "Person", "Director", "Role", "Since"])
        writer.writerows(map(_row, range(rows)))
    native = _written(folder / "register.jsonl", _native_rows(rows))
    return _Pair("sheet rows by a mapping", [str(theirs), "--mapping", str(mapping)], native, rows)


def _row(number: int) -> list[str]:
    person = number % 60_000
    named = [str(number), f"Works {number}", f"Land {number % 90}", str(person), f"Ada Number {person}"]
    return [*named, "clerk" if number % 3 else "chair", _day(number)]


def _native_rows(rows: int) -> Made:
    yield {"kind": "Source", "id": "register", "name": "Register"}
    yield {"kind": "Organization", "id": "registry", "name": "Registry", "source": "register"}
    for number in range(rows):
        row, name, country, person, director, role, since = _row(number)
        said = {"source": "register", "claimant": "registry", "locator": f"row {number + 2}"}
        body, who = f"register:organization:{row}", f"register:person:{person}"
        yield {"kind": "Organization", "id": body, "name": name, "country": country, **said}
        yield {"kind": "Person", "id": who, "name": director, **said}
        yield {"kind": "EMPLOYED_BY", "from": who, "to": body, "role": role, "valid_from": since, **said}
