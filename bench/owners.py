"""How well real websites are linked by their names alone, and invented persons by theirs, where it is known who is who.

Run as ``python -m bench.owners``, and by ``make bench-identity``. Google's related website sets and Apple's shared
credentials say which sites one owner has; nothing else is known of those sites here, so that much cannot be found.
splink's thousand invented persons have typing errors. The lists lie beside the checkout, in ``../shared/data``; a row
without its list says so.
"""

from __future__ import annotations

import csv
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

from bench.identity import COLUMNS, Record, Truth, Worlds, loaded, ours, row
from bench.names import SCORERS, measured
from bench.worlds.score import scored

DATA = Path(__file__).parents[2] / "shared" / "data"
SETS = DATA / "related_website_sets" / "related_website_sets.JSON"
CREDENTIALS = DATA / "apple_shared_credentials" / "quirks"
PERSONS = DATA / "splink_fake1000" / "fake_1000.csv"
NAMES = ("what", "by", "bound", "F1", "precision", "recall")
_MEMBERS = ("associatedSites", "serviceSites")


def related_sets() -> list[set[str]]:
    """Return the domains of each related website set."""
    found = []
    for one in json.loads(SETS.read_text(encoding="utf-8"))["sets"]:
        addresses = [one["primary"], *(address for name in _MEMBERS for address in one.get(name, []))]
        addresses += [address for others in one.get("ccTLDs", {}).values() for address in others]
        found.append({urlsplit(address).hostname or "" for address in addresses})
    return found


def shared_credentials() -> list[set[str]]:
    """Return the domains that share credentials, or did."""
    found = []
    for name in ("shared-credentials.json", "shared-credentials-historical.json"):
        for one in json.loads((CREDENTIALS / name).read_text(encoding="utf-8")):
            found.append({domain for key in ("shared", "from", "to") for domain in one.get(key, [])})
    return found


def world(sets: Sequence[Iterable[str]]) -> tuple[list[Record], Truth]:
    """Return websites of which nothing is seen but their names, and whose they are."""
    truth = {domain: number for number, one in enumerate(sets) for domain in one}
    records: list[Record] = [{"kind": "Source", "id": "list", "name": "Websites of one owner"}]
    records += [{"kind": "Website", "domain": domain, "source": "list"} for domain in sorted(truth)]
    return records, truth


def same_name(truth: Mapping[str, int | None]) -> list[list[str]]:
    """Return groups of sites whose first label is the same, as a baseline."""
    found = defaultdict(list)
    for domain in sorted(truth):
        found[domain.partition(".")[0]].append(domain)
    return [group for group in found.values() if len(group) > 1]


LISTS: dict[str, tuple[Path, Callable[[], Sequence[Iterable[str]]]]] = {
    "related website sets, names alone": (SETS, related_sets),
    "shared credentials, names alone": (CREDENTIALS, shared_credentials),
}


def websites() -> list[tuple[str, ...]]:
    """Return the rows of each list of real websites: of graphkit, and of the same name under several endings."""
    rows = []
    for name, (path, sets) in LISTS.items():
        if not path.exists():
            rows.append((name, "left out: the list is not there", *["–"] * (len(COLUMNS) - 2)))
            continue
        listed = world(sets())
        with tempfile.TemporaryDirectory() as folder:
            case = loaded(Worlds(name, [0], lambda _, listed=listed: listed), 0, Path(folder))
        rows.append((name, "graphkit", *row([ours(case)[0]])))
        rows.append((name, "same name", *row([scored(case.truth, same_name(case.truth), [])])))
    return rows


def persons() -> list[tuple[str, ...]]:
    """Return a row for each way of comparing names, on pairs of one person and as many that share one word."""
    if not PERSONS.is_file():
        return [("invented persons", "left out: the list is not there", *["–"] * (len(NAMES) - 2))]
    with PERSONS.open(encoding="utf-8", newline="") as file:
        people = [person for person in csv.DictReader(file) if person["first_name"] and person["surname"]]
    named = [(f"{one['first_name']} {one['surname']}", one["cluster"]) for one in people]
    pairs = list(combinations(named, 2))
    same = [(a[0], b[0]) for a, b in pairs if a[1] == b[1]]
    apart = [(a[0], b[0]) for a, b in pairs if a[1] != b[1] and set(a[0].split()) & set(b[0].split())]
    some = random.Random(1).sample(apart, min(len(apart), len(same)))
    true = [True] * len(same) + [False] * len(some)
    what = f"invented persons, {len(same):,} pairs of one and {len(some):,} that share a word"
    return [(what, by, *measured(by, scorer, [*same, *some], true)) for by, scorer in SCORERS.items()]


def main() -> None:
    """Print both tables."""
    for head, rows in ((COLUMNS, websites()), (NAMES, persons())):
        print("", *(f"| {' | '.join(one)} |" for one in (head, ("---",) * len(head), *rows)), sep="\n")


if __name__ == "__main__":
    main()
