"""A name finds the things that have it, however it is written; a value finds what is made of it."""

from __future__ import annotations

import time

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.identity.known import Known
from graphkit.identity.written import readings

NAMES = {
    "kunming": ["Kunming", "昆明"],
    "jane": ["Jane Doe"],
    "other-jane": ["Jane Doe"],
    "john": ["John Doe"],
    "acme": ["Acme Trading Ltd"],
}
VALUES = {"domain:shop.example": "shop.example", "host:198.51.100.7": "198.51.100.7", "cert:AB:12": "AB:12"}


def _frame(rows: list[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"id": pl.String, "text": pl.String}, orient="row")


def _known(names: dict[str, list[str]], values: dict[str, str] | None = None) -> Known:
    ids = {id_: id_ for id_ in [*names, *(values or {})]}
    named = [(id_, text) for id_, texts in names.items() for text in texts]
    return Known(ids | {"p-17": "jane"}, _frame(named), _frame(list((values or {}).items())))


CASE = _known(NAMES, VALUES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jane", [("jane", "id")]),
        ("p-17", [("jane", "id")]),
        ("Jane Doe", [("jane", "name"), ("other-jane", "name")]),
        ("DOE, Jane", [("jane", "spelling"), ("other-jane", "spelling")]),
        ("Jane Do", [("jane", "similar"), ("other-jane", "similar")]),
        ("昆明", [("kunming", "name")]),
        ("acme trading", [("acme", "spelling")]),
        ("shop.example", [("domain:shop.example", "value")]),
        ("hxxps://shop[.]example:8080/a?b", [("domain:shop.example", "value")]),
        ("www.shop.example", [("domain:shop.example", "value")]),
        ("http://198.51.100.7/", [("host:198.51.100.7", "value")]),
        ("ab:12", [("cert:AB:12", "value")]),
        ("example.shop", []),
        ("198.51.100.8", []),
        ("Nobody At All", []),
        ("", []),
        ("\ud800", []),
        ("x" * 5_000, []),
    ],
)
def test_a_text_finds_what_it_may_be_the_surest_first(text: str, found: list[tuple[str, str]]) -> None:
    assert [(hit.id, hit.reason) for hit in CASE.hits(text)] == found


def test_nothing_less_alike_than_asked_is_found() -> None:
    assert CASE.hits("Jane Do", least=0.99) == []
    assert [hit.id for hit in CASE.hits("Jane D", least=0.5)][:2] == ["jane", "other-jane"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Bücher[.]example", "xn--bcher-kva.example"),
        ("Jane[at]Mail.example", "jane@mail.example"),
        ("https://user@host.example:1/x", "host.example"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ],
)
def test_values_are_read_however_they_are_written(text: str, value: str) -> None:
    assert value in [one for one, _ in readings(text)]


@given(st.lists(st.text(min_size=1, max_size=15), min_size=1, max_size=6), st.data())
def test_a_name_always_finds_what_has_it_whatever_stands_before_it(called: list[str], data: st.DataObject) -> None:
    things = {f"#{place}": [name.strip() or "x"] for place, name in enumerate(called)}
    wanted = data.draw(st.sampled_from(sorted(things)))
    hits = _known(things).hits(things[wanted][0])
    turned = _known(dict(reversed(things.items()))).hits(things[wanted][0])
    assert wanted in [hit.id for hit in hits]
    assert hits == turned


@pytest.mark.parametrize("hostile", ["a " * 5_000, "Ω" * 200, "昆" * 199, "a b c d e f g h " * 12, "'" * 200])
def test_no_text_takes_long(hostile: str) -> None:
    known = _known({f"#{place}": [f"{hostile[:150]} {place}"] for place in range(50)})
    CASE.hits("Jane Do")  # compiles
    start = time.monotonic()
    known.hits(hostile)
    assert time.monotonic() - start < 5
