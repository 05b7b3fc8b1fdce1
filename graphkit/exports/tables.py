"""Tables as files. Each is a function from a frame to the file's bytes."""

from __future__ import annotations

import io
import json as text
import re
from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from graphkit.model.values import BETWEEN

Table = Callable[[pl.DataFrame], bytes]

_SIGNS = r"=+\-@＝＋－＠﹦﹢﹣﹫−"
_BLANK = r"[\s\x00-\x20\x7f-\x{a0}\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}]"
FORMULA = rf"^('*(?:[\t\r\n]|{_BLANK}*[{_SIGNS}]))"
_FORMULA = re.compile(re.sub(r"\\x\{(\w+)\}", lambda code: rf"\u{code[1]:0>4}", FORMULA))


def harmless(cell: str) -> str:
    """Return a text that no spreadsheet runs as a formula.

    One that starts with ``= + - @`` or their wide forms, also after blanks and apostrophes, or with a tab or a
    line end, gets an apostrophe before it.
    """
    return "'" + cell if _FORMULA.match(cell) else cell


def csv(rows: pl.DataFrame) -> bytes:
    """UTF-8 with a header row and commas. Texts stand in quotes, numbers do not, nothing is an empty cell.

    Values of a list are joined with `` | ``. A text that a spreadsheet could run as a formula, which starts with
    ``= + - @``, their wide forms, a tab or a line end, also after blanks or apostrophes, has one apostrophe more
    before it.
    """
    cells = rows.select(_cell(name, type_) for name, type_ in rows.schema.items())
    cells.columns = [harmless(name) for name in cells.columns]
    return cells.write_csv(quote_style="non_numeric").encode()


def _cell(name: str, type_: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(type_, pl.List):
        column = column.cast(pl.List(pl.String)).list.join(BETWEEN)
    elif type_ != pl.String:
        return column
    return column.str.replace(FORMULA, "'${1}")


def parquet(rows: pl.DataFrame) -> bytes:
    """Apache Parquet: typed columns; lists stay lists."""
    out = io.BytesIO()
    rows.write_parquet(out)
    return out.getvalue()


def json(rows: pl.DataFrame) -> bytes:
    """A list of objects, one a row, as UTF-8 JSON; what is missing is ``null``."""
    return rows.write_json().encode()


TABLES: dict[str, Table] = {
    "csv": csv,
    "parquet": parquet,
    "json": json,
}


def frame(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """Return plain values as a frame: each column of one type, what fits no type as JSON text."""
    made = {name: _typed([row[place] for row in rows]) for place, name in enumerate(columns)}
    return pl.DataFrame(made)


def _typed(values: Sequence[Any]) -> pl.Series:
    given = [value for value in values if value is not None]
    lists = bool(given) and all(isinstance(value, list) for value in given)
    inner = [item for value in given for item in value if item is not None] if lists else given
    for type_, fits in _TYPES:
        if all(fits(value) for value in inner):
            return pl.Series(values, dtype=pl.List(type_) if lists else type_, strict=False)
    written = [None if value is None else text.dumps(value, ensure_ascii=False) for value in values]
    return pl.Series([value if isinstance(value, str) else made for value, made in zip(values, written, strict=True)])


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63


_TYPES: tuple[tuple[Any, Callable[[Any], bool]], ...] = (
    (pl.String, lambda value: isinstance(value, str)),
    (pl.Boolean, lambda value: isinstance(value, bool)),
    (pl.Int64, _whole),
    (pl.Float64, lambda value: isinstance(value, float) or _whole(value)),
)
