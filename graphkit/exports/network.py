"""The one builder of pictures: a pyvis network that the app draws and the HTML export carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graphkit.exports import palette, wording
from graphkit.graph.layout import layout
from graphkit.graph.snapshot import Snapshot
from graphkit.model.schema import Catalog

if TYPE_CHECKING:
    from pyvis.network import Network

LABELLED = 150
EDGE_LABELS = 45
_LABEL = 22
APART = 180.0

Point = tuple[float, float]


def network(
    view: Snapshot, nodes: Sequence[int], catalog: Catalog, placed: Mapping[str, Point] | None = None
) -> Network:
    """Return a pyvis network of these node numbers and the relations among them, at fixed coordinates.

    Things in ``placed`` (id to x, y) stay where they are; only the others are laid out. Nothing moves by
    itself: physics is off.
    """
    from pyvis.network import Network

    nodes = sorted(nodes)
    rows = view.entities[nodes].to_dicts()
    relations = view.between(nodes).to_dicts()
    number = {row["id"]: place for place, row in enumerate(rows)}
    points = _points(rows, [(number[r["from"]], number[r["to"]]) for r in relations], placed or {})
    degree = Counter(end for r in relations for end in (r["from"], r["to"]))
    named = {id_ for id_, _ in degree.most_common(LABELLED)} if len(rows) > LABELLED else set(number)
    picture = Network(directed=True, height="100%", width="100%", cdn_resources="in_line")
    for row, (x, y) in zip(rows, points, strict=True):
        label = short(row["name"]) if row["id"] in named else " "
        picture.add_node(
            row["id"],
            label=label,
            x=float(x),
            y=float(y),
            **_node(row, degree[row["id"]], len(rows) > LABELLED),
        )
    names = {row["id"]: row["name"] for row in rows}
    picture.edges = [_edge(relation, names, catalog, len(relations) <= EDGE_LABELS) for relation in relations]
    picture.set_options(OPTIONS)
    return picture


def _points(rows: list[dict[str, Any]], edges: list[tuple[int, int]], placed: Mapping[str, Point]) -> list[Point]:
    if rows and all(row["id"] in placed for row in rows):
        return [placed[row["id"]] for row in rows]
    fresh = [(float(x), float(y)) for x, y in layout(len(rows), edges)]
    if not placed:
        return fresh
    beside: dict[int, list[int]] = {}
    for a, b in edges:
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    kept = {place: placed[row["id"]] for place, row in enumerate(rows) if row["id"] in placed}
    below = max((y for _, y in kept.values()), default=0.0) + APART
    while len(kept) < len(rows):
        found = [(place, other) for place in range(len(rows)) if place not in kept for other in beside.get(place, ())]
        reached = {place: other for place, other in found if other in kept}
        if not reached:
            reached = {place: place for place in range(len(rows)) if place not in kept}
        kept |= {place: _near(place, anchor, kept, fresh, below) for place, anchor in reached.items()}
    return [kept[place] for place in range(len(rows))]


def _near(place: int, anchor: int, kept: Mapping[int, Point], fresh: Sequence[Point], below: float) -> Point:
    """Return a place near an anchor, in the direction the fresh layout gives it; without one, below everything."""
    x, y = fresh[place]
    if anchor not in kept:
        return x / 2, below + y / 4
    dx, dy = x - fresh[anchor][0], y - fresh[anchor][1]
    length = max((dx * dx + dy * dy) ** 0.5, 1.0)
    reach = min(max(length, APART / 2), APART)
    return kept[anchor][0] + dx / length * reach, kept[anchor][1] + dy / length * reach


def short(name: str) -> str:
    """Return a name as it fits beside a node."""
    return name if len(name) <= _LABEL else name[: _LABEL - 1].rstrip() + "…"


def _node(row: Mapping[str, Any], degree: int, crowded: bool) -> dict[str, Any]:
    disputed = row["disputed"]
    claims = f"{wording.plural(row['n_claims'], 'claim')} in {wording.plural(row['n_sources'], 'source')}"
    marks = f"\nDisputed: {', '.join(disputed)}" if disputed else ""
    kind_colour = palette.colour(row["kind"])
    return {
        "shape": palette.shape(row["kind"]),
        "size": 11 + min(degree, 25) ** 0.5 * 4,
        "color": {"background": kind_colour, "border": palette.DISPUTED if disputed else kind_colour},
        "borderWidth": 3 if disputed else 1,
        "font": {"size": 14 if crowded else 17},
        "title": f"{row['name']}\n{row['kind']}; {claims}{marks}",
    }


def _edge(relation: Mapping[str, Any], names: Mapping[str, str], catalog: Catalog, labelled: bool) -> dict[str, Any]:
    says, alleged = wording.phrase(relation, catalog), wording.alleged(relation, catalog)
    start, end = names[relation["from"]], names[relation["to"]]
    tone = palette.DISPUTED if relation["disputed"] else palette.ALLEGED if alleged else palette.NEUTRAL
    held = wording.when(relation)
    lines = [f"{start} {says} {end}", wording.backing(relation), held, "An allegation." if alleged else ""]
    edge = catalog[relation["type"]].edge
    return {
        "id": relation["id"],
        "from": relation["from"],
        "to": relation["to"],
        "title": "\n".join(line for line in lines if line),
        "label": (says + (" (disputed)" if relation["disputed"] else "")) if labelled else " ",
        "color": {"color": tone, "highlight": tone, "hover": tone},
        "dashes": alleged or relation["disputed"],
        "width": 1.4 if relation["support"] is None else 1 + relation["support"] / 40,
        "arrows": "" if edge and edge.symmetric else "to",
    }


OPTIONS = """{
  "physics": {"enabled": false},
  "layout": {"improvedLayout": false},
  "interaction": {"hover": true, "multiselect": true, "tooltipDelay": 120, "hideEdgesOnDrag": false,
                  "hideEdgesOnZoom": true, "keyboard": {"enabled": true, "bindToWindow": false}},
  "nodes": {"font": {"size": 14, "face": "sans-serif", "strokeWidth": 4}},
  "edges": {"smooth": false, "selectionWidth": 1.5, "hoverWidth": 0.5,
            "arrows": {"to": {"scaleFactor": 0.55}},
            "font": {"size": 10, "face": "sans-serif", "align": "middle", "strokeWidth": 3}}
}"""
