from __future__ import annotations

import subprocess
import sys

import pytest

import graphkit

NAMES = {
    "Dossier", "Explanation", "GraphkitError", "LastUsed", "Scope", "Snapshot", "cases", "catalog", "check", "explain",
    "export_graph", "load", "query", "rank", "scope_of", "search", "show", "snapshot", "store_at",
}  # fmt: skip


def test_the_public_names_are_these_and_at_most_25() -> None:
    assert set(graphkit.__all__) == NAMES == set(graphkit._HOMES)
    assert len(NAMES) <= 25


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_public_name_leads_to_something_that_says_what_it_is(name: str) -> None:
    assert getattr(graphkit, name).__doc__


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = graphkit.nonsense


def test_importing_graphkit_loads_no_engine() -> None:
    code = "import sys, graphkit, graphkit.cli; print(sorted({'kglite', 'polars', 'streamlit'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
