import base64
import gzip
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.errors import FileUnreadable
from graphkit.ingest import readers

TEXT = pa.string()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.parquet"


@pytest.fixture
def read(path):
    def read(columns, **options):
        pq.write_table(pa.table(columns), path, **options)
        return list(readers.read(path))

    return read


def test_columns_are_keys_rows_are_records_and_null_is_absent(read):
    records = read({"kind": ["Source", "Source"], "id": ["s", "t"], "name": [None, "Ä 昆明"], "empty": [None, None]})
    assert [(record.place, record.data) for record in records] == [
        ("a.parquet:1", {"kind": "Source", "id": "s"}),
        ("a.parquet:2", {"kind": "Source", "id": "t", "name": "Ä 昆明"}),
    ]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (pa.array([date(2014, 3, 1), None]), ["2014-03-01"]),
        (pa.array([date(2014, 3, 1), None], pa.date64()), ["2014-03-01"]),
        (pa.array([datetime(2014, 3, 1), datetime(2014, 3, 1, 12, 30, 5, 7)]), ["2014-03-01", "2014-03-01T12:30:05"]),
        (pa.array([datetime(2014, 3, 1)] * 2, pa.timestamp("ns")), ["2014-03-01"] * 2),
        (pa.array([datetime(2014, 3, 1), None], pa.timestamp("ms", "UTC")), ["2014-03-01T00:00:00Z"]),
        (pa.array([datetime(2014, 3, 1), None], pa.timestamp("us", "Europe/Berlin")), ["2014-03-01T00:00:00Z"]),
        (pa.array([[date(2014, 3, 1), None], []]), [["2014-03-01", None], []]),
        (pa.array([Decimal("29.10"), None]), ["29.10"]),
        (pa.array([time(3, 4), None]), ["03:04:00.000000"]),
        (pa.array([1.5, float("nan")]), [1.5]),
        (pa.array([3, None], pa.uint8()), [3]),
        (pa.array([True, False]), [True, False]),
        (pa.array(["x", "y"], pa.large_string()), ["x", "y"]),
        (pa.array(["x", None]).dictionary_encode(), ["x"]),
        (pa.array([3, None]).dictionary_encode(), [3]),
        (pa.array([["x"], None], pa.list_(pa.dictionary(pa.int32(), TEXT))), [["x"]]),
        (pa.array([["x", "y"], None], pa.large_list(TEXT)), [["x", "y"]]),
        (pa.array([["x", "y"], None], pa.list_(TEXT, 2)), [["x", "y"]]),
        (pa.array([[["x"], []], [None]], pa.list_(pa.list_(TEXT))), [[["x"], []], [None]]),
        (pa.array([b"x", "Ä".encode()]), ["x", "Ä"]),
        (pa.array([{"a": 1, "b": date(2014, 3, 1)}, {"a": None, "b": None}]), [{"a": 1, "b": "2014-03-01"}, {}]),
        (pa.array([None, {"a": ["x"]}]), [{"a": ["x"]}]),
        (pa.array([[("x", "y")], None], pa.map_(TEXT, TEXT)), [[{"key": "x", "value": "y"}]]),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else "",
)
def test_every_type_arrives_as_text_number_flag_list_or_mapping(read, column, values):
    records = read({"kind": ["A", "A"], "x": column})
    assert [record.data["x"] for record in records if "x" in record.data] == values


def test_what_polars_and_pandas_write_is_read(path):
    rows = {"kind": ["Person", "Person"], "id": ["p", "q"], "name": [["P", "Pé"], ["Q"]], "position": ["x", "x"]}
    frame = pl.DataFrame(rows).with_columns(pl.col("position").cast(pl.Categorical))
    wanted = [dict(zip(rows, row, strict=True)) for row in zip(*rows.values(), strict=True)]
    for write in (lambda: frame.write_parquet(path), lambda: frame.to_pandas().to_parquet(path)):
        write()
        assert [record.data for record in readers.read(path)] == wanted


def test_rows_come_in_parts_and_are_numbered_through(read):
    records = read({"kind": ["A"] * 3500, "n": list(range(3500))}, row_group_size=1700)
    assert [record.data["n"] for record in records] == list(range(3500))
    assert [records[0].place, records[-1].place] == ["a.parquet:1", "a.parquet:3500"]


def refusal(path):
    with pytest.raises(FileUnreadable) as caught:
        list(readers.read(path))
    assert str(caught.value).startswith("a.parquet")
    assert len(str(caught.value)) < 300
    return str(caught.value)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"id": ["s"]}, "needs columns named by the keys of records, 'kind' among them"),
        ({"kind": ["A"], "x": [b"\xff"]}, "the column 'x' is no text"),
    ],
)
def test_columns_that_are_no_records_are_one_error(path, columns, words):
    pq.write_table(pa.table(columns), path)
    assert words in refusal(path)


def test_a_column_that_stands_twice_is_one_error(path):
    pq.write_table(pa.table([["A"], ["a"], ["b"]], names=["kind", "id", "id"]), path)
    assert refusal(path) == "a.parquet: has the column 'id' twice. Keep one of them."


@pytest.mark.parametrize("cut", [lambda c: b"", lambda c: b"text", lambda c: c[:-9], lambda c: c[9:], lambda c: c[:-4]])
def test_what_is_no_parquet_or_not_all_of_it_is_one_error(path, cut):
    pq.write_table(pa.table({"kind": ["A"] * 100, "n": list(range(100))}), path)
    path.write_bytes(cut(path.read_bytes()))
    assert "cannot be read to its end" in refusal(path)
    assert refusal(path).endswith("Is it Parquet, whole and not encrypted?")


class _Keys(pe.KmsClient):
    def wrap_key(self, key_bytes, master_key_identifier):
        return base64.b64encode(key_bytes)

    def unwrap_key(self, wrapped_key, master_key_identifier):
        return base64.b64decode(wrapped_key)


@pytest.mark.parametrize("plain_footer", [True, False])
def test_an_encrypted_file_is_one_error(path, plain_footer):
    factory = pe.CryptoFactory(lambda config: _Keys())
    how = pe.EncryptionConfiguration(footer_key="a", column_keys={"b": ["kind"]}, plaintext_footer=plain_footer)
    keys = factory.file_encryption_properties(pe.KmsConnectionConfig(), how)
    table = pa.table({"kind": ["A"], "id": ["x"]})
    with pq.ParquetWriter(path, table.schema, encryption_properties=keys) as writer:
        writer.write_table(table)
    assert "encrypted" in refusal(path)


def test_a_packed_parquet_file_is_to_be_unpacked(tmp_path, path):
    packed = tmp_path / "a.parquet.gz"
    packed.write_bytes(gzip.compress(b"PAR1"))
    assert "Parquet is packed in itself" in refusal(packed)


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": pa.array(["A"] * 10_000_000).dictionary_encode()},
        {"kind": pa.DictionaryArray.from_arrays(pa.array([0] * 10_000, pa.int32()), ["x" * 2**20])},
        {"kind": ["A"], "x": pa.array([[0] * 20_000_000], pa.list_(pa.int8()))},
        {"kind": ["A"], "x": ["y" * 100_000_000]},
    ],
    ids=["rows", "words", "list", "text"],
)
def test_a_bomb_is_refused_before_it_goes_off(path, columns):
    pq.write_table(pa.table(columns), path, compression="zstd")
    assert path.stat().st_size < 100_000
    assert refusal(path) == "a.parquet: unpacks to over 400 times its size; refused as a bomb."


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(places=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4))
def test_a_damaged_file_is_records_or_one_error(path, places):
    table = pa.table({"kind": ["Person"] * 50, "id": [f"p{n}" for n in range(50)], "x": [["a", "b"]] * 50})
    pq.write_table(table, path)
    content = bytearray(path.read_bytes())
    for place, byte in places:
        content[place % len(content)] = byte
    path.write_bytes(content)
    try:
        records = list(islice(readers.read(path), 1000))
    except FileUnreadable as problem:
        assert str(problem).startswith("a.parquet")
    else:
        assert all(record.data for record in records)
