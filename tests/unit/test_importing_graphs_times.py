"""Graphs that other programs drew: when what they say held, and what is long, many or wrong in them."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.ingest.batch import gather
from graphkit.ingest.importers import Origin, imported
from graphkit.ingest.record import Record
from tests.graphs import CATALOG, NOW, claims, edge, gexf, graphml, loader, node, rejected, said

P = "graph:net.graphml"
G = "graph:net.gexf"


@pytest.fixture
def load(tmp_path):
    return loader(tmp_path)


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
