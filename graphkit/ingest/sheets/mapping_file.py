"""Mapping files: a mapping as YAML, read and written."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import yaml

from graphkit.errors import ChooseAgain, FileUnreadable, did_you_mean
from graphkit.ingest.sheets.dates import ORDERS
from graphkit.ingest.sheets.mapping import HIDDEN, UNDECIDED, Column, FileMapping, Part, Same, SheetMapping, Template
from graphkit.model.invisible import in_brief
from graphkit.model.schema import Catalog

MAX_FILE = 2**20
_FILE = ("source", "claimant", "encoding", "separator", "sheets")
_SHEET = ("sheet", "header", "dates", "nulls", "hidden", "records")
_COLUMN = ("column", "columns", "join", "split", "nulls", "means", "dates", "precision", "json", "id")
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Takes all values as they are written: 2014-03-01, no and -1 stay text."""


def read(path: Path, catalog: Catalog) -> FileMapping:
    """Return the mapping in a file; FileUnreadable or ChooseAgain say where it is wrong."""
    try:
        content = path.read_bytes()
        if len(content) > MAX_FILE:
            raise FileUnreadable(f"{path}: is larger than {MAX_FILE // 2**20} MiB and no mapping.")
        given = yaml.load(content.decode("utf-8-sig"), Loader=_LOADER)  # takes no tags, all is text
    except OSError as problem:
        raise FileUnreadable(f"{path}: cannot be read: {problem.strerror}. Name another with --mapping.") from None
    except UnicodeDecodeError:
        raise FileUnreadable(f"{path}: is not UTF-8 text. Save it as UTF-8.") from None
    except (yaml.YAMLError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        why = in_brief(str(getattr(problem, "problem", None) or problem).splitlines()[0], 160).rstrip(".")
        raise FileUnreadable(f"{path}{where}: is not YAML: {why}. Mend it.") from None
    return _Reader(str(path), catalog).file(given)


def parsed(given: Any, catalog: Catalog) -> FileMapping:
    """Return the mapping in a value that was read from YAML or JSON already."""
    return _Reader("mapping", catalog).file(given)


def opening(encoding: str | None, separator: str | None, catalog: Catalog) -> FileMapping:
    """Return a mapping that only says how a file of text is opened; ChooseAgain when it cannot be so."""
    return _Reader("mapping", catalog).opening({"encoding": encoding, "separator": separator})


class _Reader:
    """Turns plain values into a mapping; what is wrong is said with the keys that lead to it."""

    def __init__(self, name: str, catalog: Catalog) -> None:
        self._name = name
        self._catalog = catalog

    def file(self, given: Any) -> FileMapping:
        found = self._keys(given, _FILE, ())
        sheets = found.get("sheets")
        if not isinstance(sheets, list) or not sheets:
            self._wrong(("sheets",), "must list at least one sheet with its records")
        source = self._texts(found.get("source", {}), ("source",))
        for name in source:
            if name not in {"id", *self._catalog["Source"].properties}:
                known = self._catalog["Source"].properties
                near = did_you_mean(name, known)
                self._wrong(("source", name), f"is no field of Source.{near} There are: id, {', '.join(known)}")
        return replace(
            self.opening(found),
            sheets=tuple(self._sheet(one, ("sheets", str(number))) for number, one in enumerate(sheets, start=1)),
            source=source,
            claimant=self._text(found.get("claimant"), ("claimant",)),
        )

    def opening(self, given: Mapping[str, Any]) -> FileMapping:
        encoding, separator = self._encoding(given.get("encoding")), self._separator(given.get("separator"))
        return FileMapping((), encoding=encoding, separator=separator)

    def _sheet(self, given: Any, at: tuple[str, ...]) -> SheetMapping:
        found = self._keys(given, _SHEET, at)
        records = found.get("records")
        if not isinstance(records, dict) or not records:
            self._wrong((*at, "records"), "must hold at least one record, by a label of its own, such as person")
        header = found.get("header")
        if header is not None and not str(header).isdigit():
            self._wrong((*at, "header"), "must be the number of the row with the names of the columns, 0 for none")
        return SheetMapping(
            tuple(
                self._template(str(label), one, records, (*at, "records", str(label))) for label, one in records.items()
            ),
            self._text(found.get("sheet"), (*at, "sheet")),
            None if header is None else int(header),
            self._one_of(found.get("dates"), ORDERS, (*at, "dates")),
            self._list(found.get("nulls", []), (*at, "nulls")),
            self._one_of(found.get("hidden", HIDDEN[0]), HIDDEN, (*at, "hidden")) or HIDDEN[0],
        )

    def _template(self, label: str, given: Any, labels: Iterable[str], at: tuple[str, ...]) -> Template:
        if not isinstance(given, dict) or "kind" not in given:
            self._wrong(at, "must say its kind, such as kind: Person")
        kind = given["kind"]
        made: str | Column
        if isinstance(kind, str) and kind in (UNDECIDED, *self._catalog.kinds):
            made = kind
        elif isinstance(kind, str) and (kind[:1].isupper() and " " not in kind):
            try:
                made = self._catalog[kind].name
            except ChooseAgain as problem:
                self._wrong((*at, "kind"), str(problem).rstrip("."))
        else:
            made = Column((kind,)) if isinstance(kind, str) else self._column(kind, (*at, "kind"))
            unknown = sorted(set((made.means or {}).values()) - {UNDECIDED, *self._catalog.kinds})
            if unknown:
                near = did_you_mean(unknown[0], self._catalog.kinds)
                no_kind = f"there is no kind '{in_brief(unknown[0])}'.{near}"
                self._wrong((*at, "kind"), f"{no_kind} 'graphkit add --list' lists them")
        refers = {"from", "to", "source", "claimant", "transliteration_of"}
        fields = {
            str(name): self._parts(value, labels if name in refers else (), (*at, str(name)))
            for name, value in given.items()
            if name != "kind"
        }
        return Template(label, made, fields)

    def _parts(self, given: Any, labels: Iterable[str], at: tuple[str, ...]) -> tuple[Part, ...]:
        parts = given if isinstance(given, list) else [given]
        return tuple(self._part(one, labels, at) for one in parts)

    def _part(self, given: Any, labels: Iterable[str], at: tuple[str, ...]) -> Part:
        if isinstance(given, str):
            return Same(given) if given in labels else Column((given,))
        if isinstance(given, dict) and list(given) == ["is"] and isinstance(given["is"], str):
            return given["is"]
        return self._column(given, at)

    def _column(self, given: Any, at: tuple[str, ...]) -> Column:
        found = self._keys(given, _COLUMN, at)
        columns = self._list(found.get("columns") or found.get("column") or [], at)
        if not columns:
            self._wrong(at, "must name its column, or a value that is the same in all rows with is:")
        means = found.get("means")
        keys = found.get("json")
        return Column(
            columns,
            found.get("join", " ") if isinstance(found.get("join", " "), str) else " ",
            self._text(found.get("split"), (*at, "split"), blank=True),
            self._list(found.get("nulls", []), (*at, "nulls")),
            None if means is None else self._texts(means, (*at, "means")),
            self._one_of(found.get("dates"), ORDERS, (*at, "dates")),
            self._text(found.get("precision"), (*at, "precision")),
            tuple(keys.split(".")) if isinstance(keys, str) and keys else (),
            self._text(found.get("id"), (*at, "id")),
        )

    def _keys(self, given: Any, known: Sequence[str], at: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(given, dict):
            self._wrong(at, f"must hold keys, such as {known[0]}")
        for name in given:
            if name not in known:
                self._wrong(
                    (*at, str(name)),
                    f"there is no such key.{did_you_mean(str(name), known)} There are: {', '.join(known)}",
                )
        return given

    def _texts(self, given: Any, at: tuple[str, ...]) -> Mapping[str, str]:
        if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
            self._wrong(at, "must hold names, each with a text")
        return {str(name): value for name, value in given.items()}

    def _list(self, given: Any, at: tuple[str, ...]) -> tuple[str, ...]:
        values = [given] if isinstance(given, str) else given
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self._wrong(at, "must be a text or a list of texts")
        return tuple(values)

    def _text(self, given: Any, at: tuple[str, ...], blank: bool = False) -> str | None:
        if given is not None and not (isinstance(given, str) and (blank or given.strip())):
            self._wrong(at, "must be a text")
        return given or None

    def _one_of(self, given: Any, known: Sequence[str], at: tuple[str, ...]) -> str | None:
        if given is not None and given not in known:
            self._wrong(at, f"must be one of {', '.join(known)}")
        return given if isinstance(given, str) else None

    def _encoding(self, given: Any) -> str | None:
        name = self._text(given, ("encoding",))
        try:
            io.TextIOWrapper(io.BytesIO(), name)
            return codecs.lookup(name).name if name else None
        except LookupError:
            self._wrong(("encoding",), f"there is no encoding '{str(name)[:40]}'; write one such as utf-8 or cp1252")

    def _separator(self, given: Any) -> str | None:
        word = self._text(given, ("separator",), blank=True)
        mark = _SEPARATORS.get(word, word) if word else None
        if mark is not None and len(mark) != 1:
            self._wrong(("separator",), f"must be one character, or one of {', '.join(_SEPARATORS)}")
        return mark

    def _wrong(self, at: tuple[str, ...], problem: str) -> NoReturn:
        where = f": {', '.join(map(in_brief, at))}" if at else ""
        raise ChooseAgain(f"{self._name}{where}: {problem}.")


def written(mapping: FileMapping) -> str:
    """Return a mapping as YAML, such that ``read`` gives it back."""
    given: dict[str, Any] = {}
    if mapping.source:
        given["source"] = dict(mapping.source)
    for name in ("claimant", "encoding"):
        if value := getattr(mapping, name):
            given[name] = value
    if mapping.separator:
        given["separator"] = {mark: word for word, mark in _SEPARATORS.items()}.get(
            mapping.separator, mapping.separator
        )
    given["sheets"] = [_sheet_written(one) for one in mapping.sheets]
    return yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=100)


def _sheet_written(sheet: SheetMapping) -> dict[str, Any]:
    given: dict[str, Any] = {"sheet": sheet.sheet} if sheet.sheet else {}
    if sheet.header is not None:
        given["header"] = sheet.header
    if sheet.dates:
        given["dates"] = sheet.dates
    if sheet.nulls:
        given["nulls"] = list(sheet.nulls)
    if sheet.hidden != HIDDEN[0]:
        given["hidden"] = sheet.hidden
    given["records"] = {one.label: _template_written(one) for one in sheet.records}
    return given


def _template_written(template: Template) -> dict[str, Any]:
    kind = template.kind if isinstance(template.kind, str) else _part_written(template.kind)
    fields = {name: [_part_written(part) for part in parts] for name, parts in template.fields.items()}
    return {"kind": kind, **{name: parts[0] if len(parts) == 1 else parts for name, parts in fields.items()}}


def _part_written(part: Part) -> Any:
    if isinstance(part, str):
        return {"is": part}
    if isinstance(part, Same):
        return part.label
    given: dict[str, Any] = {}
    if len(part.columns) == 1:
        given["column"] = part.columns[0]
    else:
        given["columns"] = list(part.columns)
        given["join"] = part.join
    for name in ("split", "means", "dates", "precision", "id"):
        if value := getattr(part, name):
            given[name] = dict(value) if name == "means" else value
    if part.nulls:
        given["nulls"] = list(part.nulls)
    if part.json:
        given["json"] = ".".join(part.json)
    return part.columns[0] if given == {"column": part.columns[0]} else given
