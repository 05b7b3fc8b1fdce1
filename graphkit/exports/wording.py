"""How relations, dates and marks are put into words, the same on screen, in tables and in files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graphkit.graph.snapshot import Snapshot
from graphkit.model import source as _source
from graphkit.model.schema import Catalog

INVENTED = _source.INVENTED
CAUTION = "Every statement is a claim of the sources named. Central in these records does not mean important or guilty."


def notices(view: Snapshot) -> list[str]:
    """Return what every hand-over says of itself."""
    return ([INVENTED] if view.invented else []) + [CAUTION]


def others(count: int) -> str:
    """Return a sentence on nodes beside graphkit's, which answers to Cypher may be made of."""
    return (
        f"Cypher also sees {plural(count, 'node')} here that graphkit did not write, without any source. "
        "WHERE n._since IS NOT NULL leaves them out."
    )


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called, by id, and who speaks in a source that names no claimant, by the source's id."""

    things: Mapping[str, str]
    voices: Mapping[str, str]


UNRATED = "not rated"
STANCES = {"denies": "denies", "retracts": "takes back"}


def called(view: Snapshot) -> Names:
    """Return what things and publishers are called in a snapshot."""
    things = view.things.select("id", "name").iter_rows()
    return Names(dict(things), voices(view.sources.iter_rows(named=True)))


def voices(sources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return who speaks in each source by itself: its publisher, else the source, by its title."""
    return {source["id"]: source["publisher"] or f"“{source['name'] or source['id']}”" for source in sources}


def phrase(relation: Mapping[str, Any], catalog: Catalog) -> str:
    """Return the words between the two ends of a relation, such as ``is said to be a member of``.

    What nobody states as a fact, or is announced for later, says so: ``cooperates with (suspected, planned)``.
    Allegations are worded as such already.
    """
    edge = catalog[relation["type"]].edge
    modalities = relation.get("modalities") or ["stated"]
    marks = [] if "stated" in modalities or alleged(relation, catalog) else list(modalities)
    marks += ["planned"] if relation.get("planned") else []
    return (edge.says if edge else relation["type"]) + (f" ({', '.join(marks)})" if marks else "")


def speakers(claimants: Iterable[str], sources: Iterable[str], names: Names) -> str:
    """Return who says a thing: the claimants by name, and the voices of sources that name none."""
    named = [names.things.get(claimant, claimant) for claimant in claimants]
    published = [names.voices.get(source, source) for source in sources]
    return ", ".join(dict.fromkeys([*named, *published]))


def speaker(claimant: str | None, source: str, names: Names) -> str:
    """Return who says one claim."""
    return speakers([claimant] if claimant else [], [] if claimant else [source], names)


def alleged(relation: Mapping[str, Any], catalog: Catalog) -> bool:
    """Say whether a relation is an allegation and must read as one."""
    return catalog.accusing(relation["type"], relation.get("from_kind", ""), relation.get("to_kind", ""))


def backing(relation: Mapping[str, Any]) -> str:
    """Return what a relation rests on: its support, always with the counts."""
    support = relation["support"]
    rated = UNRATED if support is None else f"support {support:.0f} of 100"
    disputed = ", disputed" if relation["disputed"] else ""
    apart = relation["n_independent"]
    copies = f" ({apart:,} independent)" if apart < relation["n_sources"] else ""
    counts = f"{plural(relation['n_claims'], 'claim')} in {plural(relation['n_sources'], 'source')}"
    return f"{rated}; {counts}{copies}{disputed}"


def plural(count: int, word: str) -> str:
    """Return a count with its word: 1 claim, 2 claims."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def size(count: int) -> str:
    """Return a number of bytes as one reads it: 512 bytes, 519 KB, 1.2 MB."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "KB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}" if count < 10 * unit else f"{count / unit:.0f} {name}"
    return plural(count, "byte")


def when(relation: Mapping[str, Any]) -> str:
    """Return when a relation is said to hold, as days, or an empty text."""
    return ", ".join(_days(*span.split("/")) for span in relation["spans"] or ())


def _days(start: str, end: str) -> str:
    """Put [start, end) into words; the end is shown as the last day in it.

    The first day of a year at the start, and the last one at the end, are shown as the year: most sources that lead
    there name no day.
    """
    last = "" if end == ".." else str(date.fromisoformat(end) - timedelta(days=1))
    begins, ends = start.removesuffix("-01-01"), last.removesuffix("-12-31")
    if start == "..":
        return f"until {ends}"
    if not last:
        return f"{begins} on"
    if begins == start or ends == last:
        return start if start == last else f"{begins} to {ends}"
    return begins if begins == ends else f"{begins} to {ends}"


def rating(confidence: object, credibility: object) -> str:
    """Return how sure a claim is in words: its confidence and its credibility, or that nobody rated it."""
    parts = [f"confidence {confidence} of 100"] if confidence not in (None, "") else []
    parts += [f"credibility {credibility}"] if credibility else []
    return ", ".join(parts) or UNRATED


def contradiction(conflict: Mapping[str, Any], names: Names, catalog: Catalog) -> str:
    """Return one line on what is contradicted: of what, and who says and who denies which value."""
    kind = catalog.kinds.get(conflict["property"])
    if kind and kind.edge:
        said = [f"{_WORD[stance]} by {who}" for (_, stance), who in _said(conflict, names, by_value=False)]
        return f"{question(conflict, names, catalog)}: {'; '.join(said)}"
    return f"{question(conflict, names, catalog)}: {_values(conflict, names)}"


def question(conflict: Mapping[str, Any], names: Names, catalog: Catalog) -> str:
    """Return what is contradicted, without the sides: a property of a thing or relation, or whether a relation is."""
    others = [value for value in conflict["values"] if value != conflict["subject"]]
    ends = [conflict["from"], conflict["to"]] if conflict.get("to") else [conflict["subject"], *others]
    subject, *far = (names.things.get(id_, id_) for id_ in ends)
    relation = catalog.kinds.get(conflict["property"])
    if relation and relation.edge:
        return f"Whether {subject} {relation.edge.says} {' or '.join(far)}"
    edge = catalog[conflict["kind"]].edge
    whose = f"{subject} {edge.says} {far[0]}" if edge and conflict.get("to") else subject
    return f"{whose}, {conflict['property'].replace('_', ' ')}"


def difference(conflict: Mapping[str, Any], names: Names) -> str:
    """Return which values of a property are given, and by whom, without the thing whose property it is."""
    return f"{conflict['property'].replace('_', ' ')}: {_values(conflict, names)}"


def _values(conflict: Mapping[str, Any], names: Names) -> str:
    given = [
        f"{'not ' if stance == 'denies' else ''}{value} ({who})"
        for (value, stance), who in _said(conflict, names, by_value=True)
    ]
    return " or ".join(given)


def stake(conflict: Mapping[str, Any]) -> str:
    """Return how much hangs on a contradiction, with the parts of the number."""
    parts = [f"{plural(conflict['linked'], 'thing')} next to it"]
    if conflict["cut_off"]:
        parts.append(f"{plural(conflict['cut_off'], 'thing')} that nothing else joins to the rest")
    parts.append(plural(conflict["n_independent"], "independent source"))
    return f"At stake: {conflict['at_stake']:,} ({', '.join(parts)})"


_WORD = {"asserts": "said", "reports": "reported", "denies": "denied"}


def _said(conflict: Mapping[str, Any], names: Names, by_value: bool) -> list[tuple[tuple[str, str], str]]:
    """Return who speaks, by value and stance."""
    parts = [conflict[f"said_{part}"] for part in ("values", "stances", "claimants", "sources")]
    groups: dict[tuple[str, str], list[str]] = {}
    for value, stance, claimant, source in zip(*parts, strict=True):
        alike = (value, "denies" if stance == "denies" else "asserts") if by_value else ("", stance)
        groups.setdefault(alike, []).append(speaker(claimant, source, names))
    ordered = groups.items() if by_value else sorted(groups.items(), key=lambda group: list(_WORD).index(group[0][1]))
    return [(alike, ", ".join(dict.fromkeys(who))) for alike, who in ordered]


def decided(decision: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return one line on a decision: by whom, when, what, why."""
    when = decision["when"][:16].replace("T", " ")
    return f"Decided by {decision['who']}, {when}: {_decision(decision, names)}. {decision['why']}"


def short(hash_: str) -> str:
    """Return as much of a hash, such as the id of a claim, as is shown and does to name it."""
    return hash_[:8]


def _claim(id_: str, names: Mapping[str, str]) -> str:
    return f"“{names[id_]}” ({short(id_)})" if id_ in names else short(id_)


def _decision(decision: Mapping[str, Any], names: Mapping[str, str]) -> str:
    action, ids = decision["action"], decision["about"]
    things = " and ".join(dict.fromkeys(f"{names[id_]} ({id_})" if id_ in names else id_ for id_ in ids))
    if action == "read":
        return f"'{decision['value']}' is read as '{decision['read_as']}'"
    if action == "merge":
        return f"{things} are one" + (f", kept as {decision['keep']}" if decision["keep"] else "")
    claims = ("claim " if len(ids) == 1 else "claims ") + " and ".join(_claim(id_, names) for id_ in ids)
    sentences = {
        "split": f"{things} are not one",
        "correct": f"claim {_claim(decision['by'] or '', names)} is in place of {claims}",
        "withdraw": f"{claims} withdrawn",
        "retract": f"source {things} retracted; nothing that it says counts",
        "watch": f"{things} watched",
        "undo": f"{things} undone",
    }
    return sentences[action]
