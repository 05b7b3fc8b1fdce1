"""Small sheets written and previewed, for tests of what is proposed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graphkit.model.schema import Catalog
from graphkit.sheets import SheetPreview, sheet_preview


def written(folder: Path, *rows: str, name: str = "sheet.csv") -> Path:
    """Write rows as the lines of a file."""
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def preview(folder: Path, catalog: Catalog, rows: list[str], *corrections: str) -> SheetPreview:
    """Return what a sheet of these lines becomes."""
    return sheet_preview(written(folder, *rows), catalog, corrections=corrections, rows=20)


def records(made: SheetPreview) -> list[Any]:
    """Return the records of a preview."""
    return [record.data for sheet in made.sheets for record in sheet.records]
