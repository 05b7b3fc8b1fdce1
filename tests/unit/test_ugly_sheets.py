"""Sheets as people mail them come in right after three corrections at most."""

import pytest

from graphkit import flow
from graphkit.stores import open_store
from tests.sheets.coming_in import wrongs
from tests.sheets.made import SHEETS

NOT_YET = "transparency-report-h1-2023.xlsx"
"""Its rows hold a number for each of two kinds of request, which would be a Statistic each."""


@pytest.fixture
def store(tmp_path):
    opened = open_store(str(tmp_path / "store.kgl"), flow.catalog())
    yield opened
    opened.close()


@pytest.mark.parametrize("ugly", SHEETS, ids=lambda ugly: ugly.name)
def test_an_ugly_sheet_comes_in_right(ugly, store, tmp_path):
    found = wrongs(ugly, store, tmp_path)
    if ugly.name == NOT_YET:
        pytest.xfail("; ".join(found))
    assert found == []


def test_three_corrections_are_enough():
    assert {ugly.name for ugly in SHEETS if len(ugly.expected.corrections) > 3} == set()
