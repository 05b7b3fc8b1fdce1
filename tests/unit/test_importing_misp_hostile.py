import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graphkit import flow
from graphkit.last_used import LastUsed
from tests.budget import budget
from tests.importing import ANY_JSON, paths, put, taken
from tests.misp import attribute, event, object_, reference, tags


def test_loading_twice_changes_nothing(tmp_path):
    path = tmp_path / "events.json"
    path.write_text(json.dumps({"response": [WHOLE]}))
    store, last = flow.store_at(str(tmp_path / "a.kgl")), LastUsed(tmp_path / "state")
    first, second = (flow.load(store, [path], None, last) for _ in range(2))
    assert first.new_claims > 10
    assert (second.new_claims, second.replaced, second.rejected) == (0, [], first.rejected)


def test_an_attribute_deleted_in_a_later_export_is_taken_back(tmp_path):
    store, last = flow.store_at(str(tmp_path / "a.kgl")), LastUsed(tmp_path / "state")
    for number, deleted in enumerate((False, True)):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(event(attribute("domain|ip", "a.example|198.51.100.7", deleted=deleted))))
        report = flow.load(store, [path], None, last)
        assert report.relations == (0 if deleted else 1)


WHOLE = event(
    attribute(
        "domain", "a.example", timestamp="1709553600", comment="x", Tag=tags("tlp:green"), Sighting=[{"type": "0"}]
    ),
    attribute("ip-dst", "198.51.100.7", "a2", deleted=True),
    objects=[
        object_("person", ("full-name", "full-name", "Jo"), ObjectReference=[reference("a1")]),
        object_("domain-ip", ("domain", "domain", "b.example"), ("ip", "ip-dst", "198.51.100.8"), uuid="o2"),
        object_(
            "passive-dns", ("rrname", "text", "c.example"), ("rrtype", "text", "A"), ("rdata", "text", "198.51.100.9")
        ),
    ],
    Tag=tags("tlp:white"),
    Galaxy=[{"type": "tool", "GalaxyCluster": [{"value": "Rake", "uuid": "c1", "meta": {"type": ["x"]}}]}],
)
PATHS = [path for path in paths(WHOLE) if path]


@budget(40, 500)
@given(st.sampled_from(PATHS), ANY_JSON)
@example(("Event", "Attribute", 0, "value"), "x" * 10_000_000)
@example(("Event", "Attribute", 0, "type"), "x" * 10_000_000)
@example(("Event", "Attribute", 0, "Tag", 0, "name"), "x" * 10_000_000)
@example(("Event", "info"), "\ud800")
@example(("Event", "Attribute", 0, "value"), "\ud800|\ud800")
def test_whatever_stands_in_an_event_nothing_is_raised_and_the_rest_is_taken(path, value):
    found = taken(put(WHOLE, path, value), event(attribute("domain", "last.example"), uuid="e2"))
    assert "domain:last.example" in set(found.batch.claims["subject"])


@pytest.mark.parametrize(
    "name", ["comment", "value", "object_relation", "timestamp", "uuid", "Tag", "Galaxy", "Sighting"]
)
def test_what_is_nested_deeply_is_rejected_or_counted(name):
    deep: object = "x"
    for _ in range(5000):
        deep = [deep]
    found = taken(event(attribute("domain", "a.example") | {name: deep}, attribute("domain", "b.example")))
    assert "domain:b.example" in set(found.batch.claims["subject"])
