"""A mapping corrected: by lines of text, or field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import yaml

from graphkit.errors import ChooseAgain, did_you_mean
from graphkit.ingest.sheets import mapping_file
from graphkit.ingest.sheets.mapping import LINKED, Column, FileMapping, Part, Same, SheetMapping, Template
from graphkit.model.schema import Catalog

_SHEET_KEYS = ("header", "dates", "nulls", "hidden")
_FILE_KEYS = ("claimant", "encoding", "separator")
Changes = Mapping[str, str | None]


def changes(lines: Sequence[str]) -> Changes:
    """Return corrections by what they change; None takes it away. ChooseAgain names a line that is none."""
    found: dict[str, str | None] = {}
    for line in lines:
        key, mark, value = line.partition("=")
        if line.startswith("-") and not mark:
            found[line[1:].strip()] = None
        elif mark and key.strip() and value.strip():
            found[key.strip()] = value.strip()
        else:
            raise ChooseAgain(f"'{line[:60]}' is no correction. Write actor.name=Full name, dates=day first, or -link.")
    return found


def corrected(mapping: FileMapping, made: Changes, catalog: Catalog) -> FileMapping:
    """Return a mapping with corrections made; ChooseAgain says which is wrong, and what there is to correct."""
    given: dict[str, Any] = yaml.load(mapping_file.written(mapping), yaml.BaseLoader)  # takes no tags, all is text
    for key, value in made.items():
        label, dot, name = key.partition(".")
        if key in _FILE_KEYS:
            given[key] = value
        elif key in _SHEET_KEYS:
            for sheet in given["sheets"]:
                sheet[key] = value
        elif key == "ends" and value:
            given["sheets"] = [_led(sheet, value) for sheet in given["sheets"]]
        elif label == "source" and dot:
            given.setdefault("source", {})[name] = value
        else:
            _correct(given["sheets"], label, name, value)
    return mapping_file.parsed(given, catalog)


def _led(sheet: dict[str, Any], beginning: str) -> dict[str, Any]:
    """Return a sheet whose links lead to things that are there already, whose ids begin so and go on as its cells."""
    records = sheet["records"]
    ends = {label: records[label]["name"] for label in LINKED if set(records.get(label, ())) == {"kind", "name"}}
    kept = {label: made for label, made in records.items() if label not in ends}
    led = {label: {"column": name, "id": f"{beginning}:"} for label, name in ends.items()}
    made = {
        label: {
            name: led.get(part, part) if isinstance(part, str) and name in ("from", "to") else part
            for name, part in one.items()
        }
        for label, one in kept.items()
    }
    return {**sheet, "records": made}


def _correct(sheets: list[dict[str, Any]], label: str, name: str, value: str | None) -> None:
    labels = [known for sheet in sheets for known in sheet["records"]]
    found = next((sheet["records"] for sheet in sheets if label in sheet["records"]), None)
    if found is None and name == "kind":
        sheets[0]["records"][label] = {"kind": value}
    elif found is None:
        near = did_you_mean(label, labels)
        raise ChooseAgain(f"There is no record '{label}' to correct.{near} There are: {', '.join(labels)}.")
    elif not name:
        del found[label]
        for other in [one for one, given in found.items() if label in (given.get("from"), given.get("to"))]:
            del found[other]
        sheets[:] = [sheet for sheet in sheets if sheet["records"]]
    elif value is None:
        found[label].pop(name, None)
    else:
        given = found[label].get(name)
        made = _made(label, name, value, given)
        found[label][name] = [made, *given[1:]] if isinstance(given, list) else made


def _made(label: str, name: str, value: str, given: Any) -> Any:
    """Return what a field is made of as a line says it: columns, one text for all rows, a column or a kind."""
    if value.startswith("is "):
        return {"is": value.removeprefix("is ").strip()}
    if name == "id":  # an id of this sheet: the same number in another one is another thing
        word = given.get("id") if isinstance(given, dict) else None
        return {"columns": [part.strip() for part in value.split(" + ")], "id": word or label}
    column, or_, kind = value.rpartition(" or ")
    if name == "kind" and or_:
        means = given.get("means", {}) if isinstance(given, dict) and given.get("column") == column.strip() else {}
        return {"column": column.strip(), "means": means | {"": kind.strip()}}
    return {"columns": [part.strip() for part in value.split(" + ")]} if " + " in value else value


def with_sheet(mapping: FileMapping, at: int, sheet: SheetMapping) -> FileMapping:
    """Return a mapping with another one for the sheet at a place."""
    return replace(mapping, sheets=(*mapping.sheets[:at], sheet, *mapping.sheets[at + 1 :]))


def only(sheet: SheetMapping, labels: Sequence[str]) -> SheetMapping:
    """Return the mapping of a sheet with these records, less relations of which an end is gone."""
    kept = [one for one in sheet.records if one.label in labels]
    ends = {one.label for one in kept}
    return replace(sheet, records=tuple(one for one in kept if _same(one) <= ends))


def _same(template: Template) -> set[str]:
    return {part.label for parts in template.fields.values() for part in parts if isinstance(part, Same)}


def of_kind(sheet: SheetMapping, label: str, kind: str) -> SheetMapping:
    """Return the mapping of a sheet of which one record is of another kind."""
    changed = (replace(one, kind=kind) if one.label == label else one for one in sheet.records)
    return replace(sheet, records=tuple(changed))


def of_kind_where_empty(sheet: SheetMapping, label: str, kind: str) -> SheetMapping:
    """Return the mapping of a sheet of which one record, whose kind a column says, is of a kind where that is empty."""
    changed = (
        replace(one, kind=replace(one.kind, means={**(one.kind.means or {}), "": kind}))
        if one.label == label and isinstance(one.kind, Column)
        else one
        for one in sheet.records
    )
    return replace(sheet, records=tuple(changed))


def linked(sheet: SheetMapping, label: str, end: str, to: str) -> SheetMapping:
    """Return the mapping of a sheet in which an end of a relation is another record of the row."""
    changed = (
        replace(one, fields={**one.fields, end: (Same(to),)}) if one.label == label else one for one in sheet.records
    )
    return replace(sheet, records=tuple(changed))


def with_one_more(sheet: SheetMapping, kind: str) -> SheetMapping:
    """Return the mapping of a sheet with one more record of a kind, of which nothing is said yet."""
    labels = {one.label for one in sheet.records}
    names = (kind.lower() if number == 1 else f"{kind.lower()}{number}" for number in count(1))
    label = next(name for name in names if name not in labels)
    return replace(sheet, records=(*sheet.records, Template(label, kind, {})))


def going_to(sheet: SheetMapping, uses: Mapping[str, Sequence[str]]) -> SheetMapping:
    """Return the mapping of a sheet in which each column goes to the fields named, as ``label.field``, and to no other.

    What is made of several columns, or is no column, stays as far as its columns still go there.
    """
    made = []
    for template in sheet.records:
        fields: dict[str, tuple[Part, ...]] = {}
        for name, parts in template.fields.items():
            kept = tuple(part for part in (_still(one, f"{template.label}.{name}", uses) for one in parts) if part)
            if kept:
                fields[name] = kept
        for column, targets in uses.items():
            for label, _, name in (target.partition(".") for target in targets):
                if label == template.label and name and not _reads(fields.get(name, ()), column):
                    fields[name] = (*fields.get(name, ()), Column((column,)))
        made.append(replace(template, fields=fields))
    return replace(sheet, records=tuple(made))


def _still(part: Part, target: str, uses: Mapping[str, Sequence[str]]) -> Part | None:
    if not isinstance(part, Column):
        return part
    columns = tuple(name for name in part.columns if target in uses.get(name, (target,)))
    return replace(part, columns=columns) if columns else None


def _reads(parts: Sequence[Part], column: str) -> bool:
    return any(isinstance(part, Column) and column in part.reads() for part in parts)
