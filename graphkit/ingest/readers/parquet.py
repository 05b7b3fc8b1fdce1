"""Native records as Apache Parquet: the columns are the keys, what is null is absent, a list is several values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import SEEK_END
from itertools import count, islice, repeat
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graphkit.errors import FileUnreadable
from graphkit.ingest.readers import parquet_footer, stream
from graphkit.ingest.record import Record
from graphkit.model.invisible import in_brief

ROWS = 1000
"""Rows that are held at once; a file of few bytes may spell out to many."""
_LEAST = 8
_WAY_OUT = "Is it Parquet, whole and not encrypted?"


def read(path: Path) -> Iterator[Record]:
    """Yield one record a row; FileUnreadable when it is no Parquet file, is damaged or encrypted, or is a bomb.

    Dates, times and decimals are text; a moment at midnight that names no time zone is a day.
    """
    if path.suffix.lower() in stream.PACKED:
        raise FileUnreadable(f"{path.name}: Parquet is packed in itself. Unpack this file and load what is in it.")
    with _opened(path) as file:
        names = file.schema_arrow.names
        _must_have_kind(path, names)
        rows = count(1)
        for batch in _batches(path, file):
            columns = [_column(path, name, column) for name, column in zip(names, batch.columns, strict=True)]
            for cells in zip(*columns, strict=True):
                data = {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}
                yield Record(f"{path.name}:{next(rows)}", data)


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    try:
        with pq.ParquetFile(path) as file:
            texts = [field.name for field in file.schema_arrow if _is_text(field.type)]
        _must_spell_out(path)
        with pq.ParquetFile(path, read_dictionary=texts, page_checksum_verification=True) as file:
            yield file
    except parquet_footer.Encrypted:
        raise FileUnreadable(f"{path.name}: holds encrypted columns. Write it unencrypted and load that.") from None
    except (OSError, ValueError, pa.ArrowException) as problem:
        raise FileUnreadable(f"{path.name}: cannot be read to its end: {stream.short(problem)}. {_WAY_OUT}") from None


def _must_spell_out(path: Path) -> None:
    """Refuse a file of which the parts say that they are a bomb."""
    with path.open("rb") as file:
        size = file.seek(-8, SEEK_END)
        length = int.from_bytes(file.read(4), "little")
        file.seek(size - length)
        chunks = parquet_footer.chunks(file.read(length))
    _must_be_below(path, sum(max(chunk.unpacked, chunk.values * _LEAST) for chunk in chunks))


def _must_have_kind(path: Path, names: Sequence[str]) -> None:
    if "kind" not in names:
        raise FileUnreadable(f"{path.name}: needs columns named by the keys of records, 'kind' among them.")
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise FileUnreadable(f"{path.name}: has the column '{in_brief(doubled[0])}' twice. Keep one of them.")


def _batches(path: Path, file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    """Yield the rows in parts, until they spell out to more than any honest file of this size holds."""
    total = 0
    for batch in file.iter_batches(ROWS):
        total += sum(map(_size, batch.columns))
        _must_be_below(path, total)
        yield batch


def _must_be_below(path: Path, size: int) -> None:
    if size > max(stream.FREE, stream.MAX_RATIO * path.stat().st_size):
        raise FileUnreadable(f"{path.name}: unpacks to over {stream.MAX_RATIO} times its size; refused as a bomb.")


def _size(column: pa.Array) -> int:
    """Return how many bytes the values of a column are when each is written out."""
    type_ = column.type
    if pa.types.is_dictionary(type_) and not pa.types.is_nested(type_.value_type):
        lengths = pc.binary_length(column.dictionary.cast(pa.large_string()))
        return int(pc.sum(lengths.take(column.indices)).as_py() or 0)
    return sum(map(_size, _inside(column))) or max(int(column.nbytes), len(column) * _LEAST)


def _inside(column: pa.Array) -> list[pa.Array]:
    """Return the columns that the values of a column are made of, none when they are plain."""
    type_ = column.type
    if isinstance(type_, pa.BaseExtensionType):
        return [column.storage]
    if pa.types.is_dictionary(type_):
        return [column.dictionary_decode()]
    if pa.types.is_map(type_):
        pair = pa.struct([("key", type_.key_type), ("value", type_.item_type)])
        return [column.cast(pa.list_(pair))]
    if pa.types.is_struct(type_):
        return list(column.flatten())
    return [pc.list_flatten(column)] if pa.types.is_nested(type_) else []


def _column(path: Path, name: str, column: pa.Array) -> list[Any]:
    try:
        return _values(column)
    except (ValueError, pa.ArrowException) as problem:
        raise FileUnreadable(
            f"{path.name}: the column '{in_brief(name)}' is no text: {stream.short(problem)}. Leave it out."
        ) from None


def _is_text(type_: pa.DataType) -> bool:
    return bool(pa.types.is_string(type_) or pa.types.is_large_string(type_))


def _values(column: pa.Array) -> list[Any]:
    """Return a column as plain values: texts, numbers, flags, and lists and mappings of them."""
    type_ = column.type
    if isinstance(type_, pa.BaseExtensionType) or pa.types.is_dictionary(type_) or pa.types.is_map(type_):
        return _values(*_inside(column))
    if pa.types.is_struct(type_):
        return _mappings(column)
    if pa.types.is_nested(type_):
        return _lists(column)
    if pa.types.is_floating(type_):
        return [None if number != number else number for number in column.to_pylist()]  # noqa: PLR0124
    if pa.types.is_integer(type_) or pa.types.is_boolean(type_):
        return list(column.to_pylist())
    return list(_texts(column).to_pylist())


def _lists(column: pa.Array) -> list[Any]:
    inner = iter(_values(*_inside(column)))
    lengths = pc.list_value_length(column).to_pylist()
    return [None if length is None else list(islice(inner, length)) for length in lengths]


def _mappings(column: pa.Array) -> list[Any]:
    names = [field.name for field in column.type]
    rows = zip(*map(_values, _inside(column)), strict=True) if names else repeat((), len(column))
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None} if valid else None
        for row, valid in zip(rows, column.is_valid().to_pylist(), strict=True)
    ]


def _texts(column: pa.Array) -> pa.Array:
    """Return a column as it is written: moments as EDTF, less fractions of a second, other values as Arrow does."""
    if not pa.types.is_timestamp(column.type):
        return column.cast(pa.string())
    zone = column.type.tz
    seconds = column.cast(pa.timestamp("s", zone), safe=False).cast(pa.timestamp("s"))
    words = seconds.cast(pa.string())
    if zone:
        return pc.binary_join_element_wise(pc.replace_substring(words, " ", "T"), "Z", "")
    return pc.replace_substring(pc.replace_substring_regex(words, " 00:00:00$", ""), " ", "T")
