"""What is proposed for a sheet: what its columns hold, the kinds of its things, and what is asked."""

import pytest

from graphkit.ingest.sheets import columns, correcting, naming
from graphkit.sheets import in_short
from tests.sheets.previewed import preview, records


def kinds(made):
    return {record["kind"] for record in records(made)}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Full name", "name"),
        ("E-mail 2 Address", "email"),
        ("registrant_email", "registrant_email"),
        ("registrant_organization", "registrant_org"),
        ("Date of incident (UTC)", "date"),
        ("Deaths (low)", "killed"),
        ("Link Label", "relation"),
        ("Link Type", "link_type"),
        ("zzz", None),
    ],
)
def test_the_name_of_a_column_has_a_role(name, role):
    assert next(iter(naming.roles(name)), None) == role


def test_a_column_that_is_called_as_another_role_is_not_taken_for_one_that_begins_so():
    names = ["contactEmail", "registrant_email", "domain"]
    found = columns.profiles(names, [["a@b.example", "c@d.example", "x.example"]], lambda name: False)
    assert [one.role for one in found] == ["registrant_email", None, "domain"]


@pytest.mark.parametrize(
    ("cells", "split"),
    [
        (["a@b.example; c@d.example", "e@f.example"], ";"),
        (["a@b.example, c@d.example", "e@f.example"], ","),
        (["192.0.2.1\n192.0.2.2", "192.0.2.3"], "\n"),
        (["192.0.2.1 192.0.2.2", "192.0.2.3"], " "),
        (["Smith, John", "Doe, Jane"], None),
        (["one two", "three"], None),
        (["North | South", "East"], "|"),
    ],
)
def test_a_cell_is_cut_where_it_holds_several_values(cells, split):
    (found,) = columns.profiles(["x"], [[cell] for cell in cells], lambda name: False)
    assert found.split == split


def test_several_values_in_a_cell_are_several_things(tmp_path, catalog):
    made = preview(tmp_path, catalog, ["First name,Last name,E-mail", 'Ivo,Sample,"a@b.example; c@d.example; "'])
    said = [record for record in records(made) if record["kind"] in ("Identifier", "USES")]
    assert [record.get("id") or record["to"] for record in said] == ["email:a@b.example", "email:c@d.example"] * 2
    assert [record["written_as"] for record in said[:2]] == ["a@b.example", "c@d.example"]


def test_one_bad_value_of_several_is_told_and_the_others_are_taken(tmp_path, catalog):
    made = preview(tmp_path, catalog, ["First name,Last name,Phone", "Ivo,Sample,+99 555 0160; 4.9E+11; 555-0161"])
    told = [record for sheet in made.sheets for record in sheet.records]
    (bad,) = (record for record in told if record.wrong)
    lost = "'4.9E+11' was shortened by a spreadsheet program and has lost digits; take it from where it came from"
    assert bad.wrong == {"id": lost}
    assert (bad.data["id"], bad.data["written_as"]) == ("phone:4.9E+11", "4.9E+11")
    ids = [record.data["id"] for record in told if record.data["kind"] == "Identifier"]
    assert ids == ["phone:+995550160", "phone:4.9E+11", "phone:5550161"]


def test_perpetrators_of_one_incident_are_not_names_of_one(tmp_path, catalog):
    made = preview(
        tmp_path, catalog, ["Date,Place,Killed,Perpetrators", "2014-03-01,Alderton,1,North Front; South Front"]
    )
    bodies = [record for record in records(made) if record["kind"] == "Organization"]
    assert [(record["id"], record["name"]) for record in bodies] == [
        ("sheet:organization:north-front", "North Front"),
        ("sheet:organization:south-front", "South Front"),
    ]
    assert len([record for record in records(made) if record["kind"] == "PARTICIPATED_IN"]) == 2


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Name", "?"),
        ("Name,Notes", "?"),
        ("Company name", "Organization"),
        ("Name,Position", "Person"),
        ("Name,Organisation", "Person"),
        ("First name,Last name", "Person"),
    ],
)
def test_of_what_kind_things_are_is_told_by_columns_or_asked(tmp_path, catalog, header, kind):
    made = preview(tmp_path, catalog, [header, ",".join("abc"[: header.count(",") + 1])])
    assert made.mapping.sheets[0].records[0].kind == kind
    assert any("of what kind is 'actor'?" in asks for asks, _ in made.questions) == (kind == "?")


def test_a_column_of_kinds_gives_each_row_its_own(tmp_path, catalog):
    rows = ["Name,Type", "Ivo,individual", "Dock Works,entity", "Red Hill,vessel"]
    assert kinds(preview(tmp_path, catalog, rows)) == {"Person", "Organization", "Concept"}


def test_a_kind_that_was_asked_for_is_said_by_one_line(tmp_path, catalog):
    made = preview(tmp_path, catalog, ["Name", "Ivo"], "actor.kind=Group")
    assert made.questions == ()
    assert [in_short(record)[:2] for record in made.sheets[0].records] == [("Group", "sheet:group:ivo")]


def test_a_correction_of_a_name_keeps_the_other_names(tmp_path, catalog):
    rows = ["Name,Alias,Given,Organisation", "Ivo,Iv,Ivo Mark,Works"]
    made = preview(tmp_path, catalog, rows, "actor.name=Given + Name")
    assert [record["name"] for record in records(made) if record["kind"] == "Person"] == ["Ivo Mark Ivo", ["Iv"]]
    (template, *_) = correcting.corrected(made.mapping, {"actor.name": None}, catalog).sheets[0].records
    assert "name" not in template.fields


def test_what_stands_above_the_header_is_said(tmp_path, catalog):
    made = preview(tmp_path, catalog, ["Report of the desk,,", ",,", "Name,Position,Organisation", "Ivo,x,Works"])
    assert "sheet.csv: left out what stands above the header: row 1." in made.notes


def test_a_telephone_that_a_link_leads_to_has_the_id_it_has_everywhere(tmp_path, catalog):
    rows = ["From,To,Relation,To type", "Ivo,+99 555 0160,called,Telephone", "Ivo,Dock Works,owns,Company"]
    made = records(preview(tmp_path, catalog, rows, "one.kind=Person"))
    ends = {record["to"] for record in made if record["kind"] == "RELATED_TO"}
    assert ends == {"phone:+995550160", "sheet:organization:dock-works"}


@pytest.mark.parametrize("field", ["item.note", "item.media_type"])
def test_refused_fields_in_cells_of_json_are_left_out(tmp_path, catalog, field):
    rows = ["sha256;about", "00" * 32 + ';{"mime": "a/b", "owner": [{"Religion": "SECRET", "age": 7}]}']
    made = preview(tmp_path, catalog, rows, f"{field}=about")
    assert "SECRET" not in str(made)
    (record,) = records(made)
    assert '"age": 7' in str(record)
