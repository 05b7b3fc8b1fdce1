"""What commands print: tables for people, JSON for machines."""

from graphkit.printed.answers import asked_of, cases, hits, parameters, ranking, rows
from graphkit.printed.basics import note, progress
from graphkit.printed.dossier import dossier
from graphkit.printed.jobs import jobs, problems, runs
from graphkit.printed.loads import COUNTS, SHOWN_REJECTS, added, check_report, draft, kinds, load_report
from graphkit.printed.sources import source, sources

__all__ = [
    "COUNTS", "SHOWN_REJECTS", "added", "asked_of", "cases", "check_report", "dossier", "draft", "hits", "jobs",
    "kinds", "load_report", "note", "parameters", "problems", "progress", "ranking", "rows", "runs", "source",
    "sources",
]  # fmt: skip
