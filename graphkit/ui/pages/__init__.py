"""Pages by address: what each is called, its icon, and the function that shows it."""

from __future__ import annotations

from collections.abc import Callable

from graphkit.ui.pages import (
    add,
    analysis,
    conflicts,
    cypher,
    data,
    decisions,
    entities,
    investigate,
    jobs,
    overview,
    requests,
    websites,
)

PAGES: dict[str, tuple[str, str, Callable[[], None]]] = {
    "overview": ("Overview", ":material/dashboard:", overview.page),
    "investigate": ("Investigate", ":material/hub:", investigate.page),
    "analysis": ("Link analysis", ":material/analytics:", analysis.page),
    "entities": ("Entities", ":material/table_rows:", entities.page),
    "websites": ("Websites", ":material/language:", websites.page),
    "requests": ("Requests", ":material/outgoing_mail:", requests.page),
    "conflicts": ("Conflicts", ":material/call_split:", conflicts.page),
    "decisions": ("Decisions", ":material/gavel:", decisions.page),
    "cypher": ("Cypher", ":material/terminal:", cypher.page),
    "add": ("Add", ":material/add_circle:", add.page),
    "data": ("Data", ":material/upload_file:", data.page),
    "jobs": ("Jobs", ":material/schedule:", jobs.page),
}
