import gzip
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.errors import FileUnreadable
from graphkit.ingest import readers
from graphkit.ingest.readers.stream import MAX_LINE
from tests.graphs import GEXF, GRAPHML, gexf, graphml

YED = """
<node id="n0"><data key="d6"><y:ShapeNode><y:Geometry height="30"/><y:NodeLabel>Ada &amp; Bo<y:LabelModel>
<y:Smart/></y:LabelModel></y:NodeLabel><y:NodeLabel>second</y:NodeLabel></y:ShapeNode></data></node>
<node id="n1"><data key="d6"><y:ProxyAutoBoundsNode><y:Realizers><y:GroupNode><y:NodeLabel>Outer</y:NodeLabel>
</y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data>
<graph edgedefault="directed"><node id="n1::n0"/></graph></node>
<edge id="e0" source="n0" target="n1::n0"><data key="d9">
<y:PolyLineEdge><y:EdgeLabel>owns</y:EdgeLabel></y:PolyLineEdge></data></edge>
"""


@pytest.fixture
def read(tmp_path):
    def read(content, name="a.graphml"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(readers.read(path))

    return read


@pytest.fixture
def items(read):
    def items(content, name="a.graphml"):
        return [record.data for record in read(content, name) if "graph" not in record.data]

    return items


def test_nodes_and_edges_of_graphml_say_what_their_data_says(read):
    keys = '<key id="d0" for="node" attr.name="Full name"/><key id="d1" attr.name="w"><desc>how much</desc></key>'
    content = graphml(
        '<desc>People</desc><data key="own">a</data>\n<node id="a"><data key="d0"> A <!-- b --> B </data>'
        '<data key="x">1</data><data key="x">2</data><data key="y"/><desc>who</desc></node>\n'
        '<edge id="e" source="a" target="b"><data key="d1">3</data></edge>\n'
        '<edge source="a" target="b" directed="false"/>',
        keys,
    )
    first, node, edge, other, last = read(content)
    assert (first.place, first.data) == ("a.graphml", {"graph": "GraphML", "declares": []})
    said = {"Full name": "A  B", "x": ["1", "2"], "description": "who"}
    assert (node.place, node.data) == ("a.graphml:2", {"node": "a", "said": said})
    ends = {"from": "a", "to": "b"}
    assert (edge.place, edge.data) == ("a.graphml:3", {"edge": "e", **ends, "directed": True, "said": {"w": "3"}})
    assert (other.place, other.data) == ("a.graphml:4", {"edge": None, **ends, "directed": False, "said": {}})
    assert last.data == {"graph": "GraphML", "about": {"description": "People", "own": "a"}}


def test_what_is_understood_of_all_nodes_is_said_of_each_that_does_not_say_otherwise(items):
    keys = '<key id="k" for="node" attr.name="kind"><default>boat</default></key>'
    keys += '<key id="l" attr.name="type"><default>knows</default></key>'
    nodes = '<node id="a"/><node id="b"><data key="k">port</data></node><edge source="a" target="b"/>'
    assert [item["said"] for item in items(graphml(nodes, keys))] == [
        {"kind": "boat", "type": "knows"},
        {"kind": "port", "type": "knows"},
        {"type": "knows"},
    ]


def test_labels_of_yed_are_labels_and_its_drawings_are_named(items):
    keys = '<key id="d6" for="node" yfiles.type="nodegraphics"/><key id="d9" for="edge" yfiles.type="edgegraphics"/>'
    first, inner, outer, edge = items(graphml(YED, keys))
    assert first["said"] == {"<y:ShapeNode>": "…", "label": "Ada & Bo", "<label>": "second"}
    assert inner == {"node": "n1::n0", "said": {"<graph in a node>": "…"}}
    assert outer["said"] == {"<y:ProxyAutoBoundsNode>": "…", "label": "Outer"}
    assert edge["said"] == {"<y:PolyLineEdge>": "…", "label": "owns"}


def test_what_is_no_node_and_no_edge_is_named_and_what_stands_in_it_is_of_nobody(items):
    given = '<hyperedge id="h"><data key="x">1</data><endpoint node="a"/></hyperedge>'
    assert items(graphml(given + '<node id="a"><port name="p"><data key="x">1</data></port></node>')) == [
        {"other": "<hyperedge>"},
        {"node": "a", "said": {"<port>": "…"}},
    ]


def test_nodes_and_edges_of_gexf_say_what_their_attributes_say(read):
    head = '<meta lastmodifieddate="2024-05-06"><creator>C</creator><description>People</description></meta>'
    lists = (
        '<attributes class="node"><attribute id="0" title="Kind" type="string"/></attributes>'
        '<attributes class="edge"><attribute id="0" title="role"><default>x</default><options>[x]</options></attribute>'
        "</attributes>"
    )
    nodes = (
        '<node id="1" label="Ada" start="2019" endopen="2020"><attvalues><attvalue for="0" value="Person"/>'
        '<attvalue for="1" value="v" start="2018"/></attvalues><viz:color r="1" g="2" b="3"/>'
        '<spells><spell start="2021"/></spells><nodes><node id="2" pid="1"/></nodes></node>'
    )
    edges = '<edge id="e" source="1" target="2" weight="2.5" kind="knows"/><edge source="1" target="2" type="mutual"/>'
    content = gexf(nodes, edges, head).replace("<nodes>", f"{lists}<nodes>", 1)
    about = {"last modified": "2024-05-06", "creator": "C", "description": "People"}
    first, inner, node, edge, other, last = [record.data for record in read(content, "a.gexf")]
    assert first == {"graph": "GEXF", "times": "date", "about": about}
    assert inner == {"node": "2", "said": {"pid": "1", "<node in a node>": "…"}}
    assert node == {
        "node": "1",
        "said": {"label": "Ada", "Kind": "Person", "<viz:color>": "…"},
        "spells": [["2019", "2020", False, True], ["2021", None, False, False]],
        "timed": [["1", "v", ["2018", None, False, False]]],
    }
    said = {"weight": "2.5", "kind": "knows", "role": "x"}
    assert edge == {"edge": "e", "from": "1", "to": "2", "directed": True, "said": said}
    assert (other["directed"], other["said"]) == (False, {"role": "x"})
    assert last == {"graph": "GEXF", "about": about}


@pytest.mark.parametrize(
    "content",
    [
        '<graphml><graph><node id="a"/></graph></graphml>',
        '<?xml version="1.0"?><ns0:graphml xmlns:ns0="x"><ns0:graph><ns0:node id="a"/></ns0:graph></ns0:graphml>',
        '<!DOCTYPE graphml SYSTEM "http://no.example/graphml.dtd"><graphml><graph><node id="a"/></graph></graphml>',
        "<?xml version='1.0' encoding='ISO-8859-1'?><graphml><graph><node id='a'/></graph></graphml>",
    ],
)
def test_any_namespace_and_a_doctype_that_is_not_fetched_will_do(items, content):
    assert items(content) == [{"node": "a", "said": {}}]


def test_a_packed_file_is_unpacked(items):
    packed = gzip.compress(graphml('<node id="a"/>').encode())
    assert items(packed, "a.graphml.gz") == [{"node": "a", "said": {}}]


LAUGHS = "".join(f'<!ENTITY {b} "&{a};&{a};&{a};">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is not XML: no element found"),
        ("text", "a.graphml:1: is not XML: syntax error"),
        ("<html/>", "begins with <html> where <graphml> should stand"),
        ("<graphml/>", "holds no <graph>"),
        (graphml('\n<node id="a">'), "a.graphml:2: is not XML: mismatched tag"),
        (graphml('<node id="a"/>')[:-10], "is not XML: no element found"),
        (graphml('<node id="a" id="b"/>'), "duplicate attribute"),
        (graphml("<node id=a/>"), "is not XML: not well-formed"),
        (graphml("<node id='a'>&b;</node>"), "is not XML: undefined entity"),
        ("<?xml version='1.0' encoding='GBK'?><graphml/>", "multi-byte encodings are not supported; save it as UTF-8"),
        ("<?xml version='1.0' encoding='x'?><graphml/>", "a.graphml"),
        ("<graphml>Ä</graphml>".encode("latin-1"), "is not XML: not well-formed"),
        ("<graphml/>".encode("utf-16"), "is UTF-16 and not UTF-8"),
        (f'<!DOCTYPE g [<!ENTITY a "ha">{LAUGHS}]><graphml>&i;</graphml>', "declares entities or the like"),
        (
            '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml>&x;</graphml>',
            "declares entities or the like",
        ),
        ('<!DOCTYPE g [<!ENTITY % x SYSTEM "http://x.example/">%x;]><graphml/>', "declares entities or the like"),
        ('<!DOCTYPE g [<!ATTLIST node x CDATA "y">]><graphml/>', "declares entities or the like"),
        (
            '<!DOCTYPE g SYSTEM "x.dtd"><graphml><graph><node id="a"><data key="x">&b;</data></node></graph></graphml>',
            "&b;",
        ),
        (
            graphml("", f'<key id="k" for="node"><default>{"x" * 5000}</default></key>'),
            "defaults of over 4,096 characters",
        ),
        (graphml(f'<node id="{"x" * (MAX_LINE + 2**21)}"/>'), "a tag or comment of over 16 MiB"),
        (graphml("".join(f"<x{n}/>" for n in range(10_001))), "has elements of over 10,000 names"),
        (graphml("", "".join(f'<key id="{n:0200}"/>' for n in range(100_000))), "a node or edge of over 16 MiB"),
        (graphml(f"<!-- {'x' * (MAX_LINE + 2**21)} -->"), "a tag or comment of over 16 MiB"),
        (graphml(f'<node id="a"><data key="k">{"x" * (MAX_LINE + 10)}</data></node>'), "a node or edge of over 16 MiB"),
        (graphml('<node id="a">' + f'<data key="k">{"x" * 200}</data>' * 100_000), "a node or edge of over 16 MiB"),
        (gzip.compress(b"<graphml>" + b" " * (70 * 2**20), 9), "refused as a bomb"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "bytes",
)
def test_a_file_that_is_no_graph_is_one_clear_error_and_nothing_is_fetched(read, content, words):
    name = "a.graphml.gz" if isinstance(content, bytes) and content.startswith(b"\x1f\x8b") else "a.graphml"
    with pytest.raises(FileUnreadable) as caught:
        read(content, name)
    assert str(caught.value).startswith(name)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (GEXF.format(""), "holds no <graph>"),
        (GRAPHML.format(""), "begins with <graphml> where <gexf> should stand"),
        (gexf("", head=f"<meta><description>{'x' * (MAX_LINE + 10)}</description></meta>"), "of over 16 MiB"),
        (
            gexf('<node id="a"><spells>' + f'<spell start="{"2" * 200}"/>' * 100_000 + "</spells></node>"),
            "of over 16 MiB",
        ),
    ],
    ids=["empty", "graphml", "about", "spells"],
)
def test_a_file_that_is_no_gexf_is_one_clear_error(read, content, words):
    with pytest.raises(FileUnreadable, match=words):
        read(content, "a.gexf")


def test_nodes_in_nodes_a_hundred_thousand_deep_take_no_time(items):
    started = time.process_time()
    deep = '<graph><node id="n">' * 100_000 + "</node></graph>" * 100_000
    assert len(items(GRAPHML.format(deep))) == 100_000
    assert time.process_time() - started < 20


PIECES = """
<graph> </graph> <node> <node~id="a"> </node> <edge/> <edge~source="a"~target="b"> </edge> <x> </x> w &amp; &x;
<data~key="k"> </data> <data/> <key/> <key~id="k"~for="node"> </key> <default> </default> <desc> </desc>
<y:NodeLabel> </y:NodeLabel> <nodes> </nodes> <meta> </meta> <attribute/> <spell/> <spell~endopen="1"/> <attvalue/>
<attvalue~for="0"~value="v"~start="2001"/>
"""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    root=st.sampled_from(["graphml", "gexf"]),
    pieces=st.lists(st.sampled_from(PIECES.split()), max_size=12),
    closed=st.booleans(),
)
def test_any_file_is_objects_or_one_error(read, root, pieces, closed):
    inner = "".join(pieces).replace("~", " ")
    content = f"<{root}>{inner}</{root}>" if closed else f"<{root}><graph>{inner}</graph></{root}>"
    try:
        records = read(content, f"a.{root}")
    except FileUnreadable as problem:
        assert str(problem).startswith(f"a.{root}")
    else:
        assert all(record.data for record in records)
