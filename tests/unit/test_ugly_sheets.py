"""Sheets as people mail them come in right after three corrections at most."""

import pytest

from graphkit import flow
from graphkit.stores import open_store
from tests.sheets.coming_in import wrongs
from tests.sheets.made import SHEETS

RIGHT = frozenset(
    {
        "GEDEvent_Norland_2019.csv.gz",
        "2022-01-01-2022-06-30-Norland.csv",
        "dirigeants associations dissoutes.tsv",
        "قائمة الأعضاء.xlsx",
        "pdns_rrset_lookup.tsv.gz",
        "Seiten.xls",
        "alle_domains.csv.zst",
        "Untitled spreadsheet - Sheet1.csv",
        "solicitudes_retirada_2022.xlsx",
        "Channel reports (Responses) - Form Responses 1.tsv",
    }
)
"""The files that come in right. Of the others the test says, as expected failures, what is wrong."""


@pytest.fixture
def store(tmp_path):
    opened = open_store(str(tmp_path / "store.kgl"), flow.catalog())
    yield opened
    opened.close()


@pytest.mark.parametrize("ugly", SHEETS, ids=lambda ugly: ugly.name)
def test_an_ugly_sheet_comes_in_right(ugly, store, tmp_path):
    found = wrongs(ugly, store, tmp_path)
    if ugly.name not in RIGHT and found:
        pytest.xfail("; ".join(found))
    assert found == []


def test_three_corrections_are_enough():
    assert {ugly.name for ugly in SHEETS if len(ugly.expected.corrections) > 3} == set()
    assert {ugly.name for ugly in SHEETS} > RIGHT
