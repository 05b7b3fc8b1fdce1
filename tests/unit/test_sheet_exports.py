"""What exports of other programs need to come in right: headers, kinds, ends of links, and what is asked."""

import json

import pytest

from graphkit import flow
from graphkit.ingest import readers
from graphkit.ingest.sheets import called, columns, correcting, naming
from graphkit.last_used import LastUsed
from graphkit.stores import open_store
from tests.sheets.previewed import preview, records


@pytest.fixture
def store(tmp_path, catalog):
    opened = open_store(str(tmp_path / "store.kgl"), catalog)
    yield opened
    opened.close()


def asked(made):
    return " ".join(asks for asks, _ in made.questions)


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        (["1,IVO SAMPLE,individual,NORL", "2,LENA SPECIMEN,individual,NORL", "3,GULL STAR,vessel,NORL"], 0),
        (["Period,Country,Requests: those removed " + "in full or in part " * 5, "2023-06-30,Norland,4"], 1),
        (["Name,Seen,Mail", "Ivo,2024-01-02,a@b.example", "Lena,2024-01-03,c@d.example"], 1),
    ],
)
def test_a_row_of_values_is_no_header(tmp_path, catalog, rows, header):
    assert preview(tmp_path, catalog, rows).mapping.sheets[0].header == header


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("personId:ID", "id"),
        ("since:date", "since"),
        (":LABEL", "type"),
        (":START_ID", "from"),
        ("node_id_end", "to"),
        ("End 1", "from"),
        ("positionLabel", "position"),
        ("NameAlias_WholeName", "name"),
        ("page.title", "title"),
        ("Location description", None),
        ("CompanyCategory", "type"),
    ],
)
def test_names_of_columns_that_programs_write_have_roles(name, role):
    assert next(iter(naming.roles(name)), None) == role


def test_the_usual_word_for_a_role_goes_before_others_and_codes_are_no_words():
    names = ["iso", "region", "country", "country_txt", "admin1", "id"]
    found = columns.profiles(names, [["578", "Europe", "700", "Norland", "North", "7"]], lambda name: False)
    assert {one.role: one.name for one in found if one.role} == {
        **{"country": "country_txt", "region": "admin1", "id": "id"},
    }


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("maltego.Person", "Person"),
        (":Company", "Organization"),
        ("Person;Official", "Person"),
        ("LegalEntity", "Group"),
        ("Public Body", "Organization"),
        ("E-mail", "Identifier"),
        ("Vessel", None),
    ],
)
def test_a_word_in_a_cell_stands_for_a_kind(word, kind):
    assert called.kind(word) == kind


def test_names_of_programs_are_no_domains(tmp_path, catalog):
    rows = ["Entity Type,Entity Value", "maltego.Person,Ivo", "maltego.Domain,veilcast.example", "maltego.Phrase,x"]
    made = records(preview(tmp_path, catalog, rows))
    assert [(one["kind"], one.get("domain") or one["name"]) for one in made] == [
        ("Person", "Ivo"),
        ("Domain", "veilcast.example"),
        ("Concept", "x"),
    ]


def test_pages_on_one_site_are_no_websites_of_the_rows(tmp_path, catalog):
    rows = ["Name,Position,URL", "Ivo,chair,https://list.example/1", "Lena,clerk,https://list.example/2"]
    assert {one["kind"] for one in records(preview(tmp_path, catalog, rows))} == {"Person"}


def test_of_what_kind_a_row_without_one_is_is_asked_and_said_by_one_line(tmp_path, catalog):
    rows = ["Name,Type", "Ivo,individual", "Dock Works,", "Gull Star,vessel"]
    made = preview(tmp_path, catalog, rows)
    assert ("of what kind is 'actor' where 'Type' is empty?", "actor.kind='Type or Organization'") in made.questions
    made = preview(tmp_path, catalog, rows, "actor.kind=Type or Organization")
    assert made.questions == ()
    assert [one["kind"] for one in records(made)] == ["Person", "Organization", "Concept"]


def test_kinds_of_rows_without_one_are_chosen_by_clicks_too(tmp_path, catalog):
    made = preview(tmp_path, catalog, ["Name,Type", "Ivo,individual", "Dock Works,"])
    (template,) = correcting.of_kind_where_empty(made.mapping.sheets[0], "actor", "Group").records
    assert template.kind.means == {"individual": "Person", "": "Group"}
    assert not template.is_open


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (["From,To", "Ivo Sample,Lena Specimen"], "?"),
        (["From,To", "Dock Works Ltd,Pier Trust"], "Organization"),
    ],
)
def test_ends_of_links_are_bodies_only_where_their_names_say_so(tmp_path, catalog, rows, kind):
    assert preview(tmp_path, catalog, rows).mapping.sheets[0].records[0].kind == kind


def test_links_lead_to_things_of_another_file(tmp_path, catalog):
    rows = ["Source,Target,Type,Label", "n1,n2,Directed,owns", "n2,n1,Directed,"]
    made = preview(tmp_path, catalog, rows)
    assert (
        "sheet.csv: is n1 the id of a thing that another file gave? Then say how ids of things there begin."
    ) in asked(made)
    made = preview(tmp_path, catalog, rows, "ends=nodes:actor", "claimant=desk")
    assert made.questions == ()
    assert [(one["from"], one["to"], one.get("relationship")) for one in records(made)] == [
        ("nodes:actor:n1", "nodes:actor:n2", "owns"),
        ("nodes:actor:n2", "nodes:actor:n1", None),
    ]


def test_an_id_that_is_said_by_a_line_is_one_of_this_sheet(tmp_path, catalog):
    made = preview(tmp_path, catalog, ["Ref,Name,Position", "36,Ivo,chair"], "actor.id=Ref")
    assert records(made)[0]["id"] == "sheet:person:36"


def test_rows_that_only_name_an_id_are_left_out(tmp_path, catalog):
    rows = ["id,name,type,gender", "7,Ivo,person,", "7,,person,x", "8,Dock,entity,"]
    assert [one.get("name") for one in records(preview(tmp_path, catalog, rows))] == ["Ivo", "Dock"]


@pytest.mark.parametrize("header", ["Suspect", "Victim name", "Who was responsible?"])
def test_of_what_kind_those_are_who_took_part_is_asked(tmp_path, catalog, header):
    made = preview(tmp_path, catalog, [f"Date,Place,Killed,{header}", "2024-03-01,Alderton,1,Ivo Sample"])
    assert "of what kind is" in asked(made)


def test_addresses_of_one_domain_ask_for_it(tmp_path, catalog):
    rows = ["Date resolved,Resolver,IP", "2024-03-01,x,192.0.2.10"]
    assert "of which domain" in asked(preview(tmp_path, catalog, rows))
    (record,) = records(preview(tmp_path, catalog, rows, "resolution.domain=is veilcast.example"))
    assert (record["domain"], record["ip"], record["first_seen"]) == ("veilcast.example", "192.0.2.10", "2024-03-01")


def test_only_hashes_of_one_sort_are_items(tmp_path, catalog):
    rows = ["hash_type,hash_value", f"pdq,{'a1' * 32}", f"sha256,{'b2' * 32}", f"md5,{'c3' * 16}"]
    assert [one["sha256"] for one in records(preview(tmp_path, catalog, rows))] == ["b2" * 32]


def test_trackers_of_two_columns_are_two(tmp_path, catalog):
    rows = ["Domain,Google Analytics,Adsense", "a.example,UA-1234567-1,pub-1234567890123456"]
    made = records(preview(tmp_path, catalog, rows))
    assert [one["tracker"] for one in made if one["kind"] == "Tracker"] == ["UA-1234567-1", "pub-1234567890123456"]


def test_companies_are_known_by_their_number_and_are_no_persons(tmp_path, catalog):
    rows = ["CompanyName,CompanyNumber,CompanyCategory", "DOCK WORKS,00012345,Private Limited Company"]
    (record,) = records(preview(tmp_path, catalog, rows))
    assert (record["kind"], record["id"], record["org_type"]) == (
        "Organization",
        "sheet:organization:00012345",
        "Private Limited Company",
    )


NODES = [{"id": "n1", "name": "Ivo", "type": "Person"}, {"id": "n2", "name": "Dock Works", "type": "Organization"}]
EDGE = {"source": "n1", "target": "n2", "relation": "owns"}


@pytest.mark.parametrize(
    "document",
    [
        {"directed": True, "nodes": NODES, "links": [EDGE]},
        {"nodes": NODES, "edges": [EDGE]},
        {"elements": {"nodes": [{"data": one} for one in NODES], "edges": [{"data": EDGE}]}},
    ],
)
def test_graphs_in_json_are_read(tmp_path, document):
    path = tmp_path / "graph.json"
    path.write_text(json.dumps(document))
    graph, one, other, edge = (record.data for record in readers.read(path))
    assert graph["graph"] == "a graph in JSON"
    assert (one["node"], other["node"]) == ("n1", "n2")
    assert (edge["from"], edge["to"], edge["said"]["relation"]) == ("n1", "n2", "owns")


def test_lines_of_json_of_another_tool_are_read_whatever_their_ending(tmp_path):
    path = tmp_path / "entities.ftm.json"
    path.write_text('{"id": "a", "schema": "Person"}\n{"id": "b", "schema": "Person"}\n')
    assert [record.data["id"] for record in readers.read(path)] == ["a", "b"]


def test_passive_dns_in_json_is_read(tmp_path, store):
    rows = [
        {"cond": "begin"},
        {"obj": {"rrname": "a.example.", "rrtype": "A", "rdata": ["192.0.2.1", "192.0.2.2"], "time_first": 1546300800}},
        {"obj": {"rrname": "a.example.", "rrtype": "NS", "rdata": ["ns1.b.example."], "zone_time_first": 1546300800}},
        {"obj": {"rrname": "a.example.", "rrtype": "TXT", "rdata": ["x"]}},
        {"obj": {"rrname": "a.example."}},
    ]
    path = tmp_path / "dns.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n")
    report = flow.load_files(store, flow.Files([path], store.catalog), "dns", LastUsed(tmp_path / "state"))
    assert report.rejected == 1
    _, relations = store.graph()
    found = {(one["type"], one["from"], one["to"]) for one in relations.to_dicts()}
    assert {(type_, to) for type_, _, to in found} == {
        ("RESOLVES_TO", "host:192.0.2.1"),
        ("RESOLVES_TO", "host:192.0.2.2"),
        ("USES_NS", "ns:ns1.b.example"),
    }


def test_an_id_of_each_row_goes_before_one_of_several(tmp_path, catalog):
    rows = ["uuid,event_id,type,value", "u1,12,domain,a.example", "u2,12,ip-dst,192.0.2.1", "u3,12,sha256," + "a1" * 32]
    made = preview(tmp_path, catalog, rows)
    assert made.mapping.sheets[0].records[0].fields["id"][0].columns == ("uuid",)
    assert [one["kind"] for one in records(made)] == ["Domain", "Host", "ContentItem"]


def test_words_that_stand_in_several_rows_are_no_ids(tmp_path, catalog):
    made = preview(tmp_path, catalog, ["Item,Title,Kind", "Boat,Gull,entity", "Boat,Tern,entity"])
    assert {one["name"] for one in records(made)} == {"Gull", "Tern"}
    assert len({one["id"] for one in records(made)}) == 2


def test_numbers_that_call_each_other_are_telephones(tmp_path, catalog):
    rows = ["A number,B number,Date", "+4722000000,+4722000001,13.04.2014"]
    ends = [one["id"] for one in records(preview(tmp_path, catalog, rows)) if one["kind"] == "Identifier"]
    assert ends == ["phone:+4722000000", "phone:+4722000001"]
