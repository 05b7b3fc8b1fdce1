"""The names that a sheet lists are found where they stand, however the sheet was mailed."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphkit.errors import ChooseAgain, FileUnreadable, Refused
from graphkit.ingest import sheets
from graphkit.ingest.sheets.listed import Listed, Where, listed


def _listed(tmp_path: Path, catalog, text: str, where: Where | None = None) -> Listed:
    file = tmp_path / "names.csv"
    file.write_text(text, encoding="utf-8")
    return listed(sheets.opened(file, ".csv"), where or Where(), catalog.deny.refuses)


@pytest.mark.parametrize(
    ("text", "columns", "names"),
    [
        ("Name,Town\nJane Doe,Berlin\n", ("Name",), ((2, "Jane Doe"),)),
        ("Vorname;Nachname\nJane;Doe\n;Roe\n", ("Vorname", "Nachname"), ((2, "Jane Doe"), (3, "Roe"))),
        ("Firma;Ort\nAcme;Köln\n", ("Firma",), ((2, "Acme"),)),
        ("no;wo\n1;a.example\n2;b.example\n", ("wo",), ((2, "a.example"), (3, "b.example"))),
        ("Name,x\nA; B,1\nn/a,2\nC,3\n", ("Name",), ((2, "A"), (2, "B"), (4, "C"))),
        ("List,,\n,,\nNr,Name,Year\n1,Jane,2001\n2,Joe,2002\n", ("Name",), ((4, "Jane"), (5, "Joe"))),
    ],
)
def test_the_column_with_the_names_is_found(
    tmp_path: Path, catalog, text: str, columns: tuple[str, ...], names: tuple[tuple[int, str], ...]
) -> None:
    found = _listed(tmp_path, catalog, text)
    assert found.columns == columns
    assert found.names == names
    assert not found.doubtful


def test_a_list_without_a_header_loses_no_name(tmp_path: Path, catalog) -> None:
    found = _listed(tmp_path, catalog, "Jane Doe\nJohn Roe\nJim Poe\n")
    assert [name for _, name in found.names] == ["Jane Doe", "John Roe", "Jim Poe"]
    assert found.doubtful
    assert not _listed(tmp_path, catalog, "Name\nJohn Roe\nJim Poe\n").doubtful


def test_the_column_and_the_header_can_be_named(tmp_path: Path, catalog) -> None:
    text = "Jane,Berlin\nJohn,Rome\n"
    found = _listed(tmp_path, catalog, text, Where(columns=("Column 2",), header=0))
    assert found.names == ((1, "Berlin"), (2, "Rome"))
    assert found.header == 0
    assert found.width == 2


def test_what_cannot_be_told_is_asked_and_what_is_not_there_is_said(tmp_path: Path, catalog) -> None:
    with pytest.raises(ChooseAgain, match=r"which column holds the names.*--column.*one .a …., two"):
        _listed(tmp_path, catalog, "one,two\na,b\nc,d\n")
    with pytest.raises(ChooseAgain, match=r"no column 'nam'.*'Name'"):
        _listed(tmp_path, catalog, "Name,x\na,b\n", Where(columns=("nam",)))
    with pytest.raises(ChooseAgain, match="There is no sheet 'x'"):
        _listed(tmp_path, catalog, "Name,x\na,b\n", Where(sheet="x"))
    for text in ("", "Name,x\n"):
        with pytest.raises(FileUnreadable):
            _listed(tmp_path, catalog, text)


def test_nothing_is_taken_of_a_column_that_is_refused(tmp_path: Path, catalog) -> None:
    with pytest.raises(Refused, match="Passport number: graphkit takes no such data"):
        _listed(tmp_path, catalog, "Name,Passport number\na,b\n", Where(columns=("Passport number",)))
