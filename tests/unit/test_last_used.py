"""What was used last is kept for each store and each case apart, and a damaged file is as good as none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.errors import Stop
from graphkit.last_used import FILE, SAID, SAID_FILE, LastUsed

STORES = st.sampled_from(["a.kgl", "b.kgl", "neo4j://me@host:7687/db"])
RECORDS = st.dictionaries(st.sampled_from([*SAID, "stance", "name"]), st.text())


@given(st.lists(st.tuples(STORES, st.text(), RECORDS), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_each_case_of_each_store_has_what_was_said_last_in_it_and_nothing_of_others(
    tmp_path: Path, said: list[tuple[str, str, dict[str, str]]]
) -> None:
    last = LastUsed(tmp_path)
    (tmp_path / SAID_FILE).unlink(missing_ok=True)
    for store, case, record in said:
        last.say(store, case, record)
    expected = {(store, case): record for store, case, record in said}
    for (store, case), record in expected.items():
        assert last.said(store, case) == {name: text for name, text in record.items() if name in SAID}
    assert last.said("c.kgl", "") == {}


@pytest.mark.parametrize("content", ["", "[]", "{", '{"x": 3}', "\ufeff", '{"neo4j://h": {"c": [1]}}', "\x00"])
def test_a_damaged_file_is_as_good_as_none(content: str, tmp_path: Path) -> None:
    for file in (FILE, SAID_FILE):
        (tmp_path / file).write_text(content)
    last = LastUsed(tmp_path)
    assert (last.case("neo4j://h"), last.said("neo4j://h", "c")) == (None, {})
    last.say("neo4j://h", "c", {"source": "s", "authors": ["a"], "locator": None})
    assert last.said("neo4j://h", "c") == {"source": "s"}


def test_what_cannot_be_kept_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Stop, match="cannot be kept for the next record"):
        LastUsed(tmp_path / "file").say("a.kgl", "c", {"source": "s"})
