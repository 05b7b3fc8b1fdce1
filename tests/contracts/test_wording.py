"""What is only suspected, planned or too long for its line never reads as something else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from graphkit import flow
from graphkit.graph.scope import Scope
from graphkit.stores import Store


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([{"modality": "suspected"}], "cooperates with (suspected)"),
        ([{"modality": "alleged", "planned": True}], "cooperates with (alleged, planned)"),
        ([{"modality": "suspected"}, {"modality": "stated"}], "cooperates with"),
        ([{"planned": True}], "cooperates with (planned)"),
        ([{}], "cooperates with"),
    ],
)
def test_what_is_suspected_or_planned_never_reads_as_a_fact(
    store: Store, load: Any, said: list[dict[str, Any]], words: str
) -> None:
    load(
        store,
        {"kind": "Source", "id": "s", "name": "Ess", "cases": ["c"]},
        *({"kind": "Organization", "id": id_, "name": id_, "source": "s"} for id_ in ("one", "two")),
        *({"kind": "COOPERATES_WITH", "from": "one", "to": "two", "source": "s"} | how for how in said),
    )
    view = flow.snapshot(store, Scope(("c",)))
    assert f"<td>{words}</td>" in flow.export_graph(view, "html").decode()
    (relation,) = json.loads(flow.export_graph(view, "json"))["relations"]
    assert relation["says"] == words


def test_words_on_a_line_are_whole_or_absent(store: Store, load: Any) -> None:
    load(
        store,
        {"kind": "Source", "id": "s", "name": "Ess", "cases": ["c"]},
        *({"kind": "Organization", "id": id_, "name": id_, "source": "s"} for id_ in ("one", "two")),
        {"kind": "COOPERATES_WITH", "from": "one", "to": "two", "source": "s"},
        {"kind": "PART_OF", "from": "one", "to": "two", "source": "s"},
        {"kind": "ALIAS_OF", "from": "one", "to": "two", "source": "s", "modality": "suspected"},
    )
    view = flow.snapshot(store, Scope(("c",)))
    (edges,) = re.findall(r"edges = new vis\.DataSet\((.*?)\);", flow.export_graph(view, "html").decode(), re.S)
    labels = [edge["label"] for edge in json.loads(edges)]
    assert sum(label != " " for label in labels) == 1
    assert "is said to be the same as (suspected)" not in labels
