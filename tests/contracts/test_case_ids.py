"""An id names one thing, and a case is one: whichever of the two came first, the other is refused, on every store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import ChooseAgain
from graphkit.last_used import LastUsed
from graphkit.stores import Store

IN_CASE = {"kind": "Source", "id": "s", "name": "Papers", "cases": ["kiln"]}
LETTERS = {"kind": "Source", "id": "t", "name": "Letters"}
PERSON = {"kind": "Person", "id": "kiln", "name": "Ada Kiln", "source": "t"}
SOURCE = {"kind": "Source", "id": "kiln", "name": "Kiln papers"}
ORDERS = ((0, 1), (1, 0))


@pytest.mark.parametrize("other", [PERSON, SOURCE], ids=lambda record: record["kind"])
@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_what_has_the_id_of_a_case_is_refused_in_any_order(
    store: Store, load: Any, other: dict[str, Any], apart: bool, order: Sequence[int]
) -> None:
    records = [[IN_CASE, other][place] for place in order]
    loads = [[LETTERS, one] for one in records] if apart else [[LETTERS, *records]]
    for _ in range(2):
        reports = [load(store, *some) for some in loads]
        (reject,) = [one for report in reports for one in report.rejects]
        assert "'kiln' is of kind" in reject.problem
        assert "use another id" in reject.problem


@pytest.mark.parametrize("other", [PERSON, SOURCE], ids=lambda record: record["kind"])
def test_so_is_what_has_the_id_of_the_case_that_it_is_loaded_to(store: Store, load: Any, other: dict[str, Any]) -> None:
    for _ in range(2):
        (reject,) = load(store, LETTERS, other, case="kiln").rejects
        assert "'kiln' is of kind Case already" in reject.problem


@pytest.mark.parametrize("other", [PERSON, SOURCE], ids=lambda record: record["kind"])
def test_no_case_is_made_that_has_the_id_of_something_else(
    store: Store, load: Any, other: dict[str, Any], tmp_path: Path
) -> None:
    load(store, LETTERS, other)
    with pytest.raises(ChooseAgain, match=f"'kiln' is of kind {other['kind']} already and cannot be a case too"):
        load(store, {"kind": "Source", "id": "u", "name": "Notes"}, case="kiln")
    with pytest.raises(ChooseAgain, match=f"ID: 'kiln' is of kind {other['kind']} already and cannot be Case too"):
        flow.new_case(store, LastUsed(tmp_path / "state"), {"id": "kiln"})
    assert store.kinds_of(["kiln"]) == {"kiln": other["kind"]}


def test_a_case_is_no_source_the_first_time_and_later(store: Store, load: Any) -> None:
    for _ in range(2):
        (reject,) = load(store, IN_CASE, PERSON | {"id": "p", "source": "kiln"}).rejects
        assert reject.problem == "'kiln' is of kind Case and not a Source"
