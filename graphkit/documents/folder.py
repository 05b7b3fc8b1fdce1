"""The folder beside a store that keeps documents by their SHA-256. Nothing else writes there."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from graphkit import whole_file
from graphkit.documents.recognised import ENDINGS
from graphkit.errors import StoreError
from graphkit.settings import Settings


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of a content in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Folder:
    """Keeps each content once, in a file called after its SHA-256 and what it is, such as ``3f2a….pdf``."""

    path: Path

    @classmethod
    def of(cls, address: str) -> Folder:
        """Return the folder of the store at an address; StoreError when a Neo4j store has none."""
        if "://" not in address:
            store = Path(address).resolve()
            return cls(store.with_name(f"{store.name.removesuffix('.kgl')}.documents"))
        named = Settings().documents
        if named is None:
            raise StoreError(
                f"{address} has no folder for documents. Set GRAPHKIT_DOCUMENTS to one, the same for all who use it."
            )
        return cls(named.absolute())

    def path_of(self, sha256: str, media_type: str) -> Path:
        """Return where a document is, or would be."""
        return self.path / f"{sha256}{ENDINGS[media_type]}"

    def keep(self, content: bytes, media_type: str) -> str:
        """Keep a content, safe on disk when this returns, and return its SHA-256; what is kept already stays.

        A file there that is damaged is put right. StoreError says why it cannot be kept.
        """
        sha256 = sha256_of(content)
        if self.hash_of(sha256, media_type) != sha256:
            path = self.path_of(sha256, media_type)
            try:
                self.path.mkdir(exist_ok=True)
                whole_file.put(path, content)
                path.chmod(path.stat().st_mode & ~0o222)
                _settle(self.path)
            except OSError as problem:
                raise StoreError(
                    f"The document cannot be kept in {self.path}: {problem.strerror}. Nothing was changed; mend that "
                    "and attach it again."
                ) from problem
        return sha256

    def hash_of(self, sha256: str, media_type: str) -> str | None:
        """Return the SHA-256 of what is kept for this one, the same if all is well; None when nothing is."""
        try:
            with self.path_of(sha256, media_type).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return None
        except OSError:
            return ""

    def content(self, sha256: str, media_type: str) -> bytes:
        """Return a document as it was kept; StoreError when its file is missing or was changed."""
        path = self.path_of(sha256, media_type)
        try:
            content = path.read_bytes()
        except OSError as problem:
            raise StoreError(f"{path} cannot be read: {problem.strerror}. 'graphkit verify' says more.") from problem
        if sha256_of(content) != sha256:
            raise StoreError(f"{path} is not what was kept: it was changed. 'graphkit verify' says more.")
        return content

    def files(self) -> list[Path]:
        """Return all files in the folder, sorted; those that a killed process left half-written too."""
        return sorted(self.path.iterdir()) if self.path.is_dir() else []

    def drop(self, sha256: str) -> None:
        """Take a document away for good, whatever it is kept as; nothing happens when it is not there."""
        for path in self.files():
            if sha256[:40] in path.name:  # a half-written one is called after the beginning alone
                path.unlink(missing_ok=True)
        if self.path.is_dir():
            _settle(self.path)


def _settle(folder: Path) -> None:
    """Have the names in a folder on disk, so that they outlast a loss of power."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
