"""One dialect: what power users ask gives equal rows on both stores, and what does not is in one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graphkit import flow
from graphkit.errors import GraphkitError
from graphkit.last_used import LastUsed
from graphkit.stores import Store
from graphkit.stores.dialect import DIFFERENCES, FAILS, Difference

PARAMETERS = {"ids": ["yang-shaowen", "ardo-plimmet"]}
QUERIES = {
    "match by id": "MATCH (i:Incident {id: 'kunming-2014-03-01'}) RETURN i.name, i.killed",
    "match by property map": "MATCH (p:Person {name: 'Yang Shaowen'}) RETURN p.id",
    "several labels": "MATCH (n:Person:Entity) RETURN count(n) AS n",
    "label or": "MATCH (n:Person|Group) RETURN n.kind, count(*) AS n ORDER BY n.kind",
    "label predicate": "MATCH (n:Entity) WHERE n:Person OR n:Place RETURN n.kind, count(*) AS n ORDER BY n.kind",
    "types or": "MATCH (a)-[r:MEMBER_OF|PART_OF]->(b) RETURN type(r) AS t, count(*) AS n ORDER BY t",
    "undirected": "MATCH (p:Place {id: 'china'})-[r]-(b:Entity) RETURN type(r) AS t, count(*) AS n ORDER BY t, n",
    "two hops": (
        "MATCH (w:Website)-[:HAS_DOMAIN]->(d)-[:RESOLVES_TO]->(h:Host) RETURN h.ip AS ip, count(DISTINCT "
        "w) AS n ORDER BY n DESC, ip LIMIT 10"
    ),
    "comma patterns": (
        "MATCH (a:Organization)-[:COOPERATES_WITH]-(b), (b)-[:PART_OF]->(c) RETURN a.id, b.id, c.id ORDER"
        " BY a.id, b.id, c.id"
    ),
    "optional": (
        "MATCH (i:Incident) OPTIONAL MATCH (i)-[:OCCURRED_AT]->(p:Place) RETURN i.id, p.name ORDER BY i.id, p.name"
    ),
    "optional count": (
        "MATCH (i:Incident) OPTIONAL MATCH (i)<-[:INVESTIGATES]-(o) RETURN i.id, count(o) AS n ORDER BY n DESC, i.id"
    ),
    "where after optional": (
        "MATCH (p:Person) OPTIONAL MATCH (p)-[r]->(o:Organization) WHERE r.disputed RETURN p.id, o.id "
        "ORDER BY p.id, o.id"
    ),
    "not pattern": "MATCH (o:Organization) WHERE NOT (o)-[:PART_OF]->() RETURN o.id ORDER BY o.id LIMIT 20",
    "exists subquery": (
        "MATCH (w:Website) WHERE EXISTS { (w)-[:HOSTED_CONTENT]->(:ContentItem) } RETURN w.id ORDER BY w.id"
    ),
    "exists with where": (
        "MATCH (i:Incident) WHERE EXISTS { MATCH (c:Claim)-[:ABOUT]->(i) WHERE c.property = 'killed' } "
        "RETURN i.id ORDER BY i.id"
    ),
    "count subquery": (
        "MATCH (o:Organization) RETURN o.id, COUNT { (o)-[:COOPERATES_WITH]-() } AS n ORDER BY n DESC, o.id LIMIT 10"
    ),
    "count subquery in where": "MATCH (g:Group) WHERE COUNT { (g)-[:PUBLISHED]->() } > 0 RETURN g.id ORDER BY g.id",
    "call subquery": (
        "MATCH (s:Source) CALL (s) { MATCH (c:Claim)-[:FROM]->(s) RETURN count(c) AS n } RETURN s.id, n "
        "ORDER BY n DESC, s.id LIMIT 10"
    ),
    "call union": (
        "CALL () { MATCH (p:Person) RETURN p.id AS id UNION MATCH (g:Group) RETURN g.id AS id } RETURN id"
        " ORDER BY id LIMIT 15"
    ),
    "union all": "MATCH (p:Person) RETURN p.kind AS kind UNION ALL MATCH (g:Group) RETURN g.kind AS kind",
    "list comprehension": (
        "MATCH (n:Place) WHERE size(n.names) > 0 RETURN [x IN n.names WHERE x CONTAINS 'a' | toUpper(x)] AS up "
        "ORDER BY n.id LIMIT 10"
    ),
    "pattern comprehension": (
        "MATCH (p:Person) RETURN p.id, size([(p)-[:EMPLOYED_BY]->(o) | o.name]) AS n ORDER BY p.id"
    ),
    "map projection": "MATCH (p:Place) RETURN p {.id, .name, kind: p.kind} AS m ORDER BY p.id",
    "predicates on lists": (
        "MATCH (n:Place) WHERE any(x IN n.names WHERE x STARTS WITH 'K') RETURN n.id, all(x IN n.names "
        "WHERE size(x) > 2) AS a, none(x IN n.names WHERE x = 'Z') AS z, single(x IN n.names WHERE x = "
        "n.name) AS s ORDER BY n.id"
    ),
    "reduce": (
        "MATCH (d:Domain) WITH d ORDER BY d.id LIMIT 5 WITH collect(size(d.id)) AS l RETURN reduce(s = 0,"
        " x IN l | s + x) AS total"
    ),
    "slices and indexes": (
        "RETURN [1,2,3,4,5][1..3] AS a, [1,2,3][-1] AS b, [1,2,3][10] AS c, range(0, 10, 3) AS d, "
        "head([]) AS e, last([1,2]) AS f, tail([1,2,3]) AS g, reverse([1,2]) AS h, size([]) AS i"
    ),
    "in and null": (
        "RETURN null = null AS a, null <> 1 AS b, 1 IN [1, null] AS c, 2 IN [1, null] AS d, null IN [1] "
        "AS e, NOT null AS f, null AND false AS g, null OR true AS h, null XOR true AS i, [1, null] = [1,"
        " null] AS j, null IS NULL AS k"
    ),
    "null properties": (
        "MATCH (i:Incident) RETURN i.id, i.killed > 5 AS many, coalesce(i.killed, -1) AS k ORDER BY i.id"
    ),
    "order with nulls": "MATCH (i:Incident) RETURN i.killed AS k ORDER BY k, i.id",
    "order desc with nulls": "MATCH (i:Incident) RETURN i.killed AS k ORDER BY k DESC, i.id",
    "aggregates of nothing": (
        "MATCH (i:Incident) WHERE false RETURN count(*) AS a, sum(i.killed) AS b, avg(i.killed) AS c, "
        "min(i.killed) AS d, collect(i.id) AS e"
    ),
    "group by two": "MATCH (c:Claim) RETURN c.stance AS s, c.modality AS m, count(*) AS n ORDER BY n DESC, s, m",
    "having": (
        "MATCH (c:Claim)-[:FROM]->(s:Source) WITH s, count(c) AS n WHERE n > 50 RETURN s.id, n ORDER BY n DESC, s.id"
    ),
    "distinct": "MATCH (c:Claim) RETURN DISTINCT c.kind AS kind ORDER BY kind",
    "skip limit": "MATCH (d:Domain) RETURN d.id ORDER BY d.id SKIP 3 LIMIT 4",
    "collect distinct ordered": (
        "MATCH (o:Organization)-[:COOPERATES_WITH]-(x) WITH o, x ORDER BY x.id RETURN o.id, "
        "collect(DISTINCT x.id) AS l ORDER BY o.id LIMIT 8"
    ),
    "variable length": "MATCH (o:Organization)-[:PART_OF*1..3]->(top) RETURN o.id, top.id ORDER BY o.id, top.id",
    "variable length zero": "MATCH (o:Organization {id: 'fbi'})-[:PART_OF*0..2]->(top) RETURN top.id ORDER BY top.id",
    "path functions": (
        "MATCH p = (o:Organization)-[:PART_OF*1..2]->(t) RETURN length(p) AS l, [n IN nodes(p) | n.id] AS"
        " ids, [r IN relationships(p) | type(r)] AS ts ORDER BY ids"
    ),
    "shortest path": (
        "MATCH p = shortestPath((:Person {id: 'yang-"
        "shaowen'})-[:EMPLOYED_BY|PART_OF|ATTENDED_TALKS*..6]-(:Organization {id: 'fbi'})) RETURN "
        "length(p) AS l, [n IN nodes(p) | n.id] AS ids"
    ),
    "shortest path none": (
        "MATCH p = shortestPath((:Person {id: 'yang-shaowen'})-[:MEMBER_OF*..6]-(:Organization {id: 'fbi'})) RETURN p"
    ),
    "all shortest paths": (
        "MATCH p = allShortestPaths((:Person {id: 'yang-"
        "shaowen'})-[:EMPLOYED_BY|PART_OF|ATTENDED_TALKS|COOPERATES_WITH|LOCATED_IN*..6]-(:Organization "
        "{id: 'fbi'})) RETURN [n IN nodes(p) | n.id] AS ids ORDER BY ids"
    ),
    "text dates compare": (
        "MATCH (i:Incident) WHERE i.date_earliest >= '2014' AND i.date_latest <= '2015-01-01' RETURN i.id ORDER BY i.id"
    ),
    "date parts": (
        "RETURN date('2014-03-01').year AS y, date('2014-03-01').month AS m, date('2014-03-01') < "
        "date('2014-05-22') AS b"
    ),
    "date arithmetic": (
        "RETURN toString(date('2014-03-01') + duration({days: 40})) AS d, toString(date('2014-01-31') + "
        "duration('P1M')) AS e"
    ),
    "days between": "RETURN duration.inDays(date('2014-03-01'), date('2014-05-22')).days AS d",
    "date of text": (
        "MATCH (i:Incident) WHERE i.date_precision = 'day' RETURN i.id, date(i.date_earliest).year AS y ORDER BY i.id"
    ),
    "string functions": (
        "RETURN toLower('ÄB') AS a, substring('hello', 1, 3) AS b, replace('a.b', '.', '-') AS c, "
        "split('a,b', ',') AS d, trim('  x ') AS e, left('abc', 2) AS f, right('abc', 2) AS g, "
        "reverse('abc') AS h, size('昆明') AS i"
    ),
    "starts ends contains": (
        "MATCH (d:Domain) WHERE d.name STARTS WITH 'a' AND d.name ENDS WITH '.example' AND d.name "
        "CONTAINS '-' RETURN d.name ORDER BY d.name"
    ),
    "regex": "MATCH (d:Domain) WHERE d.name =~ '(?i)[a-c].*EXAMPLE' RETURN d.name ORDER BY d.name",
    "case insensitive": (
        "MATCH (n:Entity) WHERE any(x IN n.names WHERE toLower(x) CONTAINS 'kunming') RETURN n.id ORDER BY n.id"
    ),
    "case": (
        "MATCH (r:Request) RETURN r.id, CASE WHEN r.outcome IS NULL THEN 'open' ELSE r.outcome END AS o ORDER BY r.id"
    ),
    "simple case": (
        "MATCH (n:Entity) RETURN CASE n.kind WHEN 'Person' THEN 'who' WHEN 'Place' THEN 'where' ELSE "
        "'what' END AS q, count(*) AS n ORDER BY q"
    ),
    "unwind": "MATCH (n:Place) UNWIND n.names AS name RETURN n.id, name ORDER BY n.id, name",
    "unwind empty": "UNWIND [] AS x RETURN x",
    "with chains": (
        "MATCH (p:Person)-[:EMPLOYED_BY]->(o) WITH o, count(p) AS n ORDER BY n DESC, o.id LIMIT 3 MATCH "
        "(o)-[r]-(x:Entity) RETURN o.id, count(DISTINCT x) AS linked ORDER BY o.id"
    ),
    "numbers": (
        "RETURN 7 / 2 AS a, 7.0 / 2 AS b, 7 % 3 AS c, -7 / 2 AS d, 2 ^ 3 AS e, abs(-2) AS f, ceil(1.2) AS"
        " g, floor(-1.2) AS h, round(2.5) AS i, sign(-3) AS j, toInteger('12') AS k, toFloat('1.5') AS l,"
        " toInteger('x') AS m"
    ),
    "comparisons of types": (
        "RETURN 1 = 1.0 AS a, 1 = '1' AS b, 1 < 'a' AS c, [1] = [1.0] AS d, true = 1 AS e, '10' < '9' AS f"
    ),
    "parameters": "MATCH (p:Person) WHERE p.id IN $ids RETURN p.name ORDER BY p.name",
    "relation properties": (
        "MATCH (a)-[r:MEMBER_OF]->(b) WHERE r.disputed AND r.n_sources >= 2 RETURN a.id, r.n_claims, "
        "round(r.support, 2) AS s, b.id ORDER BY a.id"
    ),
    "types and keys": "MATCH ()-[r:MEMBER_OF]->() RETURN DISTINCT type(r) AS t, 'support' IN keys(r) AS k",
    "start and end": "MATCH ()-[r:MEMBER_OF]->() RETURN startNode(r).id AS a, endNode(r).id AS b ORDER BY a, b",
    "claims of a relation": (
        "MATCH (:Person {id: 'ardo-plimmet'})-[r:MEMBER_OF]->() MATCH (c:Claim) WHERE c.about = r.id "
        "RETURN c.stance, c.claimant, c.source ORDER BY c.id"
    ),
    "who says": (
        "MATCH (i:Incident {id: 'freight-yard-explosion'})<-[:ABOUT]-(c:Claim {property: "
        "'killed'})-[:FROM]->(s:Source) OPTIONAL MATCH (c)-[:SAID_BY]->(w) RETURN c.value, w.name, "
        "s.reliability ORDER BY c.id"
    ),
    "registers": "MATCH (s:Source) RETURN s.id, s.publisher, s.cases, s.authors ORDER BY s.id",
    "duration text": "RETURN duration('P1M3D') AS d, duration.inDays(date('2014-03-01'), date('2014-05-22')) AS e",
    "datetime": "RETURN datetime('2014-03-01T10:00:00Z') AS d, localdatetime('2014-03-01T10:00:00') AS l",
    "comment": "MATCH (p:Person) /* all of them */ RETURN count(p) AS n // end",
    "collect map": (
        "MATCH (p:Person)-[r:EMPLOYED_BY]->(o) WITH o, p ORDER BY p.id RETURN o.id, collect({who: p.id, "
        "claims: 1}) AS l ORDER BY o.id LIMIT 3"
    ),
    "exists property": "MATCH (i:Incident) WHERE i.killed IS NOT NULL RETURN i.id ORDER BY i.id",
    "xor": "MATCH (n:Place) WHERE (n.id = 'china') XOR (size(n.names) > 1) RETURN n.id ORDER BY n.id",
    "triangle": (
        "MATCH "
        "(a:Organization)-[:COOPERATES_WITH]-(b:Organization)-[:COOPERATES_WITH]-(c:Organization)-[:COOPERATES_WITH]-(a)"
        " WHERE a.id < b.id AND b.id < c.id RETURN a.id, b.id, c.id ORDER BY a.id, b.id, c.id"
    ),
    "shared registrant": (
        "MATCH "
        "(d1:Domain)<-[:REGISTERED]-(:Registration)-[:REGISTRANT]->(i:Identifier)<-[:REGISTRANT]-(:Registration)-[:REGISTERED]->(d2:Domain)"
        " WHERE d1.id < d2.id RETURN i.id, count(DISTINCT [d1.id, d2.id]) AS pairs ORDER BY pairs DESC, "
        "i.id LIMIT 5"
    ),
    "aggregates skip null": (
        "MATCH (i:Incident) RETURN count(*) AS a, count(i.killed) AS b, sum(i.killed) AS c, "
        "round(avg(i.killed), 6) AS d, min(i.killed) AS e, max(i.killed) AS f, collect(i.killed_low) AS g"
    ),
    "claims in time": (
        "MATCH (:Domain {id: 'domain:amber-signal.example'})-[r:RESOLVES_TO]->(h) UNWIND r.spans AS span "
        "RETURN h.ip, split(span, '/') AS bounds ORDER BY bounds"
    ),
    "every next": (
        "MATCH (p:Person) WITH p.id AS id ORDER BY id WITH collect(id) AS ids UNWIND range(0, size(ids) -"
        " 1) AS i RETURN i, ids[i] AS id ORDER BY i LIMIT 5"
    ),
    "degree": ("MATCH (n:Person)-[r]-(m:Entity) RETURN n.id, count(r) AS degree ORDER BY degree DESC, n.id LIMIT 10"),
}


@pytest.fixture(scope="module")
def both(servers: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """The seed on either store."""
    folder = tmp_path_factory.mktemp("both")
    found = flow.store_at(str(folder / "store.kgl")), flow.store_at(servers("seed").address)
    for store in found:
        flow.load_seed(store, LastUsed(folder))
    yield found
    for store in found:
        store.close()


def asked(store: Store, cypher: str) -> Any:
    answer = store.query(cypher, PARAMETERS, 10_000, 60)
    assert answer.complete
    return answer.columns, answer.rows


@pytest.mark.parametrize("name", QUERIES)
def test_both_stores_answer_with_the_same_rows(both: tuple[Store, Store], name: str) -> None:
    embedded, neo4j = (asked(store, QUERIES[name]) for store in both)
    assert embedded == neo4j


def test_most_of_these_queries_find_something(both: tuple[Store, Store]) -> None:
    empty = {name for name, cypher in QUERIES.items() if not asked(both[0], cypher)[1]}
    assert empty <= {"unwind empty", "shortest path none", "triangle"}


def answered(store: Store, cypher: str) -> Any:
    try:
        return asked(store, cypher)[1]
    except GraphkitError:
        return FAILS


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.about)
def test_what_differs_is_declared_as_it_is(both: tuple[Store, Store], difference: Difference) -> None:
    assert difference.embedded != difference.neo4j
    assert answered(both[0], difference.cypher) == difference.embedded
    assert answered(both[1], difference.cypher) == difference.neo4j
