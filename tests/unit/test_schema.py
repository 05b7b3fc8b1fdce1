import shutil

import pytest

from graphkit.errors import ChooseAgain, SchemaError
from graphkit.model.schema import RESERVED, Catalog
from graphkit.model.values import TYPES
from graphkit.settings import shipped

ALWAYS = {"SUSPECTED_OF", "CLAIMED_RESPONSIBILITY", "PARTICIPATED_IN", "MEMBER_OF", "HOSTED_CONTENT", "PUBLISHED"}
ALWAYS |= {"ATTRIBUTED_TO"}
BETWEEN_PERSONS = {"ALIAS_OF", "RELATED_TO", "TARGETS", "USES"}
FILES = sorted((shipped("schema")).glob("*.yaml"))


def folder(tmp_path, name, text):
    shutil.copy(shipped("schema") / "refused.yaml", tmp_path)
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_file_is_one_kind_named_after_it(catalog):
    stems = {path.stem.replace("_", "") for path in FILES if path.name != "refused.yaml"}
    assert stems == {kind.name.lower().replace("_", "") for kind in catalog}


def test_every_kind_says_what_it_is_about_and_every_property_has_a_type(catalog):
    for kind in catalog:
        assert kind.about, kind.name
        assert kind.edge is None or kind.edge.says, kind.name
        for prop in kind.properties.values():
            assert prop.type in TYPES
            assert prop.about, f"{kind.name}.{prop.name}"
            assert prop.name not in RESERVED


def test_every_kind_is_exactly_one_of_entity_relation_observation_and_register(catalog):
    for kind in catalog:
        roles = (kind.is_entity, bool(kind.edge), kind.observation, kind.registry)
        assert sum(roles) == 1, kind.name


def test_the_design_has_these_kinds(catalog):
    entities = {"Person", "Group", "Organization", "Incident", "Place", "Website", "Domain", "Host", "Registration"}
    assert entities | {"Identifier", "ContentItem", "Request"} <= {kind.name for kind in catalog.entities}
    assert {"Source", "Case", "Decision", "Document", "Tombstone"} == {kind.name for kind in catalog if kind.registry}
    observations = {"Resolution", "Nameserver", "Certificate", "Tracker", "Favicon", "Redirect"}
    assert observations == {kind.name for kind in catalog if kind.observation}


def test_these_kinds_accuse_and_no_others(catalog):
    assert {kind.name for kind in catalog if kind.accuses == "always"} == ALWAYS
    assert {kind.name for kind in catalog if kind.accuses == "persons"} == BETWEEN_PERSONS
    assert {kind.name for kind in catalog if kind.accuses} == ALWAYS | BETWEEN_PERSONS


def test_an_accusing_kind_accuses_whoever_stands_at_its_ends(catalog):
    for name in ALWAYS:
        edge = catalog[name].edge
        assert all(catalog.accusing(name, a, b) for a in edge.from_kinds for b in edge.to_kinds)
    assert not catalog.accusing("EMPLOYED_BY", "Person", "Organization")


def test_an_alias_accuses_only_where_it_touches_a_person(catalog):
    assert catalog.accusing("ALIAS_OF", "Person", "Person")
    assert catalog.accusing("ALIAS_OF", "Person", "Identifier")
    assert catalog.accusing("ALIAS_OF", "Group", "Person")
    assert not catalog.accusing("ALIAS_OF", "Organization", "Organization")
    assert not catalog.accusing("ALIAS_OF", "Group", "Identifier")


def test_an_accusing_kind_is_worded_as_an_allegation(catalog):
    for name in [*ALWAYS, "ALIAS_OF"]:
        assert "is said to" in catalog[name].edge.says


def test_infrastructure_never_points_at_a_person(catalog):
    for name in ("REGISTRANT", "REGISTRAR", "USES_NS", "USES_ID", "PRESENTS_CERT", "RESOLVES_TO", "SUCCESSOR_OF"):
        edge = catalog[name].edge
        assert "Person" not in (*edge.from_kinds, *edge.to_kinds)


def test_a_count_has_a_low_and_a_high_bound(catalog):
    properties = catalog["Incident"].properties
    assert {"killed", "killed_low", "killed_high"} <= set(properties)
    assert properties["killed_low"].many
    assert not properties["killed"].many


def test_a_kind_that_does_not_exist_gets_a_suggestion(catalog):
    with pytest.raises(ChooseAgain, match=r"No kind named 'incidnt'. Did you mean 'Incident'\?"):
        catalog["incidnt"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "must hold keys"),
        ("- kind", "must hold keys"),
        ("kind: [", "while parsing"),
        ("about: a", "'kind' is missing"),
        ("kind: X", "'about' is missing"),
        ("{kind: X, about: a, colour: red}", "unknown keys: colour"),
        ("{kind: X, about: a, properties: {a: {type: txt}}}", "no type named 'txt'. Did you mean 'text'"),
        ("{kind: X, about: a, properties: {a: {about: b}}}", "'type' is missing"),
        ("{kind: X, about: a, properties: {a: text}}", "odd_kind.yaml"),
        ("{kind: X, about: a, properties: {Big: {type: text}}}", "lower_snake_case"),
        ("{kind: X, about: a, properties: {first_seen: {type: date}}}", "reserved"),
        ("{kind: X, about: a, edge: {from: [X], to: [X]}}", "'says' is missing"),
        ("{kind: X, about: a, edge: {from: [Nobody], to: [X], says: s}}", "the kind 'Nobody', which has no file"),
        ("{kind: X, about: a, links: [[self, LIKES, self]]}", "the kind 'LIKES', which has no file"),
        ("{kind: X, about: a, links: [[self, X, domian]]}", "the property 'domian', which X lacks"),
        ("{kind: X, about: a, accuses: alway}", "accuses is 'alway'; it must be always or persons"),
        ("{kind: X, about: a, valid: [a]}", "odd_kind.yaml"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path, text, words):
    with pytest.raises(SchemaError, match=words) as caught:
        Catalog.load(folder(tmp_path, "odd_kind.yaml", text))
    assert str(caught.value).startswith("odd_kind.yaml: ")


def test_a_file_that_is_not_text_is_named(tmp_path):
    (folder(tmp_path, "odd.yaml", "") / "odd.yaml").write_bytes(b"kind: \xff\xfe")
    with pytest.raises(SchemaError, match=r"^odd\.yaml: "):
        Catalog.load(tmp_path)


def test_one_kind_in_two_files_is_refused(tmp_path):
    (folder(tmp_path, "a.yaml", "{kind: X, about: a}") / "b.yaml").write_text("{kind: X, about: b}")
    with pytest.raises(SchemaError, match=r"b\.yaml: the kind 'X' stands in a\.yaml already"):
        Catalog.load(tmp_path)


@pytest.mark.parametrize("text", ["words: [", "words: []", "", "words: 3\nnames: 4"])
def test_a_wrong_deny_list_is_named(tmp_path, text):
    with pytest.raises(SchemaError, match=r"^refused\.yaml: "):
        Catalog.load(folder(tmp_path, "refused.yaml", text))


def test_a_missing_deny_list_stops_everything(tmp_path):
    (tmp_path / "x.yaml").write_text("{kind: X, about: a}")
    with pytest.raises(SchemaError, match=r"refused\.yaml"):
        Catalog.load(tmp_path)
