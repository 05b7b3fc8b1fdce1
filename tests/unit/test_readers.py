import gzip
import json

import pyarrow as pa
import pytest

from graphkit.errors import ChooseAgain, FileUnreadable
from graphkit.ingest import readers

LINE = '{"kind": "Source", "id": "s", "name": "Ä 昆明"}\n'
ROW = json.loads(LINE)


@pytest.fixture
def put(tmp_path):
    def put(name, content):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put


def data(path):
    return [record.data for record in readers.read(path)]


def zstd(content):
    return pa.Codec("zstd").compress(content, asbytes=True)


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "A.JSONL"])
@pytest.mark.parametrize(
    "content", [LINE, LINE.strip(), "\n" + LINE + "\n\n", LINE.replace("\n", "\r\n"), "\ufeff" + LINE]
)
def test_json_lines_are_one_record_a_line(put, name, content):
    assert data(put(name, content)) == [ROW]


def test_a_record_knows_the_line_it_came_from(put):
    assert [record.place for record in readers.read(put("a.jsonl", LINE + "\n" + LINE))] == ["a.jsonl:1", "a.jsonl:3"]


@pytest.mark.parametrize("document", [ROW, [ROW], {"records": [ROW]}])
def test_a_json_document_is_an_object_a_list_or_records(put, document):
    (record,) = readers.read(put("a.json", "\ufeff" + json.dumps(document)))
    assert (record.place, record.data) == ("a.json:[1]", ROW)


@pytest.mark.parametrize("document", ["[3]", '"a"', '{"records": null}', '{"records": "x"}'])
def test_what_is_no_object_in_a_document_is_one_bad_record(put, document):
    (record,) = readers.read(put("a.json", document))
    assert record.data is None
    assert "not a JSON object" in record.problem


@pytest.mark.parametrize("name", ["a.jsonl.gz", "A.JSONL.GZ", "a.csv.gz", "a.json.gz", "a.jsonl.zst", "a.csv.ZST"])
def test_packed_files_are_unpacked(put, name):
    plain = "kind,id,name\nSource,s,Ä 昆明\n" if "csv" in name else LINE
    pack = gzip.compress if name.lower().endswith("gz") else zstd
    assert data(put(name, pack(plain.encode()))) == [ROW]


def test_two_gzip_members_are_one_file(put):
    assert data(put("a.jsonl.gz", gzip.compress(LINE.encode()) * 2)) == [ROW, ROW]


def test_a_line_in_another_encoding_is_one_bad_record_and_the_rest_is_read(put):
    first, bad, last = readers.read(put("a.jsonl", LINE.encode() + '{"name": "Ä"}\n'.encode("latin-1") + LINE.encode()))
    assert (first.data, last.data, bad.data) == (ROW, ROW, None)
    assert (bad.place, bad.problem) == ("a.jsonl:2", "is not UTF-8 text at byte 11; save the file as UTF-8")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"a": ', "is not JSON at column"),
        ("nonsense", "is not JSON at column 1"),
        ("[1]", "is not a JSON object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", "a number in it is too long"),
    ],
)
def test_a_line_that_is_no_object_is_one_bad_record(put, line, words):
    bad, good = readers.read(put("a.jsonl", line + "\n" + LINE))
    assert words in bad.problem
    assert (bad.text, good.data) == (line, ROW)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('{"kind": "Source", "id": "a", "id": "b"}', "id"),
        ('{"kind": "Source", "x": [{"y": {"ä": 1, "ä": 1}}]}', "ä"),
    ],
)
def test_an_object_with_a_key_twice_is_one_bad_record_that_loses_neither_value(put, line, key):
    for name, content in (("a.jsonl", f"{line}\n{LINE}"), ("a.json", f"[{line}, {LINE}]")):
        bad, good = readers.read(put(name, content))
        assert (bad.data, bad.text, bad.problem) == (None, line, f"has the key '{key}' twice; keep one of them")
        assert good.data == ROW


def test_a_semicolon_in_a_column_name_is_a_column_name(put):
    assert data(put("a.csv", "kind,a;b\nSource,1;2\n")) == [{"kind": "Source", "a;b": "1;2"}]


def test_a_file_whose_name_is_not_utf8_is_named(put, tmp_path):
    put("caf\udce9.jsonl", LINE)
    with pytest.raises(ChooseAgain, match=r"the name is not UTF-8 text\. Rename") as caught:
        readers.files([tmp_path])
    assert r"caf\xe9.jsonl" in str(caught.value)
    str(caught.value).encode()


def test_a_sheet_has_its_keys_in_the_first_row(put):
    text = "\ufeffkind, id ,name,based_on,\r\nSource,s, A ,a| b|,\r\n,,,,\r\nSource,t,,,ignored\r\nSource\r\n"
    assert data(put("a.csv", text)) == [
        {"kind": "Source", "id": "s", "name": "A", "based_on": ["a", "b"]},
        {"kind": "Source", "id": "t"},
        {"kind": "Source"},
    ]


def test_a_quoted_cell_may_hold_lines_commas_and_quotes(put):
    records = list(readers.read(put("a.csv", 'kind,id\r\nSource,"a\r\nb, ""c"""\r\nSource,t\r\n')))
    assert [record.data["id"] for record in records] == ['a\nb, "c"', "t"]
    assert [record.place for record in records] == ["a.csv:2", "a.csv:4"]


def test_a_row_with_more_cells_than_columns_is_one_bad_record(put):
    bad, good = readers.read(put("a.csv", "kind,id\nSource,s,x\nSource,t,\n"))
    assert (bad.data, bad.problem) == (None, "has 3 cells and the header 2")
    assert json.loads(bad.text) == {"kind": "Source", "id": "s", "": ["x"]}
    assert good.data == {"kind": "Source", "id": "t"}


def test_an_empty_file_of_lines_holds_no_records(put):
    assert data(put("a.jsonl", "")) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "", "the first row must name the columns, 'kind' among them"),
        ("a.csv", "id,name\n", "'kind' among them"),
        ("a.csv", "kind,id,id\n", "the column 'id' stands there twice"),
        ("a.csv", '"kind,id\nSource,s\n', "a.csv:1: is not CSV: a quote that is opened in row 1 is never closed"),
        ("a.csv", 'kind,id\nSource,s\nSource,"t\nSource,u\n', "a quote that is opened in row 3 is never closed"),
        ("a.csv", "kind;id;name\nSource;s;A, B\n", "columns are separated by ';': save with commas"),
        ("a.csv", '\ufeff"id" ; "kind"\ns;Source\n', "columns are separated by ';': save with commas"),
        ("a.csv", "kind\tid\nSource\ts\n", "columns are separated by tabs: save with commas"),
        ("a.json", '{"records": [], "records": []}', "has the key 'records' twice"),
        ("a.csv", 'kind,id\nSource,"a"b\n', "a.csv:2: is not CSV"),
        ("a.csv", "kind,id\nSource,Ä".encode("latin-1"), "a.csv:2: is not UTF-8 text"),
        ("a.json", "", "is not JSON"),
        ("a.json", LINE + LINE, "One object a line is .jsonl"),
        ("a.json", '["Ä"]'.encode("latin-1"), "is not UTF-8 text"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.jsonl", LINE.encode("utf-16"), "is UTF-16 and not UTF-8"),
        ("a.jsonl", LINE.encode("utf-16-le"), "is binary"),
        ("a.csv", b"PK\x03\x04rest", "is a zip archive"),
        ("a.json", b"%PDF-1.7", "is a PDF"),
        ("a.jsonl", b"{}\0", "is binary"),
        ("a.jsonl", gzip.compress(LINE.encode()), "is binary"),
        ("a.jsonl.gz", LINE, "cannot be read to its end"),
        ("a.jsonl.gz", gzip.compress(LINE.encode() * 1000)[:-20], "cannot be read to its end"),
        ("a.json.gz", gzip.compress(LINE.encode())[:-20], "cannot be read to its end"),
        ("a.jsonl.zst", zstd(LINE.encode() * 1000)[:-9], "cannot be read to its end"),
        ("a.jsonl", b"x" * (18 * 2**20), "a line of over 16 MiB"),
        ("a.jsonl.gz", gzip.compress(b"\n" * (70 * 2**20), 9), "refused as a bomb"),
        ("a.json.gz", gzip.compress(b" " * (70 * 2**20) + b"[]", 9), "refused as a bomb"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "content",
)
def test_a_file_that_is_not_what_it_claims_is_one_clear_error(put, name, content, words):
    with pytest.raises(FileUnreadable, match=words) as caught:
        data(put(name, content))
    assert str(caught.value).startswith(name)
    assert len(str(caught.value)) < 300


def test_a_folder_is_its_record_files_in_name_order(put, tmp_path):
    beside = ("README.md", "notes.txt", ".hidden", ".git/d.jsonl", "graphkit.kgl", "graphkit.kgl.lock")
    for name in ("b.jsonl", "a.csv", "in/c.json", *beside, "graphkit.kgl.lock-owner"):
        put(name, LINE)
    assert [path.name for path in readers.files([tmp_path])] == ["a.csv", "b.jsonl", "c.json"]
    assert readers.found([tmp_path]).notes() == []


def test_what_is_no_record_file_is_left_out_of_a_folder_with_a_note(put, tmp_path):
    for name in ("a.jsonl", "b.xlsx", "c.pdf", "d.toml", "e.zip"):
        put(name, LINE)
    put("jobs.yaml", "timezone: UTC\njobs:\n  - name: a\n")
    found = readers.found([tmp_path])
    assert [path.name for path in found.files] == ["a.jsonl"]
    left = ", ".join(str(tmp_path / name) for name in ("b.xlsx", "c.pdf", "d.toml"))
    assert found.notes() == [
        f"Left out what no reader knows: 4 files ({left} and 1 more).",
        f"Left out scheduled exports, which are no records: 1 file ({tmp_path / 'jobs.yaml'}).",
    ]


def test_a_jobs_file_that_is_named_is_no_record_file(put):
    with pytest.raises(FileUnreadable, match=r"jobs\.yml: holds scheduled exports and no records"):
        readers.files([put("jobs.yml", "jobs: []\n")])


@pytest.mark.parametrize("name", ["a.docx", "README", "a.jsonl.bz2", "a.gz"])
def test_an_ending_without_a_reader_is_named(put, tmp_path, name):
    path = put(name, LINE)
    words = (
        r"no reader for .*Readable are .jsonl, .ndjson, .json, .csv, .yaml",
        "no record file in here. Left out what no",
    )
    for given, said in zip((path, tmp_path), words, strict=True):
        with pytest.raises(FileUnreadable, match=said) as caught:
            readers.files([given])
        assert name in str(caught.value)


def test_no_file_is_an_error(tmp_path):
    with pytest.raises(FileUnreadable, match="no such file or folder"):
        readers.files([tmp_path / "nothing.jsonl"])
    with pytest.raises(FileUnreadable, match="no record file in here"):
        readers.files([tmp_path])
