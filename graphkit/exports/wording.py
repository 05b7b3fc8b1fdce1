"""How relations, dates and marks are put into words, the same on screen, in tables and in files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from graphkit.model.schema import Catalog

INVENTED = "INVENTED DATA: nothing in this case is about real people, groups or websites."
CAUTION = "Every statement is a claim of the sources named. Central in these records does not mean important or guilty."
STANCES = {"denies": "denies", "retracts": "takes back"}


def phrase(relation: Mapping[str, Any], catalog: Catalog) -> str:
    """Return the words between the two ends of a relation, such as ``is said to be a member of``."""
    edge = catalog[relation["type"]].edge
    return edge.says if edge else relation["type"]


def speakers(claimants: Iterable[str | None], publishers: Iterable[str | None], names: Mapping[str, str]) -> str:
    """Return who says a thing: the claimants by name, else who published it, else the source itself."""
    named = [names.get(claimant, claimant) for claimant in claimants if claimant]
    published = [publisher for publisher in publishers if publisher]
    return ", ".join(dict.fromkeys(named or published)) or "the source itself"


def alleged(relation: Mapping[str, Any], catalog: Catalog) -> bool:
    """Say whether a relation is an allegation and must read as one."""
    return catalog.accusing(relation["type"], relation["from_kind"], relation["to_kind"])


def backing(relation: Mapping[str, Any]) -> str:
    """Return what a relation rests on: its support, always with the counts."""
    support = relation["support"]
    rated = "not rated" if support is None else f"support {support:.0f} of 100"
    disputed = ", disputed" if relation["disputed"] else ""
    return f"{rated}; {plural(relation['n_claims'], 'claim')} in {plural(relation['n_sources'], 'source')}{disputed}"


def plural(count: int, word: str) -> str:
    """Return a count with its word: 1 claim, 2 claims."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def when(relation: Mapping[str, Any]) -> str:
    """Return when a relation is said to hold, as days, or an empty text."""
    return ", ".join(_days(*span.split("/")) for span in relation["spans"] or ())


def _days(start: str, end: str) -> str:
    """Put [start, end) into words; the end is shown as the last day in it."""
    last = "" if end == ".." else str(date.fromisoformat(end) - timedelta(days=1))
    if start == "..":
        return f"until {last}"
    if not last:
        return f"{start} on"
    return start if start == last else f"{start} to {last}"


def contradiction(conflict: Mapping[str, Any], names: Mapping[str, str], catalog: Catalog) -> str:
    """Return one line on what is contradicted: of what, which values, by how many claims in how many sources."""
    subject = names.get(conflict["subject"], conflict["subject"])
    counts = f"{plural(conflict['n_claims'], 'claim')} in {plural(conflict['n_sources'], 'source')}"
    kind = catalog.kinds.get(conflict["property"])
    if kind and kind.edge:
        others = [value for value in conflict["values"] if value != conflict["subject"]]
        ends = " or ".join(names.get(value, value) for value in others)
        return f"Whether {subject} {kind.edge.says} {ends} ({counts})"
    return f"{subject}, {conflict['property'].replace('_', ' ')}: {' or '.join(conflict['values'])} ({counts})"


def decided(decision: Mapping[str, Any]) -> str:
    """Return one line on a decision: by whom, when, what, why."""
    reading = f"'{decision['value']}' is read as '{decision['read_as']}'"
    return f"Decided by {decision['who']}, {decision['when']}: {reading}. {decision['why']}"
