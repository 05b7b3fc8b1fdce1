"""Names that share what few have are compared, others are not, so that time grows with the number of names."""

from __future__ import annotations

import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.identity.alike import LEAST, Prepared
from graphkit.identity.blocks import worth_comparing
from graphkit.identity.paired import met

CALLED = {"id": pl.String, "kind": pl.String, "text": pl.String, "main": pl.Boolean}


def _compared(texts: list[str]) -> set[tuple[str, str]]:
    found = worth_comparing(texts)
    return {(texts[a], texts[b]) for a, b in zip(found.left.tolist(), found.right.tolist(), strict=True)}


def _called(*rows: tuple[str, str, str, bool]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=CALLED, orient="row")


def _invented(count: int) -> list[str]:
    chance = random.Random(count)
    parts = ["".join(chance.choices("bdgklmnrst", k=1) + chance.choices("aeiou", k=1)) for _ in range(60)]
    words = ["".join(chance.choices(parts, k=3)).title() for _ in range(count // 20 + 10)]
    names = dict.fromkeys(" ".join(chance.choices(words, k=chance.choice((2, 3)))) for _ in range(2 * count))
    return list(names)[:count]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Yusef Haddad", "HADDAD, Youssef"),
        ("Виктор Иванов", "Viktor Ivanov"),
        ("Юсуф Хаддад", "Yusef Haddad"),
        ("فرناندو بيريز", "Fernando Pérez"),
        ("Bill Marrow", "William Marrow"),
        ("J. Marrow", "Joseph Marrow"),
        ("Northern Harbour Trading", "Northern Harbor Traiding"),
        ("Goodwill", "Good Will"),
    ],
)
def test_two_writings_are_compared_among_many_names(a: str, b: str) -> None:
    pairs = _compared([*_invented(3_000), a, b])
    assert (a, b) in pairs
    assert len(pairs) < 3_000 * 3_000 / 8
    assert (a, b) in _compared([a, b, "Somebody else"])


def test_what_is_common_to_all_is_not_compared_by_that_alone() -> None:
    texts = [f"Harbour Company {number:05}" for number in range(6_000)]
    found = worth_comparing(texts, each=10)
    assert len(found.left) < len(texts) ** 2 / 8
    assert found.left_out > 0


@given(st.lists(st.text(max_size=12), max_size=12, unique=True))
def test_each_pair_is_there_once_in_one_order(texts: list[str]) -> None:
    found = worth_comparing(texts)
    assert (found.left < found.right).all()
    assert len(set(zip(found.left.tolist(), found.right.tolist(), strict=True))) == len(found.left)
    assert found.left_out == 0
    assert len(Prepared(texts).scores(found.left, found.right)) == len(found.left)


def test_things_of_one_kind_meet_by_their_names_and_no_thing_meets_itself() -> None:
    found = met(
        _called(
            ("b", "Person", "Yusef Haddad", True),
            ("a", "Person", "Haddad, Yusef", True),
            ("a", "Person", "Yusef Haddad", False),
            ("c", "Organization", "Yusef Haddad", True),
            ("d", "Person", "Olga Brandt", True),
        ),
        LEAST,
    )
    rows = found.pairs.select("a", "b", "met_a", "met_b", "main", "same").rows()
    assert set(rows) == {
        ("a", "b", "Haddad, Yusef", "Yusef Haddad", True, None),
        ("a", "b", "Yusef Haddad", "Yusef Haddad", False, True),
    }


@pytest.mark.parametrize("rows", [[], [("a", "Person", "Yusef Haddad", True)], [("a", "Person", "x" * 500, True)]])
def test_of_nothing_and_of_one_nothing_meets(rows: list[tuple[str, str, str, bool]]) -> None:
    assert met(_called(*rows), LEAST).pairs.is_empty()
