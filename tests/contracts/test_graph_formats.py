"""What graph programs open says the same as the snapshot, whatever stands in it."""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from graphkit import flow
from graphkit.exports import EXPORTS, flat, palette, wording
from graphkit.graph.redact import redacted
from graphkit.graph.snapshot import Snapshot
from graphkit.stores import Store
from tests.contracts.test_exports import READ, edges

ODD = 'a\ttab, "quotes", <tags> & entities;\u2028 separators, \ufffe no character, 昆明 and 𝔄'


def test_every_format_that_is_no_page_and_no_json_has_a_reader() -> None:
    assert set(READ) == set(EXPORTS) - {"html", "json"}


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("case", ["article", "invented"])
def test_a_graph_program_reads_the_snapshot(name: str, case: str, article: Snapshot, invented: Snapshot) -> None:
    view = {"article": article, "invented": invented}[case]
    hidden, _ = redacted(view)
    graph = READ[name](flow.export_graph(view, name))
    assert {id_: (node["kind"], node["name"], node["label"]) for id_, node in graph.nodes(data=True)} == {
        row["id"]: (row["kind"], row["name"], row["name"]) for row in hidden.entities.to_dicts()
    }
    told = {id_: (a, b, data) for a, b, id_, data in edges(graph)}
    called = wording.called(hidden)
    rows = {row["id"]: row for row in hidden.relations.to_dicts()}
    assert told.keys() == rows.keys()
    for id_, row in rows.items():
        start, end, said = told[id_]
        assert (start, end, said["relation"]) == (row["from"], row["to"], row["type"])
        assert said["says"] == wording.phrase(row, flow.catalog())
        assert (said["disputed"], said["n_claims"], said["n_independent"]) == (
            row["disputed"], row["n_claims"], row["n_independent"],
        )  # fmt: skip
        assert said.get("support") == (None if row["support"] is None else pytest.approx(row["support"]))
        assert said.get("sources", "").split(" | ") == row["sources"]
        assert said["said_by"] == wording.speakers(row["claimants"], row["voices"], called)
        assert (said.get("first_seen"), said.get("last_seen")) == (row["first_seen"], row["last_seen"])


def test_gexf_colours_by_kind_places_things_and_holds_no_date_of_making(article: Snapshot) -> None:
    content = flow.export_graph(article, "gexf")
    graph = READ["gexf"](content)
    places = set()
    for _, node in graph.nodes(data=True):
        colour = node["viz"]["color"]
        assert f"#{colour['r']:02x}{colour['g']:02x}{colour['b']:02x}" == palette.colour(node["kind"])
        places.add((node["viz"]["position"]["x"], node["viz"]["position"]["y"]))
    assert len(places) == len(graph)
    assert date.today().isoformat().encode() not in content[:600]


@pytest.mark.parametrize("name", READ)
def test_any_text_arrives_as_it_was_less_what_xml_forbids(store: Store, load: Any, name: str) -> None:
    load(
        store,
        {"kind": "Source", "id": "s", "name": "S", "cases": ["c"]},
        {"kind": "Person", "id": "p <&>\"' \ufffe", "name": ODD, "statement": [ODD, "second"], "source": "s"},
        {"kind": "Organization", "id": "o", "name": "O", "source": "s"},
        {"kind": "Organization", "id": "label", "name": "pid", "source": "s"},
        {"kind": "EMPLOYED_BY", "from": "p <&>\"' \ufffe", "to": "o", "role": ODD, "source": "s"},
        {"kind": "ContentItem", "id": "x", "url": "https://bad.example/a.b", "source": "s"},
    )
    graph = READ[name](flow.export_graph(flow.snapshot(store, flow.Scope(("c",))), name))
    wanted = ODD.replace("\ufffe", "")
    person = graph.nodes["p <&>\"' \\ufffe"]
    assert person["label"] == person["name"] == wanted
    assert person["statement"] == f"{wanted} | second"
    ((start, end, _, relation),) = edges(graph)
    assert (start, end, relation["role"]) == ("p <&>\"' \\ufffe", "o", wanted)
    assert graph.nodes["x"]["url"] == "hxxps://bad[.]example/a[.]b"


@pytest.mark.parametrize("name", READ)
def test_the_file_is_xml_and_says_scope_and_caution(invented: Snapshot, name: str) -> None:
    content = flow.export_graph(invented, name)
    assert ElementTree.fromstring(content) is not None
    for words in (wording.INVENTED, wording.CAUTION, "invented", invented.version):
        assert words in content.decode()
    if name == "graphml":
        said = READ[name](content).graph
        assert said["notice"] == f"{wording.INVENTED} {wording.CAUTION}"
        assert (said["scope"], said["store_version"]) == ("invented", invented.version)


def test_an_attribute_with_text_here_and_a_number_there_is_text_everywhere() -> None:
    rows: list[dict[str, Any]] = [{"a": 1, "b": 1, "c": True}, {"a": 1.5, "b": "x", "c": False}]
    flat._one_type_each(rows)
    assert rows == [{"a": 1.0, "b": "1", "c": True}, {"a": 1.5, "b": "x", "c": False}]
