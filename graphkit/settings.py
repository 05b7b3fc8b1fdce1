"""Everything that comes from the environment, and where the shipped files are."""

from __future__ import annotations

import getpass
import os
from contextlib import suppress
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_PACKAGE = Path(__file__).parent


def _state() -> Path:
    try:
        return Path.home() / ".local" / "state" / "graphkit"
    except RuntimeError:  # no HOME, and a user id without an account, as in some containers
        return Path(".graphkit")


def _cache() -> Path:
    given = os.environ.get("XDG_CACHE_HOME", "")
    if Path(given).is_absolute():
        return Path(given) / "graphkit"
    try:
        return Path.home() / ".cache" / "graphkit"
    except RuntimeError:
        return Path(".graphkit")


def _analyst() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user id without an account, as in some containers
        return f"user {os.getuid()}"


class Settings(BaseSettings):
    """Read from ``GRAPHKIT_*`` variables; command line options win over them."""

    model_config = SettingsConfigDict(env_prefix="GRAPHKIT_")

    store: str = Field(
        "graphkit.kgl", description="Where the store is: a file path, or neo4j://user@host:7687/database."
    )
    neo4j_password: SecretStr | None = Field(None, description="The password of a Neo4j store.")
    neo4j_password_file: Path | None = Field(None, description="A file that holds the password of a Neo4j store.")
    app_hosts: str = Field(
        "", description="Names, with commas, under which a browser reaches the app, beside this machine's own."
    )
    jobs: str = Field("jobs.yaml", description="The file with the scheduled exports.")
    state: Path = Field(
        default_factory=_state,
        description="Folder that keeps which case was used last, and which scheduled exports ran.",
    )
    cache: Path = Field(
        default_factory=_cache,
        description="Folder that keeps snapshots of a Neo4j store, so that the next command need not read it anew.",
    )
    analyst: str = Field(
        default_factory=_analyst, description="Who works here, as it is written down beside what they do."
    )
    documents: Path | None = Field(
        None,
        description="Folder for the documents of a Neo4j store; each store needs one of its own.",
    )

    @field_validator("neo4j_password_file", "documents")
    @classmethod
    def _at_home(cls, path: Path | None) -> Path | None:
        """Expand ``~``, which a shell leaves as it is in quotes; a user who is not known stays as written."""
        with suppress(RuntimeError):
            return path.expanduser() if path else None
        return path


def surroundings() -> dict[str, str]:
    """Return the environment for a process that needs no password."""
    return {name: value for name, value in os.environ.items() if "PASSWORD" not in name.upper()}


def shipped(name: str) -> Path:
    """Return a file or folder that comes with graphkit: ``schema``, ``seed`` or ``app.py``."""
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.exists() else _PACKAGE.parent / name
