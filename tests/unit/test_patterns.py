import pytest

from graphkit.errors import Refused
from graphkit.stores.guard import read_only


@pytest.mark.parametrize(
    "pattern", ["abc", "(?i)kun.*", ".*ming", "[a-z]+x", "a|b|c", "(ab|cd)e", "\\\\d+ dead", "a\\\\*b", "[*+]x"]
)
@pytest.mark.parametrize("after", ["", " AS a", " AND true", ")", "] AS a"])
def test_a_simple_pattern_is_let_through(pattern: str, after: str) -> None:
    before = {")": "(", "] AS a": "["}.get(after, "")
    query = f"RETURN {before}'x' =~ '{pattern}'{after}"
    assert read_only(query, stoppable=False) == query


@pytest.mark.parametrize(
    "pattern",
    [
        "(.*a){25}", "(a+)+", "(a|a)*", ".*a.*", "a?a?aa", "a{1,30}", "(a)\\\\1", "(?:a)b*", "x" * 201, "a*+",
        "(a*)(b*)", "|".join("abcdefghij"),
    ],
)  # fmt: skip
def test_a_pattern_whose_match_could_run_on_is_refused(pattern: str) -> None:
    with pytest.raises(Refused, match="On Neo4j a pattern repeats"):
        read_only(f"RETURN 'x' =~ '{pattern}'", stoppable=False)
    assert read_only(f"RETURN 'x' =~ '{pattern}'")


@pytest.mark.parametrize(
    "operand", ["$p", "n.name", "('a')", "'a' + 'b*'", "'a'+$p", "['a'][0]", "'a'[0]", "toLower('a')", "`a`", ""]
)
def test_a_pattern_that_is_not_written_into_the_query_is_refused(operand: str) -> None:
    with pytest.raises(Refused, match="the pattern after =~ is written into the query"):
        read_only(f"MATCH (n) RETURN n.name =~ {operand}", stoppable=False)
