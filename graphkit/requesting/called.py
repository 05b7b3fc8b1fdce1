"""What a website is called: by its domain, since it chooses itself what else it is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphkit.model import typed
from graphkit.model.defanging import defang, defang_name, refang


def website(domains: Sequence[str], name: str) -> str:
    """Return the first domain of a website, how many more it has, and what it calls itself where that differs.

    Domains, in the name too, are written so that nobody opens them by accident.
    """
    first = defang(domains[0])
    more = f" and {len(domains) - 1:,} more" if len(domains) > 1 else ""
    own = "" if not name or _is_one_of(name, domains) else f" (calls itself {defang_name(name)})"
    return f"{first}{more}{own}"


def _is_one_of(name: str, domains: Sequence[str]) -> bool:
    bare = re.sub(r"(?i)^https?://|/$", "", refang(name.strip()))
    return any(_domain(form) in domains for form in (bare, re.sub(r"(?i)^www\.", "", bare)))


def _domain(text: str) -> str:
    try:
        return typed.domain(text)
    except ValueError:
        return ""
