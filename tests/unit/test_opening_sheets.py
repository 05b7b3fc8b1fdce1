"""Files that are not what their names say, that are damaged, or that would go off when opened."""

import io
import zipfile

import openpyxl
import pytest

from graphkit.errors import ChooseAgain, FileUnreadable
from graphkit.ingest import readers, sheets
from graphkit.ingest.sheets import extent
from graphkit.ingest.sheets.extent import Extent
from graphkit.sheets import sheet_preview


def rows(path):
    (sheet,) = sheets.opened(path, readers.ending(path))
    return [cells for _, cells in sheet.rows()], sheet.notes


def written(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(cells):
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def altered(content, old, new):
    """Return a workbook with something in all of its parts written otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(name, given.read(name).replace(old, new))
    return out.getvalue()


@pytest.mark.parametrize("far", ["XFD1048576", "XFD20000", "AAA1048576", "xfd1048576"])
def test_a_value_in_a_far_cell_is_told_before_memory_is_asked_for(tmp_path, far):
    content = altered(workbook({"A1": "name", "B2": "x"}), b'"B2"', f'"{far}"'.encode())
    with pytest.raises(FileUnreadable, match=r"mostly empty. Delete what stands far from its table"):
        rows(written(tmp_path / "a.xlsx", content))


def test_a_value_far_down_or_far_right_is_read(tmp_path):
    found, _ = rows(written(tmp_path / "a.xlsx", workbook({"A1": "name", "B50000": "x"})))
    assert (len(found), found[-1]) == (50000, ["", "x"])
    found, _ = rows(written(tmp_path / "b.xlsx", workbook({"A1": "name", "XFD2": "x"})))
    assert (len(found[1]), found[1][-1]) == (16384, "x")


def record(kind, *payload):
    body = b"".join(number.to_bytes(4, "little") for number in payload)
    return (bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])) + bytes([len(body)]) + body


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_the_extent_of_binary_parts_is_that_of_their_rows_and_cells(size):
    content = record(129) + record(0, 4, 0) + record(2, 9, 0) + record(0, 1048575, 0) + record(7, 16383, 0) + b"\x87"
    found = Extent("xl/worksheets/sheet1.bin")
    for start in range(0, len(content), size):
        found.add(content[start : start + size])
    assert found.cells == 1048576 * 16384 > extent.MOST


def test_other_binary_parts_have_no_extent():
    found = Extent("xl/printerSettings/printerSettings1.bin")
    found.add(record(0, 1048575) + record(7, 16383))
    assert found.cells == 1


@pytest.mark.parametrize("cut", range(1, 40))
def test_a_reference_cut_between_two_chunks_is_read(cut):
    content = b'<row r="7"><c r="B7"/></row><row r="9"><c s="1" r="D9"/></row>'
    found = Extent("xl/worksheets/sheet1.xml")
    found.add(content[:cut])
    found.add(content[cut:])
    assert found.cells == 36


def test_a_table_of_text_under_the_name_of_a_workbook_is_read(tmp_path):
    found, _ = rows(written(tmp_path / "export.xls", "name\tphone\nA\t1\n"))
    assert found == [["name", "phone"], ["A", "1"]]


@pytest.mark.parametrize("content", ["<html><table><tr><td>a</td></tr></table>", "\ufeff <?xml version='1.0'?><a/>"])
def test_a_page_under_the_name_of_a_workbook_is_told(tmp_path, content):
    with pytest.raises(FileUnreadable, match=r"HTML or XML and no table. Open it in a spreadsheet program"):
        rows(written(tmp_path / "export.xls", content))


def test_a_workbook_under_the_name_of_a_text_is_told(tmp_path):
    with pytest.raises(FileUnreadable, match=r"is a workbook, though its name ends in .csv"):
        rows(written(tmp_path / "a.csv", workbook({"A1": "name"})))


@pytest.mark.parametrize("text", ['name,note\nA,"x\nB,y\nC,z\n', 'name,note\nA,"x\nB,y\nC,a "quoted" word\nD,z\n'])
def test_a_quote_that_is_not_closed_does_not_swallow_the_rows_after_it(tmp_path, text):
    with pytest.raises(FileUnreadable, match=r"a\.csv:2: a quote that is opened in this row is not closed"):
        rows(written(tmp_path / "a.csv", text))


def test_lines_inside_of_quotes_and_loose_quotes_are_read(tmp_path):
    found, _ = rows(written(tmp_path / "a.csv", 'name,note\nA,"x\ny ""z"" "\nB,5" pipe\n'))
    assert found == [["name", "note"], ["A", 'x\ny "z" '], ["B", '5" pipe']]


def test_bytes_that_are_no_utf8_are_named_where_the_rest_is(tmp_path):
    text = "name\n" + "Łódź Müller\n" * 20
    found, notes = rows(written(tmp_path / "a.csv", text.encode() + b"M\xfcller\n"))
    assert (found[1], found[-1]) == (["Łódź Müller"], ["M\ufffdller"])
    assert notes == ("bytes that are no UTF-8 became \ufffd in line 22",)


def test_an_encoding_that_was_guessed_is_said(tmp_path):
    path = written(tmp_path / "a.csv", ("Name;Telefon\n" + "Jürgen Müller;030 1234567\n" * 20).encode("cp1252"))
    found, notes = rows(path)
    assert found[1] == ["Jürgen Müller", "030 1234567"]
    assert "is no UTF-8 and was read as cp125" in notes[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("encoding=nonsense", "there is no encoding 'nonsense'; write one such as utf-8 or cp1252"),
        ("encoding=hex", "there is no encoding 'hex'"),
        ("separator=two", "must be one character, or one of"),
    ],
)
def test_a_wrong_way_of_opening_is_one_sentence(tmp_path, catalog, line, said):
    path = written(tmp_path / "a.csv", "name,phone\nA,1\n")
    with pytest.raises(ChooseAgain, match=said):
        sheet_preview(path, catalog, corrections=[line])
