"""What is shown as a NetworkX graph whose every attribute is one plain value, for formats that know no lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graphkit.exports import wording
from graphkit.exports.shown import Shown
from graphkit.graph.snapshot import Snapshot
from graphkit.model import values
from graphkit.model.defanging import defang
from graphkit.model.schema import Catalog

if TYPE_CHECKING:
    import networkx as nx

TAKEN = frozenset(("id", "label", "pid", "start", "end", "parents", "slices", "spells", "viz", "weight", "type", "key"))
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOLD = (
    "support", "n_claims", "n_sources", "n_independent", "disputed", "spans", "first_seen", "last_seen", "sources",
    "claimants", "modalities",
)  # fmt: skip

Plain = dict[str, Any]


def flat(view: Snapshot, nodes: Sequence[int], catalog: Catalog) -> nx.MultiDiGraph[str]:
    """Return things by id and relations by id as key; lists are joined with `` | ``, what is unknown is left out.

    The graph has ``notice``, ``scope`` and ``store_version``. An attribute has one type in the whole graph.
    Web addresses are written so that nobody opens them by accident.
    """
    import networkx as nx

    shown = Shown(view, nodes)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        scope=cleaned(str(view.scope)), store_version=view.version, notice=notice(view)
    )
    things = _things(shown, catalog)
    links = [(row, _relation(row, shown, catalog)) for row in shown.relations.to_dicts()]
    _one_type_each(list(things.values()))
    _one_type_each([attributes for _, attributes in links])
    graph.add_nodes_from((_id(id_), attributes) for id_, attributes in things.items())
    for row, attributes in links:
        graph.add_edge(_id(row["from"]), _id(row["to"]), key=_id(row["id"]), **attributes)
    return graph


def notice(view: Snapshot) -> str:
    """Return what every file says of itself."""
    return " ".join(wording.notices(view))


def cleaned(words: str) -> str:
    """Return a text without the characters that XML forbids."""
    return _NO_XML.sub("", words)


def _id(id_: str) -> str:
    return _NO_XML.sub(lambda found: rf"\u{ord(found[0]):04x}", id_)


def _things(shown: Shown, catalog: Catalog) -> dict[str, Plain]:
    found: dict[str, Plain] = {row["id"]: _plain(row) for row in shown.things.to_dicts()}
    for kind, rows in shown.view.nodes.items():
        addresses = {prop.name for prop in catalog[kind].properties.values() if prop.type == "url"}
        for row in rows.iter_rows(named=True):
            if row["id"] in found:
                found[row["id"]] = _plain(row, addresses) | found[row["id"]]
    return found


def _relation(row: Mapping[str, Any], shown: Shown, catalog: Catalog) -> Plain:
    own = {prop.name: row[prop.name] for prop in catalog[row["type"]].properties.values() if prop.name in row}
    told = own | {name: row[name] for name in _TOLD}
    told["relation"] = row["type"]
    told["says"] = wording.phrase(row, catalog)
    told["alleged"] = wording.alleged(row, catalog)
    told["said_by"] = wording.speakers(row["claimants"], row["voices"], shown.called)
    told["cited"] = shown.cited(row["sources"])
    return _plain(told)


def _plain(row: Mapping[str, Any], addresses: set[str] | frozenset[str] = frozenset()) -> Plain:
    found: Plain = {}
    for name, value in row.items():
        if name == "id" or value is None or value == []:
            continue
        parts = value if isinstance(value, list) else [value]
        if name in addresses:
            parts = [defang(part) for part in parts]
        held = parts[0] if not isinstance(value, list) else values.BETWEEN.join(map(str, parts))
        found[f"{name}_" if name in TAKEN else name] = cleaned(held) if isinstance(held, str) else held
    return found


def _one_type_each(rows: Sequence[Plain]) -> None:
    """Write an attribute as text everywhere when some things have text and others a number in it."""
    types: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            types.setdefault(name, set()).add(type(value))
    mixed = {name: float if found <= {int, float} else str for name, found in types.items() if len(found) > 1}
    for row in rows:
        row |= {name: as_(row[name]) for name, as_ in mixed.items() if name in row}
