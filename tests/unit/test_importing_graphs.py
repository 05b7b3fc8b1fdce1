"""Graphs that other programs drew: what becomes what, who says it, what is refused and what is lost."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.ingest.batch import gather
from graphkit.ingest.importers import Origin, imported
from graphkit.ingest.record import Record
from tests.graphs import CATALOG, NOW, gexf, graphml, loaded, said

P = "graph:net.graphml"
G = "graph:net.gexf"


@pytest.fixture
def load(tmp_path):
    def load(content, name="net.graphml", **options):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return loaded(path, **options)

    return load


def node(id_, **told):
    return f'<node id="{id_}">' + "".join(f'<data key="{n}">{v}</data>' for n, v in told.items()) + "</node>"


def edge(from_, to, directed=True, **told):
    data = "".join(f'<data key="{n}">{v}</data>' for n, v in told.items())
    return f'<edge source="{from_}" target="{to}" directed="{str(directed).lower()}">{data}</edge>'


def claims(batch):
    return batch.claims.to_dicts()


def rejected(batch):
    return [str(reject) for reject in batch.rejects]


PEOPLE = node("a", kind="Person", label="Ada") + node("o", kind="Organization", label="Port")


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


@pytest.mark.parametrize(
    ("times", "spells", "wanted"),
    [
        ("date", 'start="2001-01-01" end="2002-02-02"', [("2001-01-01", "2002-02-02")]),
        ("date", 'startopen="2001-01-01" endopen="2002-03-01"', [("2001-01-02", "2002-02-28")]),
        ("date", 'startopen="2001" endopen="2003"', [("2002-01-01", "2002-12-31")]),
        ("date", 'start="2001"', [("2001", None)]),
        ("date", 'start="-Infinity" end="INF"', [(None, None)]),
        ("dateTime", 'end="2002-02-02T12:00:00Z"', [(None, "2002-02-02T12:00:00Z")]),
        ("dateTime", 'endopen="2002-02-02T12:00:00Z"', [(None, "2002-02-02T12:00:00Z")]),
        ("", 'start="2001-01-01"', [("2001-01-01", None)]),
        ("double", 'start="2001-01-01"', [("2001-01-01", None)]),
    ],
)
def test_times_of_gexf_are_when_it_held(load, times, spells, wanted):
    batch, notes = load(gexf(f'<node id="1" {spells}/>', graph=f'timeformat="{times}"'), "net.gexf")
    assert batch.claims.select("valid_from", "valid_to").rows() == wanted
    assert notes == ["net.gexf: read as GEXF."]


@pytest.mark.parametrize("times", ["", "double", "integer"])
def test_numbers_are_no_dates(load, times):
    batch, notes = load(gexf('<node id="1" start="2001" end="2002.5"/>', graph=f'timeformat="{times}"'), "net.gexf")
    assert batch.claims.select("valid_from", "valid_to").rows() == [(None, None)]
    assert notes[1] == "net.gexf: no place here for times that are no dates (1)."


def test_a_time_that_is_none_is_a_reject_with_its_field(load):
    batch, _ = load(gexf('<node id="1" start="spring"/>'), "net.gexf")
    assert rejected(batch)[0].startswith("net.gexf:1: valid_from: 'spring' is not an EDTF date")


def test_spells_are_a_claim_each_and_values_have_times_of_their_own(load):
    spells = '<spells><spell start="2001" end="2002"/><spell start="2004"/></spells>'
    values = '<attvalues><attvalue for="role" value="clerk" start="2001" end="2001"/></attvalues>'
    nodes = '<node id="1"><attvalues><attvalue for="kind" value="Person"/></attvalues></node>'
    nodes += '<node id="2"><attvalues><attvalue for="kind" value="Organization"/></attvalues></node>'
    edges = f'<edge source="1" target="2" label="employed by">{values}{spells}</edge>'
    batch, _ = load(gexf(nodes, edges), "net.gexf")
    told = {(one["property"], one["value"], one["valid_from"], one["valid_to"]) for one in claims(batch)}
    assert {one for one in told if one[2]} == {
        ("EMPLOYED_BY", f"{G}:2", "2001", "2002"),
        ("EMPLOYED_BY", f"{G}:2", "2004", None),
        ("role", "clerk", "2001", "2001"),
    }


def test_a_name_with_times_of_its_own_is_a_name_then_and_other_words_are_lost(load):
    timed = "".join(f'<attvalue for="{name}" value="x" start="2001"/>' for name in ("label", "kind", "Colour"))
    batch, notes = load(gexf(f'<node id="1" label="A"><attvalues>{timed}</attvalues></node>'), "net.gexf")
    told = {(one["property"], one["value"], one["valid_from"]) for one in claims(batch)}
    assert told == {("name", "A", None), ("name", "x", "2001")}
    assert notes[1] == "net.gexf: no place here for kind (1), Colour (1)."


def test_many_spells_of_much_are_not_multiplied(load):
    spells = "<spells>" + "".join(f'<spell start="{year:04d}"/>' for year in range(1, 3001)) + "</spells>"
    values = f'<attvalues><attvalue for="description" value="{"x" * 50_000}"/></attvalues>'
    batch, _ = load(gexf(f'<node id="1" label="A">{values}{spells}</node>'), "net.gexf")
    assert rejected(batch) == []
    assert batch.claims["property"].value_counts().sort("property").rows() == [("description", 1), ("name", 3000)]
    batch, notes = load(gexf(f'<node id="1" label="{"x" * 50_000}">{spells}</node>'), "net.gexf")
    assert (len(batch.claims), notes[1]) == (1, "net.gexf: no place here for repetitions of what is very long (2,999).")


def test_ten_thousand_spellings_of_one_name_take_no_time(load):
    started = time.process_time()
    told = {f"name{' ' * number}": "x" for number in range(3000)}
    batch, _ = load(graphml(node("a", **told)))
    assert said(batch) == {(f"{P}:a", "name", "x")}
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "content",
    [
        gexf("", head=f"<meta><description>{' Scope: . Store version: ' * 200_000}</description></meta>"),
        gexf(f'<node id="1" start="{"1" * 5_000_000}x" end="{"1." * 2_000_000}"/>'),
        graphml(node("a", kind="-" * 5_000_000, label=" " * 5_000_000 + "x")),
        graphml(node("a") + "".join(edge("a", "a", type=f"word {number}") for number in range(20_000))),
        graphml(node("a", kind="Person", **{f"n{number}": number for number in range(50_000)})),
    ],
    ids=["description", "number", "word", "words", "names"],
)
def test_what_is_very_long_or_very_many_takes_no_time(load, content):
    started = time.process_time()
    load(content, "net.gexf" if "<gexf" in content else "net.graphml")
    assert time.process_time() - started < 20


plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
words = st.sampled_from(["Person", "Domain", "Host", "Registration", "OWNS", "2001", "a", "x | y", "true", "1.5"])
anything = st.recursive(
    plain | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words | st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    ["kind", "type", "label", "name", "relation", "domain", "ip", "observed", "created", "names", "sources"]
)
names |= st.sampled_from(
    ["claimants", "spans", "modalities", "disputed", "written_as", "url", "gender", "weight", "<x>", "value"]
)
saying = st.dictionaries(names, anything, max_size=4)
ids = st.sampled_from(["a", "b", "domain:a.example", "registration:a.example@2001"])
spell = st.lists(st.sampled_from(["2001", "2002-01-01", "spring", "INF"]) | anything, max_size=5)
times = st.fixed_dictionaries(
    {},
    optional={
        "spells": st.lists(spell, max_size=3) | anything,
        "timed": st.lists(st.tuples(names, anything, spell).map(list), max_size=3) | anything,
    },
)
some_node = st.fixed_dictionaries({"node": ids | anything, "said": saying | anything}, optional={"directed": anything})
some_edge = st.fixed_dictionaries(
    {"edge": anything, "from": ids | anything, "to": ids | anything, "said": saying | anything}
)
item = st.tuples(some_node | some_edge, times).map(lambda parts: parts[0] | parts[1]) | st.fixed_dictionaries(
    {"other": anything}
)
own = st.just({"graph": "GraphML", "declares": ["notice", "scope", "store_version"]})
head = own | st.fixed_dictionaries(
    {"graph": st.sampled_from(["GraphML", "GEXF"])},
    optional={"about": anything, "declares": anything, "times": anything},
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50, deadline=None)
@given(first=head, items=st.lists(item | st.dictionaries(names, anything, max_size=2), max_size=6), last=head)
def test_any_object_is_a_record_or_a_reject_and_none_raises(first, items, last):
    raw = [Record(f"x.json:[{number}]", data) for number, data in enumerate([first, *items, last], start=1)]
    origin = Origin("x.json", CATALOG)
    records = list(imported(iter(raw), origin))
    batch = gather(records, CATALOG, lambda ids: {}, NOW)
    assert batch.read == batch.accepted + len(batch.rejects) == len(records)
    told = {record.place for record in records}
    counted = {one.place for one in raw if one.data.keys() & {"other", "graph"}}
    assert {one.place for one in raw} <= told | counted
    assert all(isinstance(note, str) for note in origin.notes())
