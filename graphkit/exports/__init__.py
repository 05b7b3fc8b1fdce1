"""Hand-overs by format. Each is a function from a redacted snapshot and node numbers to the file's bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphkit.exports.gexf import gexf
from graphkit.exports.graphml import graphml
from graphkit.exports.html import html
from graphkit.exports.json import json
from graphkit.graph.snapshot import Snapshot
from graphkit.model.schema import Catalog

Export = Callable[[Snapshot, Sequence[int], Catalog], bytes]

EXPORTS: dict[str, Export] = {
    "html": html,
    "json": json,
    "graphml": graphml,
    "gexf": gexf,
}
