"""A graph that graphkit wrote for graph programs comes back as the same things and relations; claims do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.graph.redact import redacted
from graphkit.graph.snapshot import Snapshot
from graphkit.last_used import LastUsed
from graphkit.stores import Store, open_store
from tests.contracts.test_exports import READ

MADE_ANEW = {"n_claims", "n_sources", "n_independent", "sources", "support", "voices", "disputed", "id"}
"""What is counted again, from claims of one source, and the ids of relations with protected persons."""

Back = Callable[..., flow.LoadReport]


@pytest.fixture
def back(store: Store, tmp_path: Path, last_used: LastUsed) -> Back:
    """Load what was written: ``back(content, name)``."""

    def back(content: bytes, name: str, **understood: str) -> flow.LoadReport:
        path = tmp_path / f"back.{name}"
        path.write_bytes(content)
        files = flow.Files([path], store.catalog, flow.Understood(**understood))
        return flow.load_files(store, files, "back", last_used)

    return back


def things(view: Snapshot) -> dict[str, dict[str, Any]]:
    """Return what is said of each thing, values in any order; an id that nothing names is its own value."""
    found = {}
    for kind, rows in view.nodes.items():
        for row in rows.to_dicts():
            plain = {name: sorted(v) if isinstance(v, list) else v for name, v in row.items() if v not in (None, [])}
            told = {name: value for name, value in plain.items() if name not in MADE_ANEW}
            if kind == "Identifier":
                told.pop("value", None)
            if told["name"] == "Protected person":
                told.pop("names", None)
            found[row["id"]] = told | {"kind": kind}
    return found


def relations(view: Snapshot) -> dict[tuple[str, str, str], dict[str, Any]]:
    found = {}
    for row in view.relations.to_dicts():
        told = {name: value for name, value in row.items() if name not in MADE_ANEW and value not in (None, [])}
        if row["from"].startswith("protected"):
            told.pop("modalities", None)
        found[row["from"], row["type"], row["to"]] = told
    return found


@pytest.mark.long_on_neo4j
@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("case", ["article", "invented"])
def test_things_and_relations_come_back(
    name: str, case: str, article: Snapshot, invented: Snapshot, store: Store, back: Back
) -> None:
    view = {"article": article, "invented": invented}[case]
    report = back(flow.export_graph(view, name), name)
    assert (report.rejects, report.refused_fields, report.warnings) == ([], 0, [])
    again = flow.snapshot(store, flow.Scope(("back",)))
    hidden, _ = redacted(view)
    assert things(again) == things(hidden)
    assert relations(again) == relations(hidden)
    assert again.invented == view.invented
    assert "in which claims, their words and their ratings do not stand" in report.notes[0]


@pytest.mark.parametrize("name", READ)
def test_coming_back_twice_changes_nothing(name: str, article: Snapshot, back: Back) -> None:
    content = flow.export_graph(article, name)
    first, again = back(content, name), back(content, name)
    assert (again.new_claims, again.known_claims) == (0, first.new_claims)


def _told(store: Store, load: Any, *more: dict[str, Any]) -> Snapshot:
    load(
        store,
        {"kind": "Source", "id": "s", "name": "S"},
        {"kind": "Person", "id": "p", "name": ["P", "Pé"], "source": "s"},
        {"kind": "Organization", "id": "o", "name": "O", "source": "s"},
        {"kind": "Organization", "id": "o2", "name": "O2", "source": "s"},
        *more,
        case="c",
    )
    return flow.snapshot(store, flow.Scope(("c",)))


MEMBER = {"kind": "MEMBER_OF", "from": "p", "to": "o", "source": "s", "confidence": 80}


@pytest.mark.parametrize("name", READ)
def test_what_comes_back_to_its_store_supports_nothing(name: str, store: Store, load: Any, back: Back) -> None:
    view = _told(store, load, MEMBER | {"claimant": "o2"}, MEMBER | {"claimant": "o"})
    report = back(flow.export_graph(view, name), name)
    assert report.rejects == []
    source = store.register("Source").filter(store.register("Source")["id"] == f"graph:back.{name}").to_dicts()
    assert [one["based_on"] for one in source] == [["s"]]
    both = flow.snapshot(store, flow.Scope(("c", "back")))
    (before,), (after,) = view.relations.to_dicts(), both.relations.to_dicts()
    assert (after["support"], after["n_independent"]) == (before["support"], before["n_independent"])
    assert (after["n_sources"], after["claimants"]) == (2, ["o", "o2"])


@pytest.mark.parametrize("name", READ)
def test_what_is_doubted_comes_back_as_doubted(name: str, store: Store, load: Any, back: Back) -> None:
    suspected = MEMBER | {"claimant": "o", "modality": "suspected"}
    view = _told(store, load, suspected, MEMBER | {"claimant": "o2"}, MEMBER | {"claimant": "o2", "stance": "denies"})
    back(flow.export_graph(view, name), name)
    claims = [one for one in store.claims().to_dicts() if one["source"] == f"graph:back.{name}"]
    links = [one for one in claims if one["property"] == "MEMBER_OF"]
    assert {(one["claimant"], one["modality"], one["confidence"]) for one in links} == {
        ("o", "suspected", None),
        ("o2", "suspected", None),
    }
    assert {one["note"] for one in links} == {"Disputed among the sources that the export was made of."}


@pytest.mark.parametrize("name", READ)
def test_an_allegation_whose_claimant_is_not_there_is_a_reject(
    name: str, store: Store, load: Any, back: Back, tmp_path: Path
) -> None:
    place = {"kind": "Place", "id": "pl", "name": "PL", "source": "s"}
    view = _told(store, load, place, MEMBER | {"claimant": "pl"}).among(["Person", "Organization"])
    content = flow.export_graph(view, name)
    assert back(content, name).rejects == []
    other = open_store(str(tmp_path / "other.kgl"), store.catalog)
    files = flow.Files([tmp_path / f"back.{name}"], store.catalog)
    batch = flow.check_files(other, files)
    assert [(reject.field, reject.problem[:10]) for reject in batch.rejects] == [("claimant", "is missing")]
    assert "claimants that are neither in the file nor in the store (1)" in files.notes()[1]


@pytest.mark.parametrize("name", READ)
def test_a_relation_with_a_protected_person_says_that_something_is_withheld(
    name: str, store: Store, load: Any, back: Back
) -> None:
    hidden = {"kind": "Person", "id": "h", "name": "Hidden", "protected": "witness", "source": "s"}
    employed = {"kind": "EMPLOYED_BY", "from": "h", "to": "o", "source": "s", "claimant": "o2", "modality": "suspected"}
    content = flow.export_graph(_told(store, load, hidden, employed), name)
    assert back(content, name).rejects == []
    claims = [one for one in store.claims().to_dicts() if one["source"] == f"graph:back.{name}"]
    (link,) = (one for one in claims if one["property"] == "EMPLOYED_BY")
    assert (link["claimant"], link["note"]) == ("o2", "The export withholds how surely it is said.")
    assert {one["value"] for one in claims if one["subject"] == link["subject"]} >= {"Protected person", "witness", "o"}


@pytest.mark.parametrize("name", READ)
def test_times_of_many_speakers_are_a_note_and_of_one_are_spans(name: str, store: Store, load: Any, back: Back) -> None:
    held = [{"valid_from": "2001", "valid_to": "2002"}, {"valid_from": "2005"}]
    one = [MEMBER | {"claimant": "o"} | when for when in held]
    many = [MEMBER | {"to": "o2", "claimant": who} | when for who, when in zip(("o", "o2"), held, strict=True)]
    view = _told(store, load, *one, *many)
    back(flow.export_graph(view, name), name)
    again = {row["to"]: row["spans"] for row in flow.snapshot(store, flow.Scope(("back",))).relations.to_dicts()}
    assert again == {"o": ["2001-01-01/2003-01-01", "2005-01-01/.."], "o2": None}
    notes = {claim["note"] for claim in store.claims().to_dicts() if claim["value"] == "o2"}
    assert "Held 2001-01-01/2003-01-01 | 2005-01-01/..; the export does not tell which of these who says." in notes


@pytest.mark.parametrize("name", READ)
def test_addresses_come_back_as_they_were(name: str, store: Store, load: Any, back: Back) -> None:
    given = {"kind": "ContentItem", "id": "x", "url": ["https://bad.example/a.b", "http://b.example"], "source": "s"}
    view = _told(store, load, given)
    report = back(flow.export_graph(view, name), name)
    assert report.rejects == []
    assert things(flow.snapshot(store, flow.Scope(("back",)))) == things(view)
