"""Files that once broke the promise: each holds now."""

from __future__ import annotations

import io
import json
import struct
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from graphkit import flow
from graphkit.errors import FileUnreadable
from tests.fuzz import promise, seeds, written
from tests.fuzz.apart import Apart
from tests.fuzz.promise import Came
from tests.fuzz.targets import TARGETS
from tests.sheets import packing

SOURCE = {"kind": "Source", "id": "s", "name": "A"}


@pytest.fixture
def judged(tmp_path: Path):
    def judged(name: str, content: bytes | str) -> Came:
        path = tmp_path / TARGETS[name].file
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return TARGETS[name].judge(path)

    return judged


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with closing(Apart()) as process:
        yield process


def rejects(came: Came) -> list[str]:
    assert came.batch
    return list(map(str, came.batch.rejects))


def test_a_field_without_end_is_named_by_its_beginning(judged) -> None:
    (said,) = rejects(judged("lines", json.dumps(SOURCE | {"x" * 100_000: 1})))
    assert said == f"a.jsonl:1: {'x' * 80}…: is no field of Source."
    assert len(rejects(judged("csv", f"kind,{'x' * 100_000}\nSource,1\n"))[0]) < 400


@pytest.mark.parametrize(("mark", "shown"), [("\0", "[U+0000]"), ("\x1b[2J", "[U+001B][2J"), ("a\nb", "a b")])
def test_what_steers_a_terminal_is_shown_as_its_number(judged, mark, shown) -> None:
    assert rejects(judged("lines", json.dumps(SOURCE | {mark: 1}))) == [f"a.jsonl:1: {shown}: is no field of Source."]


def test_a_key_that_stands_twice_is_named_in_brief(judged) -> None:
    key = "\x1b" + "x" * 5000
    came = judged("document", f'{{"records": [], {json.dumps(key)}: 1, {json.dumps(key)}: 2}}')
    assert came.refusal.startswith("a.json: has the key '[U+001B]xxx")


def test_records_of_an_archive_are_named_with_it(judged) -> None:
    line = b'{"kind": "Nothing"}\n'
    came = judged("packed", packing.zipped(("a/x.jsonl", line), ("b/x.jsonl", line)))
    assert all(said.startswith("a.zip/x.jsonl:1: kind: No kind named 'Nothing'.") for said in rejects(came))
    assert judged("packed", packing.zipped(("x.json", b"{"))).refusal.startswith("a.zip/x.json: is not JSON")


def test_names_in_an_archive_that_are_left_out_are_said_in_brief(judged) -> None:
    came = judged("packed", packing.zipped(("a.jsonl", written.in_lines([SOURCE])), ("\x1b[2J" + "x" * 5000, b"")))
    assert came.batch and any("[U+001B]" in note and len(note) < 300 for note in came.batch.notes)


def test_an_archive_of_which_a_byte_is_turned_is_refused(judged) -> None:
    good = packing.zipped(("a.jsonl", written.in_lines(seeds.NATIVE)))
    for at in range(40, 200, 20):
        assert "a.zip: is damaged or locked" in judged("packed", good[:at] + b"\xaa" + good[at + 1 :]).refusal


def test_a_workbook_of_which_a_byte_is_turned_is_refused() -> None:
    good = TARGETS["xlsx"].good()[0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        for at in range(60, 200, 20):
            path.write_bytes(good[:at] + b"\xaa" + good[at + 1 :])
            with pytest.raises(FileUnreadable):
                flow.sheet_preview(path, promise.CATALOG)


XLS = packing.xls("Sites", [["Domain", "Note"], ["a.example", "x"]])


def test_a_workbook_that_calamine_panics_over_is_refused(tmp_path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(XLS[:1272] + b"\xda\0" + XLS[1274:])
    with pytest.raises(FileUnreadable):
        flow.sheet_preview(path, promise.CATALOG)


CIRCLE = struct.pack("<I", 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (XLS[:58] + XLS[98:], "a.xls: is a damaged workbook: "),
        (XLS[:30] + b"\x40" + XLS[31:], "its sectors are of no size that there is"),
        (XLS[:520] + CIRCLE + XLS[524:], "its sectors lead in a circle"),
        (XLS[:68] + CIRCLE + XLS[72:2044] + CIRCLE + XLS[2048:], "its sectors lead in a circle"),
        (XLS[:1272] + b"\xff" * 4 + XLS[1276:], "a part of it is larger than the whole"),
        (XLS[:1039], "it is cut off. Save it anew as .xlsx."),
        (XLS[:100], "it is cut off"),
    ],
)
def test_a_compound_file_whose_sectors_are_wrong_ends_no_process(apart, tmp_path, content, words) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert words in apart.judge("xls", path)


def test_what_a_bundle_has_no_place_for_is_said_in_writable_words(judged) -> None:
    bundle = {"type": "bundle", "id": "bundle--1", "objects": [seeds.STIX["objects"][0] | {"\ud800": 1}]}
    came = judged("stix", json.dumps(bundle))
    assert came.batch and any("[U+D800] (1)" in note for note in came.batch.notes)


def test_a_mapping_with_a_control_character_is_refused_on_one_line(judged) -> None:
    assert judged("mapping", 'sheets: "\x08"').refusal.endswith("control characters are not allowed. Mend it.")


def test_a_mapping_says_what_there_is_beside_a_wrong_name(judged) -> None:
    assert (
        "There are: id, name" in judged("mapping", "source: {colour: red}\nsheets: [{records: {a: {kind: A}}}]").refusal
    )
    kinds = {"sheets": [{"records": {"a": {"kind": {"column": "Type", "means": {"x": "Nothing"}}}}}]}
    assert (
        "there is no kind 'Nothing'. 'graphkit add --list' lists them." in judged("mapping", json.dumps(kinds)).refusal
    )


def test_a_row_whose_kind_cannot_be_read_is_rejected_with_its_cells(tmp_path) -> None:
    given = {"sheets": [{"records": {"a": {"kind": {"column": "Type", "json": "x"}, "name": "Source"}}}]}
    mapping, sheet = tmp_path / "mapping.yaml", tmp_path / "links.csv"
    mapping.write_text(json.dumps(given))
    sheet.write_bytes(written.in_cells(",")(seeds.LINKS[:2]))
    came = promise.by_mapping(sheet, flow.mapping(mapping, promise.CATALOG))
    assert rejects(came) == ["links.csv:2: kind: 'member' is not JSON"]
    assert came.batch and json.loads(came.batch.rejects[0].again) == {"kind": "member"}


def test_a_mapping_that_is_proposed_is_the_same_when_it_is_read_again(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(written.in_cells(",")([row[:3] for row in seeds.EVENTS]))
    promise.by_proposal(path)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(flow.sheet_preview(path, promise.CATALOG).text)
    assert flow.mapping(mapping, promise.CATALOG) == flow.sheet_preview(path, promise.CATALOG).mapping


def test_a_workbook_with_a_cell_far_from_its_table_ends_no_process(apart, tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Domain", "x"
    packed = io.BytesIO()
    book.save(packed)
    path = tmp_path / "a.xlsx"
    path.write_bytes(packed.getvalue())
    assert "reaches over" in apart.judge("xlsx", path)
