"""The YAML files of the schema, parsed by libyaml where PyYAML was built with it: it takes a tenth of the time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Never builds anything but plain values."""


def read(path: Path) -> Any:
    """Return what a file holds; yaml.YAMLError says where it is not YAML."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
