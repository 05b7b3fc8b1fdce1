"""A new thing gets an id that nothing has yet, on every store."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit import flow

SOURCE = {"kind": "Source", "id": "s", "name": "A report"}
KINDS = [kind for kind in flow.catalog().entities if kind.id_template is None]


def test_an_id_is_made_of_the_words_of_a_name_and_never_one_that_is_there(store: Any, load: Any) -> None:
    person, place = flow.catalog()["Person"], flow.catalog()["Place"]
    assert flow.free_id(store, "Jane  O'Doe, 昆明!", person) == "jane-o-doe-昆明"
    ids = ["jane", "jane-2", *(f"jane-{number}" for number in range(3, 30))]
    load(store, SOURCE, *({"kind": "Place", "id": id_, "name": "J", "source": "s"} for id_ in ids))
    assert flow.free_id(store, "Jane", person) == "jane-30"
    assert flow.free_id(store, "Jane", place, ["jane-30"]) == "jane-31"
    assert flow.free_id(store, "S", person) == "s-2"
    assert flow.free_id(store, "…", person) == "person"


def test_a_kind_that_derives_ids_has_them_derived(store: Any) -> None:
    made = flow.new_thing(store, flow.catalog()["Domain"], "Example.COM")
    assert made == {"kind": "Domain", "domain": "Example.COM"}
    assert flow.id_of(store, made) == "domain:example.com"
    assert flow.id_of(store, made | {"domain": "no domain"}) is None


def test_what_is_said_of_a_relation_is_not_said_of_the_name_of_its_end(store: Any) -> None:
    record = {"source": "s", "claimant": "c", "locator": "l", "stance": "denies", "valid_from": "2014"}
    assert flow.said_too({"id": "p"}, record) == {"id": "p", "source": "s", "claimant": "c", "locator": "l"}
    assert "claimant" not in flow.said_too({"id": "c"}, record)


@given(text=st.text(min_size=1, max_size=300), kind=st.sampled_from(KINDS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_new_thing_stands_whatever_it_is_called_unless_the_name_itself_does_not(
    text: str, kind: Any, tmp_path: Any
) -> None:
    store = flow.store_at(str(tmp_path / "none.kgl"))
    made = flow.new_thing(store, kind, text, ["s"]) | {"source": "s"}
    wrong = flow.draft(store, [SOURCE, made], "c").wrong
    assert {name for _, name in wrong} <= {flow.called_by(kind)}
