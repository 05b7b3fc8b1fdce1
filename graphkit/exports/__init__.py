"""Hand-overs by format: those of a graph, and those of claims, which can be loaded back.

The first are functions from a redacted snapshot and node numbers to the file's bytes; the others yield the parts of
a file that, loaded into an empty store, makes the same claims, registers and graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from graphkit.exports.ftm import ftm
from graphkit.exports.gexf import gexf
from graphkit.exports.graphml import graphml
from graphkit.exports.html import html
from graphkit.exports.json import json
from graphkit.exports.records import records
from graphkit.exports.stix import stix
from graphkit.graph.handed import Handed
from graphkit.graph.snapshot import Snapshot
from graphkit.model.schema import Catalog

Export = Callable[[Snapshot, Sequence[int], Catalog], bytes]
Back = Callable[[Handed, Catalog], Iterator[bytes]]

EXPORTS: dict[str, Export] = {
    "html": html,
    "json": json,
    "graphml": graphml,
    "gexf": gexf,
}

BACK: dict[str, Back] = {
    "records": records,
    "stix": stix,
    "ftm": ftm,
}

ENDINGS: dict[str, str] = {
    **{name: f".{name}" for name in EXPORTS},
    "records": ".jsonl",
    "stix": ".stix.json",
    "ftm": ".ftm.jsonl",
}
"""How the files of all formats end."""

UNSEEN: dict[str, str] = {
    "ftm": "Only graphkit reads who says and who denies what, and things that are no entities there, such as sites.",
}
"""What readers elsewhere do not see of a file that is loaded back."""
