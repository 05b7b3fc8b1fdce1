"""resolve() against the same rules in plain Python, over random small sets of claims."""

from datetime import date, timedelta
from itertools import combinations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.model.claim import COLUMNS, as_frame
from graphkit.model.decision import Decided
from graphkit.model.entity import resolve
from graphkit.model.interval import parse, surely_after
from graphkit.model.schema import Catalog
from graphkit.model.source import empty_register
from graphkit.model.support import support, weight
from graphkit.settings import shipped
from tests.ids import claim_id, relation_id

CATALOG = Catalog.load(shipped("schema"))
START, WINDOW = date(2014, 1, 1), 45
KINDS = {"i1": "Incident", "i2": "Incident", "a": "Organization", "b": "Organization", "c": "Organization"}
SOURCES = {"s1": ([], "A"), "s2": (["s1"], None), "s3": ([], "F"), "s4": (["s5"], "C"), "s5": ([], "E")}
PUBLISHERS = {"s1": "Gazette", "s3": "Gazette"}
ROOTS = {"s1": "s1", "s2": "s1", "s3": "s3", "s4": "s5", "s5": "s5"}
VALUES = {
    "killed": ["4", "6", "29"],
    "killed_low": ["3", "10"],
    "killed_high": ["9", "30"],
    "date": ["2014-01", "2014-01-05", "2014-01-06", "2014-02"],
    "statement": ["one thing", "another"],
    "name": ["An attack", "一次袭击"],
}
DATES = [(None, None), ("2014-01-02", "2014-01-03"), ("2014-01-04", None), (None, "2014-01-02"), ("2014-01", "2014-01")]
SAID = {
    "source": st.sampled_from(list(SOURCES)),
    "claimant": st.sampled_from([None, "a", "p"]),
    "stance": st.sampled_from(["asserts", "asserts", "asserts", "reports", "denies", "retracts"]),
    "dates": st.sampled_from(DATES),
    "confidence": st.sampled_from([None, 20, 80]),
    "credibility": st.sampled_from([None, 2]),
    "said_at": st.sampled_from([None, "2014", "2014-05", "2014-05-06", "2015"]),
    "recorded_at": st.sampled_from(["2015-01-01", "2016-01-01"]),
    "locator": st.sampled_from([None, "page 1"]),
}


def finished(what, said):
    start, end = said.pop("dates")
    claim = dict.fromkeys(COLUMNS) | {"modality": "stated", "valid_from": start, "valid_to": end} | said | what
    claim["claimant_kind"] = {"a": "Organization", "p": "Person"}.get(claim["claimant"])
    return claim | {"id": claim_id(claim)}


FOCUS = [["killed", "killed_low", "killed_high"], ["killed"], ["date"], ["name", "statement"], [*VALUES], [], []]


@st.composite
def claims(draw, focus):
    said = draw(st.fixed_dictionaries(SAID))
    if focus:
        id_ = draw(st.sampled_from(["i1", "i1", "i1", "i2"]))
        name = draw(st.sampled_from(focus))
        what = {"about": id_, "anchor": id_, "anchor_kind": "Incident", "subject": id_, "kind": "Incident"}
        return finished(what | {"property": name, "value": draw(st.sampled_from(VALUES[name]))}, said)
    start, end = draw(st.permutations(["a", "b", "c"]))[:2]
    type_ = draw(st.sampled_from(["PART_OF", "COOPERATES_WITH", "COOPERATES_WITH"]))
    about = relation_id(start, type_, end, type_ == "COOPERATES_WITH")
    what = {"about": about, "anchor": start, "anchor_kind": "Organization"}
    if type_ == "COOPERATES_WITH" and draw(st.integers(0, 3)) == 0:
        own = {
            "subject": about,
            "kind": type_,
            "property": "planned",
            "value": draw(st.sampled_from(["true", "false"])),
        }
        return finished(what | own, said)
    own = {"subject": start, "kind": "Organization", "property": type_, "value": end, "object_kind": "Organization"}
    return finished(what | own, said)


@st.composite
def corrections(draw):
    name = draw(st.sampled_from(["killed", "date", "name"]))
    values = {"value": draw(st.sampled_from(VALUES[name])), "read_as": draw(st.sampled_from(VALUES[name]))}
    when = draw(st.sampled_from(["2020", "2021", "2022", "2023"]))
    about = draw(st.sampled_from(["i1", "i1", "i2"]))
    return values | {"id": "d" + when, "action": "read", "about": [about], "property": name, "when": when}


def days(start, end):
    first = parse(start).earliest if start else START
    last = (parse(end).latest if end else None) or START + timedelta(days=WINDOW)
    return {n for n in range(WINDOW) if first <= START + timedelta(days=n) < last}


def what_of(claim):
    return claim["about"], claim["property"], "" if claim["object_kind"] else claim["value"]


def speaker_of(claim):
    return claim["claimant"] or PUBLISHERS.get(claim["source"]) or claim["source"]


def standing_of(given_claims):
    retracted = {}
    for c in given_claims:
        if c["stance"] == "retracts":
            retracted.setdefault((*what_of(c), speaker_of(c)), []).append(c["said_at"])
    return [
        c
        for c in given_claims
        if c["stance"] != "retracts"
        and all(surely_after(c["said_at"], time) for time in retracted.get((*what_of(c), speaker_of(c)), []))
    ]


def base_of(claim):
    return "killed" if claim["property"].startswith("killed") else claim["property"]


def numbers(claim):
    number, bound = int(claim["value"]), claim["property"].removeprefix("killed")
    return set(range(0 if bound == "_high" else number, 100 if bound == "_low" else number + 1))


def exclude(one, other):
    base = base_of(one)
    if one["object_kind"] or base not in ("killed", "date", "planned") or one["value"] == other["value"]:
        return False
    if not days(one["valid_from"], one["valid_to"]) & days(other["valid_from"], other["valid_to"]):
        return False
    if base == "killed":
        return not numbers(one) & numbers(other)
    return base != "date" or not days(one["value"], one["value"]) & days(other["value"], other["value"])


def conflicts_of(standing):
    found = set()
    for one, other in combinations(standing, 2):
        if (one["about"], base_of(one)) == (other["about"], base_of(other)):
            denials = [c["stance"] == "denies" for c in (one, other)]
            together = days(one["valid_from"], one["valid_to"]) & days(other["valid_from"], other["valid_to"])
            opposed = any(denials) and not all(denials) and what_of(one) == what_of(other) and together
            if opposed or (not any(denials) and exclude(one, other)):
                found.add((one["about"], base_of(one)))
    return found


def read_as(given_claims, decisions):
    readings = {}
    for d in decisions:
        readings.setdefault((*d["about"], d["property"], d["value"]), set()).add(d["read_as"])
    agreed = {key: min(given) for key, given in readings.items() if len(given) == 1}
    return [c | {"value": agreed.get((c["about"], c["property"], c["value"]), c["value"])} for c in given_claims]


def ranked(own, name):
    def place(value):
        those = [c for c in own if c["value"] == value]
        recorded = min(c["recorded_at"] for c in those)
        later = -int(recorded[:4])
        confidence = max((c["confidence"] for c in those if c["confidence"] is not None), default=-1)
        held = max((c["valid_from"] or "" for c in those), default="")
        precise = -len(days(value, value)) if name == "date" else 0
        asserted = any(c["stance"] == "asserts" for c in those)
        return (len({ROOTS[c["source"]] for c in those}), confidence, held, precise, asserted, later)

    return sorted(sorted({c["value"] for c in own}), key=place, reverse=True)


def check_node(row, all_claims, said, disputed):
    own = [c for c in said if c["about"] == row["id"]]
    assert row["n_claims"] == len(own)
    assert row["n_sources"] == len({c["source"] for c in own})
    assert row["disputed"] == sorted(name for about, name in disputed if about == row["id"])
    assert row["id"] in {x for c in all_claims for x in (c["anchor"], c["claimant"], c["object_kind"] and c["value"])}
    if not row["id"].startswith("i"):
        return
    for name in ("name", "statement", "killed", "date"):
        values = ranked([c for c in own if c["property"] == name], name)
        if name == "name":
            assert row["names"] == values
            assert row["name"] == (values or [row["id"]])[0]
        elif name == "statement":
            assert (row[name] or []) == values
        else:
            assert row[name] == (None if not values else int(values[0]) if name == "killed" else values[0])
    numbers = [int(c["value"]) for c in own if c["property"].startswith("killed")]
    given = {c["property"] for c in own if c["property"].startswith("killed")}
    ranged = len(set(numbers)) > 1 or given & {"killed_low", "killed_high"}
    low = min(numbers) if ranged and given != {"killed_high"} else None
    high = max(numbers) if ranged and given != {"killed_low"} else None
    assert (row["killed_low"], row["killed_high"]) == (low, high)
    if row["date"]:
        assert row["date_earliest"] == str(parse(row["date"]).earliest)


def check_relation(row, said, disputed):
    own = [c for c in said if c["about"] == row["id"] and c["object_kind"]]
    ends = [own[0]["subject"], own[0]["value"]]
    assert [row["from"], row["to"]] == (sorted(ends) if row["type"] == "COOPERATES_WITH" else ends)
    assert (row["from_kind"], row["to_kind"]) == ("Organization", "Organization")
    assert row["n_claims"] == len(own)
    assert row["sources"] == sorted({c["source"] for c in own})
    assert row["n_sources"] == len(row["sources"])
    assert row["claimants"] == sorted({c["claimant"] for c in own} - {None})
    assert row["disputed"] == any(about == row["id"] for about, _ in disputed)
    timed = [days(c["valid_from"], c["valid_to"]) for c in own if c["valid_from"] or c["valid_to"]]
    held = set().union(*timed)
    spans = [
        (None if s == ".." else s, None if e == ".." else e) for s, e in (x.split("/") for x in row["spans"] or ())
    ]
    shown = [days(s, str(date.fromisoformat(e) - timedelta(days=1)) if e else None) for s, e in spans]
    assert set().union(*shown) == held
    assert len(spans) == sum(n - 1 not in held for n in held)
    assert not timed or (row["first_seen"], row["last_seen"]) == (spans[0][0], spans[-1][1])
    assert row["n_independent"] == len({ROOTS[c["source"]] for c in own})
    assert row["voices"] == sorted({c["source"] for c in own if not c["claimant"]})
    originals = [c for c in own if not {x["source"] for x in own} & set(SOURCES[c["source"]][0])]
    rated = [(c, weight(c["confidence"], c["credibility"], SOURCES[c["source"]][1])) for c in originals]
    assert row["support"] == support(([ROOTS[c["source"]]], c["claimant"], own_weight) for c, own_weight in rated)
    planned = ranked([c for c in said if c["about"] == row["id"] and c["property"] == "planned"], "planned")
    assert row["planned"] == (planned[0] == "true" if planned else None)


@settings(max_examples=150)
@given(
    st.sampled_from(FOCUS).flatmap(lambda f: st.lists(claims(f), max_size=12, unique_by=lambda c: c["id"])),
    st.lists(corrections(), max_size=3, unique_by=lambda d: d["id"]),
    st.randoms(),
)
def test_claims_add_up_to_what_the_rules_say(made, decisions, random):
    rows = [*made, *random.choices(made, k=3)] if made else []
    random.shuffle(rows)
    sources = pl.DataFrame(
        [
            {"id": id_, "based_on": based_on, "reliability": letter, "publisher": PUBLISHERS.get(id_)}
            for id_, (based_on, letter) in SOURCES.items()
        ],
        schema={"id": pl.String, "based_on": pl.List(pl.String), "reliability": pl.String, "publisher": pl.String},
    )
    decided = pl.DataFrame(decisions, schema=empty_register(CATALOG, "Decision").schema)
    resolved = resolve(as_frame(rows), sources, Decided(decided), CATALOG)

    given_claims = [claim for _, claim in sorted({c["id"]: c for c in reversed(made)}.items())]
    standing = standing_of(read_as(given_claims, decisions))
    disputed, said = conflicts_of(standing), [c for c in standing if c["stance"] != "denies"]
    assert set(resolved.conflicts.select("about", "property").iter_rows()) == disputed
    for kind, frame in resolved.nodes.items():
        for row in frame.iter_rows(named=True):
            assert kind == {**KINDS, "p": "Person"}[row["id"]]
            check_node(row, given_claims, said, disputed)
    wanted = {x for c in given_claims for x in (c["anchor"], c["claimant"], c["object_kind"] and c["value"]) if x}
    assert set(resolved.entities()["id"]) == wanted
    assert set(resolved.relations["id"]) == {c["about"] for c in said if c["object_kind"]}
    for row in resolved.relations.iter_rows(named=True):
        check_relation(row, said, disputed)
