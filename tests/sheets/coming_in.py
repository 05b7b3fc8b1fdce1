"""What is wrong with a sheet in the store, as a careful analyst sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from graphkit import flow
from graphkit.errors import GraphkitError
from graphkit.last_used import LastUsed
from graphkit.model import interval
from graphkit.stores import Store
from tests.sheets.ugly import Expected, Ugly

_BY_ID = ("Domain", "Host", "Registration", "Identifier")
_NUMBERED = ("Incident", "Request", "ContentItem")
_SHOWN = 4


def wrongs(ugly: Ugly, store: Store, folder: Path) -> list[str]:
    """Map, correct and load a sheet as a user does, and return what is not as expected."""
    path = folder / ugly.name
    path.write_bytes(ugly.content())
    expected = ugly.expected
    try:
        asked = " ".join(asks for asks, _ in flow.sheet_preview(path, store.catalog).questions)
        made = flow.sheet_preview(path, store.catalog, None, expected.corrections)
        mapping = folder / "mapping.yaml"
        mapping.write_text(made.text, encoding="utf-8")
        files = flow.Files([path], store.catalog, mapping=flow.mapping(mapping, store.catalog))
        report = flow.load_files(store, files, "sheets", LastUsed(folder / "state"))
    except GraphkitError as problem:
        return [f"stops: {problem}"]
    found = [f"does not ask: {words}" for words in expected.asked if words not in asked]
    found += [f"asks without need: {asked}"] if asked and not expected.asked else []
    found += [f"still asks: {asks}" for asks, _ in made.questions]
    found += _told(expected, report)
    return [*found, *_graph(expected, store), *_kept(expected, store, report)]


def _told(expected: Expected, report: flow.LoadReport) -> Iterator[str]:
    told = "\n".join(
        [*report.notes, *report.warnings, *(f"{one.place}: {one.problem} {one.again}" for one in report.rejects)]
    )
    yield from (f"does not say what it left out: {words}" for words in expected.left_out if words not in told)
    yield from (f"does not refuse {name}" for name in expected.refused if name not in " ".join(report.refused_names))
    if report.rejected > expected.rejected:
        first = report.rejects[0]
        yield f"{report.rejected} rejects, such as {first.place}: {first.field}: {first.problem}"[:300]


def _kept(expected: Expected, store: Store, report: flow.LoadReport) -> Iterator[str]:
    """Yield the values that are kept somewhere and must not be."""
    nodes, relations = store.graph()
    tables = [store.claims(), relations, *nodes.values()]
    kept = "\n".join([*(str(table.to_dicts()) for table in tables), *(one.again for one in report.rejects)])
    yield from (f"keeps {value}" for value in expected.nowhere if value in kept)


def _graph(expected: Expected, store: Store) -> Iterator[str]:
    nodes, relations = store.graph()
    labels, rows, things = {}, {}, Counter[tuple[str, str]]()
    claimants = {line.partition("=")[2] for line in expected.corrections if line.startswith("claimant=")}
    for kind, table in nodes.items():
        for row in table.to_dicts():
            labels[row["id"]] = label = _label(kind, row, expected.things.get(kind, ()))
            rows[label] = row
            things[kind, label] += label not in claimants
    links = Counter[tuple[str, str]]()
    for row in relations.to_dicts():
        one, other = labels[row["from"]], labels[row["to"]]
        links[row["type"], f"{one} → {other}"] += 1
        rows[f"{one} {row['type']} {other}"] = row
    known = set(labels.values())
    wanted = ((kind, _slug(name, known)) for kind, names in expected.things.items() for name in names)
    yield from _differences(things, wanted, expected.may)
    tied = (
        (type_, f"{_slug(one, known)} → {_slug(other, known)}")
        for type_, pairs in expected.links.items()
        for one, other in pairs
    )
    yield from _differences(links, tied, expected.may)
    for label, values in expected.said.items():
        row = rows.get(_slug(label, known)) or {}
        yield from (
            f"{label}: {name} is {row.get(name)!r} and not {value!r}"
            for name, value in values.items()
            if not _alike(row.get(name), value)
        )


def _slug(name: str, known: set[str]) -> str:
    """Return a name as it is known: ids are in lower case."""
    return name.lower() if name.lower() in known else name


def _differences(
    found: Counter[tuple[str, str]], wanted: Iterable[tuple[str, str]], may: Iterable[str]
) -> Iterator[str]:
    expected = Counter(wanted)
    kept = Counter({key: count for key, count in found.items() if key[0] not in may or key in expected})
    for words, more in (("lacks", expected - kept), ("has besides", kept - expected)):
        for kind in sorted({kind for kind, _ in more}):
            names = sorted(name for one, name in more if one == kind)
            shown = "; ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
            yield f"{words} {kind}: {shown}"


def _label(kind: str, row: dict[str, Any], expected: Collection[str]) -> str:
    """Return what a thing is called here: by its id where that spells it, else by the name that is expected."""
    if kind in _BY_ID:
        return str(row["id"].partition(":")[2])
    if kind in _NUMBERED:
        return str(row["id"].rpartition(":")[2])
    if kind == "Statistic":
        return _amount(row)
    name = str(next((one for one in row.get("names") or () if one in expected), row.get("name") or row["id"]))
    return name.partition(",")[0] if kind == "Place" else name


def _amount(row: dict[str, Any]) -> str:
    low, high = row.get("amount_low"), row.get("amount_high")
    known = row.get("amount")
    return str(known) if known is not None else f"{'' if low is None else low}..{'' if high is None else high}"


def _alike(found: Any, expected: Any) -> bool:
    if expected is None:
        return found in (None, [])
    if isinstance(expected, list):
        return isinstance(found, list) and sorted(found) == sorted(expected)
    if isinstance(expected, int | float):
        return found is not None and float(found) == expected
    return found == expected or any(
        map(lambda one: _same_days(one, expected), found if isinstance(found, list) else [found])
    )


def _same_days(found: Any, expected: str) -> bool:
    """Say whether two dates mean the same days, and are both about or both not."""
    try:
        one, other = interval.parse(str(found)), interval.parse(expected)
    except ValueError:
        return False
    return (one.earliest, one.latest, "~" in str(found)) == (other.earliest, other.latest, "~" in expected)
