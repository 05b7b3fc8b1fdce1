import pytest

from graphkit.ingest.batch import gather
from graphkit.ingest.record import Record
from graphkit.model.decision import Decided
from graphkit.model.entity import resolve

SOURCES = [
    {"kind": "Source", "id": "s", "name": "one", "reliability": "B"},
    {"kind": "Source", "id": "t", "name": "two"},
    {"kind": "Source", "id": "u", "name": "three"},
    {"kind": "Source", "id": "copy-of-s", "name": "copy", "based_on": ["s"]},
    {"kind": "Source", "id": "copy-of-copy", "name": "copy of a copy", "based_on": "copy-of-s"},
    {"kind": "Source", "id": "f", "name": "cannot be judged", "reliability": "F"},
]
BODIES = [{"kind": "Organization", "id": id_, "name": id_, "source": "u"} for id_ in "abc"]


def incident(source, **fields):
    return {"kind": "Incident", "id": "i", "source": source} | fields


def together(source, **fields):
    return {"kind": "COOPERATES_WITH", "from": "a", "to": "b", "source": source} | fields


@pytest.fixture
def made(catalog):
    def made(*records):
        rows = [Record(f"x:{number}", data) for number, data in enumerate([*SOURCES, *BODIES, *records], start=1)]
        batch = gather(rows, catalog, lambda ids: {}, "2026-11-24")
        assert batch.rejects == []
        return resolve(batch.claims, batch.registers["Source"], Decided(batch.registers["Decision"]), catalog)

    return made


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        ({"date": "2014-03-01"}, {"date": "2014-03"}, False),
        ({"date": "2014-03-01"}, {"date": "2014-03-02"}, True),
        ({"date": "2014-02/2014-03-01"}, {"date": "2014-03"}, False),
        ({"killed": 29}, {"killed": 29}, False),
        ({"killed": 29}, {"killed": 31}, True),
        ({"killed": 29, "valid_to": "2014-03-01"}, {"killed": 31, "valid_from": "2014-03-02"}, False),
        ({"killed": 29, "valid_to": "2014-03-02"}, {"killed": 31, "valid_from": "2014-03-02"}, True),
        ({"killed": 29}, {"killed": 31, "valid_from": "2014-03-02"}, True),
        ({"killed": 29}, {"killed": 29, "stance": "denies"}, True),
        ({"killed": 29}, {"killed": 31, "stance": "denies"}, False),
        ({"killed": 29}, {"killed_low": 20}, False),
        ({"killed": 29}, {"killed_low": 30}, True),
        ({"killed": 29}, {"killed_high": 28}, True),
        ({"killed_low": 20, "killed_high": 30}, {"killed_low": 30, "killed_high": 40}, False),
        ({"killed_low": 20, "killed_high": 30}, {"killed_low": 31, "killed_high": 40}, True),
        ({"killed_high": 30, "valid_to": "2014"}, {"killed_low": 31, "valid_from": "2015"}, False),
        ({"killed_low": 20}, {"killed_low": 20, "stance": "denies"}, True),
        ({"killed_low": 20}, {"killed": 20, "stance": "denies"}, False),
        ({"name": "An attack"}, {"name": "Another name"}, False),
        ({"name": "An attack"}, {"name": "An attack", "stance": "denies"}, True),
        ({"statement": "x"}, {"statement": "y"}, False),
    ],
)
def test_values_are_in_conflict_when_they_cannot_all_be_so(made, one, other, disputed):
    resolved = made(incident("s", **one), incident("t", **other))
    assert (len(resolved.conflicts) == 1) == disputed
    assert bool(resolved.nodes["Incident"]["disputed"].to_list()[0]) == disputed


def test_a_conflict_keeps_all_values_side_by_side(made):
    (conflict,) = made(
        incident("s", killed=29), incident("t", killed=31), incident("u", killed=31)
    ).conflicts.to_dicts()
    assert (conflict["about"], conflict["property"], conflict["values"]) == ("i", "killed", ["29", "31"])
    assert (conflict["n_claims"], conflict["n_sources"]) == (3, 3)


def test_of_bounds_those_take_part_that_another_claim_excludes(made):
    (conflict,) = made(
        incident("s", killed=29, killed_low=20, killed_high=35), incident("t", killed_low=32)
    ).conflicts.to_dicts()
    assert (conflict["property"], conflict["said_values"]) == ("killed", ["29", "at least 32"])
    assert (conflict["said_sources"], conflict["n_claims"]) == (["s", "t"], 2)


def test_a_conflict_says_where_when_and_how_sure_and_which_sources_rest_on_one(made):
    where = {"locator": "page 1", "valid_from": "2014", "confidence": 70}
    (conflict,) = made(
        incident("s", killed=29, **where), incident("copy-of-copy", killed=31), incident("t", killed=31, credibility=2)
    ).conflicts.to_dicts()
    assert conflict["said_sources"] == ["s", "copy-of-copy", "t"]
    assert conflict["said_origins"] == [1, 1, 2]
    assert (conflict["n_sources"], conflict["n_independent"]) == (3, 2)
    assert (conflict["said_locators"], conflict["said_from"]) == (["page 1", "", ""], ["2014", "", ""])
    assert (conflict["said_confidences"], conflict["said_credibilities"]) == (["70", "", ""], ["", "", "2"])


def test_low_and_high_are_the_hull_of_all_numbers(made):
    records = incident("s", killed=29, killed_low=20), incident("t", killed=31), incident("u", killed_high=[30, 40])
    row = made(*records).nodes["Incident"].to_dicts()[0]
    assert (row["killed_low"], row["killed_high"]) == (20, 40)
    row = made(incident("s", killed=29), incident("t", killed=29)).nodes["Incident"].to_dicts()[0]
    assert (row["killed"], row["killed_low"], row["killed_high"]) == (29, None, None)


def test_independent_sources_lead_over_copies(made):
    copies = [incident(source, killed=6, confidence=99) for source in ("s", "copy-of-s", "copy-of-copy")]
    independent = [incident(source, killed=4) for source in ("t", "u")]
    assert made(*copies, *independent).nodes["Incident"]["killed"].to_list() == [4]
    assert made(*copies, independent[0]).nodes["Incident"]["killed"].to_list() == [6]


def test_among_equals_confidence_then_the_later_then_the_more_precise_leads(made):
    def leading(one, other):
        return made(incident("s", **one), incident("t", **other)).nodes["Incident"]["date"].to_list()

    assert leading({"date": "2014-03-01"}, {"date": "2015", "confidence": 5}) == ["2015"]
    assert leading({"date": "2014-03-01"}, {"date": "2015", "valid_from": "2015"}) == ["2015"]
    assert leading({"date": "2014"}, {"date": "2014-03-01"}) == ["2014-03-01"]
    assert leading({"date": "2014", "recorded_at": "2015-01-01"}, {"date": "2013", "recorded_at": "2014-01-01"}) == [
        "2013"
    ]


def test_a_denial_makes_no_relation_and_never_raises_support(made):
    assert made(together("s", stance="denies", confidence=90)).relations.is_empty()
    claimed = together("s", confidence=60)
    (before,) = made(claimed).relations.to_dicts()
    (after,) = made(claimed, together("t", stance="denies", confidence=90)).relations.to_dicts()
    assert (before["support"], before["disputed"], before["n_claims"]) == (51, False, 1)
    assert (after["support"], after["disputed"], after["n_claims"]) == (51, True, 1)


@pytest.mark.parametrize("ends", [{"from": "a", "to": "b"}, {"from": "b", "to": "a"}])
def test_a_symmetric_relation_is_denied_and_retracted_from_either_end(made, ends):
    (row,) = made(together("s"), together("t", stance="denies", **ends)).relations.to_dicts()
    assert (row["disputed"], row["from"], row["to"]) == (True, "a", "b")
    assert made(together("s"), together("s", stance="retracts", locator="later", **ends)).relations.is_empty()
    assert len(made(together("s"), together("t", stance="retracts", **ends)).relations) == 1


def test_a_relation_between_two_kinds_is_denied_from_either_end(made):
    person = {"kind": "Person", "id": "p", "name": "P", "source": "u"}
    ends = {"from": "p", "to": "a"}, {"from": "a", "to": "p"}
    for one, other in (ends, ends[::-1]):
        (conflict,) = made(person, together("s", **one), together("t", stance="denies", **other)).conflicts.to_dicts()
        assert sorted(conflict["said_stances"]) == ["asserts", "denies"]


def test_a_retraction_takes_away_what_its_speaker_said_in_any_source(made):
    said = incident("s", killed=29, claimant="a"), incident("t", killed=29, claimant="b")
    resolved = made(*said, incident("u", killed=29, claimant="a", stance="retracts"))
    assert resolved.nodes["Incident"].select("killed", "n_claims").rows() == [(29, 1)]
    resolved = made(said[0], incident("u", killed=29, claimant="a", stance="retracts"))
    assert resolved.nodes["Incident"].select("killed", "n_claims").rows() == [(None, 0)]


def test_support_counts_independent_sources_and_leaves_the_unrated_out(made):
    def support(*records):
        return made(*records).relations["support"].to_list()

    assert support(together("t")) == [None]
    assert support(together("t", credibility=6)) == [None]
    assert support(together("t", confidence=50), together("u", confidence=50)) == [75]
    assert support(together("t", confidence=50), together("u")) == [50]
    assert support(together("s", confidence=50), together("copy-of-copy", confidence=40)) == [42.5]
    assert support(together("f", confidence=50)) == support(together("t", confidence=50)) == [50]


def test_a_relation_holds_in_spans_and_its_hull_is_only_their_ends(made):
    times = [("2014-01", "2014-01"), ("2014-02-01", "2014-02-03"), ("2014-05", None)]
    (row,) = made(*(together("s", valid_from=start, valid_to=end) for start, end in times)).relations.to_dicts()
    assert row["spans"] == ["2014-01-01/2014-02-04", "2014-05-01/.."]
    assert (row["first_seen"], row["last_seen"]) == ("2014-01-01", None)
    assert made(together("s")).relations["spans"].to_list() == [None]


def test_a_short_time_within_a_long_one_does_not_split_it(made):
    times = [("2014-01", "2014-06"), ("2014-02", "2014-02"), ("2014-04", "2014-04")]
    (row,) = made(*(together("s", valid_from=start, valid_to=end) for start, end in times)).relations.to_dicts()
    assert row["spans"] == ["2014-01-01/2014-07-01"]


def test_a_value_is_read_as_a_decision_says_and_as_it_is_written_where_two_differ(made):
    decision = {"kind": "Decision", "id": "d", "action": "read", "about": "i", "property": "killed", "value": "29"}
    decision |= {"read_as": "30", "who": "me", "when": "2025", "why": "a reason"}
    other = decision | {"id": "another-one", "read_as": "31", "when": "2026"}
    assert made(incident("s", killed=29), decision).nodes["Incident"]["killed"].to_list() == [30]
    assert made(incident("s", killed=29), other, decision).nodes["Incident"]["killed"].to_list() == [29]
    assert made(incident("s", killed=28), decision).nodes["Incident"]["killed"].to_list() == [28]
