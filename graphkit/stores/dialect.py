"""Where the two engines answer the same Cypher differently. Everything else is one dialect.

Each difference is a query that shows it and what either store answers; a test asks both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FAILS = "fails"
"""The answer of a store that cannot answer."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, a query that shows it, and the rows of either store or ``FAILS``."""

    about: str
    cypher: str
    embedded: list[list[Any]] | str
    neo4j: list[list[Any]] | str


DIFFERENCES = (
    Difference(
        "the kind of a thing is its first label on one store and its last on the other: ask for `n.kind`",
        "MATCH (p:Person {id: 'yang-shaowen'}) RETURN labels(p) AS labels",
        [[["Person", "Entity"]]],
        [[["Entity", "Person"]]],
    ),
    Difference(
        "`properties()`, `keys()` and `n {.*}` also give what an engine keeps for itself: name the properties you want",
        "MATCH (p:Person {id: 'yang-shaowen'}) RETURN [k IN ['title', 'type', '_since'] WHERE k IN keys(p)] AS kept",
        [[["title", "type"]]],
        [[["_since"]]],
    ),
    Difference(
        "`id()` is the id of the thing or a number of the server's: ask for `n.id`",
        "MATCH (p:Person {id: 'yang-shaowen'}) RETURN id(p) = p.id AS own",
        [[True]],
        [[False]],
    ),
    Difference(
        "a property of a relation within `{…}`: use `WHERE c.about = r.id`",
        "MATCH (:Person {id: 'ardo-plimmet'})-[r:MEMBER_OF]->() MATCH (c:Claim {about: r.id}) RETURN count(c) AS n",
        [[0]],
        [[4]],
    ),
    Difference(
        "a property that no thing of this kind has, within `{…}`: use `WHERE p.nosuch = 1`",
        "MATCH (p:Person {nosuch: 1}) RETURN count(p) AS n",
        FAILS,
        [[0]],
    ),
    Difference(
        "`duration.between` counts days, or months and days: use `duration.inDays`",
        "RETURN duration.between(date('2014-03-01'), date('2014-05-22')).days AS days",
        [[82]],
        [[21]],
    ),
    Difference(
        "a number divided by 0.0 is null, or infinite: test for zero first",
        "RETURN 1.0 / 0 AS a",
        [[None]],
        [["inf"]],
    ),
    Difference(
        "`avg` of the same numbers may differ in the last digit: `round` it",
        "UNWIND [29, 43, 4] AS killed RETURN avg(killed) = 76.0 / 3 AS same",
        [[True]],
        [[False]],
    ),
    Difference(
        "a subquery that collects: use a pattern comprehension",
        "MATCH (i:Incident {id: 'kunming-2014-03-01'}) "
        "RETURN COLLECT { MATCH (i)-[:OCCURRED_AT]->(p) RETURN p.name } AS places",
        FAILS,
        [[["Kunming"]]],
    ),
    Difference(
        "a condition within a pattern: put it after the pattern",
        "MATCH (i:Incident WHERE i.killed > 28) RETURN count(i) AS n",
        FAILS,
        [[2]],
    ),
    Difference(
        "`&` and `!` between labels: use `WHERE NOT n:Domain`",
        "MATCH (n:Person&!Domain) RETURN count(n) > 0 AS some",
        FAILS,
        [[True]],
    ),
    Difference(
        "quantified paths: use `-[:PART_OF*1..3]->`",
        "MATCH (a:Person {id: 'yang-shaowen'})-[:EMPLOYED_BY]->{1,2}(o) RETURN count(o) AS n",
        FAILS,
        [[1]],
    ),
    Difference(
        "`SHORTEST k`: use `shortestPath` or `allShortestPaths`",
        "MATCH p = SHORTEST 1 (:Person {id: 'yang-shaowen'})-[:EMPLOYED_BY|PART_OF]-+"
        "(:Organization {id: 'ministry-of-public-security'}) RETURN length(p) AS steps",
        FAILS,
        [[2]],
    ),
    Difference(
        "`shortestPath` after a comma: give it a `MATCH` of its own",
        "MATCH (a:Person {id: 'yang-shaowen'}), p = shortestPath((a)-[:EMPLOYED_BY|PART_OF*..4]-"
        "(:Organization {id: 'ministry-of-public-security'})) RETURN length(p) AS steps",
        FAILS,
        [[2]],
    ),
    Difference(
        "percentiles: order, `collect` and take the middle",
        "UNWIND [1, 2, 9] AS x RETURN percentileCont(x, 0.5) AS median",
        FAILS,
        [[2.0]],
    ),
    Difference(
        "patterns that repeat more than one thing, or come from a parameter: use `CONTAINS`",
        "RETURN 'Kunming' =~ '.*n.*' AS found",
        [[True]],
        FAILS,
    ),
    Difference(
        "`isEmpty`: use `size(x) = 0`",
        "RETURN isEmpty([]) AS empty",
        FAILS,
        [[True]],
    ),
    Difference(
        "more words are reserved: put backticks around a name such as `ends`",
        "RETURN 1 AS ends ORDER BY ends",
        FAILS,
        [[1]],
    ),
    Difference(
        "points without a coordinate system",
        "RETURN point({x: 1, y: 2}).x AS x",
        FAILS,
        [[1.0]],
    ),
)
