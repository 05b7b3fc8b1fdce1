"""Graphs that other programs drew: what becomes what, who says it, what is refused and what is lost."""

import json

import pytest

from tests.graphs import PEOPLE, claims, edge, gexf, graphml, loader, node, rejected, said

P = "graph:net.graphml"
G = "graph:net.gexf"


@pytest.fixture
def load(tmp_path):
    return loader(tmp_path)


@pytest.mark.parametrize(
    ("told", "kind", "wanted"),
    [
        ({"kind": "Person", "label": "Ada"}, "Person", {("name", "Ada")}),
        ({"type": "person", "name": "Ada"}, "Person", {("name", "Ada")}),
        ({"Type": "PERSON", "Label": "Ada", "Name": "Ada Venn"}, "Person", {("name", "Ada"), ("name", "Ada Venn")}),
        ({"kind": "Organization"}, "Organization", {("name", "n1")}),
        ({"kind": "Group", "type": "crew", "label": "M"}, "Group", {("name", "M")}),
        ({"type": "ministry", "kind": "Organization"}, "Organization", {("name", "n1"), ("org_type", "ministry")}),
        ({"kind": "boat", "label": "B"}, "Concept", {("name", "B"), ("concept_type", "boat")}),
        ({"label": "B", "description": "grey"}, "Concept", {("name", "B"), ("description", "grey")}),
        ({"kind": "Person", "label": "A", "description": "grey"}, "Person", {("name", "A"), ("statement", "grey")}),
        ({"kind": "Place", "label": "P", "latitude": "1.5"}, "Place", {("name", "P"), ("latitude", "1.5")}),
        ({"kind": "Incident", "label": "I", "Killed": "29.0"}, "Incident", {("name", "I"), ("killed", "29")}),
        ({"kind": "Identifier", "label": "x@y.example"}, "Identifier", {("value", "x@y.example")}),
        ({"kind": "Registration", "label": "R"}, "Concept", {("name", "R"), ("concept_type", "Registration")}),
        ({"kind": "Source", "label": "S"}, "Concept", {("name", "S"), ("concept_type", "Source")}),
        ({"kind": "EMPLOYED_BY", "label": "E"}, "Concept", {("name", "E"), ("concept_type", "EMPLOYED_BY")}),
        ({"kind": "Content item", "status": "online"}, "ContentItem", {("name", "n1"), ("status", "online")}),
    ],
)  # fmt: skip
def test_a_node_is_a_thing_of_the_kind_that_it_names_else_a_concept_with_its_word(load, told, kind, wanted):
    batch, _ = load(graphml(node("n1", **told)))
    assert said(batch) == {(f"{P}:n1", *pair) for pair in wanted}
    assert set(batch.claims["kind"]) == {kind}


@pytest.mark.parametrize(
    ("told", "id_", "kind"),
    [
        ({"kind": "Domain", "label": "Port.Example."}, "domain:port.example", "Domain"),
        ({"kind": "domain", "label": "The port", "domain": "port.example"}, "domain:port.example", "Domain"),
        ({"kind": "Host", "label": "2001:DB8::0"}, "host:2001:db8::", "Host"),
        ({"kind": "Website", "label": "port.example"}, "website:port.example", "Website"),
    ],
)
def test_an_observable_has_the_id_of_its_value_and_edges_find_it(load, told, id_, kind):
    batch, _ = load(graphml(edge("b", "n", type="is about") + node("n", **told) + node("b", label="B")))
    assert rejected(batch) == []
    assert (f"{P}:b", "RELATED_TO", id_) in said(batch)
    assert kind in set(batch.claims["kind"])


def test_a_value_that_is_none_is_rejected_with_its_field_and_so_is_what_points_at_it(load):
    batch, _ = load(graphml(node("n", kind="Host", label="not an address") + "\n" + node("b") + "\n" + edge("b", "n")))
    assert rejected(batch)[0].startswith("net.graphml:1: ip: is not an IP address or range")
    assert rejected(batch)[1].startswith(f"net.graphml:3: to: '{P}:n' names nothing in this load")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (edge("a", "o", type="EMPLOYED_BY"), ("a", "EMPLOYED_BY", "o")),
        (edge("a", "o", label="employed by"), ("a", "EMPLOYED_BY", "o")),
        (edge("a", "o", relation="Employed-By", label="since spring"), ("a", "EMPLOYED_BY", "o")),
        (edge("o", "a", directed=False, type="EMPLOYED_BY"), ("a", "EMPLOYED_BY", "o")),
        (edge("a", "o", type="MEMBER_OF"), ("a", "MEMBER_OF", "o")),
        (edge("o", "a", directed=False, type="cooperates with"), ("o", "COOPERATES_WITH", "a")),
        (edge("o", "a", type="EMPLOYED_BY"), ("o", "RELATED_TO", "a")),
        (edge("a", "o", type="RESOLVES_TO"), ("a", "RELATED_TO", "o")),
        (edge("a", "o", type="Person"), ("a", "RELATED_TO", "o")),
        (edge("a", "o"), ("a", "RELATED_TO", "o")),
    ],
)  # fmt: skip
def test_an_edge_is_the_relation_that_it_names_when_its_ends_fit_else_related_to(load, given, wanted):
    batch, _ = load(graphml(PEOPLE + given), claimant=f"{P}:o")
    assert rejected(batch) == []
    links = batch.claims.filter(batch.claims["object_kind"].is_not_null())
    assert links.select("subject", "property", "value").rows() == [(f"{P}:{wanted[0]}", wanted[1], f"{P}:{wanted[2]}")]


def test_an_edge_without_a_direction_of_which_the_relation_has_one_is_related_to(load):
    given = (
        node("o", kind="Organization") + node("p", kind="Organization") + edge("o", "p", directed=False, type="OWNS")
    )
    links = {claim for claim in said(load(graphml(given))[0]) if claim[1].isupper()}
    assert links == {(f"{P}:o", "RELATED_TO", f"{P}:p")}


def test_the_words_of_an_edge_that_is_no_kind_of_relation_stand_beside_it(load):
    batch, _ = load(graphml(node("b") + node("c") + edge("b", "c", type="family", label="brother of")))
    words = batch.claims.filter(batch.claims["property"] == "relationship")
    assert sorted(words["value"]) == ["brother of", "family"]


def test_fields_of_a_relation_and_its_dates_are_taken(load):
    told = {"type": "EMPLOYED_BY", "role": "clerk", "valid_from": "2019", "description": "in our words"}
    batch, notes = load(graphml(PEOPLE + edge("a", "o", **told)))
    (link, role) = (one for one in claims(batch) if one["valid_from"])
    assert {link["property"], role["property"]} == {"EMPLOYED_BY", "role"}
    assert (link["valid_from"], link["summary"]) == ("2019", "in our words")
    assert notes == ["net.graphml: read as GraphML."]


def test_edges_may_come_before_their_nodes(load):
    batch, _ = load(graphml(edge("a", "o", type="EMPLOYED_BY") + PEOPLE))
    assert (f"{P}:a", "EMPLOYED_BY", f"{P}:o") in said(batch)


def test_every_claim_has_the_source_the_claimant_and_where_it_stands(load):
    content = graphml(PEOPLE + '<edge id="e" source="a" target="o"/>' + edge("o", "a"))
    batch, _ = load(content, claimant=f"{P}:o")
    assert set(batch.claims["source"]) == {P}
    assert set(batch.claims["claimant"]) == {f"{P}:o"}
    assert set(batch.claims["locator"]) == {"node a", "node o", "edge e", "edge from o to a"}
    assert set(batch.claims["modality"]) == {"stated"}
    assert batch.claims["confidence"].null_count() == len(batch.claims)
    batch, _ = load(content, source="s", claimant="me", known={"s": "Source", "me": "Person"})
    assert set(batch.claims["source"]) == {"s"}
    assert batch.registers["Source"].is_empty()


def test_an_allegation_needs_somebody_who_makes_it(load):
    batch, _ = load(graphml(PEOPLE + "\n" + edge("a", "o", type="MEMBER_OF") + "\n" + edge("a", "o")))
    assert rejected(batch) == [
        "net.graphml:2: claimant: is missing; MEMBER_OF is an allegation and must say who makes it",
        "net.graphml:3: claimant: is missing; RELATED_TO is an allegation and must say who makes it",
    ]


def test_the_source_is_named_by_the_file_and_says_what_the_file_says_of_itself(load):
    head = '<meta lastmodifieddate="2024-05-06"><creator>Gephi</creator><description>Boats</description></meta>'
    batch, _ = load(gexf('<node id="1"/>', head=head), "net.gexf")
    (source,) = batch.registers["Source"].to_dicts()
    assert (source["id"], source["name"]) == (G, "net.gexf")
    assert source["note"] == "Boats Made by Gephi. Last modified 2024-05-06."
    batch, notes = load(
        graphml('<data key="name">Boats</data><data key="religion">SECRET</data><data key="x">1</data>')
    )
    (source,) = batch.registers["Source"].to_dicts()
    assert source["name"] == "Boats"
    assert batch.refused_names == ["religion"]
    assert notes[1] == "net.graphml: no place here for x (1)."


def test_refused_fields_are_counted_and_their_values_are_nowhere(load):
    told = {"kind": "Person", "label": "Ada", "gender": "SECRET", "Ethnic group": "SECRET", "passport": "SECRET"}
    content = graphml(
        node("a", **told) + node("b", kind="Person", religion="SECRET") + edge("a", "b", politics="SECRET")
    )
    batch, notes = load(content)
    assert (batch.refused_fields, batch.refused_names) == (
        5,
        ["Ethnic group", "gender", "passport", "politics", "religion"],
    )
    kept = [notes, rejected(batch), [reject.again for reject in batch.rejects], claims(batch)]
    assert "SECRET" not in json.dumps(kept, default=str)
    assert len(batch.rejects) == 1


def test_refused_values_with_times_of_their_own_are_refused_too(load):
    values = '<attvalues><attvalue for="gender" value="SECRET" start="2001"/></attvalues>'
    batch, _ = load(gexf(f'<node id="1">{values}</node>'), "net.gexf")
    assert (batch.refused_names, rejected(batch)) == (["gender"], [])
    assert "SECRET" not in json.dumps([claims(batch), batch.warnings], default=str)


def test_what_has_no_place_is_counted_and_said(load):
    drawn = '<viz:color r="1" g="2" b="3"/><viz:position x="1" y="2"/>'
    values = '<attvalues><attvalue for="Modularity" value="3"/></attvalues>'
    nodes = f'<node id="1" label="A">{values}{drawn}</node><node id="2">{drawn}<viz:size value="3"/></node>'
    batch, notes = load(
        gexf(nodes, '<edge source="1" target="2" weight="2.5"/><edge source="2" target="1" weight="1"/>'), "net.gexf"
    )
    assert (rejected(batch), batch.refused_fields) == ([], 0)
    assert notes == [
        "net.gexf: read as GEXF.",
        "net.gexf: no place here for <viz:color> (2), <viz:position> (2), weight (2), Modularity (1), <viz:size> (1).",
    ]
    _, notes = load(graphml(node("a") + "<hyperedge/><hyperedge/>"))
    assert notes[1] == "net.graphml: no place here for objects of type <hyperedge> (2)."


def test_the_sentence_on_what_is_lost_does_not_grow_without_end(load):
    _, notes = load(graphml(node("a", **{f"n{number}": 1 for number in range(3000)} | {"x" * 5000: 1})))
    assert "and 2,901 names more" in notes[1]
    assert len(notes[1]) < 3000


def test_a_node_without_an_id_and_an_edge_without_ends_are_rejects(load):
    batch, _ = load(graphml("<node/>\n<edge source='a'/>\n<edge target='a'/>\n" + node("a")))
    assert rejected(batch) == [
        "net.graphml:1: is a node without an id; give it one",
        "net.graphml:2: is an edge without a target; give it one",
        "net.graphml:3: is an edge without a source; give it one",
    ]


def test_an_id_that_two_nodes_have_is_of_the_first_kind(load):
    batch, _ = load(graphml(node("a", kind="Place") + "\n" + node("a", kind="Person")))
    assert rejected(batch) == [
        f"net.graphml:2: id: '{P}:a' is of kind Place already and cannot be Person too; use another id"
    ]
