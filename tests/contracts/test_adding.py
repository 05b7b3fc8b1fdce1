"""A record added by hand is the record that is loaded from a file: on every store, of every kind."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit import flow
from graphkit.errors import BadRecord, ChooseAgain, Refused
from graphkit.ingest.checks import BY_HAND_NEVER, checks
from graphkit.ingest.fields import Field, fields
from graphkit.last_used import LastUsed
from graphkit.model.schema import Kind
from graphkit.model.source import REGISTERS
from graphkit.stores import Store, open_store

KINDS = [kind for kind in flow.catalog() if kind.name not in ("Decision", "Tombstone")]
VALUES: dict[str, Any] = {
    "text": "Words", "name": "昆明 Harbour", "opaque": "=1+1", "number": "1.5", "count": "12", "flag": "yes",
    "date": "2014-03", "domain": "Example.com.", "ip": "198.51.100.7", "email": "A@example.com",
    "phone": "+49 30 123", "url": "https://example.com/a", "hash": "AB" * 32,
}  # fmt: skip
OWN = {
    "source": "s", "claimant": "speaker", "about": "about", "property": "name", "based_on": "s",
    "recorded_at": "2014-03-01", "to_domain": "to.example",
}  # fmt: skip
SOURCE = {"kind": "Source", "id": "s", "name": "A report", "publisher": "A paper", "cases": ["c"]}


def _thing(kind: str, id_: str) -> dict[str, Any]:
    first = {"name": "N"} if "name" in flow.catalog()[kind].properties else {"value": "v"}
    return {"kind": kind, "id": id_, "source": "s"} | first


def _derived(kind: str, number: int) -> tuple[str, dict[str, Any]]:
    """Return the id of a thing of a kind that derives its ids, and the record that makes it."""
    own = {"source": "s", "domain": f"d{number}.example"}
    made = {"Domain": {"kind": "Website"}, "Website": {"kind": "Website"}, "Registration": {"kind": "Registration"}}
    ids = {
        "Domain": f"domain:d{number}.example",
        "Website": f"website:d{number}.example",
        "Registration": f"registration:d{number}.example@2020",
        "Host": f"host:198.51.100.{number}",
    }
    if kind == "Host":
        return ids[kind], own | {"kind": "Resolution", "ip": f"198.51.100.{number}"}
    return ids[kind], own | made[kind] | ({"created": "2020"} if kind == "Registration" else {})


def _end(kind: str, number: int) -> tuple[str, dict[str, Any]]:
    if kind in ("Domain", "Website", "Registration", "Host"):
        return _derived(kind, number)
    return f"{kind}-{number}", _thing(kind, f"{kind}-{number}")


BASE = [SOURCE, {"kind": "Case", "id": "c", "name": "C"}, _thing("Person", "speaker"), _thing("Incident", "about")]


def _ends(kind: Kind) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the ends of a relation: their ids, and the records that make them."""
    return {"from": _end(kind.edge.from_kinds[0], 1), "to": _end(kind.edge.to_kinds[-1], 2)} if kind.edge else {}


def _value(kind: Kind, field: Field) -> Any:
    if field.choices:
        return field.choices[0]
    if field.name == "id":
        return f"an-id-{kind.name}"
    return OWN.get(field.name, VALUES.get(field.type))


def _record(kind: Kind, every: bool) -> dict[str, Any]:
    """Return a record of a kind: with what it needs, or with all that it may hold."""
    ends = {name: id_ for name, (id_, _) in _ends(kind).items()}
    named = [field for field in fields(kind) if field.name not in {*ends, "raw"}]
    needed = {"name", "value", "recorded_at"} | ({"claimant"} if kind.accuses else set())
    wanted = [field for field in named if every or field.required or field.name in needed]
    return {"kind": kind.name} | ends | {field.name: _value(kind, field) for field in wanted}


@pytest.fixture(scope="module")
def two(lasting_place: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Store]]:
    """A store of every kind to add to, and one in a file to load into; both hold what relations can link."""
    ends = [record for kind in KINDS for _, record in _ends(kind).values()]
    base = [one | {"recorded_at": "2014-01-01"} if "source" in one else one for one in [*BASE, *ends]]
    folder = tmp_path_factory.mktemp("adding")
    (folder / "base.json").write_text(json.dumps(base), encoding="utf-8")
    stores = [open_store(at, flow.catalog()) for at in (lasting_place("by-hand"), str(folder / "loaded.kgl"))]
    for store in stores:
        assert not flow.load(store, [folder / "base.json"], None, LastUsed(folder / "state")).rejects
    yield stores
    for store in stores:
        store.close()


def _written(store: Store) -> list[Any]:
    registers = [store.register(kind).sort("id").to_dicts() for kind in REGISTERS]
    return [store.claims().sort("id").to_dicts(), *registers]


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, id=kind.name, marks=[pytest.mark.long] * (n % 5 > 0) + [pytest.mark.long_on_neo4j] * (n > 0))
        for n, kind in enumerate(KINDS)
    ],
)
def test_adding_by_hand_writes_what_loading_a_file_writes(
    kind: Kind, two: list[Store], load: Any, last_used: LastUsed
) -> None:
    for record in (_record(kind, every=False), _record(kind, every=True)):
        before = two[0].version()
        made = flow.draft(two[0], [record], "c")
        assert (made.wrong, made.refused, two[0].version()) == ({}, [], before)
        _says_what_it_is(made, record, kind)
        report = flow.add(two[0], [record], None, last_used)
        assert (report.read, report.accepted, report.rejected) == (1, 1, 0)
        assert len(made.says) == max(report.new_claims + report.known_claims, 1)
        assert not load(two[1], record).rejects
        assert _written(two[0]) == _written(two[1])
    again = two[0].version()
    assert (flow.add(two[0], [record], None, last_used).new_claims, two[0].version()) == (0, again)
    assert any("already" in note for note in flow.draft(two[0], [record], "c").notes)


def _says_what_it_is(made: flow.Draft, record: dict[str, Any], kind: Kind) -> None:
    if not kind.registry:
        assert made.who.startswith("N says" if "claimant" in record else "A paper says")
    if kind.accuses == "always":
        assert "An allegation by N" in " ".join(made.says)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_fields_of_a_kind_are_the_fields_its_records_take(kind: Kind) -> None:
    taken = {check.name for check in checks(kind)}
    asked = [field.name for field in fields(kind)]
    assert set(asked) == taken - {*BY_HAND_NEVER, *(["id"] if kind.id_template else [])}
    assert len(asked) == len(set(asked))
    assert all(field.about for field in fields(kind))


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": "Persn"}, "kind", "Did you mean 'Person'?"),
    ({"kind": "Person", "id": "x", "name": "X"}, "source", "is missing"),
    ({"kind": "Person", "name": "X", "source": "s"}, "id", "is missing"),
    ({"kind": "Person", "id": "x", "source": "s"}, "name", "says at least one thing"),
    ({"kind": "Person", "id": "x", "name": "X", "source": "t"}, "source", "names nothing"),
    ({"kind": "Person", "id": "x", "name": "X", "source": "speaker"}, "source", "not a Source"),
    ({"kind": "Person", "id": "x", "name": "X", "source": "s", "claimant": "about"}, "claimant", "who says something"),
    ({"kind": "Person", "id": "about", "name": "X", "source": "s"}, "id", "of kind Incident already"),
    ({"kind": "Person", "id": "x", "name": "X\x00", "source": "s"}, "name", "control characters"),
    ({"kind": "Person", "id": "x", "name": "X", "source": "s", "nam": "y"}, "nam", "Did you mean 'name'?"),
    ({"kind": "Person", "id": "x", "name": "X", "source": "s", "quote": "q" * 301}, "quote", "300 are allowed"),
    ({"kind": "Person", "id": "x", "statement": "w" * 100_001, "source": "s"}, "statement", "100,000 are allowed"),
    ({"kind": "Incident", "id": "x", "killed": "-1", "source": "s"}, "killed", "whole number"),
    ({"kind": "Incident", "id": "x", "date": "soon", "source": "s"}, "date", ""),
    ({"kind": "SUSPECTED_OF", "from": "speaker", "to": "about", "source": "s"}, "claimant", "is an allegation"),
    ({"kind": "SUSPECTED_OF", "from": "about", "to": "about", "source": "s", "claimant": "speaker"}, "from", "takes"),
    ({"kind": "MEMBER_OF", "from": "speaker", "to": "nobody", "source": "s", "claimant": "speaker"}, "to", "nothing"),
]


@pytest.mark.parametrize(("record", "field", "words"), BAD, ids=lambda value: str(value)[:30])
def test_a_record_that_does_not_stand_names_its_field_and_writes_nothing(
    record: dict[str, Any], field: str, words: str, two: list[Store], last_used: LastUsed
) -> None:
    store = two[0]
    before, other = store.version(), {"kind": "Source", "id": "new", "name": "New"}
    with pytest.raises(BadRecord) as caught:
        flow.add(store, [other, record], None, last_used)
    assert (caught.value.kind, caught.value.field) == (record["kind"], field)
    assert words in caught.value.problem
    assert store.version() == before
    assert words in " ".join(flow.draft(store, [other, record], "c").wrong.values())


def test_on_a_store_that_is_not_there_a_reject_makes_none(store: Store, last_used: LastUsed) -> None:
    with pytest.raises(BadRecord):
        flow.add(store, [{"kind": "Person", "id": "x", "name": "X", "source": "nowhere"}], None, last_used)
    assert not store.exists()


@pytest.mark.parametrize("name", ["ethnicity", "Religion", "passport_number", "sexual-orientation", "этничность"])
def test_a_field_that_is_not_recorded_of_persons_is_refused_and_its_value_is_nowhere(
    name: str, store: Store, last_used: LastUsed
) -> None:
    person = {"kind": "Person", "id": "x", "name": "X", "source": "s", name: "not-to-be-told"}
    with pytest.raises(Refused) as caught:
        flow.add(store, [SOURCE, person], None, last_used)
    assert name in str(caught.value)
    assert "not-to-be-told" not in str(caught.value)
    assert not store.exists()
    made = flow.draft(store, [SOURCE, person], "c")
    assert made.refused == [name]
    assert "not-to-be-told" not in repr(made)


def test_a_source_and_what_it_says_are_written_in_one_change(store: Store, last_used: LastUsed) -> None:
    person = {"kind": "Person", "id": "x", "name": "X", "source": "new"}
    changes = []
    update = store.update
    store.update = lambda plan: (changes.append(1), update(plan))[1]  # type: ignore[method-assign,assignment]
    report = flow.add(store, [{"kind": "Source", "id": "new", "name": "New"}, person], "harbour", last_used)
    assert (len(changes), report.new_claims, report.cases) == (1, 1, ["harbour"])
    assert last_used.case(store.address) == "harbour"
    with pytest.raises(BadRecord, match="Source: name: is missing"):
        flow.add(store, [{"kind": "Source", "id": "t"}, person | {"source": "t"}], None, last_used)


def test_an_empty_case_is_refused(store: Store, last_used: LastUsed) -> None:
    with pytest.raises(ChooseAgain, match="--case is empty"):
        flow.add(store, [SOURCE], "", last_used)


def test_all_that_is_wrong_is_said_field_by_field(store: Store, load: Any) -> None:
    load(store, SOURCE)
    record = {"kind": "Incident", "id": "x", "killed": "many", "date": "soon", "source": "s", "confidence": 200}
    wrong = flow.draft(store, [record], "c").wrong
    assert set(wrong) == {("Incident", "killed"), ("Incident", "date"), ("Incident", "confidence")}
    assert all("confidence" not in text and "date:" not in text for text in wrong.values())


def test_a_denial_is_not_called_an_allegation_of_who_denies(store: Store, load: Any) -> None:
    load(store, SOURCE, _thing("Person", "speaker"), _thing("Incident", "about"))
    record = {"kind": "SUSPECTED_OF", "from": "speaker", "to": "about", "source": "s", "claimant": "speaker"}
    made = flow.draft(store, [record | {"stance": "denies"}], "c")
    assert made.who.startswith("N denies")
    assert "allegation by" not in " ".join(made.says)


def test_the_draft_names_nothing_that_only_another_case_says(store: Store, load: Any) -> None:
    elsewhere = {"kind": "Source", "id": "e", "name": "Elsewhere", "cases": ["other"]}
    load(store, SOURCE, elsewhere, {"kind": "Person", "id": "p", "name": "Known Elsewhere", "source": "e"})
    load(store, _thing("Group", "g"))
    record = {"kind": "PART_OF", "from": "g", "to": "p", "source": "s"}
    member = {"kind": "MEMBER_OF", "from": "p", "to": "g", "source": "s", "claimant": "p"}
    for made in (flow.draft(store, [record], "c"), flow.draft(store, [member], "c")):
        assert "Known Elsewhere" not in repr(made)


def test_many_who_add_at_once_all_come_through(store: Store, load: Any, last_used: LastUsed) -> None:
    load(store, SOURCE)
    problems: list[Exception] = []

    def added(number: int) -> None:
        try:
            flow.add(store, [_thing("Person", f"p{number}")], None, last_used)
        except Exception as problem:  # whatever it is, the test shows it
            problems.append(problem)

    threads = [threading.Thread(target=added, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert set(store.kinds_of([f"p{number}" for number in range(6)])) == {f"p{number}" for number in range(6)}


ANYTHING = st.one_of(st.text(max_size=40), st.integers(), st.booleans(), st.none(), st.lists(st.text(), max_size=3))
NAMES = sorted({field.name for kind in KINDS for field in fields(kind)} | {"nam", "religion"})


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=6))
def test_whatever_is_given_a_draft_and_a_file_agree_on_what_is_wrong(
    tmp_path: Path, kind: Kind, given_: dict[str, Any]
) -> None:
    record = {"kind": kind.name} | given_
    missing = flow.store_at(str(tmp_path / "none.kgl"))
    made = flow.draft(missing, [record], "c")
    (tmp_path / "one.json").write_text(json.dumps([record]), encoding="utf-8")
    checked = flow.check(missing, [tmp_path / "one.json"])
    assert bool(made.wrong) == bool(checked.rejects)
    assert len(set(made.refused)) == checked.refused_fields
    json.dumps([made.says, made.notes, sorted(made.wrong.items())]).encode()
