"""Things are found by what somebody types of a name: in any script and order, misspelt, of the kinds wanted."""

from __future__ import annotations

import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.graph.near import Near

LIST = pl.List(pl.String)
SCHEMA = {"id": pl.String, "kind": pl.String, "name": pl.String, "names": LIST, "ids": LIST}
names = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=12)


def _near(*things: tuple[str, str, list[str]], ids: dict[str, list[str]] | None = None) -> Near:
    rows = [(id_, kind, called[0], called, (ids or {}).get(id_)) for id_, kind, called in things]
    return Near(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


CASE = _near(
    ("kunming", "Place", ["Kunming", "昆明"]),
    ("jane-doe", "Person", ["Jané Doe"]),
    ("john-doe", "Person", ["John Doe"]),
    ("shaowen", "Person", ["Yang Shaowen", "杨少文"]),
    ("romashka", "Organization", ["Ромашка"]),
    ids={"jane-doe": ["jane-doe", "j-d-1980"]},
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Kunm", "kunming"),
        ("kunmign", "kunming"),
        ("昆明", "kunming"),
        ("明", "kunming"),
        ("jane d", "jane-doe"),
        ("DOE, JANE", "jane-doe"),
        ("j-d-1980", "jane-doe"),
        ("Jon Doe", "john-doe"),
        ("少文", "shaowen"),
        ("aowen", "shaowen"),
        ("romash", "romashka"),
        ("РОМАШКА", "romashka"),
    ],
)
def test_what_is_typed_finds_the_thing_that_is_meant_first(typed: str, found: str) -> None:
    assert CASE.to(typed)[0]["id"] == found


def test_the_name_that_was_met_is_told_and_others_than_the_kinds_wanted_are_not() -> None:
    assert CASE.to("昆明") == [{"id": "kunming", "kind": "Place", "name": "Kunming", "called": "昆明"}]
    assert CASE.to("昆明", ["Person"]) == []
    assert [hit["id"] for hit in CASE.to("doe", ["Person"], 1)] == ["jane-doe"]


@pytest.mark.parametrize("typed", ["", "  ", "--- !", "zzz", "\n", "\ud800", "w" * 100_000])
def test_text_that_is_near_nothing_finds_nothing(typed: str) -> None:
    assert CASE.to(typed) == []
    assert _near().to("jane") == []


@given(st.lists(names, min_size=1, max_size=8), st.data())
def test_a_name_finds_what_has_it_and_so_does_a_part_of_it_in_other_letters(
    called: list[str], data: st.DataObject
) -> None:
    near = _near(*((f"#{place}", "Person", [name]) for place, name in enumerate(called)))
    place = data.draw(st.integers(0, len(called) - 1))
    name = called[place]
    said = any(unicodedata.category(sign)[0] in "LN" for sign in unicodedata.normalize("NFKD", name))
    for typed in (name, name.upper(), f" {name} "):
        assert not said or f"#{place}" in {hit["id"] for hit in near.to(typed, limit=99)}
    assert len(near.to(name, limit=2)) <= 2
