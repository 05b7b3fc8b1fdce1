"""Which websites share infrastructure, why, how sure, and what came after what."""

from graphkit.pivoting.asked import LARGE, PIVOT, parts_read, pivot, relatives
from graphkit.pivoting.following import in_time, successors
from graphkit.pivoting.handed import (
    as_json,
    called,
    described,
    grouped,
    in_no_group,
    kept_apart,
    links_table,
    links_to_hand_over,
    relatives_as_json,
    relatives_table,
    shares,
    why,
)
from graphkit.pivoting.happened import happened, last_day
from graphkit.pivoting.named import named_like
from graphkit.pivoting.onward import Beginning, Onward
from graphkit.pivoting.values import (
    CAUTION,
    SHOWN,
    Choice,
    Evidence,
    Link,
    Pivot,
    Relatives,
    SiteGroup,
    Successor,
    as_told,
    percent,
)

__all__ = [
    "CAUTION", "LARGE", "PIVOT", "SHOWN", "Beginning", "Choice", "Evidence", "Link", "Onward", "Pivot", "Relatives",
    "SiteGroup", "Successor", "as_json", "as_told", "called", "described", "grouped", "happened", "in_no_group",
    "in_time", "kept_apart", "last_day", "links_table", "links_to_hand_over", "named_like", "parts_read", "percent",
    "pivot", "relatives", "relatives_as_json", "relatives_table", "shares", "successors", "why",
]  # fmt: skip
