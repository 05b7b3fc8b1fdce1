"""The picture: built by pyvis, drawn by the vis-network that pyvis carries, inside the page itself."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import streamlit as st

from graphkit import flow
from graphkit.exports import palette, wording
from graphkit.exports.network import short
from graphkit.graph.redact import unnamed
from graphkit.graph.snapshot import Snapshot

_VIS = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
_HERE = files("graphkit.ui")


def _script() -> str:
    """Return our script after vis-network, which gets a ``module`` of its own to put its exports into."""
    library = _VIS.read_text(encoding="utf-8").partition("//# sourceMappingURL")[0]
    own = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("labels.js", "saved.js", "canvas.js"))
    return (
        "\nconst visModule = { exports: {} };\n(function (module, exports) {\n"
        f"{library}\n}})(visModule, visModule.exports);\nconst vis = visModule.exports;\n{own}"
    )


_component = st.components.v2.component(
    "graphkit_canvas", js=_script(), css="\n" + (_HERE / "canvas.css").read_text(encoding="utf-8")
)

Chosen = dict[str, str | None]
NOTHING: Chosen = {"node": None, "edge": None}


def clicked() -> Chosen:
    """Return what was clicked last in the picture, known before it is drawn."""
    state = st.session_state.get("canvas")
    return (state.selected if state else None) or NOTHING


def stands() -> bool:
    """Say whether the picture was there already before this run of the page, as it is not just after it is opened."""
    return "canvas" in st.session_state


def draw(
    view: Snapshot,
    ids: Sequence[str],
    selected: Chosen,
    placed: Mapping[str, tuple[float, float]],
    key: str = "canvas",
) -> Any:
    """Draw things of a snapshot; return the component's state: ``selected`` and the trigger ``expand``.

    ``key`` tells pictures on several pages apart. The picture is only drawn anew when what it shows changes, and then
    what was there stays where it was.
    """
    nodes, edges, options = flow.picture(view, ids, placed)
    named, scope = unnamed(view, ids)
    labels = {id_: short(name) for id_, name in zip(ids, named, strict=True)}
    for node in nodes:
        if node["label"].strip() and node["label"] != labels[node["id"]]:
            node["unnamed"] = labels[node["id"]]
    kinds = Counter(view.entities["kind"].gather([view.number(id_) for id_ in ids]).to_list())
    legend = [
        {"glyph": palette.glyph(kind), "colour": palette.colour(kind), "label": f"{kind} {count}"}
        for kind, count in kinds.most_common()
    ]
    legend += _marks(nodes, edges)
    data = {
        "nodes": nodes,
        "edges": edges,
        "options": options,
        "legend": legend,
        "selected": selected,
        "relaid": not placed,
        "label": f"Graph of {wording.plural(len(nodes), 'thing')} and {wording.plural(len(edges), 'relation')}",
        "name": str(scope),
        "strip": [f"Case {scope}", *([wording.INVENTED] if view.invented else []), wording.CAUTION],
    }
    drawn = json.dumps([nodes, edges, not placed], sort_keys=True)
    data["rev"] = hashlib.blake2b(drawn.encode(), digest_size=8).hexdigest()
    return _component(
        key=key,
        data=data,
        height=640,
        default={"selected": NOTHING},
        on_selected_change=lambda: None,
        on_expand_change=lambda: None,
    )


def _marks(nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return what the lines and outlines in the picture mean, of those that are in it."""
    lines = {edge["color"]["color"] for edge in edges}
    outlines = {node["color"]["border"] for node in nodes}
    marks = [
        (palette.ALLEGED in lines, "┄", palette.ALLEGED, "alleged relation"),
        (palette.DISPUTED in lines, "┄", palette.DISPUTED, "disputed relation"),
        (palette.DISPUTED in outlines, "○", palette.DISPUTED, "outline: disputed thing"),
    ]
    return [{"glyph": glyph, "colour": colour, "label": label} for there, glyph, colour, label in marks if there]
