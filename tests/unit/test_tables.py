"""A table says the same in every format, and no cell of it runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.exports import tables
from graphkit.exports.tables import TABLES

ROWS = pl.DataFrame(
    {
        "name": ["Ann, \"the\" First", "=1+1", None, "", "two\nlines", "昆明", "'=x", "\r\n@x", "plain"],
        "count": [1, -2, None, 4, 5, 6, 7, 2**53 + 1, 0],
        "score": [0.1, -1.5, None, 1e-9, 5.0, 1 / 3, 7.25, 8.0, -0.0],
        "alleged": [True, False, None, True, False, True, True, False, None],
        "sources": [["a", "b"], [], None, ["=x"], ["c"], ["d"], ["e", "f"], [" -1", "g"], ["h"]],
        "=SUM(A1)": ["h"] * 9,
    }
)  # fmt: skip


def undone(cell: str) -> str:
    return cell[1:] if re.match(r"'", cell) and tables.harmless(cell[1:]) == cell else cell


def _from_csv(content: bytes) -> list[dict[str, Any]]:
    rows = [
        {undone(name): cell for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(content.decode(), newline=""))
    ]
    number: dict[str, Callable[[str], Any]] = {"count": int, "score": float, "alleged": lambda cell: cell == "true"}
    return [{n: (number[n](c) if c else None) if n in number else undone(c) for n, c in row.items()} for row in rows]


def _as_csv(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as far as CSV can tell it: no difference between empty and nothing, lists joined."""
    return row | {"name": row["name"] or "", "sources": " | ".join(row["sources"] or ())}


READ: dict[str, tuple[Callable[[bytes], Any], Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "csv": (_from_csv, _as_csv),
    "parquet": (lambda content: pl.read_parquet(io.BytesIO(content)).to_dicts(), dict),
    "json": (json.loads, dict),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_read_back_is_the_table(name: str) -> None:
    read, as_told = READ[name]
    assert read(TABLES[name](ROWS)) == [as_told(row) for row in ROWS.to_dicts()]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rows_keeps_its_columns_where_the_format_can(name: str) -> None:
    content = TABLES[name](ROWS.head(0))
    assert READ[name][0](content) == []
    if name != "json":
        assert b"count" in content


@pytest.mark.parametrize("name", TABLES)
def test_the_same_table_makes_the_same_bytes(name: str) -> None:
    assert TABLES[name](ROWS) == TABLES[name](ROWS.clone())


def test_parquet_keeps_types() -> None:
    assert pl.read_parquet(io.BytesIO(tables.parquet(ROWS))).schema == ROWS.schema


SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
BLANKS = st.text(st.sampled_from(" \t\r\n\xa0\u3000\u200b\ufeff\x00'"), max_size=4)
DANGEROUS = st.builds(lambda a, sign, rest: a + sign + rest, BLANKS, st.sampled_from(SIGNS), st.text(max_size=5))


@given(st.lists(st.one_of(DANGEROUS, st.text(max_size=8)), min_size=1, max_size=6))
def test_no_text_cell_starts_as_a_formula_and_every_text_can_be_had_back(cells: list[str]) -> None:
    cells = [cell.encode("utf-8", "replace").decode() for cell in cells]
    content = tables.csv(pl.DataFrame({"x": cells}, schema={"x": pl.String})).decode()
    found = [row[0] for row in csv.reader(io.StringIO(content, newline=""))][1:]
    assert [undone(cell) for cell in found] == cells
    for cell in found:
        assert not re.match(r"[\s\u200b\ufeff\x00]*[=+\-@＝＋－＠]|[\t\r\n]", cell), repr(cell)
    assert found == [tables.harmless(cell) for cell in cells]


def test_numbers_stay_numbers_and_texts_that_look_like_them_do_not_become_some() -> None:
    content = tables.csv(pl.DataFrame({"n": [-5, 7], "t": ["-5", "007"]})).decode()
    assert content == '"n","t"\n-5,"\'-5"\n7,"007"\n'


def test_plain_values_become_columns_of_one_type() -> None:
    made = tables.frame(
        ["whole", "number", "text", "flag", "list", "numbers", "node", "mixed", "none", "huge"],
        [
            [1, 1, "a", True, ["x", None], [1, 2.5], {"labels": ["P"], "properties": {"é": 1}}, "so", None, 2**70],
            [None, 2.5, None, False, [], None, None, 3, None, 1],
        ],
    )  # fmt: skip
    assert made.to_dicts() == [
        {"whole": 1, "number": 1.0, "text": "a", "flag": True, "list": ["x", None], "numbers": [1.0, 2.5],
         "node": '{"labels": ["P"], "properties": {"é": 1}}', "mixed": "so", "none": None, "huge": str(2**70)},
        {"whole": None, "number": 2.5, "text": None, "flag": False, "list": [], "numbers": None, "node": None,
         "mixed": "3", "none": None, "huge": "1"},
    ]  # fmt: skip
    assert tables.frame(["a"], []).columns == ["a"]
    for write in TABLES.values():
        assert write(made)
