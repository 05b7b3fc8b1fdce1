"""Sheets as people mail them: tables of text files and workbooks, and how their rows become records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from graphkit.errors import ChooseAgain, FileUnreadable, did_you_mean
from graphkit.ingest.importers.origin import Origin
from graphkit.ingest.record import Record
from graphkit.ingest.sheets import compound, text_table, workbook
from graphkit.ingest.sheets.mapped import records as records_of
from graphkit.ingest.sheets.mapping import FileMapping, SheetMapping
from graphkit.ingest.sheets.sheet import Sheet
from graphkit.model.invisible import in_brief

__all__ = ["ENDINGS", "named", "opened", "records", "records_of", "source_id"]

TEXT_ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".psv")
ENDINGS = (*TEXT_ENDINGS, *workbook.ENDINGS)
_MARKUP = re.compile(rb"(?i)[\s\xef\xbb\xbf]*<(!doctype|html|table|\?xml|\?mso|meta|head|body|style|script)\b")
_NO_ID = re.compile(r"[^\w.-]+")


def opened(path: Path, ending: str, mapping: FileMapping | None = None) -> list[Sheet]:
    """Return the sheets of a file; FileUnreadable when it is none. ``ending`` is without ``.gz`` or ``.zst``.

    Tables of text that programs save as .xls are read as what they are.
    """
    head = text_table.head(path)
    if ending in workbook.ENDINGS and (ending != ".xls" or workbook.is_one(head) or b"\0" in head):
        compound.must_be_sound(path)
        return workbook.sheets(path)
    if workbook.is_one(head):
        raise FileUnreadable(f"{path.name}: is a workbook, though its name ends in {ending}. Name it .xlsx or .xls.")
    if _MARKUP.match(head):
        raise FileUnreadable(
            f"{path.name}: is a page of HTML or XML and no table. "
            "Open it in a spreadsheet program and save it as .xlsx."
        )
    given = mapping or FileMapping(())
    return [text_table.sheet(path, given.encoding, given.separator)]


def source_id(path: Path) -> str:
    """Return the id of the source that a sheet is, when its mapping names none: made of the name of the file."""
    return _NO_ID.sub("-", path.name.partition(".")[0]).strip("-.") or "sheet"


def records(path: Path, ending: str, mapping: FileMapping, origin: Origin) -> Iterator[Record]:
    """Yield the source of a file and the records that its sheets make by a mapping.

    ChooseAgain when the mapping names a sheet or a column that is not there, or does not say of what kind things are.
    """
    open_ = next((one for sheet in mapping.sheets for one in sheet.records if one.is_open), None)
    if open_:
        column = "" if isinstance(open_.kind, str) else open_.kind.columns[0]
        where, answer = (f" where '{column}' is empty", f"'{column} or Person'") if column else ("", "Person")
        raise ChooseAgain(
            f"{path.name}: the mapping does not say of what kind '{open_.label}' is{where}. Write Person, Organization "
            f"or Group for its kind, or make the mapping anew: graphkit map {path.name} "
            f"--set {open_.label}.kind={answer} --out FILE."
        )
    sheets = opened(path, ending, mapping)
    origin.format = "a sheet, by its mapping"
    origin.claimant = mapping.claimant or origin.claimant
    said = {"name": path.name, **{name: value for name, value in mapping.source.items() if name != "id"}}
    source, of_source = origin.from_source(mapping.source.get("id") or source_id(path), said)
    yield from of_source
    taken = [(one, named(sheets, one, path)) for one in mapping.sheets]
    for one, sheet in taken:
        yield from records_of(sheet, one, source, origin)
    for sheet in sheets:
        if all(sheet is not other for _, other in taken) and any(True for _ in sheet.rows()):
            origin.said.append(f"{sheet.title}: left out, the mapping does not name it.")


def named(sheets: list[Sheet], mapping: SheetMapping, path: Path) -> Sheet:
    """Return the sheet that a mapping is for, the first one that is not hidden when it names none."""
    if not sheets:
        raise FileUnreadable(f"{path.name}: holds no sheet with cells.")
    if mapping.sheet is None:
        return next((sheet for sheet in sheets if not sheet.is_hidden), sheets[0])
    names = [sheet.name for sheet in sheets]
    if mapping.sheet not in names:
        there, wanted = [in_brief(name, 40) for name in names[:40]], in_brief(mapping.sheet, 40)
        near = did_you_mean(wanted, there)
        raise ChooseAgain(
            f"{path.name}: it has no sheet '{wanted}', as the mapping says.{near} There are: {', '.join(there)}."
        )
    return sheets[names.index(mapping.sheet)]
