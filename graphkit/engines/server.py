"""A connection to a Neo4j server, and its troubles in words."""

from __future__ import annotations

import logging
from typing import Any

import neo4j
from neo4j import exceptions

from graphkit.engines.address import Address
from graphkit.errors import ChooseAgain, GraphkitError, StoreError
from graphkit.settings import Settings

NO_ANSWER = 3.0
"""Seconds after which a server that does not answer counts as dead."""
BACK_AGAIN = 60.0
"""Seconds to wait for a server that broke off during a commit."""
LOST = (exceptions.ServiceUnavailable, exceptions.SessionExpired, exceptions.IncompleteCommit)
"""What is raised when a connection breaks; of a commit the outcome is then unknown."""

logging.getLogger("neo4j").addHandler(logging.NullHandler())


def driver(address: Address, password: str) -> neo4j.Driver:
    """Return a driver; it connects when first used."""
    return neo4j.GraphDatabase.driver(
        address.uri,
        auth=(address.user, password),
        user_agent="graphkit",
        connection_timeout=NO_ANSWER / 2,
        connection_acquisition_timeout=NO_ANSWER,
        liveness_check_timeout=0,
        max_transaction_retry_time=0,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
    )


def in_words(address: Address, problem: BaseException) -> GraphkitError:
    """Return the error, one line that says what to do, for what the driver raised."""
    if isinstance(problem, exceptions.AuthError):
        return _refused(address, problem)
    if isinstance(problem, exceptions.Neo4jError):
        return _said(address, problem)
    scheme = address.uri.partition("://")[0]
    plain = scheme.partition("+")[0]
    encrypted = f" {scheme} wants TLS; use {plain}:// for a server without." if scheme != plain else ""
    return StoreError(
        f"No Neo4j answers at {address.uri}: {first_line(problem)}. Start the server, or mend host and port of "
        f"--store.{encrypted}"
    )


def may_try_again(problem: exceptions.Neo4jError) -> bool:
    """Say whether the same may go well a second time; for want of memory it will not."""
    return problem.is_retryable() and "MemoryPool" not in (problem.code or "")


def is_time_out(problem: exceptions.Neo4jError) -> bool:
    """Say whether a transaction ended because its time was over."""
    code = problem.code or ""
    return any(word in code for word in ("TransactionTimedOut", "LockClientStopped", "Terminated"))


def _refused(address: Address, problem: exceptions.AuthError) -> StoreError:
    if "RateLimit" in (problem.code or ""):
        return StoreError(f"{address.uri} was asked with a wrong password too often. Wait a minute, then mend it.")
    return StoreError(
        f"{address.uri} refuses the user '{address.user}' with this password. Mend the user in --store, or "
        f"{_given_by()}."
    )


def _given_by() -> str:
    """Return what the password comes from, which is what to mend."""
    settings = Settings()
    if settings.neo4j_password is None and settings.neo4j_password_file is not None:
        return f"the password in {settings.neo4j_password_file}, which GRAPHKIT_NEO4J_PASSWORD_FILE names"
    return "GRAPHKIT_NEO4J_PASSWORD"


def _said(address: Address, problem: exceptions.Neo4jError) -> StoreError | ChooseAgain:
    code = problem.code or ""
    if "DatabaseNotFound" in code:
        return ChooseAgain(f"{address.uri} has no database '{address.database}'. Mend the end of --store.")
    if "CredentialsExpired" in code:
        return StoreError(f"{address.uri} wants the password of '{address.user}' changed first. Change it there.")
    if "MemoryPool" in code or "OutOfMemory" in code:
        return StoreError(
            f"{address.uri} has too little memory for this. Nothing was changed. Load fewer records at a time, or "
            "raise server.memory.heap.max_size there."
        )
    if "Forbidden" in code or "Security" in code:
        return StoreError(f"The user '{address.user}' may not do this at {address.uri}: {first_line(problem)}")
    return StoreError(f"{address.uri} could not do this: {first_line(problem)}")


def first_line(problem: BaseException) -> str:
    """Return what the server or driver says, on one line."""
    text = getattr(problem, "message", None) or str(problem) or type(problem).__name__
    return " ".join(str(text).split())[:300].rstrip(".")


def session(held: neo4j.Driver, address: Address, **config: Any) -> neo4j.Session:
    """Return a session on the database of the address."""
    return held.session(database=address.database, **config)
