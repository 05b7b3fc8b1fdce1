"""Mapping files, corrections of mappings, and the values that cells give."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graphkit import flow
from graphkit.errors import ChooseAgain, FileUnreadable
from graphkit.ingest.sheets import correcting, dates, mapping_file, numbers
from graphkit.ingest.sheets.mapping import Column, FileMapping, Same, SheetMapping, Template

CATALOG = flow.catalog()
MAPPING = """
source: {id: list, name: A list}
claimant: harbour-police
separator: semicolon
sheets:
  - sheet: Actors
    header: 3
    dates: day first
    nulls: ["-1", no]
    hidden: take
    records:
      actor:
        kind: {column: Type, means: {P: Person, O: Organization}}
        id: {column: No, id: actor}
        name: [Name, {column: Other names, split: ";"}]
      body: {kind: Organization, name: Member of}
      tie: {kind: MEMBER_OF, from: actor, to: body, role: {is: member}, valid_from: {column: Since, dates: month first}}
"""


def read(tmp_path: Path, text: str) -> FileMapping:
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return mapping_file.read(path, CATALOG)


def test_a_mapping_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    mapping = read(tmp_path, MAPPING)
    (sheet,) = mapping.sheets
    assert (mapping.source, mapping.claimant, mapping.separator) == (
        {"id": "list", "name": "A list"},
        "harbour-police",
        ";",
    )
    assert (sheet.header, sheet.dates, sheet.nulls, sheet.hidden) == (3, "day first", ("-1", "no"), "take")
    assert sheet.records[2].fields["from"] == (Same("actor"),)
    assert sheet.records[2].fields["role"] == ("member",)
    assert read(tmp_path, mapping_file.written(mapping)) == mapping


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).filter(
    str.strip
)
COLUMNS = st.builds(
    Column,
    st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple),
    join=st.sampled_from([" ", "-", ", "]),
    split=st.none() | st.sampled_from([";", "|"]),
    nulls=st.lists(NAMES, max_size=2).map(tuple),
    means=st.none() | st.dictionaries(NAMES, NAMES, min_size=1, max_size=2),
    dates=st.none() | st.sampled_from(dates.ORDERS),
    precision=st.none() | NAMES,
    id=st.none() | NAMES,
).filter(lambda column: len(column.columns) > 1 or column.join == " ")
PARTS = st.lists(COLUMNS | NAMES.map(str), min_size=1, max_size=3).map(tuple)
TEMPLATES = st.builds(
    Template, NAMES, st.just("Person"), st.dictionaries(st.sampled_from(["name", "position", "id", "note"]), PARTS)
)
SHEETS = st.builds(
    SheetMapping,
    st.lists(TEMPLATES, min_size=1, max_size=3, unique_by=lambda one: one.label).map(tuple),
    sheet=st.none() | NAMES,
    header=st.none() | st.integers(0, 99),
    dates=st.none() | st.sampled_from(dates.ORDERS),
    nulls=st.lists(NAMES, max_size=2).map(tuple),
    hidden=st.sampled_from(["leave out", "take"]),
)


@given(st.builds(FileMapping, st.lists(SHEETS, min_size=1, max_size=2).map(tuple), claimant=st.none() | NAMES))
def test_any_mapping_written_is_read_back(mapping: FileMapping) -> None:
    assert mapping_file.parsed(yaml.load(mapping_file.written(mapping), yaml.BaseLoader), CATALOG) == mapping


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must hold keys, such as source"),
        ("sheets: []", "sheets: must list at least one sheet with its records"),
        ("sheets: [{}]", "sheets, 1, records: must hold at least one record"),
        ("sheets: [{records: {a: {}}}]", "sheets, 1, records, a: must say its kind"),
        (
            "sheets: [{records: {a: {kind: Persn}}}]",
            "sheets, 1, records, a, kind: No kind named 'Persn'. Did you mean 'Person'?",
        ),
        (
            "sheets: [{records: {a: {kind: {column: T, means: {p: Persn}}}}}]",
            "there is no kind 'Persn'. Did you mean 'Person'?",
        ),
        ("sheets: [{records: {a: {kind: Person, name: {colum: A}}}}]", "there is no such key. Did you mean 'column'?"),
        ("sheets: [{records: {a: {kind: Person, name: {split: ','}}}}]", "must name its column"),
        ("sheets: [{header: x, records: {a: {kind: Person}}}]", "header: must be the number of the row"),
        ("sheets: [{dates: us, records: {a: {kind: Person}}}]", "must be one of day first, month first, year first"),
        ("source: {titel: x}\nsheets: [{records: {a: {kind: Person}}}]", "source, titel: is no field of Source"),
        ("encoding: utf-99\nsheets: [{records: {a: {kind: Person}}}]", "there is no encoding 'utf-99'"),
        ("separator: ';;'\nsheets: [{records: {a: {kind: Person}}}]", "must be one character"),
        ("shets: []", "there is no such key. Did you mean 'sheets'?"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ChooseAgain) as problem:
        read(tmp_path, text)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("text", ["a: [", "a: &b [*b]\n: :", "\t- x"])
def test_what_is_no_yaml_is_one_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises((FileUnreadable, ChooseAgain), match=r"map\.yaml"):
        read(tmp_path, text)


def test_corrections_change_what_they_name(tmp_path: Path) -> None:
    mapping = read(tmp_path, MAPPING)
    lines = ["actor.kind=Person", "actor.position=Rank", "dates=month first", "claimant=navy", "source.publisher=Navy"]
    made = correcting.corrected(mapping, correcting.changes(lines), CATALOG)
    (sheet,) = made.sheets
    assert (sheet.records[0].kind, sheet.records[0].fields["position"]) == ("Person", (Column(("Rank",)),))
    assert (sheet.dates, made.claimant, made.source["publisher"]) == ("month first", "navy", "Navy")


def test_without_an_end_a_relation_goes_too(tmp_path: Path) -> None:
    mapping = read(tmp_path, MAPPING)
    made = correcting.corrected(mapping, {"body": None}, CATALOG)
    assert [one.label for one in made.sheets[0].records] == ["actor"]
    assert [one.label for one in correcting.only(mapping.sheets[0], ["actor", "tie"]).records] == ["actor"]


@pytest.mark.parametrize("line", ["actor", "=x", "actor.name=", "nobody.name=Name", "actor.kind=Persn"])
def test_a_correction_that_is_none_is_told(tmp_path: Path, line: str) -> None:
    with pytest.raises(ChooseAgain):
        correcting.corrected(read(tmp_path, MAPPING), correcting.changes([line]), CATALOG)


def test_a_column_goes_where_it_is_sent_and_nowhere_else(tmp_path: Path) -> None:
    (sheet,) = read(tmp_path, MAPPING).sheets
    uses = {
        "Name": ["actor.name"],
        "Other names": [],
        "Rank": ["actor.position", "tie.note"],
        "Member of": ["body.name"],
    }
    made = correcting.going_to(sheet, uses)
    assert made.records[0].fields["name"] == (Column(("Name",)),)
    assert made.records[0].fields["position"] == (Column(("Rank",)),)
    assert made.records[2].fields["note"] == (Column(("Rank",)),)
    assert made.records[2].fields["from"] == (Same("actor"),)
    assert correcting.going_to(made, uses) == made


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("2014-03-01", "2014-03-01"),
        ("2014", "2014"),
        ("March 2014", "2014-03"),
        ("1 March 2014", "2014-03-01"),
        ("March 1, 2014", "2014-03-01"),
        ("01-Mar-14", "2014-03-01"),
        ("1er mars 2014", "2014-03-01"),
        ("1. März 2014", "2014-03-01"),
        ("1 de marzo de 2014", "2014-03-01"),
        ("1 марта 2014", "2014-03-01"),
        ("2014年3月1日", "2014-03-01"),
        ("20140301", "2014-03-01"),
        ("2014/03/01", "2014-03-01"),
        ("2014-03-01 10:30:00", "2014-03-01"),
        ("13/04/2014", "2014-04-13"),
        ("04/13/2014", "2014-04-13"),
        ("04/04/2014", "2014-04-04"),
        ("c. 2014", "2014~"),
        ("2010-2014", "2010/2014"),
        ("1 March 2014 to 3 March 2014", "2014-03-01/2014-03-03"),
        ("12/2014", "2014-12"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text: str, means: str) -> None:
    assert dates.edtf(text) == means


@given(st.dates(date(1951, 1, 1), date(2049, 12, 31)), st.sampled_from(["/", ".", "-"]))
def test_a_date_in_parts_is_read_in_the_order_said_or_asked(day: date, mark: str) -> None:
    first, second = f"{day:%d{mark}%m{mark}%Y}", f"{day:%m{mark}%d{mark}%Y}"
    assert dates.edtf(first, "day first") == dates.edtf(second, "month first") == day.isoformat()
    if day.day <= 12 and day.day != day.month:
        for text in (first, second):
            with pytest.raises(dates.Ambiguous, match="day first or month first"):
                dates.edtf(text)
    else:
        assert dates.edtf(first) == dates.edtf(second) == day.isoformat()


@given(st.dates(date(1928, 1, 1), date(2090, 1, 1)))
def test_a_serial_day_of_excel_is_its_day(day: date) -> None:
    assert dates.edtf(str((day - date(1899, 12, 30)).days)) == day.isoformat()


@given(st.text(max_size=30) | st.from_regex(r"[0-9./ -]{1,12}", fullmatch=True))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    try:
        found = dates.edtf(text)
    except ValueError as problem:
        assert str(problem)
    else:
        assert dates.edtf(found) == found


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["13/04/2014", "03/04/2014"], "day first"),
        (["04/13/2014", "03/04/2014"], "month first"),
        (["03/04/2014"], None),
        (["13/04/2014", "04/13/2014"], None),
        (["2014-03-04", "2014"], "year first"),
        (["04/04/2014"], "year first"),
    ],
)
def test_the_order_of_a_column_is_what_its_values_show(column: list[str], order: str | None) -> None:
    assert dates.order(column) == order


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("29", {"killed": "29"}),
        ("1,200", {"killed": "1200"}),
        ("1.200", {"killed": "1200"}),
        ("1 200", {"killed": "1200"}),
        ("12.0", {"killed": "12"}),
        ("5-7", {"killed_low": "5", "killed_high": "7"}),
        ("5 to 7", {"killed_low": "5", "killed_high": "7"}),
        ("12+", {"killed_low": "12"}),
        ("at least 12", {"killed_low": "12"}),
        ("up to 30", {"killed_high": "30"}),
        ("au moins 2", {"killed_low": "2"}),
        (">10", {"killed_low": "11"}),
        ("<10", {"killed_high": "9"}),
        ("< 0", {"killed_high": "0"}),
        ("a great deal", {"killed": "a great deal"}),
    ],
)
def test_a_count_is_a_number_or_its_bounds(text: str, fields: dict[str, Any]) -> None:
    assert numbers.counted("killed", text) == (fields, "")


@pytest.mark.parametrize(
    ("text", "fields"),
    [("environ 10", {"killed": "10"}), ("ca. 1 200", {"killed": "1200"}), ("5*", {"killed": "5"}), ("Dozens", {})],
)
def test_what_a_number_does_not_say_of_a_count_is_a_note(text: str, fields: dict[str, Any]) -> None:
    assert numbers.counted("killed", text) == (fields, f"killed is written '{text}'")
