import gzip
import json
import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.errors import FileUnreadable
from graphkit.ingest import readers
from graphkit.ingest.readers.stream import MAX_LINE

ROW = {"kind": "Source", "id": "s", "name": "Ä 昆明"}
ONE = "kind: Source\nid: s\nname: Ä 昆明\n"
ITEM = "- kind: Source\n  id: s\n  name: Ä 昆明\n"
LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
WORDS = (
    "2014-03-01 2014-03-01T12:30:00Z no yes on off true NO y 29 007 1_000 1.50 1e3 12:30:45 0x1F .inf .nan = 2014-03"
)
WORDS = [*WORDS.split(), "!!", "none", "nil", "Norway"]


@pytest.fixture
def read(tmp_path):
    def read(content, name="a.yaml"):
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return list(readers.read(path))

    return read


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (ONE, [1]),
        ("\ufeff" + ONE, [1]),
        ("# a comment\n---\n" + ONE + "...\n", [3]),
        (ITEM, [1]),
        (ITEM + "\n\n" + ITEM, [1, 6]),
        ("records:\n" + ITEM, [2]),
        ("about: three words\nrecords:\n" + ITEM + ITEM, [3, 6]),
        (ONE + "---\n" + ITEM + "---\n" + "records:\n" + ITEM, [1, 5, 10]),
        ("---\n---\n" + ONE, [3]),
        ('[{"kind": "Source", "id": "s",\n "name": "Ä 昆明"}]', [1]),
        (ONE.replace("\n", "\r\n"), [1]),
        ("", []),
        ("---\n", []),
        ("[]", []),
        ("records: []", []),
    ],
)
def test_records_stand_in_a_list_by_themselves_under_records_or_in_documents(read, content, lines):
    records = read(content)
    assert [record.data for record in records] == [ROW] * len(lines)
    assert [record.place for record in records] == [f"a.yaml:{line}" for line in lines]


def test_a_packed_file_is_unpacked_and_yml_is_yaml(read):
    assert [record.data for record in read(gzip.compress(ITEM.encode()), "a.yml.gz")] == [ROW]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_text_as_it_is_written(read, word):
    for written in (f"'{word}'",) if word == "!!" else (word, f"'{word}'", f"!!str {word}"):
        assert read(f"a: {written}\nb: [{written}]")[0].data == {"a": word, "b": [word]}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL", "!!null x"])
def test_nothing_is_absent_and_null_in_quotes_is_a_word(read, nothing):
    assert read(f"a: {nothing}\nb: 'null'\nc: |\n  null\n")[0].data == {"a": None, "b": "null", "c": "null\n"}


def test_the_number_and_the_flag_of_a_yaml_key_are_words_too(read):
    assert read("2014-03-01: a\ntrue: b\nnull: c")[0].data == {"2014-03-01": "a", "true": "b", "null": "c"}


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        ("id: a\n  id: b", "has the key 'id' twice; keep one of them"),
        ("x: [{y: {ä: 1, ä: 2}}]", "has the key 'ä' twice; keep one of them"),
        ("x: *base", "has the alias *base; write out what it stands for"),
        ("x: [{y: *base}]", "has the alias *base; write out what it stands for"),
        ("<<: *base", "has the alias *base; write out what it stands for"),
        ("x: !!python/object/apply:os.system [ls]", "has the tag tag:yaml.org,2002:python/object/apply:os.system"),
        ("x: !!binary aGk=", "has the tag tag:yaml.org,2002:binary; leave it out"),
        ("x: !own y", "has the tag !own; leave it out"),
        ("? [a, b]\n  : c", "has a key that is no text; write each field as name: value"),
        ("? {a: b}\n  : c", "has a key that is no text"),
    ],
)
def test_an_item_with_more_than_plain_values_is_one_bad_record(read, item, problem):
    first, bad, last = read("- &base\n  kind: Source\n- " + item + "\n- kind: Source\n")
    assert (first.data, last.data, bad.data) == ({"kind": "Source"}, {"kind": "Source"}, None)
    assert bad.place == "a.yaml:3"
    assert problem in bad.problem


def test_both_values_of_a_key_that_stands_twice_are_kept_for_who_mends_it(read):
    (bad,) = read("id: a\nid: b")
    assert bad.text == '{"id": "a", "id": "b"}'


@pytest.mark.parametrize("item", ["word", "3", "[a, b]", "null", "''"])
def test_what_is_no_mapping_is_one_bad_record(read, item):
    for content in (f"- {item}\n- kind: Source", f"records:\n- {item}\n- kind: Source"):
        bad, good = read(content)
        assert (bad.data, good.data) == (None, {"kind": "Source"})
        assert bad.problem.startswith("is no record; write its fields below each other")


def test_records_that_are_no_list_are_one_bad_record(read):
    assert [record.data for record in read("records: x")] == [None]
    assert [record.data for record in read("just words")] == [None]


def test_laughs_are_not_multiplied(read):
    (bad,) = read(LAUGHS)
    assert "has the alias" in bad.problem
    assert len(bad.text) < 1000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a: b: c", "a.yaml:1: is not YAML: mapping values are not allowed in this context"),
        ("- a\nb: c", "a.yaml:2: is not YAML"),
        ("a:\n\tb: c", "a.yaml:2: is not YAML: found character that cannot start any token"),
        ("a: 'b", "is not YAML: found unexpected end of stream"),
        (ITEM + "- {a: b", "is not YAML"),
        ("a: !x!y z", "is not YAML"),
        ("%YAML 9.9\n---\na: b", "found incompatible YAML document"),
        ("a: Ä".encode("latin-1"), "a.yaml: is not UTF-8 text. Save it as UTF-8"),
        ("a: \x07", "a.yaml: is not YAML: control characters are not allowed"),
        ("a: b".encode("utf-16"), "is UTF-16 and not UTF-8"),
        ("a: b\0", "is binary"),
        (b"%PDF-1.7", "is a PDF"),
        ("[" * 100_000, "a.yaml:1: is nested too deeply. Write it flat"),
        ("- " * 100_000, "nested too deeply"),
        ("{a: " * 100_000, "nested too deeply"),
        ("? " * 100_000, "nested too deeply"),
        ("a: " + "x" * (MAX_LINE + 2**21), "a record of over 16 MiB"),
        ("- a: |\n" + "    x\n" * (MAX_LINE // 4), "a record of over 16 MiB"),
        ("records: []\nrecords: []", "a.yaml:2: has the key 'records' twice"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "bytes",
)
def test_a_file_that_is_no_yaml_is_one_clear_error(read, content, words):
    with pytest.raises(FileUnreadable) as caught:
        read(content)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 300


def test_long_texts_of_many_records_are_no_long_record(read):
    text = "x" * (7 * 2**20)
    assert [record.data for record in read(f"- a: {text}\n" * 3)] == [{"a": text}] * 3


def test_many_aliases_take_no_time(read):
    started = time.process_time()
    (bad,) = read("a: &a x\nb:\n" + "- *a\n" * 200_000)
    assert "has the alias *a" in bad.problem
    assert time.process_time() - started < 20


PLAIN = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=8)
FIELDS = PLAIN.filter(lambda name: name != "records")
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=3), max_leaves=8
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=st.lists(st.dictionaries(FIELDS, VALUES, max_size=4), max_size=4))
def test_what_another_program_writes_arrives_as_it_was(read, rows):
    assert [record.data for record in read(yaml.safe_dump(rows, allow_unicode=True))] == rows
    assert [record.data for record in read(yaml.safe_dump_all(rows))] == rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(value=VALUES)
def test_json_is_yaml(read, value):
    as_json = json.dumps([{"a": value}], ensure_ascii=False)
    if as_json.isascii() and as_json.isprintable():
        assert [record.data for record in read(as_json)] == [{"a": value}]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(content=st.text(alphabet="ab:-?[]{}&*!|>'\"#%@,~\n\t 1.\u2028é", max_size=40) | st.binary(max_size=20))
def test_any_file_is_records_or_one_error(read, content):
    try:
        records = read(content)
    except FileUnreadable as problem:
        assert str(problem).startswith("a.yaml")
    else:
        assert all((record.data is None) != (record.problem is None) for record in records)
