"""What never changes a contradiction or a support, over random small sets of claims."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.model.claim import as_frame
from graphkit.model.decision import Decided
from graphkit.model.entity import Resolved, resolve
from graphkit.model.source import empty_register
from tests.ids import claim_id
from tests.unit.test_resolve_model import CATALOG, FOCUS, PUBLISHERS, SOURCES, claims

CLAIMS = st.sampled_from(FOCUS).flatmap(lambda f: st.lists(claims(f), max_size=10, unique_by=lambda c: c["id"]))
RELATIONS = st.lists(claims([]), max_size=10, unique_by=lambda c: c["id"])


def resolved(made: list[dict[str, Any]], copied: str = "") -> Resolved:
    """Return what claims add up to; ``copy`` is a copy of the source ``copied``, printed by the same house."""
    known = {**SOURCES, "copy": ([copied] if copied else [], None)}
    publishers = {**PUBLISHERS, "copy": PUBLISHERS.get(copied)}
    rows = [
        {"id": id_, "based_on": based_on, "reliability": letter, "publisher": publishers.get(id_)}
        for id_, (based_on, letter) in known.items()
    ]
    nobody = Decided(empty_register(CATALOG, "Decision"))
    return resolve(as_frame(made), pl.DataFrame(rows), nobody, CATALOG)


def changed(claim: dict[str, Any], **fields: Any) -> dict[str, Any]:
    new = claim | fields
    return new | {"id": claim_id(new)}


def sides(conflict: dict[str, Any]) -> set[tuple[str, str, int]]:
    return set(zip(*(conflict[f"said_{part}"] for part in ("values", "stances", "origins")), strict=True))


@settings(max_examples=60)
@given(CLAIMS, st.randoms())
def test_the_order_of_claims_changes_nothing(made: list[dict[str, Any]], random: Any) -> None:
    before = resolved(made)
    again = [*made, *random.choices(made, k=3)] if made else []
    random.shuffle(again)
    after = resolved(again)
    assert after.conflicts.equals(before.conflicts)
    assert after.relations.equals(before.relations)


@settings(max_examples=60)
@given(CLAIMS, st.sampled_from(list(SOURCES)))
def test_a_copy_of_a_source_changes_nothing(made: list[dict[str, Any]], source: str) -> None:
    copies = [changed(claim, source="copy") for claim in made if claim["source"] == source]
    before, after = resolved(made), resolved([*made, *copies], copied=source)
    same = ["about", "subject", "property", "values", "n_independent"]
    assert after.conflicts.select(same).equals(before.conflicts.select(same))
    rows = zip(before.conflicts.to_dicts(), after.conflicts.to_dicts(), strict=True)
    assert all(sides(one) == sides(other) for one, other in rows)
    backed = ["id", "support", "n_independent", "disputed", "spans"]
    assert after.relations.select(backed).equals(before.relations.select(backed))


@settings(max_examples=60)
@given(RELATIONS, st.lists(claims([]), min_size=1, max_size=4, unique_by=lambda c: c["id"]))
def test_denials_never_change_a_support_and_make_no_relation(
    made: list[dict[str, Any]], more: list[dict[str, Any]]
) -> None:
    denials = [changed(claim, stance="denies") for claim in more]
    before, after = resolved(made), resolved([*made, *denials])
    assert after.relations.select("id", "support").equals(before.relations.select("id", "support"))
    assert set(before.conflicts["about"]) <= set(after.conflicts["about"])


@settings(max_examples=60)
@given(RELATIONS)
def test_what_nobody_rated_stays_unrated(made: list[dict[str, Any]]) -> None:
    unrated = resolved([claim | {"confidence": None, "credibility": None} for claim in made])
    assert unrated.relations["support"].null_count() == len(unrated.relations)
    for column in ("said_confidences", "said_credibilities"):
        assert set(unrated.conflicts[column].explode().drop_nulls()) <= {""}
