"""A query answered by a Neo4j server, in the process that was made for it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import neo4j
from neo4j import exceptions, graph, time

from graphkit.engines import server
from graphkit.engines.address import Address
from graphkit.engines.plain import plain

_OWN = ("_since",)


def answered(request: dict[str, Any], close: Callable[[bool], None]) -> dict[str, Any]:
    """Return ``{"columns", "rows"}``, or ``{"stopped"}``, ``{"failed"}`` or ``{"unusable"}`` with the reason."""
    address = Address(request["uri"], request["user"], request["database"])
    close(False)
    try:
        with server.driver(address, request["password"]) as driver:
            return _asked(driver, address, request)
    except exceptions.ClientError as problem:
        if server.is_time_out(problem):
            return {"stopped": "time"}
        return {"failed": _without_query(problem)}
    except exceptions.Neo4jError as problem:
        if server.is_time_out(problem):
            return {"stopped": "time"}
        if "Memory" in (problem.code or ""):
            return {"stopped": "memory"}
        return {"failed": server.first_line(problem)}
    except (*server.LOST, exceptions.ConfigurationError, exceptions.ConnectionPoolError, OSError) as problem:
        return {"unusable": str(server.in_words(address, problem))}
    except exceptions.DriverError as problem:
        return {"failed": server.first_line(problem)}


def _asked(driver: neo4j.Driver, address: Address, request: dict[str, Any]) -> dict[str, Any]:
    query = neo4j.Query(request["cypher"], timeout=request["timeout"])
    most = request["limit"] + 1
    with server.session(driver, address, default_access_mode=neo4j.READ_ACCESS, fetch_size=min(most, 1000)) as session:
        result = session.run(query, request["params"])
        columns = list(result.keys())
        rows = [[plain(_told(value), _OWN) for value in record.values()] for record in islice(result, most)]
        plan = result.consume().plan
    return {"columns": ["step", "operation", "estimated_rows"], "rows": _steps(plan)} if plan else {
        "columns": columns, "rows": rows,
    }  # fmt: skip


def _told(value: Any) -> Any:
    """Return nodes, relations, paths and times as the plain values that ``plain`` knows."""
    if isinstance(value, graph.Node):
        return {"labels": list(value.labels), "properties": dict(value)}
    if isinstance(value, graph.Relationship):
        return {"start": None, "end": None, "type": value.type, "properties": dict(value)}
    if isinstance(value, graph.Path):
        return {
            "nodes": [_told(node) for node in value.nodes],
            "relationships": [_told(r) for r in value.relationships],
        }
    if isinstance(value, time.Duration):
        return {"months": value.months, "days": value.days, "seconds": value.seconds}
    if isinstance(value, time.DateTime | time.Time):
        return value.iso_format().replace(".000000000", "")
    if isinstance(value, dict):
        return {key: _told(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_told(item) for item in value]
    return value


def _steps(plan: dict[str, Any]) -> list[list[Any]]:
    """Return the operators of a plan, the first one first."""
    before = [row for child in plan.get("children", []) for row in _steps(child)]
    told = plan.get("args", {})
    operation = f"{plan['operatorType'].partition('@')[0]} {told.get('Details', '')}".strip()
    rows = [*before, [0, operation, told.get("EstimatedRows")]]
    return [[place, *row[1:]] for place, row in enumerate(rows, start=1)]


def _without_query(problem: exceptions.Neo4jError) -> str:
    """Return what the server says, without the query that its messages repeat."""
    lines = str(problem.message or problem).splitlines()
    return " ".join(lines[0].split())
