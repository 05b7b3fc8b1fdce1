"""The names of a sheet are looked up in a case: everything that may be meant is listed with its reason, none chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit import flow
from graphkit.errors import ChooseAgain, FileUnreadable
from graphkit.graph.scope import Scope
from graphkit.last_used import LastUsed
from graphkit.stores import Store
from tests.budget import budget

CASE = Scope(("harbour",))
RECORDS: list[dict[str, Any]] = [
    {"kind": "Source", "id": "a", "name": "A list", "publisher": "The Herald"},
    {"kind": "Source", "id": "b", "name": "B list"},
    {"kind": "Place", "id": "kunming", "name": "Kunming", "source": "a"},
    {"kind": "Place", "id": "kunming", "name": "昆明", "transliteration_of": "Kunming", "source": "a"},
    {"kind": "Person", "id": "jane", "name": "Jane Doe", "source": "a"},
    {"kind": "Person", "id": "jane-2", "name": "Jane Doe", "source": "b"},
    {"kind": "Person", "id": "witness", "name": "Pelda Immersh", "protected": "witness", "source": "a"},
    {"kind": "Organization", "id": "friends", "name": "Friends of Pelda Immersh", "source": "a"},
    {"kind": "Organization", "id": "acme", "name": "Acme Trading Ltd", "source": "a"},
    {"kind": "Organization", "id": "zenith", "name": "Zenith GmbH", "source": "b"},
    {"kind": "Group", "id": "crew", "name": "The Crew", "source": "b"},
    {"kind": "ALIAS_OF", "from": "crew", "to": "acme", "claimant": "zenith", "source": "b"},
    {"kind": "Registration", "domain": "shop.example", "registrant_name": "Jane Doe", "created": "2020", "source": "a"},
    {"kind": "Resolution", "domain": "shop.example", "ip": "198.51.100.7", "source": "b"},
]  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("matching")
    store, last_used = flow.store_at(str(folder / "graphkit.kgl")), LastUsed(folder / "state")
    flow.add(store, RECORDS, "harbour", last_used)
    return store


def _matched(store: Store, folder: Path, names: list[str], **asked: Any) -> flow.Matched:
    file = folder / "names.csv"
    file.write_text("Name,x\n" + "".join(f'"{name}",1\n' for name in names), encoding="utf-8")
    return flow.match(store, CASE, file, flow.Asked(**asked))


def _found(matched: flow.Matched) -> dict[str, tuple[str, list[str]]]:
    return {
        name: (found, [row["id"] for row in matched.by_text.get(name, [])])
        for name, found in matched.names.select("name", "found").iter_rows()
    }


def test_each_name_is_found_with_its_reason(case: Store, tmp_path: Path) -> None:
    matched = _matched(case, tmp_path, ["acme", "ACME Trading Limited", "昆明", "Zenit", "shop.example", "Nobody"])
    assert _found(matched) == {
        "acme": ("same id", ["acme", "crew"]),
        "ACME Trading Limited": ("same name, not necessarily the same organization", ["acme", "crew"]),
        "昆明": ("same name, not necessarily the same thing", ["kunming"]),
        "Zenit": ("similar name, not necessarily the same organization", ["zenith"]),
        "shop.example": ("same value", ["domain:shop.example"]),
        "Nobody": ("not found", []),
    }
    why = {row["id"]: row["why"] for row in matched.candidates.iter_rows(named=True)}
    assert why["kunming"] == "another name of it: 昆明, given by The Herald, a transliteration of Kunming"
    assert why["crew"] == "said to be the same as Acme Trading Ltd (acme), by Zenith GmbH"
    assert why["zenith"] == "similar name: Zenith GmbH (zenit / zenith)"


def test_what_is_found_rests_on_claims_and_sources(case: Store, tmp_path: Path) -> None:
    matched = _matched(case, tmp_path, ["昆明", "shop.example"])
    place, domain = matched.candidates.to_dicts()
    said = case.claims_by_id(place["claims"])
    assert said["value"].to_list() == ["昆明"]
    assert place["sources"] == ["a"]
    assert domain["claims"] == []
    assert domain["sources"] == ["a", "b"]


def test_of_several_none_is_chosen_and_all_are_listed(case: Store, tmp_path: Path) -> None:
    matched = _matched(case, tmp_path, ["DOE Jane"])
    found, ids = _found(matched)["DOE Jane"]
    assert found == "3 of this name, none chosen"
    assert set(ids) == {"jane", "jane-2", "registrant-name:jane doe"}
    only = _matched(case, tmp_path, ["DOE Jane"], kinds=("Person",))
    assert _found(only)["DOE Jane"] == ("2 of this name, none chosen", ["jane", "jane-2"])


def test_looking_up_writes_nothing(case: Store, tmp_path: Path) -> None:
    before = case.version()
    _matched(case, tmp_path, ["Jane Doe"])
    assert case.version() == before


def test_what_is_decided_to_be_one_is_found_under_each_name_and_id(tmp_path: Path) -> None:
    store, last_used = flow.store_at(str(tmp_path / "graphkit.kgl")), LastUsed(tmp_path / "state")
    flow.add(store, RECORDS, "harbour", last_used)
    maker = flow.Maker("ana", "one address", "harbour")
    flow.merge(store, maker, ["acme", "zenith"], "acme")
    matched = _matched(store, tmp_path, ["Zenith", "zenith"])
    assert _found(matched)["Zenith"][1][:1] == ["acme"]
    by_id = matched.by_text["zenith"][0]
    assert (by_id["id"], by_id["reason"]) == ("acme", "same id")
    assert by_id["why"] == "same id: zenith is decided to be one with acme"


def test_protected_persons_are_matched_and_not_handed_over(case: Store, tmp_path: Path) -> None:
    matched = _matched(case, tmp_path, ["Pelda Immersh", "Friends of Pelda Immersh", "Zenith"])
    assert _found(matched)["Pelda Immersh"][1][0] == "witness"
    assert matched.by_text["Pelda Immersh"][0]["protected"]
    handed = matched.to_hand_over()
    assert [found for _, (found, _) in _found(handed).items()] == [
        "not found",
        "not found",
        "same name, not necessarily the same organization",
    ]
    assert set(handed.candidates["id"]) == {"zenith"}
    assert "mmersh" not in str(handed.candidates.to_dicts())


def test_only_the_case_is_looked_at(case: Store, tmp_path: Path, last_used: LastUsed) -> None:
    flow.add(
        case,
        [
            {"kind": "Source", "id": "other", "name": "Other"},
            {"kind": "Person", "id": "max", "name": "Max Roe", "source": "other"},
        ],
        "elsewhere",
        last_used,
    )
    assert _found(_matched(case, tmp_path, ["Max Roe"]))["Max Roe"] == ("not found", [])


def test_a_first_row_that_is_a_name_is_one_and_else_names_the_column(case: Store, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("Jane Doe\nNobody\n", encoding="utf-8")
    matched = flow.match(case, CASE, file, flow.Asked())
    assert matched.names["row"].to_list() == [1, 2]
    assert matched.listed.header == 0
    file.write_text("Suspicious ones\nJane Doe\nNobody\n", encoding="utf-8")
    matched = flow.match(case, CASE, file, flow.Asked())
    assert matched.names["row"].to_list() == [2, 3]
    assert matched.notes == ("Row 1 was taken for the name of the column: Suspicious ones.",)


def test_what_is_no_sheet_is_said(case: Store, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="no such file"):
        flow.match(case, CASE, tmp_path / "gone.csv", flow.Asked())
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(FileUnreadable, match="is no sheet"):
        flow.match(case, CASE, tmp_path / "a.pdf", flow.Asked())
    with pytest.raises(ChooseAgain, match="No kind named 'Persn'"):
        _matched(case, tmp_path, ["x"], kinds=("Persn",))


hostile = st.one_of(
    st.sampled_from(["Jane Doe", "Kunming", "Acme", "=1+1", "@SUM(A1)", "-2", "\t=x", "shop.example", "a" * 999]),
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters='"'), min_size=1, max_size=20),
)


@budget(15, 100)
@given(
    st.lists(hostile, min_size=1, max_size=6, unique_by=str.strip).filter(
        lambda names: any(char.isalpha() for name in names for char in name)
    )
)
def test_the_order_of_the_rows_is_no_matter(
    case: Store, tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    assert _found(_matched(case, folder, names)) == _found(_matched(case, folder, names[::-1]))
