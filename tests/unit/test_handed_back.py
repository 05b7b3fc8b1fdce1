"""A sheet comes back as it was, with columns added in which nothing runs and nobody protected is named."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill

from graphkit import flow
from graphkit.errors import ChooseAgain
from graphkit.graph.scope import Scope
from graphkit.handed_back import COLUMNS
from graphkit.last_used import LastUsed
from graphkit.stores import Store

CASE = Scope(("harbour",))
RECORDS: list[dict[str, Any]] = [
    {"kind": "Source", "id": "a", "name": "A list"},
    {"kind": "Person", "id": "jane", "name": "Jané Doe", "source": "a"},
    {"kind": "Person", "id": "jane-2", "name": "Jané Doe", "source": "a"},
    {"kind": "Place", "id": "beijing", "name": "北京", "source": "a"},
    {"kind": "Place", "id": "kunming", "name": "Kunming", "source": "a"},
    {"kind": "Organization", "id": "formula", "name": "=HYPERLINK(1) Ltd", "source": "a"},
    {"kind": "Organization", "id": "+plus", "name": "-Minus", "source": "a"},
    {"kind": "Person", "id": "witness", "name": "Pelda Immersh", "protected": "witness", "source": "a"},
]
HOSTILE = ["=HYPERLINK(1) Ltd", "-Minus", "+plus", "@SUM(A1)"]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("handed-back")
    store = flow.store_at(str(folder / "graphkit.kgl"))
    flow.add(store, RECORDS, "harbour", LastUsed(folder / "state"))
    return store


def _back(store: Store, file: Path, ending: str, **where: Any) -> flow.HandedBack:
    matched = flow.match(store, CASE, file, flow.Asked(flow.Where(**where)))
    return flow.handed_back(file, matched, ending)


def _rows(made: flow.HandedBack, encoding: str = "utf-8", separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.content.decode(encoding), newline=""), delimiter=separator))


def _workbook(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "Names"
    sheet.append(["As it was mailed"])
    sheet.merge_cells("A1:D1")
    sheet.append([])
    sheet.append(["No", "Name", "When"])
    for row in ([1, "DOE, Jane", "2020"], [2, "Nobody", "2021"], [3, "Pelda Immersh", "2022"]):
        sheet.append(row)
    sheet["B3"].font = Font(bold=True)
    sheet["C3"].fill = PatternFill("solid", fgColor="FFEE00")
    sheet["E5"] = "=1+1"
    sheet.column_dimensions["B"].width = 44
    sheet.row_dimensions[9].hidden = True
    sheet.freeze_panes = "A4"
    book.create_sheet("Other")["A1"] = "kept"
    book["Other"].sheet_state = "hidden"
    book.save(folder / "names.xlsx")
    return folder / "names.xlsx"


def test_a_workbook_keeps_its_sheets_cells_and_formats(case: Store, tmp_path: Path) -> None:
    file = _workbook(tmp_path)
    before = file.read_bytes()
    made = _back(case, file, ".xlsx")
    book = load_workbook(io.BytesIO(made.content))
    sheet, old = book["Names"], load_workbook(file)["Names"]
    assert file.read_bytes() == before
    assert book.sheetnames == ["Names", "Other"]
    assert book["Other"]["A1"].value == "kept"
    assert book["Other"].sheet_state == "hidden"
    assert [[cell.value for cell in row] for row in sheet["A1:E6"]] == [[c.value for c in row] for row in old["A1:E6"]]
    assert sheet["B3"].font.bold
    assert sheet["C3"].fill.fgColor.rgb == "00FFEE00"
    assert sheet.column_dimensions["B"].width == 44
    assert sheet.freeze_panes == "A4"
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:D1"]
    assert made.notes == ()


def test_columns_stand_right_of_all_there_is_and_say_what_was_found(case: Store, tmp_path: Path) -> None:
    sheet = load_workbook(io.BytesIO(_back(case, _workbook(tmp_path), ".xlsx").content))["Names"]
    added = [[cell.value for cell in row] for row in sheet["F3:N6"]]
    assert tuple(added[0]) == COLUMNS
    found = dict(zip(COLUMNS, added[1], strict=True))
    assert found["graphkit: found"] == "2 of this name, none chosen"
    assert found["graphkit: id"] == "jane | jane-2"
    assert found["graphkit: score"] == 1
    assert found["graphkit: sources"] == "1 | 1"
    assert added[2] == ["not found", *[None] * 8]
    assert sheet["F3"].font.bold == sheet["E3"].font.bold


def test_a_protected_person_is_as_if_not_found(case: Store, tmp_path: Path) -> None:
    made = _back(case, _workbook(tmp_path), ".xlsx")
    sheet = load_workbook(io.BytesIO(made.content))["Names"]
    nobody, witness = ([cell.value for cell in row] for row in sheet["F5:N6"])
    assert nobody == witness
    with zipfile.ZipFile(io.BytesIO(made.content)) as book:
        assert not any(b"protected" in book.read(name) for name in book.namelist() if "sheet1.xml" in name)


def test_no_cell_that_is_added_runs(case: Store, tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["Name", "x"], *([name, "1"] for name in HOSTILE)])
    rows = _rows(_back(case, file, ".csv"))
    assert [row[0] for row in rows[1:]] == HOSTILE
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row[2:] if cell)
    assert rows[1][3] == "'=HYPERLINK(1) Ltd"
    sheet = load_workbook(io.BytesIO(_back(case, file, ".xlsx").content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value)[0] in "=+-@")
    assert sheet["D2"].value == "=HYPERLINK(1) Ltd"


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8", ","), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8-sig", "|")]
)
def test_text_keeps_its_encoding_and_separator(case: Store, tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["Name", "Ort"], ["Jané Doe", "Köln"], ['Quote "x"', "a\nb"], ["Ümlaut", "größe"]]
    file = tmp_path / "names.csv"
    with file.open("w", encoding=encoding, newline="") as out:
        csv.writer(out, delimiter=separator).writerows(rows)
    made = _back(case, file, ".csv")
    back = _rows(made, encoding, separator)
    assert [row[:2] for row in back] == rows
    assert all(len(row) == 2 + len(COLUMNS) for row in back)
    assert made.notes == ()


def test_text_that_cannot_hold_a_name_becomes_utf_8_and_says_so(case: Store, tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_bytes("Name;Ort\nbeijing;Köln\nCafé;Ähre\n".encode("cp1252"))
    made = _back(case, file, ".csv")
    assert "北京" in made.content.decode("utf-8-sig")
    assert made.notes[0].startswith("It is UTF-8 and no longer cp125")


def test_a_list_without_a_header_gets_no_header(case: Store, tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    file.write_text("Jané Doe\nNobody\n", encoding="utf-8")
    assert [row[:2] for row in _rows(_back(case, file, ".csv"))] == [
        ["Jané Doe", "2 of this name, none chosen"],
        ["Nobody", "not found"],
    ]


def test_several_names_of_a_cell_have_a_line_each(case: Store, tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("Name,x\nKunming; Nobody,1\n", encoding="utf-8")
    assert _rows(_back(case, file, ".csv"))[1][2:5] == [
        "same name, not necessarily the same thing\nnot found",
        "Kunming\n",
        "kunming\n",
    ]


def test_an_answer_that_is_asked_again_has_its_columns_once(case: Store, tmp_path: Path) -> None:
    file, again = tmp_path / "names.csv", tmp_path / "again.csv"
    file.write_text("Name,x\nKunming,1\nNobody,2\n", encoding="utf-8")
    again.write_bytes(_back(case, file, ".csv").content)
    assert _back(case, again, ".csv").content == again.read_bytes()
    again.with_suffix(".xlsx").write_bytes(_back(case, file, ".xlsx").content)
    sheet = load_workbook(io.BytesIO(_back(case, again.with_suffix(".xlsx"), ".xlsx").content)).active
    assert [cell.value for cell in sheet[1]] == ["Name", "x", *COLUMNS]


def test_a_workbook_becomes_text_of_one_sheet_and_says_so(case: Store, tmp_path: Path) -> None:
    made = _back(case, _workbook(tmp_path), ".csv")
    assert _rows(made, "utf-8-sig")[3][:3] == ["1", "DOE, Jane", "2020"]
    assert made.notes == ("Only the sheet Names is in it, not Other: text holds one sheet.",)


def test_a_workbook_whose_formats_nobody_understands_comes_back_without_them(case: Store, tmp_path: Path) -> None:
    file, broken = _workbook(tmp_path), tmp_path / "broken.xlsx"
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(broken, "w") as out:
        for name in whole.namelist():
            part = whole.read(name)
            out.writestr(name, part.replace(b"FFEE00", b"no colour") if name.endswith("styles.xml") else part)
    made = _back(case, broken, ".xlsx")
    assert load_workbook(io.BytesIO(made.content))["Names"]["B4"].value == "DOE, Jane"
    assert made.notes == ("It has the cells of all sheets, and not their formats or formulas.",)


def test_another_format_is_refused(case: Store, tmp_path: Path) -> None:
    with pytest.raises(ChooseAgain, match=r"'\.xls' is no format.*\.xlsx or \.csv"):
        _back(case, _workbook(tmp_path), ".xls")
